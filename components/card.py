"""Card: one indicator at a glance. Title, value, finding, three flags, chart, table, source."""

from collections.abc import Sequence
from dataclasses import replace

from dash import dcc, html

from components import flags
from components.markup import Markup, render
from components.save import save
from components.site import desk
from safeguarding import words
from safeguarding.charts.chart import Chart, Kind
from safeguarding.charts.control import control
from safeguarding.charts.plotly import CONFIG, as_plotly
from safeguarding.charts.rank import ranking
from safeguarding.charts.trend import trend
from safeguarding.drawing import Offer
from safeguarding.drawings import offers
from safeguarding.query import Query
from safeguarding.store.notes import Note
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Comparison


def card(summary: IndicatorSummary, view: Query, noted: Sequence[Note]) -> html.Article:
    """The card of one indicator: trend, rank, control chart or table, as `view.show` says, and its notes."""
    name = summary.indicator.indicator_id
    return html.Article(
        [
            Markup(facts(summary, view), id=f"facts-{name}", className="facts"),
            *pictures(summary, view.show),
            Markup(
                render(
                    "card_foot",
                    s=summary,
                    caption=caption(summary),
                    csv=csv_address(summary, view),
                    open=view.show == "table",
                    notes=noted,
                    link=desk().link(f"/indicator/{name}", view),
                    menus=[save(o, view, f"/indicator/{name}") for o in shown(summary, view.show)],
                ),
                id=f"foot-{name}",
                className="foot",
            ),
        ],
        id=f"card-{name}",
        className="card",
        **flags.hooks(summary),
    )


def shown(summary: IndicatorSummary, show: str) -> list[Offer]:
    """The charts that a card draws in a view; the trend's numbers where it shows a table."""
    return offers(summary, Kind.TREND if show == "table" else Kind(show))


def facts(summary: IndicatorSummary, view: Query) -> str:
    """The top of a card as HTML: title, value, finding and flags."""
    return render(
        "card_facts",
        s=summary,
        link=desk().link(f"/indicator/{summary.indicator.indicator_id}", view),
        tolerance=flags.tolerance_mark(summary),
        comparisons=_comparisons(summary),
        movement=flags.movement_mark(summary),
    )


def _comparisons(summary: IndicatorSummary) -> list[tuple[str, flags.Mark]]:
    """Whom the card compares with, and the marks; one mark without a name where nothing is compared."""
    compared = summary.comparisons
    if all(c.verdict is Comparison.NOT_COMPARED for c in compared.values()):
        return [("", flags.comparison_mark(summary.england))]
    names = {"england": "England", "region": summary.region.name, "neighbours": "Neighbours"}
    return [(names[key], flags.comparison_mark(c)) for key, c in compared.items()]


def pictures(summary: IndicatorSummary, show: str, heading: type = html.H4) -> list[html.Div]:
    """The charts of a view: the trend, the control chart, or the rankings under a `heading` each.

    None where there is nothing to draw.
    """
    if show == "table" or not summary.periods:
        return []
    name = summary.indicator.indicator_id
    if show == "control":
        seen = summary.control
        said = html.P(seen.text, id=f"control-text-{name}", className="small")
        drawn = (
            [chart(control(summary), f"control-{name}", f"title-{name}", f"control-text-{name}")]
            if seen.segments
            else []
        )
        return [html.Div([said, *drawn], id=f"charts-{name}", className="charts")]
    if show == "rank":
        if not summary.rankings:
            reason = (
                "A count depends on the size of the place, so it is not ranked."
                if summary.indicator.is_count
                else "There is no one to rank with here."
            )
            return [html.Div(html.P(reason, className="small"), id=f"charts-{name}", className="charts")]
        return [
            html.Div(
                [
                    html.Div(
                        [
                            heading(r.title, id=f"rank-title-{name}-{k}"),
                            html.P(r.place, id=f"rank-place-{name}-{k}", className="small"),
                            *(
                                [
                                    chart(
                                        ranking(r, summary.indicator),
                                        f"rank-{name}-{k}",
                                        f"rank-title-{name}-{k}",
                                        f"rank-place-{name}-{k}",
                                    )
                                ]
                                if r.bars
                                else []
                            ),
                        ],
                        id=f"ranked-{name}-{k}",
                    )
                    for k, r in enumerate(summary.rankings)
                ],
                id=f"charts-{name}",
                className="charts",
            )
        ]
    unit = html.P(
        f"{summary.indicator.unit.words.capitalize()}, {summary.area.name}",
        id=f"unit-{name}",
        className="unit",
    )
    return [
        html.Div(
            [unit, chart(trend(summary), f"trend-{name}", f"title-{name}", f"finding-{name}")],
            id=f"charts-{name}",
            className="charts",
        )
    ]


def chart(drawn: Chart, name: str, title_id: str, summary_id: str) -> html.Div:
    """A chart that a screen reader announces by its title and its sentence; the table holds its numbers."""
    figure = as_plotly(drawn)
    return html.Div(
        html.Div(
            dcc.Graph(
                id=f"graph-{name}",
                figure=figure,
                config=CONFIG,
                style={"height": f"{figure['layout']['height']}px"},
            ),
            id=f"hide-{name}",
            **{"aria-hidden": "true"},
        ),
        id=f"chart-{name}",
        className="chart",
        role="img",
        style={"height": f"{figure['layout']['height']}px"},
        **{"aria-labelledby": title_id, "aria-describedby": summary_id},
    )


def csv_address(summary: IndicatorSummary, view: Query) -> str:
    """Where the numbers of this card are to be had as CSV."""
    return desk().link(
        f"/api/indicator/{summary.indicator.indicator_id}.csv",
        replace(view, show="trend", flagged_only=False),
    )


def caption(summary: IndicatorSummary) -> str:
    """What a table or a picture of this card shows: title, unit, area."""
    return words.measured(summary.indicator, summary.area.name)
