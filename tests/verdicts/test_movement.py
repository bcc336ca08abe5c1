"""Movement as applied: a series in, verdict out. Made-up figures but for the looked-after rate."""

import pytest

from safeguarding.vocabulary import Movement
from tests.verdicts.made import made, quarters, years

RISING = ((100, 1000), (150, 1000), (200, 1000), (250, 1000), (300, 1000))
ROW = "a trend needs five years in a row"
WHOLE = "in one of the last five years the count equals its base, and nothing can lie above it"
FLAT = ((101, 1000), (100, 1000), (101, 1000), (100, 1000), (101, 1000))
# 19.5 on average over twelve quarters, its limits far apart
SAW = (20, 22) * 6


@pytest.mark.parametrize(
    "series, polarity, verdict, told",
    [
        (RISING, "lower_better", "worsening", "rising over the five years to 2024-25 (worsening)"),
        (RISING, "higher_better", "improving", "rising over the five years to 2024-25 (improving)"),
        (RISING, "neutral", "increasing", "rising over the five years to 2024-25"),
        (RISING[::-1], "lower_better", "improving", "falling over the five years to 2024-25 (improving)"),
        (RISING[::-1], "neutral", "decreasing", "falling over the five years to 2024-25"),
        (FLAT, "lower_better", "no-change", "no clear change over the five years to 2024-25"),
        # only the last five are looked at
        (((900, 1000), *FLAT), "lower_better", "no-change", "no clear change over the five years to 2024-25"),
        # the one jump makes the slope: without it the rest falls
        (
            ((110, 1000), (105, 1000), (100, 1000), (95, 1000), (300, 1000)),
            "neutral",
            "no-change",
            "no clear change over the five years to 2024-25",
        ),
    ],
)
def test_a_change_beyond_chance_has_a_course_and_a_verdict(series, polarity, verdict, told):
    moved = made(years(*series), polarity=polarity).movement
    assert (moved.verdict, moved.told) == (verdict, told)
    assert moved.n == 5 and moved.span == "over the five years to 2024-25"


def test_the_looked_after_rate_of_stockport():
    """docs/methods.md#check-values: chi-squared 4.82; the slope by a weighted regression about the means."""
    counts = ((409, 62227), (447, 62507), (479, 63554), (493, 64311), (485, 64910))
    moved = made(years(*counts), unit="rate_per_10000", polarity="neutral").movement
    assert moved.verdict is Movement.NO_CHANGE
    assert moved.chi_squared == pytest.approx(4.82, abs=0.006)
    assert moved.method == (
        "Weighted trend over the five points 2020-21 to 2024-25: up 2.35 a year, chi-squared 4.82 "
        "(a change needs more than 9.55), and the sign holds when any one point is left out. "
        "The five points hold 2020-21, the year of the pandemic."
    )


def test_a_method_says_which_way_and_whether_the_sign_holds():
    falls = made(years(*RISING[::-1])).movement
    assert falls.slope == pytest.approx(-5, abs=0.01) and "2024-25: down 5.00 points a year" in falls.method
    turns = made(years((110, 1000), (105, 1000), (100, 1000), (95, 1000), (300, 1000))).movement
    assert turns.method.count("and the sign turns when one point is left out.") == 1
    assert "up 5.000 points a year" in made(years(*RISING), decimals="2").movement.method
    assert "up 5.00 points a year" in made(years(*RISING), decimals="0").movement.method


@pytest.mark.parametrize("step", [0.5, -0.5])
def test_a_small_slope_has_a_course_as_well(step):
    moved = made(years(*((10000 + 1000 * k * step, 100000) for k in range(5)))).movement
    assert (moved.course, moved.verdict) == (
        ("rising", "worsening") if step > 0 else ("falling", "improving")
    )
    assert f": {'up' if step > 0 else 'down'} 0.50 points a year" in moved.method


@pytest.mark.parametrize("last, told", [(1000, "level, 0.00"), (1001, "level, 0.00"), (1010, "up 0.02")])
def test_a_slope_that_is_printed_as_nought_has_no_course(last, told):
    series = years(*[(1000, 10000)] * 4, (last, 10000))
    assert f"to 2024-25: {told} points a year" in made(series).movement.method


# 20.0, 24.0, 21.0, 26.0 and 24.5 of a large base: chi-squared far above 9.55, and t = 1.66 on three
# degrees of freedom by an unweighted regression (slope 1.1, residual sum of squares 13.1)
RESTLESS = ((2000, 10000), (2400, 10000), (2100, 10000), (2600, 10000), (2450, 10000))


def test_what_goes_up_and_down_more_than_it_trends_has_no_direction():
    moved = made(years(*RESTLESS)).movement
    assert (moved.verdict, moved.course) == ("unsteady", "")
    assert moved.told == "going up and down more than it trends over the five years to 2024-25"
    assert moved.chi_squared > 9.55 and moved.t == pytest.approx(1.66, abs=0.05)
    assert "(a change needs more than 3.18; p = 0.188)" in moved.method
    assert moved.method.count("the trend does not stand out from it.") == 1


def test_a_direction_prints_that_it_stands_out_from_its_own_scatter():
    assert "the trend stands out from it." in made(years(*RISING)).movement.method
    assert "scatter" not in made(years(*FLAT)).movement.method


def test_a_rate_whose_events_equal_its_base_is_no_whole():
    """More events than children are possible, and five years of them can be tested."""
    series = ((100, 1000), (400, 1000), (600, 1000), (800, 1000), (1000, 1000))
    assert made(years(*series), unit="rate_per_10000").movement.verdict == "worsening"


