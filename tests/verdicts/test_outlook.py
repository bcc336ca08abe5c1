"""Next year's range, and what would have to change. Made-up figures."""

import pytest

from safeguarding.store.tables import ENGLAND
from tests.verdicts.made import country, made, quarters, years

STEPS = [(k - 50) / 5 for k in range(101)]
# changes from -10 to +10 in each of the three years to 2024-25: the 10th and the 90th centile are -8 and +8
UP_TO_NOW = country(*([50 + n * step for step in STEPS] for n in range(4)), last=2024)


def outlook(own, **more):
    return made(own, UP_TO_NOW["others"], areas=UP_TO_NOW["areas"], **more).outlook


def test_next_years_range_is_the_last_figure_and_what_was_usual_in_the_three_years_before():
    found = outlook(20)
    assert (found.period, tuple(found.range)) == ("2025-26", pytest.approx((12, 28)))
    assert found.text.startswith(
        "Expected in 2025-26: 12.0% to 28.0%. Eight in ten authorities’ figures stay"
    )
    assert outlook(20, year_type="snapshot_31_mar").text.startswith("Expected at 31 March 2026: ")


@pytest.mark.parametrize(
    "own, more, ends",
    [
        (3, {}, (0, 11)),
        (97, {}, (89, 100)),
        (97, {"unit": "score"}, (89, 105)),
    ],
)
def test_a_range_stays_within_what_can_be(own, more, ends):
    assert tuple(outlook(own, **more).range) == pytest.approx(ends)


def test_the_year_that_is_expected_takes_no_part_and_the_last_one_does():
    """As at the end of 2023-24 only two of the three years of changes before 2024-25 are held."""
    assert outlook(years(20, 20), to="2023-24") is None


@pytest.mark.parametrize(
    "own, more",
    [
        ("c", {}),
        (None, {}),
        (20, {"unit": "count"}),
        (20, {"area": "RN"}),
        (20, {"to": "2026-27"}),
        (quarters(20), {}),
    ],
)
def test_what_has_no_outlook(own, more):
    assert outlook(own, **more) is None


@pytest.mark.parametrize(
    "own, more, told",
    [
        # docs/methods.md#what-could-not-be-seen: 70 of 353 is the most that is better than 24.5 %
        ((99, 353), {}, "at most 70 of 353 instead of 99"),
        # by hand: Wilson's lower limit of 102 is 24.41 %, of 103 24.68 %
        ((99, 353), {"polarity": "higher_better"}, "at least 103 of 353 instead of 99"),
    ],
)
def test_what_would_have_to_change_is_told_in_children(own, more, told):
    found = made(own, {ENGLAND: 24.5}, **more).needed
    assert found == f"To be better than England beyond chance: {told}."


def test_the_count_that_is_needed_is_the_least_that_will_do():
    """One child fewer than said is not yet better; the number said is."""
    most = made((70, 353), {ENGLAND: 24.5})
    assert most.england.verdict == "better" and made((71, 353), {ENGLAND: 24.5}).england.verdict == "similar"
    rate = made((100, 10000), {ENGLAND: 80}, unit="rate_per_10000").needed
    count = int(rate.split("at most ")[1].split()[0])
    for x, verdict in ((count, "better"), (count + 1, "similar")):
        assert made((x, 10000), {ENGLAND: 80}, unit="rate_per_10000").england.verdict == verdict


@pytest.mark.parametrize(
    "own, england, more",
    [
        ((10, 353), 24.5, {}),  # better already
        ((99, 353), 24.5, {"polarity": "neutral"}),
        (28, 24.5, {}),  # no count is held
        ((99, 353), None, {}),
        ((2, 5), 5, {}),  # none of five is not yet better
        ("c", 24.5, {}),
    ],
)
def test_where_nothing_can_be_said_nothing_is(own, england, more):
    assert made(own, {ENGLAND: england}, **more).needed == ""
