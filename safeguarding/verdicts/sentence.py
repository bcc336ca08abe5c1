"""Sentence: what the verdicts on one figure say together, in one or two sentences."""

from collections.abc import Sequence

from safeguarding import words
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.comparison import Compared
from safeguarding.verdicts.movement import Moved
from safeguarding.vocabulary import Movement, Unit


def sentence(case: Case, compared: Sequence[Compared], moved: Moved) -> str:
    """The finding from the verdicts, never from the sign of a change. Also the chart's text alternative."""
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
    parts = [text, *_beside(compared)]
    if moved.verdict is not Movement.NOT_TESTED:
        parts.append(moved.told)
    change = f" {words.capital(moved.change)}." if moved.change else ""
    return f"{', '.join(parts)}.{change}"


def _beside(compared: Sequence[Compared]) -> list[str]:
    """Those compared, by verdict: "similar to England (22.6%) and the North West (21.7%)"; nothing where none
    was.
    """
    found: dict[str, list[str]] = {}
    for c in compared:
        if c.verdict in words.COMPARISON_PHRASES:
            name = f"{words.the(c.name)} ({c.printed})"
            found.setdefault(words.COMPARISON_PHRASES[c.verdict], []).append(name)
    said = [f"{phrase} {words.listed(names)}" for phrase, names in found.items()]
    return [words.listed(said)] if said else []
