"""The chart that the server draws: what it holds, what it must never hold, and that programs can read it."""

import hashlib
import io
import math
import re
from dataclasses import replace
from math import inf
from xml.etree import ElementTree

import pytest
from PIL import Image

from safeguarding.breakdowns import breakdowns
from safeguarding.charts.chart import Absence, Chart, Datum, End, Expected, Kind, Mark, Series, Tolerated
from safeguarding.charts.drawn import fixed, fluid
from safeguarding.charts.layout import layout
from safeguarding.charts.looks import SHAPES, spine_spot
from safeguarding.charts.outline import outline
from safeguarding.charts.picture import FORMATS, Plate, picture
from safeguarding.drawings import drawing, drawings, parts_drawing, spine_drawing
from safeguarding.figures import Figures
from safeguarding.query import read
from safeguarding.vocabulary import Polarity, Role, Unit
from tests.conftest import HOME
from tests.laid import SVG, laid

BAD = "<b>\"A\" & 'B'</b>\x0b"
LIMIT = Tolerated(-inf, 15.0, "proposed limit", "15.0% or less", False, "15.0%")
WORDS = Plate("Headline", "Subtitle", ("A note",), "Source: none")


@pytest.fixture(scope="module")
def charts(summary, store, catalogue) -> dict[str, Chart]:
    """A chart of every kind, of the figures that are held."""
    found = {d.name: d.chart for d in drawings(summary("rereferrals_pct"))}
    wholes = breakdowns("child-protection", read({}, catalogue, HOME), Figures.of(store, 1))
    found["parts"] = parts_drawing(next(w for w in wholes if w.breakdown_id == "plan_duration")).chart
    placed = [summary(i.indicator_id) for i in catalogue.theme("child-protection")]
    found["spine"] = spine_drawing("Child protection", "child-protection", placed).chart
    assert {c.kind for c in found.values()} == set(Kind)
    return found


def synthetic(*values: float | None, **more: object) -> Chart:
    """A line of values on an axis from 0 to 40, which ends at 41.6."""
    line = Series("Here", Role.FOCUS, Mark.POINTED, tuple(map(Datum, values)))
    names = tuple(f"20{k + 10}-{k + 11}" for k in range(len(values)))
    ticks = (0.0, 10.0, 20.0, 30.0, 40.0)
    chart = Chart(Kind.TREND, Unit.PERCENT, Polarity.LOWER_BETTER, 1, names, (line,), ticks)
    return replace(chart, **more)


def elements(svg: str, which: str, value: str) -> list[ElementTree.Element]:
    return [e for e in ElementTree.fromstring(svg).iter() if e.get(which) == value]


def test_a_chart_can_be_found_by_what_it_is_of_and_its_lines_by_whose_they_are(charts):
    svg = fluid(charts["trend"], "rereferrals_pct")
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg" and root.get("data-chart") == "rereferrals_pct:trend"
    assert root.get("aria-hidden") == "true"
    series = [e.get("data-series") for e in root.iter() if e.get("data-series")]
    assert series == ["Statistical neighbours", "North West", "England", "Stockport"], "the focus in front"
    assert len(elements(svg, "data-mark", "event")) == 2, "in two of its years"
    ranks = fluid(charts["rank-0"], "rereferrals_pct")
    assert len(elements(ranks, "data-series", "Stockport")) == 1


def test_a_line_that_breaks_is_still_one_element(summary):
    chart = drawing(summary("factor_self_harm_pct"), Kind.TREND).chart
    svg = fluid(chart, "factor_self_harm_pct")
    assert len([s for s in chart.series if s.name == "Stockport"]) == 2
    (line,) = elements(svg, "data-series", "Stockport")
    assert len([p for p in line.iter(f"{SVG}path") if "L" in p.get("d")]) == 2
    assert len(elements(svg, "data-mark", "break")) == 2, "in the plot, and above it to its words"


def test_charts_on_one_page_share_no_name(charts):
    for chart in charts.values():
        for svg in (fluid(chart, "a"), fixed(chart, "a", 900, 500, 15)):
            assert " id=" not in svg and "url(" not in svg and "<style" not in svg and "<script" not in svg


def test_a_chart_is_small(charts):
    # 4 lines of 13 years, 5 events, an interval and an expected range
    assert len(fluid(charts["trend"], "rereferrals_pct")) < 4600
    assert max(len(fluid(chart, name)) for name, chart in charts.items()) < 9000


