"""Check values: Stockport, 2024-25, against the changes of all authorities from 2021-22 to 2023-24
(tests/data/england).
"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures.change import (
    FEWEST,
    Change,
    judge,
    rate_probability,
    share_probability,
    usual,
)
from safeguarding.measures.expected import changes_by_year, usual_before
from tests.measures.england import STOCKPORT, published

counts = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def stockport(indicator_id):
    """Stockport's change to 2025, and what was usual in the three years before."""
    held = published(indicator_id)
    series = [
        {year: value for year, value in values.items() if area == STOCKPORT or year < 2025}
        for area, values in held.items()
    ]
    own = held[STOCKPORT]
    return own[2025] - own[2024], usual_before(changes_by_year(series), 2025)


@pytest.mark.parametrize(
    "indicator_id, change, n, lower, upper, unusual",
    [
        ("cpp_subsequent_pct", 9.0, 435, -5.56, 8.06, True),
        ("icpc_15_days_pct", -7.2, 442, -11.97, 11.30, False),
        ("rereferrals_pct", 0.6, 440, -4.50, 4.01, False),
        ("cla_long_term_stability_pct", -7.0, 443, -7.0, 7.0, False),
    ],
)
def test_what_is_usual_has_the_centiles_of_the_review(indicator_id, change, n, lower, upper, unusual):
    own, around = stockport(indicator_id)
    assert own == pytest.approx(change)
    assert len(around.changes) == n
    assert (around.lower, around.upper) == pytest.approx((lower, upper), abs=0.005)
    assert around.unusual(own) is unusual


def test_repeat_plans_rose_by_more_than_chance_and_more_than_is_usual():
    own, around = stockport("cpp_subsequent_pct")
    p = share_probability(99, 353, 63, 332)
    assert p == pytest.approx(0.005, abs=0.0005)  # z = 2.79
    assert around.median == pytest.approx(0.90)
    assert math.floor(around.centile(own)) == 93
    assert round(around.as_far(own)) == 7  # "7 in 100 authorities saw in a year"
    assert judge(own, p, around) is Change.UNUSUAL_RISE


def test_re_referrals_changed_as_usual():
    own, around = stockport("rereferrals_pct")
    assert judge(own, share_probability(792, 3676, 719, 3447), around) is Change.USUAL


def test_conferences_fell_by_more_than_chance_but_as_is_usual_for_authorities():
    own, around = stockport("icpc_15_days_pct")
    p = share_probability(296, 412, 309, 391)
    assert p < 0.05
    assert judge(own, p, around) is Change.MORE_THAN_CHANCE


def test_a_change_on_the_limit_is_usual_even_without_counts():
    own, around = stockport("cla_long_term_stability_pct")
    assert judge(own, None, around) is Change.USUAL


synthetic = usual([float(k) for k in range(-20, 21)])  # 10th centile -16, 90th 16


@pytest.mark.parametrize(
    "difference, p, verdict",
    [
        (17.0, 0.01, Change.UNUSUAL_RISE),
        (-17.0, 0.01, Change.UNUSUAL_FALL),
        (16.0, 0.01, Change.MORE_THAN_CHANCE),
        (-16.0, 0.01, Change.MORE_THAN_CHANCE),
        (17.0, 0.05, Change.USUAL),
        (1.0, 0.5, Change.USUAL),
        (17.0, None, Change.UNUSUAL_UNTESTED),
        (16.0, None, Change.USUAL),
        (None, None, Change.NOT_TESTED),
    ],
)
def test_two_questions_make_one_verdict(difference, p, verdict):
    assert judge(difference, p, synthetic) is verdict


def test_a_small_change_is_unusual_where_nothing_else_moves():
    still = usual([0.0] * 30)
    assert judge(0.5, 0.01, still) is Change.UNUSUAL_RISE
    assert judge(-0.5, 0.01, still) is Change.UNUSUAL_FALL


@pytest.mark.parametrize(
    "change, as_far", [(17, 4), (-17, 4), (0.5, 20), (-0.5, 20), (0, 21), (21, 0), (-20, 1)]
)
def test_how_many_of_41_changes_from_minus_20_to_20_went_as_far(change, as_far):
    assert synthetic.as_far(change) == pytest.approx(100 * as_far / 41)


def test_thirty_changes_tell_what_is_usual_and_29_do_not():
    assert usual([1.0] * 30) is not None and usual([1.0] * 29) is None
    assert judge(9.0, 0.001, None) is Change.NOT_TESTED


def test_an_expected_count_of_five_is_enough_for_the_pooled_test():
    """2 and 8 of 10, by hand: 0.6 / √(0.25 · 0.2) = 2.683, p = 0.0073 in tables; Fisher's test would give
    0.023.
    """
    assert share_probability(8, 10, 2, 10) == pytest.approx(0.0073, abs=0.00005)


def test_the_tea_taster_has_fishers_probability():
    """Fisher, The Design of Experiments, 1935: three of four right, 1 in 70 and 16 in 70 on each side: 34 in
    70.
    """
    assert share_probability(3, 4, 1, 4) == pytest.approx(34 / 70)


