"""Origins: where does the change of a figure come from, and what do two years say together?"""

from collections.abc import Iterator

from safeguarding import words
from safeguarding.measures import pooled
from safeguarding.store.tables import ENGLAND, Observation
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.changes import Changed
from safeguarding.vocabulary import Unit, YearType

FEW = 400  # a base under which two years together say more
# a child may be counted at both of two snapshots, so that they are never added up
SNAPSHOTS = (YearType.SNAPSHOT_31_MAR, YearType.SNAPSHOT_30_SEP, YearType.CENSUS_JANUARY, YearType.MID_YEAR)


def two_years(case: Case) -> str:
    """The figure of two years together, for a base under 400; empty where there is none.

    Method: docs/methods.md#pooled-figures.
    """
    latest, before = case.judged, case.year_before
    if latest is None or before is None or "Q" in latest.period or case.indicator.year_type in SNAPSHOTS:
        return ""
    now, then = case.counts(latest), case.counts(before)
    if now.barred or then.barred or now.note or now.denominator >= FEW:
        return ""
    counts, bases = (then.numerator, now.numerator), (then.denominator, now.denominator)
    share, multiplier = case.indicator.unit is Unit.PERCENT, case.indicator.unit.multiplier or 1.0
    both = pooled.pooled_share(counts, bases) if share else pooled.pooled_rate(counts, bases, multiplier)
    decimals = max(1, case.indicator.decimals)
    value, lower, upper = (
        words.shown(v, case.indicator, decimals) for v in (both.value, both.limits.lower, both.limits.upper)
    )
    count, base = words.number(both.count, 0), words.number(both.base, 0)
    return f"{count} of {base}, {value} (95% interval {lower} to {upper})."


def origins(case: Case, changed: Changed) -> list[str]:
    """What the change on the year is made of, a sentence each: the base and the rate, those who started and
    those who ended, England's change and the area's own.
    """
    return list(_origins(case, changed))


def _origins(case: Case, changed: Changed) -> Iterator[str]:
    latest, before = case.judged, case.year_before
    if latest is None or before is None or "Q" in latest.period:
        return
    now, then = case.counts(latest), case.counts(before)
    if not now.barred and not then.barred and not now.note:
        parts = pooled.parts_of_change(now.numerator, now.denominator, then.numerator, then.denominator)
        total = words.signed(now.numerator - then.numerator, 0)
        base, rate = words.signed(parts.population, 1), words.signed(parts.rate, 1)
        kind = "share" if case.indicator.unit is Unit.PERCENT else "rate"
        yield (
            f"{total} on the year in the count ({words.number(then.numerator, 0)}, then "
            f"{words.number(now.numerator, 0)}): {base} from the size of the base, {rate} from the {kind}."
        )
    yield from _flow(case, latest)
    england = case.at(ENGLAND)
    earlier = case.figures.at(case.indicator.indicator_id, ENGLAND, before.period)
    if changed.difference is None or case.area.area_code == ENGLAND or england is None or earlier is None:
        return
    if england.value is not None and earlier.value is not None:
        shared, decimals = england.value - earlier.value, max(1, case.indicator.decimals)
        unit = " points" if case.indicator.unit is Unit.PERCENT else ""
        whole, theirs, own = (
            words.signed(part, decimals) for part in (changed.difference, shared, changed.difference - shared)
        )
        yield f"Of {whole}{unit}, {theirs} is England’s change and {own} the area’s own."


def _flow(case: Case, latest: Observation) -> Iterator[str]:
    """Those who started and those who ended in the year, where the indicator names both."""
    names = (case.indicator.started_indicator_id, case.indicator.ended_indicator_id)
    if not all(names):
        return
    started, ended = (case.figures.at(name, case.area.area_code, latest.period) for name in names)
    if started is None or ended is None or started.value is None or ended.value is None:
        return
    yield (
        f"In the year {words.number(started.value, 0)} started and {words.number(ended.value, 0)} ended, "
        f"a balance of {words.signed(started.value - ended.value, 0)}."
    )