def test_what_goes_into_a_file_is_at_a_fixed_place(charts):
    """resvg and office programs know neither stretched boxes nor shares of a width nor strokes that stay."""
    for chart in charts.values():
        files = [picture(chart, WORDS, form, "svg").decode() for form in FORMATS.values()]
        for svg in (*files, fixed(chart, "a", 900, 500, 15)):
            for element in ElementTree.fromstring(svg).iter():
                assert "vector-effect" not in element.attrib and "preserveAspectRatio" not in element.attrib
                assert not [v for k, v in element.attrib.items() if v.endswith("%") and k != "data-series"]
                assert not element.tag.endswith("foreignObject")
            assert ElementTree.fromstring(svg).find(f".//{SVG}svg") is None


def test_words_are_escaped_wherever_they_stand():
    bar = Series(BAD, Role.OTHER, Mark.BAR, (Datum(3.0, BAD),))
    plain = synthetic(1.0, 2.0)
    hostile = [
        replace(
            plain,
            categories=(BAD, f"{BAD}2"),
            series=(replace(plain.series[0], name=BAD),),
            ends=(End(2.0, BAD, Role.FOCUS, BAD),),
            absences=(Absence(0, BAD, BAD),),
            events=((0, BAD),),
            expected=Expected(1.0, 3.0, BAD),
        ),
        replace(plain, kind=Kind.RANK, categories=(BAD,), series=(bar,), ticks=()),
    ]
    clean = BAD.rstrip("\x0b")
    words = Plate(BAD, BAD, (BAD,), BAD, BAD, BAD)
    for chart in hostile:
        drawn = (
            fluid(chart, BAD),
            fixed(chart, BAD, 900, 500, 15),
            picture(chart, words, FORMATS["screen"], "svg"),
        )
        for svg in drawn:
            root = ElementTree.fromstring(svg)
            assert clean in "".join(root.itertext()).replace("\n", "")
            assert not [e for e in root.iter() if e.tag.endswith("}b")]


@pytest.mark.slow
def test_the_same_chart_is_the_same_bytes(charts):
    for name, chart in charts.items():
        assert fluid(chart, name) == fluid(replace(chart), name)
        for kind in ("svg", "png"):
            twice = [picture(chart, WORDS, FORMATS["half-page"], kind) for _ in range(2)]
            assert len({hashlib.sha256(body).digest() for body in twice}) == 1, (name, kind)


@pytest.mark.slow
@pytest.mark.parametrize("size", FORMATS)
def test_a_png_is_as_large_as_its_format_and_holds_its_words(charts, size):
    form = FORMATS[size]
    words = replace(WORDS, headline="Plans – 5 % of them", text="What is drawn", source="Source: ℞")
    image = Image.open(io.BytesIO(picture(charts["trend"], words, form, "png")))
    image.load()
    assert image.size == (form.width, form.height)
    assert image.info["dpi"] == pytest.approx((form.dpi, form.dpi), abs=0.01)
    told = {name: image.info[name] for name in ("Title", "Description", "Source")}
    assert told == {"Title": "Plans – 5 % of them", "Description": "What is drawn", "Source": "Source: ℞"}


