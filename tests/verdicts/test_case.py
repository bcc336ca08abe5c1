"""The case: which figure is the latest, whether it may be judged. Made-up figures."""

from datetime import date

import pytest

from safeguarding.figures import Figures
from safeguarding.verdicts.case import Case
from tests.verdicts.made import made, row, years


@pytest.mark.parametrize(
    "to, periods",
    [
        (None, ["2022-23", "2023-24", "2024-25"]),
        ("2024-25", ["2022-23", "2023-24", "2024-25"]),
        ("2023-24", ["2022-23", "2023-24"]),
        ("2024-25-Q4", ["2022-23", "2023-24", "2024-25"]),
        ("2024-25-Q3", ["2022-23", "2023-24"]),
        ("2021-22", []),
    ],
)
def test_its_own_figures_are_those_that_ended_by_the_day(to, periods):
    one = made(years(1, "c", 3), {"B": years(4, 5, 6)}, to=to)
    assert [o.period for o in one.own] == periods
    assert (one.latest.period if one.latest else None) == (periods[-1] if periods else None)


def test_a_hidden_figure_is_the_latest_all_the_same():
    one = made(years(1, "c"))
    assert (one.latest.period, one.value, one.status.value, one.printed) == ("2024-25", None, "c", "Hidden")
    assert (one.barred, one.judged) == ("", one.latest)


@pytest.mark.parametrize(
    "own, more, value, status, printed, when",
    [
        (20, {}, 20, "ok", "20.0%", "in 2024-25"),
        (0, {}, 0, "ok", "0.0%", "in 2024-25"),
        (
            20,
            {"year_type": "snapshot_31_mar", "unit": "count", "decimals": "0"},
            20,
            "ok",
            "20",
            "at 31 March 2025",
        ),
        ("x", {}, None, "x", "Not available", "in 2024-25"),
        (None, {}, None, "x", "No figure", "in "),
    ],
)
def test_the_latest_figure_is_printed_with_its_period(own, more, value, status, printed, when):
    one = made(own, **more)
    assert (one.value, one.status.value, one.printed, one.when) == (value, status, printed, when)


@pytest.mark.parametrize("ended, last_known", [(date(2023, 3, 31), False), (date(2023, 3, 30), True)])
def test_a_figure_more_than_366_days_old_is_the_last_known(ended, last_known):
    """The year that ends on 31 March 2024 has 366 days."""
    shell = made(1, to="2023-24")
    figure = row("A", "2022-23", 20)._replace(period_end=ended)
    one = Case(shell.indicator, shell.view, Figures(shell.catalogue, [figure]))
    assert one.last_known is last_known
    assert one.barred == ("the last known figure is more than a year old" if last_known else "")
    assert one.judged == (None if last_known else figure)


def test_nothing_is_too_old_where_there_is_no_limit():
    assert not made(years(20, last=2012)).last_known


def test_without_a_figure_there_is_nothing_to_judge():
    one = made(None, {"B": 20})
    assert (one.own, one.latest, one.judged, one.barred) == ((), None, None, "no figure is held")
    assert (one.last_known, one.period_label, one.unbroken, one.at("B")) == (False, "", (), None)


def test_others_are_looked_up_for_the_period_of_the_latest():
    one = made(years(1, 2), {"B": years(3, 4)}, to="2023-24")
    assert one.at("B").value == 3 and one.at("C") is None


@pytest.mark.parametrize("source, value", [("made_source", 1), ("other", 2)])
def test_where_two_sources_give_a_figure_the_indicators_own_leads(source, value):
    shell = made(1, source_id=source)
    rows = [row("A", "2024-25", v)._replace(source_id=s) for s, v in (("made_source", 1), ("other", 2))]
    for order in (rows, rows[::-1]):
        assert Case(shell.indicator, shell.view, Figures(shell.catalogue, order)).value == value


SIX = years(1, 2, 3, 4, 5, 6)  # of 2019-20 to 2024-25


@pytest.mark.parametrize(
    "event, first",
    [
        ({"from": "2020-03-31"}, "2020-21"),
        ({"from": "2020-04-01"}, "2020-21"),
        ({"from": "2020-04-02"}, "2021-22"),
        ({"from": "2024-04-02"}, None),  # in the midst of the latest period: nothing is left to compare
        ({"from": "2025-03-31"}, None),
        ({"from": "2025-04-01"}, "2019-20"),  # after it
        ({"from": "2020-04-01", "area_code": "A"}, "2020-21"),
        ({"from": "2020-04-01", "area_code": "B"}, "2019-20"),
        ({"from": "2020-04-01", "indicators": "other_*"}, "2019-20"),
        ({"from": "2020-04-01", "breaks": "no"}, "2019-20"),
        ({"from": ""}, "2019-20"),
    ],
)
def test_the_unbroken_stretch_begins_with_the_first_period_from_the_break_on(event, first):
    unbroken = made(SIX, events=[{"breaks": "yes", **event}]).unbroken
    assert (unbroken[0].period if unbroken else None) == first
    assert unbroken == () or unbroken[-1].period == "2024-25"


def test_the_last_break_by_the_end_of_the_latest_period_counts():
    broken = [{"from": f"{y}-04-01", "breaks": "yes"} for y in (2022, 2021)]
    assert [o.period for o in made(SIX, events=broken).unbroken] == ["2022-23", "2023-24", "2024-25"]
    assert [o.period for o in made(SIX, events=broken, to="2021-22").unbroken] == ["2021-22"]
