"""Captions: the words of a drawing. What heads it, what it measures, what to know before reading it."""

from collections.abc import Sequence

from safeguarding import periods, words
from safeguarding.breakdowns import Breakdown
from safeguarding.charts import axis
from safeguarding.charts.chart import Chart
from safeguarding.charts.spine import beyond
from safeguarding.measures.movement import POINTS
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.rank import Ranking
from safeguarding.vocabulary import Polarity, Status, Unit

MOST_WORDS = 12  # in the heading of a breakdown
SPINE = (
    "Each row is scaled to its own range, England in the middle. Better is on the right; where neither "
    "end is better, higher is."
)
CONTROL = "For information: a control chart of years decides no verdict."
CUT = "The axis does not start at zero."


def latest(summary: IndicatorSummary) -> str:
    """What is measured, where and when, of a chart of one period."""
    return f"{words.measured(summary.indicator, summary.area.name)}, {summary.period_label}"


def years(summary: IndicatorSummary) -> str:
    """What is measured, where and from when to when, of a chart over time. There must be a period."""
    kind = summary.indicator.year_type
    first, last = periods.label(summary.periods[0], kind), periods.label(summary.periods[-1], kind)
    measured = words.measured(summary.indicator, summary.area.name)
    return f"{measured}, {first} to {last}" if first != last else f"{measured}, {first}"


def of_lines(summary: IndicatorSummary, events: bool = True) -> list[str]:
    """What the lines stand for, what the marks mean, why figures are missing."""
    notes = []
    for line in summary.lines:
        if line.caption:
            last = next((p.note for p in reversed(line.points) if p.value is not None and p.note), "")
            caption = line.caption.replace(" of the statistical neighbours", "")  # the name says it
            notes.append(f"{line.name}: {caption}{f'; latest: {last}' if last else ''}.")
    if summary.marks and events:
        notes.append("; ".join(m.text for m in summary.marks) + ".")
    notes += [f"{b.text}." for b in summary.dotted]
    missing = [p for p in summary.lines[0].points if p.value is None]
    absent = dict.fromkeys(p.note for p in missing if p.note and p.note != "no figure")
    if absent:
        notes.append(f"Square: no value, {'; '.join(absent)}.")
    return notes


def of_travel(summary: IndicatorSummary) -> list[str]:
    """Over which years the direction of travel is judged, where fewer are drawn."""
    span = summary.movement.span
    if not span.startswith("over the five years") or len(summary.periods) >= POINTS:
        return []
    return [f"The direction of travel is judged {span}, of which {len(summary.periods)} are drawn."]


def of_revisions(summary: IndicatorSummary) -> list[str]:
    """Which figures of the area have changed since the release before."""
    points = zip(summary.periods, summary.lines[0].points, strict=True) if summary.lines else ()
    indicator = summary.indicator
    found = [
        f"{periods.label(period, indicator.year_type)} {words.revised(point.revised, indicator)}"
        for period, point in points
        if point.revised
    ]
    return [f"{words.capital('; '.join(found))}."] if found else []


def of_ranges(chart: Chart) -> list[str]:
    """What the marks of a trend around its lines mean, and where they reach to."""
    notes = []
    if chart.band:
        edge = "" if chart.band.agreed else ", dashed edge"
        notes.append(f"Pale{edge}: {chart.band.words} ({chart.categories[-1]}{_beyond(chart)}).")
    for ends, said in (
        (chart.interval, "Bar: 95% interval, {}."),
        (chart.expected and (chart.expected.lower, chart.expected.upper), "Dashed box: expected next, {}."),
    ):
        if ends:
            low, high = (words.number(end, max(1, chart.decimals)) + chart.suffix for end in ends)
            notes.append(said.format(f"{low} to {high}"))
    return notes


def _beyond(chart: Chart) -> str:
    """Which edges of the tolerance the axis of a chart does not hold."""
    low, high = axis.limits(chart.ticks)
    edges = chart.band.edges if chart.band else ()
    sides = [side for side, out in (("above", max(edges) > high), ("below", min(edges) < low)) if out]
    what = "the limit lies" if len(edges) == 1 else "an end lies"
    return f"; {what} {' and '.join(sides)} the chart" if sides else ""


def before_reading(summary: IndicatorSummary) -> list[str]:
    """What is to be known of the indicator before any chart of it is read."""
    note = summary.indicator.note
    return [f"Before you read it: {note.rstrip('.')}."] if note else []


def of_parts(whole: Breakdown) -> list[str]:
    """Which part is hidden, and what is to be known of all."""
    notes = []
    shares = [s for _, now, before in whole.parts for s in (now, before) if s is not None]
    if any(s.value is None and s.printed.startswith(Status.C.short) for s in shares):
        notes.append("An open bracket: hidden to protect identity; its length says nothing.")
    return [*notes, *([whole.note] if whole.note else [])]


def heading_of_parts(whole: Breakdown) -> str:
    """The finding of a breakdown, or its title where that is too long; with its year where a report said it,
    since that is not today's.
    """
    known = [(name, now) for name, now, _ in whole.parts if now.value is not None]
    title = f"{whole.title} ({whole.period})" if whole.stated else whole.title
    if not known or whole.unit != Unit.PERCENT.words:
        return title
    name, most = max(known, key=lambda part: part[1].value or 0)
    text = f"{words.capital(name)} is the largest part in {words.the(whole.place)}: {most.printed}"
    text += f" ({whole.period})" if whole.stated else ""
    return text if len(text.split()) <= MOST_WORDS else title


def heading_of_rank(summary: IndicatorSummary, ranked: Ranking) -> str:
    """Where the area stands, as far as that can be said; else what is ranked."""
    name, place = summary.indicator.short_title, summary.area.name
    among = words.uncapital(ranked.title)
    if ranked.title.startswith("Statistical neighbours"):
        among = "with its statistical neighbours"
    if ranked.best is None or ranked.worst is None:
        return f"{name}: {words.uncapital(ranked.title)}"
    if ranked.best != ranked.worst:
        return f"{name}: {place} is between {ranked.best} and {ranked.worst} of {ranked.n} {among}"
    return f"{name}: {place} is {words.ordinal(ranked.best)} of {ranked.n} {among}"


def order(summary: IndicatorSummary) -> str:
    """Which end a ranking begins at."""
    return {
        Polarity.LOWER_BETTER: "Best first: the lowest.",
        Polarity.HIGHER_BETTER: "Best first: the highest.",
        Polarity.NEUTRAL: "Highest first; neither end is better.",
    }[summary.indicator.polarity]


def clipped(summaries: Sequence[IndicatorSummary]) -> list[str]:
    """Who lies beyond the end of a row of a spine, as a sentence; none where nobody does."""
    found = [
        f"{s.indicator.short_title}: {words.listed(names)}"
        for s in summaries
        if s.placed and (names := beyond(s, s.placed))
    ]
    return [f"Beyond the end of their rows: {'; '.join(found)}."] if found else []
