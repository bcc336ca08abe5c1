"""Flags: the three verdicts as marks with a word, a shape and a tone, never colour alone."""

from dataclasses import dataclass, replace

from safeguarding import words
from safeguarding.prominent import MOVED
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.comparison import Compared
from safeguarding.vocabulary import Change, CheckResult, Comparison, Movement, Tolerance


@dataclass(frozen=True)
class Mark:
    """One mark: its shape, its words and the tone that its colour follows (good, warn, bad, note, none)."""

    shape: str
    word: str
    tone: str


_TOLERANCE = {
    Tolerance.WITHIN: ("●", "good"),
    Tolerance.NEAR: ("▲", "warn"),
    Tolerance.OUTSIDE: ("■", "bad"),
    Tolerance.NOT_SET: ("◇", "none"),
    Tolerance.NO_VALUE: ("▨", "none"),
    Tolerance.RANGE: ("◆", "none"),
}
# the same of a tolerance that nobody has agreed: hollow
HOLLOW = {"●": "○", "▲": "△", "■": "□"}
_COMPARISON = {
    Comparison.BETTER: ("✚", "good"),
    Comparison.WORSE: ("✖", "bad"),
    Comparison.SIMILAR: ("≈", "note"),
    Comparison.HIGHER: (">", "note"),
    Comparison.LOWER: ("<", "note"),
    Comparison.NOT_COMPARED: ("–", "none"),
    Comparison.DEPENDS_ON_HIDDEN: ("▨", "none"),
}
_MOVEMENT = {
    Movement.IMPROVING: ("✚", "good"),
    Movement.WORSENING: ("✖", "bad"),
    Movement.INCREASING: ("↗", "note"),
    Movement.DECREASING: ("↘", "note"),
    Movement.NO_CHANGE: ("≈", "note"),
    Movement.UNSTEADY: ("∿", "note"),
    Movement.NOT_TESTED: ("–", "none"),
}

_RESULT = {
    CheckResult.CONFLICT: ("✖", "bad"),
    CheckResult.DIFFERS: ("≈", "note"),
    CheckResult.AMBIGUOUS: ("?", "warn"),
    CheckResult.PLACEHOLDER: ("…", "warn"),
    CheckResult.OK: ("✓", "good"),
}


def standing_shape(standing: str, proposed: bool) -> str:
    """The shape for all that stand alike by their tolerance: within, near, outside, or not judged."""
    shape = {"within": "●", "near": "▲", "outside": "■"}.get(standing, "◇")
    return HOLLOW.get(shape, shape) if proposed else shape


def tolerance_mark(summary: IndicatorSummary) -> Mark:
    """The tolerance mark, hollow until the tolerance is agreed. A two-sided band asks why in neutral colours:
    it knows no good or bad.
    """
    shape, tone = _TOLERANCE[summary.tolerance.verdict]
    if summary.tolerance.state == "proposed":
        shape = HOLLOW.get(shape, shape)
    if summary.tolerance.two_sided and tone != "none":
        tone = "note"
    return Mark(shape, summary.tolerance.words, tone)


def standing_mark(summary: IndicatorSummary) -> Mark:
    """What a measure's tile says in a word: flagged, to watch, where it moves, or how it stands."""
    if summary.flagged:
        return Mark("⚑", "Flagged", "bad")
    if summary.watched:
        return Mark("◔", "Watch", "warn")
    if change_mark(summary) or summary.movement.verdict in MOVED:
        return direction_chip(summary)
    return tolerance_chip(summary)


def tolerance_chip(summary: IndicatorSummary) -> Mark:
    """The tolerance mark with the whole of what it says: whether the tolerance is agreed, and its name."""
    seen, mark = summary.tolerance, tolerance_mark(summary)
    if seen.verdict is Tolerance.NOT_SET and seen.applies:
        return replace(mark, word="No tolerance set")
    if mark.tone == "none":
        return mark
    if seen.two_sided:
        return replace(mark, word=mark.word.partition(":")[0])
    named = {
        Tolerance.WITHIN: f"within {seen.name}",
        Tolerance.NEAR: "borderline (proposed)" if seen.state == "proposed" else "borderline",
        Tolerance.OUTSIDE: f"outside {seen.name}",
    }
    return replace(mark, word=words.capital(named[seen.verdict]))


def direction_chip(summary: IndicatorSummary) -> Mark:
    """Where the figure is going: over the years where it is going anywhere, else on the last."""
    changed, moved = change_mark(summary), movement_mark(summary)
    if changed is None or summary.movement.verdict in MOVED:
        return moved
    if summary.change.verdict is Change.MORE_THAN_CHANCE:
        course = "Rise" if (summary.change.difference or 0) > 0 else "Fall"
        return replace(changed, word=f"{course} in a year")
    return changed


def comparison_chip(summary: IndicatorSummary) -> Mark:
    """The comparison with England in words, or with the first that was compared where it is not England."""
    for c in summary.comparisons.values():
        if c.verdict in words.COMPARISON_PHRASES:
            mark = comparison_mark(c)
            return replace(mark, word=f"{words.capital(words.COMPARISON_PHRASES[c.verdict])} {c.who}")
    found = [c for c in summary.comparisons.values() if c.verdict is not Comparison.NOT_COMPARED]
    return comparison_mark(found[0] if found else summary.england)


def comparison_mark(compared: Compared) -> Mark:
    """The mark of one comparison."""
    shape, tone = _COMPARISON[compared.verdict]
    return Mark(shape, compared.words, tone)


def movement_mark(summary: IndicatorSummary) -> Mark:
    """The mark of the movement verdict."""
    shape, tone = _MOVEMENT[summary.movement.verdict]
    return Mark(shape, words.MOVEMENT_WORDS[summary.movement.verdict], tone)


def change_mark(summary: IndicatorSummary) -> Mark | None:
    """The mark of the change on the year; None where it is nothing out of the ordinary, or is not tested.

    For the worse it is bad where it flags and a warning where it does not, for the better good where chance
    is ruled out; in neutral colours where neither end is better.
    """
    changed = summary.change
    if not changed.unusual and changed.verdict is not Change.MORE_THAN_CHANCE:
        return None
    tone = "note"
    if changed.adverse:
        tone = "bad" if changed.verdict in (Change.UNUSUAL_RISE, Change.UNUSUAL_FALL) else "warn"
    elif changed.favourable and changed.verdict is not Change.UNUSUAL_UNTESTED:
        tone = "good"
    shape = "⇑" if (changed.difference or 0) > 0 else "⇓"
    return Mark(shape, words.CHANGE_WORDS[changed.verdict], tone)


def result_mark(result: CheckResult) -> Mark:
    """The mark of what a check of a report has found."""
    shape, tone = _RESULT.get(result, ("–", "none"))
    return Mark(shape, words.RESULT_WORDS[result][0], tone)


def hooks(summary: IndicatorSummary) -> dict[str, str]:
    """The data attributes that tests and scripts rely on (docs/api.md)."""
    return {
        "data-indicator": summary.indicator.indicator_id,
        "data-value": ""
        if summary.value is None
        else str(int(summary.value) if summary.value.is_integer() else summary.value),
        "data-period-end": summary.latest.period_end.isoformat() if summary.latest else "",
        "data-tolerance": summary.tolerance.verdict.value,
        "data-comparison-england": summary.england.verdict.value,
        "data-comparison-region": summary.region.verdict.value,
        "data-comparison-neighbours": summary.neighbours.verdict.value,
        "data-movement": summary.movement.verdict.value,
        "data-change": summary.change.verdict.value,
    }
