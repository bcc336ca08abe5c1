"""Signals: what about a figure needs attention (it flags), and what is worth watching?"""

from collections.abc import Sequence
from typing import NamedTuple

from safeguarding import words
from safeguarding.measures.dispersion import CRITICAL
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.changes import Changed
from safeguarding.verdicts.comparison import Compared
from safeguarding.verdicts.movement import Moved
from safeguarding.verdicts.place import Placed
from safeguarding.verdicts.tolerance import Judgement
from safeguarding.vocabulary import Change, Comparison, Movement, Polarity, Tolerance

FEWEST_FOR_A_RECORD = 5  # figures before one can be called the highest or the lowest of all years


class Signal(NamedTuple):
    """One thing that speaks: in words, to follow the name of the measure, in few, and how strongly (1 is
    just).
    """

    words: str
    short: str
    strength: float = 1.0


def flags(tolerance: Judgement, england: Compared, moved: Moved, changed: Changed) -> tuple[Signal, ...]:
    """What flags: outside tolerance, worse than England by an unusual gap, worsening, or an unusual change
    for the worse on the year. Method: docs/methods.md#flags.
    """
    found = []
    if tolerance.verdict is Tolerance.OUTSIDE:
        found.append(Signal(tolerance.phrase, tolerance.phrase, abs(tolerance.strength)))
    if england.verdict is Comparison.WORSE and england.unusual:
        told = "worse than England"
        found.append(Signal(f"{told} by an unusual gap", told, england.strength))
    if moved.verdict is Movement.WORSENING:
        told = "worsening"
        found.append(Signal(f"{told} {moved.span}".strip(), told, (moved.t or CRITICAL) / CRITICAL))
    if changed.verdict in (Change.UNUSUAL_RISE, Change.UNUSUAL_FALL) and changed.adverse:
        course = "unusual rise" if changed.verdict is Change.UNUSUAL_RISE else "unusual fall"
        found.append(Signal(changed.told, course, changed.strength))
    return tuple(found)


def watch(
    case: Case,
    tolerance: Judgement,
    compared: Sequence[Compared],
    changed: Changed,
    placed: Placed | None,
) -> tuple[Signal, ...]:
    """What is worth watching though it does not flag: borderline, the highest or the lowest of all
    years, the worst national quarter, worse than England, the region or the neighbours, an untested unusual
    change.
    """
    if case.judged is None or case.value is None:
        return ()
    found = []
    if tolerance.verdict is Tolerance.NEAR:
        found.append(Signal(tolerance.phrase, tolerance.phrase, abs(tolerance.strength)))
    worse = [c.who for c in compared if c.verdict is Comparison.WORSE and not c.unusual]
    if worse:
        told = f"worse than {words.listed(worse)}"
        found.append(Signal(told, told))
    if changed.verdict is Change.UNUSUAL_UNTESTED and changed.adverse:
        found.append(Signal(changed.told, "unusual change, not tested", changed.strength))
    if placed is not None and placed.band == "D":
        found.append(Signal("in the worst quarter of English authorities", "worst quarter of England"))
    if (record := record_of(case)) is not None:
        found.append(record)
    return tuple(found)


def reassuring(
    compared: Sequence[Compared], moved: Moved, tolerance: Judgement, changed: Changed
) -> tuple[Signal, ...]:
    """What speaks for the figure beside its flags: improving, within tolerance, better than or similar to
    others, an unusual change for the better.
    """
    found = []
    if moved.verdict is Movement.IMPROVING:
        found.append(Signal(f"improving {moved.span}".strip(), "improving"))
    if tolerance.verdict is Tolerance.WITHIN and not tolerance.two_sided:
        found.append(Signal(tolerance.phrase, tolerance.phrase))
    for verdict, phrase in ((Comparison.BETTER, "better than"), (Comparison.SIMILAR, "similar to")):
        names = [c.who for c in compared if c.verdict is verdict]
        if names:
            told = f"{phrase} {words.listed(names)}"
            found.append(Signal(told, told))
    if changed.verdict in (Change.UNUSUAL_RISE, Change.UNUSUAL_FALL) and changed.favourable:
        found.append(Signal(changed.told, "unusual change for the better"))
    return tuple(found)


def good_news(england: Compared, moved: Moved, changed: Changed) -> tuple[Signal, ...]:
    """What is good by the same measures that flag: improving, better than England by an unusual gap, an
    unusual change for the better on the year.
    """
    found = []
    if moved.verdict is Movement.IMPROVING:
        told = "improving"
        found.append(Signal(f"{told} {moved.span}".strip(), told, (moved.t or CRITICAL) / CRITICAL))
    if england.verdict is Comparison.BETTER and england.unusual:
        told = "better than England"
        found.append(Signal(f"{told} by an unusual gap", told, england.strength))
    if changed.verdict in (Change.UNUSUAL_RISE, Change.UNUSUAL_FALL) and changed.favourable:
        found.append(Signal(changed.told, "unusual change for the better", changed.strength))
    return tuple(found)


def record_of(case: Case) -> Signal | None:
    """Is the figure the highest or the lowest since its recording last changed, on a side that is not the
    better one? It says of which years, and where some of them have no figure. None below five figures, and of
    a count.
    """
    shown = [o for o in case.unbroken if o.value is not None]
    if len(shown) < FEWEST_FOR_A_RECORD or case.value is None or case.indicator.is_count:
        return None
    before = [o.value for o in shown[:-1] if o.value is not None]
    if case.value > max(before) and case.indicator.polarity is not Polarity.HIGHER_BETTER:
        what = "highest"
    elif case.value < min(before) and case.indicator.polarity is not Polarity.LOWER_BETTER:
        what = "lowest"
    else:
        return None
    first = shown[0].period
    gaps = len(shown) < len(case.unbroken)
    figures = f"figures {'shown ' if gaps else ''}from {first} on"
    all_years = len(shown) == len(case.own)
    return Signal(f"the {what} of its {figures}", f"{what} of {'all years' if all_years else figures}")


def evidence(found: Sequence[Signal]) -> tuple[int, float]:
    """How much speaks, for sorting with the most first: how many signals, then the strongest of them."""
    return -len(found), -max((s.strength for s in found), default=0.0)
