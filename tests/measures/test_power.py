"""Check values: Stockport's bases of 2024-25 and England's figures; gaps from a review of November 2026."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures.intervals import proportion, rate
from safeguarding.measures.overdispersion import rate_error, share_error
from safeguarding.measures.power import rate_needed, share_needed, smallest_gap
from safeguarding.vocabulary import Polarity

HIGH, LOW, NEUTRAL = Polarity.HIGHER_BETTER, Polarity.LOWER_BETTER, Polarity.NEUTRAL


@pytest.mark.parametrize(
    "england, base, gap",
    [
        (24.5, 353, 6.4),
        (81.4, 412, 5.4),
        (54.0, 171, 10.7),
        (10.0, 485, 3.8),
        (90.6, 177, 6.1),
        (22.6, 3676, 1.9),
    ],
    ids=["repeat plans", "conferences", "care leavers", "three placements", "reviews", "re-referrals"],
)
def test_what_could_not_be_seen_in_shares(england, base, gap):
    assert smallest_gap(share_error(england, base)) == pytest.approx(gap, abs=0.05)


def test_what_could_not_be_seen_in_the_rate_of_looked_after_children():
    assert smallest_gap(rate_error(67, 64_910, 10_000)) == pytest.approx(9.0, abs=0.05)


def test_seventy_of_353_repeat_plans_would_be_better_than_england():
    assert share_needed(353, 24.5, LOW) == 70
    assert proportion(70, 353) == pytest.approx((16.0, 24.3), abs=0.05)


def test_no_count_may_do():
    """Of three children none is still 0 to 56 %."""
    assert share_needed(3, 24.5, LOW) is None
    assert share_needed(3, 99, HIGH) is None
    assert rate_needed(1000, 1, 10_000, LOW) is None


def test_a_neutral_indicator_has_no_better_side():
    with pytest.raises(ValueError, match="better side"):
        share_needed(353, 24.5, NEUTRAL)


bases, shares = st.integers(1, 2000), st.integers(1, 99)


@given(bases, shares, st.sampled_from([HIGH, LOW]))
def test_the_count_needed_will_do_and_one_child_less_good_will_not(base, benchmark, polarity):
    needed = share_needed(base, benchmark, polarity)
    if polarity is LOW:
        if needed is not None:
            assert proportion(needed, base).upper < benchmark
        worse = 0 if needed is None else needed + 1
        assert worse > base or proportion(worse, base).upper >= benchmark
    else:
        if needed is not None:
            assert proportion(needed, base).lower > benchmark
        worse = base if needed is None else needed - 1
        assert worse < 0 or proportion(worse, base).lower <= benchmark


@given(bases, shares)
def test_counting_the_others_mirrors_what_is_needed(base, benchmark):
    low, high = share_needed(base, benchmark, LOW), share_needed(base, 100 - benchmark, HIGH)
    assert (low is None and high is None) or low == base - high


@given(st.integers(100, 100_000), st.integers(1, 500))
def test_events_needed_for_a_rate(base, benchmark):
    most = rate_needed(base, benchmark, 10_000, LOW)
    if most is not None:
        assert rate(most, base, 10_000).upper < benchmark <= rate(most + 1, base, 10_000).upper
    least = rate_needed(base, benchmark, 10_000, HIGH)
    assert rate(least, base, 10_000).lower > benchmark >= rate(least - 1, base, 10_000).lower


@given(bases, shares, st.integers(2, 9))
def test_more_children_show_a_smaller_gap(base, benchmark, times):
    few, many = (smallest_gap(share_error(benchmark, n)) for n in (base, base * times))
    assert many == pytest.approx(few / times**0.5)
