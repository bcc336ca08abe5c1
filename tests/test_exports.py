"""Images and tables that stand alone: their size, words and figures, and what must never be in them."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from PIL import Image

from safeguarding.breakdowns import breakdowns
from safeguarding.charts.chart import Kind, Mark
from safeguarding.charts.picture import FORMATS, Plate, picture
from safeguarding.charts.plotly import as_plotly
from safeguarding.drawing import SHORT
from safeguarding.drawings import drawings, parts_drawing, spine_drawing
from safeguarding.exports.files import image, named, plate
from safeguarding.exports.tables import csv_file, inert, told_of, xlsx_file
from safeguarding.figures import Figures
from safeguarding.origin import Origin
from safeguarding.query import read
from safeguarding.sentences import MOST_WORDS, headline
from safeguarding.wishes import Wishes
from tests.conftest import HOME, SECRET, altered
from tests.laid import laid
from tests.reading import readable

pytestmark = pytest.mark.slow  # seconds each: whole releases, documents, pictures

ORIGIN = Origin(
    7,
    datetime(2026, 11, 23, tzinfo=UTC),
    "Filters: area Stockport, latest figures.",
    "/indicator/rereferrals_pct",
    "OFFICIAL",
)
SVG = "{http://www.w3.org/2000/svg}"


def charts(summary, indicator_id: str, **address: str) -> dict:
    return {d.name: d for d in drawings(summary(indicator_id, **address))}


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body)).convert("L")


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The box around everything that is not white."""
    box = image.point(lambda level: 255 if level < 250 else 0).getbbox()
    assert box is not None
    return box


def test_an_indicator_has_every_chart(summary):
    assert list(charts(summary, "rereferrals_pct")) == [
        "trend",
        "rank-0",
        "rank-1",
        "control",
        "difference",
        "funnel",
    ]


@pytest.mark.parametrize("size", FORMATS)
def test_an_image_has_its_size_and_nothing_reaches_its_edge(summary, size):
    form = FORMATS[size]
    for drawing in charts(summary, "rereferrals_pct").values():
        made = opened(image(drawing, ORIGIN, size, "png"))
        wide, high = made.size
        # rows and words make it higher than its format, never wider
        assert wide == form.width and high >= form.height, drawing.name
        left, top, right, bottom = ink(made)
        edge = form.points / 72 * form.dpi  # a line of text
        assert min(left, top, wide - right, high - bottom) >= edge, (drawing.name, ink(made))


def test_the_screen_image_is_1600_by_900_at_2x():
    assert (FORMATS["screen"].width, FORMATS["screen"].height, FORMATS["screen"].dpi) == (
        2 * 1600,
        2 * 900,
        2 * 96,
    )


@pytest.mark.parametrize("size", FORMATS)
def test_the_source_stands_at_the_foot_of_the_image(summary, size):
    """By pixels: the foot has ink with a source, and none without one; other words stay where they were."""
    drawing, form = charts(summary, "rereferrals_pct")["trend"], FORMATS[size]
    words = plate(drawing, ORIGIN)
    bare = Plate(words.headline, words.subtitle, (), "", words.marking)
    foot = (0, int(form.height - 2.6 * form.points / 72 * form.dpi), form.width, form.height)
    with_source, without = (opened(picture(drawing.chart, w, form, "png")) for w in (words, bare))
    dark = with_source.crop(foot).point(lambda level: 255 if level < 200 else 0)
    left, _, right, _ = ink(with_source.crop(foot))
    assert sum(dark.histogram()[1:]) > 200 and right - left > form.width * 0.1
    # without a source the plot comes lower, and yet leaves the margin free
    margin = with_source.size[1] - int(1.5 * form.points / 72 * form.dpi)
    assert without.crop((0, margin, form.width, form.height)).getextrema() == (255, 255)
    top = (0, 0, form.width, int(3.5 * form.points / 72 * form.dpi))
    assert with_source.crop(top).tobytes() == without.crop(top).tobytes()


