"""Parts card: a breakdown as bars, with its sentence, its table and its source."""

from dash import html

from components.card import chart
from components.markup import Markup, render
from safeguarding.breakdowns import Breakdown
from safeguarding.figures.parts import parts


def parts_card(whole: Breakdown) -> html.Article:
    """The card of one breakdown."""
    name = whole.breakdown_id
    return html.Article(
        [
            Markup(render("parts_top", b=whole), id=f"parts-top-{name}", className="facts"),
            html.Div(
                chart(parts(whole), f"parts-{name}", f"parts-title-{name}", f"parts-finding-{name}"),
                id=f"parts-charts-{name}",
                className="charts",
            ),
            Markup(render("parts_foot", b=whole), id=f"parts-foot-{name}", className="foot"),
        ],
        id=f"parts-{name}",
        className="card",
        **{"data-breakdown": name},
    )
