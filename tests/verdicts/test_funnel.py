"""The funnel: figures in, spots and sentence out. Made-up figures.

Around England's 20 % the limits for 100 cases are 12.16 to 27.84 (95 %) and 7.64 to 32.36 (99.8 %):
20 ∓ z · 4.
"""

import pytest

from safeguarding.store.tables import ENGLAND
from safeguarding.verdicts.funnel import OVERDISPERSED
from tests.verdicts.made import made, years


def funnel(own, others=None, **more):
    return made(own, {ENGLAND: 20, **(others or {})}, **more).funnel


@pytest.mark.parametrize(
    "count, where, told",
    [
        (27, "inside 95%", "inside the 95% limits"),
        (28, "inside 99.8%", "between the 95% and the 99.8% limits"),
        (32, "inside 99.8%", "between the 95% and the 99.8% limits"),
        (33, "outside 99.8%", "outside the 99.8% limits"),
        (13, "inside 95%", "inside the 95% limits"),
        (12, "inside 99.8%", "between the 95% and the 99.8% limits"),
        (7, "outside 99.8%", "outside the 99.8% limits"),
    ],
)
def test_an_area_lies_inside_or_outside_the_limits_for_its_size(count, where, told):
    one = funnel((count, 100))
    (spot,) = one.spots
    assert (spot.where, spot.base, spot.value, spot.role.value) == (where, 100, count, "focus")
    assert one.text.startswith(f"Around England's 20.0%: Aville lies {told}. ")


@pytest.mark.parametrize(
    "count, where",
    [
        # rates: outside where the area's own Poisson interval leaves 20 out. Exact limits of 9 from a table:
        # 4.1 to 17.1 at 95 %
        (20, "inside 95%"),
        (12, "inside 95%"),
        # Byar's lower limit of 29 is 19.42, of 30 20.24: the limits hold the last count that is still inside
        (29, "inside 95%"),
        (30, "inside 99.8%"),
        (9, "inside 99.8%"),
        (4, "outside 99.8%"),
    ],
)
def test_a_rate_is_outside_where_its_own_interval_leaves_the_benchmark_out(count, where):
    (spot,) = funnel((count, 10000), unit="rate_per_10000").spots
    assert spot.where == where


def test_nought_is_a_figure():
    (spot,) = funnel((0, 100)).spots
    assert (spot.value, spot.where) == (0, "outside 99.8%")


def test_a_rate_per_100000_has_limits_of_its_own():
    (spot,) = funnel((2, 10000), unit="rate_per_100000").spots
    assert spot.where == "inside 95%"


def test_the_region_and_the_neighbours_are_drawn_once_each_and_the_hidden_are_named():
    others = {"B": (40, 100), "F": (20, 100), "Z": (20, 100), "G": "c", "H": "x", "RN": (20, 100)}
    one = funnel((20, 100), others, sets={"SN-2021": "BZ"})
    assert [(s.name, s.role.value) for s in one.spots] == [
        ("Aville", "focus"),
        ("Bville", "neighbours"),
        ("Fville", "other"),
        ("Zville", "neighbours"),
    ]
    assert one.benchmark == 20 and one.hidden == ("Gville", "Hville")
    assert one.text == (
        "Around England's 20.0%: Aville lies inside the 95% limits. Of the 4 authorities of Northland and "
        "the statistical neighbours with a figure, 1 lies outside the 99.8% limits. "
        "Without a count or figure: Gville and Hville."
    )


def test_without_a_list_of_neighbours_the_region_stands_alone():
    one = funnel((20, 100), {"B": (20, 100)}, sets={})
    assert "of Northland with a figure, 0 lie outside" in one.text and "Without" not in one.text
    assert "by more than chance" not in one.text


def test_values_are_judged_unrounded():
    # 278 of 1,000 lies outside 17.5 to 22.5, and 27.8 is what is published
    (spot,) = funnel((27.8, 2784, 10000)).spots
    assert spot.value == 27.84


def test_england_is_unrounded_as_in_a_comparison():
    # 19 of 2,892 is 0.657 %: beyond the limits around 0.4, within those around 0.4384
    found = funnel((0.7, 19, 2892), {ENGLAND: (0.4, 4384, 1000000)})
    assert found.benchmark == pytest.approx(0.4384) and found.spots[0].where == "inside 95%"


@pytest.mark.parametrize(
    "own, others, more, text",
    [
        (None, {}, {}, "A funnel is drawn for authorities with a figure."),
        ((20, 100), {}, {"area": "RN"}, "A funnel is drawn for authorities with a figure."),
        (20, {}, {"unit": "count"}, "A count depends on the size of the place."),
        (20, {ENGLAND: None}, {"unit": "count"}, "A count depends on the size of the place."),
        ((20, 100), {ENGLAND: None}, {}, "England has no figure for this period."),
        ((20, 100), {ENGLAND: "c"}, {}, "England has no figure for this period."),
        (
            "c",
            {"B": (20, 100)},
            {},
            "No funnel, because the figure is hidden by the source to protect identity.",
        ),
        (20, {"B": (20, 100)}, {}, "No funnel, because the count behind it is not published."),
    ],
)
def test_where_there_is_no_funnel_it_says_why(own, others, more, text):
    one = made(own, {ENGLAND: 20, **others}, **more).funnel
    assert (one.spots, one.benchmark, one.text) == ((), 0.0, text)


def test_it_names_who_is_hidden_even_where_it_is_the_area_itself():
    assert funnel("c", {"B": (20, 100), "C": "c"}).hidden == ("Aville", "Cville")


def test_an_authority_is_drawn_while_it_exists():
    areas = {"OLD": ("Oldville", "authority", "RN", "", "", "2019-03-31")}
    held = years((20, 100), (20, 100), last=2019)
    for to, drawn in (("2018-19", True), ("2019-20", False)):
        one = made(held, {ENGLAND: years(20, 20, last=2019), "OLD": held}, areas=areas, to=to)
        assert ("Oldville" in [s.name for s in one.funnel.spots]) is drawn


def test_where_many_lie_outside_it_is_said_that_they_differ_by_more_than_chance():
    few = {"B": (40, 100), "F": (40, 100), "G": (20, 100), "Z": (20, 100)}
    assert OVERDISPERSED not in funnel((20, 100), few, sets={"SN-2021": "BZ"}).text
    assert OVERDISPERSED not in funnel((40, 100), few, sets={"SN-2021": "BZ"}).text, "its own does not count"
    assert OVERDISPERSED in funnel((20, 100), few | {"G": (60, 100)}, sets={"SN-2021": "BZ"}).text
