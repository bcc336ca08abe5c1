"""Tolerance as applied: a rule and figures in, verdict out. Every edge and just beyond; made-up figures."""

from dataclasses import replace
from datetime import date
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import flags
from safeguarding import slide
from safeguarding.store.tables import ENGLAND, Spread, ToleranceRule, parse_limits
from tests.verdicts.made import country, made, quarters, years

RATE = {"unit": "rate_per_10000"}
HIGHER = {"polarity": "higher_better"}


def told(own, rule, others=None, **more):
    one = made(own, others, rule=rule, **more).tolerance
    return one.verdict, one.rule


@pytest.mark.parametrize(
    "rule, more, verdicts",
    [
        ("T1 green_at=20; red_at=23", {}, {20: "within", 20.1: "near", 23: "near", 23.1: "outside"}),
        ("T1 green_at=80; red_at=70", HIGHER, {80: "within", 79.9: "near", 70: "near", 69.9: "outside"}),
        ("T2 target=20; points=2", {}, {20: "within", 20.1: "near", 22: "near", 22.1: "outside"}),
        ("T2 target=20; percent=10", {}, {20: "within", 20.1: "near", 22: "near", 22.1: "outside"}),
        ("T2 target=80; percent=10", HIGHER, {80: "within", 79.9: "near", 72: "near", 71.9: "outside"}),
        (
            "T5 low_red=10; low_amber=20; high_amber=30; high_red=40",
            {},
            {9.9: "outside", 10: "near", 19.9: "near"},
        ),
        (
            "T5 low_red=10; low_amber=20; high_amber=30; high_red=40",
            {},
            {20: "within", 30: "within", 30.1: "near"},
        ),
        ("T5 low_red=10; low_amber=20; high_amber=30; high_red=40", {}, {40: "near", 40.1: "outside"}),
    ],
)
def test_a_value_on_a_limit_belongs_to_the_better_side(rule, more, verdicts):
    assert {value: made(value, rule=rule, **more).tolerance.verdict for value in verdicts} == verdicts


@pytest.mark.parametrize(
    "rule, more, text",
    [
        (
            "T1 green_at=20; red_at=23",
            {},
            "Within: 20.0% or less. Borderline: up to 23.0%. Outside: beyond that.",
        ),
        (
            "T1 green_at=80; red_at=70",
            HIGHER,
            "Within: 80.0% or more. Borderline: up to 70.0%. Outside: beyond that.",
        ),
        (
            "T2 target=20; points=2",
            {},
            "Within: at the target of 20.0% or better. "
            "Borderline: short of it by no more than 2 points. "
            "Outside: beyond that.",
        ),
        (
            "T2 target=20; percent=2.5",
            {},
            "Within: at the target of 20.0% or better. "
            "Borderline: short of it by no more than 2.5% of the target. "
            "Outside: beyond that.",
        ),
        (
            "T5 low_red=10; low_amber=20; high_amber=30; high_red=40",
            {"decimals": "0"},
            "Usual range: 20.0% to 30.0%. At the edge: from 10.0% to 40.0%. Outside: beyond that.",
        ),
        ("T0", {}, "For information only. A test."),
    ],
)
def test_the_rule_is_printed_as_it_is_applied(rule, more, text):
    assert made(20, rule=rule, **more).tolerance.rule == text


@pytest.mark.parametrize(
    "benchmark, rule, verdicts",
    [
        # within 2 of 20, near within 4
        (
            {ENGLAND: 20},
            f"T3 benchmark={ENGLAND}; points=2",
            {22: "within", 22.1: "near", 24: "near", 24.1: "outside"},
        ),
        (
            {"RN": 20},
            "T3 benchmark=region; percent=10",
            {22: "within", 22.1: "near", 24: "near", 24.1: "outside"},
        ),
        (
            {"B": 18, "C": 22},
            "T3 benchmark=SN; points=2",
            {1: "within", 22: "within", 24: "near", 24.1: "outside"},
        ),
        # 2,010 of 10,000, published as 20.0: what is judged is 20.1
        ({ENGLAND: (20.0, 2010, 10000)}, f"T3 benchmark={ENGLAND}; points=2", {22.1: "within", 22.2: "near"}),
        # 20, 20, 20 and a share from 0 to 100: the mean lies from 15 to 40
        (
            {"B": 20, "C": 20, "D": 20, "E": "c"},
            "T3 benchmark=SN; points=2",
            {17: "within", 17.1: "range", 44: "range", 44.1: "outside"},
        ),
    ],
)
def test_near_a_benchmark_is_judged_at_both_ends_of_what_is_hidden(benchmark, rule, verdicts):
    found = {value: made(value, benchmark, rule=rule).tolerance.verdict for value in verdicts}
    assert found == verdicts


