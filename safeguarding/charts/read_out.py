"""Read out: a chart point by point, in words, for whoever goes through it with the arrow keys."""

from dataclasses import dataclass

from safeguarding import words
from safeguarding.charts.chart import Chart, Datum, Kind, Mark, Series

DRAWN_ONLY = {Mark.MEAN, Mark.LIMIT, Mark.OUTER, Mark.BENCHMARK, Mark.RANGE, Mark.MIDDLE}


@dataclass(frozen=True)
class Stop:
    """One stop on the way through a chart: what is said there, and where it is: the place of a category, or
    on an axis of numbers the base and the value.
    """

    text: str
    place: int | None = None
    at: tuple[float, float] | None = None


def stops(chart: Chart) -> list[Stop]:
    """Every period, area or part with what each series has there; in a funnel every spot, smallest first."""
    if chart.kind is Kind.FUNNEL:
        spots = [d for s in chart.series if s.mark is Mark.SPOT for d in s.data if d.value is not None]
        return [Stop(d.note, at=(d.base, d.value or 0.0)) for d in sorted(spots, key=lambda d: d.base)]
    gone = {a.place: a for a in chart.absences}
    found = []
    for k, category in enumerate(chart.categories):
        said = [f"{gone[k].note}"] if k in gone else []
        for series in chart.whole:
            text = _said(chart, series, series.data[k])
            said += [text] if text else []
        found.append(Stop(f"{category}: {'; '.join(said) or 'no figure'}.", place=k))
    return found


def _said(chart: Chart, series: Series, datum: Datum) -> str:
    """What a series has at a place; empty for what is drawn around the figures, and for a gap."""
    if series.mark in DRAWN_ONLY:
        return ""
    if series.mark in (Mark.BAR, Mark.PART):
        return f"{series.name} {datum.printed}" if series.mark is Mark.PART else datum.printed
    if datum.value is None:
        return ""
    return f"{series.name} {words.number(datum.value, series.decimals)}{chart.suffix}"
