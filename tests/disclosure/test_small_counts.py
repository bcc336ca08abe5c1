"""Small counts: one table a rule, on synthetic figures; answers by hand from DfE's rule of 1 to 5."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.disclosure.audience import Hiding
from safeguarding.disclosure.small_counts import hide_statements
from safeguarding.vocabulary import Status, Unit
from tests.disclosure.synthetic import HIDING, SOURCES, as_shown, figure, indicator, statement, total


def alone(held, of):
    """A figure as it may be shown where nothing else is held."""
    (shown,) = as_shown([held], [of]).values()
    return shown


@pytest.mark.parametrize(
    "count, small",
    [
        *[(None, False), (0, False), (0.4, True), (1, True), (2, True), (4, True), (5, True)],
        *[(5.01, False), (6, False), (100, False), (-3, False)],
    ],
)
def test_1_to_5_is_small_and_a_true_nought_is_not(count, small):
    assert HIDING.is_small(count) is small


def test_what_is_small_is_a_setting():
    assert [n for n in range(12) if Hiding(9).is_small(n)] == list(range(1, 10))
    assert not any(Hiding(0).is_small(n) for n in range(12)), "who may see small counts sees them all"


@pytest.mark.parametrize(
    "unit, value, numerator, denominator, hidden",
    [
        # a count: itself
        (Unit.COUNT, 0, None, None, False),
        (Unit.COUNT, 1, None, None, True),
        (Unit.COUNT, 5, None, None, True),
        (Unit.COUNT, 6, None, None, False),
        (Unit.COUNT, 100, 100, None, False),
        # a share: its numerator, and what is left of its base; its own value is no count
        (Unit.PERCENT, 0, 0, 100, False),
        (Unit.PERCENT, 1, 1, 100, True),
        (Unit.PERCENT, 5, 5, 100, True),
        (Unit.PERCENT, 6, 6, 100, False),
        (Unit.PERCENT, 3, 12, 400, False),
        (Unit.PERCENT, 94, 94, 100, False),
        (Unit.PERCENT, 95, 95, 100, True),
        (Unit.PERCENT, 99, 99, 100, True),
        (Unit.PERCENT, 100, 100, 100, False),
        (Unit.PERCENT, 50, 3, 6, True),
        # a small base is itself a count of children, whatever the share
        (Unit.PERCENT, 0, 0, 4, True),
        (Unit.PERCENT, 100, 5, 5, True),
        # a share whose numerator is not held, over its base: 3 of 300; 2 to 3; 12; 297 of 300; nought
        (Unit.PERCENT, 1, None, 300, True),
        (Unit.PERCENT, 1, None, 250, True),
        (Unit.PERCENT, 4, None, 300, False),
        (Unit.PERCENT, 99, None, 300, True),
        (Unit.PERCENT, 0, None, 300, False),
        # a share alone gives no count away
        (Unit.PERCENT, 1, None, None, False),
        (Unit.PERCENT, 50, 50, None, False),
        # a rate and a score: the numerator alone; what is left of a population is no secret
        (Unit.PER_10000, 3, 20, 64910, False),
        (Unit.PER_10000, 0.8, 5, 64910, True),
        (Unit.PER_10000, 0.9, 6, 64910, False),
        (Unit.PER_10000, 9000, 97, 100, False),
        (Unit.PER_100000, 1.5, 1, 64910, True),
        (Unit.SCORE, 3, None, None, False),
        (Unit.SCORE, 14, 4, None, True),
        (Unit.CASES, 4, None, None, False),
    ],
)
def test_a_local_figure_goes_where_a_small_count_stands_behind_it(
    unit, value, numerator, denominator, hidden
):
    held = figure(value, numerator, denominator)
    shown = alone(held, indicator(unit))
    if hidden:
        assert (shown.value, shown.numerator, shown.denominator) == (None, None, None)
        assert shown.status is Status.C_LOCAL
        assert (shown.period, shown.source_id) == (held.period, held.source_id)
    else:
        assert shown == held
    public = held._replace(source_id="public")
    assert alone(public, indicator(unit)) == public, "anyone can already read it"


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.OK])
def test_a_figure_that_is_absent_keeps_its_reason_and_its_base(status):
    held = figure(None, None, 300, status)
    assert alone(held, indicator(Unit.PERCENT)) == held


@given(st.integers(0, 400), st.integers(1, 400))
def test_no_share_that_is_shown_has_1_to_5_on_either_side(numerator, more):
    base = numerator + more
    shown = alone(figure(100 * numerator / base, numerator, base), indicator(Unit.PERCENT))
    assert (shown.value is None) == (1 <= numerator <= 5 or 1 <= more <= 5 or base <= 5)


@pytest.mark.parametrize(
    "value, more, hidden",
    [
        ("0", {}, False),
        ("1", {}, True),
        ("5", {}, True),
        ("6", {}, False),
        ("3", {"counts_children": ""}, False),
        ("3", {"kind": "text"}, False),
        ("", {}, False),
        ("3", {"source_id": "public"}, False),
    ],
)
def test_a_reports_count_of_1_to_5_children_goes_with_its_wording(value, more, hidden):
    stated = statement("S1", value, **more)
    (shown,) = hide_statements([stated], SOURCES, [], HIDING)
    if hidden:
        assert shown == replace(stated, value="", as_printed="", note="", hidden=True)
        assert shown.number is None
    else:
        assert shown == stated and not shown.hidden


@pytest.mark.parametrize(
    "values, hidden",
    [
        # the last is the total; S1 is hidden for being small, and the next smallest goes with it
        ("3 250 150 82 485", "S1 S4"),
        ("3 150 150 303", "S1 S2"),
        # a nought hides nothing: with it alone S1 would still be the rest
        ("3 0 150 153", "S1 S3"),
        ("3 0 3", "S1 S3"),
        # two that are small and come to 2 are 1 each: a third goes with them; two of 3 may be 1 to 5
        ("1 1 233 186 421", "S1 S2 S4"),
        ("3 3 233 186 425", "S1 S2"),
        ("2 2 233 186 423", "S1 S2 S4"),
        # the smallest that is enough: 3 and 2 beside it leave 1 to 4, with 9 they leave 1 to 5
        ("3 9 6 1000 1018", "S1 S3"),
        ("1 6 7 1000 1014", "S1 S2"),
        # the total being small too, there is no rest to work out
        ("2 1 3", "S1 S2 S3"),
        ("4 0 0 4", "S1 S4"),
        # nothing small, nothing hidden
        ("250 150 82 482", ""),
        # nothing else to hide: the one part that is left cannot be protected
        ("3 0 0 6", "S1"),
    ],
)
def test_a_part_that_could_be_worked_out_takes_the_next_smallest_with_it(values, hidden):
    stated = [statement(f"S{k}", value) for k, value in enumerate(values.split(), start=1)]
    shown = hide_statements(stated, SOURCES, [total(*(s.statement_id for s in stated))], HIDING)
    assert " ".join(s.statement_id for s in shown if s.hidden) == hidden
    assert [s.statement_id for s in shown] == [s.statement_id for s in stated], "in their order"
    assert all(s.value == s.as_printed == s.note == "" for s in shown if s.hidden)


def test_only_sums_that_the_checks_name_and_that_are_held_are_protected():
    stated = [statement("S1", "3"), statement("S2", "20"), statement("S3", "23")]
    for checks in ([], [total("S1", "S2", "S3", method="hundred")], [total("S1", "S2", "S3", "S9")]):
        assert [s.hidden for s in hide_statements(stated, SOURCES, checks, HIDING)] == [True, False, False]
    both = [total("S9", "S2", "S3"), total("S1", "S2", "S3")]
    assert [s.hidden for s in hide_statements(stated, SOURCES, both, HIDING)] == [True, True, False]


def test_a_public_reports_statements_stay_as_they_are():
    stated = [statement(f"S{k}", v, source_id="public") for k, v in enumerate(("3", "20", "23"), start=1)]
    assert list(hide_statements(stated, SOURCES, [total("S1", "S2", "S3")], HIDING)) == stated


@pytest.mark.parametrize(
    "share, base, qualifier, hidden",
    [
        # around 800: 0.1 % is 1, 0.4 % is 3, 0.9 % is 7, 99.9 % all but one
        ("0.1", "800", "around", True),
        ("0.4", "800", "around", True),
        ("0.9", "800", "around", False),
        ("99.9", "800", "around", True),
        ("0.0", "800", "around", False),
        # 0.7 % of just 800 is 5 to 6; of around 1,000 it is 6 to 8
        ("0.7", "800", "", False),
        ("0.6", "800", "", True),
        ("0.7", "1000", "around", False),
        ("50", "4", "", True),
    ],
)
def test_a_reports_share_goes_where_its_base_leaves_a_small_count(share, base, qualifier, hidden):
    stated = [
        statement("S1", share, kind="percent", counts_children="", base="S2"),
        statement("S2", base, counts_children="", qualifier=qualifier),
    ]
    shown = hide_statements(stated, SOURCES, [], HIDING)
    assert [s.hidden for s in shown] == [hidden, False]


def test_shares_that_come_to_a_whole_protect_each_other_and_so_do_two_places_that_say_the_same():
    shares = [
        statement(f"S{k}", v, kind="percent", counts_children="", base="B")
        for k, v in enumerate(("0.1", "0.4", "0.9", "98.6", "0.9"), start=1)
    ]
    stated = [*shares, statement("B", "800", counts_children="")]
    checks = [total("S1", "S2", "S3", "S4", method="hundred"), total("S3", "S5", method="same")]
    shown = hide_statements(stated, SOURCES, checks, HIDING)
    # 1 and 3 come to 4 of 800: 7 goes with them, and the other place that says it
    assert [s.statement_id for s in shown if s.hidden] == ["S1", "S2", "S3", "S5"]


def test_a_reports_share_goes_with_the_count_that_it_is_worked_out_from():
    stated = [statement("P", "1.0", kind="percent", counts_children=""), statement("C", "3")]
    stated.append(statement("B", "300"))
    shown = hide_statements(stated, SOURCES, [total("P", "C", "B", method="share")], HIDING)
    assert [s.hidden for s in shown] == [False, True, False], (
        "a share of no declared base is not ours to hide"
    )
    stated[0] = replace(stated[0], counts_children="yes")
    shown = hide_statements(stated, SOURCES, [total("P", "C", "B", method="share")], HIDING)
    assert [s.hidden for s in shown] == [True, True, False]
