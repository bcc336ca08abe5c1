"""Dispersion: does a series trend, or does it go up and down by more than chance and no line fits it?

The weights of a recent trend know only what chance does to a count. Children's services are far more
dispersed than that (brothers and sisters, a new team, another way of recording), so a trend has to pass a
second test, which takes the scatter of the points around their own line for what it is. Source:
quasi-likelihood (McCullagh and Nelder, Generalized Linear Models, 1989, section 4.5), restated in
docs/methods.md#dispersion-of-a-trend.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from safeguarding.measures.intervals import Interval
from safeguarding.measures.movement import POINTS, WIDTH, Trend

FREEDOM = POINTS - 2  # five points less a slope and a level
CRITICAL = 3.182446305284263  # Student's t on three degrees of freedom, 5 % on both sides together


class Barred(StrEnum):
    """Why no trend can be looked for."""

    FEW = "fewer-than-five-years"
    GAP = "years-missing-between"
    HIDDEN = "years-hidden-between"
    WHOLE = "count-equals-base"
    BREAK = "recording-changed"


@dataclass(frozen=True)
class Dispersion:
    """How five points scatter around their weighted line.

    `slope` is in the value's unit a period; `scatter` is Q, the weighted sum of squares around the line
    (about 3 where chance is all there is); `t` is the slope over its error, that error widened by the
    scatter; `p` its two-sided probability.
    """

    slope: float
    scatter: float
    t: float
    p: float

    @property
    def trends(self) -> bool:
        """Does the line stand out from the scatter around it (t above 3.182)?"""
        return self.t > CRITICAL


def dispersion(values: Sequence[float], limits: Sequence[Interval]) -> Dispersion | None:
    """Hold the slope of exactly five values, oldest first, against their own scatter.

    `values` and their 95 % `limits` run alongside, in the same unit. t = |b| / √(var b · max(1, Q/3)):
    scatter widens the error and never narrows it. None where an interval has no width, so that no weight can
    be given. Raises ValueError for any other number of points: which five may be taken, `barred` decides.
    """
    if not len(values) == len(limits) == POINTS:
        raise ValueError(f"five values and five intervals are needed, not {len(values)} and {len(limits)}")
    errors = [(limit.upper - limit.lower) / WIDTH for limit in limits]
    if min(errors) <= 0:
        return None
    weights = [1 / error**2 for error in errors]
    total = sum(weights)
    centre = sum(w * k for k, w in enumerate(weights)) / total
    level = sum(w * v for w, v in zip(weights, values, strict=True)) / total
    spread = sum(w * (k - centre) ** 2 for k, w in enumerate(weights))
    slope = sum(w * (k - centre) * (v - level) for k, (w, v) in enumerate(zip(weights, values, strict=True)))
    slope /= spread
    scatter = sum(
        w * (v - level - slope * (k - centre)) ** 2
        for k, (w, v) in enumerate(zip(weights, values, strict=True))
    )
    t = abs(slope) / math.sqrt(max(1.0, scatter / FREEDOM) / spread)
    return Dispersion(slope, scatter, t, probability(t))


def probability(t: float) -> float:
    """The two-sided probability that Student's t on three degrees of freedom is as far from nought as `t`.

    Closed form: with x = |t|/√3, p = (2/π)(arctan(1/x) - x/(1 + x²)).
    """
    x = abs(t) / math.sqrt(FREEDOM)
    return 1.0 if x == 0 else max(0.0, 2 / math.pi * (math.atan(1 / x) - x / (1 + x * x)))


def unsteady(trend: Trend, around: Dispersion) -> bool:
    """Does the recent trend give a direction that its own scatter does not bear out?

    Such a series "goes up and down more than it trends". A direction needs `trend.significant` and not this.
    """
    return trend.significant and not around.trends


def barred(
    years: Sequence[int],
    whole: Collection[int] = (),
    hidden: Collection[int] = (),
    breaks: Collection[int] = (),
) -> Barred | None:
    """Why the last five of `years` (those with a figure, oldest first) cannot be tested for a trend; None
    where they can.

    `whole` are years in which a share's count equals its base (Fingertips' guard), `hidden` those whose
    figure is hidden, `breaks` those from which something is recorded in another way: a break in the first of
    the five is before all of them and bars nothing. A year is any number that grows by one a year.
    """
    if len(years) < POINTS:
        return Barred.FEW
    window = years[-POINTS:]
    first, last = window[0], window[-1]
    if any(first < year <= last for year in breaks):
        return Barred.BREAK
    if last - first != POINTS - 1:
        return Barred.HIDDEN if any(first < year < last for year in hidden) else Barred.GAP
    return Barred.WHOLE if any(year in whole for year in window) else None
