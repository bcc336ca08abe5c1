"""Small counts: which figures and statements rest on a count that may not be shown.

Method: docs/methods.md#small-counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from safeguarding import words
from safeguarding.disclosure.audience import Hiding
from safeguarding.disclosure.sums import HIDDEN, Known, Sum, protect
from safeguarding.measures.intervals import Interval
from safeguarding.store.report import Check, Statement
from safeguarding.store.tables import Indicator, Observation, Source
from safeguarding.vocabulary import Unit

HEDGE = 0.1  # how far "around 800" may be from 800


def rests_on_small(
    o: Observation, indicator: Indicator, hiding: Hiding, base: Interval | None = None
) -> bool:
    """Does a figure rest on a count that may not be shown?

    That is a count itself, the numerator of any other figure, and for a share its base and what is left of
    it. A share whose numerator is not held rests on whatever its printed value leaves, over its own base, or
    over `base` where that is published elsewhere.
    """
    if o.value is None:
        return False
    if indicator.unit is Unit.COUNT:
        return hiding.is_small(o.value) or hiding.is_small(o.numerator)
    if indicator.unit is not Unit.PERCENT:
        return hiding.is_small(o.numerator)
    whole = Interval(o.denominator, o.denominator) if o.denominator else base
    if o.numerator is None:
        return whole is not None and may_be_small(o.value, indicator.decimals, whole, hiding)
    rest = [] if whole is None else [whole.lower, whole.lower - o.numerator]
    return any(map(hiding.is_small, (o.numerator, *rest)))


def may_be_small(share: float, decimals: int, base: Interval, hiding: Hiding) -> bool:
    """May the count above a share, or what is left of its base, be small, as the share is printed?"""
    half = 0.5 * 10.0**-decimals
    if hiding.is_small(base.lower) or hiding.is_small(base.upper):
        return True
    return any(
        s > 0 and _a_count_fits(max(s - half, 0) * base.lower / 100, (s + half) * base.upper / 100, hiding)
        for s in (share, 100 - share)
    )


def _a_count_fits(low: float, high: float, hiding: Hiding) -> bool:
    """Is there a whole number from 1 to the largest small one between two ends, give or take nothing?"""
    return any(low <= n <= high for n in range(1, hiding.largest + 1)) or low <= high < 1


def hidden_statements(
    statements: Sequence[Statement], sources: Mapping[str, Source], checks: Sequence[Check], hiding: Hiding
) -> dict[str, bool]:
    """The statements that may not be shown: whether each is small itself, or hidden for another's sake.

    Small is a count of 1 to 5 children, and a share of children that may rest on one by its base. The sums
    are those of the checks by the methods `total` (parts first, total last) and `hundred`. What stands in two
    places (`same`) and a share with its count (`share`) go together.
    """
    held = {s.statement_id: s for s in statements}
    small = {i for i, s in held.items() if hiding.of(sources[s.source_id]) and _is_small(s, held, hiding)}
    known = {
        i: Known(_told(s, held), hiding.of(sources[s.source_id]) and bool(s.counts_children or s.base))
        for i, s in held.items()
    }
    named = [c for c in checks if all(i in held for i in c.statements)]
    sums = []
    for c in named:
        if c.method == "total":
            sums.append(Sum(c.statements[:-1], c.statements[-1], f"check {c.check_id}"))
        if c.method == "hundred" and all(held[i].base for i in c.statements):
            # what the shares come to, which need not be a hundred
            come_to = f"all of {' '.join(c.statements)}"
            known[come_to] = Known(_plain(sum(known[i].value or 0 for i in c.statements)))
            sums.append(Sum(c.statements, come_to, f"check {c.check_id}"))
    more = set(protect(known, sums, small, hiding.largest))
    for c in named:
        pair = c.statements[:2]
        if c.method in ("same", "share") and {*small, *more}.intersection(pair[c.method == "share" :]):
            more |= {i for i in pair if known[i].ours}
    return {**dict.fromkeys(more, False), **dict.fromkeys(small, True)}


def _is_small(s: Statement, held: Mapping[str, Statement], hiding: Hiding) -> bool:
    if s.number is None:
        return False
    if s.kind == "percent":
        base = held.get(s.base)
        whole = None if base is None else about(base)
        return whole is not None and may_be_small(s.number, len(s.value.partition(".")[2]), whole, hiding)
    return bool(s.counts_children) and hiding.is_small(s.number)


def about(s: Statement) -> Interval | None:
    """Between which ends a stated count lies: a hedged one may be some way off."""
    if s.number is None:
        return None
    room = HEDGE * s.number if s.qualifier in words.HEDGES else 0
    return Interval(s.number - room, s.number + room)


def _told(s: Statement, held: Mapping[str, Statement]) -> Interval | None:
    """The count that a statement tells, or that a share tells of its base."""
    if s.hidden:
        return HIDDEN
    base = held[s.base].number if s.base in held else None
    if s.number is None or s.kind == "percent":
        return None if s.number is None or base is None else _plain(s.number * base / 100)
    return _plain(s.number)


def _plain(count: float) -> Interval:
    return Interval(count, count)


def hide_statements(
    statements: Sequence[Statement], sources: Mapping[str, Source], checks: Sequence[Check], hiding: Hiding
) -> tuple[Statement, ...]:
    """A report's statements as they may be shown, in their order: figure, wording and note go together."""
    hidden = hidden_statements(statements, sources, checks, hiding)
    return tuple(
        replace(s, value="", as_printed="", note="", hidden=True) if s.statement_id in hidden else s
        for s in statements
    )
