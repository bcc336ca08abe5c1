"""Each method of a check, at its thresholds: synthetic statements and figures, answers worked out by hand.

The rules are those of docs/methods.md#reconciliation.
"""

from dataclasses import fields, replace
from types import SimpleNamespace

import pytest

from safeguarding.reconciliation import Finding, reconcile, worst
from safeguarding.store.report import Check, Statement
from safeguarding.vocabulary import CheckResult

OK, CONFLICT, DIFFERS = CheckResult.OK, CheckResult.CONFLICT, CheckResult.DIFFERS
AMBIGUOUS, PLACEHOLDER, NOT_HELD = CheckResult.AMBIGUOUS, CheckResult.PLACEHOLDER, CheckResult.NOT_CHECKABLE
TOWN, ENGLAND, BEFORE, NOW = "E08000007", "E92000001", "2017-18", "2018-19"
A_STATEMENT = Statement(**{f.name: "" for f in fields(Statement)} | {"kind": "count", "hidden": False})
A_CHECK = Check(**{f.name: "" for f in fields(Check)} | {"field": "value", "indicator_id": "plans"})


def says(value: str, **cells: str | bool) -> Statement:
    """A statement of the town about this year."""
    return replace(A_STATEMENT, value=value, **{"area": TOWN, "period": NOW} | cells)


def word(value: str) -> Statement:
    return says(value, kind="text")


# the methods that read the first of a check's statements alone
FIRST_ALONE = {
    "official",
    "official_rest",
    "official_now",
    "word_official",
    "trend_official",
    "every_year",
    "basis",
}
FIRST_ALONE |= {"missing"}
ANOTHER = replace(A_STATEMENT, value="7", area="E06000001", period="2001-02", as_printed="seven")


def find(method: str, *stated: Statement, held: dict | None = None, **cells: str) -> Finding:
    """The finding of one check on `stated`; `held` has the official value by indicator, area and period."""
    if method in FIRST_ALONE:
        stated = (*stated, ANOTHER)
    statements = tuple(replace(s, statement_id=f"S{k}") for k, s in enumerate(stated))
    check = replace(A_CHECK, method=method, statements=tuple(s.statement_id for s in statements), **cells)

    def official(indicator: str, area: str, period: str, field: str) -> float | None:
        return (held or {}).get((indicator, area, period)) if field == "value" else None

    (found,) = reconcile(SimpleNamespace(statements=statements, checks=(check,)), official)
    return found


def plans(now: float | None, before: float | None = None, area: str = TOWN) -> dict:
    return {("plans", area, NOW): now, ("plans", area, BEFORE): before}


@pytest.mark.parametrize(
    "stated, qualifier, value, result, numbers",
    [
        ("24.5", "", 24.46, OK, "24.5 v 24.5"),  # alike at the decimals that are printed
        ("24.50", "", 24.46, OK, "24.5 v 24.5"),
        ("24.46", "", 24.464, OK, "24.5 v 24.5"),
        ("24", "", 24.4, OK, "24 v 24.4"),
        ("24.5", "", 24.44, DIFFERS, "24.5 v 24.4"),
        ("102", "", 100, DIFFERS, "102 v 100"),  # 2 % apart, on either side
        ("98", "", 100, DIFFERS, "98 v 100"),
        ("103", "", 100, CONFLICT, "103 v 100"),
        ("97", "", 100, CONFLICT, "97 v 100"),
        ("110", "around", 100, OK, "110 v 100"),  # a hedge allows 10 %
        ("90", "nearly", 100, OK, "90 v 100"),
        ("111", "around", 100, CONFLICT, "111 v 100"),
        ("110", "exactly", 100, CONFLICT, "110 v 100"),
        ("0", "", 0, OK, "0 v 0"),
        ("1", "", 0, CONFLICT, "1 v 0"),
        ("24.5", "", None, NOT_HELD, ""),
        ("", "", 24.5, NOT_HELD, ""),
    ],
)
def test_a_figure_against_the_official_one(stated, qualifier, value, result, numbers):
    found = find("official", says(stated, qualifier=qualifier), held=plans(value))
    assert (found.result, found.numbers) == (result, numbers)


