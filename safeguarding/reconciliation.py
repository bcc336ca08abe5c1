"""Reconciliation: a report held against itself and against the official figures.

Each row of checks.csv names statements and a method; the method computes the answer, so that a changed figure
changes it. Judgements of wording that no rule can make are rows with an author. Rules: docs/methods.md#reconciliation.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from safeguarding import periods, words
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.tables import Check, Statement
from safeguarding.vocabulary import CheckResult

OK, CONFLICT, DIFFERS = CheckResult.OK, CheckResult.CONFLICT, CheckResult.DIFFERS
PLACEHOLDER, NOT_CHECKABLE = CheckResult.PLACEHOLDER, CheckResult.NOT_CHECKABLE
RESULTS = tuple(CheckResult)
RULES = {
    "R1": "one measure, one period, two values",
    "R2": "rows against their total",
    "R3": "a percentage against its counts",
    "R4": "a local figure against the official one",
    "R5": "a word against the figures",
    "R6": "a missing value",
    "R7": "a wrong period, or a snapshot taken for a flow",
    "R8": "a wrong place or body",
    "R9": "text against table",
    "R10": "a footnote",
    "R11": "shares that do not reach 100",
    "R12": "a label or definition",
}
CLOSE = 0.02  # a local extract and a later return may differ by this much and mean the same
# what a word says about a figure over the one it is compared with
WORDS: dict[str, tuple[float, float]] = {
    "mirrors": (0.95, 1.05),
    "in line with": (0.95, 1.05),
    "consistent with": (0.95, 1.05),
    "nearly identical to": (0.99, 1.01),
    "followed closely by": (0.8, 1.0),
    "slightly below": (0.85, 0.9999),
    "slightly lower than": (0.85, 0.9999),
    "slightly higher than": (1.0001, 1.15),
    "benchmarks poorly": (1.0001, float("inf")),
}
FALLING = ("decrease", "reduction", "reductions", "decline", "fall")

# an indicator, an area, a period and a field ("value" or "numerator"): the official figure, None where not held or hidden
Official = Callable[[str, str, str, str], float | None]


@dataclass(frozen=True)
class Finding:
    """What one check found: its result, the numbers, and the reason in a sentence. `computed` is False for a judgement."""

    check: Check
    result: CheckResult
    numbers: str
    reason: str

    @property
    def computed(self) -> bool:
        """Did a rule find this, rather than a person?"""
        return self.check.method != "judgement"


def reconcile(catalogue: Catalogue, official: Official) -> list[Finding]:
    """Every check of the catalogue, in its order. A check whose figures are not all held is not checkable."""
    held = {s.statement_id: s for s in catalogue.statements}
    areas = Counter(s.area for s in catalogue.statements)
    subject = areas.most_common(1)[0][0] if areas else ""
    return [_find(check, held, official, subject) for check in catalogue.checks]


def worst(findings: Sequence[Finding]) -> dict[str, CheckResult]:
    """The gravest result of each check, by its name: several rows may share one."""
    found: dict[str, CheckResult] = {}
    for f in findings:
        now = found.get(f.check.check_id, OK)
        found[f.check.check_id] = min(now, f.result, key=RESULTS.index)
    return found


def _find(check: Check, held: Mapping[str, Statement], official: Official, subject: str) -> Finding:
    if check.method == "judgement":
        return Finding(check, CheckResult(check.result), "", check.reason)
    statements = [held[i] for i in check.statements if i in held]
    if len(statements) < len(check.statements):
        return Finding(check, NOT_CHECKABLE, "", "A statement it needs is not held.")
    answer = METHODS[check.method](check, statements, official, subject)
    if answer is None:
        return Finding(check, NOT_CHECKABLE, "", "A figure it needs is not held, or is hidden.")
    result, numbers, reason = answer
    return Finding(
        check, CheckResult(check.otherwise or CONFLICT) if result is CONFLICT else result, numbers, reason
    )


# result, numbers and reason; None where a figure is missing
Answer = tuple[CheckResult, str, str] | None


def _n(value: float) -> str:
    return words.number(value, 0 if float(value).is_integer() else 1)


def _verdict(holds: bool, numbers: str, yes: str, no: str) -> Answer:
    return (OK, numbers, yes) if holds else (CONFLICT, numbers, no)


def _numbers(statements: Sequence[Statement]) -> list[float] | None:
    found = [s.number for s in statements]
    return None if any(n is None for n in found) else [n for n in found if n is not None]


def _decimals(statement: Statement) -> int:
    return len(statement.value.partition(".")[2].rstrip("0"))


def _set_against(stated: Statement, value: float | None) -> Answer:
    """A stated figure against an official one."""
    if stated.number is None or value is None:
        return None
    numbers = f"{_n(stated.number)} v {_n(value)}"
    if round(value, _decimals(stated)) == stated.number:
        return OK, numbers, "The two agree."
    gap = abs(stated.number - value) / (abs(value) or 1)
    if stated.qualifier in words.HEDGES and gap <= 0.1:
        return OK, numbers, f"The report says “{stated.qualifier}”, and the two are near."
    if gap <= CLOSE:
        return DIFFERS, numbers, "A little apart: a local extract and a later return."
    return CONFLICT, numbers, f"They are {_n(100 * gap)}% apart."


def _official(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    return _set_against(
        s[0], official(check.indicator_id, s[0].area, check.period or s[0].period, check.field)
    )


def _official_rest(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    value = official(check.indicator_id, s[0].area, check.period or s[0].period, check.field)
    return _set_against(s[0], None if value is None else 100 - value)


def _official_now(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    now, before = (
        official(check.indicator_id, s[0].area, p, check.field) for p in (check.period, check.period_before)
    )
    if s[0].number is None or now is None or before is None:
        return None
    if s[0].number == before != now:
        return (
            CONFLICT,
            f"{_n(s[0].number)} v {_n(now)}; a year before {_n(before)}",
            "It is the number of the year before.",
        )
    return _set_against(s[0], now)


def _word_official(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    period = check.period or s[0].period
    ours, theirs = (
        official(check.indicator_id, subject, period, check.field),
        official(check.indicator_id, check.against_area, period, check.field),
    )
    low, high = WORDS[s[0].value]
    if ours is None or not theirs:
        return None
    ratio = ours / theirs
    numbers = f"{_n(ours)} v {_n(theirs)}"
    side = f"{_n(abs(100 * (ratio - 1)))}% {'above' if ratio > 1 else 'below'}"
    return _verdict(
        low <= ratio <= high,
        numbers,
        f"It lies {side}: “{s[0].value}” fits.",
        f"It lies {side}: “{s[0].value}” does not fit.",
    )


def _trend_official(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    area = check.against_area or subject
    before, now = (
        official(check.indicator_id, area, p, check.field) for p in (check.period_before, check.period)
    )
    if before is None or now is None:
        return None
    rising = s[0].value not in FALLING
    return _verdict(
        (now > before) == rising,
        f"{_n(before)} to {_n(now)}",
        "The figures went that way.",
        "The figures went the other way.",
    )


def _fell_official(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    before, now = (
        official(check.indicator_id, check.against_area or subject, p, check.field)
        for p in (check.period_before, check.period)
    )
    if before is None or now is None:
        return None
    return _verdict(
        now < before,
        f"{_n(before)} to {_n(now)}",
        "The official count fell too.",
        "The official count did not fall.",
    )


def _changed(stated: Statement, before: float | None, now: float | None) -> Answer:
    """A stated change in per cent against the two figures it is about."""
    if stated.number is None or not before or now is None:
        return None
    change = 100 * (now - before) / before
    wanted = -stated.number if stated.breakdown in FALLING else stated.number
    hedged = stated.qualifier in words.HEDGES and abs(change - wanted) <= 2
    holds = round(change, _decimals(stated)) == wanted or hedged
    numbers = f"{_n(before)} to {_n(now)}: {'+' if change > 0 else ''}{words.number(change, 1)}%"
    return _verdict(
        holds,
        numbers,
        "The change is as stated.",
        f"The report states {'a fall' if wanted < 0 else 'a rise'} of {_n(stated.number)}%.",
    )


def _change(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    return _changed(s[0], s[1].number, s[2].number)


def _change_official(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    before = official(check.indicator_id, s[0].area, check.period_before, check.field)
    now = s[1].number if len(s) > 1 else official(check.indicator_id, s[0].area, s[0].period, check.field)
    return _changed(s[0], before, now)


def _every_year(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    values = [
        official(check.indicator_id, s[0].area, p, check.field)
        for p in periods.years_between(check.period_before, check.period)
    ]
    known = [v for v in values if v is not None]
    if len(known) < len(values):
        return None
    rose = all(b > a for a, b in itertools.pairwise(known))
    return _verdict(rose, ", ".join(map(_n, known)), "It rose every year.", "It did not rise every year.")


def _basis(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    """Does a figure fit the measure it is labelled as, or rather the other one?"""
    labelled, other = (
        official(i, s[0].area, s[0].period, check.field) for i in (check.indicator_id, check.period_before)
    )
    stated = s[0].number
    if stated is None or labelled is None or other is None:
        return None
    fits = abs(stated - labelled) <= abs(stated - other) or abs(stated - other) > 0.05 * other
    return _verdict(
        fits,
        f"{_n(stated)}; as labelled {_n(labelled)}, the other measure {_n(other)}",
        "It fits its label.",
        "Its size fits the other measure, so its label is wrong.",
    )


def _same(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    a, b = s[0].number, s[1].number
    equal = a == b if a is not None and b is not None else s[0].value == s[1].value
    if not s[0].value or not s[1].value:
        return None
    return _verdict(
        equal,
        f"{s[0].value} v {s[1].value}",
        "The two places agree.",
        "The report gives two values for one thing.",
    )


def _one_period(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    same = (s[0].measure, s[0].value) == (s[1].measure, s[1].value)
    numbers = f"{s[0].period} and {s[1].period}"
    return _verdict(
        not same or s[0].period == s[1].period,
        numbers,
        "They are of one period, or of two things.",
        "The same thing is put in two years.",
    )


def _close(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    found = _numbers(s[1:])
    word = s[0].value if s[0].value in WORDS else s[0].qualifier
    if found is None or word not in WORDS:
        return None
    ratio = min(found) / max(found)
    return _verdict(
        ratio >= WORDS[word][0],
        f"{_n(found[0])} v {_n(found[1])}",
        f"“{word}” fits.",
        f"“{word}” does not fit: one is {_n(100 * ratio)}% of the other.",
    )


def _rose(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    found = _numbers(s[1:])
    return (
        found
        and _verdict(
            found[1] > found[0],
            f"{_n(found[0])} to {_n(found[1])}",
            "It rose.",
            "It did not rise, and the text does not say so.",
        )
    ) or None


def _between(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    found = _numbers(s)
    if found is None:
        return None
    numbers = f"{_n(min(found[1:]))} < {_n(found[0])} < {_n(max(found[1:]))}"
    return _verdict(
        min(found[1:]) < found[0] < max(found[1:]),
        numbers,
        "It lies between the two.",
        "It does not lie between the two.",
    )


def _share(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    found = _numbers(s)
    if found is None or not found[2]:
        return None
    share = 100 * found[1] / found[2]
    numbers = f"{_n(found[1])} of {_n(found[2])} is {words.number(share, 1)}%, stated {_n(found[0])}%"
    return _verdict(
        round(share, _decimals(s[0])) == found[0],
        numbers,
        "The share fits its counts.",
        "The share does not fit its counts.",
    )


def _whole_number(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    found = _numbers(s)
    if found is None or not found[1]:
        return None
    count = round(found[0] * found[1] / 100)
    fits = round(100 * count / found[1], _decimals(s[0])) == found[0]
    return _verdict(
        fits,
        f"{count} of {_n(found[1])}",
        "A whole number gives this share.",
        "No whole number gives this share.",
    )


def _near_sum(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    found = _numbers(s)
    if found is None:
        return None
    left = found[0] - found[1]
    return _verdict(
        abs(left - found[2]) <= 0.05 * found[2],
        f"{_n(found[0])} − {_n(found[1])} = {_n(left)} v {_n(found[2])}",
        "Near, as stated.",
        "Not near.",
    )


def _total(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    found = _numbers(s)
    if found is None:
        return None
    numbers = f"{' + '.join(map(_n, found[:-1]))} = {_n(sum(found[:-1]))}, stated {_n(found[-1])}"
    return _verdict(
        abs(sum(found[:-1]) - found[-1]) < 1e-9,
        numbers,
        "The rows add up.",
        "The rows do not add up to the total.",
    )


def _hundred(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    found = _numbers(s)
    if found is None:
        return None
    numbers = f"{' + '.join(words.number(n, 1) for n in found)} = {words.number(sum(found), 1)}"
    return _verdict(
        abs(sum(found) - 100) <= 0.05 * len(found) + 1e-9,
        numbers,
        "The shares reach 100.",
        "The shares do not reach 100, and rounding does not explain it.",
    )


def _missing(check: Check, s: Sequence[Statement], official: Official, subject: str) -> Answer:
    if s[0].number is not None or s[0].hidden:
        return OK, s[0].value, "The value is printed."
    printed = f"printed: “{s[0].as_printed}”" if s[0].as_printed else "nothing printed"
    return CheckResult(check.otherwise or PLACEHOLDER), printed, "The value was never filled in."


METHODS: dict[str, Callable[[Check, Sequence[Statement], Official, str], Answer]] = {
    "official": _official,
    "official_rest": _official_rest,
    "official_now": _official_now,
    "word_official": _word_official,
    "trend_official": _trend_official,
    "fell_official": _fell_official,
    "change_official": _change_official,
    "every_year": _every_year,
    "basis": _basis,
    "same": _same,
    "one_period": _one_period,
    "close": _close,
    "rose": _rose,
    "between": _between,
    "change": _change,
    "share": _share,
    "whole_number": _whole_number,
    "near_sum": _near_sum,
    "total": _total,
    "hundred": _hundred,
    "missing": _missing,
}
