import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeguarding.measures.intervals import Interval, proportion, rate
from safeguarding.measures.movement import CRITICAL, Trend, judge, recent_trend
from safeguarding.vocabulary import Movement, Polarity

HIGH, LOW, NEUTRAL = Polarity.HIGHER_BETTER, Polarity.LOWER_BETTER, Polarity.NEUTRAL


# DfE's open data, Stockport, years to March 2021 to 2025: repeat plans (d3), re-referrals (c1), looked-after
# children and children of 0 to 17. Chi-squared worked out apart from this code: docs/methods.md#direction-of-
# travel
REPEAT_PLANS = [(54, 199), (90, 369), (77, 294), (63, 332), (99, 353)]
RE_REFERRALS = [(645, 3416), (736, 3816), (720, 3233), (719, 3447), (792, 3676)]
LOOKED_AFTER = [(409, 62_227), (447, 62_507), (479, 63_554), (493, 64_311), (485, 64_910)]


@pytest.mark.parametrize(
    "counts, per, chi_squared, steady, polarity, verdict",
    [
        (REPEAT_PLANS, 100, 0.135, False, LOW, "no-change"),
        (RE_REFERRALS, 100, 10.82, True, LOW, "worsening"),
        (LOOKED_AFTER, 10_000, 4.82, True, NEUTRAL, "no-change"),
    ],
    ids=["repeat plans", "re-referrals", "looked-after children"],
)
def test_the_real_series_have_their_trends(counts, per, chi_squared, steady, polarity, verdict):
    around = [proportion(a, b) if per == 100 else rate(a, b, per) for a, b in counts]
    trend = recent_trend([per * a / b for a, b in counts], around)
    assert trend.chi_squared == pytest.approx(chi_squared, abs=0.005)
    assert trend.steady is steady
    assert judge(trend, polarity) == verdict


def weighted(values: list[float], weights: list[float]) -> Trend:
    """The trend of synthetic values whose standard errors are 1 over the root of `weights`."""
    return recent_trend(
        values, [Interval(v - 1.96 / w**0.5, v + 1.96 / w**0.5) for v, w in zip(values, weights, strict=True)]
    )


def test_a_fit_worked_out_by_hand():
    """w = 1, 1, 1, 1, 4; y = 0, 0, 0, 0, 7: sums 8, 30, 28, 130 and 140, so below = 8 x 130 - 30 x 30 = 140,
    b = (8 x 140 - 30 x 28) / 140 = 2, var b = 8 / 140 and chi-squared = 4 x 140 / 8 = 70. Without the last, b
    is 0."""
    trend = weighted([0, 0, 0, 0, 7], [1, 1, 1, 1, 4])
    assert (trend.slope, trend.chi_squared) == pytest.approx((2, 70))
    assert not trend.steady


@pytest.mark.parametrize(
    "slope, verdict",
    [(0.977, "no-change"), (0.978, "improving"), (-0.977, "no-change"), (-0.978, "worsening")],
)
def test_a_change_needs_a_chi_squared_above_9_5495(slope, verdict):
    """Standard errors of 1 and a straight line: var b = 5 / (5 x 55 - 15 x 15) = 0.1, so chi-squared is 10
    times
    the square of the slope: 9.5453 for 0.977 and 9.5648 for 0.978. The critical value is that of p =
    0.002."""
    assert judge(weighted([slope * k for k in range(5)], [1] * 5), HIGH) == verdict


@pytest.mark.parametrize(
    "values, weights",
    [
        ([-100, 0.3, 0.2, 0.1, 0], [1, 1, 1, 1, 1]),
        ([0.3, -100, 0.2, 0.1, 0], [1, 1, 1, 1, 1]),
        ([0.3, 0.2, -100, 0.1, 0], [1, 1, 1, 4, 4]),
        ([0.3, 0.2, 0.1, 100, 0], [1, 1, 1, 1, 1]),
        ([0.3, 0.2, 0.1, 0, 100], [1, 1, 1, 1, 1]),
    ],
    ids=["first", "second", "third", "fourth", "fifth"],
)
def test_a_rise_that_rests_on_one_point_is_not_steady(values, weights):
    """The point pulls the line up from whichever side it stands on; the four others fall."""
    trend = weighted(values, weights)
    assert trend.slope > 0 and not trend.steady


@pytest.mark.parametrize("values", [[0.1, 0.2, 0.3, 0.4, 0.5], [0, 0, 0.1, 0.1, 0.1]])
def test_a_rise_that_every_four_points_share_is_steady_however_small(values):
    assert weighted(values, [1] * 5).steady


def test_a_jump_after_four_equal_points_is_no_trend():
    """100, 100, 100, 100 and 300 of 1,000: without the last, the slope is nought but for binary fractions."""
    counts = [100, 100, 100, 100, 300]
    trend = recent_trend([n / 10 for n in counts], [proportion(n, 1000) for n in counts])
    assert trend.slope > 0 and not trend.steady


def test_fewer_than_five_points_are_not_tested():
    four = [proportion(k, 100) for k in (10, 20, 30, 40)]
    assert recent_trend([10, 20, 30, 40], four) is None
    assert judge(None, LOW) is Movement.NOT_TESTED


def test_an_interval_without_width_gives_no_weight():
    assert recent_trend([1, 2, 3, 4, 5], [Interval(1, 1)] * 5) is None


def test_only_the_last_five_points_count():
    early, late = [90, 5, 70, 1], [10, 20, 30, 40, 50]
    around = [Interval(v - 1, v + 1) for v in early + late]
    assert recent_trend(early + late, around) == recent_trend(late, around[-5:])


@pytest.mark.parametrize(
    "slope, polarity, verdict",
    [
        (0.2, HIGH, "improving"),
        (-0.2, HIGH, "worsening"),
        (0.2, LOW, "worsening"),
        (-0.2, LOW, "improving"),
        (0.2, NEUTRAL, "increasing"),
        (-0.2, NEUTRAL, "decreasing"),
    ],
)
def test_the_direction_is_named_by_polarity(slope, polarity, verdict):
    assert judge(Trend(slope, CRITICAL + 1, True), polarity) == verdict
    assert judge(Trend(slope, CRITICAL, True), polarity) is Movement.NO_CHANGE
    assert judge(Trend(slope, CRITICAL + 1, False), polarity) is Movement.NO_CHANGE


five = st.lists(st.floats(-1000, 1000), min_size=5, max_size=5)
widths = st.lists(st.floats(0.1, 100), min_size=5, max_size=5)


@given(five, widths)
def test_reversing_sign_and_polarity_leaves_the_judgement_as_it_is(values, width):
    around = [Interval(v - w, v + w) for v, w in zip(values, width, strict=True)]
    mirrored = [Interval(-i.upper, -i.lower) for i in around]
    assert judge(recent_trend(values, around), HIGH) is judge(
        recent_trend([-v for v in values], mirrored), LOW
    )


@given(five, st.floats(0.1, 100), st.floats(-100, 100))
def test_adding_a_constant_changes_neither_slope_nor_significance(values, width, constant):
    around = [Interval(v - width, v + width) for v in values]
    moved = [Interval(i.lower + constant, i.upper + constant) for i in around]
    before, after = recent_trend(values, around), recent_trend([v + constant for v in values], moved)
    assume(before.chi_squared < 1e6)
    assert after.slope == pytest.approx(before.slope, abs=1e-6)