def words_of(svg: bytes) -> list[str]:
    return ["".join(e.itertext()).strip() for e in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_an_svg_holds_its_words_as_text(summary):
    drawing = charts(summary, "rereferrals_pct", to="2018-19")["trend"]
    found = words_of(image(drawing, ORIGIN, "screen", "svg"))
    text = " ".join(found)
    assert "Re-referrals: worse than England, no steady trend" in found
    assert "Re-referrals within 12 months, per cent, Stockport, 2012-13 to 2018-19" in found
    assert {"Stockport 24.3%", "England 22.6%", "North West 22.6%", "OFFICIAL", "2012-13", "2018-19"} <= set(
        found
    )
    assert "Source: Department for Education, Children in need, 2025 edition." in text
    assert "Release 7, loaded 23 November 2026" in text and "OGL v3.0" in text
    assert "mean of 10 of 10" in text and "2021 model" in text
    assert "Filters" not in text and "/indicator/" not in text
    full = " ".join(words_of(image(drawing, ORIGIN, "screen", "svg", Wishes(notes="full"))))
    assert "Filters: area Stockport" in full and "/indicator/" not in full, "an address without a host"
    public = replace(ORIGIN, link="https://dashboard.example/indicator/rereferrals_pct")
    full = " ".join(words_of(image(drawing, public, "screen", "svg", Wishes(notes="full"))))
    assert "https://dashboard.example/indicator/rereferrals_pct" in full


def test_an_svg_draws_the_points_that_the_rows_hold(summary):
    """The line in focus has a marker for each value, at heights in proportion to the values."""
    drawing = charts(summary, "rereferrals_pct")["trend"]
    values = [r["value"] for r in drawing.rows if r["area"] == "Stockport"]
    drawn = spots(drawing)
    assert len(drawn) == len(values) > 5
    heights = [y for _, y in sorted(drawn)]
    slope = (heights[-1] - heights[0]) / (values[-1] - values[0])
    assert all(
        h == pytest.approx(heights[0] + slope * (v - values[0]), abs=0.05)
        for h, v in zip(heights, values, strict=True)
    )


def test_the_same_image_twice_is_the_same_bytes(summary):
    drawing = charts(summary, "cpp_open_2y_plus_pct")["trend"]
    for kind in ("png", "svg"):
        assert image(drawing, ORIGIN, "half-page", kind) == image(drawing, ORIGIN, "half-page", kind)


def test_a_longer_ranking_is_drawn_smaller_and_whole(summary):
    drawing = charts(summary, "rereferrals_pct")["rank-0"]
    assert len(drawing.rows) == 26  # 24 authorities, the region and England
    found = words_of(image(drawing, ORIGIN, "screen", "svg"))
    assert {r["area"] for r in drawing.rows} <= set(found)


def table_of(body: bytes) -> list[dict[str, str]]:
    """The rows of a CSV export."""
    first, *lines = csv.reader(io.StringIO(body.decode("utf-8-sig")))
    return [dict(zip(first, line, strict=True)) for line in lines]


def test_a_csv_is_exactly_what_the_card_draws(summary):
    one = summary("cpp_open_2y_plus_pct")
    drawing = charts(summary, "cpp_open_2y_plus_pct")["trend"]
    rows = table_of(csv_file(drawing, ORIGIN))
    drawn = [
        (line.name, p, point.value)
        for line in one.lines
        for p, point in zip(one.periods, line.points, strict=True)
    ]
    read_back = [(r["area"], r["period"], float(r["value"]) if r["value"] else None) for r in rows]
    assert read_back == [(a, p, None if v is None else pytest.approx(v, abs=0.05)) for a, p, v in drawn]
    assert {r["licence"] for r in rows} == {"Open Government Licence v3.0"}
    assert {(r["release"], r["marking"]) for r in rows} == {("7", "OFFICIAL")} and rows[0]["source"]
    told = told_of(drawing, ORIGIN)
    assert told["release"] == "7, loaded 23 November 2026"
    assert "c: hidden by the source to protect identity" in told["symbols"]
    assert told["source"] and told["figures"] and told["view"] and told["caveats"]


def test_a_workbook_is_exactly_what_the_card_draws(summary):
    drawing = charts(summary, "cpp_open_2y_plus_pct")["trend"]
    book = load_workbook(io.BytesIO(xlsx_file(drawing, ORIGIN)))
    assert book.sheetnames == ["Figures", "About"]
    heading, *lines = book["Figures"].iter_rows(values_only=True)
    assert [h.lower().replace(" ", "_") for h in heading] == list(drawing.rows[0])
    assert [[c if c is not None else "" for c in line] for line in lines] == [
        [c if c is not None else "" for c in row.values()] for row in drawing.rows
    ]
    told = list(book["About"].iter_rows(values_only=True))
    assert ("Licence", "Open Government Licence v3.0") in told and any(what == "Symbol" for what, _ in told)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", "\r", " ="])
def test_no_cell_becomes_a_formula(summary, begins):
    drawing = charts(summary, "rereferrals_pct")["trend"]
    bad = f"{begins}HYPERLINK(1)"
    hostile = replace(drawing, rows=({"area": bad, "value": -1.5},), notes=(bad,), headline=bad)
    (row,) = table_of(csv_file(hostile, ORIGIN))
    assert (row["area"], row["value"]) == (f"'{bad}", "-1.5")
    assert inert(-1.5) == -1.5
    with zipfile.ZipFile(io.BytesIO(xlsx_file(hostile, ORIGIN))) as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist())


