"""Small counts: figures and statements that may not be shown, because a count of 1 to 5 stands behind them.

A source whose figures anyone can already read (`already_public`) is left as it is. The range is DfE's:
docs/methods.md#small-counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from safeguarding.disclosure.bounds import SMALL_COUNT
from safeguarding.store.report import Check, Statement
from safeguarding.store.tables import Indicator, Observation, Source
from safeguarding.vocabulary import Status, Unit


def is_small(count: float | None) -> bool:
    """May a count not be shown? True above 0, so that an averaged count is no way round, to 5."""
    return count is not None and 0 < count <= SMALL_COUNT.upper


def hide_small(observation: Observation, indicator: Indicator, source: Source) -> Observation:
    """The figure as it may be shown: without value or counts where a small count stands behind it.

    That is a count itself, the numerator of any other figure, and for a share what is left of its base.
    """
    o = observation
    if source.already_public or o.value is None:
        return o
    counts = [o.numerator]
    if indicator.unit is Unit.COUNT:
        counts.append(o.value)
    if indicator.unit is Unit.PERCENT and o.numerator is not None and o.denominator is not None:
        counts.append(o.denominator - o.numerator)
    if not any(map(is_small, counts)):
        return o
    return replace(o, value=None, status=Status.C_PRIMARY, numerator=None, denominator=None)


def hide_statements(
    statements: Sequence[Statement], sources: Mapping[str, Source], checks: Sequence[Check]
) -> tuple[Statement, ...]:
    """A report's statements as they may be shown, in their order: small counts hidden, figure and wording.

    Where a single hidden part of a total could be worked out from the others, the smallest part that is
    shown and is not nought is hidden too. The sets that add up are those of the checks by the method
    `total`: parts first, total last.
    """
    held = {s.statement_id: hide_statement(s, sources[s.source_id]) for s in statements}
    for check in checks:
        if check.method != "total" or not all(i in held for i in check.statements):
            continue
        *parts, total = (held[i] for i in check.statements)
        shown = {p.statement_id: number for p in parts if (number := p.number)}
        if sum(p.hidden for p in parts) == 1 and not total.hidden and shown:
            least = min(shown, key=shown.__getitem__)
            held[least] = _without_figure(held[least])
    return tuple(held.values())


def hide_statement(statement: Statement, source: Source) -> Statement:
    """A report's statement as it may be shown: a small count of children is hidden, figure and wording."""
    small = statement.counts_children and is_small(statement.number)
    return _without_figure(statement) if small and not source.already_public else statement


def _without_figure(statement: Statement) -> Statement:
    return replace(statement, value="", as_printed="", note="", hidden=True)