def test_a_benchmark_that_nothing_bounds_cannot_be_told_from():
    one = made(1000, {"B": 20, "C": "c"}, rule="T3 benchmark=SN; points=2", **RATE).tolerance
    assert (one.verdict, one.words) == ("range", "Cannot tell")
    assert (
        one.detail
        == "1,000.0 was judged. Hidden figures of others could move the limits to either side of it."
    )


@pytest.mark.parametrize(
    "own, others, rule, more, verdict, text",
    [
        (
            20,
            {"B": 20},
            "T3 benchmark=SN; points=2",
            {"sets": {}},
            "not-set",
            "no list of statistical neighbours is held for",
        ),
        (
            20,
            {"B": "c"},
            "T3 benchmark=SN; points=2",
            {},
            "not-set",
            "there is no figure for the mean of the statistical",
        ),
        (
            20,
            {},
            f"T3 benchmark={ENGLAND}; points=2",
            {},
            "not-set",
            "there is no figure for England for this period.",
        ),
        (
            20,
            {ENGLAND: "x"},
            f"T3 benchmark={ENGLAND}; points=2",
            {},
            "not-set",
            "there is no figure for England",
        ),
        (
            20,
            {},
            f"T3 benchmark={ENGLAND}; points=2",
            {"area": ENGLAND},
            "not-set",
            "England is the benchmark itself.",
        ),
        (
            20,
            {},
            "T3 benchmark=region; points=2",
            {"area": ENGLAND},
            "not-set",
            "England is the benchmark itself.",
        ),
        (20, {}, "T3 benchmark=E99; points=2", {}, "not-set", "Aville is the benchmark itself."),
        (None, {}, "T1 green_at=1; red_at=2", {}, "no-value", "Not judged: no figure is held."),
        (
            20,
            {},
            "T1 green_at=1; red_at=2",
            {"to": "2026-27"},
            "no-value",
            "the last known figure is more than a year",
        ),
        (20, {}, "", {}, "not-set", "For information only. No rule was in force for this period."),
    ],
)
def test_a_rule_that_cannot_be_applied_says_why(own, others, rule, more, verdict, text):
    one = made(own, others, rule=rule, **more).tolerance
    assert one.verdict == verdict and text in one.rule and one.detail == ""
    assert one.applied == one.rule


@pytest.mark.parametrize(
    "rule, text",
    [
        (
            f"T3 benchmark={ENGLAND}; points=1",
            "Within: better than England (20.0%), or worse by no more than 1 point. "
            "Borderline: worse by no more than 2 points. Outside: worse by more.",
        ),
        (
            "T3 benchmark=SN; percent=2.5",
            "Within: better than the mean of the statistical neighbours (20.0%, mean of 1 of 4), or "
            "worse by no more than 2.5% of it. "
            "Borderline: worse by no more than 5% of it. Outside: worse by more.",
        ),
    ],
)
def test_a_rule_near_a_benchmark_prints_once_and_twice_its_margin(rule, text):
    assert made(20, {ENGLAND: 20, "B": 20}, rule=rule).tolerance.rule == text