@pytest.mark.parametrize("stated, value, apart", [("103", 100, "3%"), ("1", 0, "100%"), ("150", 200, "25%")])
def test_a_conflict_says_how_far_apart(stated, value, apart):
    assert find("official", says(stated), held=plans(value)).reason == f"They are {apart} apart."


def test_the_period_is_the_checks_own_or_else_the_statements():
    held = plans(now=20, before=10)
    assert find("official", says("20"), held=held).result is OK
    assert find("official", says("10"), held=held, period=BEFORE).result is OK
    assert find("official_rest", says("80"), held=held).result is OK
    assert find("official_rest", says("90"), held=held, period=BEFORE).result is OK


@pytest.mark.parametrize(
    "stated, value, result", [("35.5", 64.5, OK), ("64.5", 64.5, CONFLICT), ("35.5", None, NOT_HELD)]
)
def test_a_share_against_the_rest_of_the_official_one(stated, value, result):
    assert find("official_rest", says(stated), held=plans(value)).result is result


@pytest.mark.parametrize(
    "stated, now, before, result, numbers",
    [
        ("362", 361, 362, CONFLICT, "362 v 361; a year before 362"),
        ("362", 362, 362, OK, "362 v 362"),
        ("361", 361, 350, OK, "361 v 361"),
        ("360", 361, 350, DIFFERS, "360 v 361"),
        ("", 361, 350, NOT_HELD, ""),
        ("361", None, 350, NOT_HELD, ""),
        ("350", None, 350, NOT_HELD, ""),
        ("361", 361, None, NOT_HELD, ""),
    ],
)
def test_the_number_of_the_year_before_is_known_again(stated, now, before, result, numbers):
    found = find("official_now", says(stated), held=plans(now, before), period=NOW, period_before=BEFORE)
    assert (found.result, found.numbers) == (result, numbers)


# the town's figure for 10,000 of England's: the lowest and the highest that fit
@pytest.mark.parametrize(
    "text, low, high",
    [
        ("mirrors", 9500, 10500),
        ("in line with", 9500, 10500),
        ("consistent with", 9500, 10500),
        ("nearly identical to", 9900, 10100),
        ("followed closely by", 8000, 10000),
        ("slightly below", 8500, 9999),
        ("slightly lower than", 8500, 9999),
        ("slightly higher than", 10001, 11500),
        ("benchmarks poorly", 10001, None),
    ],
)
def test_a_word_fits_within_its_limits(text, low, high):
    def result(ours: float) -> CheckResult:
        held = plans(ours) | plans(10_000, area=ENGLAND)
        return find("word_official", word(text), held=held, against_area=ENGLAND).result

    assert result(low) is OK and result(low - 1) is CONFLICT
    if high is None:
        assert result(1_000_000) is OK
    else:
        assert result(high) is OK and result(high + 1) is CONFLICT


@pytest.mark.parametrize(
    "ours, theirs, numbers, reason",
    [
        (9, 8, "9 v 8", "It lies 12.5% above: “slightly below” does not fit."),
        (7, 8, "7 v 8", "It lies 12.5% below: “slightly below” fits."),
        (None, 8, "", "A figure it needs is not held, or is hidden."),
        (7, None, "", "A figure it needs is not held, or is hidden."),
        (7, 0, "", "A figure it needs is not held, or is hidden."),
        (0, 8, "0 v 8", "It lies 100% below: “slightly below” does not fit."),
    ],
)
def test_a_word_says_on_which_side_the_figure_lies(ours, theirs, numbers, reason):
    held = plans(ours) | plans(theirs, area=ENGLAND)
    found = find("word_official", word("slightly below"), held=held, against_area=ENGLAND)
    assert (found.numbers, found.reason) == (numbers, reason)


