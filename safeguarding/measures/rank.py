"""Rank and quartile: where does a value stand among others?

Quartiles are type 7 (linear interpolation), as in DfE's Local Authority Interactive Tool. Where two bands
meet, a tie takes the better one, whichever direction is better (docs/decisions/0004).
"""

import statistics
from collections.abc import Sequence
from typing import Literal, NamedTuple

from safeguarding.vocabulary import Polarity

Quartile = Literal["A", "B", "C", "D"]


class Cuts(NamedTuple):
    """Lower quartile, median and upper quartile, in the unit of the values."""

    q1: float
    median: float
    q3: float


def quartiles(values: Sequence[float]) -> Cuts:
    """The three cuts that part `values` (any order, at least two) into quarters: h = (n - 1) p, linear
    between.

    Raises ValueError for fewer than two values.
    """
    return Cuts(*statistics.quantiles(values, n=4, method="inclusive"))


def quantile(values: Sequence[float], p: float) -> float:
    """The type 7 quantile of `values` (any order, at least one) at `p`, a multiple of 0.05 between 0 and 1.

    Raises ValueError for another `p` or for no value.
    """
    place = round(20 * p)
    if not 0 < place < 20 or abs(20 * p - place) > 1e-9:
        raise ValueError(f"quantiles are taken in steps of 0.05, not at {p}")
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=20, method="inclusive")[place - 1]


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
    """The place of `value` among itself and `others`: 1 is the best, or the highest where neutral. Ties share
    the best place.
    """
    if polarity is Polarity.LOWER_BETTER:
        return 1 + sum(other < value for other in others)
    return 1 + sum(other > value for other in others)