def test_an_svg_file_says_what_it_is_and_carries_its_letters(charts):
    svg = picture(charts["trend"], replace(WORDS, text="What is drawn"), FORMATS["screen"], "svg").decode()
    root = ElementTree.fromstring(svg)
    assert [e.tag for e in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert [e.text for e in root][:2] == ["Headline", "What is drawn"]
    assert svg.count("@font-face{font-family:Arimo;") == 2 == svg.count("data:font/woff2;base64,")
    assert "A note" in [e.text or "".join(e.itertext()) for e in root.iter(f"{SVG}text")]


# --- what lies behind and beside the lines ---


def test_a_band_reaches_to_the_end_of_the_axis_where_it_has_no_end():
    # the axis ends at 41.6; of a plot of 416 pixels a unit is 10 of them
    chart = synthetic(10.0, 20.0, band=LIMIT)
    plan = layout(chart)
    tall = layout(chart, plan.height - plan.pixels + 416)
    assert tall.cut(-inf, 15.0) == (0.0, 15.0)
    assert (tall.down(15.0), tall.down(0.0)) == pytest.approx((266.0, 416.0))
    (band,) = elements(fluid(chart, "a", tall.height), "data-mark", "band")
    assert (float(band.get("y")), float(band.get("height"))) == (266.0, 150.0)
    assert (band.get("x"), band.get("width")) == ("0%", "100%")
    (above,) = elements(
        fluid(replace(chart, band=replace(LIMIT, lower=30.0, upper=inf)), "a", tall.height),
        "data-mark",
        "band",
    )
    assert (float(above.get("y")), float(above.get("height"))) == (0.0, 116.0)


def test_an_interval_stands_at_the_latest_point_and_an_expected_range_a_place_further():
    chart = synthetic(10.0, 20.0, interval=(18.0, 23.0), expected=Expected(15.0, 25.0, "2012-13"))
    plan = layout(chart)
    svg = fluid(chart, "a", plan.height - plan.pixels + 416)
    (interval,) = elements(svg, "data-mark", "interval")
    # places 0, 1 and 2 on an axis from -0.3 to 2.3: the latest in the middle, the next at 2.3 of 2.6
    assert interval.get("x") == "50%" and float(interval.get("height")) == 50.0
    (expected,) = [e for e in elements(svg, "data-mark", "expected") if e.tag == f"{SVG}rect"]
    assert expected.get("x") == "88.46%" and float(expected.get("height")) == 100.0
    assert expected.get("stroke-dasharray"), "no figure has a dashed outline"
    texts = ["".join(e.itertext()) for e in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert {"2010-11", "2011-12", "2012-13"} <= set(texts) and len(chart.categories) == 2


def test_nothing_is_drawn_of_what_is_not_told():
    svg = fluid(synthetic(10.0, 20.0), "a")
    assert not re.findall('data-mark="(?:band|interval|expected|break|event|absence)"', svg)


# --- what must never be drawn ---


def places(chart: Chart) -> int:
    """How many points of the area in focus a page gets."""
    svg = fluid(chart, "a")
    (line,) = [e for e in ElementTree.fromstring(svg).iter() if e.get("data-series") in ("Here", "Stockport")]
    return len(list(line.iter(f"{SVG}circle")))


def test_a_hidden_value_leaves_no_place_behind():
    chart = synthetic(10.0, None, 20.0, 30.0)
    assert places(chart) == 3 and places(synthetic(10.0, 15.0, 20.0, 30.0)) == 4
    (line,) = elements(fluid(chart, "a"), "data-series", "Here")
    # years 0 and 2 stand alone beside the gap, a line runs from 2 to 3; the axis goes from -0.3 to 3.3
    (way,) = [p.get("d") for p in line.iter(f"{SVG}path")]
    assert re.fullmatch(r"M2 [\d.]+L3 [\d.]+", way), way
    assert [c.get("cx") for c in line.iter(f"{SVG}circle")] == ["8.33%", "63.89%", "91.67%"]


def test_a_hidden_figure_has_neither_point_nor_bar_on_a_page(hidden):
    known = [p for p in hidden.lines[0].points if p.value is not None]
    for one in drawings(hidden):
        svg = fluid(one.chart, one.subject)
        if one.name == "trend":
            assert places(one.chart) == len(known)
        if one.chart.kind is Kind.RANK:
            assert not elements(svg, "data-series", "Stockport") and "hidden" in svg


# --- room ---


@pytest.mark.slow
@pytest.mark.parametrize("size", FORMATS)
def test_long_names_make_room_for_themselves(size):
    name = "The metropolitan borough with the longest name of all"
    line = synthetic(10.0, 20.0, ends=(End(20.0, name, Role.FOCUS, "20.0%"),))
    bars = tuple(Datum(v, "a long word for what is hidden") for v in (None, -5.0, 40.0))
    series = (Series("synthetic", Role.OTHER, Mark.BAR, bars),)
    rows = replace(line, kind=Kind.RANK, categories=("a", name, "c"), series=series, ticks=(), ends=())
    form = FORMATS[size]
    for chart in (line, rows):
        image = Image.open(io.BytesIO(picture(chart, WORDS, form, "png"))).convert("L")
        left, top, right, bottom = image.point(lambda level: 255 if level < 250 else 0).getbbox()
        edge = form.points / 72 * form.dpi
        assert min(left, top, form.width - right, image.height - bottom) >= edge
        found = [m.text for m in laid(picture(chart, WORDS, form, "svg")) if m.tag == "text"]
        assert any(name in text for text in found)


@pytest.mark.parametrize("shape, corners", [("cross", 12), ("x", 12), ("triangle-left", 3), ("diamond", 4)])
def test_a_shape_lies_around_its_middle_and_reaches_as_far_as_it_says(shape: str, corners: int):
    way = outline(shape, 10.0)
    places = [tuple(map(float, pair.split())) for pair in way.strip("Mz").split("L")]
    assert len(set(places)) == corners
    assert all(abs(sum(axis)) < 0.1 for axis in zip(*places, strict=True)), "around its middle"
    assert 10 <= max(math.hypot(*place) for place in places) < 13.1


def test_a_comparison_has_one_shape_of_its_own_and_none_of_a_tolerance():
    shapes = [spine_spot(verdict).shape for verdict in SHAPES]
    assert len(set(shapes)) == len(shapes) == 4
    assert not {"square", "diamond", "triangle-up", "circle"} & set(shapes), "of a tolerance"
