"""Pictures: goldens that a person reads when they change, and the rules of docs/methods.md.

To accept a changed picture: GOLDEN=write python -m pytest tests/test_charts.py, then read the diff.
"""

import itertools
import json
import os
import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.charts import axis, labels, theme
from safeguarding.charts.chart import Kind, Mark
from safeguarding.charts.drawn import fixed, fluid
from safeguarding.charts.label import SIZE
from safeguarding.charts.plotly import as_plotly
from safeguarding.charts.svg import spark, spine
from safeguarding.charts.trend import trend
from safeguarding.drawings import drawing, drawings, offers
from safeguarding.query import MOST_COMPARED
from safeguarding.vocabulary import Comparison, Role
from tests.laid import SVG, laid

GOLDEN = Path(__file__).parent / "golden"
CASES = {
    "trend_rereferrals": ("rereferrals_pct", Kind.TREND, {}),
    "trend_hidden": ("cpp_open_2y_plus_pct", Kind.TREND, {}),
    "trend_count_alone": ("cpp_count", Kind.TREND, {}),
    "trend_report_year": ("cla_rate", Kind.TREND, {"to": "2018-19"}),
    "rank_rereferrals": ("rereferrals_pct", Kind.RANK, {}),
    "control_repeat_plans": ("cpp_subsequent_pct", Kind.CONTROL, {}),
    "control_broken": ("factor_self_harm_pct", Kind.CONTROL, {}),
    "funnel_rereferrals": ("rereferrals_pct", Kind.FUNNEL, {}),
    "funnel_looked_after": ("cla_rate", Kind.FUNNEL, {}),
    "rank_hidden": ("cpp_open_2y_plus_pct", Kind.RANK, {}),
}


@pytest.fixture(scope="module")
def plotted(summary):
    """A function: a chart of an indicator as Plotly gets it."""

    def make(indicator_id: str, kind: Kind = Kind.TREND, place: int = 0, **address: str) -> dict:
        return as_plotly(drawing(summary(indicator_id, **address), kind, place).chart)

    return make


