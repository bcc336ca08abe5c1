"""The tolerance behind a line: where its edges stand, what it is called, and when nothing is drawn of it."""

import re
from dataclasses import replace
from math import inf, isfinite
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding import words
from safeguarding.captions import of_ranges
from safeguarding.charts import theme
from safeguarding.charts.axis import limits
from safeguarding.charts.chart import Chart, Datum, Expected, Kind, Mark, Series, Tolerated
from safeguarding.charts.drawn import fixed, fluid
from safeguarding.charts.key import key
from safeguarding.charts.label import Label
from safeguarding.charts.layout import layout
from safeguarding.charts.plotly import as_plotly
from safeguarding.charts.room import clearest
from safeguarding.charts.trend import STRETCH, bare, trend
from safeguarding.vocabulary import Polarity, Role, Unit
from tests.conftest import altered
from tests.test_colours import LINE, TEXT, contrast
from tests.verdicts.made import made, years

TWENTY = Tolerated(-inf, 20.0, "proposed limit", "20.0% or less", False, "20.0%")
RANGE = Tolerated(10.0, 30.0, "proposed range", "10.0% to 30.0%", False)
KENT = "E10000016"


def synthetic(*values: float | None, **more: object) -> Chart:
    """A line of values on an axis from 0 to 40, which ends at 41.6."""
    line = Series("Here", Role.FOCUS, Mark.POINTED, tuple(map(Datum, values)))
    names = tuple(f"20{k + 10}-{k + 11}" for k in range(len(values)))
    ticks = (0.0, 10.0, 20.0, 30.0, 40.0)
    return replace(Chart(Kind.TREND, Unit.PERCENT, Polarity.LOWER_BETTER, 1, names, (line,), ticks), **more)


def drawn(chart: Chart, mark: str) -> list[dict[str, str]]:
    """The elements of a mark, as a page draws them."""
    return [e.attrib for e in ElementTree.fromstring(fluid(chart, "a")).iter() if e.get("data-mark") == mark]


@pytest.mark.parametrize("area", ["E08000007", KENT])
def test_edges_stand_at_the_figures_of_the_rule(summary, catalogue, area):
    seen = 0
    for indicator_id in catalogue.indicators:
        one = summary(indicator_id, area=area)
        chart, judged = trend(one), one.tolerance
        if chart.band is None:
            assert judged.within is None or one.judged.period != one.periods[-1]
            continue
        assert (chart.band.lower, chart.band.upper) == judged.within
        plan = layout(chart)
        on_axis = [v for v in judged.within if plan.y[0] <= v <= plan.y[1]]
        assert [float(e["y1"]) for e in drawn(chart, "limit")] == pytest.approx(
            [plan.down(v) for v in on_axis], abs=0.01
        )
        level = [s for s in as_plotly(chart)["layout"]["shapes"] if s["type"] == "line" and s["yref"] == "y"]
        edges = [s for s in level if s.get("layer") == "between"]  # not the lines that lead to names
        assert [(s["y0"], s["y1"]) for s in edges] == [(v, v) for v in on_axis]
        decimals = max(1, one.indicator.decimals)
        for end in filter(isfinite, judged.within):
            assert words.shown(end, one.indicator, decimals) in chart.band.told
        seen += 1
    assert seen > 40


def test_the_edges_of_a_band_from_past_years_are_those_that_its_rule_prints(summary):
    one = summary("cpp_rate")
    low, high = re.match(r"Usual range: ([\d.]+) to ([\d.]+),", one.tolerance.rule).groups()
    assert trend(one).band.told == f"{low} to {high}"


