"""Tolerance: is a value where the partnership agreed it should be?

Every rule is judged on the unrounded value, and a value on a boundary belongs to the better side.
Rule types T0 to T6: docs/methods.md#tolerance.
"""

import math

from safeguarding.measures.intervals import Interval
from safeguarding.measures.rank import Quartile
from safeguarding.vocabulary import Polarity, Tolerance

ROUNDING = (
    1e-9  # what adding and taking away binary fractions may leave over: 22.4 + 2 - 24.4 is not quite nought
)


def absolute(value: float | None, green_at: float, red_at: float, polarity: Polarity) -> Tolerance:
    """T1: judge `value` (unrounded; None where hidden or missing) by two limits in its own unit.

    A value on `green_at` is WITHIN, one on `red_at` is NEAR. Raises ValueError for a neutral indicator,
    which needs a two-sided band (T5), and for limits in the wrong order.
    """
    sign = _sign(polarity)
    if sign * green_at < sign * red_at:
        raise ValueError(f"green_at {green_at} must be at least as good as red_at {red_at}")
    if value is None:
        return Tolerance.NO_VALUE
    if sign * value >= sign * green_at - ROUNDING:
        return Tolerance.WITHIN
    return Tolerance.NEAR if sign * value >= sign * red_at - ROUNDING else Tolerance.OUTSIDE


def off_target(
    value: float | None,
    target: float,
    polarity: Polarity,
    *,
    percent: float | None = None,
    points: float | None = None,
) -> Tolerance:
    """T2: judge how far `value` falls short of `target`: at or better, within the margin, or beyond it.

    The margin is `percent` of the target or `points` in the value's unit; give one. None where hidden.
    """
    margin = _margin(target, percent, points)
    return absolute(value, target, target - _sign(polarity) * margin, polarity)


def better_side(limit: float, polarity: Polarity) -> Interval:
    """The values that are at a limit or better, in its unit. Raises ValueError for a neutral indicator."""
    return Interval(limit, math.inf) if _sign(polarity) > 0 else Interval(-math.inf, limit)


def nearest(ends: Interval | None, value: float) -> float | None:
    """Of the ends of a range the one that `value` lies nearer to, the lower where both are; None where it has
    none.
    """
    return min(filter(math.isfinite, ends or ()), key=lambda end: abs(value - end), default=None)


def quartile(band: Quartile | None) -> Tolerance:
    """T4: judge by the national quartile band: best quarter, the two in the middle, last. None where it has
    none.
    """
    if band is None:
        return Tolerance.NO_VALUE
    return {"A": Tolerance.WITHIN, "B": Tolerance.NEAR, "C": Tolerance.NEAR, "D": Tolerance.OUTSIDE}[band]


def _sign(polarity: Polarity) -> int:
    if polarity is Polarity.NEUTRAL:
        raise ValueError("this kind of tolerance needs a polarity; use a two-sided band (T5)")
    return 1 if polarity is Polarity.HIGHER_BETTER else -1


def _margin(base: float, percent: float | None, points: float | None) -> float:
    if (percent is None) == (points is None):
        raise ValueError("give the margin in percent or in points, and not in both")
    margin = abs(base) * percent / 100 if percent is not None else points
    if margin is None or margin < 0:
        raise ValueError("a margin cannot be negative")
    return margin
