"""What an interval rests on: figures in, interval or reason out. Made-up figures."""

import pytest

from safeguarding.verdicts.counts import as_count
from tests.verdicts.made import made


def confidence(own, **more):
    one = made(own, **more)
    return one.interval(one.latest)


@pytest.mark.parametrize(
    "own, more, limits, method",
    [
        # Wilson, by its formula
        ((20, 100), {}, (13.34, 28.88), "Wilson 95% interval: 20 of 100"),
        ((50, 200), {}, (19.51, 31.43), "Wilson 95% interval: 50 of 200"),
        ((2000, 10000), {}, (19.23, 20.80), "Wilson 95% interval: 2,000 of 10,000"),
        # nought of n: 0 to z² / (n + z²); n of n: n / (n + z²) to 1
        ((0, 10), {}, (0, 27.75), "Wilson 95% interval: 0 of 10"),
        ((10, 10), {}, (72.25, 100), "Wilson 95% interval: 10 of 10"),
        # a table of exact Poisson limits gives 9: 4.115 to 17.085
        (
            (9, 10000),
            {"unit": "rate_per_10000"},
            (4.115, 17.085),
            "Exact Poisson 95% interval: 9 among 10,000 children",
        ),
        # Byar, by its formula
        (
            (10, 10000),
            {"unit": "rate_per_10000"},
            (4.79, 18.39),
            "Byar's 95% interval: 10 among 10,000 children",
        ),
        (
            (50, 10000),
            {"unit": "rate_per_100000"},
            (371.1, 659.2),
            "Byar's 95% interval: 50 among 10,000 children",
        ),
    ],
)
def test_a_figure_with_its_counts_has_an_interval(own, more, limits, method):
    found = confidence(own, **more)
    assert found.interval == pytest.approx(
        limits, abs=0.05 if more.get("unit") == "rate_per_100000" else 0.006
    )
    assert (found.method, found.reason) == (method, "")


@pytest.mark.parametrize(
    "own, more, reason",
    [
        ("c", {}, "the figure is hidden by the source to protect identity"),
        ("c", {"unit": "count"}, "the figure is hidden by the source to protect identity"),
        (20, {"unit": "count"}, "a count depends on the size of the place"),
        ((20, 100), {"untested_because": "it is a share of sessions"}, "it is a share of sessions"),
        (20, {"unit": "score"}, "it is neither a share nor a rate"),
        ((20.0, 20, 100), {"unit": "score"}, "it is neither a share nor a rate"),
        (20, {}, "the count behind it is not published"),
        ((20.0, None, 100), {}, "the count behind it is not published"),
        ((20.0, 20, None), {}, "the count behind it is not published"),
        ((20.0, 20, 0), {}, "the count behind it is not published"),
        ((110.0, 11, 10), {}, "its count is larger than its base"),
        ((-10.0, -1, 10), {}, "its count is larger than its base"),
    ],
)
def test_a_figure_without_them_says_why_not(own, more, reason):
    found = confidence(own, **more)
    assert (found.interval, found.method, found.reason) == (None, "", reason)


def test_a_rate_may_be_above_one_for_each_child():
    assert confidence((11, 10), unit="rate_per_10000").reason == ""


@pytest.mark.parametrize(
    "own, bases, reason",
    [
        (20, {"A": 100}, ""),
        ((20.0, 20, None), {"A": 100}, ""),
        ((20.0, None, 50), {"A": 100}, ""),
        (20, {}, "the count behind it is not published"),
        (20, {"A": 0}, "the count behind it is not published"),
        (20, {"B": 100}, "the count behind it is not published"),
        (120, {"A": 100}, "its count is larger than its base"),
    ],
)
def test_a_published_share_is_tested_with_the_base_that_another_indicator_holds(own, bases, reason):
    found = confidence(own, bases=bases, denominator_indicator_id="base")
    assert found.reason == reason
    if not reason:
        assert found.method == "Wilson 95% interval, from the rounded share: 20 of 100"
        assert found.interval == pytest.approx((13.34, 28.88), abs=0.006)


def test_counts_of_its_own_come_before_another_indicators():
    found = confidence((50, 200), bases={"A": 100}, denominator_indicator_id="base")
    assert found.method == "Wilson 95% interval: 50 of 200"


def test_only_a_share_is_tested_with_another_indicators_base():
    found = confidence(20, bases={"A": 100}, denominator_indicator_id="base", unit="rate_per_10000")
    assert found.reason == "the count behind it is not published"


def test_the_count_behind_a_share_is_printed_whole():
    counted = as_count(made((20, 100)).indicator)
    assert (counted.unit, counted.decimals, counted.is_count) == ("count", 0, True)
