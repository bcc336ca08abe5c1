"""Among statements: the rules that hold a report's statements against each other."""

from collections.abc import Callable

from safeguarding import words
from safeguarding.reconciliation.asked import (
    WORDS,
    Answer,
    Asked,
    answer,
    changed,
    decimals,
    numbers,
    printed,
)
from safeguarding.vocabulary import CheckResult

NEAR = 0.05  # "around" the rest of a sum: so much of it
ROUNDING = 0.05  # what rounding to one decimal may take from a share or add to it
BINARY = 1e-9  # what adding binary fractions may leave over


def _same(asked: Asked) -> Answer:
    """One thing in two places: the numbers, or the words where one of them is no number."""
    a, b = asked.statements[:2]
    if not a.value or not b.value:
        return None
    counted = a.number is not None and b.number is not None
    equal = a.number == b.number if counted else a.value == b.value
    found = (words.number(s.number or 0, decimals(s)) if counted else s.value for s in (a, b))
    return answer(
        equal,
        " v ".join(found),
        "The two places agree.",
        "The report gives two values for one thing.",
    )


def _one_period(asked: Asked) -> Answer:
    a, b = asked.statements[:2]
    same = (a.measure, a.value) == (b.measure, b.value)
    return answer(
        not same or a.period == b.period,
        f"{a.period} and {b.period}",
        "They are of one period, or of two things.",
        "The same thing is put in two years.",
    )


def _close(asked: Asked) -> Answer:
    """A word of nearness, or a hedge, against the smaller of two numbers as a part of the larger."""
    found = numbers(asked.statements[1:])
    word = asked.first.value if asked.first.value in WORDS else asked.first.qualifier
    if found is None or word not in WORDS:
        return None
    nearest, _ = WORDS[word]
    ratio = min(found) / max(found)
    return answer(
        ratio >= nearest,
        f"{printed(found[0])} v {printed(found[1])}",
        f"“{word}” fits.",
        f"“{word}” does not fit: one is {printed(100 * ratio)}% of the other.",
    )


def _rose(asked: Asked) -> Answer:
    found = numbers(asked.statements[1:])
    if found is None:
        return None
    before, now = found[:2]
    return answer(
        now > before,
        f"{printed(before)} to {printed(now)}",
        "It rose.",
        "It did not rise, and the text does not say so.",
    )


def _between(asked: Asked) -> Answer:
    if asked.numbers is None:
        return None
    value, *ends = asked.numbers
    return answer(
        min(ends) < value < max(ends),
        f"{printed(min(ends))} < {printed(value)} < {printed(max(ends))}",
        "It lies between the two.",
        "It does not lie between the two.",
    )


def _change(asked: Asked) -> Answer:
    stated, before, now = asked.statements[:3]
    return changed(stated, before.number, now.number)


def _share(asked: Asked) -> Answer:
    """A percentage against its count and its base."""
    if asked.numbers is None:
        return None
    stated, count, base = asked.numbers[:3]
    if not base:
        return None
    share = 100 * count / base
    return answer(
        round(share, decimals(asked.first)) == stated,
        f"{printed(count)} of {printed(base)} is {words.number(share, 1)}%, stated {printed(stated)}%",
        "The share fits its counts.",
        "The share does not fit its counts.",
    )


def _whole_number(asked: Asked) -> Answer:
    """A percentage against its base alone: some whole number has to give it."""
    if asked.numbers is None:
        return None
    stated, base = asked.numbers[:2]
    if not base:
        return None
    count = round(stated * base / 100)
    return answer(
        round(100 * count / base, decimals(asked.first)) == stated,
        f"{count} of {printed(base)}",
        "A whole number gives this share.",
        "No whole number gives this share.",
    )


def _near_sum(asked: Asked) -> Answer:
    """A whole less one part against the other part, which is stated as near."""
    if asked.numbers is None:
        return None
    whole, part, rest = asked.numbers[:3]
    left = whole - part
    return answer(
        abs(left - rest) <= NEAR * rest,
        f"{printed(whole)} − {printed(part)} = {printed(left)} v {printed(rest)}",
        "Near, as stated.",
        "Not near.",
    )


def _total(asked: Asked) -> Answer:
    if asked.numbers is None:
        return None
    *rows, total = asked.numbers
    return answer(
        abs(sum(rows) - total) < BINARY,
        f"{' + '.join(map(printed, rows))} = {printed(sum(rows))}, stated {printed(total)}",
        "The rows add up.",
        "The rows do not add up to the total.",
    )


def _hundred(asked: Asked) -> Answer:
    shares = asked.numbers
    if shares is None:
        return None
    return answer(
        abs(sum(shares) - 100) <= ROUNDING * len(shares) + BINARY,
        f"{' + '.join(words.number(n, 1) for n in shares)} = {words.number(sum(shares), 1)}",
        "The shares reach 100.",
        "The shares do not reach 100, and rounding does not explain it.",
    )


def _missing(asked: Asked) -> Answer:
    """Is a value printed at all? A hidden one is."""
    stated = asked.first
    if stated.number is not None or stated.hidden:
        return CheckResult.OK, stated.value, "The value is printed."
    found = f"printed: “{stated.as_printed}”" if stated.as_printed else "nothing printed"
    result = CheckResult(asked.check.otherwise or CheckResult.PLACEHOLDER)
    return result, found, "The value was never filled in."


AMONG_STATEMENTS: dict[str, Callable[[Asked], Answer]] = {
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
