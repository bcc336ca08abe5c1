"""Rules by hand; docs/methods.md#margins-and-bands has the definition that the properties state."""

from dataclasses import astuple
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures.bands import Band, frozen_band, in_band, near_benchmark, spread
from safeguarding.measures.intervals import Interval
from safeguarding.vocabulary import Polarity, Tolerance

HIGH, LOW, NEUTRAL = Polarity.HIGHER_BETTER, Polarity.LOWER_BETTER, Polarity.NEUTRAL
WITHIN, NEAR, OUTSIDE = Tolerance.WITHIN, Tolerance.NEAR, Tolerance.OUTSIDE


def test_the_spread_of_one_to_nine_by_hand():
    """Q1 = 3, Q3 = 7: s = 4 / 1.349 = 2.965, m = 0.67 s = 1.987."""
    assert spread(range(1, 10)) == pytest.approx(2.965, abs=0.0005)
    assert 0.67 * spread(range(1, 10)) == pytest.approx(1.987, abs=0.0005)


@pytest.mark.parametrize(
    "value, limits, verdict",
    [
        (22.0, (20.0, 24.0), WITHIN),  # on the margin: the better side
        (15.0, (14.0, 16.0), WITHIN),  # better than the benchmark
        (22.1, (22.05, 22.2), NEAR),  # worse than m, not than 2m, however certain
        (24.0, (23.0, 25.0), NEAR),  # on 2m
        (24.1, (22.0, 26.0), NEAR),  # beyond 2m, but the interval touches m: cannot tell apart
        (24.1, (22.1, 26.0), OUTSIDE),  # beyond 2m, the interval wholly worse than m
        (24.1, None, OUTSIDE),  # no count is held: the value alone decides
        (23.9, None, NEAR),
    ],
)
def test_around_a_benchmark_of_20_with_a_margin_of_2_where_low_is_good(value, limits, verdict):
    around = Interval(*limits) if limits else None
    assert near_benchmark(value, 20.0, 2.0, around, LOW) is verdict
    mirrored = Interval(-limits[1], -limits[0]) if limits else None
    assert near_benchmark(-value, -20.0, 2.0, mirrored, HIGH) is verdict


def test_no_value_and_no_benchmark():
    assert near_benchmark(None, 20, 2, None, LOW) is Tolerance.NO_VALUE
    assert near_benchmark(20, None, 2, None, LOW) is Tolerance.NO_VALUE
    assert in_band(None, None, Band(1, 2, 3, 4)) is Tolerance.NO_VALUE


def test_a_neutral_indicator_and_a_negative_margin_are_refused():
    with pytest.raises(ValueError, match="two-sided"):
        near_benchmark(20, 20, 2, None, NEUTRAL)
    with pytest.raises(ValueError, match="negative"):
        near_benchmark(20, 20, -0.5, None, LOW)


def test_a_band_of_nought_to_a_hundred_has_its_own_centiles():
    assert frozen_band(range(101)) == Band(5, 15, 85, 95)


@pytest.mark.parametrize(
    "value, limits, verdict",
    [
        (50, (40, 60), WITHIN),
        (15, (10, 20), WITHIN),
        (85, (80, 90), WITHIN),
        (14, (13.5, 14.5), NEAR),
        (5, (4.5, 5.5), NEAR),
        (4, (2, 5), NEAR),  # touches the edge: cannot tell
        (4, (2, 4.9), OUTSIDE),
        (96, (94, 98), NEAR),
        (96, (95.1, 98), OUTSIDE),
        (5, None, NEAR),
        (95, None, NEAR),
        (4, None, OUTSIDE),
        (96, None, OUTSIDE),
    ],
)
def test_in_a_band_of_5_15_85_95(value, limits, verdict):
    band = Band(5, 15, 85, 95)
    assert in_band(value, Interval(*limits) if limits else None, band) is verdict


numbers = st.floats(-1000, 1000)
halves = st.floats(0, 50)
many = st.lists(numbers, min_size=4, max_size=40)


@given(numbers, halves, numbers, st.floats(0, 50))
def test_reversing_sign_and_polarity_leaves_the_judgement_as_it_is(value, half, benchmark, room):
    here = near_benchmark(value, benchmark, room, Interval(value - half, value + half), LOW)
    there = near_benchmark(-value, -benchmark, room, Interval(-value - half, -value + half), HIGH)
    assert here is there


@given(numbers, halves, many)
def test_a_mirrored_band_gives_the_same_verdict(value, half, values):
    band = frozen_band(values)
    mirrored = Band(-band.high_red, -band.high_amber, -band.low_amber, -band.low_red)
    here = in_band(value, Interval(value - half, value + half), band)
    assert in_band(-value, Interval(-value - half, -value + half), mirrored) is here


@given(numbers, halves, halves, numbers, st.floats(0, 50))
def test_a_wider_interval_is_never_surer_of_outside(value, half, more, benchmark, room):
    narrow = near_benchmark(value, benchmark, room, Interval(value - half, value + half), LOW)
    wide = near_benchmark(value, benchmark, room, Interval(value - half - more, value + half + more), LOW)
    assert wide is narrow or (narrow is OUTSIDE and wide is NEAR)


@given(many, st.randoms())
def test_the_order_of_authorities_does_not_matter(values, chance):
    mixed = chance.sample(values, len(values))
    assert frozen_band(mixed) == frozen_band(values)
    assert spread(mixed) == spread(values)


@given(many, st.floats(0.1, 100), numbers)
def test_another_unit_scales_margin_and_edges(values, times, more):
    moved = [times * v + more for v in values]
    assert spread(moved) == pytest.approx(times * spread(values), rel=1e-6, abs=1e-6)
    here, there = frozen_band(values), frozen_band(moved)
    assert there.low_red == pytest.approx(times * here.low_red + more, rel=1e-6, abs=1e-6)
    assert there.high_amber == pytest.approx(times * here.high_amber + more, rel=1e-6, abs=1e-6)
    # edges that coincide may differ by what interpolation leaves over, which `in_band` allows for
    assert all(a <= b or a == pytest.approx(b, rel=1e-12) for a, b in pairwise(astuple(here)))
