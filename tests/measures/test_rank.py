import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures.rank import Cuts, quantile, quartile_band, quartiles, rank
from safeguarding.vocabulary import Polarity
from tests.conftest import taken_down

HIGH, LOW, NEUTRAL = Polarity.HIGHER_BETTER, Polarity.LOWER_BETTER, Polarity.NEUTRAL
values = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60)


def test_type_7_interpolates_as_r_does():
    """Hyndman and Fan (1996), definition 7: of 1 to 10, h = (n - 1) p gives 3.25, 5.5 and 7.75."""
    assert quartiles(list(range(1, 11))) == (3.25, 5.5, 7.75)


@given(values, st.randoms())
def test_the_order_of_authorities_does_not_matter(given_values, random):
    shuffled = list(given_values)
    random.shuffle(shuffled)
    assert quartiles(shuffled) == quartiles(given_values)


@given(values)
def test_cuts_rise_and_lie_among_the_values(given_values):
    q1, median, q3 = quartiles(given_values)
    assert min(given_values) <= q1 <= median <= q3 <= max(given_values)


@pytest.mark.parametrize(
    "value, low, high",
    [(10, "A", "C"), (20, "B", "B"), (30, "C", "A"), (5, "A", "D"), (35, "D", "A"), (15, "B", "C")],
)
def test_ties_take_the_better_band_in_both_directions(value, low, high):
    cuts = Cuts(10, 20, 30)
    assert quartile_band(value, cuts, LOW) == low
    assert quartile_band(value, cuts, HIGH) == high


def test_no_value_has_no_band():
    assert quartile_band(None, Cuts(1, 2, 3), LOW) is None


def test_ties_share_the_best_place():
    assert rank(20, [10, 20, 30], LOW) == 2
    assert rank(20, [10, 20, 30], HIGH) == 2
    assert rank(30, [10, 20, 30, 30], HIGH) == 1


def test_fewer_than_two_values_have_no_quartiles():
    with pytest.raises(ValueError, match="at least two"):
        quartiles([7.0])


@given(st.floats(-1e6, 1e6), st.integers(2, 60))
def test_a_cut_among_equal_values_is_that_value(value, n):
    """Otherwise a tie would not take the better band."""
    assert quartiles([value] * n) == (value, value, value)


@pytest.mark.parametrize(
    "indicator_id, cuts, place, n",
    [
        ("cpp_subsequent_pct", (20.0, 24.3, 27.6), 121, 153),
        ("rereferrals_pct", (16.9, 20.0, 23.0), 95, 153),
        ("cpp_open_2y_plus_pct", (0.0, 2.9, 4.55), None, 94),
        ("cla_rate", (53, 67, 90), None, 151),
    ],
)
def test_the_national_cuts_and_ranks_of_the_real_case(indicator_id, cuts, place, n):
    """Cuts and places worked out in a spreadsheet from every English authority's figure of 2024-25."""
    rows = {
        r["area_code"]: float(r["value"])
        for r in taken_down("national.csv")
        if r["indicator_id"] == indicator_id and r["value"]
    }
    assert len(rows) == n
    assert quartiles(list(rows.values())) == pytest.approx(cuts, abs=0.005)
    if place:
        own = rows.pop("E08000007")
        assert rank(own, list(rows.values()), LOW) == place


def test_quantiles_are_type_7():
    """R, quantile(1 2 4 8 16, type 7): 10 % lies 0.4 of the way from 1 to 2, 85 % 0.4 from 8 to 16."""
    assert quantile([16, 8, 4, 2, 1], 0.1) == pytest.approx(1.4)
    assert quantile([16, 8, 4, 2, 1], 0.85) == pytest.approx(11.2)
    assert quantile([7.5], 0.95) == 7.5
    for p in (0, 1, 0.33):
        with pytest.raises(ValueError, match="in steps"):
            quantile([1, 2, 3], p)