def test_a_word_may_be_of_another_period():
    held = plans(1, before=100) | plans(100, before=100, area=ENGLAND)
    assert find("word_official", word("mirrors"), held=held, against_area=ENGLAND).result is CONFLICT
    older = find("word_official", word("mirrors"), held=held, against_area=ENGLAND, period=BEFORE)
    assert older.result is OK


@pytest.mark.parametrize(
    "text, before, now, result",
    [
        ("increase", 10, 11, OK),
        ("increase", 11, 10, CONFLICT),
        ("increase", 10, 10, CONFLICT),
        *[(text, 11, 10, OK) for text in ("decrease", "reduction", "reductions", "decline", "fall")],
        *[(text, 10, 11, CONFLICT) for text in ("decrease", "reduction", "reductions", "decline", "fall")],
        ("fall", 10, 10, CONFLICT),
        ("increase", None, 11, NOT_HELD),
        ("increase", 10, None, NOT_HELD),
    ],
)
def test_a_direction_against_the_official_figures(text, before, now, result):
    cells = {"period": NOW, "period_before": BEFORE}
    assert find("trend_official", word(text), held=plans(now, before), **cells).result is result
    elsewhere = plans(now, before, area=ENGLAND)
    assert find("trend_official", word(text), held=elsewhere, against_area=ENGLAND, **cells).result is result


@pytest.mark.parametrize(
    "before, now, result, numbers",
    [
        (11, 10, OK, "11 to 10"),
        (10, 10, CONFLICT, "10 to 10"),
        (10, 11, CONFLICT, "10 to 11"),
        (None, 10, NOT_HELD, ""),
        (11, None, NOT_HELD, ""),
    ],
)
def test_an_official_count_that_stays_has_not_fallen(before, now, result, numbers):
    cells = {"period": NOW, "period_before": BEFORE}
    found = find("fell_official", word("fall"), held=plans(now, before), **cells)
    assert (found.result, found.numbers) == (result, numbers)
    elsewhere = plans(now, before, area=ENGLAND)
    found = find("fell_official", word("fall"), held=elsewhere, against_area=ENGLAND, **cells)
    assert found.result is result


@pytest.mark.parametrize(
    "stated, breakdown, qualifier, before, now, result, numbers",
    [
        ("26", "decrease", "", "300", "222", OK, "300 to 222: −26.0%"),
        ("26", "increase", "", "300", "222", CONFLICT, "300 to 222: −26.0%"),
        ("10", "increase", "", "100", "110", OK, "100 to 110: +10.0%"),
        ("10", "", "", "1000", "1104", OK, "1,000 to 1,104: +10.4%"),
        ("10", "", "", "1000", "1106", CONFLICT, "1,000 to 1,106: +10.6%"),
        ("10.5", "", "", "1000", "1106", CONFLICT, "1,000 to 1,106: +10.6%"),
        ("10", "", "around", "100", "112", OK, "100 to 112: +12.0%"),  # a hedge allows 2 points
        ("10", "", "around", "100", "113", CONFLICT, "100 to 113: +13.0%"),
        ("10", "", "", "100", "112", CONFLICT, "100 to 112: +12.0%"),
        ("0.5", "", "", "1000", "1005", OK, "1,000 to 1,005: +0.5%"),
        ("0", "", "", "100", "100", OK, "100 to 100: 0.0%"),
        ("100", "fall", "", "100", "0", OK, "100 to 0: −100.0%"),
        ("10", "", "", "0", "5", NOT_HELD, ""),
        ("10", "", "", "", "110", NOT_HELD, ""),
        ("10", "", "", "100", "", NOT_HELD, ""),
        ("", "", "", "100", "110", NOT_HELD, ""),
    ],
)
def test_a_change_against_the_two_figures_it_is_about(
    stated, breakdown, qualifier, before, now, result, numbers
):
    change = says(stated, breakdown=breakdown, qualifier=qualifier)
    found = find("change", change, says(before), says(now))
    assert (found.result, found.numbers) == (result, numbers)
    held = plans(float(now) if now else None, float(before) if before else None)
    found = find("change_official", change, held=held, period_before=BEFORE)
    assert (found.result, found.numbers) == (result, numbers)
    found = find(
        "change_official", change, says(now), held=held | {("plans", TOWN, NOW): 1}, period_before=BEFORE
    )
    assert (found.result, found.numbers) == (result, numbers)


