"""Check values: Stockport among all English authorities, year to March 2025 (tests/data/england), from a
review of November 2026.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures import overdispersion
from safeguarding.measures.overdispersion import rate_error, share_error
from tests.measures.england import STOCKPORT, counts, england, interval


def scores_of(indicator_id, multiplier=100):
    """z of every authority with counts."""
    benchmark = england(indicator_id)
    return {
        area: overdispersion.score(
            multiplier * count / base,
            benchmark,
            share_error(benchmark, base) if multiplier == 100 else rate_error(benchmark, base, multiplier),
        )
        for area, (count, base) in counts(indicator_id).items()
    }


@pytest.mark.parametrize(
    "indicator_id, multiplier, factor, z",
    [
        ("cpp_subsequent_pct", 100, 3.84, 1.55),
        ("rereferrals_pct", 100, 27.1, -1.53),
        ("referrals_rate", 10_000, 216, 5.25),
        ("icpc_15_days_pct", 100, 14.3, -4.98),
    ],
)
def test_overdispersion_and_stockports_gap(indicator_id, multiplier, factor, z):
    scores = scores_of(indicator_id, multiplier)
    found = overdispersion.factor(list(scores.values()))
    assert found == pytest.approx(factor, rel=0.002)
    assert scores[STOCKPORT] == pytest.approx(z, abs=0.005)
    assert not overdispersion.unusual(scores[STOCKPORT], found)


@pytest.mark.parametrize(
    "indicator_id, multiplier, share", [("referrals_rate", 10_000, 75), ("icpc_15_days_pct", 100, 30)]
)
def test_how_many_authorities_have_a_larger_gap(indicator_id, multiplier, share):
    scores = scores_of(indicator_id, multiplier)
    own = scores.pop(STOCKPORT)
    assert round(overdispersion.larger(own, list(scores.values()))) == share


@pytest.mark.parametrize("indicator_id, share", [("cla_3plus_placements_pct", 30), ("referrals_nfa_pct", 96)])
def test_how_many_authorities_differ_from_england(indicator_id, share):
    intervals = [interval(*pair) for pair in counts(indicator_id).values() if pair[0] <= pair[1]]
    assert overdispersion.differing(intervals, england(indicator_id)) == pytest.approx(share, abs=0.5)


def test_the_factor_by_hand():
    """-5 to 5: those beyond the 10th and 90th centile, -4 and 4, are moved in: (4 · 16 + 2 · (9 + 4 + 1)) /
    11.
    """
    assert overdispersion.factor(range(-5, 6)) == pytest.approx(92 / 11)


def test_the_factor_is_never_under_one():
    assert overdispersion.factor([0.1, -0.1, 0.2]) == 1


def test_limits_by_chance_alone_are_those_of_the_funnel():
    """353 children around 24.5 %: 20.01 to 28.99; four times the variance doubles the distance."""
    error = share_error(24.5, 353)
    assert overdispersion.limits(24.5, error, 1) == pytest.approx((20.01, 28.99), abs=0.005)
    assert overdispersion.limits(24.5, error, 4) == pytest.approx((15.53, 33.47), abs=0.01)
    assert overdispersion.limits(24.5, error, 1000, 100) == (0, 100)


def test_a_gap_on_the_limit_is_not_unusual():
    assert not overdispersion.unusual(2 * 1.959964, 4)
    assert overdispersion.unusual(-2 * 1.96, 4)


def test_nobody_else_has_no_share():
    assert overdispersion.larger(1, []) is None
    assert overdispersion.differing([], 24.5) is None


@pytest.mark.parametrize("benchmark, base", [(0, 10), (100, 10), (24.5, 0)])
def test_a_benchmark_without_spread_is_refused(benchmark, base):
    with pytest.raises(ValueError, match="no error"):
        share_error(benchmark, base)
    if benchmark < 100:
        with pytest.raises(ValueError, match="no error"):
            rate_error(benchmark, base, 10_000)


def test_a_rare_event_and_a_single_child_have_an_error_too():
    """√(0.5 · 99.5) is 7.053; √(0.5 · 10,000) is 70.71."""
    assert share_error(0.5, 1) == share_error(99.5, 1) == pytest.approx(7.053, abs=0.0005)
    assert rate_error(0.5, 1, 10_000) == pytest.approx(70.71, abs=0.005)


scores = st.lists(st.floats(-50, 50), min_size=1, max_size=60)


@given(scores, st.randoms())
def test_the_order_of_authorities_does_not_matter(values, chance):
    mixed = chance.sample(values, len(values))
    assert overdispersion.factor(mixed) == pytest.approx(overdispersion.factor(values))


@given(scores)
def test_a_mirrored_world_is_as_dispersed(values):
    assert overdispersion.factor([-z for z in values]) == pytest.approx(overdispersion.factor(values))


@given(scores, st.floats(1, 20))
def test_scores_so_many_times_as_large_make_the_square_of_it(values, times):
    before = sum(min(max(z, -1e9), 1e9) ** 2 for z in values)
    factor = overdispersion.factor(values)
    if factor > 1 and before:
        larger = overdispersion.factor([times * z for z in values])
        assert larger == pytest.approx(times**2 * factor)


@given(scores.filter(lambda v: len(v) > 1), st.integers(0, 59))
def test_the_largest_gap_has_none_above_it(values, which):
    own = values[which % len(values)]
    share = overdispersion.larger(own, values)
    assert 0 <= share < 100
    assert (share == 0) is (abs(own) == max(map(abs, values)))
