"""Quarters: what have the quarters since the latest year brought? They stand beside the year, never in it.

A quarter is never held against a year. Four quarters together are a year of their own, added up from counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from safeguarding import periods, words
from safeguarding.store.tables import Observation
from safeguarding.verdicts.case import Case
from safeguarding.vocabulary import Unit, YearType

A_YEAR = 4  # quarters
FLOWS = (YearType.FINANCIAL_YEAR, YearType.ACADEMIC_YEAR, YearType.YEAR_TO_30_SEP)


@dataclass(frozen=True)
class Recent:
    """The latest quarter after the latest year, and the four quarters that end with it.

    `value` is that of the four together, in the indicator's unit, from `numerator` and `denominator` (None
    where a count is not known, or where adding up has no meaning, with the `reason`). `provisional` where any
    of the quarters shown may still change.
    """

    quarter: Observation
    words: str
    provisional: bool
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    reason: str = ""


def recent(case: Case) -> Recent | None:
    """The quarters since the latest year, in words and as numbers; None where no quarter is newer."""
    if case.quarterly or not case.quarters or case.latest is None:
        return None
    last = case.quarters[-1]
    if last.period_end <= case.latest.period_end:
        return None
    four = _four(case.quarters)
    found, reason = _together(case, four)
    value, above, below = found
    provisional = last.provisional or (value is not None and any(o.provisional for o in four))
    own = words.shown(last.value, case.indicator) if last.value is not None else last.status.short
    said = f"{own} in {periods.label(last.period, case.indicator.year_type)}"
    if value is not None:
        out_of = (
            f", {words.number(above, 0)} of {words.number(below, 0)}" if above is not None and below else ""
        )
        end = periods.in_words(last.period_end)
        said += f"; {words.shown(value, case.indicator)} over the four quarters to {end}{out_of}"
    said += " (provisional)." if provisional else "."
    return Recent(last, said, provisional, value, above, below, reason)


def _four(quarters: Sequence[Observation]) -> list[Observation]:
    """The last four quarters, where they follow each other; else none."""
    by_period = {o.period: o for o in quarters}
    period, found = quarters[-1].period, []
    for _ in range(A_YEAR):
        if period not in by_period:
            return []
        found.append(by_period[period])
        period = periods.quarter_before(period)
    return found


def _together(
    case: Case, four: Sequence[Observation]
) -> tuple[tuple[float | None, float | None, float | None], str]:
    """Four quarters as one: value, count and base; three times None, and why, where they cannot be added."""
    nothing = (None, None, None)
    if case.indicator.year_type not in FLOWS:
        return nothing, "a figure of a day is not added up"
    if len(four) < A_YEAR:
        return nothing, "four quarters in a row are not held"
    if any(o.value is None for o in four):
        return nothing, "one of the four quarters is not shown"
    if case.indicator.is_count:
        return (sum(o.value or 0.0 for o in four), None, None), ""
    times = case.indicator.unit.multiplier
    if times is None or any(o.numerator is None or not o.denominator for o in four):
        return nothing, "the counts of the four quarters are not held"
    above = sum(o.numerator or 0.0 for o in four)
    bases = [o.denominator or 0.0 for o in four]
    # a share is out of all who came in the year; a rate is out of a population, which is there all year
    below = sum(bases) if case.indicator.unit is Unit.PERCENT else sum(bases) / A_YEAR
    return (times * above / below, above, below), ""
