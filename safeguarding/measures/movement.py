"""Movement: has anything changed over the last five points, beyond chance?

Source: Fingertips' TrendMarkerCalculator, restated in docs/methods.md#direction-of-travel.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from safeguarding.measures.intervals import Interval
from safeguarding.vocabulary import Movement, Polarity

POINTS = 5
CRITICAL = 9.54953570608324  # chi-squared with one degree of freedom, p = 0.002
ROUNDING = 1e-9
WIDTH = 3.92  # a 95 % interval is 3.92 standard errors wide


@dataclass(frozen=True)
class Trend:
    """A fitted trend: its slope a period in the value's unit, its chi-squared, and whether it is beyond
    chance.

    `steady` is False where leaving one point out turns the slope round: such a trend is not significant.
    """

    slope: float
    chi_squared: float
    steady: bool

    @property
    def significant(self) -> bool:
        """Is the trend beyond chance (p below 0.002), and does it hold without any one of its points?"""
        return self.steady and self.chi_squared > CRITICAL


def recent_trend(values: Sequence[float], limits: Sequence[Interval]) -> Trend | None:
    """Fit a weighted line through the last five values, oldest first, each weighted by its 95 % interval.

    `values` and `limits` run alongside, in the same unit; points need not be of adjacent years. None where
    there are fewer than five, or an interval has no width, so that no weight can be given.
    """
    if len(values) != len(limits):
        raise ValueError("values and limits must run alongside")
    if len(values) < POINTS:
        return None
    last, around = values[-POINTS:], limits[-POINTS:]
    errors = [(limit.upper - limit.lower) / WIDTH for limit in around]
    if min(errors) <= 0:
        return None
    points = [
        (float(k), value, 1 / error**2)
        for k, (value, error) in enumerate(zip(last, errors, strict=True), start=1)
    ]
    slope, variance = _fit(points)
    others = [_fit(points[:k] + points[k + 1 :])[0] for k in range(POINTS)]
    # what binary fractions leave of a slope of nought has a sign by accident
    steady = all(other * slope > ROUNDING * slope * slope for other in others)
    return Trend(slope, slope * slope / variance, steady)


def judge(trend: Trend | None, polarity: Polarity) -> Movement:
    """The verdict on a trend: worsening or improving with a polarity, increasing or decreasing without; None
    is NOT_TESTED.
    """
    if trend is None:
        return Movement.NOT_TESTED
    if not trend.significant:
        return Movement.NO_CHANGE
    return direction(trend.slope > 0, polarity)


def direction(rising: bool, polarity: Polarity) -> Movement:
    """What a change beyond chance is called."""
    if polarity is Polarity.NEUTRAL:
        return Movement.INCREASING if rising else Movement.DECREASING
    return Movement.IMPROVING if rising == (polarity is Polarity.HIGHER_BETTER) else Movement.WORSENING


def _fit(points: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """Slope and variance of the weighted regression of value on place: points are (place, value, weight)."""
    w = sum(weight for _, _, weight in points)
    wx = sum(weight * x for x, _, weight in points)
    wy = sum(weight * y for _, y, weight in points)
    wxx = sum(weight * x * x for x, _, weight in points)
    wxy = sum(weight * x * y for x, y, weight in points)
    below = w * wxx - wx * wx
    return (w * wxy - wx * wy) / below, w / below
