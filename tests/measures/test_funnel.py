import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures.funnel import LEVELS, proportion_limits, rate_limits
from safeguarding.measures.intervals import Z998, count_limits


def test_funnel_limits_of_the_real_case():
    """PHEindicatormethods (Funnels.R): n = 353, p = 0.245 gives 20.01 to 28.99 at 95 % and 17.43 to 31.57 at
    99.8 %.
    """
    assert proportion_limits(24.5, 353) == pytest.approx((20.01, 28.99), abs=0.005)
    assert proportion_limits(24.5, 353, Z998) == pytest.approx((17.43, 31.57), abs=0.005)


@pytest.mark.parametrize("benchmark", [0, 100])
def test_a_benchmark_of_none_or_all_leaves_nothing_to_chance(benchmark):
    assert proportion_limits(benchmark, 10) == (benchmark, benchmark)


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
    inner, outer = rate_limits(67, 64_910, 10_000), rate_limits(67, 64_910, 10_000, *LEVELS["99.8%"])
    assert outer.lower < inner.lower < 67 < inner.upper < outer.upper


# the counts that a place of 10 children may have where `expected` are expected, a child being one of the
# rate's 10
@pytest.mark.parametrize(
    "level, expected, fewest, most",
    [
        # upper limits of 0 and 1 are 3.6889 and 5.5716, lower limits of 10 and 11 are 4.7874 and 5.4837
        ("95%", 5, 1, 10),
        # -ln 0.001 = 6.9078 is above 5, so none may be; lower limits of 13 and 14 are 4.57 and 5.16
        ("99.8%", 5, 0, 13),
        # the upper limit of 0 is below 8, that of 1 is 9.2334
        ("99.8%", 8, 1, 18),
        ("95%", 0.5, 0, 2),
        ("95%", 0, 0, 0),
    ],
)
def test_a_funnel_of_rates_ends_at_the_last_counts_that_hold_the_benchmark(level, expected, fewest, most):
    assert rate_limits(expected, 10, 10, *LEVELS[level]) == (fewest, most)


def test_a_place_of_one_child_has_a_funnel_too():
    assert rate_limits(5, 1, 1) == (1, 10)


def test_a_benchmark_on_the_end_of_an_interval_is_in_it():
    assert rate_limits(count_limits(3).upper, 1, 1).lower == 3
    assert rate_limits(count_limits(12).lower, 1, 1).upper == 12


@pytest.mark.parametrize("benchmark, base", [(-0.5, 10), (100.5, 10), (50, 0), (50, -1)])
def test_what_is_no_share_has_no_funnel(benchmark, base):
    with pytest.raises(ValueError, match="no funnel limits"):
        proportion_limits(benchmark, base)


@pytest.mark.parametrize("benchmark, base", [(-0.5, 10), (67, 0), (67, -0.5)])
def test_what_is_no_rate_has_no_funnel(benchmark, base):
    with pytest.raises(ValueError, match="no funnel limits"):
        rate_limits(benchmark, base, 10_000)
