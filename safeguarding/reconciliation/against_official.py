"""Against official figures: the rules that hold a report's statements against what is published elsewhere."""

import itertools
from collections.abc import Callable

from safeguarding import periods, words
from safeguarding.reconciliation.asked import (
    FALLING,
    WORDS,
    Answer,
    Asked,
    answer,
    changed,
    decimals,
    printed,
)
from safeguarding.store.report import Statement
from safeguarding.vocabulary import CheckResult

CLOSE = 0.02  # a local extract and a later return may differ by this much and mean the same
HEDGED = 0.1  # a figure that the report itself hedges may be this far off
BASIS = 0.05  # a figure this near to another measure is taken to be of it


def _official(asked: Asked) -> Answer:
    return _set_against(asked.first, asked.figure(asked.first.area, _period(asked)))


def _official_rest(asked: Asked) -> Answer:
    """A share against what the official one leaves of a hundred."""
    value = asked.figure(asked.first.area, _period(asked))
    return _set_against(asked.first, None if value is None else 100 - value)


def _official_now(asked: Asked) -> Answer:
    """A figure against the official one of the check's period; the year before's is its own conflict."""
    now, before = (asked.figure(asked.first.area, p) for p in (asked.check.period, asked.check.period_before))
    stated = asked.first.number
    if stated is None or now is None or before is None:
        return None
    if stated == before != now:
        found = f"{printed(stated)} v {printed(now)}; a year before {printed(before)}"
        return CheckResult.CONFLICT, found, "It is the number of the year before."
    return _set_against(asked.first, now)


def _word_official(asked: Asked) -> Answer:
    """A word of comparison ("slightly below") against the ratio of the subject's figure to another area's."""
    ours = asked.figure(asked.subject, _period(asked))
    theirs = asked.figure(asked.check.against_area, _period(asked))
    if ours is None or not theirs:
        return None
    ratio, word = ours / theirs, asked.first.value
    low, high = WORDS[word]
    side = f"{printed(abs(100 * (ratio - 1)))}% {'above' if ratio > 1 else 'below'}"
    return answer(
        low <= ratio <= high,
        f"{printed(ours)} v {printed(theirs)}",
        f"It lies {side}: “{word}” fits.",
        f"It lies {side}: “{word}” does not fit.",
    )


def _trend_official(asked: Asked) -> Answer:
    """A word of change ("decline", else a rise) against the official figures of two periods."""
    ends = _ends(asked)
    if ends is None:
        return None
    before, now = ends
    rising = asked.first.value not in FALLING
    return answer(
        now > before if rising else now < before,
        f"{printed(before)} to {printed(now)}",
        "The figures went that way.",
        "The figures went the other way." if now != before else "The figures did not change.",
    )


def _fell_official(asked: Asked) -> Answer:
    ends = _ends(asked)
    if ends is None:
        return None
    before, now = ends
    return answer(
        now < before,
        f"{printed(before)} to {printed(now)}",
        "The official count fell too.",
        "The official count did not fall.",
    )


def _change_official(asked: Asked) -> Answer:
    """A stated change in per cent, from the official figure of the period before to the second statement or
    the official one.
    """
    before = asked.figure(asked.first.area, asked.check.period_before)
    if len(asked.statements) > 1:
        return changed(asked.first, before, asked.statements[1].number)
    return changed(asked.first, before, asked.figure(asked.first.area, asked.first.period))


def _every_year(asked: Asked) -> Answer:
    """Whether "every year" holds of every official figure of the years between."""
    years = periods.years_between(asked.check.period_before, asked.check.period)
    values = [asked.figure(asked.first.area, p) for p in years]
    known = [v for v in values if v is not None]
    if len(known) < len(values):
        return None
    rose = all(b > a for a, b in itertools.pairwise(known))
    return answer(rose, ", ".join(map(printed, known)), "It rose every year.", "It did not rise every year.")


def _basis(asked: Asked) -> Answer:
    """Does a figure fit the measure it is labelled as, or rather the other one?"""
    labelled, other = (
        asked.official(i, asked.first.area, asked.first.period, asked.check.field)
        for i in (asked.check.indicator_id, asked.check.other_indicator_id)
    )
    stated = asked.first.number
    if stated is None or labelled is None or other is None:
        return None
    fits = abs(stated - labelled) <= abs(stated - other) or abs(stated - other) > BASIS * other
    return answer(
        fits,
        f"{printed(stated)}; as labelled {printed(labelled)}, the other measure {printed(other)}",
        "It fits its label.",
        "Its size fits the other measure, so its label is wrong.",
    )


AGAINST_OFFICIAL: dict[str, Callable[[Asked], Answer]] = {
    "official": _official,
    "official_rest": _official_rest,
    "official_now": _official_now,
    "word_official": _word_official,
    "trend_official": _trend_official,
    "fell_official": _fell_official,
    "change_official": _change_official,
    "every_year": _every_year,
    "basis": _basis,
}


def _period(asked: Asked) -> str:
    return asked.check.period or asked.first.period


def _ends(asked: Asked) -> tuple[float, float] | None:
    """The official figures of the period before and of the period; None where one is missing."""
    area = asked.check.against_area or asked.subject
    before, now = (asked.figure(area, p) for p in (asked.check.period_before, asked.check.period))
    return None if before is None or now is None else (before, now)


def _set_against(stated: Statement, value: float | None) -> Answer:
    """A stated figure against an official one, to as many decimals as are stated."""
    if stated.number is None or value is None:
        return None
    found = f"{printed(stated.number)} v {printed(value)}"
    if round(value, decimals(stated)) == stated.number:
        return CheckResult.OK, found, "The two agree."
    gap = abs(stated.number - value) / (abs(value) or 1)
    if stated.qualifier in words.HEDGES and gap <= HEDGED:
        return CheckResult.OK, found, f"The report says “{stated.qualifier}”, and the two are near."
    if gap <= CLOSE:
        return CheckResult.DIFFERS, found, "A little apart: a local extract and a later return."
    apart = (
        f"{printed(abs(stated.number - value))} points"
        if stated.kind == "percent"
        else f"{printed(100 * gap)}%"
    )
    return CheckResult.CONFLICT, found, f"They are {apart} apart."
