"""Check values: DOMAIN.md section 0, the real series of Stockport, year ending March 2021 to 2025."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeguarding.measures.intervals import Interval, proportion, rate
from safeguarding.measures.movement import CRITICAL, Trend, judge, recent_trend
from safeguarding.vocabulary import Movement, Polarity

HIGH, LOW, NEUTRAL = Polarity.HIGHER_BETTER, Polarity.LOWER_BETTER, Polarity.NEUTRAL


def trend_of(store, catalogue, indicator_id) -> Trend:
    """The trend of Stockport's last five published points, from their counts."""
    indicator = catalogue.indicators[indicator_id]
    rows = [
        o
        for o in store.observations(1, [indicator_id], ["E08000007"])
        if o.numerator is not None and o.denominator
    ][-5:]
    assert [o.period for o in rows] == ["2020-21", "2021-22", "2022-23", "2023-24", "2024-25"]
    limits = [
        proportion(o.numerator, o.denominator)
        if indicator.unit == "percent"
        else rate(o.numerator, o.denominator, 10_000)
        for o in rows
    ]
    return recent_trend([o.judged(indicator) for o in rows], limits)


def test_repeat_plans_have_not_changed_and_their_sign_is_not_steady(store, catalogue):
    trend = trend_of(store, catalogue, "cpp_subsequent_pct")
    assert trend.chi_squared == pytest.approx(0.135, abs=0.0005)
    assert not trend.steady and judge(trend, LOW) is Movement.NO_CHANGE


def test_re_referrals_are_rising_and_that_is_worse(store, catalogue):
    trend = trend_of(store, catalogue, "rereferrals_pct")
    assert trend.chi_squared == pytest.approx(10.82, abs=0.005)
    assert trend.steady and judge(trend, LOW) is Movement.WORSENING


def test_the_looked_after_rate_shows_no_significant_change(store, catalogue):
    """DOMAIN gives the counts: 409/62,227, 447/62,507, 479/63,554, 493/64,311, 485/64,910."""
    pairs = [(409, 62_227), (447, 62_507), (479, 63_554), (493, 64_311), (485, 64_910)]
    trend = recent_trend([10_000 * a / b for a, b in pairs], [rate(a, b, 10_000) for a, b in pairs])
    assert trend.chi_squared == pytest.approx(4.82, abs=0.005)
    assert judge(trend, NEUTRAL) is Movement.NO_CHANGE


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
        (1, HIGH, "improving"),
        (-1, HIGH, "worsening"),
        (1, LOW, "worsening"),
        (-1, LOW, "improving"),
        (1, NEUTRAL, "increasing"),
        (-1, NEUTRAL, "decreasing"),
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