@pytest.mark.parametrize(
    "indicator_id, address, why",
    [
        ("cpp_count", {}, "a count has no tolerance"),
        ("cpp_open_2y_plus_pct", {}, "the latest figure is hidden"),
        ("cpp_ended_2y_plus_pct", {}, "hidden neighbours leave the limit open"),
        ("rereferrals_pct", {"area": "E92000001"}, "England has no neighbours"),
        ("rereferrals_pct", {"to": "2012-13"}, "no year before from which to learn a margin"),
    ],
)
def test_nothing_is_drawn_where_no_tolerance_can_be_told(summary, indicator_id, address, why):
    chart = trend(summary(indicator_id, **address))
    assert chart.band is None, why
    assert not drawn(chart, "band") and not drawn(chart, "limit")
    assert not any("proposed" in note for note in of_ranges(chart))


def test_nothing_is_drawn_of_a_figure_that_is_not_the_last_of_its_line():
    one = made(years(18, 19, 20, 20, last=2023), rule="T1 green_at=20; red_at=23")
    assert trend(one).band
    longer = altered(one, _drawn=((*one.periods, "2024-25"), one.lines))
    assert trend(longer).band is None


def test_the_zone_is_of_the_latest_figure_and_ends_before_the_next():
    chart = synthetic(15.0, 18.0, band=TWENTY, expected=Expected(12.0, 22.0, "2012-13"))
    (zone,) = drawn(chart, "band")
    (box,) = [e for e in drawn(chart, "expected") if "width" in e]
    assert float(zone["x"][:-1]) + float(zone["width"][:-1]) < float(box["x"][:-1])
    (shape,) = [s for s in as_plotly(chart)["layout"]["shapes"] if s.get("fillcolor") == theme.BAND]
    assert shape["x1"] == 1.5 and shape["layer"] == "below"


@pytest.mark.parametrize("agreed", [True, False])
def test_an_edge_is_dashed_until_the_tolerance_is_agreed(agreed):
    chart = synthetic(15.0, 18.0, band=replace(RANGE, agreed=agreed))
    assert [("stroke-dasharray" in e) for e in drawn(chart, "limit")] == [not agreed] * 2
    lines = [s["line"]["dash"] for s in as_plotly(chart)["layout"]["shapes"] if s["type"] == "line"]
    assert lines == ["solid" if agreed else "5px,3px"] * 2


@pytest.mark.parametrize("state, name", [("proposed", "proposed limit"), ("agreed", "limit")])
def test_the_name_says_proposed_until_it_is_agreed(state, name):
    one = made(years(18, 19, 20), rule="T1 green_at=20; red_at=23")
    chart = trend(altered(one, tolerance=replace(one.tolerance, state=state)))
    assert (chart.band.name, chart.band.told, chart.band.printed) == (name, "20.0% or less", "20.0%")
    assert name in "".join(ElementTree.fromstring(fluid(chart, "a")).itertext())
    assert f"{name} 20.0%" in "".join(ElementTree.fromstring(fixed(chart, "a", 900, 420, 15)).itertext())
    edge, kind = ("", "") if state == "agreed" else (", dashed edge", "proposed ")
    assert of_ranges(chart)[0] == f"Pale{edge}: within {kind}tolerance, 20.0% or less (2024-25)."
    assert f"within {kind}tolerance, 20.0% or less" in [e.said for e in key(chart)]


@pytest.mark.parametrize(
    "edges, label, told",
    [
        ((-inf, 90.0), "proposed limit, above the chart", "the limit lies above"),
        ((90.0, inf), "proposed limit, above the chart", "the limit lies above"),
        ((-9.0, inf), "proposed limit, below the chart", "the limit lies below"),
        ((10.0, 90.0), "proposed limit", "an end lies above"),
    ],
)
def test_a_limit_beyond_the_chart_is_said_to_be_there(edges, label, told):
    chart = synthetic(2.0, 3.0, band=replace(TWENTY, lower=edges[0], upper=edges[1]))
    (found,) = [n.text for n in layout(chart).labels if n.mark == "tolerance"]
    assert found == label
    assert f"; {told} the chart" in of_ranges(chart)[0]
    assert len(drawn(chart, "limit")) == sum(0 <= e <= 41.6 for e in edges)


