"""Sentence: what the verdicts on one figure say together, in one or two sentences."""

from collections.abc import Sequence

from safeguarding import words
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.changes import Changed
from safeguarding.verdicts.comparison import Compared
from safeguarding.verdicts.movement import Moved
from safeguarding.verdicts.tolerance import Judgement
from safeguarding.vocabulary import Comparison, Movement, Unit


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
