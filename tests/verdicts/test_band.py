"""The usual range: figures in, verdict out. Of 0 to 100, an authority each, in three years, the 5th, 15th,
85th and 95th centile (type 7) are 5, 15, 85 and 95. All figures are synthetic.
"""

import pytest

from tests.verdicts.made import country, made, years

RULE = "T5 band=england"
HUNDRED = range(101)
PAST = country(HUNDRED, HUNDRED, HUNDRED)
OWN = "T5 low_red=5; low_amber=15; high_amber=85; high_red=95"


def judged(value, past=PAST, rule=RULE, **more):
    return made(value, past["others"], areas=past["areas"], rule=rule, **more).tolerance


@pytest.mark.parametrize("rule", [RULE, OWN])
@pytest.mark.parametrize(
    "value, verdict",
    [
        (4.9, "outside"),
        (5, "near"),
        (14.9, "near"),
        (15, "within"),
        (85, "within"),
        (85.1, "near"),
        (95, "near"),
        (95.1, "outside"),
    ],
)
def test_an_edge_belongs_to_the_inner_side(value, verdict, rule):
    assert judged(value, rule=rule).verdict == verdict


def test_the_rule_names_its_edges_and_the_years_they_rest_on():
    assert judged(50).rule == (
        "Usual range: 15.0% to 85.0%, where seven in ten figures of English authorities lay from 2021-22 to "
        "2023-24. At the edge: from 5.0% to 95.0%, where nine in ten lay. Outside: beyond that."
    )
    assert "Outside: beyond that with the whole 95% interval." in judged((50, 100)).rule
    assert "Usual range: 15.0% to 85.0%, where" in judged(50, decimals="0").rule


@pytest.mark.parametrize("rule", [RULE, OWN])
@pytest.mark.parametrize(
    "own, verdict, unsure",
    [
        # Wilson: 98 of 100 is 93.0 to 99.4, 9,800 of 10,000 is 97.7 to 98.3
        ((98, 100), "near", True),
        ((9800, 10000), "outside", False),
        ((2, 100), "near", True),
        ((200, 10000), "outside", False),
        ((9000, 10000), "near", False),
    ],
)
def test_outside_needs_the_whole_interval_beyond(own, verdict, unsure, rule):
    one = judged(own, rule=rule)
    assert one.verdict == verdict
    assert ("chance alone could explain it" in one.detail) is unsure


def test_a_figure_without_counts_among_others_with_them_is_never_surely_outside():
    """Counts are held for most authorities in 2024-25, and hidden for this one since they are small."""
    counted = country(HUNDRED, HUNDRED, HUNDRED, HUNDRED, last=2024, base=1000)
    one = judged(0, counted)
    assert one.verdict == "near"
    assert one.detail.endswith("The counts behind it are not published, so that chance cannot be ruled out.")
    assert judged((0, 1000), counted).verdict == "outside"


def test_the_year_that_is_judged_takes_no_part():
    """Thousands in 2024-25 move nothing; the same thousands in 2023-24 do."""
    high = country(HUNDRED, HUNDRED, HUNDRED, [k + 1000 for k in HUNDRED], last=2024)
    assert judged(96, high).verdict == "outside"
    high = country(HUNDRED, HUNDRED, [k + 1000 for k in HUNDRED])
    assert judged(96, high).verdict == "within"


@pytest.mark.parametrize(
    "past",
    [
        country(HUNDRED, HUNDRED),
        country(HUNDRED, HUNDRED, [None] * 101),
        country(range(29), range(29), range(29)),
        country(HUNDRED, HUNDRED, HUNDRED, last=2022),
    ],
)
def test_three_years_of_thirty_authorities_are_needed(past):
    one = judged(50, past)
    assert (one.verdict, one.words) == ("not-set", "Not judged")
    assert one.rule == (
        "Not judged: the figures of English authorities for the three years before are not held."
    )


def test_thirty_authorities_are_enough():
    assert judged(15, country(range(30), range(30), range(30))).verdict == "within"


def test_an_authority_counts_while_it_exists():
    """Seventy-one of the hundred and one went before the years that count: thirty are left, 71 to 100."""
    areas = {
        code: (*row, "", "", "2021-03-31" if k < 71 else "")
        for k, (code, row) in enumerate(PAST["areas"].items())
    }
    past = {"others": PAST["others"], "areas": areas}
    assert judged(50, past).verdict == "outside" and judged(85, past).verdict == "within"


def test_only_an_authority_has_a_usual_range():
    assert judged(50, area="RN").rule == (
        "Not judged: the band is one of authorities, and Northland is not one."
    )


def test_a_quarter_has_no_usual_range():
    quarter = {"2024-25-Q1": 50}
    assert judged(quarter).verdict == "not-set"


def test_how_far_out_a_figure_lies_is_told_in_distances_to_the_edge():
    assert judged(95).strength == pytest.approx(1) and judged(5).strength == pytest.approx(1)
    assert judged(50).strength == pytest.approx(0) and judged(140).strength == pytest.approx(2)


def test_what_is_known_to_be_recorded_too_low_is_not_judged_until_its_recording_is_full():
    event = {"from": "2024-04-01", "breaks": "yes", "under_recorded_before": "yes"}
    own = years(2, 50)
    before = judged(own, events=[event], to="2023-24")
    assert (before.verdict, before.rule) == (
        "not-set",
        "Not judged: recording is incomplete before 1 April 2024.",
    )
    assert judged(own, events=[event]).verdict == "within"
    later = {**event, "under_recorded_before": "no"}
    assert judged(own, country(*[HUNDRED] * 4), events=[later], to="2023-24").verdict == "outside"