def test_nought_against_five_of_ten_by_hand():
    """Two tables of C(10,5) in C(20,5) are no more likely."""
    assert share_probability(0, 10, 5, 10) == pytest.approx(2 * 252 / 15_504)


def test_pooled_z_by_hand():
    """20 and 30 of 100: pooled 0.25, error √(0.1875 · 0.02), z = 1.633, p = 0.1025 in tables of the normal
    curve.
    """
    assert share_probability(30, 100, 20, 100) == pytest.approx(0.1025, abs=0.0001)


def test_rates_have_the_probability_of_the_conditional_test():
    """Conover, Practical Nonparametric Statistics, 1971, p. 97: 682 of 925 where three quarters are expected,
    p = 0.3825,
    as printed with R's binom.test. Read as 682 events among 3 parts and 243 among 1."""
    assert rate_probability(682, 3, 243, 1) == pytest.approx(0.3825, abs=0.00005)


def test_eleven_births_among_800_as_printed_with_rs_poisson_test():
    """Breslow and Day, 1987, as in the help page of R's poisson.test: 11 among 800, 21 among 3,011, p =
    0.07967.
    """
    assert rate_probability(11, 800, 21, 3011) == pytest.approx(0.07967, abs=0.000005)


def test_large_counts_neither_overflow_nor_take_long():
    same = rate_probability(1_000_000, 10_000_000, 1_000_000, 10_000_000)
    assert same == 1
    # by the normal approximation z = 2,000 / √2,002,000 = 1.4135, p = 0.1575
    assert rate_probability(1_002_000, 10_000_000, 1_000_000, 10_000_000) == pytest.approx(0.1575, abs=0.0003)
    assert rate_probability(2_000_000, 10_000_000, 1_000_000, 10_000_000) < 1e-300


@pytest.mark.parametrize("numbers", [(5, 4, 1, 4), (-1, 4, 1, 4), (0, 0, 1, 4)])
def test_what_is_no_share_is_refused(numbers):
    with pytest.raises(ValueError, match="is no share"):
        share_probability(*numbers)


@pytest.mark.parametrize("numbers", [(-1, 4, 1, 4), (1, 0, 1, 4)])
def test_what_is_no_rate_is_refused(numbers):
    with pytest.raises(ValueError, match="are no rates"):
        rate_probability(*numbers)


@given(counts, counts)
def test_small_shares_agree_with_every_table_counted_out(now, before):
    (a, n), (b, m) = now, before
    if min(n, m) * min(a + b, n + m - a - b) >= 5 * (n + m):
        return
    ways = {k: math.comb(n, k) * math.comb(m, a + b - k) for k in range(max(0, a + b - m), min(n, a + b) + 1)}
    expected = sum(w for w in ways.values() if w <= ways[a]) / sum(ways.values())
    assert share_probability(a, n, b, m) == pytest.approx(expected, rel=1e-6)


@given(st.integers(0, 40), st.integers(1, 9), st.integers(0, 40), st.integers(1, 9))
def test_rates_agree_with_every_outcome_counted_out(a, n, b, m):
    ways = {k: math.comb(a + b, k) * n**k * m ** (a + b - k) for k in range(a + b + 1)}
    expected = sum(w for w in ways.values() if w <= ways[a]) / sum(ways.values())
    assert rate_probability(a, n, b, m) == pytest.approx(expected, rel=1e-6)


@given(counts, counts)
def test_it_does_not_matter_which_year_comes_first_or_which_part_is_counted(now, before):
    p = share_probability(*now, *before)
    assert 0 <= p <= 1
    assert share_probability(*before, *now) == pytest.approx(p, rel=1e-6)
    rest = share_probability(now[1] - now[0], now[1], before[1] - before[0], before[1])
    assert rest == pytest.approx(p, rel=1e-6)


many = st.lists(st.integers(-300, 300).map(lambda k: k / 10), min_size=FEWEST, max_size=80)


@given(many, st.randoms(), st.integers(-300, 300))
def test_the_order_of_authorities_does_not_matter(changes, chance, tenths):
    mixed = chance.sample(changes, len(changes))
    assert usual(mixed) == usual(changes)
    assert usual(mixed).centile(tenths / 10) == usual(changes).centile(tenths / 10)


@given(many, st.integers(-300, 300))
def test_a_mirrored_world_gives_the_mirrored_place(changes, tenths):
    here, there = usual(changes), usual([-c for c in changes])
    change = tenths / 10
    assert there.centile(-change) == pytest.approx(100 - here.centile(change))
    assert (there.lower, there.upper) == pytest.approx((-here.upper, -here.lower))
    assert here.lower <= here.median <= here.upper


@given(many)
def test_at_most_a_tenth_of_what_was_seen_lies_beyond_each_limit(changes):
    """Below the type 7 centile at (n - 1)/10 lie that many, and the one that it is interpolated from."""
    around = usual(changes)
    unusual = [c for c in changes if around.unusual(c)]
    for side in (sum(c < around.median for c in unusual), sum(c > around.median for c in unusual)):
        assert side <= (len(changes) - 1) / 10 + 1