@pytest.mark.parametrize("own, more", [("c", {}), ("x", {}), ("c", HIGHER)])
@pytest.mark.parametrize(
    "rule",
    [
        "T1 green_at=50; red_at=50",
        "T2 target=50; points=1",
        f"T3 benchmark={ENGLAND}; points=1",
        "T4",
        "T5 low_red=1; low_amber=2; high_amber=3; high_red=4",
    ],
)
def test_a_figure_that_is_not_shown_is_judged_by_no_rule(own, more, rule):
    spread = Spread(150, 0, 0, 10, 20, 30, 40)
    one = made(own, {ENGLAND: 20}, rule=rule, spread=spread, **more).tolerance
    absent = {"c": "hidden by the source to protect identity", "x": "not available"}[own]
    assert (one.verdict, one.detail) == ("no-value", f"Not judged: the figure is {absent}.")
    assert one.words == "No value"


SPREAD = Spread(150, 0, 0, 10, 20, 30, 40)


@pytest.mark.parametrize(
    "value, more, verdict",
    [
        (10, {}, "within"),
        (10.1, {}, "near"),
        (30, {}, "near"),
        (30.1, {}, "outside"),
        (30, HIGHER, "within"),
        (29.9, HIGHER, "near"),
        (10, HIGHER, "near"),
        (9.9, HIGHER, "outside"),
        # published 10.0, judged 10.4: the cuts are of published figures
        ((10.0, 104, 1000), {}, "within"),
    ],
)
def test_a_quarter_of_english_authorities(value, more, verdict):
    assert made(value, {ENGLAND: 20}, rule="T4", spread=SPREAD, **more).tolerance.verdict == verdict


@pytest.mark.parametrize(
    "spread, more, reason",
    [
        (None, {}, "there is no national spread for it"),
        (SPREAD, {"polarity": "neutral"}, "neither end is better"),
        (replace(SPREAD, n=80, hidden=9), {}, "9 of 89 authorities have no figure shown"),
    ],
)
def test_a_quarter_that_is_not_given_is_not_judged(spread, more, reason):
    verdict, text = told(20, "T4", {ENGLAND: 20}, spread=spread, **more)
    assert (verdict, text.partition("Not judged: ")[2]) == ("not-set", f"{reason}.")


# mean 11, mean range 2: limits 11 - 5.32 and 11 + 5.32
SAW = (10, 12, 10, 12, 10, 12)


@pytest.mark.parametrize(
    "target, more, verdict",
    [
        (16.4, {}, "within"),
        (16.3, {}, "near"),
        (5.7, {}, "near"),
        (5.6, {}, "outside"),
        (16.4, HIGHER, "outside"),
        (5.6, HIGHER, "within"),
    ],
)
def test_a_target_beyond_the_process_limits_is_met_or_missed_whatever_chance_does(target, more, verdict):
    one = made(quarters(*SAW), rule=f"T6 target={target}", **more).tolerance
    assert one.verdict == verdict
    assert one.rule == (
        f"Target {target}%, process limits 5.7% to 16.3% (trial). "
        "Within: met whatever chance does. "
        "Borderline: chance decides. Outside: missed whatever chance does."
    )
    assert one.detail == "The quarters together were judged."


def test_no_process_limit_is_printed_beyond_what_is_possible():
    """Mean 98, differences of 2: 98 + 5.32 would be more than all."""
    one = made(quarters(*(97, 99) * 3), rule="T6 target=90", **HIGHER).tolerance
    assert "process limits 92.7% to 100.0%" in one.rule and one.verdict == "within"


def test_a_control_chart_of_years_sets_no_verdict():
    assert told(years(*SAW), "T6 target=20") == (
        "not-set",
        "Not judged: a control chart of years sets no verdict, only one of quarters does.",
    )


def test_twelve_points_make_limits_that_are_no_trial():
    assert "(trial)" not in told(quarters(*SAW, *SAW), "T6 target=20")[1]
    assert "(trial)" in told(quarters(*SAW, *SAW[:5]), "T6 target=20")[1]


