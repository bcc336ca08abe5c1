"""The drawn chart and the live one stand in the same place; words neither overlap nor leave their box."""

import json
from base64 import b64encode
from dataclasses import replace
from math import inf
from pathlib import Path

import pytest

from components.chart import OF_CARD
from safeguarding.breakdowns import breakdowns
from safeguarding.charts.chart import Chart, Expected, Kind, Tolerated
from safeguarding.charts.drawn import fluid
from safeguarding.charts.plotly import CONFIG, as_plotly
from safeguarding.charts.typeface import ARIMO
from safeguarding.drawings import drawing, drawings, parts_drawing, spine_drawing
from safeguarding.figures import Figures
from safeguarding.query import read
from tests.conftest import HOME

VENDOR = Path(__file__).resolve().parents[2] / "assets" / "vendor"
FACES = "".join(
    f"@font-face{{font-family:Arimo;font-weight:{weight};src:url(data:font/woff2;base64,"
    f"{b64encode(path.with_suffix('.woff2').read_bytes()).decode()})}}"
    for weight, path in ARIMO.items()
)
PLACED = "body { margin: 0; font-family: Arimo } div { position: absolute; top: 0; left: 0 }"
SHEET = f"<style>{FACES} {PLACED}</style>"
CROWD = "E92000001,E12000002,SN,E08000003,E08000009,E08000001"
CASES = {
    "trend": ("rereferrals_pct", Kind.TREND, {}),
    "hidden": ("cpp_open_2y_plus_pct", Kind.TREND, {}),
    "broken": ("factor_self_harm_pct", Kind.TREND, {}),
    "count": ("cpp_count", Kind.TREND, {}),
    "crowd": ("rereferrals_pct", Kind.TREND, {"compare": CROWD}),
    "below nought": ("s47_no_icpc_pct", Kind.TREND, {"area": "E08000012"}),
    "rank": ("rereferrals_pct", Kind.RANK, {}),
    "hidden ranks": ("cpp_open_2y_plus_pct", Kind.RANK, {}),
    "control": ("cpp_subsequent_pct", Kind.CONTROL, {}),
    "broken control": ("factor_self_harm_pct", Kind.CONTROL, {}),
    "difference": ("rereferrals_pct", Kind.DIFFERENCE, {}),
    "funnel": ("rereferrals_pct", Kind.FUNNEL, {}),
    "funnel of a long title": ("cla_rate", Kind.FUNNEL, {}),
}
KINDS = [*CASES, "marks", "agreed range", "limit beyond", "parts", "spine"]

