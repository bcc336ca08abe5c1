"""Stated: what a report states of the measure of a case, beside the official figure of the same period."""

from dataclasses import dataclass

from safeguarding.store.report import Statement
from safeguarding.store.tables import Source
from safeguarding.verdicts.case import Case


@dataclass(frozen=True)
class Stated:
    """What a report states, and the official figure of the same period (None where it has no value)."""

    statement: Statement
    source: Source
    official: float | None


def stated(case: Case) -> tuple[Stated, ...]:
    """The reports' figures of this indicator for the area, newest period first; never after the day the view
    is as at.
    """
    official = {o.period: o.value for o in case.own}
    found = [
        Stated(s, case.catalogue.sources[s.source_id], official.get(s.period))
        for s in case.catalogue.statements
        if s.indicator_id == case.indicator.indicator_id
        and s.area == case.area.area_code
        and s.period in official
        and (s.number is not None or s.hidden)
    ]
    unique = {(s.statement.period, s.statement.value): s for s in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda s: s.statement.period, reverse=True))