@pytest.mark.parametrize(
    "own, more",
    [
        (quarters(*SAW[:5]), {}),
        (quarters(*SAW[:5], "c", 12), {}),
        (quarters(*SAW), {"polarity": "neutral"}),
        (quarters(*SAW), {"events": [{"from": "2020-10-01", "breaks": "yes"}]}),
    ],
)
def test_assurance_needs_six_unbroken_points_and_a_direction(own, more):
    verdict, text = told(own, "T6 target=20", **more)
    assert verdict == "not-set" and text.startswith(
        "Not judged: a control chart of at least six unbroken points"
    )


# --- T3: the margin follows the spread, and outside has to be certain ---

# 0 to 100 in 2023-24: quartiles 25 and 75, so that the spread is 50 / 1.349 = 37.06, and 0.67 of it 24.83
LAST_YEAR = country(range(101))
SPREAD_RULE = f"T3 benchmark={ENGLAND}; spread=0.67"


def around_twenty(own, rule=SPREAD_RULE, past=LAST_YEAR, **more):
    others = {ENGLAND: 20, **past["others"]}
    return made(own, others, areas=past["areas"], rule=rule, **more).tolerance


@pytest.mark.parametrize(
    "own, more, verdict",
    [
        (44.8, {}, "within"),
        (44.9, {}, "near"),
        (69.6, {}, "near"),
        (69.7, {}, "outside"),
        (1, HIGHER, "within"),
    ],
)
def test_a_margin_by_spread_is_that_of_the_year_before(own, more, verdict):
    assert around_twenty(own, **more).verdict == verdict


def test_a_rule_by_spread_prints_its_margin_and_where_it_comes_from():
    assert around_twenty(20).rule == (
        "Within: better than England (20.0%), or worse by no more than 24.8 points (0.67 of the spread of "
        "English authorities, 2023-24). "
        "Borderline: worse by no more than 49.7 points. Outside: worse by more."
    )


@pytest.mark.parametrize("past", [country(range(101), last=2022), country(range(29))])
def test_without_the_year_before_of_thirty_authorities_there_is_no_margin(past):
    one = around_twenty(20, past=past)
    assert (one.verdict, one.words) == ("not-set", "Not judged")
    assert one.rule == "Not judged: the spread of English authorities in the year before is not held."


@pytest.mark.parametrize(
    "own, verdict, unsure",
    [
        # within 2 of 20; Wilson: 30 of 100 is 21.9 to 39.6, 300 of 1,000 is 27.2 to 32.9
        ((30, 100), "near", True),
        ((300, 1000), "outside", False),
        ((235, 1000), "near", False),
        ((210, 1000), "within", False),
    ],
)
def test_outside_needs_the_whole_interval_worse_than_the_margin(own, verdict, unsure):
    one = around_twenty(own, rule=f"T3 benchmark={ENGLAND}; points=2")
    assert one.verdict == verdict
    assert ("cannot tell it apart" in one.detail) is unsure
    assert "Outside: worse by more, with the whole 95% interval worse by more than 2 points." in one.rule


def test_a_figure_without_counts_among_others_with_them_is_never_surely_outside():
    counted = country(range(101), last=2024, base=1000)
    rule = f"T3 benchmark={ENGLAND}; points=2"
    one = around_twenty(40, rule=rule, past=counted)
    assert one.verdict == "near" and one.detail.endswith("so that chance cannot be ruled out.")
    assert around_twenty((400, 1000), rule=rule, past=counted).verdict == "outside"
    assert around_twenty(40, rule=rule).verdict == "outside"  # nobody's counts are held


def test_how_far_out_a_figure_lies_is_told_in_distances_to_the_limit():
    rule = f"T3 benchmark={ENGLAND}; points=2"
    assert around_twenty(24, rule=rule).strength == pytest.approx(1)
    assert around_twenty(28, rule=rule).strength == pytest.approx(2)
    assert around_twenty(12, rule=rule, **HIGHER).strength == pytest.approx(2)


CALIBRATED = {
    "indicator_id": "made",
    "type": "T1",
    "limits": "green_at=20; red_at=23",
    "judged": "100",
    "outside": "7.5",
    "near": "10",
    "flips": "20",
    "stays": "",
    "flagged": "9",
    "counted_on": "2026-11-24",
}


