"""Flags: the three verdicts as marks with a word, a shape and a tone, never colour alone."""

from dataclasses import dataclass

from safeguarding import words
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.comparison import Compared
from safeguarding.vocabulary import CheckResult, Comparison, Movement, Tolerance


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
_COMPARISON = {
    Comparison.BETTER: ("✚", "good"),
    Comparison.WORSE: ("✖", "bad"),
    Comparison.SIMILAR: ("≈", "note"),
    Comparison.HIGHER: ("△", "note"),
    Comparison.LOWER: ("▽", "note"),
    Comparison.NOT_COMPARED: ("–", "none"),
    Comparison.DEPENDS_ON_HIDDEN: ("▨", "none"),
}
_MOVEMENT = {
    Movement.IMPROVING: ("✚", "good"),
    Movement.WORSENING: ("✖", "bad"),
    Movement.INCREASING: ("↗", "note"),
    Movement.DECREASING: ("↘", "note"),
    Movement.NO_CHANGE: ("≈", "note"),
    Movement.NOT_TESTED: ("–", "none"),
}

_RESULT = {
    CheckResult.CONFLICT: ("✖", "bad"),
    CheckResult.DIFFERS: ("≈", "note"),
    CheckResult.AMBIGUOUS: ("▲", "warn"),
    CheckResult.PLACEHOLDER: ("◇", "warn"),
    CheckResult.OK: ("●", "good"),
}


def tolerance_mark(summary: IndicatorSummary) -> Mark:
    """The tolerance mark. A two-sided band asks why in neutral colours: it knows no good or bad."""
    shape, tone = _TOLERANCE[summary.tolerance.verdict]
    if summary.tolerance.two_sided and tone != "none":
        tone = "note"
    return Mark(shape, summary.tolerance.words, tone)


def comparison_mark(compared: Compared) -> Mark:
    """The mark of one comparison."""
    shape, tone = _COMPARISON[compared.verdict]
    return Mark(shape, compared.words, tone)


def movement_mark(summary: IndicatorSummary) -> Mark:
    """The mark of the movement verdict."""
    shape, tone = _MOVEMENT[summary.movement.verdict]
    return Mark(shape, words.MOVEMENT_WORDS[summary.movement.verdict], tone)


def result_mark(result: CheckResult) -> Mark:
    """The mark of what a check of a report has found."""
    shape, tone = _RESULT.get(result, ("–", "none"))
    return Mark(shape, words.capital(result.value), tone)


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
    }
