"""Columns: what is put in comes out again, series by series. Synthetic figures."""

from datetime import date
from itertools import product

from safeguarding.store.columns import Columns
from safeguarding.vocabulary import Status


def figure(indicator_id, area, year, value, breakdown="", category="", source="census", status="ok"):
    """A row as it is stored: of a year that ended in March."""
    days = ("", "") if year is None else (f"{year - 1}-04-01", f"{year}-03-31")
    period = "undated" if year is None else f"{year - 1}-{year % 100:02d}"
    counts = (None, 100.0) if value is None else (value, 100.0)
    return (
        indicator_id,
        area,
        period,
        *days,
        value,
        status,
        year == 2025,
        *counts,
        source,
        breakdown,
        category,
    )


ROWS = [
    figure("a", "E1", None, 3.0),
    figure("a", "E1", 2024, 1.0),
    figure("a", "E1", 2024, 1.5, source="return"),
    figure("a", "E1", 2025, None, status="c"),
    figure("a", "E1", 2025, 0.0, "age", "0 to 4"),
    figure("a", "E1", 2025, 2.0, "age", "5 to 9"),
    figure("a", "E2", 2025, 7.0),
    figure("b", "E1", 2026, 9.0, "age", "0 to 4", source="return"),
]


def test_a_figure_comes_out_as_it_went_in():
    (one,) = Columns([ROWS[:3], ROWS[3:]]).at("a", "E1", "2024-25")
    assert (one.indicator_id, one.area_code, one.period) == ("a", "E1", "2024-25")
    assert (one.period_start, one.period_end) == (date(2024, 4, 1), date(2025, 3, 31))
    assert (one.value, one.status, one.provisional) == (None, Status.C, True)
    assert (one.numerator, one.denominator, one.source_id) == (None, 100.0, "census")


def test_a_series_has_the_wholes_or_the_parts_oldest_first():
    columns = Columns([ROWS[:3], ROWS[3:]])
    assert [o.value for o in columns.series("a", "E1")] == [3.0, 1.0, 1.5, None]
    assert [(o.category, o.value) for o in columns.series("a", "E1", parts=True)] == [
        ("0 to 4", 0.0),
        ("5 to 9", 2.0),
    ]
    assert [o.value for o in columns.series("a", "E2")] == [7.0]
    assert [o.source_id for o in columns.at("a", "E1", "2023-24")] == ["census", "return"]


def test_what_is_not_there_is_nothing():
    columns = Columns([ROWS[:3], ROWS[3:]])
    for indicator_id, area in product("bc", ("E2", "E3", "")):
        assert not [*columns.series(indicator_id, area), *columns.series(indicator_id, area, parts=True)]
        assert not columns.periods_held(indicator_id, area)
    assert not list(columns.at("a", "E1", "2030-31")) and not list(Columns([]).series("a", "E1"))


def test_what_is_held_is_told_without_a_figure_being_made():
    columns = Columns([ROWS[:3], ROWS[3:]])
    assert len(columns) == len(ROWS)
    assert columns.periods_held("a", "E1") == {"undated", "2023-24", "2024-25"}
    assert columns.in_parts == {"a", "b"}
    assert columns.newest_end(["census"]) == date(2025, 3, 31)
    assert columns.newest_end([]) == columns.newest_end(["return"]) == date(2026, 3, 31)
    assert columns.newest_end(["nobody"]) is None and Columns([]).newest_end([]) is None


def test_a_period_across_the_areas_has_what_each_area_has_of_it():
    columns = Columns([ROWS[:3], ROWS[3:]])
    assert [o.area_code for o in columns.across("a", "2024-25")] == ["E1", "E2"]
    for indicator_id, period in product("abc", ("undated", "2023-24", "2024-25", "2025-26", "2030-31")):
        figures = [o for area in ("E1", "E2", "E3") for o in columns.at(indicator_id, area, period)]
        assert [*columns.across(indicator_id, period)] == figures, "none of them a part"
    assert not [*Columns([]).across("a", "2024-25")]
