"""Sentence: what the verdicts on one figure say together, in one or two sentences."""

from collections.abc import Sequence

from safeguarding import words
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.changes import Changed
from safeguarding.verdicts.comparison import Compared
from safeguarding.verdicts.movement import Moved
from safeguarding.verdicts.place import Placed
from safeguarding.verdicts.signals import Signal
from safeguarding.verdicts.tolerance import Judgement
from safeguarding.vocabulary import Comparison, Movement, Tolerance, Unit


def sentence(
    case: Case, tolerance: Judgement, compared: Sequence[Compared], moved: Moved, changed: Changed
) -> str:
    """The finding from the verdicts, never from the sign of a change.

    Value and period; inside or outside tolerance; similar to whom; the movement; the change on the year.
    """
    name, place = case.indicator.short_title, case.area.name
    if case.latest is None:
        return f"{name}: no figure is held for {place} for this period."
    if case.value is None:
        return f"{name}: the figure for {place} {case.when} is {case.status.words}."
    unit = case.indicator.unit
    per = f" {unit.words}" if unit in (Unit.PER_10000, Unit.PER_100000) else ""
    text = f"{name}: {case.printed}{per} in {words.the(place)} {case.when}"
    if case.last_known:
        return f"{text}. This is the last known figure, more than a year old, and is not judged."
    parts = [text]
    if tolerance.phrase:
        parts.append(tolerance.phrase)
    parts += _beside(case, compared)
    if moved.verdict is not Movement.NOT_TESTED:
        parts.append(moved.told)
    if turned(moved, changed):
        return f"{', '.join(parts)}, although {changed.told}."
    change = f" {words.capital(changed.told)}." if changed.told else ""
    return f"{', '.join(parts)}.{change}"


# what flags, by the few words of its signal, as a reason
REASONS = {
    "unusual rise": "its rise in one year",
    "unusual fall": "its fall in one year",
    "worsening": "its course over the years",
    "worse than England": "its gap to England",
}


def reconciled(
    found: Sequence[Signal],
    tolerance: Judgement,
    england: Compared,
    moved: Moved,
    changed: Changed,
    placed: Placed | None,
) -> str:
    """Why a figure is flagged although other questions find nothing wrong, as one sentence.

    "Flagged for its rise in one year; its level is within tolerance and similar to that of England; no clear
    course over the five years to 2024-25." `found` are the signals that flag. Empty where none does, and
    where no question has a better answer.
    """
    if not found:
        return ""
    reasons = [REASONS.get(signal.short, f"lying {signal.short}") for signal in found]
    level, calm = _level(tolerance, england)
    parts = [f"flagged for {words.listed(reasons)}"]
    if level:
        last = placed is not None and placed.band == "D"
        parts.append(f"its level{', in the worst quarter of authorities,' if last else ''} is {level}")
    if moved.verdict not in (Movement.WORSENING, Movement.NOT_TESTED):
        still = moved.verdict in (Movement.NO_CHANGE, Movement.UNSTEADY)
        course = STILL[moved.verdict] if still else moved.verdict.value
        parts.append(f"{course} {moved.span}".strip())
        calm = calm or still or moved.verdict is Movement.IMPROVING
    if changed.unusual and changed.favourable:
        parts.append("an unusual change for the better on the year")
        calm = True
    return f"{words.capital('; '.join(parts))}." if calm else ""


STILL = {Movement.NO_CHANGE: "no clear course", Movement.UNSTEADY: "no steady course"}


def _level(tolerance: Judgement, england: Compared) -> tuple[str, bool]:
    """How the level stands by the questions that do not flag, and whether one of them finds nothing wrong."""
    said, calm = [], []
    if tolerance.verdict in (Tolerance.WITHIN, Tolerance.NEAR):
        said.append(tolerance.phrase)
        calm.append(tolerance.verdict is Tolerance.WITHIN)
    if england.verdict in words.COMPARISON_PHRASES and not england.unusual:
        worse = england.verdict is Comparison.WORSE
        usual = " by a gap that is not unusual" if worse else ""
        said.append(f"{words.COMPARISON_PHRASES[england.verdict]} that of England{usual}")
        calm.append(england.verdict in (Comparison.BETTER, Comparison.SIMILAR))
    elif england.verdict is Comparison.BETTER:
        said.append("better than that of England")
        calm.append(True)
    joined = " and " if len(set(calm)) < 2 else " but "
    return joined.join(said), any(calm)


def turned(moved: Moved, changed: Changed) -> bool:
    """Does the last year go against the years before it? Then both are said in one sentence."""
    if not moved.course or not changed.difference:
        return False
    return (moved.course == "rising") != (changed.difference > 0)


def _beside(case: Case, compared: Sequence[Compared]) -> list[str]:
    """Those compared, by verdict: "similar to England (22.6%) and the North West (21.7%)"; nothing where none
    was.
    """
    found: dict[str, list[str]] = {}
    for c in compared:
        if c.verdict in words.COMPARISON_PHRASES:
            name, value = words.the(c.name), c.printed
            if c.neighbour_set and c.benchmark is not None:
                name, value = "the statistical neighbours", words.shown_mean(c.benchmark, case.indicator)
            if value == case.printed and c.verdict is not Comparison.SIMILAR:
                value += ", before rounding"
            found.setdefault(words.COMPARISON_PHRASES[c.verdict], []).append(f"{name} ({value})")
    said = [f"{phrase} {words.listed(names)}" for phrase, names in found.items()]
    return [words.listed(said)] if said else []