def test_nought_is_a_figure():
    """Weights aside, the line from 5 to 0 per cent falls by 1.25 a year."""
    moved = made(years((50, 1000), (37, 1000), (25, 1000), (13, 1000), (0, 1000))).movement
    assert moved.slope == pytest.approx(-1.25, abs=0.1) and moved.n == 5


def test_the_pandemic_is_named_where_the_window_holds_it():
    assert "pandemic" not in made(years(*RISING, last=2019)).movement.method
    assert "pandemic" in made(years(*RISING, last=2020)).movement.method
    assert "pandemic" not in made(years((1, 10), *RISING, last=2025)).movement.method


@pytest.mark.parametrize(
    "series, more, why",
    [
        (RISING[:4], {}, ": a trend needs five years in a row with an interval, and there are 4."),
        (
            (*RISING[:4], None, (300, 1000)),
            {},
            f": {ROW}, and years between the last five figures are not held.",
        ),
        (
            (*RISING[:4], "x", (300, 1000)),
            {},
            f": {ROW}, and years between the last five figures are not held.",
        ),
        (
            (*RISING[:4], "c", (300, 1000)),
            {},
            f": {ROW}, and years between the last five figures are hidden.",
        ),
        (
            (*RISING[:4], 25, (300, 1000)),
            {},
            f": {ROW}, and years between the last five figures are not held.",
        ),
        ((*RISING[:3], (1000, 1000), (300, 1000)), {}, f": {WHOLE}."),
        ((*RISING[:4], (1000, 1000)), {}, f": {WHOLE}."),
        ((*RISING[:4], 30), {}, ", because the count behind it is not published."),
        ((*RISING, "c"), {}, ", because the figure is hidden by the source to protect identity."),
        ((), {}, ", because no figure is held."),
        (RISING, {"to": "2026-27"}, ", because the last known figure is more than a year old."),
        (RISING, {"unit": "count"}, ", because a count depends on the size of the place."),
    ],
)
def test_what_is_not_tested_says_why(series, more, why):
    values = [v[0] if more.get("unit") == "count" else v for v in series]
    moved = made(years(*values), **more).movement
    assert (moved.verdict, moved.method, moved.told) == ("not-tested", f"Not tested{why}", "no clear change")


@pytest.mark.parametrize(
    "day, breaks, n, since",
    [
        ("2019-04-01", "yes", 6, ""),  # before the first period, or with it
        ("2020-04-01", "yes", 5, " since the recording changed in 2020-21"),
        ("2020-04-02", "yes", 4, " since the recording changed in 2021-22"),
        ("2024-04-02", "yes", 0, ""),  # in the midst of the latest period: nothing is left to compare
        ("2025-03-31", "yes", 0, ""),
        ("2025-04-01", "yes", 6, ""),  # after it
        ("2020-04-02", "no", 6, ""),
    ],
)
def test_no_trend_runs_across_a_break(day, breaks, n, since):
    one = made(years((90, 1000), *RISING), events=[{"from": day, "breaks": breaks}])
    assert len(one.unbroken) == n
    if n < 5:
        needed = f"Not tested: a trend needs five years in a row with an interval{since}, and there are {n}."
        assert (one.movement.verdict, one.movement.method) == ("not-tested", needed)
    else:
        assert one.movement.verdict == "worsening" and f"2020-21 to 2024-25{since}: up" in one.movement.method


@pytest.mark.parametrize(
    "series, verdict, why",
    [
        (SAW, "no-change", "it is no special cause"),
        ((*SAW, 40), "worsening", "it lies outside them"),
        ((*SAW, 2), "improving", "it lies outside them"),
        # 19 quarters with the mean 19.5, the last seven above it
        (
            (*(16, 22) * 6, 20.5, 20, 20.5, 20, 20.5, 20, 20.5),
            "worsening",
            "it is one of seven or more on one side of the mean",
        ),
        ((*SAW, 19, 19.5, 20, 20.5, 21, 21.5, 22), "worsening", "it is one of seven that rise or fall"),
        # mean 20.74, near line 22.43, limit 23.28: 21, 23, 23 on one side, two of them near
        ((*(20, 21) * 10, 21, 23, 23), "worsening", "it is one of two in three near a limit"),
    ],
)
def test_twelve_quarters_are_judged_by_the_control_chart(series, verdict, why):
    moved = made(quarters(*series)).movement
    assert moved.verdict == verdict and moved.method.endswith(f": {why}.")
    assert moved.n == len(series) and moved.span == ""
    course = {
        "worsening": "rising (worsening)",
        "improving": "falling (improving)",
        "no-change": "no clear change",
    }
    assert moved.told == course[verdict]


def test_a_control_chart_says_what_it_rests_on():
    """Mean 21, differences of 2: 21 - 5.32 and 21 + 5.32."""
    assert made(quarters(*SAW)).movement.method == (
        "Control chart of 12 quarters, mean 21.0%, limits 15.7% to 26.3%: it is no special cause."
    )


def test_no_limit_is_printed_beyond_what_is_possible():
    """Mean 98, differences of 2: 98 + 5.32 would be more than all."""
    assert "limits 92.7% to 100.0%" in made(quarters(*(97, 99) * 6)).movement.method


@pytest.mark.parametrize(
    "series, events, why",
    [
        (SAW[:11], (), "needs 12 quarters, and there are 11."),
        ((*SAW[:5], "c", *SAW), (), "cannot have gaps, and 1 quarter is hidden."),
        (
            SAW,
            [{"from": "2021-04-01", "breaks": "yes"}],
            "needs 12 quarters since the recording changed in 2021-22-Q1, and there are 8.",
        ),
    ],
)
def test_quarters_that_make_no_chart_are_not_tested(series, events, why):
    moved = made(quarters(*series), events=events).movement
    assert (moved.verdict, moved.method) == ("not-tested", f"Not tested: a control chart {why}")
