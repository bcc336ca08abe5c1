"""Bounds: what can be said of a sum, a mean or a rank when some of its parts are hidden?

A hidden part lies between two limits: from the total of the set it belongs to, where that is held, else the
widest it could be. Method: docs/methods.md#hidden-figures.
"""

import math
from collections.abc import Callable, Sequence
from statistics import fmean

from safeguarding.measures.intervals import Interval
from safeguarding.vocabulary import Polarity

SMALL_COUNT = Interval(1, 5)  # what is hidden for being small itself, by DfE's rule
ANY_SHARE = Interval(0, 100)
ANY_RATE = Interval(0, math.inf)


def known(value: float) -> Interval:
    """A value that is not hidden, as an interval of no width."""
    return Interval(value, value)


def hidden_part(total: float, visible: float, hidden: int) -> Interval:
    """The limits of one of `hidden` counts that, with `visible`, add up to `total`; each is at least 1.

    Two hidden duration bands that sum to 33 are each 1 to 32. The limits are never tighter than 1 to 5, even
    where the sum leaves less: what could be worked out is not worked out here. Raises ValueError where the
    numbers cannot be so.
    """
    rest = total - visible
    if hidden < 1 or rest < hidden:
        raise ValueError(f"{hidden} hidden counts of at least 1 do not fit into {rest}")
    return Interval(1, max(rest - (hidden - 1), SMALL_COUNT.upper))


def mean_of(parts: Sequence[Interval], average: Callable[[Sequence[float]], float] = fmean) -> Interval:
    """The limits of a plain mean, from its parts'.

    Another `average` may be given if it rises with each part, as a median does. Raises ValueError where
    there are none.
    """
    if not parts:
        raise ValueError("there is no mean of nothing")
    return Interval(average([p.lower for p in parts]), average([p.upper for p in parts]))


def rank_range(value: float, others: Sequence[Interval], polarity: Polarity) -> tuple[int, int]:
    """Best and worst place of `value` among itself and `others`.

    1 is the best, or the highest where neither end is better; ties share the best place.
    """
    if polarity is Polarity.LOWER_BETTER:
        return 1 + sum(o.upper < value for o in others), 1 + sum(o.lower < value for o in others)
    return 1 + sum(o.lower > value for o in others), 1 + sum(o.upper > value for o in others)
