"""Comparison: is a value different from a benchmark, allowing for chance?

The benchmark is treated as a fixed number; each child is treated as independent of every other, so that
families with several children make the interval a little too narrow. Source: Fingertips'
BenchmarkComparisonEngine, restated in docs/methods.md#comparison.
"""

from safeguarding.measures.intervals import Interval
from safeguarding.vocabulary import Comparison, Polarity


def compare(interval: Interval, benchmark: float, polarity: Polarity) -> Comparison:
    """Judge an interval against `benchmark`, in the same unit.

    Different only where the whole interval lies on one side: an interval that touches the benchmark is
    SIMILAR. Neutral indicators are higher or lower, never better or worse.
    """
    if interval.lower > benchmark:
        higher = True
    elif interval.upper < benchmark:
        higher = False
    else:
        return Comparison.SIMILAR
    if polarity is Polarity.NEUTRAL:
        return Comparison.HIGHER if higher else Comparison.LOWER
    return Comparison.BETTER if higher == (polarity is Polarity.HIGHER_BETTER) else Comparison.WORSE


def compare_range(interval: Interval, benchmark: Interval, polarity: Polarity) -> Comparison:
    """Judge an interval against a benchmark known only to lie between two limits, some of its parts being
    hidden.

    DEPENDS_ON_HIDDEN where the two ends give different verdicts.
    """
    low, high = (compare(interval, end, polarity) for end in benchmark)
    return low if low is high else Comparison.DEPENDS_ON_HIDDEN
