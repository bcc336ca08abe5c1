"""Comparison as applied: figures in, verdict out. Made-up figures; 20 of 100 has the Wilson interval 13.34 to
28.88.
"""

import pytest

from safeguarding.store.tables import ENGLAND
from tests.verdicts.made import country, made, years

FOUND = "would be found four times in five, a smaller one less often."


@pytest.mark.parametrize(
    "polarity, england, verdict",
    [
        ("lower_better", 13.3, "worse"),
        ("lower_better", 13.4, "similar"),
        ("lower_better", 28.8, "similar"),
        ("lower_better", 28.9, "better"),
        ("higher_better", 13.3, "better"),
        ("higher_better", 28.9, "worse"),
        ("neutral", 13.3, "higher"),
        ("neutral", 28.9, "lower"),
    ],
)
def test_only_an_interval_wholly_on_one_side_is_different(polarity, england, verdict):
    one = made((20, 100), {ENGLAND: england}, polarity=polarity).england
    assert one.verdict == verdict and one.reason == ""
    assert one.method == f"Wilson 95% interval: 20 of 100, 13.3% to 28.9%, against {england}%"
    assert one.why == f"{one.method}."
    # 1.96 + 0.84 standard errors of a share of 100: 4 at 20 %, so 9.5 at 13.4 % and 12.7 at 28.8 %
    unseen = {13.4: f" The figure rests on 100: a true gap of 9.5 points {FOUND}"}
    unseen[28.8] = f" The figure rests on 100: a true gap of 12.7 points {FOUND}"
    assert one.told == f"{verdict}. {one.method}.{unseen.get(england, '')}"


def test_the_benchmark_is_unrounded_where_its_counts_are_held():
    """133 of 1,000 is worse, though what is published, 13.4 %, is not."""
    one = made((20, 100), {ENGLAND: (13.4, 133, 1000)}).england
    assert (one.verdict, one.benchmark, one.printed) == ("worse", pytest.approx(13.3), "13.4%")


def test_a_whole_number_unit_prints_its_limits_to_one_decimal():
    assert "13.3% to 28.9%, against 20%" in made((20, 100), {ENGLAND: 20}, decimals="0").england.method


@pytest.mark.parametrize(
    "own, england, more, reason",
    [
        (
            (20, 100),
            "c",
            {},
            "the figure for England for this period is hidden by the source to protect identity",
        ),
        ((20, 100), None, {}, "the figure for England for this period is not held"),
        ("c", 20, {}, "the figure is hidden by the source to protect identity"),
        ("c", "c", {}, "the figure is hidden by the source to protect identity"),
        (20, 15, {"unit": "count"}, "a count depends on the size of the place"),
        (20, None, {"unit": "count"}, "a count depends on the size of the place"),
        (None, 20, {}, "no figure is held"),
        ((20, 100), 20, {"to": "2026-27"}, "the last known figure is more than a year old"),
        (
            20,
            15,
            {},
            "the count behind it is not published; it is 5.0 points above, a difference that is not tested",
        ),
        (
            20,
            25,
            {},
            "the count behind it is not published; it is 5.0 points below, a difference that is not tested",
        ),
        (20, 20.04, {}, "the count behind it is not published; the two figures are equal"),
        (20, 20.04, {"decimals": "0"}, "the count behind it is not published; the two figures are equal"),
        (
            20,
            20.04,
            {"decimals": "2"},
            "the count behind it is not published; it is 0.04 points below, a difference that is not tested",
        ),
        (
            20,
            20.06,
            {"decimals": "0"},
            "the count behind it is not published; it is 0.1 points below, a difference that is not tested",
        ),
    ],
)
def test_what_is_not_compared_says_why(own, england, more, reason):
    one = made(own, {ENGLAND: england}, **more).england
    assert (one.verdict, one.reason) == ("not-compared", reason)
    assert one.why == f"Because {reason}."
    assert one.told == f"not compared, because {reason}."


def test_half_a_point_above_is_above():
    assert "it is 0.5 points above, a" in made(20, {ENGLAND: 19.5}).england.reason


