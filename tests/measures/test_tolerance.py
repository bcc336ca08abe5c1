import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeguarding.measures import bands, tolerance
from safeguarding.measures.intervals import Interval
from safeguarding.measures.rank import Cuts, quartile_band, quartiles
from safeguarding.vocabulary import Polarity, Tolerance

HIGH, LOW, NEUTRAL = Polarity.HIGHER_BETTER, Polarity.LOWER_BETTER, Polarity.NEUTRAL
numbers = st.floats(-1e4, 1e4)
WITHIN, NEAR, OUTSIDE = Tolerance.WITHIN, Tolerance.NEAR, Tolerance.OUTSIDE


@pytest.mark.parametrize(
    "verdict, judged",
    [
        # re-referrals of 21.5 %, low is good: one figure, four rules, three colours
        (NEAR, lambda: tolerance.absolute(21.5, 20, 23, LOW)),
        (OUTSIDE, lambda: tolerance.off_target(21.5, 20, LOW, percent=5)),
        (NEAR, lambda: tolerance.off_target(21.5, 20, LOW, percent=10)),
        (WITHIN, lambda: bands.near_benchmark(21.5, 20.9, 2, None, LOW)),
        (WITHIN, lambda: bands.near_benchmark(21.5, 19.6, 2, None, LOW)),
        (OUTSIDE, lambda: bands.near_benchmark(21.5, 17.4, 2, None, LOW)),
        (NEAR, lambda: tolerance.quartile("C")),
    ],
)
def test_the_worked_example_gives_its_three_colours(verdict, judged):
    assert judged() is verdict


@pytest.mark.parametrize(
    "value, verdict", [(20, WITHIN), (20.0001, NEAR), (23, NEAR), (23.0001, OUTSIDE), (0, WITHIN)]
)
def test_a_limit_belongs_to_the_better_side(value, verdict):
    assert tolerance.absolute(value, 20, 23, LOW) is verdict


@pytest.mark.parametrize(
    "value, verdict",
    [(10, WITHIN), (20, WITHIN), (9.99, NEAR), (5, NEAR), (25, NEAR), (4.99, OUTSIDE), (25.01, OUTSIDE)],
)
def test_a_band_has_two_sides_and_its_edges_belong_to_the_better_one(value, verdict):
    assert bands.in_band(value, None, bands.Band(5, 10, 20, 25)) is verdict


# a target of 80 with 10 % and 20 with 2 points: the edges are 72 and 22; a benchmark of 50 with 5 points: 45
# and 40
@pytest.mark.parametrize(
    "judge, within, near",
    [
        (lambda v: tolerance.off_target(v, 80, HIGH, percent=10), 80, 72),
        (lambda v: tolerance.off_target(v, 20, LOW, points=2), 20, 22),
        (lambda v: bands.near_benchmark(v, 50, 5, None, HIGH), 45, 40),
        (lambda v: bands.near_benchmark(v, 50, 5, None, LOW), 55, 60),
        (lambda v: tolerance.off_target(v, -20, HIGH, percent=10), -20, -22),
    ],
)
def test_margins_end_where_they_are_said_to(judge, within, near):
    worse = 0.001 if near > within else -0.001
    assert judge(within) is WITHIN and judge(within + worse) is NEAR
    assert judge(near) is NEAR and judge(near + worse) is OUTSIDE


def test_a_band_may_have_no_width():
    assert bands.in_band(5, None, bands.Band(5, 5, 5, 5)) is WITHIN
    assert bands.in_band(5.001, None, bands.Band(5, 5, 5, 5)) is OUTSIDE


def test_a_sum_of_decimals_on_a_limit_is_on_it():
    assert bands.near_benchmark(24.4, 22.4, 2, None, LOW) is WITHIN
    assert bands.near_benchmark(0.1 + 0.2, 0.1, 0.2, None, LOW) is WITHIN


@given(numbers, numbers, numbers)
def test_reversing_polarity_and_sign_leaves_the_judgement_unchanged(value, a, b):
    green, red = max(a, b), min(a, b)
    assert tolerance.absolute(value, green, red, HIGH) is tolerance.absolute(-value, -green, -red, LOW)


@given(numbers, numbers, st.floats(0, 100), st.sampled_from([HIGH, LOW]))
def test_a_better_value_never_gets_a_worse_verdict(value, benchmark, points, polarity):
    order = [OUTSIDE, NEAR, WITHIN]
    better = value + (1 if polarity is HIGH else -1)
    here, there = (bands.near_benchmark(v, benchmark, points, None, polarity) for v in (value, better))
    assert order.index(there) >= order.index(here)


@pytest.mark.parametrize(
    "band, verdict", [("A", WITHIN), ("B", NEAR), ("C", NEAR), ("D", OUTSIDE), (None, Tolerance.NO_VALUE)]
)
def test_quartiles_judge(band, verdict):
    assert tolerance.quartile(band) is verdict


def test_a_hidden_value_is_never_judged():
    assert tolerance.absolute(None, 20, 23, LOW) is Tolerance.NO_VALUE
    assert tolerance.off_target(None, 20, LOW, points=1) is Tolerance.NO_VALUE
    assert bands.near_benchmark(None, 20, 1, None, LOW) is Tolerance.NO_VALUE
    assert bands.near_benchmark(20, None, 1, None, LOW) is Tolerance.NO_VALUE
    assert bands.in_band(None, None, bands.Band(1, 2, 3, 4)) is Tolerance.NO_VALUE


def test_rules_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="two-sided band"):
        tolerance.absolute(1, 2, 3, NEUTRAL)
    with pytest.raises(ValueError, match="at least as good"):
        tolerance.absolute(1, 3, 2, LOW)
    with pytest.raises(ValueError, match="must rise"):
        bands.Band(4, 3, 2, 1)
    with pytest.raises(ValueError, match="percent or in points"):
        tolerance.off_target(1, 2, LOW, points=1, percent=2)
    with pytest.raises(ValueError, match="cannot be negative"):
        tolerance.off_target(1, 2, LOW, points=-1)


def test_quartile_bands_from_the_real_cuts():
    """England 2025 (DfE): repeat plans of 28.0 are in the last quarter and re-referrals of 21.5 in the third,
    low is good.
    """
    assert quartile_band(28.0, Cuts(20.0, 24.3, 27.6), LOW) == "D"
    assert quartile_band(21.5, Cuts(16.9, 20.0, 23.0), LOW) == "C"
    assert quartile_band(21.5, quartiles([1, 2, 3]), NEUTRAL) is None


@given(numbers, numbers, st.sampled_from([HIGH, LOW]))
def test_the_better_side_of_a_limit_is_what_is_within_by_it(value, limit, polarity):
    low, high = tolerance.better_side(limit, polarity)
    assume(value == limit or abs(value - limit) > 1e-6)
    assert (low <= value <= high) == (tolerance.absolute(value, limit, limit, polarity) is WITHIN)


def test_of_two_ends_the_nearer_is_the_limit():
    both = Interval(20.0, 30.0)
    assert [tolerance.nearest(both, v) for v in (0, 24.9, 25, 25.1, 99)] == [20, 20, 20, 30, 30]
    assert tolerance.nearest(tolerance.better_side(20.0, LOW), 99) == 20
    assert tolerance.nearest(None, 20) is None
