"""The control chart of a series: where it begins anew, what it says. Made-up figures."""

import pytest

from safeguarding.verdicts.control import control_chart
from tests.verdicts.made import made

INDICATOR = made(1).indicator
SAW = [10.0, 12.0] * 6  # mean 11, differences of 2: limits 5.68 and 16.32


def seen(series, breaks=()):
    drawn = [f"{y}-{(y + 1) % 100:02d}" for y in range(2010, 2010 + len(series))]
    return control_chart(INDICATOR, drawn, series, breaks)


@pytest.mark.parametrize(
    "series, text",
    [
        ([], "There are no figures to draw."),
        ([None, None], "There are no figures to draw."),
        (
            [10, None, 12, 10, 12, 10, 12],
            "A control chart cannot have gaps, and some of these figures are hidden or missing.",
        ),
    ],
)
def test_what_cannot_be_charted_says_why(series, text):
    assert seen(series) == control_chart(INDICATOR, (), series, ()) and seen(series).text == text
    assert seen(series).segments == ()


def test_a_chart_gives_its_limits_and_its_latest_point():
    assert seen(SAW).text == (
        "Mean 11.0%, process limits 5.7% to 16.3%. "
        "The latest point is nothing out of the ordinary. Years follow each other closely, so that about one "
        "latest point in four is unusual in this sense: it sets no verdict."
    )
    (segment,) = seen(SAW).segments
    assert (segment.start, segment.values) == (0, tuple(SAW))


def test_fewer_than_twelve_points_make_trial_limits_and_fewer_than_six_none():
    assert "16.3%, trial limits: fewer than 12 points. The" in seen(SAW[:10]).text
    assert "trial" in seen(SAW[:6]).text
    five = seen(SAW[:5])
    assert five.text == "No limits: 5 points since the last break, and six are needed."
    assert five.segments[0].limits is None and five.segments[0].signals == (None,) * 5


def test_what_is_missing_before_the_first_and_after_the_last_figure_is_no_gap():
    (segment,) = seen([None, None, *SAW, None]).segments
    assert (segment.start, segment.values) == (2, tuple(SAW))


@pytest.mark.parametrize(
    "breaks, starts",
    [((6,), [0, 6]), ((0,), [0]), ((11,), [0, 11]), ((12,), [0]), ((3, 6), [0, 3, 6])],
)
def test_it_begins_anew_where_the_recording_changed(breaks, starts):
    segments = seen(SAW, breaks).segments
    assert [s.start for s in segments] == starts
    assert sum((s.values for s in segments), ()) == tuple(SAW)


def test_a_break_before_the_first_figure_is_none():
    assert [s.start for s in seen([None, *SAW], (1,)).segments] == [1]
    assert [s.start for s in seen([None, *SAW], (2,)).segments] == [1, 2]


def test_special_causes_are_named_with_their_period_and_side():
    text = seen([*SAW, 20.0]).text
    assert "The latest point is unusual against its own past: outside the limits." in text
    assert "Unusual points: 2022-23 (outside the limits, high). Years" in text
    # mean 10.4, differences of 3: the lower limit is 2.42
    low = seen([*SAW, 2.0, 10.0, 12.0]).text
    assert "nothing out of" in low and "Unusual points: 2022-23 (outside the limits, low). Years" in low


def test_a_special_cause_in_an_earlier_segment_is_named_by_its_own_period():
    text = seen([*SAW, 20.0, *SAW], (13,)).text
    assert "Unusual points: 2022-23 (outside the limits, high). Years" in text
    assert "Unusual points: 2034-35 (outside the limits, high)." in seen([*SAW, *SAW, 20.0], (12,)).text


@pytest.mark.parametrize(
    "series, words",
    [
        # mean 19.47, the last seven above it
        ([*[16, 22] * 6, 20.5, 20, 20.5, 20, 20.5, 20, 20.5], "seven or more on one side of the mean"),
        ([*[20, 22] * 6, 19, 19.5, 20, 20.5, 21, 21.5, 22], "seven that rise or fall"),
        # mean 20.74, near line 22.43, limit 23.28
        ([*[20, 21] * 10, 21, 23, 23], "two of three near a limit"),
    ],
)
def test_each_rule_is_named_in_words(series, words):
    assert f"The latest point is unusual against its own past: {words}." in seen(series).text


def test_the_limits_told_are_those_of_the_last_segment():
    # mean 21 after the break, and as wide
    assert seen([*SAW, *[20.0, 22.0] * 6], (12,)).text.startswith("Mean 21.0%, process limits 15.7% to 26.3%")


def test_limits_have_a_decimal_where_the_figures_have_none():
    drawn = [str(y) for y in range(2010, 2022)]
    assert "Mean 11.0%" in control_chart(made(1, decimals="0").indicator, drawn, SAW, ()).text


@pytest.mark.parametrize("unit", ["count", "rate_per_10000", "rate_per_100000"])
def test_counts_and_rates_of_years_are_not_charted(unit):
    drawn = [f"{y}-{(y + 1) % 100:02d}" for y in range(2010, 2022)]
    one = control_chart(made(1, unit=unit).indicator, drawn, SAW, ())
    assert one.segments == () and one.text.startswith("No control chart: ")
    quarters = [f"20{y}-{y + 1}-Q{q}" for y in range(20, 23) for q in range(1, 5)]
    assert control_chart(made(1, unit=unit).indicator, quarters, SAW, ()).segments


@pytest.mark.parametrize(
    "unit, series, limits",
    [
        # mean 97, differences of 6: 81.04 and 112.96
        ("percent", [100, 94] * 6, "process limits 81.0% to 100.0%"),
        ("percent", [0, 6] * 6, "process limits 0.0% to 19.0%"),
        ("score", [0, 6] * 6, "process limits 0.0 to 19.0"),
    ],
)
def test_no_limit_lies_beyond_what_is_possible(unit, series, limits):
    drawn = [f"{y}-{(y + 1) % 100:02d}" for y in range(2010, 2022)]
    assert limits in control_chart(made(1, unit=unit).indicator, drawn, series, ()).text


def test_quarters_bear_no_caveat_about_years():
    quarters = [f"20{y}-{y + 1}-Q{q}" for y in range(20, 23) for q in range(1, 5)]
    assert "Years follow" not in control_chart(INDICATOR, quarters, SAW, ()).text
