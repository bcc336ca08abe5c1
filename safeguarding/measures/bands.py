"""Bands: margins and limits of a tolerance that follow an indicator's own spread, and certainty before
"outside".

T3 measures from a benchmark in units of the spread among English authorities; T5 takes its edges from years
gone by. Both say OUTSIDE only where chance alone does not explain it. docs/methods.md#margins-and-bands has
the rules and their calibration.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from safeguarding.measures.intervals import Interval
from safeguarding.measures.rank import quantile, quartiles
from safeguarding.measures.tolerance import ROUNDING
from safeguarding.vocabulary import Polarity, Tolerance

NORMAL = 1.349  # the quartiles of a normal distribution lie this many standard deviations apart
EDGES = (0.05, 0.15, 0.85, 0.95)


@dataclass(frozen=True)
class Band:
    """The edges of a two-sided band, lowest first, in the value's unit: 5th, 15th, 85th, 95th centile of
    years gone by. Raises ValueError where they do not rise.
    """

    low_red: float
    low_amber: float
    high_amber: float
    high_red: float

    def __post_init__(self) -> None:
        if not self.low_red <= self.low_amber <= self.high_amber <= self.high_red:
            edges = f"{self.low_red}, {self.low_amber}, {self.high_amber}, {self.high_red}"
            raise ValueError(f"the edges {edges} must rise")


def spread(values: Sequence[float]) -> float:
    """s: the spread among authorities' `values` (any order, at least one) as a standard deviation, (Q3 - Q1)
    / 1.349.

    Robust: what lies outside the quartiles does not move it.
    """
    cuts = quartiles(values)
    return (cuts.q3 - cuts.q1) / NORMAL


def near_benchmark(
    value: float | None, benchmark: float | None, margin: float, limits: Interval | None, polarity: Polarity
) -> Tolerance:
    """T3: is `value` worse than the benchmark by more than the margin, and is that certain?

    WITHIN where worse by no more than the margin. OUTSIDE where worse by more than twice the margin while its
    whole 95 % interval is worse by more than the margin. NEAR between, and where the interval cannot tell.
    Without an interval (no count is held) the value alone decides. A value on a boundary belongs to the
    better side. NO_VALUE where value or benchmark is None; ValueError for a neutral indicator and for a
    negative margin.
    """
    if polarity is Polarity.NEUTRAL:
        raise ValueError("a margin around a benchmark needs a better direction; use a two-sided band (T5)")
    if margin < 0:
        raise ValueError("a margin cannot be negative")
    if value is None or benchmark is None:
        return Tolerance.NO_VALUE
    lower_better = polarity is Polarity.LOWER_BETTER
    worse = value - benchmark if lower_better else benchmark - value
    if worse <= margin + ROUNDING:
        return Tolerance.WITHIN
    certain = worse
    if limits is not None:
        certain = limits.lower - benchmark if lower_better else benchmark - limits.upper
    if worse <= 2 * margin + ROUNDING or certain <= margin + ROUNDING:
        return Tolerance.NEAR
    return Tolerance.OUTSIDE


def frozen_band(values: Sequence[float]) -> Band:
    """The edges of a T5 band from the `values` of all English authorities, pooled over the three years before
    it holds.

    Frozen: the caller keeps them with their date. Raises ValueError for no values.
    """
    ordered = sorted(values)
    # binary fractions may leave a centile of equal values a hair under the one before
    return Band(*accumulate((quantile(ordered, p) for p in EDGES), max))


def in_band(value: float | None, limits: Interval | None, band: Band) -> Tolerance:
    """T5: does `value` lie where nine in ten authorities did, and if not, is that certain?

    WITHIN between the 15th and the 85th centile. OUTSIDE beyond the 5th or the 95th with the whole 95 %
    interval beyond it. NEAR between, and where the interval cannot tell. Without an interval the value alone
    decides. An edge belongs to the inner side. NO_VALUE where None. It says "ask why", not good or bad.
    """
    if value is None:
        return Tolerance.NO_VALUE
    if band.low_amber - ROUNDING <= value <= band.high_amber + ROUNDING:
        return Tolerance.WITHIN
    nearest_below = limits.upper if limits else value
    nearest_above = limits.lower if limits else value
    below = max(value, nearest_below) < band.low_red - ROUNDING
    above = min(value, nearest_above) > band.high_red + ROUNDING
    return Tolerance.OUTSIDE if below or above else Tolerance.NEAR
