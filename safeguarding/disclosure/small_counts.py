"""Small counts: which figures and which statements may not be shown, because a count of 1 to 5 stands behind them."""

from collections.abc import Sequence
from dataclasses import replace

from safeguarding.store.tables import Check, Indicator, Observation, Source, Statement
from safeguarding.vocabulary import Status, Unit

SMALL_COUNTS = range(1, 6)


def _hide_others(statements: Sequence[Statement], checks: Sequence[Check]) -> tuple[Statement, ...]:
    """Where one hidden part of a total could be worked out from the others, the next smallest part is hidden too.

    The sets that add up are those of the checks by the method `total`: parts first, total last.
    """
    held = {s.statement_id: s for s in statements}
    for check in checks:
        if check.method != "total" or not all(i in held for i in check.statements):
            continue
        *parts, total = (held[i] for i in check.statements)
        hidden = [p for p in parts if p.hidden]
        shown = sorted((p for p in parts if not p.hidden and p.number), key=lambda p: p.number or 0.0)
        if len(hidden) == 1 and not total.hidden and shown:
            held[shown[0].statement_id] = replace(shown[0], value="", as_printed="", note="", hidden=True)
    return tuple(held.values())


def _hide_small(statement: Statement, source: Source) -> Statement:
    """A report's count of 1 to 5 children is hidden, figure and wording, unless anyone can already read the report."""
    number = statement.number
    if source.already_public or not statement.counts_children or number is None or number not in SMALL_COUNTS:
        return statement
    return replace(statement, value="", as_printed="", note="", hidden=True)


SMALL = range(1, 6)


def hide_small(observation: Observation, indicator: Indicator, source: Source) -> Observation:
    """The figure as it may be shown: a local count of 1 to 5, or a share or rate that rests on one, is hidden.

    A source whose figures anyone can already read is left as it is. A share is hidden too where the rest of
    its base is 1 to 5. Method: DOMAIN section (e), DfE's rule of 1 to 5.
    """
    if source.already_public or observation.value is None:
        return observation
    counts = [observation.numerator]
    if indicator.unit is Unit.COUNT:
        counts.append(observation.value)
    if (
        indicator.unit is Unit.PERCENT
        and observation.numerator is not None
        and observation.denominator is not None
    ):
        counts.append(observation.denominator - observation.numerator)
    if not any(c is not None and 0 < c <= SMALL[-1] for c in counts):
        return observation
    return replace(observation, value=None, status=Status.C_PRIMARY, numerator=None, denominator=None)
