"""Check values: Stockport's published counts, 2023-24 and 2024-25; the parts of a change from a review of
November 2026.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures.intervals import proportion, rate
from safeguarding.measures.pooled import parts_of_change, pooled_rate, pooled_share


def test_two_years_of_repeat_plans():
    """63 of 332 and 99 of 353 are 162 of 685, 23.6 %, and no mean of 19.0 and 28.0."""
    found = pooled_share([63, 99], [332, 353])
    assert (found.count, found.base) == (162, 685)
    assert found.value == pytest.approx(23.65, abs=0.005)
    assert found.limits == proportion(162, 685)


def test_two_years_of_looked_after_children_are_a_rate_a_year():
    found = pooled_rate([493, 485], [64_311, 64_910], 10_000)
    assert found.value == pytest.approx(75.68, abs=0.005)  # 978 among 129,221
    assert found.limits == rate(978, 129_221, 10_000)


def test_eight_fewer_looked_after_children_are_five_more_by_population_and_thirteen_fewer_by_rate():
    found = parts_of_change(485, 64_910, 493, 64_311)
    assert found == pytest.approx((4.6, -12.6), abs=0.05)
    assert sum(found) == pytest.approx(-8)


@pytest.mark.parametrize("counts, bases", [([], []), ([1, 2], [3]), ([5], [4]), ([0], [0])])
def test_what_cannot_be_pooled_is_refused(counts, bases):
    with pytest.raises(ValueError):
        pooled_share(counts, bases)


def test_a_change_without_children_is_refused():
    with pytest.raises(ValueError, match="above nought"):
        parts_of_change(1, 10, 0, 0)


years = st.lists(
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=5
)


@given(years, st.randoms())
def test_the_order_of_years_does_not_matter_and_the_figure_lies_among_theirs(pairs, chance):
    def pooled(which):
        return pooled_share([count for count, _ in which], [base for _, base in which])

    found = pooled(pairs)
    assert pooled(chance.sample(pairs, len(pairs))) == found
    each = [100 * count / base for count, base in pairs]
    assert min(each) - 1e-9 <= found.value <= max(each) + 1e-9


@given(st.integers(100, 300), st.integers(400, 800))
def test_two_like_years_narrow_the_interval_by_nearly_three_tenths(count, base):
    one, two = proportion(count, base), pooled_share([count] * 2, [base] * 2).limits
    assert 0.68 < (two.upper - two.lower) / (one.upper - one.lower) < 0.75


bases, numbers = st.integers(1, 10**6), st.integers(0, 10**5)


@given(numbers, bases, numbers, bases)
def test_the_parts_add_up_to_the_change(count, base, count_before, base_before):
    found = parts_of_change(count, base, count_before, base_before)
    assert sum(found) == pytest.approx(count - count_before, rel=1e-9, abs=1e-6)


@given(numbers, numbers, bases)
def test_a_population_that_stays_leaves_all_to_the_rate(count, count_before, base):
    assert parts_of_change(count, base, count_before, base) == (0, count - count_before)
