"""Drawings: which charts there are of an indicator, of a theme, of a breakdown, and each with its words."""

from collections.abc import Sequence

from safeguarding import captions, periods, rows, words
from safeguarding.breakdowns import Breakdown
from safeguarding.charts.chart import Kind
from safeguarding.charts.control import control
from safeguarding.charts.funnel import funnel
from safeguarding.charts.multiples import Panel, alike, small
from safeguarding.charts.parts import parts
from safeguarding.charts.rank import ranking
from safeguarding.charts.spine import spine
from safeguarding.charts.trend import bare, trend
from safeguarding.drawing import Drawing, Offer
from safeguarding.measures.intervals import Interval
from safeguarding.sentences import headline
from safeguarding.summaries import Difference, IndicatorSummary
from safeguarding.verdicts.funnel import OVERDISPERSED
from safeguarding.verdicts.rank import Ranking
from safeguarding.vocabulary import Comparison, Role

MOST_RANKINGS = 3
AREAS, PAGE = "areas", "page"  # many small charts: of an indicator, of a theme
TOLD = (Comparison.BETTER, Comparison.WORSE, Comparison.HIGHER, Comparison.LOWER)
# the charts of an indicator by the name in their address, in the order of its page
NAMED = {
    "trend": (Kind.TREND, 0),
    **{f"rank-{k}": (Kind.RANK, k) for k in range(MOST_RANKINGS)},
    "control": (Kind.CONTROL, 0),
    "difference": (Kind.DIFFERENCE, 0),
    "funnel": (Kind.FUNNEL, 0),
}


# --- the charts of an indicator ---


def offers(summary: IndicatorSummary, *kinds: Kind) -> list[Offer]:
    """The charts of these kinds (of every kind where none is named) that an indicator has in a view."""
    found = [(name, kind, place) for name, (kind, place) in NAMED.items() if kind in kinds or not kinds]
    return [
        Offer(summary.indicator.indicator_id, name, _heading(summary, kind, place), count)
        for name, kind, place in found
        if (count := _count(summary, kind, place)) is not None
    ]


def drawings(summary: IndicatorSummary) -> list[Drawing]:
    """Every chart of an indicator in a view, as far as there is something to draw."""
    return [found for kind, place in NAMED.values() if (found := drawing(summary, kind, place))]


def drawing(
    summary: IndicatorSummary, kind: Kind, place: int = 0, events: bool = True, intervals: bool = False
) -> Drawing | None:
    """One chart of an indicator, of several rankings the one at `place`; None where there is none.

    Without `events` none is marked. With `intervals` every figure has its interval.
    """
    if _count(summary, kind, place) is None:
        return None
    indicator = summary.indicator
    period = summary.latest.period if summary.latest else ""
    subtitle = captions.latest(summary)
    match kind:
        case Kind.TREND:
            chart, table = trend(summary, events, intervals), rows.of_trend(summary)
            told, travel = captions.of_lines(summary, events), captions.of_travel(summary)
            text = summary.alternative
            notes = [*travel, *told, *captions.of_ranges(chart), *captions.of_revisions(summary)]
            # what is missing comes first; an event's words stand in the chart
            brief = [*travel, *captions.of_revisions(summary), *captions.of_lines(summary, events=False)]
            brief.sort(key=lambda note: note.startswith(("Statistical", "Neighbours", "Greater")))
            subtitle, period = captions.years(summary), summary.periods[-1]
        case Kind.RANK:
            ranked = summary.rankings[place]
            around = _intervals(summary, ranked) if intervals else None
            chart, table = ranking(ranked, indicator, around), rows.of_ranking(summary, ranked)
            text = f"{summary.sentence} {ranked.place}"
            notes = [ranked.place] if ranked.place else []
            subtitle = f"{words.measured(indicator, ranked.title)}, {summary.period_label}"
            brief = [captions.order(summary)]
        case Kind.FUNNEL:
            chart, table = funnel(summary.funnel, indicator, summary.view.compare), rows.of_funnel(summary)
            cut = [captions.CUT] if chart.ticks[0] else []
            text, notes = " ".join([summary.funnel.text, *cut]), [summary.funnel.text, *cut]
            subtitle = f"{words.measured(indicator, 'authorities by size')}, {summary.period_label}"
            gone = summary.funnel.hidden
            brief = [OVERDISPERSED] if OVERDISPERSED in text else []
            brief += cut
            brief += [f"Without a figure: {words.listed(list(gone))}."] if gone else []
        case _:
            if (one := _controlled(summary, kind)) is None:
                return None
            chart, table = control(one, kind), rows.of_control(one, summary.area.area_code)
            text, notes = one.control.text, [one.control.text, captions.CONTROL]
            brief = [captions.CONTROL]
            subtitle, period = words.measured(one.indicator, one.lines[0].name), summary.periods[-1]
    return Drawing(
        subject=indicator.indicator_id,
        name=next(name for name, at in NAMED.items() if at == (kind, place)),
        title=indicator.title,
        headline=_heading(summary, kind, place),
        subtitle=subtitle,
        text=text,
        chart=chart,
        rows=tuple(table),
        notes=(*notes, *captions.before_reading(summary)),
        sources=summary.sources,
        place=summary.area.name,
        period=period,
        brief=tuple(brief),
    )


