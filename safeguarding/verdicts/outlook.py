"""Outlook: where will next year's figure probably lie, and how many children would make it better than
England's?
"""

from typing import NamedTuple

from safeguarding import periods, words
from safeguarding.measures import expected, power
from safeguarding.measures.intervals import Interval
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.comparison import Compared
from safeguarding.vocabulary import Comparison, Polarity, Unit

TOO_FEW = 2.0  # times as wide as the range: an interval of so few children that the range means nothing


class Outlook(NamedTuple):
    """The range in which next year's figure would lie in eight of ten authorities that stand where this one
    does, in its unit; the period it is of.
    """

    range: Interval
    period: str
    text: str


def outlook(case: Case) -> Outlook | None:
    """The expected range; None for a count, for what is no authority's or no year's figure, where what is
    usual is not known, and where the figure rests on so few children that its own interval is over twice as
    wide. Method: docs/methods.md#expected-range.
    """
    latest = case.judged
    if latest is None or latest.value is None or case.indicator.is_count or case.area.type != "authority":
        return None
    if latest.period == periods.UNDATED or "Q" in latest.period:
        return None
    period = periods.year_after(latest.period)
    around = case.nation.usual(period)
    if around is None:
        return None
    found = expected.expected(latest.value, around, case.indicator.highest)
    chance = case.interval(latest).interval
    if chance and chance.upper - chance.lower > TOO_FEW * (found.upper - found.lower):
        return None
    decimals = max(1, case.indicator.decimals)
    lower, upper = (words.shown(end, case.indicator, decimals) for end in found)
    label = periods.label(period, case.indicator.year_type)
    text = (
        f"Expected {periods.preposition(case.indicator.year_type)} {label}: {lower} to {upper}. Eight in ten "
        "authorities’ figures stay within such a range of the last one; a figure outside it will be an "
        "unusual change, unless chance alone explains it."
    )
    return Outlook(found, period, text)


def needed(case: Case, england: Compared) -> str:
    """How many children would make the figure better than England's beyond chance, as a sentence.

    Empty where neither end is better, where it is better already, without counts, and where no count would
    do. Method: docs/methods.md#what-could-not-be-seen.
    """
    latest, polarity = case.judged, case.indicator.polarity
    if (
        latest is None
        or polarity is Polarity.NEUTRAL
        or england.benchmark is None
        or england.interval is None
    ):
        return ""
    if england.verdict is Comparison.BETTER:
        return ""
    counts, multiplier = case.counts(latest), case.indicator.unit.multiplier
    if counts.barred or multiplier is None:
        return ""
    if case.indicator.unit is Unit.PERCENT:
        count = power.share_needed(round(counts.denominator), england.benchmark, polarity)
    else:
        count = power.rate_needed(counts.denominator, england.benchmark, multiplier, polarity)
    if count is None:
        return ""
    base, now = words.number(counts.denominator, 0), words.number(counts.numerator, 0)
    side = "at most" if polarity is Polarity.LOWER_BETTER else "at least"
    wanted = f"{side} {words.number(count, 0)} of {base} instead of {now}"
    return f"To be better than England beyond chance: {wanted}."