@pytest.mark.parametrize(
    "stated, breakdown, reason",
    [
        ("10", "fall", "The report states a fall of 10%."),
        ("0.5", "fall", "The report states a fall of 0.5%."),
        ("10", "", "The report states a rise of 10%."),
        ("0", "", "The report states a rise of 0%."),
    ],
)
def test_a_wrong_change_is_told_as_stated(stated, breakdown, reason):
    assert find("change", says(stated, breakdown=breakdown), says("100"), says("150")).reason == reason


@pytest.mark.parametrize(
    "values, result, numbers",
    [
        ([10, 11, 12], OK, "10, 11, 12"),
        ([10, 11, 11], CONFLICT, "10, 11, 11"),
        ([10, 9, 12], CONFLICT, "10, 9, 12"),
        ([10, None, 12], NOT_HELD, ""),
    ],
)
def test_a_rise_every_year_stands_still_in_none(values, result, numbers):
    held = {("plans", TOWN, p): v for p, v in zip(("2016-17", BEFORE, NOW), values, strict=True)}
    found = find("every_year", word("increase"), held=held, period_before="2016-17", period=NOW)
    assert (found.result, found.numbers) == (result, numbers)


# labelled as plans at the year's end (270), where the other measure, plans begun, is 300: 5 % of that is 15
@pytest.mark.parametrize(
    "stated, labelled, other, result",
    [
        ("271", 270, 300, OK),
        ("298", 270, 300, CONFLICT),
        ("285", 270, 300, OK),  # as far from the one as from the other
        ("286", 270, 300, CONFLICT),
        ("315", 270, 300, CONFLICT),
        ("316", 270, 300, OK),  # near neither
        ("", 270, 300, NOT_HELD),
        ("271", None, 300, NOT_HELD),
        ("271", 270, None, NOT_HELD),
    ],
)
def test_a_figure_that_fits_the_other_measure_better_has_a_wrong_label(stated, labelled, other, result):
    held = {("plans", TOWN, NOW): labelled, ("begun", TOWN, NOW): other}
    assert find("basis", says(stated), held=held, other_indicator_id="begun").result is result


@pytest.mark.parametrize(
    "one, other, result, numbers",
    [
        (says("5"), says("5.0"), OK, "5 v 5"),
        (says("5"), says("6"), CONFLICT, "5 v 6"),
        (says("2818"), says("2088.5"), CONFLICT, "2,818 v 2,088.5"),
        (word("yes"), word("yes"), OK, "yes v yes"),
        (word("yes"), word("no"), CONFLICT, "yes v no"),
        (says("5"), word("5"), OK, "5 v 5"),
        (word("5"), says("5.0"), CONFLICT, "5 v 5.0"),
        (says(""), says("5"), NOT_HELD, ""),
        (says("5"), says("", hidden=True), NOT_HELD, ""),
    ],
)
def test_two_places_that_say_the_same(one, other, result, numbers):
    found = find("same", one, other)
    assert (found.result, found.numbers) == (result, numbers)


@pytest.mark.parametrize(
    "cells, result",
    [
        ({"period": BEFORE}, CONFLICT),
        ({"period": NOW}, OK),
        ({"period": BEFORE, "value": "6"}, OK),
        ({"period": BEFORE, "measure": "referrals"}, OK),
    ],
)
def test_one_thing_belongs_to_one_period(cells, result):
    one = says("5", measure="plans")
    found = find("one_period", one, replace(one, **cells))
    assert (found.result, found.numbers) == (result, f"{NOW} and {cells['period']}")


