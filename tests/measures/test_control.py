"""Check values: DOMAIN.md sections 0 and (a), which restate NHSRplotthedots and its deviations vignette."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures.control import Limits, Signal, judge, limits, signals
from safeguarding.vocabulary import Movement, Polarity

REPEAT_PLANS = [9.1, 10, 19.3, 17.6, 14, 19.5, 21.5, 21.1, 27.1, 24.4, 26.2, 19, 28]
RE_REFERRALS = [25.2, 20.1, 21.8, 18.5, 20.8, 21, 24.3, 20.8, 18.9, 19.3, 22.3, 20.9, 21.5]
VIGNETTE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
AROUND_NOUGHT = Limits(0, 1, -3, 3, False)


@pytest.mark.parametrize(
    "values, mean, spread, lower, upper",
    [(REPEAT_PLANS, 19.75, 4.18, 8.65, 30.86), (RE_REFERRALS, 21.18, 2.23, 15.27, 27.10)],
)
def test_mean_and_limits_of_the_real_series(values, mean, spread, lower, upper):
    found = limits(values)
    assert (found.mean, found.mean_range, found.lower, found.upper) == pytest.approx(
        (mean, spread, lower, upper), abs=0.011
    )
    assert not found.trial


def test_the_latest_points_are_common_cause():
    for values in (REPEAT_PLANS, RE_REFERRALS):
        assert signals(values, limits(values))[-1] is None


def test_the_first_two_years_of_repeat_plans_trip_the_two_of_three_rule():
    found = limits(REPEAT_PLANS)
    assert found.near_lower == pytest.approx(12.35, abs=0.01)
    assert signals(REPEAT_PLANS, found)[:2] == [Signal(4, False), Signal(4, False)]


def test_screening_drops_the_outlier_once():
    screened, plain = limits(VIGNETTE, screened=True), limits(VIGNETTE)
    assert (screened.upper, screened.mean, screened.lower) == pytest.approx((4.6, 1.94, -0.72), abs=0.006)
    assert (plain.upper, plain.mean, plain.lower) == pytest.approx((6.95, 1.94, -3.06), abs=0.006)


@pytest.mark.parametrize(
    "n, there, trial", [(5, False, None), (6, True, True), (11, True, True), (12, True, False)]
)
def test_limits_need_six_points_and_are_trial_below_twelve(n, there, trial):
    found = limits([1.0, 2.0] * 6) if n == 12 else limits(([1.0, 2.0] * 6)[:n])
    assert (found is not None) == there
    if there:
        assert found.trial is trial


def test_a_point_on_a_limit_is_not_outside_it():
    assert signals([3.0, -3.0, 3.001], AROUND_NOUGHT)[:2] == [None, None]
    assert signals([0.5, 3.001], AROUND_NOUGHT)[1] == Signal(1, True)


def test_seven_on_one_side_are_a_run_flagged_back_to_its_start():
    seven = [0.5, 0.4, 0.5, 0.4, 0.5, 0.4, 0.5]
    assert signals([-0.5, *seven], AROUND_NOUGHT) == [None, *[Signal(2, True)] * 7]
    assert signals(seven[:6], AROUND_NOUGHT) == [None] * 6
    assert signals(seven[:6], AROUND_NOUGHT, run=6) == [Signal(2, True)] * 6


def test_a_point_on_the_mean_breaks_a_run():
    assert signals([0.5, 0.4, 0.5, 0.0, 0.5, 0.4, 0.5], AROUND_NOUGHT) == [None] * 7


def test_seven_points_that_rise_six_times_are_a_trend_and_an_equal_pair_breaks_it():
    rising = [-0.3, -0.2, -0.1, 0.05, 0.1, 0.2, 0.3]
    assert signals(rising, AROUND_NOUGHT) == [Signal(3, True)] * 7
    assert signals([-v for v in rising], AROUND_NOUGHT) == [Signal(3, False)] * 7
    assert signals([-0.3, -0.2, -0.1, -0.1, 0.1, 0.2, 0.3], AROUND_NOUGHT) == [None] * 7


def test_two_of_three_beyond_the_near_line_must_lie_on_one_side_with_the_third():
    assert signals([2.5, 0.5, 2.5], AROUND_NOUGHT) == [Signal(4, True), None, Signal(4, True)]
    assert signals([2.5, -0.5, 2.5], AROUND_NOUGHT) == [None] * 3
    assert signals([2.5, 0.5, 3.5], AROUND_NOUGHT) == [None, None, Signal(1, True)]


def test_rules_are_named_in_the_order_one_three_four_two():
    values = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 3.5]
    found = signals(values, AROUND_NOUGHT)
    assert found[-1] == Signal(1, True) and found[0] == Signal(3, True)


@pytest.mark.parametrize(
    "signal, polarity, verdict",
    [
        (None, Polarity.HIGHER_BETTER, Movement.NO_CHANGE),
        (Signal(1, True), Polarity.HIGHER_BETTER, Movement.IMPROVING),
        (Signal(1, True), Polarity.LOWER_BETTER, Movement.WORSENING),
        (Signal(2, False), Polarity.NEUTRAL, Movement.DECREASING),
    ],
)
def test_the_latest_point_gives_the_verdict(signal, polarity, verdict):
    assert judge(signal, polarity) is verdict


series = st.lists(st.floats(-1e4, 1e4), min_size=6, max_size=40)


@given(series, st.floats(-1e4, 1e4))
def test_adding_a_constant_moves_the_limits_by_it(values, constant):
    before, after = limits(values), limits([v + constant for v in values])
    assert after.mean == pytest.approx(before.mean + constant, abs=1e-6)
    assert after.upper == pytest.approx(before.upper + constant, abs=1e-6)
    assert after.mean_range == pytest.approx(before.mean_range, abs=1e-6)


@given(series)
def test_turning_a_series_upside_down_turns_every_signal(values):
    found = signals(values, limits(values))
    turned = signals([-v for v in values], limits([-v for v in values]))
    for a, b in zip(found, turned, strict=True):
        assert (a is None) == (b is None)
        if a:
            assert a.rule == b.rule and a.high != b.high
