"""A back-test by hand on synthetic authorities, and the range of a real one (tests/data/england)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures.change import usual
from safeguarding.measures.expected import (
    back_test,
    changes_by_year,
    expected,
    inside,
    usual_before,
)
from safeguarding.measures.intervals import Interval
from tests.measures.england import STOCKPORT, published

# synthetic: twelve authorities, the k-th of which rises by k every year; 36 changes, 10th centile 1, 90th 10
STEADY = [{year: 100.0 + k * (year - 2020) for year in range(2020, 2025)} for k in range(12)]


def test_the_range_of_repeat_plans_printed_for_2024_25_would_not_have_held_them():
    """19.0 with -5.56 and +8.06: the centiles are check values of a review of November 2026. 28.0 came."""
    series = list(published("cpp_subsequent_pct").values())
    forecast = expected(19.0, usual_before(changes_by_year(series), 2025), 100)
    assert forecast == pytest.approx((13.44, 27.06), abs=0.005)
    assert not inside(published("cpp_subsequent_pct")[STOCKPORT][2025], forecast)


def test_a_back_test_by_hand():
    """Only 2024 has three years of changes before it; those that rise by 0 and by 11 fall outside 1 to 10."""
    found = back_test(STEADY)
    assert (found.forecasts, found.inside) == (12, 10)
    assert found.share == pytest.approx(1000 / 12)


def test_a_range_rests_on_three_years_and_never_on_the_year_it_is_for():
    changes = changes_by_year(STEADY)
    assert usual_before(changes, 2023) is None
    assert usual_before(changes | {2024: [1000.0] * 12}, 2024) == usual_before(changes, 2024)
    assert usual_before(changes, 2024).upper == 10
    assert usual_before({year: c for year, c in changes.items() if year != 2022}, 2024) is None


def test_nothing_to_forecast_has_no_share():
    assert back_test([{2020: 1.0}]).share is None


def test_a_year_without_a_figure_gives_no_change_to_it_or_from_it():
    assert changes_by_year([{2020: 1.0, 2022: 5.0, 2023: 7.0}]) == {2023: [2.0]}


around = usual([float(k) for k in range(-20, 21)])  # -16 to 16


def test_a_range_stays_within_what_is_possible():
    assert expected(5, around, 100) == (0, 21)
    assert expected(95, around, 100) == (79, 100)
    assert expected(95, around) == (79, 111)


def test_a_figure_on_a_limit_is_inside():
    assert inside(3, Interval(3, 5)) and inside(5, Interval(3, 5)) and not inside(5.1, Interval(3, 5))


series = st.lists(
    st.dictionaries(st.integers(2018, 2025), st.integers(0, 1000).map(lambda k: k / 10), min_size=6),
    min_size=12,
    max_size=20,
)


@given(series, st.randoms())
def test_the_order_of_authorities_does_not_matter(values, chance):
    assert back_test(chance.sample(values, len(values))) == back_test(values)


@given(series, st.integers(2, 50))
def test_another_unit_gives_the_same_coverage(values, times):
    scaled = [{year: times * value for year, value in area.items()} for area in values]
    assert back_test(scaled) == back_test(values)


@given(st.floats(0, 100))
def test_a_range_rises_with_the_last_figure(last):
    here, further = expected(last, around, 100), expected(min(100.0, last + 1), around, 100)
    assert here.lower <= here.upper
    assert here.lower <= further.lower and here.upper <= further.upper