@pytest.mark.parametrize(
    "first, one, other, result, reason",
    [
        (word("followed closely by"), "100", "80", OK, "“followed closely by” fits."),
        (word("followed closely by"), "80", "100", OK, "“followed closely by” fits."),
        (
            word("followed closely by"),
            "100",
            "75",
            CONFLICT,
            "“followed closely by” does not fit: one is 75% of the other.",
        ),
        (says("9", qualifier="mirrors"), "100", "95", OK, "“mirrors” fits."),
        (
            says("9", qualifier="mirrors"),
            "100",
            "94",
            CONFLICT,
            "“mirrors” does not fit: one is 94% of the other.",
        ),
        (word("much like"), "100", "100", NOT_HELD, "A figure it needs is not held, or is hidden."),
        (word("mirrors"), "100", "", NOT_HELD, "A figure it needs is not held, or is hidden."),
    ],
)
def test_two_figures_that_are_said_to_be_close(first, one, other, result, reason):
    found = find("close", first, says(one), says(other))
    assert (found.result, found.reason) == (result, reason)
    assert found.numbers == (f"{one} v {other}" if result is not NOT_HELD else "")


@pytest.mark.parametrize(
    "method, values, result, numbers",
    [
        ("rose", ["", "10", "11"], OK, "10 to 11"),
        ("rose", ["", "10", "10"], CONFLICT, "10 to 10"),
        ("rose", ["", "11", "10"], CONFLICT, "11 to 10"),
        ("rose", ["", "", "10"], NOT_HELD, ""),
        ("between", ["5", "4", "6"], OK, "4 < 5 < 6"),
        ("between", ["5", "6", "4"], OK, "4 < 5 < 6"),
        ("between", ["4", "4", "6"], CONFLICT, "4 < 4 < 6"),
        ("between", ["6", "4", "6"], CONFLICT, "4 < 6 < 6"),
        ("between", ["3", "4", "6"], CONFLICT, "4 < 3 < 6"),
        ("between", ["7", "4", "6"], CONFLICT, "4 < 7 < 6"),
        ("between", ["", "4", "6"], NOT_HELD, ""),
        ("share", ["25", "1", "4"], OK, "1 of 4 is 25.0%, stated 25%"),
        ("share", ["33.3", "1", "3"], OK, "1 of 3 is 33.3%, stated 33.3%"),
        ("share", ["33", "1", "3"], OK, "1 of 3 is 33.3%, stated 33%"),
        ("share", ["33.4", "1", "3"], CONFLICT, "1 of 3 is 33.3%, stated 33.4%"),
        ("share", ["0", "0", "3"], OK, "0 of 3 is 0.0%, stated 0%"),
        ("share", ["33", "1", "0"], NOT_HELD, ""),
        ("share", ["33", "", "3"], NOT_HELD, ""),
        ("whole_number", ["33.3", "3"], OK, "1 of 3"),
        ("whole_number", ["50.2", "1000"], OK, "502 of 1,000"),
        ("whole_number", ["30", "3"], CONFLICT, "1 of 3"),
        ("whole_number", ["0", "3"], OK, "0 of 3"),
        ("whole_number", ["33.3", "0"], NOT_HELD, ""),
        ("whole_number", ["", "3"], NOT_HELD, ""),
        ("near_sum", ["226", "100", "120"], OK, "226 − 100 = 126 v 120"),  # 5 % of 120 is 6
        ("near_sum", ["227", "100", "120"], CONFLICT, "227 − 100 = 127 v 120"),
        ("near_sum", ["214", "100", "120"], OK, "214 − 100 = 114 v 120"),
        ("near_sum", ["213", "100", "120"], CONFLICT, "213 − 100 = 113 v 120"),
        ("near_sum", ["", "100", "100"], NOT_HELD, ""),
        ("total", ["1", "2", "3"], OK, "1 + 2 = 3, stated 3"),
        ("total", ["0.1", "0.2", "0.3"], OK, "0.1 + 0.2 = 0.3, stated 0.3"),
        ("total", ["1", "2", "3.5"], CONFLICT, "1 + 2 = 3, stated 3.5"),
        ("total", ["1", "2", "4"], CONFLICT, "1 + 2 = 3, stated 4"),
        ("total", ["1", "", "3"], NOT_HELD, ""),
        ("hundred", ["33.3", "33.3", "33.3"], OK, "33.3 + 33.3 + 33.3 = 99.9"),
        ("hundred", ["33.2", "33.3", "33.3"], CONFLICT, "33.2 + 33.3 + 33.3 = 99.8"),
        ("hundred", ["50", "49.9"], OK, "50.0 + 49.9 = 99.9"),  # half a last place for each share
        ("hundred", ["50", "50.1"], OK, "50.0 + 50.1 = 100.1"),
        ("hundred", ["50", "50.2"], CONFLICT, "50.0 + 50.2 = 100.2"),
        ("hundred", ["50", ""], NOT_HELD, ""),
    ],
)
def test_figures_against_each_other(method, values, result, numbers):
    found = find(method, *map(says, values))
    assert (found.result, found.numbers) == (result, numbers)


