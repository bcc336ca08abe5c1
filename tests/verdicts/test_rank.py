"""Rank: figures in, places and bars out. Made-up figures."""

import pytest

from safeguarding.store.tables import ENGLAND
from tests.verdicts.made import made, years

OTHERS = {"B": 10, "C": 20, "D": 30}


def regional(own, others, **more):
    return made(own, others, sets={}, **more).rankings[0]


@pytest.mark.parametrize(
    "own, polarity, place, order",
    [
        (20.1, "lower_better", 3, "1 is the lowest, which is best"),
        (20, "lower_better", 2, "1 is the lowest, which is best"),
        (20, "higher_better", 2, "1 is the highest, which is best"),
        (19.9, "higher_better", 3, "1 is the highest, which is best"),
        (31, "neutral", 1, "1 is the highest; neither end is better"),
    ],
)
def test_a_tie_takes_the_better_place(own, polarity, place, order):
    one = regional(own, OTHERS, polarity=polarity)
    assert (one.best, one.worst, one.n) == (place, place, 4)
    assert one.place == f"Aville is number {place} of 4 ({order})."


@pytest.mark.parametrize(
    "own, nearest",
    [
        (31, "highest"),
        (30, "highest"),
        (29, "2nd highest"),
        (20, "2nd highest"),
        (19, "2nd lowest"),
        (10, "lowest"),
        (9, "lowest"),
    ],
)
def test_where_neither_end_is_better_places_count_from_the_nearer_one(own, nearest):
    """Of 10, 20, 30 and its own: the lowest of all is not the "4th highest"."""
    one = regional(own, OTHERS, polarity="neutral")
    assert one.nearest == nearest
    better = regional(own, OTHERS, polarity="lower_better")
    assert better.nearest == better.places


def test_places_are_taken_by_what_is_judged():
    # 2,001 of 10,000 is published as 20.0
    assert regional((20.0, 2001, 10000), OTHERS).best == 3


@pytest.mark.parametrize(
    "hidden, own, best, worst, text",
    [
        ("x", 20, 2, 2, "Aville is number 2 of 4 (1 is the lowest, which is best)."),
        # it lies from 0 to 100
        (
            "c",
            20,
            2,
            3,
            "Aville is somewhere from number 2 to 3 of 5 (1 is the lowest, which is best), "
            "depending on 1 hidden.",
        ),
        (
            "c",
            0,
            1,
            1,
            "Aville is number 1 of 5 (1 is the lowest, which is best). The 1 hidden could not change that.",
        ),
    ],
)
def test_a_hidden_figure_makes_the_place_a_range_and_one_that_does_not_exist_does_not(
    hidden, own, best, worst, text
):
    one = regional(own, OTHERS | {"E": hidden})
    assert (one.best, one.worst, one.place) == (best, worst, text)


def test_a_hidden_rate_is_nought_or_more_and_no_figure_is_below_it():
    lowest = "(1 is the lowest, which is best)"
    one = regional(20, {"B": "c", "C": 5}, unit="rate_per_10000")
    assert one.place == f"Aville is somewhere from number 2 to 3 of 3 {lowest}, depending on 1 hidden."
    none = regional(0, {"B": "c", "C": 5}, unit="rate_per_10000")
    assert none.place == f"Aville is number 1 of 3 {lowest}. The 1 hidden could not change that."


@pytest.mark.parametrize(
    "own, others, unit, text",
    [
        ("c", OTHERS, "percent", "its figure is hidden by the source to protect identity."),
        ("x", OTHERS, "percent", "its figure is not available."),
    ],
)
def test_what_cannot_be_ranked_says_why(own, others, unit, text):
    one = regional(own, others, unit=unit)
    assert (one.place, one.best, one.worst, one.n) == (f"Aville cannot be ranked: {text}", None, None, 0)


