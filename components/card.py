"""Card: one indicator at a glance. Title, value, finding, three flags, chart, table, source."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dash import html

from components import flags
from components.as_html import as_html
from components.chart import chart
from components.markup import Markup, render
from components.save import save
from components.site import desk, may_write
from safeguarding import words
from safeguarding.beside import beside
from safeguarding.captions import of_ranges
from safeguarding.charts.chart import Kind
from safeguarding.charts.control import control
from safeguarding.charts.rank import ranking
from safeguarding.charts.trend import trend
from safeguarding.drawing import Offer
from safeguarding.drawings import drawing, offers
from safeguarding.prominent import counted, course
from safeguarding.query import Query
from safeguarding.sentences import headline
from safeguarding.store.notes import Note
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Comparison


def card(
    summary: IndicatorSummary, view: Query, noted: Sequence[Note], count: IndicatorSummary | None = None
) -> html.Article:
    """The card of one indicator: trend, rank, control chart or table, as `view.show` says, and its notes;
    with the count of the same thing, where there is one.

    What is in it is one piece of markup: nearly all of it changes with a filter, and Dash sets it in one go.
    """
    name = summary.indicator.indicator_id
    parts = [
        Markup(_top(summary, view, count), id=f"facts-{name}", className="facts"),
        *pictures(summary, view.show, of_card=True),
        Markup(_foot(summary, view, noted), id=f"foot-{name}", className="foot"),
    ]
    inside = Markup(as_html(parts), id=f"inside-{name}", className="inside")
    return html.Article(inside, id=f"card-{name}", className="card", **flags.hooks(summary))


def _top(summary: IndicatorSummary, view: Query, count: IndicatorSummary | None) -> str:
    """The top of a card: the finding, the figure, what is judged of it, who stands beside it."""
    return render(
        "card_top",
        s=summary,
        title=headline(summary),
        link=desk().link(f"/indicator/{summary.indicator.indicator_id}", view),
        count=counted(count, summary) if count else "",
        count_hooks=flags.hooks(count) if count else {},
        tolerance=flags.tolerance_chip(summary),
        comparison=flags.comparison_chip(summary),
        direction=flags.direction_chip(summary),
        course=course(summary),
        compared=list(summary.comparisons.values()),
        beside=beside(summary),
        caption=caption(summary),
    )


def _foot(summary: IndicatorSummary, view: Query, noted: Sequence[Note]) -> str:
    """The foot of a card: the question to ask, what was said of the figure, the ways on and the source."""
    name = summary.indicator.indicator_id
    latest = summary.latest
    return render(
        "card_foot",
        s=summary,
        caption=caption(summary),
        csv=csv_address(summary, view),
        open=view.show == "table",
        comments=[c for c in summary.comments if latest and c.period == latest.period],
        notes=noted,
        writes=may_write(),
        ranges=of_ranges(trend(summary)) if summary.periods else [],
        link=desk().link(f"/indicator/{name}", view),
        late=desk().late(view, date.today(), name),
        menus=[save(o, view, f"/indicator/{name}") for o in shown(summary, view.show)],
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
        changed=flags.change_mark(summary),
        late=desk().late(view, date.today(), summary.indicator.indicator_id),
    )


def _comparisons(summary: IndicatorSummary) -> list[tuple[str, flags.Mark]]:
    """Whom the card compares with, and the marks; one mark without a name where nothing is compared."""
    compared = summary.comparisons
    if all(c.verdict is Comparison.NOT_COMPARED for c in compared.values()):
        return [("", flags.comparison_mark(summary.england))]
    names = {"england": "England", "region": summary.region.name, "neighbours": "Neighbours"}
    return [(names[key], flags.comparison_mark(c)) for key, c in compared.items()]


def pictures(
    summary: IndicatorSummary, show: str, heading: type = html.H4, of_card: bool = False
) -> list[html.Div]:
    """The charts of a view: the trend, the control chart, or the rankings under a `heading` each.

    None where there is nothing to draw. `of_card` draws the trend as high as a card has room for.
    """
    if show == "table" or not summary.periods:
        return []
    name = summary.indicator.indicator_id
    if show == "control":
        seen = summary.control
        said = html.P(seen.text, id=f"control-text-{name}", className="small")
        drawn = (
            [
                chart(
                    control(summary),
                    name,
                    "control",
                    summary.view,
                    f"control-{name}",
                    f"title-{name}",
                    f"control-text-{name}",
                )
            ]
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
                                        name,
                                        f"rank-{k}",
                                        summary.view,
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
    if show in ("difference", "funnel"):
        found = drawing(summary, Kind(show))
        if found is None:
            return [html.Div(html.P("There is no such chart of it.", className="small"), id=f"charts-{name}")]
        text = f"{show}-text-{name}"
        drawn_so = chart(found.chart, name, show, summary.view, f"{show}-{name}", f"title-{name}", text)
        said = html.P(found.text, id=text, className="small")
        return [html.Div([said, drawn_so], id=f"charts-{name}", className="charts")]
    over_time = trend(summary)
    measured = f"{summary.indicator.unit.words.capitalize()}, {summary.area.name}"
    ranges = of_ranges(over_time)
    unit = html.P(
        " ".join([f"{measured}.", *ranges]) if ranges else measured, id=f"unit-{name}", className="unit"
    )
    return [
        html.Div(
            [
                *([] if of_card else [unit]),
                chart(
                    over_time,
                    name,
                    "trend",
                    summary.view,
                    f"trend-{name}",
                    f"title-{name}",
                    f"finding-{name}",
                    of_card,
                ),
            ],
            id=f"charts-{name}",
            className="charts",
        )
    ]


def csv_address(summary: IndicatorSummary, view: Query) -> str:
    """Where the numbers of this card are to be had as CSV."""
    return desk().link(
        f"/api/indicator/{summary.indicator.indicator_id}.csv",
        replace(view, show="trend", flagged_only=False),
    )


def caption(summary: IndicatorSummary) -> str:
    """What a table or a picture of this card shows: title, unit, area."""
    return words.measured(summary.indicator, summary.area.name)