def everything(drawing) -> list[str]:
    """Every export of a drawing, its archives opened, as a reader finds it."""
    with zipfile.ZipFile(io.BytesIO(xlsx_file(drawing, ORIGIN))) as book:
        sheets = [book.read(name) for name in book.namelist()]
    images = [image(drawing, ORIGIN, "half-page", kind) for kind in ("svg", "png")]
    told = (repr(drawing.chart), repr(as_plotly(drawing.chart)), drawing.text, named(drawing, ORIGIN, "png"))
    return [*map(readable, (csv_file(drawing, ORIGIN), *sheets, *images)), *told]


def test_a_hidden_figure_is_in_no_export_of_a_chart(hidden):
    found = drawings(hidden)
    assert {"trend", "rank-0"} <= {d.name for d in found}
    for drawing in found:
        for text in everything(drawing):
            assert SECRET not in text and "37.5" not in text, drawing.name


def spots(drawing) -> list[tuple[float, float]]:
    """Where the points of the area in focus are drawn."""
    marks = laid(image(drawing, ORIGIN, "screen", "svg"))
    return [m.at("cx", "cy") for m in marks if m.tag == "circle" and m.look.get("data-series") == "Stockport"]


def test_no_mark_is_drawn_for_a_hidden_figure(hidden):
    """A point or a bar's length would give away what no word says."""
    known = [p for p in hidden.lines[0].points if p.value is not None]
    assert len(known) == len(hidden.periods) - 1
    for drawing in drawings(hidden):
        if drawing.name == "trend":
            assert len(spots(drawing)) == len(known)
        if drawing.chart.kind is Kind.RANK:
            marks = laid(image(drawing, ORIGIN, "screen", "svg"))
            bars = {m.look["data-series"] for m in marks if m.tag == "rect" and "data-series" in m.look}
            assert "Stockport" not in bars and len(bars) > 5, "a bar would have a length"


def test_the_secret_would_be_found_if_it_were_there(hidden):
    """The checks above can fail: the same figure from a public source is in every file, and drawn."""
    from safeguarding.lines import Point
    from safeguarding.vocabulary import Status

    shown = replace(hidden.lines[0], points=(*hidden.lines[0].points[:-1], Point(float(SECRET), Status.OK)))
    drawing = next(
        d for d in drawings(altered(hidden, lines=(shown, *hidden.lines[1:]))) if d.name == "trend"
    )
    assert sum("37.5" in text for text in everything(drawing)) >= 4  # CSV, workbook, SVG, the chart itself
    assert len(spots(drawing)) == len(hidden.periods)


@pytest.mark.parametrize(
    "svg",
    [
        "<svg><text>37.53</text></svg>",
        "<svg><title>37.53</title></svg>",
        "<svg><g><desc>in <b>all</b> 37.53</desc></g></svg>",
        "<svg><metadata><a resource='37.53'/></metadata></svg>",
        "<svg><path d='M 0 0' data-value='37.53'/></svg>",
        "<svg><!-- 37.53 --></svg>",
    ],
)
def test_a_reader_would_find_a_secret_wherever_it_is_written(svg):
    assert SECRET in readable(svg.encode())


def test_a_place_on_the_paper_is_not_a_secret():
    assert SECRET not in readable(b"<svg><rect x='37.53' width='37.53'/><path d='M 37.53 0'/></svg>")


