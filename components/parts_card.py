"""Parts card: a breakdown as bars, with its sentence, its table and its source."""

from dash import html

from components.card import chart
from components.markup import Markup, render
from components.save import save
from safeguarding.breakdowns import Breakdown
from safeguarding.charts.parts import parts
from safeguarding.drawings import parts_offer
from safeguarding.query import Query


def parts_card(whole: Breakdown, view: Query, path: str) -> html.Article:
    """The card of one breakdown on the page at `path`."""
    name = whole.breakdown_id
    menu = save(parts_offer(whole), view, path)
    return html.Article(
        [
            Markup(render("parts_top", b=whole), id=f"parts-top-{name}", className="facts"),
            html.Div(
                chart(parts(whole), f"parts-{name}", f"parts-title-{name}", f"parts-finding-{name}"),
                id=f"parts-charts-{name}",
                className="charts",
            ),
            Markup(render("parts_foot", b=whole, menu=menu), id=f"parts-foot-{name}", className="foot"),
        ],
        id=f"parts-{name}",
        className="card",
        **{"data-breakdown": name},
    )
