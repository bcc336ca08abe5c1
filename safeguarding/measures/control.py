"""Control chart (XmR): is a series behaving as it usually does?

Source: NHSRplotthedots (ptd_spc_standard.R, ptd_calculate_point_type.R, ptd_calculate_assurance_type.R),
restated in docs/methods.md#control-chart. Outliers are not screened by default, as in the NHS Excel tool.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from safeguarding.vocabulary import Movement, Polarity

FEWEST, FULL = 6, 12  # below six no limits, below twelve only trial ones
RUN = 7
FACTOR = 2.66
SCREEN = 3.267


@dataclass(frozen=True)
class Limits:
    """Mean and process limits of one segment, in the unit of its values. `trial` where fewer than twelve
    points made them.
    """

    mean: float
    mean_range: float
    lower: float
    upper: float
    trial: bool

    @property
    def near_lower(self) -> float:
        """Two thirds of the way to the lower limit."""
        return self.mean - (self.mean - self.lower) * 2 / 3

    @property
    def near_upper(self) -> float:
        """Two thirds of the way to the upper limit."""
        return self.mean + (self.upper - self.mean) * 2 / 3


@dataclass(frozen=True)
class Signal:
    """Why a point is not common cause: the rule (1 outside, 2 run, 3 trend, 4 two of three) and its side."""

    rule: int
    high: bool


def limits(values: Sequence[float], screened: bool = False) -> Limits | None:
    """Mean and limits of one segment's values, oldest first; None below six points.

    m is the mean of the differences between neighbours; the limits are the mean plus and minus 2.66 m. With
    `screened`, differences of 3.267 m or more are dropped once and m is taken again.
    """
    if len(values) < FEWEST:
        return None
    mean = sum(values) / len(values)
    ranges = [abs(b - a) for a, b in itertools.pairwise(values)]
    spread = sum(ranges) / len(ranges)
    if screened:
        kept = [r for r in ranges if r < SCREEN * spread]
        spread = sum(kept) / len(kept) if kept else spread
    return Limits(mean, spread, mean - FACTOR * spread, mean + FACTOR * spread, len(values) < FULL)


def signals(values: Sequence[float], around: Limits, run: int = RUN) -> list[Signal | None]:
    """For each value of a segment, oldest first, the special cause it belongs to; None for common cause.

    Where several rules apply the first of 1, 3, 4, 2 is given. A point on the mean breaks a run; two equal
    points break a trend. The segment must not cross a re-base.
    """
    found: list[Signal | None] = [None] * len(values)
    for rule in (
        _runs(values, around, run),
        _two_of_three(values, around),
        _trends(values, run),
        _outside(values, around),
    ):
        for k, signal in rule.items():
            found[k] = signal
    return found


def judge(signal: Signal | None, polarity: Polarity) -> Movement:
    """The verdict on the latest point: what the signal's side means with this polarity; None is NO_CHANGE."""
    if signal is None:
        return Movement.NO_CHANGE
    if polarity is Polarity.NEUTRAL:
        return Movement.INCREASING if signal.high else Movement.DECREASING
    return Movement.IMPROVING if signal.high == (polarity is Polarity.HIGHER_BETTER) else Movement.WORSENING


def assurance(target: float, around: Limits, polarity: Polarity) -> str | None:
    """Will the target be met by chance alone? `meets`, `misses` or `hit-and-miss`; None where neutral.

    `around` must be the last segment's limits. A target on a limit is hit-and-miss.
    """
    if polarity is Polarity.NEUTRAL:
        return None
    if around.lower <= target <= around.upper:
        return "hit-and-miss"
    above = target > around.upper
    return "misses" if above == (polarity is Polarity.HIGHER_BETTER) else "meets"


def _outside(values: Sequence[float], around: Limits) -> dict[int, Signal]:
    return {
        k: Signal(1, v > around.upper) for k, v in enumerate(values) if v > around.upper or v < around.lower
    }


def _runs(values: Sequence[float], around: Limits, run: int) -> dict[int, Signal]:
    found: dict[int, Signal] = {}
    start = 0
    sides = [(v > around.mean) - (v < around.mean) for v in values]
    for k in range(1, len(values) + 1):
        if k == len(values) or sides[k] != sides[start]:
            if sides[start] and k - start >= run:
                found |= {j: Signal(2, sides[start] > 0) for j in range(start, k)}
            start = k
    return found


def _trends(values: Sequence[float], run: int) -> dict[int, Signal]:
    found: dict[int, Signal] = {}
    steps = [(b > a) - (b < a) for a, b in itertools.pairwise(values)]
    start = 0
    for k in range(1, len(steps) + 1):
        if k == len(steps) or steps[k] != steps[start]:
            # `run` points make `run` - 1 steps
            if steps[start] and k - start >= run - 1:
                found |= {j: Signal(3, steps[start] > 0) for j in range(start, k + 1)}
            start = k
    return found


def _two_of_three(values: Sequence[float], around: Limits) -> dict[int, Signal]:
    found: dict[int, Signal] = {}
    for k in range(len(values) - 2):
        three = range(k, k + 3)
        for high in (True, False):
            side = [j for j in three if (values[j] > around.mean if high else values[j] < around.mean)]
            beyond = [
                j
                for j in three
                if (
                    around.near_upper < values[j] <= around.upper
                    if high
                    else around.lower <= values[j] < around.near_lower
                )
            ]
            if len(side) == 3 and len(beyond) >= 2:
                found |= {j: Signal(4, high) for j in beyond}
    return found