@given(st.floats(0.5, 90), st.floats(0.1, 99.9))
def test_a_far_limit_never_makes_the_axis_much_higher(value, limit):
    one = made(years(value, value / 2, value), rule=f"T1 green_at={limit}; red_at={limit}")
    chart = trend(one)
    without = trend(altered(one, tolerance=replace(one.tolerance, within=None)))
    assert without.band is None and chart.band.upper == limit
    assert chart.ticks[-1] <= STRETCH * without.ticks[-1] + 1e-9
    assert all(v <= limits(chart.ticks)[1] for v in (value, value / 2))


def test_a_limit_just_above_the_lines_is_held_by_the_axis():
    # lines to 30 on an axis to 30: a limit of 38 needs one to 40, one of 60 twice as much
    held = trend(made(years(10, 20, 30), rule="T1 green_at=38; red_at=39"))
    assert bare(made(years(10, 20, 30))).ticks[-1] == 30 and held.ticks[-1] == 40
    assert len(drawn(held, "limit")) == 1
    far = trend(made(years(10, 20, 30), rule="T1 green_at=60; red_at=70"))
    assert far.ticks[-1] == 30 and not drawn(far, "limit") and drawn(far, "band")


def test_words_stand_where_the_lines_leave_most_room():
    # a plot of 416 pixels, a unit is 10 of them; the line lies at 20 on its left and at 2 on its right
    chart = synthetic(20.0, 20.0, 20.0, 2.0, 2.0, 2.0)
    left, right = Label("words", 0, 20.0), Label("words", 5, 20.0, "end")
    assert clearest(chart, 416, [left, right]) is right
    assert clearest(chart, 416, [right, left]) is right
    assert clearest(chart, 416, [replace(left, up=30), right]).up == 30, "the first of those with enough"
    sure = replace(chart, interval=(0.0, 40.0))
    assert clearest(sure, 416, [right, replace(left, up=30)]).anchor == "start", "an interval is in its way"
    below = replace(left, up=-60)
    assert clearest(chart, 416, [right, below]) is right
    assert clearest(replace(chart, breaks=(5,)), 416, [right, below]) is below, (
        "the line of a break crosses it"
    )


def test_a_name_finds_room_farther_from_an_edge_that_the_lines_follow():
    # lines just above and below a limit of 20, all along it, and nothing below 17
    chart = synthetic(*[21.0, 19.0, 17.0] * 4, band=TWENTY)
    plan = layout(chart)
    (name,) = [n for n in plan.labels if n.mark == "tolerance"]
    middle = plan.down(20.0) - name.up
    assert name.y == 20.0 and abs(name.up) > 20
    assert middle > plan.down(17.0) + 7 or middle < plan.down(21.0) - 7, "clear of every line"


@pytest.mark.parametrize("area", ["E08000007", "E08000006"])
def test_no_name_of_a_tolerance_stands_on_a_line_of_a_slide(summary, catalogue, area):
    for indicator_id in catalogue.indicators:
        chart = trend(summary(indicator_id, area=area))
        plan = layout(chart, 380, valued=True, tight=True, wide=400)
        apart = 400 / (plan.x[1] - plan.x[0])  # pixels from a period to the next
        for name in (n for n in plan.labels if n.mark == "tolerance"):
            middle = plan.down(name.y) - name.up
            inside = [
                plan.down(d.value)
                for s in chart.series
                for k, d in enumerate(s.data, s.start)
                if d.value is not None and 0 <= k * apart - name.begins(apart) <= name.width
            ]
            assert all(abs(middle - down) > 7 for down in inside), (indicator_id, name.text)


def test_lines_and_names_can_be_read_on_it():
    assert contrast(theme.BAND) < 1.2, "pale"
    assert contrast(theme.MUTED, theme.BAND) >= TEXT
    for style in (*theme.STYLES.values(), *theme.OTHERS):
        assert contrast(style.colour, theme.BAND) >= LINE
