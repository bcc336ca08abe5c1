import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.measures.comparison import compare, compare_range
from safeguarding.measures.intervals import Interval, proportion, rate
from safeguarding.vocabulary import Comparison, Polarity

HIGH, LOW, NEUTRAL = Polarity.HIGHER_BETTER, Polarity.LOWER_BETTER, Polarity.NEUTRAL
numbers = st.floats(-1000, 1000)
intervals = st.tuples(numbers, numbers).map(lambda p: Interval(*sorted(p)))


@pytest.mark.parametrize(
    "interval, benchmark, polarity, verdict",
    [
        # Stockport 2025 against England and the North West, as DfE publishes them
        (proportion(99, 353), 24.5, LOW, "similar"),
        (proportion(99, 353), 23.3, LOW, "worse"),
        (proportion(792, 3676), 22.6, LOW, "similar"),
        (proportion(792, 3676), 21.7, LOW, "similar"),
        (rate(485, 64_910, 10_000), 67, NEUTRAL, "higher"),
        (rate(485, 64_910, 10_000), 90, NEUTRAL, "lower"),
    ],
)
def test_the_real_case_gives_its_verdicts(interval, benchmark, polarity, verdict):
    assert compare(interval, benchmark, polarity) == verdict


def test_an_interval_that_touches_the_benchmark_is_similar():
    assert compare(Interval(20, 30), 20, LOW) is Comparison.SIMILAR
    assert compare(Interval(20, 30), 30, HIGH) is Comparison.SIMILAR


@given(intervals, numbers)
def test_reversing_sign_and_polarity_leaves_the_judgement_as_it_is(interval, benchmark):
    mirrored = Interval(-interval.upper, -interval.lower)
    assert compare(interval, benchmark, HIGH) is compare(mirrored, -benchmark, LOW)


@given(intervals, numbers)
def test_a_neutral_indicator_is_never_better_or_worse(interval, benchmark):
    assert compare(interval, benchmark, NEUTRAL) in {Comparison.HIGHER, Comparison.LOWER, Comparison.SIMILAR}


@given(intervals, intervals, st.sampled_from([HIGH, LOW, NEUTRAL]), st.floats(0, 1))
def test_a_verdict_against_a_range_is_the_verdict_against_whatever_it_turns_out_to_be(
    interval, benchmark, polarity, at
):
    verdict = compare_range(interval, benchmark, polarity)
    actual = min(
        max(benchmark.lower + at * (benchmark.upper - benchmark.lower), benchmark.lower), benchmark.upper
    )
    if verdict is not Comparison.DEPENDS_ON_HIDDEN:
        assert compare(interval, actual, polarity) is verdict