@pytest.mark.parametrize(
    "rule, text",
    [
        (
            "T1 green_at=20; red_at=23",
            "Of all English authorities and years this rule calls 7.5% outside; 20% change their verdict "
            "from "
            "one year to the next (counted on 24 November 2026).",
        ),
        ("T1 green_at=20; red_at=24", ""),
        ("T2 target=20; points=2", ""),
    ],
)
def test_a_rule_tells_what_it_does_to_all_authorities_once_just_that_rule_has_been_counted(rule, text):
    assert made(20, rule=rule, tables={"calibration": [CALIBRATED]}).tolerance.calibration == text


@pytest.mark.parametrize(
    "first_day, verdict",
    [("2025-03-31", "outside"), ("2025-04-01", "within")],
)
def test_a_rule_judges_from_its_first_day_on(first_day, verdict):
    """The period ends on 31 March 2025."""
    mild, strict = "T1 green_at=90; red_at=95", "T1 green_at=1; red_at=2"
    one = made(20, rules=[(mild, "2012-04-01"), (strict, first_day)]).tolerance
    assert one.verdict == verdict


def test_before_the_first_rule_there_is_none():
    assert made(20, rules=[("T1 green_at=1; red_at=2", "2025-04-01")]).tolerance.verdict == "not-set"


def test_what_is_judged_is_unrounded_and_what_is_told_says_whether_it_is_agreed():
    # 2,004 of 10,000 is published as 20.0
    one = made((20.0, 2004, 10000), rule="T1 green_at=20; red_at=23").tolerance
    assert (one.verdict, one.words, one.detail) == ("near", "Borderline", "20.0% was judged.")
    assert (one.state, one.rationale, one.amber_means, one.two_sided) == (
        "proposed",
        "A test",
        "look again",
        False,
    )
    assert (
        one.applied
        == "Within: 20.0% or less. Borderline: up to 23.0%. Outside: beyond that. 20.0% was judged."
    )
    assert one.told == f"{one.applied} Proposed, not yet agreed."


def test_a_margin_of_a_half_is_printed_as_one():
    assert "no more than 1.5 points." in made(20, rule="T2 target=20; points=1.5").tolerance.rule


def test_only_a_band_has_two_sides():
    assert not made(None, rule="T5 band=england").tolerance.two_sided
    assert not made(20).tolerance.two_sided


def test_an_agreed_rule_needs_no_word_on_it():
    agreed = {
        "indicator_id": "made",
        "type": "T1",
        "limits": "green_at=20; red_at=23",
        "from": "2012-04-01",
        "owner": "tests",
        "amber_means": "",
        "state": "agreed",
        "rationale": "",
    }
    one = made(20, tables={"tolerances": [agreed]}).tolerance
    assert one.told == one.applied and one.state == "agreed"


def test_a_whole_number_is_judged_to_one_decimal():
    assert made(
        (20, 2004, 10000), rule="T1 green_at=20; red_at=23", decimals="0"
    ).tolerance.detail.startswith("20.0%")


def test_a_two_sided_band_speaks_in_words_of_its_own():
    one = made(25, rule="T5 low_red=10; low_amber=20; high_amber=30; high_red=40").tolerance
    assert one.two_sided and one.words == "In proposed range"
    assert replace(one, state="agreed").words == "In usual range"


# --- between which values lies what is within ---

RULES = [
    ("T1 green_at=20; red_at=23", {}, (-inf, 20)),
    ("T1 green_at=80; red_at=70", HIGHER, (80, inf)),
    ("T2 target=20; points=2", {}, (-inf, 20)),
    (f"T3 benchmark={ENGLAND}; points=2", {}, (-inf, 32)),
    (f"T3 benchmark={ENGLAND}; percent=10", HIGHER, (27, inf)),
    ("T4", {}, (-inf, 10)),
    ("T4", HIGHER, (30, inf)),
    ("T5 low_red=10; low_amber=20; high_amber=30; high_red=40", {"polarity": "neutral"}, (20, 30)),
]


