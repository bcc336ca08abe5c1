"""Chart: a chart on a page, drawn by the server; assets/hand.js makes it live when a hand reaches for it."""

from dataclasses import replace

from dash import html

from components.markup import Markup
from components.site import desk
from safeguarding.charts.chart import Chart
from safeguarding.charts.drawn import fluid
from safeguarding.query import Query

FIGURES = "/api/figure"  # where a chart's figures are to be had as Plotly takes them: addresses/figures.py
OF_CARD = 230  # pixels of a chart on a card, where three stand in a row


def chart(
    chart: Chart,
    subject: str,
    name: str,
    view: Query,
    place: str,
    title_id: str,
    summary_id: str,
    of_card: bool = False,
) -> html.Div:
    """A chart that a screen reader announces by its title and its sentence; the table holds its numbers.

    `subject` and `name` are those of its address, `place` tells it from others on the page. `of_card`
    makes it as high as a card has room for.
    """
    height = OF_CARD if of_card else 0
    address = desk().link(f"{FIGURES}/{subject}/{name}.json", replace(view, show="trend", flagged_only=False))
    if of_card:
        address += f"{'&' if '?' in address else '?'}size=card"
    return html.Div(
        Markup(fluid(chart, subject, height, valued=not of_card), id=f"drawn-{place}"),
        id=f"chart-{place}",
        className="chart",
        role="img",
        tabIndex="0",
        **{"aria-labelledby": title_id, "aria-describedby": summary_id, "data-figure": address},
    )