@pytest.mark.parametrize("name", CASES)
def test_the_picture_is_the_one_someone_read(plotted, name):
    indicator_id, kind, address = CASES[name]
    drawn = json.loads(json.dumps(plotted(indicator_id, kind, int(name == "rank_hidden"), **address)))
    path = GOLDEN / f"{name}.json"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(json.dumps(drawn, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert drawn == json.loads(path.read_text(encoding="utf-8"))


def test_axes_start_at_nought_and_periods_are_categories(plotted):
    for name in ("rereferrals_pct", "cla_rate", "sw_caseload"):
        layout = plotted(name)["layout"]
        assert layout["yaxis"]["range"][0] == 0
        assert layout["xaxis"]["type"] == "category" and layout["xaxis"]["categoryorder"] == "array"
        assert layout["showlegend"] is False


def test_a_negative_difference_of_counts_is_still_inside_its_axis(summary):
    one = summary("s47_no_icpc_pct", area="E08000012")
    low = min(p.value for p in one.lines[0].points if p.value is not None)
    assert low < 0
    assert as_plotly(trend(one))["layout"]["yaxis"]["range"][0] <= low


def test_a_hidden_figure_is_a_gap_and_a_word_never_a_number(plotted):
    figure = plotted("cpp_open_2y_plus_pct")
    focus = next(t for t in figure["data"] if t["name"] == "Stockport")
    assert focus["y"][-1] is None and focus["connectgaps"] is False
    absent = next(t for t in figure["data"] if "no figure" in t["name"])
    assert [a["text"] for a in figure["layout"]["annotations"]].count("hidden") == 2, (
        "where a run of them begins"
    )
    assert "hidden by the source to protect identity" in absent["customdata"]


def test_the_line_stops_where_the_recording_changed(plotted):
    figure = plotted("factor_self_harm_pct")
    parts = [t for t in figure["data"] if t["name"] == "Stockport"]
    assert [p["x"][0] for p in parts] == ["2017-18", "2019-20"] and parts[0]["x"][-1] == "2018-19"
    assert [
        s["x0"]
        for s in figure["layout"]["shapes"]
        if s["type"] == "line" and s["x0"] == s["x1"] and "xsizemode" not in s
    ] == [1.5]
    assert any(a["text"] == "Recording changed" for a in figure["layout"]["annotations"])
    other = plotted("factor_self_harm_pct", area="E08000003")["layout"]["shapes"]
    assert not [s for s in other if s["type"] == "line" and s["x0"] == s["x1"] and "xsizemode" not in s]


def test_no_line_is_drawn_across_a_change_of_recording_in_all_of_england(summary):
    """Eligibility for funded places widened in April 2024; the last figures are of January 2025."""
    one = summary("funded_2yr_uptake_pct")
    (cut,) = one.breaks
    drawn = trend(one).series
    for line in one.lines:
        starts = [s.start for s in drawn if s.name == line.name]
        assert starts == [0, cut], line.name
        assert all(s.start + len(s.data) <= cut for s in drawn if s.start < cut)
    # what changed in Stockport alone leaves the others whole
    other = summary("factor_neglect_pct")
    assert other.breaks and {s.start for s in trend(other).series if s.name == "England"} == {0}


def test_an_event_without_a_day_is_told_and_never_marked(summary):
    one = summary("factor_domestic_abuse_parent_pct")
    told = next(e for e in one.events if e.event_id == "domestic-abuse-recording")
    assert told.when == "date not stated"
    assert told not in [e for _, e in one.marks] and one.breaks


def test_events_are_marked_above_the_plot_at_the_year_they_belong_to(summary):
    one = summary("rereferrals_pct")
    assert [(one.periods[k], e.event_id) for k, e in one.marks] == [
        ("2019-20", "case-system-stockport"),
        ("2020-21", "pandemic"),
    ]
    assert "hackney" in [e.event_id for e in one.events], "told, and no event of this place"
    layout = as_plotly(trend(one))["layout"]
    drawn = [a for a in layout["annotations"] if a["y"] == 1 and a["yref"] == "paper"]
    assert [(one.periods[a["x"]], a["text"]) for a in drawn] == [
        ("2019-20", "New case system"),
        ("2020-21", "Pandemic"),
    ]
    leads = [s["xanchor"] for s in layout["shapes"] if s.get("yref") == "paper" and "ysizemode" in s]
    assert leads == [a["x"] for a in drawn]
    assert not summary("rereferrals_pct", to="2017-18").marks


def lettered(chart) -> dict[str, tuple[float, float]]:
    """Every text of a chart as it is drawn: at which height, and in which size."""
    marks = laid(fixed(chart, "synthetic", 900, 420, 15))
    return {m.text: (m.at()[1], m.size) for m in marks if m.tag == "text"}


def apart(chart) -> bool:
    """Does each name at the end of a line keep a line's distance from the next, as drawn?"""
    drawn = lettered(chart)
    names = [next(k for k in drawn if k in (e.name, f"{e.name} {e.printed}")) for e in chart.ends]
    heights = sorted(drawn[name] for name in names)
    return all(below - above >= 1.1 * size for (above, size), (below, _) in itertools.pairwise(heights))


@pytest.mark.parametrize("wide, high, text", [(0, 0, 0), (1130, 760, 30), (900, 420, 15), (300, 200, 12)])
@pytest.mark.parametrize("indicator_id", ["icpc_15_days_pct", "sw_caseload", "cla_rate"])
def test_the_name_of_a_period_has_its_middle_at_its_tick(summary, indicator_id, wide, high, text):
    """On a page, a slide and in a file; that of the period to come is a line lower."""
    chart = trend(summary(indicator_id))
    names = [*chart.categories, chart.expected.label]
    svg = fixed(chart, "synthetic", wide, high, text) if wide else fluid(chart, "synthetic")
    drawn = list(ElementTree.fromstring(svg).iter())
    found = {e.text: e for e in drawn if e.tag == f"{SVG}text" and e.text in names}
    assert {names[-2], names[-1]} < found.keys()
    middle = next(g for g in drawn if found[names[-1]] in list(g))
    assert middle.get("text-anchor") == "middle" and set(found.values()) <= set(middle)

    def place(value: str) -> float:
        return float(value.removesuffix("%"))

    # the ends of the axis are 0.3 of a period beyond the first and the next; its line is all of it
    flat = (e for e in drawn if e.tag == f"{SVG}line" and e.get("y1") == e.get("y2"))
    long = max(place(e.get("x2", "0")) for e in flat)
    for name, e in found.items():
        at = (names.index(name) + 0.3) / (len(names) - 0.4)
        assert place(e.get("x")) == pytest.approx(at * long, abs=0.01) and "dx" not in e.attrib, name
    heights = {name: place(e.get("y")) for name, e in found.items()}
    assert len({heights.pop(names[-1]), *heights.values()}) == 2


LONG = {"Neighbours": "Statistical neighbours"}
CROWD = {"compare": "E92000001,E12000002,SN,E08000003,E08000009,E08000001"}


@pytest.mark.parametrize(
    "indicator_id", ["rereferrals_pct", "cla_rate", "icpc_15_days_pct", "referrals_rate"]
)
def test_names_at_line_ends_do_not_overlap(summary, indicator_id):
    chart = trend(summary(indicator_id, **CROWD))
    assert len(chart.ends) > 5
    values = sorted(e.value for e in chart.ends)
    assert min(b - a for a, b in itertools.pairwise(values)) < chart.ticks[-1] * 0.03, "some would overlap"
    assert apart(chart)


@pytest.mark.parametrize("indicator_id", ["rereferrals_pct", "icpc_15_days_pct"])
def test_a_name_far_from_the_end_of_its_line_is_led_to_it_and_no_other(summary, indicator_id):
    chart = trend(summary(indicator_id, **CROWD))
    marks = laid(fixed(chart, "synthetic", 900, 420, 15))
    texts = {m.text: m for m in marks if m.tag == "text"}
    leads = [m for m in marks if m.look.get("data-mark") == "lead"]
    far = []
    for end in chart.ends:
        line = next(m for m in marks if m.look.get("data-series") in (end.name, LONG.get(end.name)) and m.way)
        # the letters of a name stand a third of its size below its middle
        name = texts[f"{end.name} {end.printed}"]
        (left, foot), (right, height) = name.at(), line.way[-1][-1]
        if abs(foot - 0.35 * name.size - height) > axis.LABEL_GAP / SIZE * name.size:
            far.append((end.name, right, height, left, foot - 0.35 * name.size))
    assert 0 < len(far) < len(chart.ends)
    drawn = [m.way[0] for m in leads if m.tag == "path"]
    begun = [m.at("x1", "y1") for m in leads if m.tag == "line"] or [way[0] for way in drawn]
    assert len(drawn) == len(begun) == len(far)
    for name, right, height, left, middle in far:
        assert any(abs(x - right) < 8 and abs(y - height) < 1 for x, y in begun), name
        assert any(0 < left - way[-1][0] < 8 and abs(way[-1][1] - middle) < 1 for way in drawn), name


@given(st.lists(st.floats(0, 250), min_size=1, max_size=7))
def test_labels_keep_their_distance_and_their_order(positions):
    placed = axis.spread(positions, 17, 4, 248)
    order = sorted(range(len(positions)), key=lambda k: positions[k])
    gaps = [placed[b] - placed[a] for a, b in itertools.pairwise(order)]
    assert all(g >= 17 - 1e-6 for g in gaps)
    assert all(4 - 1e-6 <= p <= 248 + 1e-6 for p in placed)


@given(st.floats(0.001, 1e7), st.floats(-1e3, 0))
def test_ticks_are_round_few_and_hold_the_data(top, low):
    ticks = axis.scale(top, low)
    assert ticks[0] <= low + 1e-9 and ticks[-1] >= top * 0.999999
    assert 2 <= len(ticks) <= 8
    assert 0 in ticks


def test_ticks_of_large_counts_are_whole_numbers(summary):
    from safeguarding.charts.layout import layout
    from safeguarding.charts.trend import trend

    chart = trend(summary("children_population", area="E92000001"))
    assert chart.places == 0
    assert {"0", "5,000,000", "10,000,000", "15,000,000"} == {t.text for t in layout(chart).y_ticks}
    assert replace(chart, ticks=(0.0, 0.25, 0.5)).places == 2


def test_lines_differ_by_more_than_colour():
    dashes = [s.dash for s in theme.STYLES.values()]
    assert len(set(dashes)) == len(dashes)
    assert len({s.dash for s in theme.OTHERS}) == len({s.colour for s in theme.OTHERS}) == len(theme.OTHERS)
    assert len(theme.OTHERS) == MOST_COMPARED, "two added areas are told apart"


def test_areas_that_are_added_are_told_apart(summary):
    from safeguarding.charts.trend import trend

    chart = trend(summary("rereferrals_pct", compare="E08000003,E08000009,E92000001"))
    looks = {s.name: theme.style(s) for s in chart.series}
    assert len({looks[name].colour for name in ("Manchester", "Trafford", "England", "Stockport")}) == 4
    assert {e.name: theme.line(e.role, e.nth) for e in chart.ends} == {name: looks[name] for name in looks}, (
        "a label has the colour of its line"
    )


def test_charts_and_pages_share_their_colours():
    """The marks of a chart and the verdicts beside it are one colour."""
    sheet = (Path(__file__).parents[1] / "assets" / "dashboard.css").read_text(encoding="utf-8").upper()
    named = dict(re.findall(r"--([A-Z]+): (#[0-9A-F]{6})", sheet))
    assert named["GOOD"] == theme.TONES[Comparison.BETTER] and named["BAD"] == theme.TONES[Comparison.WORSE]
    assert (named["INK"], named["MUTED"]) == (theme.INK, theme.MUTED)
    assert named["BLUE"] == theme.STYLES[Role.FOCUS].colour and named["NOTE"] == theme.IMPROVEMENT


def test_no_colour_is_named_outside_the_theme():
    package = Path(theme.__file__).parents[1]
    files = [*package.glob("charts/*.py"), *package.glob("exports/*.py")]
    assert len(files) > 20
    for path in files:
        if path.name != "theme.py":
            assert not re.findall(r"#[0-9A-Fa-f]{6}", path.read_text(encoding="utf-8")), path.name


def test_every_dash_has_a_pattern_of_its_own_for_every_drawer():
    assert len({d.lengths for d in theme.Dash}) == len({d.office for d in theme.Dash}) == len(theme.Dash)
    assert theme.Dash.SOLID.lengths == ()


def test_what_is_offered_is_what_is_drawn(summary, catalogue):
    for indicator_id in catalogue.indicators:
        one = summary(indicator_id)
        drawn = [(d.subject, d.name, d.headline, len(d.rows)) for d in drawings(one)]
        assert [(o.subject, o.name, o.headline, o.rows) for o in offers(one)] == drawn


def test_a_spark_leaves_gaps_open_and_holds_no_text(summary):
    import base64

    svg = base64.b64decode(spark(summary("cpp_open_2y_plus_pct")).partition(",")[2]).decode()
    assert svg.count("M") > 1 and "<text" not in svg


def test_a_spine_puts_england_in_the_middle_and_better_on_the_right(summary):
    import base64
    import re

    def marker(indicator_id: str) -> float:
        one = summary(indicator_id)
        svg = base64.b64decode(spine(one).partition(",")[2]).decode()
        assert "<text" not in svg and "M140.0 1V25" in svg
        shape = re.search(r'<circle cx="([\d.]+)"|translate\(([\d.]+) ', svg)
        return next(float(g) for g in shape.groups() if g)

    assert marker("icpc_15_days_pct") < 140  # 71.8 % against 81.4 %, high is good
    assert marker("cpp_reviews_on_time_pct") > 140
    assert marker("cpp_subsequent_pct") < 140  # 28.0 % against 24.5 %, low is good
    assert marker("cla_rate") > 140  # neither end is better: higher is on the right


def test_a_hidden_figure_has_no_marker_on_its_spine(summary):
    import base64

    one = summary("cpp_open_2y_plus_pct")
    svg = base64.b64decode(spine(one).partition(",")[2]).decode()
    assert 'stroke="#fff"' not in svg


def test_control_limits_of_a_share_are_drawn_cut_at_nought(summary, catalogue):
    cut = 0
    for indicator_id in catalogue.indicators:
        one = summary(indicator_id, area="E08000003")
        found = drawing(one, Kind.CONTROL)
        if found is None or min(v for s in one.control.segments for v in s.values) < 0:
            continue
        limits = [s for s in found.chart.series if s.mark in (Mark.LIMIT, Mark.OUTER)]
        assert all(v >= 0 for s in limits for v in s.values), indicator_id
        cut += any(s.limits and s.limits.lower < 0 for s in one.control.segments)
    assert cut, "of all these some limits would lie below nought"


def test_the_difference_from_england_may_lie_below_nought(plotted):
    figure = plotted("rereferrals_pct", Kind.DIFFERENCE)
    low = figure["layout"]["yaxis"]["range"][0]
    assert low <= min(min(t["y"]) for t in figure["data"]) < 0
    assert not any("%" in text for text in figure["layout"]["yaxis"]["ticktext"])


@pytest.mark.parametrize("indicator_id", ["cpp_subsequent_pct", "icpc_15_days_pct", "factor_self_harm_pct"])
def test_the_names_of_a_control_charts_limits_never_stand_on_each_other(summary, indicator_id):
    chart = drawing(summary(indicator_id), Kind.CONTROL).chart
    assert not chart.ends or apart(chart)


def test_a_synthetic_series_with_close_limits_has_names_that_move_apart():
    # limits of 50.1 and 49.9 around 50 on an axis of 200 pixels to 60: each name would cover the next
    moved = axis.shifts([50.1, 50.0, 49.9], [0, 20, 40, 60], 200, 200)
    at = [v / 62.4 * 200 + up for v, up in zip((50.1, 50.0, 49.9), moved, strict=True)]
    assert at == pytest.approx([177.256, 160.256, 143.256], abs=0.001)


@pytest.mark.parametrize("places", [(7, 8), (0, 1, 13), (5, 5), (3, 3, 3, 4), (12, 13)])
def test_words_of_events_keep_apart_and_no_line_crosses_them(summary, places):
    chart = trend(summary("rereferrals_pct"))
    found = labels.over(replace(chart, events=tuple((k, "Synthetic event") for k in places)))
    assert [e.x for e in found] == list(places)
    for pitch in (12, 28, 60):  # a phone, a card, a screen
        for one, other in combinations(found, 2):
            left, right = sorted((one, other), key=lambda e: e.begins(pitch))
            low, high = sorted((one, other), key=lambda e: e.up)
            if low.up == high.up:
                assert left.begins(pitch) + left.width + 9 <= right.begins(pitch), "else two read as one"
            else:
                assert not low.begins(pitch) < high.x * pitch < low.begins(pitch) + low.width
