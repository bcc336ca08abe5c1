"""Intervals: how far could chance alone have moved this share or rate?

Sources: the formulae of PHEindicatormethods (Rates.R, utils.R), restated in docs/methods.md#intervals.
"""

import math
from typing import NamedTuple

Z95 = 1.959964
Z998 = 3.090232
ALPHA95 = 0.05


class Interval(NamedTuple):
    """Lower and upper limit, in the unit of the value they belong to."""

    lower: float
    upper: float


def proportion(count: float, base: float, z: float = Z95) -> Interval:
    """Wilson score interval of `count` out of `base`, in per cent (0 to 100).

    `z` sets the confidence: 1.959964 for 95 %, 3.090232 for 99.8 %. Raises ValueError where count lies
    outside 0 to base or the base is not positive: that is no share.
    """
    if base <= 0 or not 0 <= count <= base:
        raise ValueError(f"{count} out of {base} is no share")
    square = z * z
    spread = z * math.sqrt(square + 4 * count * (1 - count / base))
    centre, scale = 2 * count + square, 2 * (base + square)
    return Interval(max(0.0, 100 * (centre - spread) / scale), min(100.0, 100 * (centre + spread) / scale))


def count_limits(count: float, z: float = Z95, alpha: float = ALPHA95) -> Interval:
    """Limits of a Poisson count: exact below 10, Byar's approximation from 10 up.

    `z` and `alpha` must belong together (1.959964 and 0.05). The exact limits are the chi-squared
    quantiles of the Poisson distribution. Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"a count cannot be {count}")
    if count < 10:
        return Interval(_exact_lower(count, alpha), _exact_upper(count, alpha))
    above = count + 1
    return Interval(
        count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3,
        above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3,
    )


def rate(count: float, base: float, multiplier: float, z: float = Z95, alpha: float = ALPHA95) -> Interval:
    """Interval of `count` events among `base` children, per `multiplier` children (10,000 for a rate per
    10,000).

    Raises ValueError where the base is not positive.
    """
    if base <= 0:
        raise ValueError(f"a rate needs a base above nought, not {base}")
    limits = count_limits(count, z, alpha)
    return Interval(multiplier * limits.lower / base, multiplier * limits.upper / base)


def _poisson_at_most(count: int, mean: float) -> float:
    """Probability of `count` events or fewer when `mean` are expected."""
    term = total = math.exp(-mean)
    for k in range(1, count + 1):
        term *= mean / k
        total += term
    return total


def _solve(count: int, target: float) -> float:
    """The mean at which `count` or fewer events have probability `target`; it falls as the mean rises."""
    low, high = 0.0, 60.0  # the upper limit of 9 events at 99.8 % is 22
    for _ in range(100):
        middle = (low + high) / 2
        if _poisson_at_most(count, middle) > target:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _exact_lower(count: float, alpha: float) -> float:
    return 0.0 if count < 1 else _solve(int(count) - 1, 1 - alpha / 2)


def _exact_upper(count: float, alpha: float) -> float:
    return _solve(int(count), alpha / 2)
