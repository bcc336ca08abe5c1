"""The lines of a trend: figures in, points out. Made-up figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.store.tables import ENGLAND
from tests.conftest import SECRET
from tests.verdicts.made import made, quarters, years

BOROUGHS = {
    code: (name, "authority", "RN", "GM")
    for code, name in (("A", "Aville"), ("B", "Bville"), ("C", "Cville"))
}


def together(own, b, c, **more):
    one = made(own, {"B": b, "C": c}, areas=BOROUGHS, compare=("GM",), **more)
    return one.lines[1].points[-1]


@pytest.mark.parametrize(
    "own, b, c, value, note",
    [
        # 10 + 20 + 60 of 100 + 100 + 200
        ((10, 100), (20, 100), (60, 200), 22.5, "3 boroughs, counts added up"),
        # one missing, one hidden, one without its counts: the plain mean of those that show a figure
        ((10, 100), (20, 100), None, 15.0, "mean of 2 of 3"),
        ((10, 100), (20, 100), "x", 15.0, "mean of 2 of 3"),
        ((10, 100), (20, 100), "c", 15.0, "mean of 2 of 3, 1 not shown"),
        ((10, 100), (20, 100), 60, 30.0, "mean of 3 of 3"),
        ((10, 100), (20, 100), (60.0, 60, None), 30.0, "mean of 3 of 3"),
        ("c", "c", "x", None, "no figure for any of 3"),
        ("x", "x", "x", None, "no figure for any of 3"),
    ],
)
def test_boroughs_are_added_up_where_all_their_counts_are_held(own, b, c, value, note):
    point = together(own, b, c)
    assert (point.value, point.note) == (value, note)
    status = "ok" if value is not None else "c" if "c" in (own, b, c) else "x"
    assert point.status == status


def test_boroughs_are_averaged_plainly_whatever_stands_for_the_neighbours():
    assert together((10, 100), (20, 100), 60, average="median").value == 30
    assert together(10, 20, 60, unit="score").note == "mean of 3 of 3"


def test_a_group_is_named_with_how_many_it_holds():
    line = made(1, areas=BOROUGHS, compare=("GM",)).lines[1]
    assert (line.name, line.short_name, line.role.value) == ("Greater Manchester", "Gtr Manchester", "group")
    assert line.caption == "the 3 boroughs of Greater Manchester together"


def test_each_line_knows_whom_it_stands_for():
    one = made(20, compare=(ENGLAND, "RN", "B", "SN", "SN-2021"), decimals="0")
    assert [(ln.name, ln.short_name, ln.role.value, ln.decimals) for ln in one.lines] == [
        ("Aville", "Aville", "focus", 0),
        ("England", "England", "england", 0),
        ("Northland", "Northland", "region", 0),
        ("Bville", "Bville", "other", 0),
        ("Statistical neighbours", "Neighbours", "neighbours", 1),
        ("Neighbours 2021", "Neighbours 2021", "neighbours", 1),
    ]
    assert one.lines[4].caption == "mean of the statistical neighbours, 2021 model"


def test_the_list_of_neighbours_is_that_of_the_latest_figure_in_all_years():
    sets = {"SN-2021": "B", "SN-2025": "C"}
    others = {"B": years(1, 2), "C": years(3, 4)}
    now = made(years(10, 20), others, sets=sets, compare=("SN",)).lines[1]
    assert [p.value for p in now.points] == [3, 4] and now.caption.endswith("2025 model")
    then = made(years(10, 20), others, sets=sets, compare=("SN",), to="2023-24").lines[1]
    assert [p.value for p in then.points] == [1] and then.caption.endswith("2021 model")
    early = made(years(10, last=2015), {"B": years(1, last=2015)}, compare=("SN",)).lines[1]
    assert early.caption.endswith("2021 model (not the list then in force)")
    named = made(years(10, last=2015), {"B": years(1, last=2015)}, compare=("SN-2021",)).lines[1]
    assert named.caption.endswith("2021 model")
    assert made(None, others, sets=sets, compare=("SN",)).lines[1].caption.endswith("2025 model")
    assert (
        made(None, others, sets=sets, compare=("SN",), to="2023-24").lines[1].caption.endswith("2021 model")
    )
    assert [ln.name for ln in made(20, sets={}, compare=("SN", ENGLAND)).lines] == ["Aville", "England"]


def test_a_count_is_drawn_alone():
    assert len(made(20, {ENGLAND: 30}, compare=(ENGLAND,), unit="count").lines) == 1


@pytest.mark.parametrize(
    "more, periods",
    [
        ({}, ["2020-21", "2021-22", "2022-23", "2023-24", "2024-25"]),
        ({"to": "2023-24"}, ["2020-21", "2021-22", "2022-23", "2023-24"]),
        ({"since": "2022-23"}, ["2022-23", "2023-24", "2024-25"]),
        ({"since": "2022-23", "to": "2022-23"}, ["2022-23"]),
    ],
)
def test_a_chart_holds_every_year_that_any_of_its_lines_holds(more, periods):
    own, england = years(20, None, 22, 23, 24), {k: v for k, v in years(1, 2, 3).items() if k > "2023"}
    one = made(own, {ENGLAND: england}, compare=(ENGLAND,), **more)
    assert list(one.periods) == periods
    gap = dict(zip(one.periods, one.lines[0].points, strict=True)).get("2021-22")
    assert gap is None or (gap.value, gap.note, gap.status.value) == (None, "no figure", "x")


def test_quarters_that_are_not_held_are_not_filled_in():
    held = {k: v for k, v in quarters(1, 2, 3, 4).items() if not k.endswith("Q3")}
    assert list(made(held).periods) == ["2020-21-Q1", "2020-21-Q2", "2020-21-Q4"]


def test_a_point_that_is_hidden_says_why():
    point = made("c").lines[0].points[0]
    assert (point.value, point.status.value, point.note) == (
        None,
        "c",
        "hidden by the source to protect identity",
    )
    assert not point.provisional and not together(1, 2, 3).provisional


def test_what_is_shown_is_rounded_as_the_line_is_printed():
    one = made(years(20.26, "c", 0), {"B": years(10.04, 10.04, 10.04)}, compare=("SN",), decimals="0")
    assert one.lines[0].shown == (20, None, 0) and one.lines[1].shown == (10.0, 10.0, 10.0)
    assert made(20.26, decimals="1").lines[0].shown == (20.3,)


# --- the shape of a line, in words ---

GIVEN = st.lists(
    st.one_of(st.integers(0, 999).map(lambda n: n / 10), st.sampled_from(["c", "x", "z"])),
    min_size=1,
    max_size=13,
)


@given(GIVEN)
def test_the_shape_names_the_lowest_and_the_highest_figure_that_is_shown_and_their_latest_years(values):
    one = made(years(*values))
    shown = {period: v for period, v in years(*values).items() if not isinstance(v, str)}
    if len(shown) < 2:
        assert one.shape == ""
        return
    low, high = min(shown.values()), max(shown.values())
    if low == high:
        all_of = "Both" if len(shown) == 2 else f"All {len(shown)}"
        assert one.shape == f"{all_of} figures shown are {low}%."
        return
    early = max(period for period, v in shown.items() if v == low)
    late = max(period for period, v in shown.items() if v == high)
    told = f"lowest {low}% in {early}, highest {high}% in {late}."
    # the periods that are drawn begin and end with a row, hidden or not
    everything = len(shown) == len(one.periods)
    assert one.shape == (f"L{told[1:]}" if everything else f"Of the figures shown, {told}")


@given(GIVEN)
def test_the_shape_says_nothing_of_a_year_without_a_figure(values):
    one = made(years(*values))
    for period, value in years(*values).items():
        if isinstance(value, str):
            assert period not in one.shape


def test_the_shape_is_that_of_the_years_in_view_as_they_are_printed():
    held = years(98.7, 191.1, 120, 110)
    one = made(held, unit="rate_per_10000", year_type="snapshot_31_mar")
    assert one.shape == "Lowest 98.7 at 31 March 2022, highest 191.1 at 31 March 2023."
    trimmed = made(held, unit="rate_per_10000", since="2023-24")
    assert trimmed.shape == "Lowest 110.0 in 2024-25, highest 120.0 in 2023-24."
    assert one.alternative == f"{one.sentence} {one.shape}"


def test_equal_figures_are_told_by_the_latest(summary):
    assert made(years(5, 9, 5, 9, 7)).shape == "Lowest 5.0% in 2022-23, highest 9.0% in 2023-24."
    assert made(years(7, 7, 7)).shape == "All 3 figures shown are 7.0%."


def test_a_hidden_figure_is_nowhere_in_the_shape(hidden):
    assert hidden.shape == "Of the figures shown, lowest 9.1% in 2012-13, highest 27.1% in 2020-21."
    assert "2024-25" not in hidden.shape and SECRET not in hidden.alternative
