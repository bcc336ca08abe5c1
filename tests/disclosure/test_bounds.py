import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.disclosure.bounds import (
    ANY_SHARE,
    SMALL_COUNT,
    hidden_part,
    known,
    mean_of,
    rank_range,
)
from safeguarding.measures.intervals import Interval
from safeguarding.measures.rank import rank
from safeguarding.vocabulary import Polarity

HIGH, LOW, NEUTRAL = Polarity.HIGHER_BETTER, Polarity.LOWER_BETTER, Polarity.NEUTRAL


def test_two_hidden_bands_that_sum_to_33_are_each_1_to_32():
    """By hand: Stockport 2025, 273 = 96 + 78 + 66 + c + c, so each c is 1 to 32, 0.4 to 11.7 %."""
    part = hidden_part(273, 96 + 78 + 66, 2)
    assert part == Interval(1, 32)
    assert (100 * part.lower / 273, 100 * part.upper / 273) == pytest.approx((0.4, 11.7), abs=0.05)


def test_no_limit_is_worked_out_that_is_tighter_than_1_to_5():
    assert hidden_part(10, 7, 1) == Interval(1, 5)
    assert hidden_part(10, 8, 2) == Interval(1, 5)
    assert hidden_part(40, 7, 1) == Interval(1, 33)


@pytest.mark.parametrize("total, visible, hidden", [(10, 9, 2), (10, 11, 1), (10, 9, 0), (10, 10, 0)])
def test_parts_that_do_not_fit_are_refused(total, visible, hidden):
    with pytest.raises(ValueError, match="do not fit"):
        hidden_part(total, visible, hidden)


def test_the_widest_limits_are_those_of_dfes_rule_and_of_a_share():
    assert Interval(1, 5) == SMALL_COUNT
    assert Interval(0, 100) == ANY_SHARE


@given(st.lists(st.integers(1, 500), min_size=2, max_size=8), st.integers(2, 8))
def test_bounds_hold_what_each_hidden_part_turns_out_to_be(parts, hidden):
    hidden = min(hidden, len(parts))
    low, high = hidden_part(sum(parts), sum(parts[hidden:]), hidden)
    assert all(low <= part <= high for part in parts[:hidden])


@given(st.lists(st.tuples(st.floats(0, 100), st.booleans()), min_size=1, max_size=10))
def test_a_mean_with_hidden_parts_lies_between_its_bounds(parts):
    bounds = [SMALL_COUNT if 1 <= value <= 5 and hidden else known(value) for value, hidden in parts]
    low, high = mean_of(bounds)
    actual = sum(v for v, _ in parts) / len(parts)
    assert low - 1e-9 <= actual <= high + 1e-9


@given(
    st.floats(0, 100),
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100), st.floats(0, 1)), max_size=12),
    st.sampled_from([HIGH, LOW, NEUTRAL]),
)
def test_the_range_of_ranks_holds_the_rank_that_hidden_figures_turn_out_to_give(value, parts, polarity):
    others = [Interval(min(a, b), max(a, b)) for a, b, _ in parts]
    actual = [
        min(max(o.lower + t * (o.upper - o.lower), o.lower), o.upper)
        for o, (_, _, t) in zip(others, parts, strict=True)
    ]
    best, worst = rank_range(value, others, polarity)
    assert best <= rank(value, actual, polarity) <= worst


@given(st.floats(0, 100), st.lists(st.floats(0, 100), max_size=12), st.sampled_from([HIGH, LOW, NEUTRAL]))
def test_without_hidden_figures_the_range_is_the_rank(value, others, polarity):
    assert rank_range(value, [known(o) for o in others], polarity) == (rank(value, others, polarity),) * 2


def hidden_neighbours(store, catalogue, assume_primary: bool) -> list[Interval]:
    """Shares of plans of two years or more in 2025, of SN-2025, as limits from each table's own totals."""
    bands = [
        "cpp_open_3m_or_less_pct",
        "cpp_open_3_to_6m_pct",
        "cpp_open_6_to_12m_pct",
        "cpp_open_1_to_2y_pct",
        "cpp_open_2y_plus_pct",
    ]
    members = catalogue.neighbours["E08000007", "SN-2025"]
    rows = {
        (o.indicator_id, o.area_code): o
        for o in store.observations(1, bands, members)
        if o.period == "2024-25"
    }
    found = []
    for code in members:
        own = rows["cpp_open_2y_plus_pct", code]
        if own.value is not None:
            found.append(known(100 * own.numerator / own.denominator))
            continue
        visible = [rows[b, code].numerator for b in bands if rows[b, code].value is not None]
        part = (
            SMALL_COUNT
            if assume_primary
            else hidden_part(own.denominator, sum(visible), len(bands) - len(visible))
        )
        found.append(Interval(100 * part.lower / own.denominator, 100 * part.upper / own.denominator))
    return found


def test_the_feasible_means_of_the_real_neighbours(store, catalogue):
    """By hand: 1.4 to 9.6 from the tables' own totals; 1.4 to 2.3 if each c is 1 to 5."""
    assert mean_of(hidden_neighbours(store, catalogue, assume_primary=False)) == pytest.approx(
        (1.4, 9.6), abs=0.05
    )
    assert mean_of(hidden_neighbours(store, catalogue, assume_primary=True)) == pytest.approx(
        (1.4, 2.3), abs=0.05
    )
