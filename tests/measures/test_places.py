"""Check values: Stockport among the North West's authorities, year to March 2025 (tests/data/england).

The ranges come from a review of November 2026 that simulated them; here nothing is simulated.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures.intervals import Interval
from safeguarding.measures.places import Estimate, places
from safeguarding.vocabulary import Polarity
from tests.measures.england import NORTH_WEST, STOCKPORT, counts, interval

HIGH, LOW, NEUTRAL = Polarity.HIGHER_BETTER, Polarity.LOWER_BETTER, Polarity.NEUTRAL


@pytest.mark.parametrize(
    "indicator_id, polarity, of, best, worst",
    [
        ("cpp_subsequent_pct", LOW, 24, 11, 24),
        ("cla_3plus_placements_pct", LOW, 24, 13, 24),
        ("care_leavers_eet_pct", HIGH, 24, 2, 13),
        ("icpc_15_days_pct", HIGH, 23, 15, 20),
    ],
)
def test_the_places_that_chance_leaves_to_stockport(indicator_id, polarity, of, best, worst):
    held = {
        area: Estimate(100 * count / base, interval(count, base))
        for area, (count, base) in counts(indicator_id, NORTH_WEST).items()
    }
    assert len(held) == of
    own = held.pop(STOCKPORT)
    assert places(own, list(held.values()), polarity) == (best, worst)


def at(value, half=1.0):
    """Synthetic."""
    return Estimate(value, Interval(value - half, value + half))


def test_figures_far_apart_leave_one_place():
    others = [at(10), at(20), at(40)]
    assert places(at(30), others, LOW) == (3, 3)
    assert places(at(30), others, HIGH) == (2, 2)
    assert places(at(30), others, NEUTRAL) == (2, 2)


def test_equal_figures_leave_every_place():
    assert places(at(30), [at(30)] * 9, LOW) == (1, 10)


def test_nobody_else_leaves_the_first():
    assert places(at(30), [], LOW) == (1, 1)


def test_an_interval_that_ends_at_its_value_is_no_obstacle():
    """All of 93: 100 %, Wilson 96.03 to 100."""
    whole = Estimate(100.0, interval(93, 93))
    assert places(whole, [whole, at(50)], HIGH) == (1, 2)


def test_an_interval_too_narrow_to_divide_by_is_one_that_ends_at_its_value():
    """Hypothesis found it on CI: 1 over 5e-324 is more than a number can be."""
    narrow, beside = Estimate(0.0, Interval(0.0, 5e-324)), Estimate(0.0, Interval(0.0, 1.0))
    point = Estimate(0.0, Interval(0.0, 0.0))
    assert places(beside, [narrow], LOW) == places(beside, [point], LOW) == (1, 2)


estimates = st.tuples(st.floats(0, 100), st.floats(0, 20), st.floats(0, 20)).map(
    lambda t: Estimate(t[0], Interval(t[0] - t[1], t[0] + t[2]))
)
groups = st.lists(estimates, max_size=12)


@given(estimates, groups, st.randoms())
def test_the_order_of_authorities_does_not_matter(own, others, chance):
    mixed = chance.sample(others, len(others))
    assert places(own, mixed, LOW) == places(own, others, LOW)


@given(estimates, groups)
def test_places_lie_between_first_and_last(own, others):
    best, worst = places(own, others, HIGH)
    assert 1 <= best <= worst <= len(others) + 1


@given(estimates, groups)
def test_reversing_sign_and_polarity_leaves_the_places_as_they_are(own, others):
    def mirrored(e):
        return Estimate(-e.value, Interval(-e.limits.upper, -e.limits.lower))

    assert places(mirrored(own), [mirrored(e) for e in others], HIGH) == places(own, others, LOW)


@given(estimates, groups, st.sampled_from([2, 4, 1024]))
def test_another_unit_leaves_the_places_as_they_are(own, others, times):
    def scaled(e):
        return Estimate(times * e.value, Interval(times * e.limits.lower, times * e.limits.upper))

    assert places(scaled(own), [scaled(e) for e in others], LOW) == places(own, others, LOW)