def _intervals(summary: IndicatorSummary, ranked: Ranking) -> dict[str, Interval | None]:
    """The 95 % interval of every area of a ranking."""
    held = [(b.code, summary.at(b.code)) for b in ranked.bars]
    return {code: summary.interval(o).interval if o else None for code, o in held}


def _count(summary: IndicatorSummary, kind: Kind, place: int) -> int | None:
    """How many rows a chart has; None where there is no such chart."""
    match kind:
        case Kind.TREND:
            return len(summary.lines) * len(summary.periods) or None
        case Kind.RANK:
            return (len(summary.rankings[place].bars) or None) if place < len(summary.rankings) else None
        case Kind.FUNNEL:
            return len(summary.funnel.spots) or None
    one = _controlled(summary, kind)
    return sum(len(s.values) for s in one.control.segments) or None if one else None


def _controlled(summary: IndicatorSummary, kind: Kind) -> IndicatorSummary | Difference | None:
    """What a control chart follows: the area, or how far it lies from England."""
    return summary.difference if kind is Kind.DIFFERENCE else summary


def _heading(summary: IndicatorSummary, kind: Kind, place: int) -> str:
    name = summary.indicator.short_title
    match kind:
        case Kind.TREND:
            return headline(summary)
        case Kind.RANK:
            return captions.heading_of_rank(summary, summary.rankings[place])
        case Kind.FUNNEL:
            own = next((s.where for s in summary.funnel.spots if s.role is Role.FOCUS), "")
            where = {"inside 95%": "within", "inside 99.8%": "at the edge of"}.get(own, "outside")
            return f"{name}: {summary.area.name} is {where} the limits of chance around England"
        case Kind.DIFFERENCE:
            return f"{name}, {summary.area.name}’s gap to England: {_unusual(summary.difference)}"
    return f"{name}, {summary.area.name}: {_unusual(summary)}"


def _unusual(one: IndicatorSummary | Difference | None) -> str:
    """How many points of a control chart are unusual, in words."""
    segments = one.control.segments if one else ()
    found = sum(signal is not None for segment in segments for signal in segment.signals)
    if not any(segment.limits for segment in segments):
        return "too few figures for limits"
    return f"{found} unusual point{'s' if found > 1 else ''}" if found else "no unusual point"


# --- other charts ---


def spine_offer(name: str, theme: str, summaries: Sequence[IndicatorSummary]) -> Offer:
    """The spine chart of a theme called `name`, of which at least one indicator has a place."""
    placed = [s for s in summaries if s.placed]
    heading = f"{name}: {placed[0].area.name} among English authorities"
    return Offer("scorecard", f"{Kind.SPINE}-{theme}", heading, len(placed))


def spine_drawing(name: str, theme: str, summaries: Sequence[IndicatorSummary]) -> Drawing:
    """A theme's rows of the spine chart: the indicators that have a place among English authorities.

    Raises IndexError where none has.
    """
    offer = spine_offer(name, theme, summaries)
    placed = [s for s in summaries if s.placed]
    place = placed[0].area.name
    counts = {v: sum(s.england.verdict is v for s in placed) for v in TOLD}
    told = ", ".join(f"{v.value} on {n}" for v, n in counts.items() if n or v in TOLD[:2])
    beyond = tuple(captions.clipped(placed))
    sources = {s.source_id: s for one in placed for s in one.sources}
    return Drawing(
        subject=offer.subject,
        name=offer.name,
        title=offer.headline,
        headline=f"{name}: {place} is {told} of {len(placed)} measures",
        subtitle=f"{name}, {place} among English authorities, latest periods",
        text=f"{place} among English authorities on {len(placed)} indicators: against England {told}.",
        chart=spine(placed),
        rows=tuple(rows.of_spine(placed)),
        notes=(captions.SPINE, *beyond),
        brief=(*beyond, captions.SPINE),
        sources=tuple(sources.values()),
        place=place,
        period=max(s.latest.period for s in placed if s.latest),
    )


