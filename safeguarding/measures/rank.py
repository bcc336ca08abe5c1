"""Rank and quartile: where does a value stand among others?

Quartiles are type 7 (linear interpolation), as in DfE's Local Authority Interactive Tool. Where two bands
meet, a tie takes the better one, whichever direction is better (docs/decisions/0004).
"""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from safeguarding.vocabulary import Polarity

Quartile = Literal["A", "B", "C", "D"]


class Cuts(NamedTuple):
    """Lower quartile, median and upper quartile, in the unit of the values."""

    q1: float
    median: float
    q3: float


def quantile(values: Sequence[float], p: float) -> float:
    """Type 7 quantile of `values` (any order, at least one): h = (n - 1) p, with linear interpolation.

    Raises ValueError for an empty sequence or a `p` outside 0 to 1.
    """
    if not values or not 0 <= p <= 1:
        raise ValueError("a quantile needs at least one value and a p from 0 to 1")
    ordered = sorted(values)
    h = (len(ordered) - 1) * p
    below = math.floor(h)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (h - below) * (ordered[above] - ordered[below])


def quartiles(values: Sequence[float]) -> Cuts:
    """The three cuts that part `values` (any order, at least one) into quarters."""
    return Cuts(quantile(values, 0.25), quantile(values, 0.5), quantile(values, 0.75))


def quartile_band(value: float | None, cuts: Cuts, polarity: Polarity) -> Quartile | None:
    """The quarter `value` falls in, A the best. None where the value is None or the indicator is neutral."""
    if value is None or polarity is Polarity.NEUTRAL:
        return None
    if polarity is Polarity.LOWER_BETTER:
        value, cuts = -value, Cuts(-cuts.q3, -cuts.median, -cuts.q1)
    if value >= cuts.q3:
        return "A"
    if value >= cuts.median:
        return "B"
    return "C" if value >= cuts.q1 else "D"


def rank(value: float, others: Sequence[float], polarity: Polarity) -> int:
    """The place of `value` among itself and `others`: 1 is the best, or the highest where neutral. Ties share the best place."""
    if polarity is Polarity.LOWER_BETTER:
        return 1 + sum(other < value for other in others)
    return 1 + sum(other > value for other in others)