@pytest.mark.parametrize(
    "statement, otherwise, result, numbers",
    [
        (says("112"), "", OK, "112"),
        (says("0"), "", OK, "0"),
        (says("", hidden=True), "", OK, ""),  # hidden is not missing
        (says(""), "", PLACEHOLDER, "nothing printed"),
        (says("", as_printed="XX"), "", PLACEHOLDER, "printed: “XX”"),
        (word("to follow"), "", PLACEHOLDER, "nothing printed"),
        (says(""), "ambiguous", AMBIGUOUS, "nothing printed"),
    ],
)
def test_a_value_that_was_never_filled_in(statement, otherwise, result, numbers):
    found = find("missing", statement, otherwise=otherwise)
    assert (found.result, found.numbers) == (result, numbers)


@pytest.mark.parametrize("value, result", [("6", AMBIGUOUS), ("5", OK)])
def test_a_conflict_may_be_called_otherwise(value, result):
    assert find("same", says("5"), says(value), otherwise="ambiguous").result is result


def test_a_judgement_is_a_persons():
    found = find("judgement", says("5"), result="ambiguous", reason="Two readings.")
    assert (found.result, found.numbers, found.reason) == (AMBIGUOUS, "", "Two readings.")
    assert not found.computed and find("same", says("5"), says("5")).computed


def test_a_check_without_its_statement_is_not_checkable():
    check = replace(A_CHECK, method="same", statements=("S0", "S1"))
    only = replace(says("5"), statement_id="S0")
    (found,) = reconcile(SimpleNamespace(statements=(only,), checks=(check,)), lambda *_: None)
    assert (found.result, found.reason) == (NOT_HELD, "A statement it needs is not held.")


def test_the_reports_own_area_is_the_one_it_speaks_of_most():
    others = [says("1", area=ENGLAND), says("2", area=TOWN), says("3", area=TOWN)]
    held = plans(95) | plans(100, area=ENGLAND)
    found = find("word_official", word("mirrors"), *others, held=held, against_area=ENGLAND)
    assert found.numbers == "95 v 100"
    assert reconcile(SimpleNamespace(statements=(), checks=()), lambda *_: None) == []


def test_the_gravest_of_several_rows_speaks_for_a_check():
    def row(name: str, result: CheckResult) -> Finding:
        return Finding(replace(A_CHECK, check_id=name), result, "", "")

    found = worst(
        [row("K1", OK), row("K1", CONFLICT), row("K1", DIFFERS), row("K2", OK), row("K3", PLACEHOLDER)]
    )
    assert found == {"K1": CONFLICT, "K2": OK, "K3": PLACEHOLDER}
