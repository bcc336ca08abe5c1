"""Expected range: where will next year's figure probably lie, if it moves as authorities' figures do?

Nothing is extrapolated: "as last year", give or take what is usual, forecasts better than a trend does.
docs/methods.md#expected-range has the back-test. The centiles are those of change.py.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from safeguarding.measures.change import ROUNDING, Usual, usual
from safeguarding.measures.intervals import Interval

YEARS = 3  # of changes that a range rests on


@dataclass(frozen=True)
class Coverage:
    """How many figures of past years were forecast, and how many fell inside their range."""

    forecasts: int
    inside: int

    @property
    def share(self) -> float | None:
        """The share inside, 0 to 100; None without a forecast. Eight in ten is what the range promises."""
        return 100 * self.inside / self.forecasts if self.forecasts else None


def expected(last: float, around: Usual, highest: float = math.inf) -> Interval:
    """The range in which eight in ten authorities' next figure would lie, given their `last` one.

    `last` plus the 10th and the 90th centile of the changes of the three years before, in its unit, kept
    within nought and `highest` (100 for a share, no limit for a rate). Where nearly all figures rise, both
    ends may lie above `last`.
    """
    return Interval(*(min(max(0.0, last + change), highest) for change in (around.lower, around.upper)))


def inside(value: float, forecast: Interval) -> bool:
    """Did a figure come out within the range printed the year before? One on a limit did."""
    return forecast.lower - ROUNDING <= value <= forecast.upper + ROUNDING


def changes_by_year(series: Iterable[Mapping[int, float]]) -> dict[int, list[float]]:
    """The change of each authority from the year before, by the year it ended in.

    `series` has a mapping of year to value for each authority; a year without a figure is left out of it, and
    so are the change to it and the one from it.
    """
    found: dict[int, list[float]] = {}
    for values in series:
        for year, value in values.items():
            if year - 1 in values:
                found.setdefault(year, []).append(value - values[year - 1])
    return found


def usual_before(changes: Mapping[int, Sequence[float]], year: int) -> Usual | None:
    """What was usual in the three years before `year`, that year left out.

    None where one of the three knows no change (a year not published, an indicator too young), or where all
    of them know too few.
    """
    before = [changes.get(year - back, ()) for back in range(1, YEARS + 1)]
    return usual([change for year in before for change in year]) if all(before) else None


def back_test(series: Sequence[Mapping[int, float]], highest: float = math.inf) -> Coverage:
    """How often would the expected range have held the next figure, over an indicator's areas and years?

    Each range rests on years before its own alone, as it would have been printed then. `series` is as in
    `changes_by_year`, `highest` as in `expected`.
    """
    changes = changes_by_year(series)
    forecasts = hits = 0
    for year in changes:
        around = usual_before(changes, year)
        if around is None:
            continue
        for values in series:
            if year in values and year - 1 in values:
                forecasts += 1
                hits += inside(values[year], expected(values[year - 1], around, highest))
    return Coverage(forecasts, hits)