def test_a_count_has_no_benchmark():
    one = made(20, {ENGLAND: 15, "B": 5}, unit="count")
    assert (one.england.benchmark, one.neighbours.benchmark) == (None, None)
    assert one.neighbours.reason == "a count depends on the size of the place"


def test_an_area_is_not_compared_with_itself_nor_england_with_a_region():
    one = made((20, 100), area=ENGLAND)
    assert one.england.reason == "an area is not compared with itself"
    assert (one.region.name, one.region.reason) == ("Region", "England lies in no region")


def test_the_region_is_the_one_the_area_lies_in():
    one = made((20, 100), {"RN": 28.9, "RS": 13.3}).region
    assert (one.name, one.verdict, one.benchmark) == ("Northland", "better", 28.9)


def test_the_region_is_compared_without_the_area_itself():
    """Northland has 220 of 1,100, a fifth, and 130 of 1,000 of it without Aville's 90 of 100."""
    one = made((90, 100), {"RN": (220, 1100)}).region
    assert (one.verdict, one.benchmark, one.printed) == ("worse", pytest.approx(13.0), "20.0%")
    assert one.method.endswith("against 20.0%, without Aville 13.0%")
    rate = made((50, 10000), {"RN": (150, 20000)}, unit="rate_per_10000").region
    assert rate.benchmark == pytest.approx(100) and rate.verdict == "better"


@pytest.mark.parametrize("region", [28.9, (28.9, 2, 5), (28.9, 289, 100)])
def test_a_region_that_the_area_cannot_be_taken_from_stands_as_it_is(region):
    own = (20, 100)
    one = made(own, {"RN": region}).region
    assert one.against == "" and one.verdict != "not-compared"


def test_what_is_known_to_be_recorded_too_low_is_not_compared():
    event = {"from": "2025-04-01", "breaks": "yes", "under_recorded_before": "yes"}
    one = made((20, 100), {ENGLAND: 5, "RN": 5, "B": 5}, events=[event])
    for compared in one.comparisons.values():
        assert compared.verdict == "not-compared"
        assert compared.reason == "recording is incomplete before 1 April 2025"


# --- what a difference from England is worth ---


def among(own, spread, england=20.0, base=1000, **more):
    """An area among 101 authorities of 1,000 children each, spread evenly around England, this year."""
    held = country([england + spread * (k - 50) / 50 for k in range(101)], last=2024, base=base)
    return made(own, {ENGLAND: england, **held["others"]}, areas=held["areas"], **more).england


def test_a_gap_is_unusual_only_beyond_limits_widened_for_how_far_authorities_differ():
    """Spread from 10 to 30 %: z is (value - 20) / 1.265, its mean square, winsorised at 8.1 on each side,
    about 26. So the limits are 20 +- 1.96 x 1.265 x 5.1, some 12.7 away: 28 % is far beyond chance and not
    unusual.
    """
    one = among((280, 1000), 10)
    assert one.verdict == "worse" and not one.unusual
    assert 0.5 < one.strength < 1
    assert among((340, 1000), 10).unusual and among((60, 1000), 10).unusual
    assert among((340, 1000), 10).strength > 1
    # where hardly anyone differs the same gap is unusual
    assert among((280, 1000), 1).unusual


def test_a_similar_figure_is_never_unusual():
    one = among((200, 1000), 10)
    assert (one.verdict, one.unusual) == ("similar", False)
    assert one.unseen == pytest.approx(2.802 * 1.265, abs=0.005)
    assert one.worth.startswith(f"The figure rests on 1,000: a true gap of 3.5 points {FOUND}")


def test_where_the_area_stands_among_gaps_is_told():
    """Of 101 other authorities 20 lie more than 8 points away: 10 below 12 %, 10 above 28 %."""
    one = among((280, 1000), 10)
    assert one.larger == pytest.approx(100 * 20 / 101)
    assert (
        "For its size the gap here is larger than that of 8 in 10 authorities, and not unusual" in one.worth
    )
    assert one.differing == pytest.approx(75, abs=5)


