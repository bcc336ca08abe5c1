"""Change on the year: is it beyond chance, and is it unusual among authorities?

Two questions with two answers. Sources: the pooled two-sample z test; Fisher's exact test; the conditional
test of two Poisson counts (Przyborowski and Wilenski, 1940); centiles of type 7 (Hyndman and Fan, 1996).
docs/methods.md#change-on-the-year
"""

import bisect
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from safeguarding.measures.rank import quantile
from safeguarding.vocabulary import Change

LEVEL = 0.05  # two-sided
SMALL = 5  # an expected count under this calls for the exact test
LOW, HIGH = 0.1, 0.9
FEWEST = 30  # changes, so that three of them lie outside each end
ROUNDING = 1e-9  # what taking binary fractions from each other may leave over
ALIKE = 1e-7  # two tables that differ by less are equally likely, as in R's fisher.test
NEGLIGIBLE = 1e-17


@dataclass(frozen=True)
class Usual:
    """The changes that authorities saw from one year to the next: sorted, with 10th, 50th and 90th centile,
    in the value's unit.
    """

    changes: tuple[float, ...]
    lower: float
    median: float
    upper: float

    def unusual(self, change: float) -> bool:
        """Does `change` lie beyond the 10th to 90th centile? One on a limit does not."""
        return change < self.lower - ROUNDING or change > self.upper + ROUNDING

    def centile(self, change: float) -> float:
        """Where `change` stands among them, 0 to 100: the share below it and half of the ties."""
        below, up_to = self._around(change)
        return 50 * (below + up_to) / len(self.changes)

    def as_far(self, change: float) -> float:
        """The share of changes, 0 to 100, that went as far as `change` or further the same way (up where it
        is nought).
        """
        below, up_to = self._around(change)
        further = up_to if change < 0 else len(self.changes) - below
        return 100 * further / len(self.changes)

    def _around(self, change: float) -> tuple[int, int]:
        """How many lie below `change`, and how many at or below it."""
        below = bisect.bisect_left(self.changes, change - ROUNDING)
        return below, bisect.bisect_right(self.changes, change + ROUNDING)


def usual(changes: Sequence[float]) -> Usual | None:
    """What is usual, from every authority's `changes` in the three years before the one judged, in any order.

    The caller leaves out the year that is judged. None below thirty changes.
    """
    if len(changes) < FEWEST:
        return None
    ordered = tuple(sorted(changes))
    return Usual(ordered, quantile(ordered, LOW), quantile(ordered, 0.5), quantile(ordered, HIGH))


def share_probability(count: float, base: float, count_before: float, base_before: float) -> float:
    """How likely two shares differ this much by chance (two-sided p), each a count out of its base.

    Pooled z; Fisher's exact test where any of the four expected counts is under 5. Counts worked out from a
    rounded share need not be whole; the exact test rounds them. Raises ValueError where a count is no part of
    its base.
    """
    for part, whole in ((count, base), (count_before, base_before)):
        if whole <= 0 or not 0 <= part <= whole:
            raise ValueError(f"{part} out of {whole} is no share")
    events, everyone = count + count_before, base + base_before
    if min(base, base_before) * min(events, everyone - events) / everyone < SMALL:
        return _fisher(round(count), round(base), round(count_before), round(base_before))
    pooled = events / everyone
    error = math.sqrt(pooled * (1 - pooled) * (1 / base + 1 / base_before))
    return math.erfc(abs(count / base - count_before / base_before) / error / math.sqrt(2))


def rate_probability(count: float, base: float, count_before: float, base_before: float) -> float:
    """How likely two rates differ this much by chance (two-sided p), each a count of events among its base.

    Exact: given both years' events, this year's are binomial with its part of the children. Raises ValueError
    for a negative count or a base that is not positive.
    """
    if min(base, base_before) <= 0 or min(count, count_before) < 0:
        raise ValueError(f"{count} among {base} and {count_before} among {base_before} are no rates")
    events, here = round(count) + round(count_before), round(count)
    part = base / (base + base_before)

    def log_likely(k: int) -> float:
        return _log_choose(events, k) + k * math.log(part) + (events - k) * math.log1p(-part)

    return _as_unlikely(here, 0, events, min(events, math.floor((events + 1) * part)), log_likely)


def judge(difference: float | None, probability: float | None, around: Usual | None) -> Change:
    """The verdict on a `difference` from the year before, in the value's unit, as published.

    `probability` is None where no counts are held, `around` None where too few changes of others are. An
    unusual change that chance alone could bring about is USUAL; `around.unusual` tells it from one that is
    small. NOT_TESTED without a difference, or without knowing what is usual.
    """
    if difference is None or around is None:
        return Change.NOT_TESTED
    unusual = around.unusual(difference)
    if probability is None:
        return Change.UNUSUAL_UNTESTED if unusual else Change.USUAL
    if probability >= LEVEL:
        return Change.USUAL
    if not unusual:
        return Change.MORE_THAN_CHANCE
    return Change.UNUSUAL_RISE if difference > 0 else Change.UNUSUAL_FALL


def _fisher(count: int, base: int, count_before: int, base_before: int) -> float:
    events, everyone = count + count_before, base + base_before
    low, high = max(0, events - base_before), min(events, base)
    mode = (events + 1) * (base + 1) // (everyone + 2)

    def log_likely(k: int) -> float:
        return _log_choose(base, k) + _log_choose(base_before, events - k) - _log_choose(everyone, events)

    return _as_unlikely(count, low, high, min(max(mode, low), high), log_likely)


def _as_unlikely(seen: int, low: int, high: int, mode: int, log_likely: Callable[[int], float]) -> float:
    """The summed probability of all outcomes from `low` to `high` that are no more likely than the one
    `seen`.

    `log_likely` rises to `mode` and falls from there, so that they are two tails, each summed until nothing
    is left to add.
    """
    limit = log_likely(seen) + ALIKE
    if log_likely(mode) <= limit:
        return 1.0
    # the first outcome on each side of the mode that is no more likely than the one seen
    right = bisect.bisect_left(range(mode, high + 1), True, key=lambda k: log_likely(k) <= limit) + mode
    left = mode - bisect.bisect_left(range(mode - low + 1), True, key=lambda k: log_likely(mode - k) <= limit)
    return min(1.0, _tail(range(right, high + 1), log_likely) + _tail(range(left, low - 1, -1), log_likely))


def _tail(outcomes: Sequence[int], log_likely: Callable[[int], float]) -> float:
    """The summed probability of `outcomes`, which grow less and less likely."""
    total = 0.0
    for k in outcomes:
        more = math.exp(log_likely(k))
        total += more
        if more <= NEGLIGIBLE * total:
            break
    return total


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
