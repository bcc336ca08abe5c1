"""Funnel: how far may a place of this size lie from the benchmark by chance alone?

Source: PHEindicatormethods (Funnels.R), restated in docs/methods.md#funnel.
"""

import math
from collections.abc import Callable

from safeguarding.measures.intervals import ALPHA95, Z95, Z998, Interval, count_limits

ALPHA998 = 0.002
LEVELS = {"95%": (Z95, ALPHA95), "99.8%": (Z998, ALPHA998)}


def proportion_limits(benchmark: float, base: float, z: float = Z95) -> Interval:
    """Limits, in per cent, around a `benchmark` share (0 to 100) for a place with `base` children; cut at 0
    and 100.

    Raises ValueError where the benchmark is no share or the base is not positive.
    """
    if not 0 <= benchmark <= 100 or base <= 0:
        raise ValueError(f"a share of {benchmark} of {base} has no funnel limits")
    share = benchmark / 100
    half = 100 * z * math.sqrt(share * (1 - share) / base)
    return Interval(max(0.0, benchmark - half), min(100.0, benchmark + half))


def rate_limits(
    benchmark: float, base: float, multiplier: float, z: float = Z95, alpha: float = ALPHA95
) -> Interval:
    """Limits around a `benchmark` rate for a place with `base` children, per `multiplier` children.

    A rate lies outside exactly where its own Poisson interval leaves the benchmark out; the limits are the
    lowest and the highest rate, over whole counts, that are still inside. Raises ValueError where the base is
    not positive.
    """
    if base <= 0 or benchmark < 0:
        raise ValueError(f"a rate of {benchmark} for {base} children has no funnel limits")
    expected = benchmark * base / multiplier
    low = _first_outside(int(expected), -1, lambda count: count_limits(count, z, alpha).upper < expected)
    high = _first_outside(
        math.ceil(expected), 1, lambda count: count_limits(count, z, alpha).lower > expected
    )
    # the last counts that are still inside
    return Interval(multiplier * (low + 1) / base, multiplier * (high - 1) / base)


def _first_outside(count: int, step: int, outside: Callable[[int], bool]) -> int:
    """The first count from `count` on, going by `step`, that is outside; -1 where even nought is inside."""
    while count >= 0 and not outside(count):
        count += step
    return count