@pytest.mark.parametrize("rule, more, within", RULES)
@given(value=st.integers(0, 1000).map(lambda tenths: tenths / 10))
def test_a_figure_is_within_where_it_lies_between_the_edges_that_are_drawn(rule, more, within, value):
    spread = Spread(100, 0, 0, 10, 20, 30, 40)
    one = made(value, {ENGLAND: 30}, rule=rule, spread=spread, **more).tolerance
    assert one.within == pytest.approx(within)
    assert (one.verdict == "within") == (within[0] <= value <= within[1])


@pytest.mark.parametrize(
    "own, others, rule, more",
    [
        ("c", {}, "T1 green_at=20; red_at=23", {}),
        (20, {}, "T0", {}),
        (20, {}, f"T3 benchmark={ENGLAND}; points=2", {}),
        # a hidden neighbour leaves the mean open, whatever the verdict
        (1, {"B": 20, "C": 20, "D": 20, "E": "c"}, "T3 benchmark=SN; points=2", {}),
        (99, {"B": 20, "C": 20, "D": 20, "E": "c"}, "T3 benchmark=SN; points=2", {}),
        ({"2021-22": 20}, {}, "T1 green_at=20; red_at=23", {"to": "2024-25"}),
    ],
)
def test_where_no_limit_can_be_told_there_are_no_edges(own, others, rule, more):
    one = made(own, others, rule=rule, **more).tolerance
    assert (one.within, one.limit) == (None, None)


@pytest.mark.parametrize(
    "value, said", [(25, "In proposed range"), (35, "Edge of proposed range"), (45, "Outside proposed range")]
)
def test_a_usual_range_is_called_proposed_everywhere_until_it_is_agreed(value, said):
    band = "T5 low_red=0; low_amber=10; high_amber=30; high_red=40"
    one = made(value, rule=band, polarity="neutral")
    assert flags.tolerance_chip(one).word == said
    assert flags.tolerance_mark(one).word.partition(":")[0] == said
    assert dict(slide.said(one, ()).rows)["Proposed tolerance"].partition(":")[0] == said
    assert "the proposed range" in one.sentence


@pytest.mark.parametrize(
    "kind, limits, said",
    [
        ("T0", "", "for information only"),
        ("T1", "green_at=20; red_at=23", "within at 20 or better, borderline up to 23"),
        (
            "T2",
            "target=20; percent=10",
            "within at the target of 20 or better, borderline if short of it by no more than 10% of it",
        ),
        (
            "T3",
            "benchmark=SN-2025; spread=0.67",
            "within if better than the statistical neighbours or worse by no more than 0.67 of the spread of "
            "English authorities in the year before, borderline up to twice that",
        ),
        (
            "T3",
            "benchmark=E92000001; points=2",
            "within if better than England or worse by no more than 2 points, borderline up to twice that",
        ),
        (
            "T5",
            "low_red=1; low_amber=2; high_amber=3; high_red=4",
            "in the range from 2 to 3, at its edge from 1 to 4",
        ),
    ],
)
def test_a_rule_is_told_whatever_the_case(kind, limits, said):
    rule = ToleranceRule("x", kind, parse_limits(limits), date(2024, 4, 1), "", "", "agreed", "")
    assert rule.in_words == said


def test_every_rule_of_the_catalogue_is_told(catalogue):
    told = {rule.in_words for rules in catalogue.tolerances.values() for rule in rules}
    assert len(told) >= 3 and all("{" not in words for words in told)


@pytest.mark.parametrize(
    "rule, polarity, said",
    [
        ("T1 green_at=20; red_at=23", "lower_better", "Borderline"),
        ("T5 low_red=1; low_amber=2; high_amber=30; high_red=40", "neutral", "Edge of proposed range"),
    ],
)
def test_what_amber_means_is_said_of_the_word_that_is_printed(rule, polarity, said):
    """Whatever the verdict of the case is: "Within" means nothing of the kind."""
    assert [made(v, rule=rule, polarity=polarity).tolerance.middle for v in (5, 22, 60)] == [said] * 3
