"""The change on the year before, in a sentence and in a cell. Made-up figures."""

import pytest

from tests.verdicts.made import country, made, quarters, years


@pytest.mark.parametrize(
    "series, more, change, short",
    [
        ((20, 21.5), {}, "up 1.5 points on the year", "up 1.5 points"),
        ((21.5, 20), {}, "down 1.5 points on the year", "down 1.5 points"),
        ((20, 20), {}, "unchanged on the year", "unchanged"),
        # 0.04 is less than what is published
        ((20, 20.04), {}, "unchanged on the year", "unchanged"),
        ((200, 210), {"unit": "count", "decimals": "0"}, "up 10 (5.0%) on the year", "up 10 (5.0%)"),
        ((0, 10), {"unit": "count", "decimals": "0"}, "up 10 on the year", "up 10"),
        # as published, not as judged
        (((20.0, 2049, 10000), (20.0, 1951, 10000)), {}, "unchanged on the year", "unchanged"),
        ((20, 0), {}, "down 20.0 points on the year", "down 20.0 points"),
        ((20,), {}, "no figure for the year before", "no figure for the year before"),
        ((20, None, 21), {}, "no figure for the year before", "no figure for the year before"),
        (
            ("x", 20),
            {},
            "no change can be given: the figure for the year before is not available",
            "year before: not available",
        ),
        (
            (20, 21),
            {"events": [{"from": "2024-04-01", "breaks": "yes"}]},
            "no change can be given: the recording changed after the year before",
            "recording changed",
        ),
        ((20, "c"), {}, "", ""),
        ((20, 21), {"to": "2026-27"}, "", ""),
    ],
)
def test_the_change_on_the_year(series, more, change, short):
    changed = made(years(*series), **more).change
    assert (changed.words, changed.short) == (change, short)


def test_a_quarter_is_held_against_the_quarter_and_the_year_before_and_names_both():
    changed = made(quarters(20, 21, 22, 23, 24.5)).change
    assert changed.words == "up 1.5 points on the quarter, up 4.5 points on the year"
    assert changed.short == changed.words
    assert made(quarters(20, "c", 21)).change.words == (
        "no change can be given: the figure for the quarter before is hidden by the source to protect "
        "identity, no figure for the year before"
    )


# --- beyond chance, and unusual among authorities ---

# 101 authorities change by -10.0 to +10.0 in each of three years: the 10th and the 90th centile are -8 and +8
STEPS = [(k - 50) / 5 for k in range(101)]
PAST = country(*([50 + n * step for step in STEPS] for n in range(4)))


def changed(*own, past=PAST, **more):
    return made(years(*own), past["others"], areas=past["areas"], **more).change


@pytest.mark.parametrize(
    "own, polarity, verdict, adverse",
    [
        # 20 to 29 of 1,000-fold bases is beyond all chance; +9 is unusual, +8 is on the limit
        (((2000, 10000), (2900, 10000)), "lower_better", "unusual-rise", True),
        (((2000, 10000), (2900, 10000)), "higher_better", "unusual-rise", False),
        (((2000, 10000), (2900, 10000)), "neutral", "unusual-rise", False),
        (((2900, 10000), (2000, 10000)), "lower_better", "unusual-fall", False),
        (((2900, 10000), (2000, 10000)), "higher_better", "unusual-fall", True),
        (((2000, 10000), (2800, 10000)), "lower_better", "more-than-chance", True),
        (((2000, 10000), (2010, 10000)), "lower_better", "usual", True),
        # the same leap of one in five children is within what chance does
        (((2, 10), (4, 10)), "lower_better", "usual", True),
        ((20, 29), "lower_better", "unusual-untested", True),
        ((20, 28), "lower_better", "usual", True),
    ],
)
def test_two_questions_make_the_verdict(own, polarity, verdict, adverse):
    one = changed(*own, polarity=polarity)
    assert (one.verdict, one.adverse) == (verdict, adverse)
    assert one.favourable is (polarity != "neutral" and not adverse)
    assert one.unusual is verdict.startswith("unusual")