# what a reader sees: where letters, points and bars are on the screen, of the drawn chart and of Plotly's
READ = (Path(__file__).parent / "drawn.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def charts(summary, store, catalogue) -> dict[str, Chart]:
    """A chart of every kind, of the figures that are held."""
    found = {name: drawing(summary(of, **at), kind).chart for name, (of, kind, at) in CASES.items()}
    marked = {"interval": (17.8, 25.4), "expected": Expected(18.2, 25.1, "2025-26")}
    limit = Tolerated(-inf, 20.0, "proposed limit", "20.0% or less", False, "20.0%")
    found["marks"] = replace(found["trend"], **marked, band=limit)
    agreed = Tolerated(12.0, 20.0, "usual range", "12.0% to 20.0%", True)
    found["agreed range"] = replace(found["count"], band=agreed)
    found["limit beyond"] = replace(found["trend"], band=replace(limit, lower=200.0, upper=inf))
    wholes = breakdowns("child-protection", read({}, catalogue, HOME), Figures.of(store, 1))
    found["parts"] = parts_drawing(next(w for w in wholes if w.breakdown_id == "plan_duration")).chart
    placed = [summary(i.indicator_id) for i in catalogue.theme("child-protection")]
    found["spine"] = spine_drawing("Child protection", "child-protection", placed).chart
    return found


@pytest.fixture
def side_by_side(page, charts):
    """A function: what a reader sees of a chart in a box so many pixels wide, drawn and live."""
    page.set_content(f"<!doctype html>{SHEET}<p>a<b>b</b></p><div id='drawn'></div><div id='live'></div>")
    page.add_script_tag(path=VENDOR / "plotly-basic.min.js")

    def look(name: str, width: int) -> dict:
        figure = json.loads(json.dumps(as_plotly(charts[name])))
        figure["layout"]["width"] = width
        page.evaluate(
            """async ([svg, wide, data, layout, config]) => {
                const drawn = document.getElementById('drawn');
                drawn.style.width = wide + 'px';
                drawn.innerHTML = svg;
                await document.fonts.ready;
                await Plotly.newPlot('live', data, layout, config);
            }""",
            [
                fluid(charts[name], "synthetic"),
                width,
                figure["data"],
                figure["layout"],
                {**CONFIG, "responsive": False},
            ],
        )
        return page.evaluate(READ)

    return look


@pytest.mark.parametrize("name", KINDS)
def test_the_live_chart_takes_the_place_of_the_drawn_one_without_a_jump(side_by_side, name):
    for width in (360, 900):
        seen = side_by_side(name, width)
        drawn, live = seen["texts"]
        assert [t[0] for t in drawn] == [t[0] for t in live] and len(drawn) >= 4
        for ours, theirs in zip(drawn, live, strict=True):
            assert ours[1:] == pytest.approx(theirs[1:], abs=1.0), ours[0]
        for what in ("points", "bars", "marks"):
            drawn, live = seen[what]
            assert len(drawn) == len(live), what
            for ours, theirs in zip(drawn, live, strict=True):
                assert ours == pytest.approx(theirs, abs=1.0), what
        assert seen["points"][0] or seen["bars"][0]


CLASHES = """() => {
  const found = [];
  for (const holder of document.querySelectorAll('.one')) {
    const edge = holder.getBoundingClientRect();
    const texts = [...holder.querySelectorAll('text')].map((e) => [e.textContent, e.getBoundingClientRect()]);
    texts.forEach(([words, a], k) => {
      if (a.left < edge.left || a.right > edge.right || a.top < edge.top || a.bottom > edge.bottom + 1)
        found.push([holder.title, words, 'leaves its box', a.toJSON()]);
      for (const [others, b] of texts.slice(k + 1))
        // letters fill the middle of their line
        if (a.left < b.right && b.left < a.right && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3)
          found.push([holder.title, words, others]);
    });
  }
  return found;
}"""


@pytest.fixture(scope="module")
def everything(summary, catalogue) -> str:
    """Every chart of every indicator, the trend beside six others too, each in a box of its own."""
    found = {f"{d.subject}:{d.name}": d.chart for i in catalogue.indicators for d in drawings(summary(i))}
    for i in catalogue.indicators:
        one = drawing(summary(i, compare=CROWD), Kind.TREND)
        if one:
            found[f"{i} in a crowd"] = one.chart
    assert {c.kind for c in found.values()} >= {Kind.TREND, Kind.RANK, Kind.CONTROL, Kind.FUNNEL}
    boxes = (f'<p class="one" title="{name}">{fluid(chart, name)}</p>' for name, chart in found.items())
    return "".join(boxes)


@pytest.mark.parametrize("width", [320, 350, 555])
def test_no_word_stands_on_another_on_a_card(page, summary, catalogue, width):
    """A trend as low as a card has room for; its card prints the latest values above it."""
    found = {i: drawing(summary(i), Kind.TREND) for i in catalogue.indicators}
    boxes = "".join(
        f'<p class="one" title="{name}">{fluid(one.chart, name, OF_CARD)}</p>'
        for name, one in found.items()
        if one
    )
    page.set_content(f"<!doctype html>{SHEET}<style>p {{ width: {width}px; margin: 0 }}</style>{boxes}")
    page.evaluate("document.fonts.ready")
    assert page.evaluate(CLASHES) == []


@pytest.mark.parametrize("width", [320, 390, 700, 1900])
def test_no_word_stands_on_another_or_leaves_its_box(page, everything, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.set_content(f"<!doctype html>{SHEET}<style>p {{ width: {width}px; margin: 0 }}</style>{everything}")
    page.evaluate("document.fonts.ready")
    assert page.locator(".one text").count() > 1000
    assert page.evaluate(CLASHES) == []
