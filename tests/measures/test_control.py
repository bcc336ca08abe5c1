"""Check values: NHSRplotthedots, restated in docs/methods.md#control-chart; the vignette is its "Deviations
from the NHS
Excel tool". The two series are Stockport's published percentages of the years to March 2013 to 2025 (DfE, d3
and c1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures.control import Limits, Signal, assurance, judge, limits, signals
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


def test_screening_keeps_a_difference_below_3_267_times_the_mean_and_drops_one_of_just_that():
    """Differences of 1 (nine times) and 4: mean 1.3, 3.267 times it 4.25, so 4 is kept. Differences of 3267,
    1733 and
    three of 0: mean 1000, so 3267 is dropped and the mean of the four others is 433.25."""
    kept = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 5]
    assert limits(kept, screened=True) == limits(kept)
    assert limits([0, 3267, 1534, 1534, 1534, 1534], screened=True).mean_range == 433.25


def test_screening_a_series_that_never_moves_drops_nothing():
    assert limits([5.0] * 6, screened=True) == Limits(5, 0, 5, 5, True)


RUN, TREND, TWO = Signal(2, True), Signal(3, True), Signal(4, True)


# synthetic series around a mean of 0 with limits at 3 and -3, so near lines at 2 and -2; answers by the
# rules' words
@pytest.mark.parametrize(
    "values, found",
    [
        ([], []),
        ([1.0], [None]),
        # 1: outside, strictly
        ([3.0, -0.5], [None, None]),
        ([3.001, -0.5], [Signal(1, True), None]),
        ([-3.0, 0.5], [None, None]),
        ([-3.001, 0.5], [Signal(1, False), None]),
        # 2: seven in a row on one side, flagged back to the first; a point on the mean is on neither
        ([-0.5, 0.5, 0.4, 0.5, 0.4, 0.5, 0.4, 0.5], [None, *[RUN] * 7]),
        ([0.5, 0.4, 0.5, 0.4, 0.5, 0.4], [None] * 6),
        ([0.5, 0.4, 0.5, 0.0, 0.5, 0.4, 0.5], [None] * 7),
        ([-0.5, -0.4, -0.5, 0.0, -0.5, -0.4, -0.5], [None] * 7),
        ([0.0] * 7, [None] * 7),
        # 3: seven points that go one way; an equal pair breaks them
        ([-0.3, -0.2, -0.1, 0.05, 0.1, 0.2, 0.3], [TREND] * 7),
        ([-0.3, -0.2, -0.1, 0.05, 0.1, 0.2], [None] * 6),
        ([0.0, -0.3, -0.2, -0.1, 0.05, 0.1, 0.2, 0.3], [None, *[TREND] * 7]),
        ([-0.3, -0.2, -0.1, 0.05, 0.1, 0.2, 0.3, 0.0], [*[TREND] * 7, None]),
        ([-0.3, -0.2, -0.1, -0.1, 0.1, 0.2, 0.3], [None] * 7),
        ([0.3, 0.2, 0.1, 0.1, -0.1, -0.2, -0.3], [None] * 7),
        # 4: two of three beyond the near line, not on it, and up to the limit; the third on the same side,
        # not on the mean
        ([2.5, 0.5, 2.5], [TWO, None, TWO]),
        ([2.5, 2.5, 2.5], [TWO] * 3),
        ([2.5, 0.5, 0.5], [None] * 3),
        ([2.0, 0.5, 2.5], [None] * 3),
        ([3.0, 0.5, 2.5], [TWO, None, TWO]),
        ([2.5, 0.5, 3.5], [None, None, Signal(1, True)]),
        ([2.5, 0.0, 2.5], [None] * 3),
        ([2.5, -0.5, 2.5], [None] * 3),
        ([2.5, 0.5, 0.5, 2.5], [None] * 4),
    ],
)
def test_each_rule_flags_its_points_on_either_side(values, found):
    assert signals(values, AROUND_NOUGHT) == found
    turned = [s and Signal(s.rule, not s.high) for s in found]
    assert signals([-v for v in values], AROUND_NOUGHT) == turned


def test_a_run_of_six_can_be_asked_for():
    assert signals([0.5, 0.4, 0.5, 0.4, 0.5, 0.4], AROUND_NOUGHT, run=6) == [RUN] * 6


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


# a target on a limit may still be met, or missed, by chance
@pytest.mark.parametrize(
    "target, higher_better, lower_better",
    [
        (5.001, "misses", "meets"),
        (5, "hit-and-miss", "hit-and-miss"),
        (0, "hit-and-miss", "hit-and-miss"),
        (-5, "hit-and-miss", "hit-and-miss"),
        (-5.001, "meets", "misses"),
    ],
)
def test_assurance_asks_whether_chance_alone_would_meet_the_target(target, higher_better, lower_better):
    around = Limits(0, 1, -5, 5, False)
    assert assurance(target, around, Polarity.HIGHER_BETTER) == higher_better
    assert assurance(target, around, Polarity.LOWER_BETTER) == lower_better
    assert assurance(target, around, Polarity.NEUTRAL) is None


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
