"""Places: between which places in a ranking could chance alone have put this area?

Source: the rank's own distribution, as recommended for league tables by Goldstein and Spiegelhalter (Journal
of the Royal Statistical Society A 159, 1996, 385-443), computed here without simulation.
docs/methods.md#range-of-places
"""

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from safeguarding.measures.intervals import Z95, Interval
from safeguarding.vocabulary import Polarity

STEPS = 51  # equally likely figures that the area's own true one is taken through
TAIL = 0.025
ROUNDING = 1e-12  # what summed binary fractions may fall short of a level
DEVIATES = tuple(NormalDist().inv_cdf((k + 0.5) / STEPS) for k in range(STEPS))


class Estimate(NamedTuple):
    """A figure with its 95 % interval, in one unit."""

    value: float
    limits: Interval


class Places(NamedTuple):
    """The best and the worst place that chance allows, 1 the best."""

    best: int
    worst: int


def places(own: Estimate, others: Sequence[Estimate], polarity: Polarity) -> Places:
    """The 95 % range of the place of `own` among `others`; 1 is the best, or the highest where neutral.

    Each true figure is taken for two halves of a normal curve joined at the value, each as wide as its side
    of the interval (1.96 standard errors), independent of the rest. Given the area's own, the number of
    better ones is a sum of independent yeses and noes, whose distribution is exact; it is averaged over the
    area's own curve. `others` without an interval must be left out by the caller, who says how many.
    """
    figures = [own.value + deviate * _error(own, deviate < 0) for deviate in DEVIATES]
    better = _below(others, np.array(figures))
    if polarity is not Polarity.LOWER_BETTER:
        better = 1 - better
    reached = np.cumsum(_how_many(better).mean(axis=1))
    best, worst = (int(np.argmax(reached >= level - ROUNDING)) for level in (TAIL, 1 - TAIL))
    return Places(best + 1, worst + 1)


def _error(estimate: Estimate, below: bool) -> float:
    """The standard error on one side of the value; nought where the interval ends there (0 or 100 %)."""
    side = estimate.value - estimate.limits.lower if below else estimate.limits.upper - estimate.value
    return max(0.0, side) / Z95


def _below(others: Sequence[Estimate], figures: np.ndarray) -> np.ndarray:
    """The probability that the true figure of each of `others` (a row) lies below each of `figures` (a
    column); a half on a tie.
    """
    values, under, over = (
        np.array(column, dtype=float).reshape(-1, 1)
        for column in (
            [o.value for o in others],
            [_error(o, below=True) for o in others],
            [_error(o, below=False) for o in others],
        )
    )
    gaps = figures - values
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):  # an error of nought, or next to it
        apart = np.where(gaps == 0, 0.0, -gaps / np.where(gaps < 0, under, over))
    return np.array([*map(math.erfc, (apart / math.sqrt(2)).ravel())]).reshape(gaps.shape) / 2


def _how_many(chances: np.ndarray) -> np.ndarray:
    """The probability that none, one, two ... of independent chances come true: a row for each number.

    `chances` has a row for each of them and a column for each case that they are asked of.
    """
    found = np.zeros((len(chances) + 1, chances.shape[1]))
    found[0] = 1.0
    for n, chance in enumerate(chances, start=1):
        found[1 : n + 1] += chance * (found[:n] - found[1 : n + 1])
        found[0] *= 1 - chance
    return found
