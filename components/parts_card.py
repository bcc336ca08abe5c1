"""Parts card: a breakdown as bars, with its sentence, its table and its source."""

from dash import html

from components.as_html import as_html
from components.chart import chart
from components.markup import Markup, render
from components.save import save
from safeguarding.breakdowns import Breakdown
from safeguarding.charts.parts import parts
from safeguarding.drawings import parts_offer
from safeguarding.query import Query


def parts_card(whole: Breakdown, view: Query, path: str) -> html.Article:
    """The card of one breakdown on the page at `path`."""
    name = whole.breakdown_id
    beneath = ["England in orange"] if whole.england else []
    beneath += [f"{whole.period_before} in grey"] if whole.period_before else []
    menu = save(parts_offer(whole), view, path)
    parts_of_card = [
        Markup(
            render("parts_top", b=whole, beneath=" and ".join(beneath)),
            id=f"parts-top-{name}",
            className="facts",
        ),
        html.Div(
            chart(
                parts(whole),
                name,
                "parts",
                view,
                f"parts-{name}",
                f"parts-title-{name}",
                f"parts-finding-{name}",
            ),
            id=f"parts-charts-{name}",
            className="charts",
        ),
        Markup(render("parts_foot", b=whole, menu=menu), id=f"parts-foot-{name}", className="foot"),
    ]
    inside = Markup(as_html(parts_of_card), id=f"parts-inside-{name}")
    return html.Article(inside, id=f"parts-{name}", className="card", **{"data-breakdown": name})
