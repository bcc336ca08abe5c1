"""Spine: where an area stands among English authorities, a row an indicator, England in the middle."""

from collections.abc import Sequence
from dataclasses import dataclass

from safeguarding import words
from safeguarding.charts.chart import Chart, Datum, Kind, Mark, Series
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.place import MOST_HIDDEN, Placed
from safeguarding.vocabulary import Comparison, Polarity, Role, Unit

FAR = 3  # middle halves beyond the middle one, after which a row is cut
ACROSS = ("worse, lower", "England", "better, higher")


@dataclass(frozen=True)
class Row:
    """A row of the spine: England at 0, the farther extreme at 1 or -1, better (or higher) on the right.

    `low` to `high` is the range of authorities, cut where a few lie far out; `q1` to `q3` its middle half,
    None where more than a tenth is hidden. The row may be turned, so either may be the smaller.
    `at` is the area, None where its figure is hidden.
    """

    low: float
    q1: float | None
    q3: float | None
    high: float
    at: float | None


def row(summary: IndicatorSummary, placed: Placed) -> Row:
    """The row of an indicator that has a place."""
    spread, england = placed.spread, placed.england
    least, most = fences(placed)
    far = [england - least, most - england, *([abs(summary.value - england)] if summary.value else [])]
    reach = max(far) or 1.0
    sign = -1 if summary.indicator.polarity is Polarity.LOWER_BETTER else 1

    def at(value: float) -> float:
        return sign * (value - england) / reach

    own = None if summary.value is None else max(-1.0, min(1.0, at(summary.value)))
    told = spread.hidden <= MOST_HIDDEN * (spread.n + spread.hidden)
    q1, q3 = (at(spread.q1), at(spread.q3)) if told else (None, None)
    return Row(at(least), q1, q3, at(most), own)


def fences(placed: Placed) -> tuple[float, float]:
    """Between which values a row is drawn: all authorities, or three middle halves beyond the middle one."""
    spread = placed.spread
    far = FAR * (spread.q3 - spread.q1)
    if not far:
        return spread.minimum, spread.maximum
    return max(spread.minimum, spread.q1 - far), min(spread.maximum, spread.q3 + far)


def beyond(summary: IndicatorSummary, placed: Placed) -> list[str]:
    """The authorities whose figures a row is too short for, each with its figure."""
    least, most = fences(placed)
    if summary.latest is None or (least, most) == (placed.spread.minimum, placed.spread.maximum):
        return []
    when = summary.latest.period_end
    held = [(a.name, summary.at(a.area_code)) for a in summary.catalogue.authorities(when)]
    return [
        f"{name} {words.shown(o.value, summary.indicator)}"
        for name, o in held
        if o and o.value is not None and not least <= o.value <= most
    ]


def spine(summaries: Sequence[IndicatorSummary]) -> Chart:
    """The rows in their order; an indicator without a place is left out.

    A hidden local figure has no spot.
    """
    rows = [(s, s.placed, row(s, s.placed)) for s in summaries if s.placed]
    series = []
    for k, (s, placed, r) in enumerate(rows):
        whole = Datum(None, s.printed, words.shown(placed.england, s.indicator), lower=r.low, upper=r.high)
        series.append(Series("range", Role.OTHER, Mark.RANGE, (whole,), k))
        if r.q1 is not None and r.q3 is not None:
            half = Datum(None, lower=r.q1, upper=r.q3)
            series.append(Series("middle half", Role.OTHER, Mark.MIDDLE, (half,), k))
    series.append(Series("England", Role.ENGLAND, Mark.BENCHMARK, (Datum(0.0),) * len(rows)))
    series += [
        Series(s.area.name, Role.FOCUS, Mark.SPOT, (Datum(r.at, verdict=Comparison(s.england.verdict)),), k)
        for k, (s, _, r) in enumerate(rows)
        if r.at is not None
    ]
    names = tuple(s.indicator.short_title for s, _, _ in rows)
    return Chart(Kind.SPINE, Unit.SCORE, Polarity.HIGHER_BETTER, 0, names, tuple(series), across=ACROSS)
