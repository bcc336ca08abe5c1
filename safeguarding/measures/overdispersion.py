"""Overdispersion: authorities differ by more than chance; is this one's gap unusual even so?

Source: D. J. Spiegelhalter, Handling over-dispersion of performance indicators, Quality and Safety in Health
Care 14 (2005) 347-351: a multiplicative factor from winsorised z scores. Restated in
docs/methods.md#overdispersion.
"""

import math
from collections.abc import Sequence

from safeguarding.measures.comparison import compare
from safeguarding.measures.intervals import Z95, Interval
from safeguarding.measures.rank import quantile
from safeguarding.vocabulary import Comparison, Polarity

WINSORISED = 0.1  # at each end


def share_error(benchmark: float, base: float) -> float:
    """The standard error, in points, of a share whose true value is the `benchmark` (0 to 100) for a place
    with `base` children.

    Raises ValueError where the benchmark is not strictly between 0 and 100 or the base is not positive.
    """
    if not 0 < benchmark < 100 or base <= 0:
        raise ValueError(f"a share of {benchmark} of {base} has no error to measure by")
    return math.sqrt(benchmark * (100 - benchmark) / base)


def rate_error(benchmark: float, base: float, multiplier: float) -> float:
    """The standard error of a rate whose true value is the `benchmark`, per `multiplier` of `base` children.

    Raises ValueError where benchmark or base is not positive.
    """
    if benchmark <= 0 or base <= 0:
        raise ValueError(f"a rate of {benchmark} for {base} children has no error to measure by")
    return math.sqrt(benchmark * multiplier / base)


def score(value: float, benchmark: float, error: float) -> float:
    """z: how many standard errors of chance a value lies above (or below, negative) the benchmark."""
    return (value - benchmark) / error


def factor(scores: Sequence[float]) -> float:
    """φ: how many times the variance among authorities is what chance alone would leave; never under 1.

    The mean of z² over the `scores` of all authorities (any order, at least one), those beyond the 10th and
    90th centile (type 7) moved in to them, so that a few extremes do not decide.
    """
    low, high = quantile(scores, WINSORISED), quantile(scores, 1 - WINSORISED)
    return max(1.0, sum(min(max(z, low), high) ** 2 for z in scores) / len(scores))


def limits(
    benchmark: float, error: float, dispersion: float, highest: float = math.inf, z: float = Z95
) -> Interval:
    """Limits around the benchmark that leave out what authorities differ by anyway, kept within nought and
    `highest`.

    `error` is that of a place of this size by chance alone, `dispersion` is φ.
    """
    half = z * error * math.sqrt(dispersion)
    return Interval(max(0.0, benchmark - half), min(highest, benchmark + half))


def unusual(score: float, dispersion: float, z: float = Z95) -> bool:
    """Is a gap unusual among authorities: beyond limits widened by φ? One on a limit is not."""
    return abs(score) > z * math.sqrt(dispersion)


def larger(own: float, others: Sequence[float]) -> float | None:
    """The share (0 to 100) of `others` whose gap, on either side, is larger for their size: |z| above that of
    `own`.

    `others` are the scores of the other authorities. None without any.
    """
    return 100 * sum(abs(z) > abs(own) for z in others) / len(others) if others else None


def differing(intervals: Sequence[Interval], benchmark: float) -> float | None:
    """The share (0 to 100) of authorities whose 95 % interval leaves the benchmark out; None without any."""
    if not intervals:
        return None
    apart = [compare(i, benchmark, Polarity.NEUTRAL) is not Comparison.SIMILAR for i in intervals]
    return 100 * sum(apart) / len(apart)
