"""Pictures: goldens that a person reads when they change, and the rules of CHARTS.md.

To accept a changed picture: GOLDEN=write python -m pytest tests/test_figures.py, then read the diff.
"""

import itertools
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.charts import theme
from safeguarding.charts.control import control
from safeguarding.charts.funnel import funnel
from safeguarding.charts.rank import ranking
from safeguarding.charts.svg import spark, spine
from safeguarding.charts.trend import HEIGHT, MARGIN, trend
from safeguarding.summaries import difference_from_england
from tests.conftest import altered

GOLDEN = Path(__file__).parent / "golden"
CASES = {
    "trend_rereferrals": lambda s: trend(s("rereferrals_pct")),
    "trend_hidden": lambda s: trend(s("cpp_open_2y_plus_pct")),
    "trend_count_alone": lambda s: trend(s("cpp_count")),
    "trend_report_year": lambda s: trend(s("cla_rate", to="2018-19")),
    "rank_rereferrals": lambda s: ranking(s("rereferrals_pct").rankings[0], s("rereferrals_pct").indicator),
    "control_repeat_plans": lambda s: control(s("cpp_subsequent_pct").control, s("cpp_subsequent_pct")),
    "control_broken": lambda s: control(s("factor_self_harm_pct").control, s("factor_self_harm_pct")),
    "funnel_rereferrals": lambda s: funnel(s("rereferrals_pct").funnel, s("rereferrals_pct").indicator),
    "funnel_looked_after": lambda s: funnel(s("cla_rate").funnel, s("cla_rate").indicator),
    "rank_hidden": lambda s: ranking(
        s("cpp_open_2y_plus_pct").rankings[1], s("cpp_open_2y_plus_pct").indicator
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_picture_is_the_one_someone_read(summary, name):
    drawn = json.loads(json.dumps(CASES[name](summary)))
    path = GOLDEN / f"{name}.json"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(json.dumps(drawn, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert drawn == json.loads(path.read_text(encoding="utf-8"))


def test_axes_start_at_nought_and_periods_are_categories(summary):
    for name in ("rereferrals_pct", "cla_rate", "sw_caseload"):
        layout = trend(summary(name))["layout"]
        assert layout["yaxis"]["range"][0] == 0
        assert layout["xaxis"]["type"] == "category" and layout["xaxis"]["categoryorder"] == "array"
        assert layout["showlegend"] is False


def test_a_negative_difference_of_counts_is_still_inside_its_axis(summary):
    one = summary("s47_no_icpc_pct", area="E08000012")
    low = min(p.value for p in one.lines[0].points if p.value is not None)
    assert low < 0
    assert trend(one)["layout"]["yaxis"]["range"][0] <= low


def test_a_hidden_figure_is_a_gap_and_a_word_never_a_number(summary):
    figure = trend(summary("cpp_open_2y_plus_pct"))
    focus = next(t for t in figure["data"] if t["name"] == "Stockport")
    assert focus["y"][-1] is None and focus["connectgaps"] is False
    absent = next(t for t in figure["data"] if "no figure" in t["name"])
    assert "hidden by the source to protect identity" in absent["customdata"]


def test_the_line_stops_where_the_recording_changed(summary):
    figure = trend(summary("factor_self_harm_pct"))
    parts = [t for t in figure["data"] if t["name"] == "Stockport"]
    assert [p["x"][0] for p in parts] == ["2017-18", "2019-20"] and parts[0]["x"][-1] == "2018-19"
    assert figure["layout"]["shapes"][0]["x0"] == 1.5
    assert any(a["text"] == "recording changed" for a in figure["layout"]["annotations"])
    assert (
        "shapes" not in trend(summary("factor_self_harm_pct", area="E08000003"))["layout"]
        or not trend(summary("factor_self_harm_pct", area="E08000003"))["layout"]["shapes"]
    )


def test_an_event_without_a_day_is_told_and_never_marked(summary):
    one = summary("factor_domestic_abuse_parent_pct")
    told = next(e for e in one.events if e.event_id == "domestic-abuse-recording")
    assert told.when == "date not stated"
    assert told not in [e for _, _, e in one.marks] and one.breaks


def test_events_are_marked_above_the_plot_at_the_year_they_belong_to(summary):
    one = summary("rereferrals_pct")
    marks = {one.periods[k]: e.title for _, k, e in one.marks}
    assert marks["2019-20"] == "New case system" and "2023-24" in marks
    assert [one.periods[k] for _, k, e in one.marks if e.event_id == "pandemic"] == ["2020-21"]
    drawn = [a for a in trend(one)["layout"]["annotations"] if a["text"][0] in "①②③④⑤"]
    assert [(one.periods[a["x"]], a["text"]) for a in drawn] == [
        ("2019-20", "①"),
        ("2020-21", "②③"),
        ("2021-22", "④"),
        ("2023-24", "⑤"),
    ]
    assert all(a["y"] == 1 and a["yref"] == "paper" for a in drawn)
    assert not summary("rereferrals_pct", to="2017-18").marks


def test_line_labels_do_not_overlap(summary, catalogue):
    for name in catalogue.indicators:
        labels = [a for a in trend(summary(name))["layout"]["annotations"] if a["yref"] == "y"]
        figure = trend(summary(name))["layout"]
        low, high = figure["yaxis"]["range"]
        pixels = HEIGHT - MARGIN["t"] - MARGIN["b"]
        heights = sorted(pixels * (a["y"] - low) / (high - low) + a["yshift"] for a in labels)
        assert all(b - a > 16.5 for a, b in itertools.pairwise(heights)), name


@given(st.lists(st.floats(0, 250), min_size=1, max_size=7))
def test_labels_keep_their_distance_and_their_order(positions):
    placed = theme.spread(positions, 17, 4, 248)
    order = sorted(range(len(positions)), key=lambda k: positions[k])
    gaps = [placed[b] - placed[a] for a, b in itertools.pairwise(order)]
    assert all(g >= 17 - 1e-6 for g in gaps)
    assert all(4 - 1e-6 <= p <= 248 + 1e-6 for p in placed)


@given(st.floats(0.001, 1e7), st.floats(-1e3, 0))
def test_ticks_are_round_few_and_hold_the_data(top, low):
    ticks = theme.scale(top, low)
    assert ticks[0] <= low + 1e-9 and ticks[-1] >= top * 0.999999
    assert 2 <= len(ticks) <= 8
    assert 0 in ticks


def contrast(colour: str, ground: str = "#FFFFFF") -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def luminance(text: str) -> float:
        parts = [int(text[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("role", theme.STYLES)
def test_every_line_and_its_label_hold_their_contrast(role):
    assert contrast("#12436D") == pytest.approx(
        10.25, abs=0.02
    )  # CHARTS.md section 1 gives the formula's answer
    assert contrast(theme.STYLES[role].colour) >= 4.5


def test_lines_differ_by_more_than_colour():
    dashes = [s.dash for s in theme.STYLES.values()]
    assert len(set(dashes)) == len(dashes)


def test_bars_and_words_hold_their_contrast():
    assert contrast(theme.BAR) >= 3
    assert contrast(theme.MUTED) >= 4.5


def test_a_spark_leaves_gaps_open_and_holds_no_text(summary):
    import base64

    svg = base64.b64decode(spark(summary("cpp_open_2y_plus_pct")).partition(",")[2]).decode()
    assert svg.count("M") > 1 and "<text" not in svg


def test_a_spine_puts_england_in_the_middle_and_better_on_the_right(summary):
    import base64
    import re

    def marker(indicator_id: str) -> float:
        one = summary(indicator_id)
        svg = base64.b64decode(spine(one, one.placed).partition(",")[2]).decode()
        assert "<text" not in svg and "M140.0 1V25" in svg
        shape = re.search(
            r'<circle cx="([\d.]+)"|<rect x="([\d.]+)" y="7.0" width="12"|<path d="M([\d.]+) 5.0l7', svg
        )
        return next(float(g) for g in shape.groups() if g)

    assert marker("icpc_15_days_pct") < 140  # 71.8 % against 81.4 %, high is good
    assert marker("cpp_reviews_on_time_pct") > 140
    assert marker("cpp_subsequent_pct") < 140  # 28.0 % against 24.5 %, low is good
    assert marker("cla_rate") > 140  # neither end is better: higher is on the right


def test_a_hidden_figure_has_no_marker_on_its_spine(summary):
    import base64

    one = summary("cpp_open_2y_plus_pct")
    svg = base64.b64decode(spine(one, one.placed).partition(",")[2]).decode()
    assert 'stroke="#fff"' not in svg


def test_control_limits_of_a_share_are_drawn_cut_at_nought(summary):
    one = summary("factor_fgm_pct", area="E08000003")
    seen = one.control
    assert not seen.segments or min(min(t["y"]) for t in control(seen, one)["data"]) >= 0


def test_the_difference_from_england_may_lie_below_nought(summary):
    one = difference_from_england(summary("rereferrals_pct"))
    figure = control(one.control, one)
    low = figure["layout"]["yaxis"]["range"][0]
    assert low <= min(min(t["y"]) for t in figure["data"]) < 0
    assert not any("%" in text for text in figure["layout"]["yaxis"]["ticktext"])


def test_the_labels_of_a_control_chart_never_stand_on_each_other(summary, catalogue):
    for indicator_id in catalogue.indicators:
        one = summary(indicator_id)
        seen = one.control
        if not seen.segments or not seen.segments[-1].limits:
            continue
        layout = control(seen, one)["layout"]
        low, high = layout["yaxis"]["range"]
        pixels = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
        at = sorted(pixels * (a["y"] - low) / (high - low) + a["yshift"] for a in layout["annotations"])
        assert min(b - a for a, b in itertools.pairwise(at)) >= theme.LABEL_GAP - 0.2, indicator_id


def test_more_than_ten_events_are_still_numbered(summary):
    from dataclasses import replace

    from components.markup import render

    one = summary("rereferrals_pct")
    many = altered(one, events=tuple(replace(e, breaks=False) for e in one.events if e.day) * 4)
    assert len(many.marks) > 10
    numbers = "".join(a["text"] for a in trend(many)["layout"]["annotations"])
    assert "⑩" in numbers and "(11)" in numbers
    assert "(11)" in render(
        "card_foot", s=many, caption="c", csv="/", open=False, notes=[], link="/", menus=[]
    )
