"""Check values: Stockport's published counts, 2020-21 to 2024-25 (injuries 2019-20 to 2023-24).

Slope, scatter and p were computed twice and independently of this code, in a statistical review of November
2026.
"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures import movement
from safeguarding.measures.dispersion import CRITICAL, Barred, barred, dispersion, probability, unsteady
from safeguarding.measures.intervals import Interval
from tests.measures.england import interval

CONFERENCES = [(210, 220), (347, 406), (285, 345), (309, 391), (296, 412)]
INJURIES = [(630, 52_509), (560, 52_443), (570, 52_466), (530, 53_167), (435, 53_436)]
NOT_IN_NEED = [(1126, 3416), (1056, 3816), (813, 3233), (767, 3447), (859, 3676)]
REREFERRALS = [(645, 3416), (736, 3816), (720, 3233), (719, 3447), (792, 3676)]
SECTION_47 = [(758, 62_227), (1074, 62_507), (993, 63_554), (1117, 64_311), (1079, 64_910)]
PLANS_6_TO_12M = [(35, 156), (43, 280), (70, 243), (96, 265), (66, 273)]


def both(pairs, multiplier):
    """The old test and the guard on the same five points."""
    values = [multiplier * count / base for count, base in pairs]
    limits = [interval(count, base, multiplier) for count, base in pairs]
    return movement.recent_trend(values, limits), dispersion(values, limits)


@pytest.mark.parametrize(
    "pairs, multiplier, slope, chi_squared, scatter, p",
    [
        (CONFERENCES, 100, -5.541, 92.8, 4.6, 0.004),
        (INJURIES, 10_000, -8.678, None, 5.3, 0.018),
        (NOT_IN_NEED, 100, -2.365, None, 22.2, 0.034),
        (REREFERRALS, 100, 0.699, 10.8, 7.1, 0.122),
        (SECTION_47, 10_000, 10.098, 43.2, 39.7, 0.168),
        (PLANS_6_TO_12M, 100, 2.795, None, 26.4, 0.362),
    ],
    ids=["conferences", "injuries", "not in need", "re-referrals", "section 47", "plans 6 to 12 months"],
)
def test_stockports_series_have_the_slope_scatter_and_p_of_the_review(
    pairs, multiplier, slope, chi_squared, scatter, p
):
    trend, around = both(pairs, multiplier)
    assert around.slope == pytest.approx(slope, abs=0.0005)
    assert around.scatter == pytest.approx(scatter, abs=0.05)
    assert around.p == pytest.approx(p, abs=0.0005)
    if chi_squared is not None:
        assert trend.chi_squared == pytest.approx(chi_squared, abs=0.05)
    assert trend.significant  # each was called a direction by the old test alone
    assert around.trends is (p < 0.05)
    assert unsteady(trend, around) is (p >= 0.05)


@pytest.mark.parametrize(
    "t, p",
    [
        (1.638, 0.20),
        (2.353, 0.10),
        (3.182, 0.05),
        (4.541, 0.02),
        (5.841, 0.01),
        (10.215, 0.002),
        (12.924, 0.001),
    ],
)
def test_students_t_has_the_probabilities_of_the_printed_tables(t, p):
    """Three degrees of freedom, both sides: Fisher and Yates, Statistical Tables, table III."""
    assert probability(t) == pytest.approx(p, rel=0.001)
    assert probability(-t) == probability(t)


def test_the_critical_value_is_that_of_five_in_a_hundred():
    assert probability(CRITICAL) == pytest.approx(0.05, abs=1e-12)
    assert probability(0) == 1
    assert probability(1e9) == pytest.approx(0, abs=1e-15)


def around_one(values):
    """Synthetic: intervals that give each value a standard error of 1."""
    return [Interval(v - 1.96, v + 1.96) for v in values]


def test_five_points_on_a_line_are_judged_by_their_own_errors():
    """By hand: errors of 1, slope 1, var b = 1/10, no scatter, t = √10."""
    found = dispersion([1, 2, 3, 4, 5], around_one([1, 2, 3, 4, 5]))
    assert (found.slope, found.scatter, found.t) == pytest.approx((1, 0, math.sqrt(10)))
    assert not found.trends


def test_scatter_widens_the_error():
    """By hand: 0, 0, 0, 0, 5 lie 1, 0, -1, -2, 2 from the line through -1, 0, 1, 2, 3: Q = 10, t = 1/√(10/3 ÷
    10) = √3,
    and p = 1/2 - 1/π."""
    found = dispersion([0, 0, 0, 0, 5], around_one([0, 0, 0, 0, 5]))
    assert (found.slope, found.scatter, found.t) == pytest.approx((1, 10, math.sqrt(3)))
    assert found.p == pytest.approx(0.5 - 1 / math.pi)


def test_an_interval_without_width_gives_no_weight_and_four_points_are_refused():
    assert dispersion([1, 2, 3, 4, 5], [Interval(3, 3)] * 5) is None
    with pytest.raises(ValueError, match="five values"):
        dispersion([1, 2, 3, 4], around_one([1, 2, 3, 4]))


five = st.lists(st.floats(-1000, 1000), min_size=5, max_size=5)
widths = st.lists(st.floats(0.5, 100), min_size=5, max_size=5)


def around(values, width):
    return [Interval(v - w, v + w) for v, w in zip(values, width, strict=True)]


@given(five, widths)
def test_the_guard_is_never_easier_than_the_old_test_and_finds_the_same_slope(values, width):
    trend, found = (
        movement.recent_trend(values, around(values, width)),
        dispersion(values, around(values, width)),
    )
    assert found.slope == pytest.approx(trend.slope, rel=1e-6, abs=1e-6)
    assert found.t**2 <= trend.chi_squared * (1 + 1e-6) + 1e-6
    assert found.scatter >= 0 and 0 <= found.p <= 1


@given(five, widths, st.floats(0.01, 100), st.floats(-1000, 1000))
def test_neither_another_unit_nor_another_zero_changes_the_answer(values, width, times, more):
    here = dispersion(values, around(values, width))
    moved = [times * v + more for v in values]
    there = dispersion(moved, around(moved, [times * w for w in width]))
    assert there.t == pytest.approx(here.t, rel=1e-5, abs=1e-5)
    assert there.scatter == pytest.approx(here.scatter, rel=1e-5, abs=1e-5)


@given(five, widths)
def test_time_run_backwards_turns_the_slope_and_nothing_else(values, width):
    here = dispersion(values, around(values, width))
    there = dispersion(values[::-1], around(values[::-1], width[::-1]))
    assert there.slope == pytest.approx(-here.slope, rel=1e-6, abs=1e-6)
    assert there.t == pytest.approx(here.t, rel=1e-6, abs=1e-6)


def test_five_consecutive_years_may_be_tested_whatever_lies_before_them():
    assert barred([2013, 2014, 2021, 2022, 2023, 2024, 2025], whole={2014}, hidden={2015}) is None


@pytest.mark.parametrize(
    "years, conditions, reason",
    [
        ([2022, 2023, 2024, 2025], {}, Barred.FEW),
        ([2020, 2022, 2023, 2024, 2025], {}, Barred.GAP),
        ([2016, 2017, 2018, 2020, 2024], {"hidden": {2019, 2021}}, Barred.HIDDEN),
        ([2020, 2022, 2023, 2024, 2025], {"hidden": {2019}}, Barred.GAP),
        ([2020, 2021, 2022, 2023, 2024], {"whole": {2021}}, Barred.WHOLE),
        ([2021, 2022, 2023, 2024, 2025], {"breaks": {2025}}, Barred.BREAK),
        ([2021, 2022, 2023, 2024, 2025], {"breaks": {2022}}, Barred.BREAK),
    ],
)
def test_what_bars_a_window(years, conditions, reason):
    assert barred(years, **conditions) is reason


def test_a_break_in_the_first_year_lies_before_all_five():
    assert barred([2021, 2022, 2023, 2024, 2025], breaks={2021, 2019}) is None


def test_stockports_reviews_on_time_are_not_tested_while_the_window_holds_93_of_93():
    """2020-21 to 2023-24: 93/93, 154/161, 173/184, 183/200; 2019-20: 117/124 (DfE, 2025)."""
    assert barred([2020, 2021, 2022, 2023, 2024], whole={2021}) is Barred.WHOLE