def parts_offer(whole: Breakdown) -> Offer:
    """The bars of a breakdown."""
    count = len(rows.of_parts(whole))
    return Offer(whole.breakdown_id, Kind.PARTS.value, captions.heading_of_parts(whole), count)


def parts_drawing(whole: Breakdown) -> Drawing:
    """The bars of a breakdown."""
    offer = parts_offer(whole)
    return Drawing(
        subject=offer.subject,
        name=offer.name,
        title=whole.title,
        headline=offer.headline,
        subtitle=", ".join(
            filter(
                None,
                (
                    whole.title if offer.headline != whole.title else "",
                    whole.unit if offer.headline != whole.title else words.capital(whole.unit),
                    whole.place,
                    whole.period,
                ),
            )
        ),
        text=whole.sentence,
        chart=parts(whole),
        rows=tuple(rows.of_parts(whole)),
        notes=tuple(captions.of_parts(whole)),
        brief=tuple(captions.of_parts(whole)[-1:]),
        sources=whole.sources,
        place=whole.place,
        period=whole.period,
    )


# --- many small charts on one page ---


def areas_drawing(summaries: Sequence[IndicatorSummary]) -> Drawing | None:
    """One indicator in several areas, each beside England and all over one scale, by name; the first of
    `summaries` is the area in focus. None where none of them has a figure to draw.
    """
    drawn = [s for s in summaries if s.lines and any(p.value is not None for p in s.lines[0].points)]
    if not drawn:
        return None
    own, indicator = summaries[0], summaries[0].indicator
    known = sorted((s for s in drawn if s.value is not None), key=lambda s: s.value or 0.0)
    heading = f"{indicator.short_title}: {len(drawn)} areas"
    if len(known) > 1:
        low, high = known[0].area.name, known[-1].area.name
        heading = f"{indicator.short_title}: highest in {words.the(high)}, lowest in {words.the(low)}"
    missing = [s.area.name for s in summaries if s not in drawn]
    brief = [f"No figure to draw: {words.listed(missing)}."] if missing else []
    charts = alike([small(bare(s)) for s in drawn])
    first, last = drawn[0].periods[0], max(s.periods[-1] for s in drawn)
    years = " to ".join(dict.fromkeys(periods.label(p, indicator.year_type) for p in (first, last)))
    return Drawing(
        subject=indicator.indicator_id,
        name=AREAS,
        title=indicator.title,
        headline=heading,
        subtitle=f"{words.measured(indicator, f'{len(drawn)} areas')}, {years}",
        text=" ".join(f"{s.area.name}: {s.printed}." for s in drawn),
        chart=charts[0],
        rows=tuple(_own_rows(drawn)),
        notes=(*brief, *captions.before_reading(own)),
        sources=tuple({source.source_id: source for s in drawn for source in s.sources}.values()),
        place=own.area.name,
        period=last,
        brief=tuple(brief),
        panels=tuple(Panel(s.area.name, chart) for s, chart in zip(drawn, charts, strict=True)),
    )


def theme_drawing(name: str, theme: str, summaries: Sequence[IndicatorSummary]) -> Drawing | None:
    """A theme on a page: every indicator of it that has a figure, each over its own scale, beside England.

    None where none has.
    """
    drawn = [s for s in summaries if s.lines and any(p.value is not None for p in s.lines[0].points)]
    if not drawn:
        return None
    place = drawn[0].area.name
    flagged = sum(s.flagged for s in drawn)
    charts = [small(bare(s)) for s in drawn]
    headed = [f"{s.indicator.short_title}, {s.indicator.unit.words}" for s in drawn]
    return Drawing(
        subject="scorecard",
        name=f"{PAGE}-{theme}",
        title=f"{name}, {place}",
        headline=f"{name}, {place}: {flagged or 'none'} of {len(drawn)} measures flagged",
        subtitle="Each over its own scale from nought; the latest figure stands at the end of its line",
        text=" ".join(f"{s.indicator.title}: {s.printed}." for s in drawn),
        chart=charts[0],
        rows=tuple(_own_rows(drawn)),
        notes=(),
        sources=tuple({source.source_id: source for s in drawn for source in s.sources}.values()),
        place=place,
        period=max(s.periods[-1] for s in drawn),
        panels=tuple(Panel(heading, chart) for heading, chart in zip(headed, charts, strict=True)),
    )


def _own_rows(summaries: Sequence[IndicatorSummary]) -> list[rows.Row]:
    return [row for s in summaries for row in rows.of_trend(s) if row["area_code"] == s.area.area_code]
