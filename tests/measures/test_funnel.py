import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures.funnel import ALPHA998, proportion_limits, rate_limits
from safeguarding.measures.intervals import Z998, count_limits


def test_funnel_limits_of_the_real_case():
    """DOMAIN (b): n = 353, p = 0.245 gives 20.01 to 28.99 at 95 % and 17.43 to 31.57 at 99.8 %."""
    assert proportion_limits(24.5, 353) == pytest.approx((20.01, 28.99), abs=0.005)
    assert proportion_limits(24.5, 353, Z998) == pytest.approx((17.43, 31.57), abs=0.005)


@given(st.floats(0, 100), st.integers(1, 10**6))
def test_a_funnel_of_shares_is_cut_at_0_and_100_and_holds_its_benchmark(benchmark, base):
    lower, upper = proportion_limits(benchmark, base)
    assert 0 <= lower <= benchmark <= upper <= 100


@given(st.integers(5, 400), st.integers(1000, 100_000), st.integers(0, 4000))
def test_a_rate_is_outside_the_funnel_exactly_where_its_interval_leaves_the_benchmark_out(
    benchmark, base, count
):
    limits = rate_limits(benchmark, base, 10_000)
    expected = benchmark * base / 10_000
    own = count_limits(count)
    inside = own.lower <= expected <= own.upper
    assert inside == (limits.lower - 1e-9 <= 10_000 * count / base <= limits.upper + 1e-9)


def test_the_outer_funnel_is_wider():
    inner, outer = rate_limits(67, 64_910, 10_000), rate_limits(67, 64_910, 10_000, Z998, ALPHA998)
    assert outer.lower < inner.lower < 67 < inner.upper < outer.upper
