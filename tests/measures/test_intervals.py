"""Check values: the formulae of PHEindicatormethods (Rates.R, utils.R) and, for exact Poisson limits, tables
of the
chi-squared distribution."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures.intervals import Z998, count_limits, proportion, rate

shares = st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    "count, base, lower, upper",
    [
        (99, 353, 23.61, 32.95),
        (63, 332, 15.12, 23.54),
        (13, 265, 2.89, 8.21),
        (127, 188, 60.57, 73.84),
        (792, 3676, 20.25, 22.90),
    ],
)
def test_wilson_gives_the_published_limits(count, base, lower, upper):
    assert proportion(count, base) == pytest.approx((lower, upper), abs=0.005)


def test_wilson_at_99_8_per_cent():
    assert proportion(99, 353, Z998) == pytest.approx((21.31, 35.94), abs=0.005)


@pytest.mark.parametrize(
    "count, lower, upper",
    [(0, 0, 3.6889), (1, 0.0253, 5.5716), (3, 0.6187, 8.7673), (5, 1.6235, 11.6683), (9, 4.1154, 17.0848)],
)
def test_a_small_count_has_exact_limits(count, lower, upper):
    assert count_limits(count) == pytest.approx((lower, upper), abs=0.00005)


@pytest.mark.parametrize("count, lower, upper", [(10, 4.7874, 18.3915), (20, 12.2114, 30.8899)])
def test_from_ten_on_byar_decides(count, lower, upper):
    assert count_limits(count) == pytest.approx((lower, upper), abs=0.00006)


@pytest.mark.parametrize(
    "count, base, lower, upper", [(273, 64_910, 37.22, 47.35), (485, 64_910, 68.22, 81.67)]
)
def test_a_rate_per_10_000_has_its_limits(count, base, lower, upper):
    assert rate(count, base, 10_000) == pytest.approx((lower, upper), abs=0.005)


def test_a_rate_of_one_child_and_one_event_has_limits():
    assert rate(1, 1, 1) == pytest.approx((0.0253, 5.5716), abs=0.00005)


@pytest.mark.parametrize("count, lower, upper", [(0, 0, 6.9078), (1, 0.0010, 9.2334), (3, 0.1905, 13.0622)])
def test_exact_limits_at_99_8_per_cent(count, lower, upper):
    """The tails of 0.1 %: exp(-m) = 0.001 gives 6.9078, exp(-m) (1 + m) = 0.001 gives 9.2334."""
    assert count_limits(count, Z998, 0.002) == pytest.approx((lower, upper), abs=0.00006)


@given(shares)
def test_an_interval_holds_its_share_and_stays_in_0_to_100(share):
    count, base = share
    lower, upper = proportion(count, base)
    assert 0 <= lower <= 100 * count / base + 1e-9
    assert 100 * count / base - 1e-9 <= upper <= 100


@given(shares, st.integers(2, 50))
def test_an_interval_shrinks_as_the_base_grows(share, times):
    count, base = share
    small, large = proportion(count, base), proportion(count * times, base * times)
    assert large.upper - large.lower < small.upper - small.lower


@given(st.integers(0, 5000))
def test_the_limits_hold_their_count_and_rise_with_it(count):
    here, further = count_limits(count), count_limits(count + 1)
    assert here.lower <= count <= here.upper
    assert further.lower > here.lower and further.upper > here.upper


@pytest.mark.parametrize("count, base", [(5, 4), (-1, 4), (0, 0), (1, -2)])
def test_what_is_no_share_is_refused(count, base):
    with pytest.raises(ValueError, match="is no share"):
        proportion(count, base)


def test_a_rate_without_children_and_a_negative_count_are_refused():
    with pytest.raises(ValueError, match="base above nought"):
        rate(1, 0, 10_000)
    with pytest.raises(ValueError, match="cannot be -1"):
        count_limits(-1)
