"""Small counts: one table a rule, on synthetic figures; answers by hand from DfE's rule of 1 to 5."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.disclosure.small_counts import hide_small, hide_statement, hide_statements, is_small
from safeguarding.vocabulary import Status, Unit
from tests.disclosure.synthetic import LOCAL, PUBLIC, figure, indicator, statement, total

SOURCES = {"local": LOCAL, "public": PUBLIC}


@pytest.mark.parametrize(
    "count, small",
    [
        *[(None, False), (0, False), (0.4, True), (1, True), (2, True), (4, True), (5, True)],
        *[(5.01, False), (6, False), (100, False), (-3, False)],
    ],
)
def test_1_to_5_is_small_and_a_true_nought_is_not(count, small):
    assert is_small(count) is small


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
        # a share whose counts are not held is not known to rest on a small one: see the package's docstring
        (Unit.PERCENT, 1, None, 300, False),
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
    shown = hide_small(held, indicator(unit), LOCAL)
    if hidden:
        assert (shown.value, shown.numerator, shown.denominator) == (None, None, None)
        assert shown.status is Status.C_PRIMARY
        assert (shown.period, shown.source_id) == (held.period, held.source_id)
    else:
        assert shown == held
    assert hide_small(held, indicator(unit), PUBLIC) == held, "anyone can already read it"


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.OK])
def test_a_figure_that_is_absent_keeps_its_reason_and_its_base(status):
    held = figure(None, None, 300, status)
    assert hide_small(held, indicator(Unit.PERCENT), LOCAL) == held


@given(st.integers(0, 400), st.integers(1, 400))
def test_no_share_that_is_shown_has_1_to_5_on_either_side(numerator, more):
    base = numerator + more
    shown = hide_small(figure(100 * numerator / base, numerator, base), indicator(Unit.PERCENT), LOCAL)
    assert (shown.value is None) == (1 <= numerator <= 5 or 1 <= more <= 5)


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
    shown = hide_statement(stated, SOURCES[stated.source_id])
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
        # two that are small hide each other; the total being small too, there is no rest to work out
        ("1 1 233 186 421", "S1 S2"),
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
    shown = hide_statements(stated, SOURCES, [total(*(s.statement_id for s in stated))])
    assert " ".join(s.statement_id for s in shown if s.hidden) == hidden
    assert [s.statement_id for s in shown] == [s.statement_id for s in stated], "in their order"
    assert all(s.value == s.as_printed == s.note == "" for s in shown if s.hidden)


def test_only_sums_that_the_checks_name_and_that_are_held_are_protected():
    stated = [statement("S1", "3"), statement("S2", "20"), statement("S3", "23")]
    for checks in ([], [total("S1", "S2", "S3", method="hundred")], [total("S1", "S2", "S3", "S9")]):
        assert [s.hidden for s in hide_statements(stated, SOURCES, checks)] == [True, False, False]
    both = [total("S9", "S2", "S3"), total("S1", "S2", "S3")]
    assert [s.hidden for s in hide_statements(stated, SOURCES, both)] == [True, True, False]


def test_a_public_reports_statements_stay_as_they_are():
    stated = [statement(f"S{k}", v, source_id="public") for k, v in enumerate(("3", "20", "23"), start=1)]
    assert list(hide_statements(stated, SOURCES, [total("S1", "S2", "S3")])) == stated
