"""The neighbours' figure: who is counted, who is hidden, which list. One rule for the card, the chart and the
tolerance.
"""

import pytest

from safeguarding.verdicts.neighbours import neighbours, set_name
from safeguarding.vocabulary import Status
from tests.verdicts.made import made, years

HIDDEN = {"c", "c_primary", "c_secondary", "c_local", "k", "low", "u", "late", "unstated"}


@pytest.mark.parametrize("status", [s.value for s in Status if s is not Status.OK])
def test_card_chart_and_rule_say_the_same_of_a_neighbour_of_each_status(status):
    one = made(
        (20, 100),
        {"B": 10, "C": 20, "D": 30, "E": status},
        rule="T3 benchmark=SN; points=2",
        compare=("SN",),
    )
    hidden = int(status in HIDDEN)
    assert (one.neighbours.n, one.neighbours.hidden) == (3, hidden)
    assert (one.neighbours.between is not None) == bool(hidden)
    assert one.neighbours.benchmark == 20
    note = one.lines[1].points[-1].note
    assert note == ("mean of 3 of 4, 1 not shown" if hidden else "mean of 3 of 4")
    assert "(20.0%, mean of 3 of 4)" in one.tolerance.rule
    assert one.tolerance.verdict == ("range" if hidden else "within")


@pytest.mark.parametrize(
    "average, value",
    [("mean", 30.0), ("median", 20.0)],  # of 10, 20 and 60
)
def test_the_average_is_a_plain_mean_or_the_median(average, value):
    one = made((20, 100), {"B": 10, "C": 20, "D": 60, "E": "x"}, average=average, compare=("SN",))
    assert one.neighbours.benchmark == one.lines[1].points[-1].value == value
    assert one.neighbours.printed == f"{value:.1f}%, {average} of 3 of 4"


def test_a_mean_has_the_limits_of_what_is_hidden():
    found = made((20, 100), {"B": 10, "C": 20, "D": 60, "E": "c"}).neighbours
    assert found.between == (22.5, 47.5)  # 90 and 190 over four
    assert made((20, 100), {"B": 10, "C": 20}).neighbours.between is None


def test_a_median_has_a_medians_limits():
    # 0, 10, 20, 60 and 10, 20, 60, 100
    one = made((20, 100), {"B": 10, "C": 20, "D": 60, "E": "c"}, average="median").neighbours
    assert one.between == (15, 40)


@pytest.mark.parametrize(
    "period, name, caption, value",
    [
        (2024, "SN-2025", "statistical neighbours (2025 model)", 30),
        (2023, "SN-2021", "statistical neighbours (2021 model)", 10),
        (2020, "SN-2021", "statistical neighbours (2021 model)", 10),
        (2019, "SN-2021", "statistical neighbours (2021 model, not the list then in force)", 10),
    ],
)
def test_the_list_is_the_one_in_force_when_the_period_ended(period, name, caption, value):
    one = made(
        years((20, 100), last=period),
        {"B": years(10, last=period), "F": years(30, last=period)},
        sets={"SN-2021": "BC", "SN-2025": "FG"},
    ).neighbours
    assert (one.neighbour_set, one.name, one.benchmark) == (name, caption, value)


def test_a_rule_may_name_its_own_list():
    one = made(
        (20, 100),
        {"B": 17, "F": 30},
        sets={"SN-2021": "BC", "SN-2025": "FG"},
        rule="T3 benchmark=SN-2021; points=2",
    )
    assert "(17.0%, mean of 1 of 2)" in one.tolerance.rule and one.tolerance.verdict == "near"


def test_a_list_that_is_asked_for_by_name_is_no_substitute():
    one = made(years((20, 100), last=2015), {"B": years(10, last=2015)})
    assert neighbours(one, "SN-2021").caption == f"statistical neighbours ({set_name('SN-2021')})"
    assert set_name("SN-2021") == "2021 model"
    assert neighbours(one, "SN-2030") is None and neighbours(made(None)) is None


def test_a_list_whose_model_is_not_known_is_named_by_its_own_name():
    assert (
        made((20, 100), {"B": 10}, sets={"SN-2017": "B"}).neighbours.name
        == "statistical neighbours (SN-2017)"
    )