@pytest.mark.parametrize(
    "own, told",
    [
        (
            ((2000, 10000), (2900, 10000)),
            "up 9.0 points on the year: a rise that 6 in 100 authorities saw in a year, "
            "in the three years before",
        ),
        (
            ((2000, 10000), (1000, 10000)),
            "down 10.0 points on the year: a fall that 1 in 100 authorities saw in a year, "
            "in the three years before",
        ),
        (
            ((2000, 10000), (3200, 10000)),
            "up 12.0 points on the year: a rise that fewer than 1 in 100 authorities saw in a year, "
            "in the three years before",
        ),
        (
            ((2000, 10000), (2800, 10000)),
            "up 8.0 points on the year: more than chance, usual for authorities",
        ),
        (((2000, 10000), (2010, 10000)), "up 0.1 points on the year"),
        (((2, 10), (4, 10)), "up 20.0 points on the year: a large change, but chance alone could do it"),
        (
            (20, 29),
            "up 9.0 points on the year: a rise that 6 in 100 authorities saw in a year, "
            "in the three years before; not tested, because "
            "the count behind it is not published",
        ),
    ],
)
def test_what_a_change_is_worth_is_said_in_words(own, told):
    """Of 303 changes 18 are +9.0 or more (+9.0, 9.2, 9.4, 9.6, 9.8 and 10.0, three times each)."""
    assert changed(*own).told == told


def test_a_change_prints_both_questions_with_their_numbers():
    assert changed((2000, 10000), (2900, 10000)).method == (
        "2,000 of 10,000, then 2,900 of 10,000: p < 0.001, beyond chance (5%). Of 303 changes on the year of "
        "English authorities from 2021-22 to 2023-24, eight in ten lay from −8.0 to +8.0; this one of +9.0 "
        "lies outside, at centile 95."
    )
    assert changed(20, 28).method.startswith(
        "Not tested for chance, because the count behind it is not published. Of 303 changes"
    )


def test_the_changes_of_the_year_itself_take_no_part():
    """Everyone leaps by 40 in 2024-25: that year is judged, not learnt from."""
    leap = country(
        *([50 + n * step for step in STEPS] for n in range(4)), [90 + 3 * s for s in STEPS], last=2024
    )
    assert changed((2000, 10000), (2900, 10000), past=leap).verdict == "unusual-rise"


@pytest.mark.parametrize(
    "own, more, reason",
    [
        ((None, 20), {}, "there is no figure of the year before to hold it against"),
        (("c", 20), {}, "there is no figure of the year before to hold it against"),
        (
            (20, 29),
            {"events": [{"from": "2024-04-01", "breaks": "yes"}]},
            "there is no figure of the year before to hold it against",
        ),
        ((20, 29), {"unit": "count"}, "a count depends on the size of the place"),
        ((20, 29), {"area": "RN"}, "what is usual is known of authorities, and Northland is not one"),
        (
            (20, 29),
            {"past": country(*[[50] * 101] * 3)},
            "what is usual is not known: the changes of the three years before are not held",
        ),
        (
            (20, 29),
            {"past": country(*[[50] * 9] * 4)},
            "what is usual is not known: the changes of the three years before are not held",
        ),
        # all of England records in another way from 2022 on: no change is taken across
        (
            (20, 29),
            {"events": [{"from": "2022-04-01", "breaks": "yes", "indicators": "made"}], "to": "2024-25"},
            "what is usual is not known: the changes of the three years before are not held",
        ),
    ],
)
def test_what_is_not_tested_says_why(own, more, reason):
    one = changed(*own, **more)
    assert (one.verdict, one.method) == ("not-tested", f"Not tested, because {reason}.")
    assert one.centile is None


@pytest.mark.parametrize(
    "own, more, reason",
    [
        (None, {}, "no figure is held"),
        ("c", {}, "the figure is hidden by the source to protect identity"),
        (20, {"to": "2026-27"}, "the last known figure is more than a year old"),
    ],
)
def test_without_a_figure_to_be_judged_the_reason_is_said(own, more, reason):
    one = made(own, **more).change
    assert (one.verdict, one.told, one.method) == ("not-tested", "", f"Not tested, because {reason}.")


def test_a_quarter_is_not_held_against_years():
    one = made(quarters(20, 21, 22, 23, 40), PAST["others"], areas=PAST["areas"]).change
    assert one.method == "Not tested, because what is usual is known of years, not of quarters."


def test_how_strong_a_change_is_is_told_in_distances_to_the_limit():
    """The middle of the changes is nought, the limits 8 away."""
    assert changed((2000, 10000), (2800, 10000)).strength == pytest.approx(1)
    assert changed((2000, 10000), (3600, 10000)).strength == pytest.approx(2)
    assert changed((3600, 10000), (2000, 10000)).strength == pytest.approx(2)
