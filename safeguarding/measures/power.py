"""Power: what gap could not have been seen with so few children, and how many children would make one?

Source: the usual formula for the power of a z test (Armitage, Berry and Matthews, Statistical Methods in
Medical Research, 4th edition, section 4.6), restated in docs/methods.md#what-could-not-be-seen.
"""

import bisect
import math
from collections.abc import Callable

from safeguarding.measures.intervals import Z95, Interval, proportion, rate
from safeguarding.vocabulary import Polarity

Z80 = 0.8416212335729143  # a normal deviate lies below it in 80 of 100 cases
SEEN = Z95 + Z80  # standard errors that a difference must have to be found four times in five


def smallest_gap(error: float) -> float:
    """The smallest gap from a fixed benchmark that a test at 95 % finds four times in five.

    `error` is the standard error at the benchmark, and the answer is in its unit: `share_error` or
    `rate_error` of the benchmark and the area's own base.
    """
    return SEEN * error


def share_needed(base: int, benchmark: float, polarity: Polarity) -> int | None:
    """How many of `base` children would make the share better than the benchmark (0 to 100) beyond chance?

    The least that will do: the largest count where lower is better, the smallest where higher is, whose
    Wilson interval lies wholly on the better side. None where no count does. Raises ValueError for a neutral
    indicator.
    """
    return _needed(base, benchmark, polarity, lambda count: proportion(count, base))


def rate_needed(base: float, benchmark: float, multiplier: float, polarity: Polarity) -> int | None:
    """How many events among `base` children would make the rate better than the benchmark beyond chance? As
    `share_needed`.
    """
    most = (
        math.ceil(2 * benchmark * base / multiplier) + 20
    )  # twice the benchmark, and more where it is small
    return _needed(most, benchmark, polarity, lambda count: rate(count, base, multiplier))


def _needed(most: int, benchmark: float, polarity: Polarity, limits: Callable[[int], Interval]) -> int | None:
    """The count, 0 to `most`, at the edge of those whose limits, which rise with it, beat the benchmark."""
    if polarity is Polarity.NEUTRAL:
        raise ValueError("an indicator of which neither end is better has no better side")
    if polarity is Polarity.LOWER_BETTER:
        too_many = bisect.bisect_left(range(most + 1), True, key=lambda k: limits(k).upper >= benchmark)
        return too_many - 1 if too_many else None
    enough = bisect.bisect_left(range(most + 1), True, key=lambda k: limits(k).lower > benchmark)
    return enough if enough <= most else None
