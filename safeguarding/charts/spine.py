"""Spine: where an area stands among English authorities, a row an indicator, England in the middle."""

from collections.abc import Sequence
from dataclasses import dataclass

from safeguarding import words
from safeguarding.charts.chart import Chart, Datum, Kind, Mark, Series
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.place import Placed
from safeguarding.vocabulary import Comparison, Polarity, Role, Unit

ACROSS = ("worse, lower", "England", "better, higher")


@dataclass(frozen=True)
class Row:
    """A row of the spine: England at 0, the farther extreme at 1 or -1, better (or higher) on the right.

    `low` to `high` is the range of authorities, `q1` to `q3` its middle half; the row may be turned, so
    either may be the smaller. `at` is the area, None where its figure is hidden.
    """

    low: float
    q1: float
    q3: float
    high: float
    at: float | None


def row(summary: IndicatorSummary, placed: Placed) -> Row:
    """The row of an indicator that has a place."""
    spread, england = placed.spread, placed.england
    reach = max(england - spread.minimum, spread.maximum - england) or 1.0
    sign = -1 if summary.indicator.polarity is Polarity.LOWER_BETTER else 1

    def at(value: float) -> float:
        return sign * (value - england) / reach

    own = None if summary.value is None else max(-1.0, min(1.0, at(summary.value)))
    return Row(at(spread.minimum), at(spread.q1), at(spread.q3), at(spread.maximum), own)


def spine(summaries: Sequence[IndicatorSummary]) -> Chart:
    """The rows in their order; an indicator without a place is left out.

    A hidden local figure has no spot.
    """
    rows = [(s, s.placed, row(s, s.placed)) for s in summaries if s.placed]
    series = []
    for k, (s, placed, r) in enumerate(rows):
        whole = Datum(None, s.printed, words.shown(placed.england, s.indicator), lower=r.low, upper=r.high)
        series.append(Series("range", Role.OTHER, Mark.RANGE, (whole,), k))
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