def test_the_bars_stand_best_first_with_the_benchmarks_and_those_without_a_figure_last():
    one = regional(20, {"B": 10, "C": "c", "D": 20, ENGLAND: 15, "RN": 25, "Z": 1})
    assert one.title == "Authorities of Northland"
    assert [(b.name, b.value, b.role.value) for b in one.bars] == [
        ("Bville", 10, "other"),
        ("England", 15, "england"),
        ("Aville", 20, "focus"),
        ("Dville", 20, "other"),
        ("Northland", 25, "region"),
        ("Cville", None, "other"),
        *((f"{x}ville", None, "other") for x in "EFGH"),
    ]
    assert [b.status.value for b in one.bars][5:7] == ["c", "x"]
    up = regional(20, {"B": 10, "D": 30, ENGLAND: "c"}, polarity="neutral")
    assert [b.name for b in up.bars][:3] == ["Dville", "Aville", "Bville"]
    assert "England" not in [b.name for b in up.bars]


def test_neighbours_are_ranked_by_the_list_then_in_force():
    region, near = made(20, {"B": 10, "C": 30, "Z": 1}, sets={"SN-2021": "CZ"}).rankings
    assert near.title == "Statistical neighbours (2021 model)" and near.n == 3 and near.best == 2
    assert {b.name for b in near.bars} == {"Aville", "Cville", "Zville"}
    old = made(years(20, last=2018), {"C": years(30, last=2018)}).rankings[1]
    assert old.title == "Statistical neighbours (2021 model, not the list then in force)"
    assert region.n == 3


@pytest.mark.parametrize(
    "own, more",
    [(20, {"unit": "count"}), (None, {}), (20, {"area": "RN"}), (20, {"area": ENGLAND})],
)
def test_counts_and_areas_that_are_no_authorities_are_not_ranked(own, more):
    assert made(own, OTHERS, **more).rankings == ()


def test_nought_stands_before_a_half():
    one = regional(0, {"B": 0.5, "C": -0.5})
    assert [b.name for b in one.bars][:3] == ["Cville", "Aville", "Bville"]
    up = regional(0, {"B": 0.5, "C": -0.5}, polarity="higher_better")
    assert [b.name for b in up.bars][:3] == ["Bville", "Aville", "Cville"]


def test_two_make_a_region():
    (one,) = made(20, {"Y": 10}, area="Z", areas={"Y": ("Yville", "authority", "RS")}).rankings
    assert (one.title, one.best, one.n) == ("Authorities of Southland", 2, 2)


def test_an_only_child_of_its_region_has_no_ranking_there():
    assert made(20, area="Z").rankings == ()


def test_an_authority_is_ranked_while_it_exists():
    areas = {"OLD": ("Oldville", "authority", "RN", "", "", "2019-03-31")}
    own, others = years(20, 20, last=2019), {"OLD": years(10, 10, last=2019)}
    names = [
        {b.name for b in made(own, others, sets={}, areas=areas, to=to).rankings[0].bars}
        for to in ("2018-19", "2019-20")
    ]
    assert "Oldville" in names[0] and "Oldville" not in names[1]


@pytest.mark.parametrize("more, whole", [(137, False), (138, True)])
def test_england_is_ranked_once_all_of_it_is_held(more, whole):
    """140 authorities with a row are taken to be all of them; two are there already."""
    codes = [f"N{k}" for k in range(more)]
    areas = {code: (f"New {code}", "authority", "RS") for code in codes}
    found = made(20, {**dict.fromkeys(codes, 10), "Z": 30}, sets={}, areas=areas).rankings
    assert [r.title for r in found[1:]] == (["English authorities"] if whole else [])
    if whole:
        assert (found[1].best, found[1].n, found[1].bars) == (139, 140, ())


def test_a_neighbour_counts_with_a_figure_of_a_time_before_it_was_an_authority():
    """OHID works out figures of 2020-21 for West Northamptonshire, which began a day after that year."""
    areas = {"NEW": ("Newville", "authority", "RN", "", "2025-04-01")}
    for figure, best, n in ((10, 2, 2), ("c", 1, 2)):
        region, near = made(20, {"NEW": figure}, sets={"SN-2021": ["NEW"]}, areas=areas).rankings
        assert (near.best, near.n) == (best, n)
        assert "Newville" in {b.name for b in region.bars}, "as its source has it: nobody else stands there"
