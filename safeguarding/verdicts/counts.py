"""Counts: what an interval rests on, and the limits of an interval."""

from dataclasses import replace
from typing import NamedTuple

from safeguarding import words
from safeguarding.figures import Figures
from safeguarding.measures import intervals
from safeguarding.measures.intervals import Interval
from safeguarding.store.tables import Indicator, Observation
from safeguarding.vocabulary import Unit


class Counts(NamedTuple):
    """The count and the base behind a figure, with a note on where they come from; or why they cannot be
    used.
    """

    numerator: float = 0.0
    denominator: float = 0.0
    note: str = ""
    barred: str = ""


class Confidence(NamedTuple):
    """The 95 % interval of a figure and its method in words, or the reason why it has none."""

    interval: Interval | None
    method: str = ""
    reason: str = ""


def counts_of(indicator: Indicator, observation: Observation, figures: Figures) -> Counts:
    """The count and the base that an interval of this figure rests on, or why there are none."""
    if observation.value is None:
        return Counts(barred=f"the figure is {observation.status.words}")
    if indicator.is_count:
        return Counts(barred="a count depends on the size of the place")
    if indicator.untested_because:
        return Counts(barred=indicator.untested_because)
    if indicator.unit.multiplier is None:
        return Counts(barred="it is neither a share nor a rate")
    numerator, denominator, note = observation.numerator, observation.denominator, ""
    share = indicator.unit is Unit.PERCENT
    if share and (numerator is None or not denominator) and indicator.denominator_indicator_id:
        base = figures.at(indicator.denominator_indicator_id, observation.area_code, observation.period)
        if base is not None and base.value:
            numerator, denominator = base.value * observation.value / 100, base.value
            note = ", from the rounded share"
    if numerator is None or not denominator:
        return Counts(barred="the count behind it is not published")
    if share and not 0 <= numerator <= denominator:
        return Counts(barred="its count is larger than its base")
    return Counts(numerator, denominator, note)


def interval_of(indicator: Indicator, observation: Observation, figures: Figures) -> Confidence:
    """The 95 % interval of a figure: Wilson for a share, Poisson for a rate. Method:
    docs/methods.md#intervals.
    """
    counts = counts_of(indicator, observation, figures)
    interval = limits_of(indicator, counts)
    if interval is None:
        return Confidence(None, reason=counts.barred)
    count, base = words.number(counts.numerator, 0), words.number(counts.denominator, 0)
    if indicator.unit is Unit.PERCENT:
        return Confidence(interval, f"Wilson 95% interval{counts.note}: {count} of {base}")
    kind = "Exact Poisson" if counts.numerator < 10 else "Byar's"
    return Confidence(interval, f"{kind} 95% interval: {count} among {base} children")


def limits_of(indicator: Indicator, counts: Counts) -> Interval | None:
    """The 95 % interval of a figure with these counts, in its unit; None where they are barred."""
    if counts.barred:
        return None
    if indicator.unit is Unit.PERCENT:
        return intervals.proportion(counts.numerator, counts.denominator)
    return intervals.rate(counts.numerator, counts.denominator, indicator.unit.multiplier or 1.0)


def as_count(indicator: Indicator) -> Indicator:
    """The indicator of the count behind a rate or share: the same but for its unit and decimals."""
    return replace(indicator, unit=Unit.COUNT, decimals=0)