def test_hidden_parts_of_a_whole_are_in_no_export(store, catalogue):
    query = read({}, catalogue, HOME)
    whole = next(
        b
        for b in breakdowns(
            "child-protection",
            query,
            Figures.of(store, 1),
        )
        if b.breakdown_id == "plan_duration"
    )
    rows = table_of(csv_file(parts_drawing(whole), ORIGIN))
    absent = [
        r
        for r in rows
        if r["part"] in ("1 to 2 years", "2 years or more")
        and (r["period"], r["area"]) == (whole.period, "Stockport")
    ]
    assert [(r["value"], r["printed"].startswith("hidden")) for r in absent] == [("", True)] * 2


def test_file_names_say_what_is_in_them(summary):
    name = named(charts(summary, "cpp_subsequent_pct")["rank-1"], ORIGIN, "png")
    assert name == "OFFICIAL_cpp-subsequent-pct_rank-1_Stockport_2024-25_r7.png"
    assert re.fullmatch(r"[A-Za-z0-9._-]+", name)
    chosen = replace(ORIGIN, since="2018-19", compared="E92000001,GM")
    trend = charts(summary, "cpp_subsequent_pct", **{"from": "2018-19"})["trend"]
    about = "OFFICIAL_cpp-subsequent-pct_trend_Stockport_from-2018-19-to-2024-25_with-E92000001-GM"
    assert named(trend, chosen, "png", "half-page") == f"{about}_half-page_r7.png"
    assert named(trend, chosen, "csv", "half-page") == f"{about}_r7.csv", "figures have no size"


def test_a_headline_is_the_finding_in_ten_words(summary, catalogue):
    for indicator_id, address in product(
        catalogue.indicators, ({}, {"to": "2018-19"}, {"area": "E92000001"})
    ):
        text = headline(summary(indicator_id, **address))
        assert len(text.split()) <= MOST_WORDS, text
    assert headline(summary("rereferrals_pct")) == "Re-referrals: similar to England, no steady trend"
    assert (
        headline(summary("cpp_open_2y_plus_pct")) == "Plans open 2 years or more: hidden to protect identity"
    )
    assert headline(summary("cla_count")) == "Looked-after children, Stockport, Mar 2016 to Mar 2025"


def test_the_alternative_text_has_a_short_form(summary, catalogue):
    for indicator_id in catalogue.indicators:
        for drawing in drawings(summary(indicator_id)):
            assert 0 < len(drawing.short_text) <= SHORT and drawing.text.startswith(
                drawing.short_text.rstrip("…")
            )


def test_the_spine_draws_a_row_an_indicator_and_no_marker_for_what_is_hidden(summary, catalogue):
    summaries = [summary(i.indicator_id) for i in catalogue.theme("child-protection")]
    drawing = spine_drawing("Child protection", "child-protection", summaries)
    assert (
        len(drawing.rows) == sum(s.placed is not None for s in summaries) == 13
        and "worse on 1" in drawing.text
    )
    found = words_of(image(drawing, ORIGIN, "full-page", "svg"))
    printed = " ".join(found)
    assert all(word in printed for s in summaries if s.placed for word in s.indicator.short_title.split())
    assert {"England", "worse, lower", "better, higher"} <= set(found)
    markers = {
        drawing.chart.categories[s.start]: s.data[0] for s in drawing.chart.series if s.mark is Mark.SPOT
    }
    assert len(markers) == sum(s.value is not None for s in summaries if s.placed) < len(drawing.rows)
    hidden_rows = [r for r in drawing.rows if r["indicator_id"] == "cpp_open_2y_plus_pct"]
    assert [(r["value"], r["status"]) for r in hidden_rows] == [(None, "c")]
    # 28.0 % here and 24.5 % in England, among authorities from 0.0 to 44.1 %: the farther end is 24.5 away
    assert markers["Repeat plans"].value == pytest.approx(-3.5 / 24.5), (
        "lower is better: more repeat plans stand to the left"
    )


def test_an_address_longer_than_a_line_is_broken_and_stays_on_the_image(summary):
    drawing = charts(summary, "rereferrals_pct")["trend"]
    link = "https://dashboard.example/indicator/rereferrals_pct?compare=" + ",".join(["E08000003"] * 30)
    for form in FORMATS.values():
        words = plate(drawing, replace(ORIGIN, link=link), Wishes(notes="full"))
        left, _, right, _ = ink(opened(picture(drawing.chart, words, form, "png")))
        assert min(left, form.width - right) >= form.points / 72 * form.dpi
        found = words_of(picture(drawing.chart, words, form, "svg"))
        assert link in "".join(found).replace(" ", "")
