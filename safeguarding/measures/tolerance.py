"""Tolerance: is a value where the partnership agreed it should be?

Every rule is judged on the unrounded value, and a value on a boundary belongs to the better side.
Rule types T0 to T6: docs/methods.md#tolerance.
"""

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


def near_benchmark(
    value: float | None,
    benchmark: float | None,
    polarity: Polarity,
    *,
    points: float | None = None,
    percent: float | None = None,
) -> Tolerance:
    """T3: WITHIN where `value` is better than the benchmark or worse by no more than the margin, NEAR within
    twice of it.

    The margin is `points` in the value's unit or `percent` of the benchmark; give one. NO_VALUE where either
    is None.
    """
    if value is None or benchmark is None:
        return Tolerance.NO_VALUE
    margin, sign = _margin(benchmark, percent, points), _sign(polarity)
    return absolute(value, benchmark - sign * margin, benchmark - sign * 2 * margin, polarity)


def quartile(band: Quartile | None) -> Tolerance:
    """T4: judge by the national quartile band: best quarter, the two in the middle, last. None where it has
    none.
    """
    if band is None:
        return Tolerance.NO_VALUE
    return {"A": Tolerance.WITHIN, "B": Tolerance.NEAR, "C": Tolerance.NEAR, "D": Tolerance.OUTSIDE}[band]


def band(
    value: float | None, low_red: float, low_amber: float, high_amber: float, high_red: float
) -> Tolerance:
    """T5: judge by a band with two sides: inside the amber edges, between amber and red, beyond red.

    An edge belongs to the better side. It says "ask why", not good or bad. Raises ValueError for edges out of
    order.
    """
    if not low_red <= low_amber <= high_amber <= high_red:
        raise ValueError(f"the edges {low_red}, {low_amber}, {high_amber}, {high_red} must rise")
    if value is None:
        return Tolerance.NO_VALUE
    if low_amber - ROUNDING <= value <= high_amber + ROUNDING:
        return Tolerance.WITHIN
    return Tolerance.NEAR if low_red - ROUNDING <= value <= high_red + ROUNDING else Tolerance.OUTSIDE


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
