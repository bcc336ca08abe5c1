"""The band of the region: figures in, verdict out. Of 10, 20, 30, 40 and 50 the quartiles (type 7) are 20 and
40.
"""

import pytest

from tests.verdicts.made import made, years

FIVE = {"B": 10, "C": 20, "D": 30, "E": 40, "F": 50}
RULE = "T5 band=region"


@pytest.mark.parametrize(
    "value, verdict",
    [
        (9.9, "outside"),
        (10, "near"),
        (19.9, "near"),
        (20, "within"),
        (40, "within"),
        (40.1, "near"),
        (50, "near"),
        (50.1, "outside"),
    ],
)
def test_the_quartiles_are_the_usual_range_and_the_extremes_its_edge(value, verdict):
    one = made(value, FIVE, rule=RULE).tolerance
    assert one.verdict == verdict
    assert one.rule == (
        "Usual range: 20.0% to 40.0%, the middle half of the 5 other authorities of Northland "
        "with a figure for this period. At the edge: from 10.0% to 50.0%. Outside: beyond that."
    )


def test_the_others_are_judged_as_finely_as_the_area():
    # 3,996 of 10,000 is published as 40.0
    others = {**FIVE, "E": (40.0, 3996, 10000)}
    assert [made(v, others, rule=RULE).tolerance.verdict for v in (39.96, 39.97)] == ["within", "near"]


@pytest.mark.parametrize(
    "others",
    [
        {"B": 10, "C": 20, "D": 30, "E": 40},
        {"B": 10, "C": 20, "D": 30, "E": 40, "F": "x"},
        {"B": 10, "C": 20, "D": 30, "E": 40, "F": "c"},
        {"B": 10, "C": 20, "D": 30, "E": 40, "Z": 50},  # Zville lies in another region
    ],
)
def test_fewer_than_five_others_make_no_band(others):
    one = made(25, others, rule=RULE).tolerance
    assert one.verdict == "not-set"
    assert one.rule == (
        "Not judged: figures of at least 5 other authorities of its region are needed, and are not held."
    )


def test_a_region_has_no_band():
    assert made(25, FIVE, rule=RULE, area="RN").tolerance.verdict == "not-set"


def test_an_authority_counts_while_it_exists():
    """Oldville went on 31 March 2019."""
    areas = {"OLD": ("Oldville", "authority", "RN", "", "", "2019-03-31")}
    others = {
        code: years(value, value, last=2019) for code, value in {**FIVE, "OLD": 60}.items() if code != "F"
    }
    own = years(25, 25, last=2019)
    assert made(own, others, rule=RULE, areas=areas, to="2018-19").tolerance.verdict == "within"
    assert made(own, others, rule=RULE, areas=areas, to="2019-20").tolerance.verdict == "not-set"


@pytest.mark.parametrize(
    "hidden, words",
    [
        ({"G": "x"}, ""),
        ({"G": "c"}, " 1 more has a figure that is not shown."),
        ({"G": "c", "H": "unstated"}, " 2 more have figures that are not shown."),
    ],
)
def test_those_that_are_hidden_are_counted_and_those_without_a_figure_are_not(hidden, words):
    assert made(25, FIVE | hidden, rule=RULE).tolerance.rule.partition("beyond that.")[2] == words


@pytest.mark.parametrize(
    "value, verdict",
    [
        # with 0: edges 0, 12.5, 37.5, 50; with 100: 10, 22.5, 47.5, 100
        (30, "within"),
        (22.5, "within"),
        (22.4, "range"),
        (37.5, "within"),
        (37.6, "range"),
        (11, "near"),
        (9.9, "range"),
        (49, "near"),
        (50.1, "range"),
        (101, "outside"),
    ],
)
def test_a_hidden_share_is_tried_at_both_its_ends(value, verdict):
    assert made(value, FIVE | {"G": "c"}, rule=RULE).tolerance.verdict == verdict


def test_a_band_that_crosses_the_value_cannot_tell():
    """With six zeros the middle half ends at 29.5, with six hundreds it begins at 30.5: near at both ends, 30
    is crossed.
    """
    more = {code: (f"{code}ville", "authority", "RN") for code in "IJKL"}
    others = {"B": 28, "C": 29, "D": 30, "E": 31, "F": 32, **dict.fromkeys("GHIJKL", "c")}
    assert made(30, others, rule=RULE, areas=more).tolerance.verdict == "range"


def test_a_hidden_rate_is_bounded_by_nothing():
    assert made(30, FIVE | {"G": "c"}, rule=RULE, unit="rate_per_10000").tolerance.verdict == "range"


def test_edges_have_a_decimal_where_the_figures_have_none():
    assert "Usual range: 20.0% to 40.0%" in made(25, FIVE, rule=RULE, decimals="0").tolerance.rule
