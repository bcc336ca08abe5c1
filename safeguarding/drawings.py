"""Drawings: which charts there are of an indicator, of a theme, of a breakdown, and each with its words."""

from collections.abc import Sequence

from safeguarding import captions, rows, words
from safeguarding.breakdowns import Breakdown
from safeguarding.charts.chart import Kind
from safeguarding.charts.control import control
from safeguarding.charts.funnel import funnel
from safeguarding.charts.parts import parts
from safeguarding.charts.rank import ranking
from safeguarding.charts.spine import spine
from safeguarding.charts.trend import trend
from safeguarding.drawing import Drawing, Offer
from safeguarding.sentences import headline
from safeguarding.summaries import Difference, IndicatorSummary
from safeguarding.vocabulary import Comparison

MOST_RANKINGS = 3
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


def drawing(summary: IndicatorSummary, kind: Kind, place: int = 0) -> Drawing | None:
    """One chart of an indicator, of several rankings the one at `place`; None where there is none."""
    if _count(summary, kind, place) is None:
        return None
    indicator = summary.indicator
    period = summary.latest.period if summary.latest else ""
    subtitle = captions.latest(summary)
    match kind:
        case Kind.TREND:
            chart, table, text = trend(summary), rows.of_trend(summary), summary.sentence
            notes = captions.of_lines(summary)
            subtitle, period = captions.years(summary), summary.periods[-1]
        case Kind.RANK:
            ranked = summary.rankings[place]
            chart, table = ranking(ranked, indicator), rows.of_ranking(ranked)
            text = f"{summary.sentence} {ranked.place}"
            notes = [ranked.place] if ranked.place else []
        case Kind.FUNNEL:
            chart, table = funnel(summary.funnel, indicator), rows.of_funnel(summary.funnel)
            text, notes = summary.funnel.text, [summary.funnel.text]
        case _:
            if (one := _controlled(summary, kind)) is None:
                return None
            chart, table = control(one, kind), rows.of_control(one.control, one.periods)
            text, notes = one.control.text, [one.control.text, captions.CONTROL]
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
    )


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
            title = summary.rankings[place].title
            return f"{name}: {title[:1].lower()}{title[1:]}"
        case Kind.FUNNEL:
            return f"{name}: authorities by size"
        case Kind.DIFFERENCE:
            return f"{name}, {summary.area.name} less England: control chart"
    return f"{name}, {summary.area.name}: control chart"


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
    better, worse = (
        sum(s.england.verdict is verdict for s in placed) for verdict in (Comparison.BETTER, Comparison.WORSE)
    )
    sources = {s.source_id: s for one in placed for s in one.sources}
    return Drawing(
        subject=offer.subject,
        name=offer.name,
        title=offer.headline,
        headline=offer.headline,
        subtitle=f"{name}, {place}, latest periods",
        text=f"{place} among English authorities on {len(placed)} indicators: "
        f"better than England on {better}, worse on {worse}.",
        chart=spine(placed),
        rows=tuple(rows.of_spine(placed)),
        notes=captions.SPINE,
        sources=tuple(sources.values()),
        place=place,
        period=max(s.latest.period for s in placed if s.latest),
    )


def parts_offer(whole: Breakdown) -> Offer:
    """The bars of a breakdown."""
    count = sum(share is not None for _, now, before in whole.parts for share in (now, before))
    return Offer(whole.breakdown_id, Kind.PARTS.value, captions.heading_of_parts(whole), count)


def parts_drawing(whole: Breakdown) -> Drawing:
    """The bars of a breakdown."""
    offer = parts_offer(whole)
    return Drawing(
        subject=offer.subject,
        name=offer.name,
        title=whole.title,
        headline=offer.headline,
        subtitle=f"{whole.title}, {whole.unit}, {whole.place}, {whole.period}",
        text=whole.sentence,
        chart=parts(whole),
        rows=tuple(rows.of_parts(whole)),
        notes=tuple(captions.of_parts(whole)),
        sources=whole.sources,
        place=whole.place,
        period=whole.period,
    )