@pytest.mark.parametrize(
    "count, said",
    [
        (390, "is the largest of all, and"),
        (298, "is larger than that of nearly every authority, and"),
        (202, "is smaller than that of nearly every authority, and"),
    ],
)
def test_a_gap_at_either_end_of_all_is_told_in_words_not_in_tenths(count, said):
    assert f"For its size the gap here {said}" in among((count, 1000), 10).worth


@pytest.mark.parametrize("more", [{"area": "RN"}, {"base": None}])
def test_only_an_authority_among_thirty_with_counts_is_told_what_its_gap_is_worth(more):
    one = among((280, 1000), 10, **more)
    assert (one.larger, one.differing, one.unusual, one.strength) == (None, None, False, 0.0)


@pytest.mark.parametrize(
    "own, figures, verdict",
    [
        # the mean of 10, 10 and 10 with a share from 0 to 100: 7.5 to 32.5
        ((20, 100), (10, 10, 10, "c"), "depends-on-hidden"),
        # 82.6 to 94.5 lies above both ends
        ((90, 100), (10, 10, 10, "c"), "worse"),
        # 67.5 to 92.5: 13.3 to 28.9 lies below both
        ((20, 100), (90, 90, 90, "c"), "better"),
        # all shown: 28.9, and the interval ends at 28.88
        ((20, 100), (28.9, 28.9, 28.9, 28.9), "better"),
        ((20, 100), (28.8, 28.8, 28.8, 28.8), "similar"),
    ],
)
def test_neighbours_are_judged_at_both_ends_of_what_is_hidden(own, figures, verdict):
    assert made(own, dict(zip("BCDE", figures, strict=True))).neighbours.verdict == verdict


def test_a_comparison_with_neighbours_says_how_many_and_between_which_limits():
    one = made((20, 100), {"B": 10, "C": 20, "D": 30, "E": "c"}).neighbours
    assert (one.n, one.hidden, one.neighbour_set, one.printed) == (3, 1, "SN-2021", "20.0%, mean of 3 of 4")
    assert one.between == (15, 40)  # (10 + 20 + 30 + 0) / 4 and (10 + 20 + 30 + 100) / 4
    assert one.method.endswith(
        "against 20.0%, mean of 3 of 4; with the hidden figures it lies somewhere from 15.0% to 40.0%"
    )
    assert one.told.endswith("40.0%. 1 of the neighbours’ figures is not shown.")
    assert made((20, 100), {"B": 10, "C": 20, "D": "u", "E": "c"}).neighbours.told.endswith(
        " 2 of the neighbours’ figures are not shown."
    )


def test_similar_at_both_ends_of_what_is_hidden_says_what_could_not_be_seen():
    """The mean is 15 to 40, and 2 of 8 is 7.1 to 59.1. At 20 % the error of 8 is 14.142."""
    one = made((2, 8), {"B": 20, "C": 20, "D": 20, "E": "c"}).neighbours
    assert (one.verdict, one.unseen) == ("similar", pytest.approx(2.802 * 14.142, abs=0.01))


def test_nothing_bounds_a_hidden_rate():
    one = made((50, 10000), {"B": 40, "C": "c"}, unit="rate_per_10000").neighbours
    assert one.verdict == "depends-on-hidden"
    assert one.method.endswith("; nothing bounds the hidden figures behind it")


@pytest.mark.parametrize(
    "figures, more, reason",
    [
        ({}, {"sets": {}}, "no list of statistical neighbours is held for Aville"),
        ({"B": "c"}, {}, "no neighbour has a figure for this period"),
        ({"B": 20}, {"to": "2026-27"}, "the last known figure is more than a year old"),
        ({"Z": 20}, {}, "no neighbour has a figure for this period"),
    ],
)
def test_neighbours_that_cannot_be_compared_with_say_why(figures, more, reason):
    assert made((20, 100), figures, **more).neighbours.reason == reason


def test_a_hidden_figure_of_its_own_comes_before_what_the_neighbours_lack():
    assert made("c", {"B": "c"}).neighbours.reason == "the figure is hidden by the source to protect identity"
    assert made(years(None, "x"), {"B": 20}).neighbours.reason == "the figure is not available"
