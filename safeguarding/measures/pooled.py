"""Pooled figures: what do two years say together, and where does the change of a count come from?

Sources: the ratio of sums, as in the Department for Education's own multi-year figures; the standardisation
of Kitagawa (Journal of the American Statistical Association 50, 1955, 1168-1194) in its two-term form.
docs/methods.md#pooled-figures
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from safeguarding.measures.intervals import Interval, proportion, rate


@dataclass(frozen=True)
class Pooled:
    """A figure over several years: its summed count and base, its value and its 95 % interval."""

    count: float
    base: float
    value: float
    limits: Interval


class Parts(NamedTuple):
    """Where the change of a count comes from, in children: more or fewer who live there, and a higher or
    lower rate.
    """

    population: float
    rate: float


def pooled_share(counts: Sequence[float], bases: Sequence[float]) -> Pooled:
    """A share over several years, in per cent: summed counts over summed bases, never a mean of shares.

    `counts` and `bases` run alongside, a year each. Wilson interval. Meant for flows: at two snapshots the
    same children may be counted twice, which makes the interval too narrow. Raises ValueError where they do
    not match, are empty, or are no share.
    """
    count, base = _sums(counts, bases)
    limits = proportion(count, base)
    return Pooled(count, base, 100 * count / base, limits)


def pooled_rate(counts: Sequence[float], bases: Sequence[float], multiplier: float) -> Pooled:
    """A rate a year over several years, per `multiplier` children: summed events over summed children. As
    `pooled_share`.
    """
    count, base = _sums(counts, bases)
    limits = rate(count, base, multiplier)
    return Pooled(count, base, multiplier * count / base, limits)


def parts_of_change(count: float, base: float, count_before: float, base_before: float) -> Parts:
    """Part the change of a count on the year into what the base did and what the rate did; they add up to it.

    `population`: the children more (or fewer), at last year's rate. `rate`: the change of the rate, among
    this year's children. Raises ValueError where a base is not positive.
    """
    if min(base, base_before) <= 0:
        raise ValueError("a change can be parted only where both bases are above nought")
    population = (base - base_before) * count_before / base_before
    return Parts(population, count - count_before - population)


def _sums(counts: Sequence[float], bases: Sequence[float]) -> tuple[float, float]:
    if len(counts) != len(bases) or not counts:
        raise ValueError("counts and bases must run alongside, one of each for every year")
    return sum(counts), sum(bases)
