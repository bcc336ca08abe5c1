"""Packs, opened for real: PowerPoint, Excel, Word and images hold what data/ holds, and nothing hidden."""

import io
import re
import statistics
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from pptx.util import Emu

from safeguarding import slide as budget
from safeguarding import words
from safeguarding.__main__ import main
from safeguarding.charts.chart import Kind
from safeguarding.drawings import drawing, spine_drawing
from safeguarding.exports.pack import Item, Pack, item
from safeguarding.exports.packing import Cancelled, write
from safeguarding.exports.powerpoint import presentation
from safeguarding.exports.progress import Progress
from safeguarding.exports.report import report
from safeguarding.exports.sheets import fitting
from safeguarding.exports.workbook import workbook
from safeguarding.origin import Origin
from safeguarding.query import Pick
from safeguarding.refused import Refused
from safeguarding.store.drawers import FolderDrawer
from safeguarding.store.notes import Note
from safeguarding.vocabulary import Tolerance
from tests.conftest import HOME, SECRET, altered
from tests.reading import held, readable

pytestmark = pytest.mark.slow  # seconds each: whole releases, documents, pictures

CML = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ORIGIN = Origin(
    7,
    datetime(2026, 11, 23, tzinfo=UTC),
    "Filters: area Stockport, latest figures.",
    "/child-protection",
    "OFFICIAL",
)
JUDGED = (Tolerance.WITHIN, Tolerance.NEAR, Tolerance.OUTSIDE)
PICKS = (
    Pick("rereferrals_pct"),
    Pick("cpp_open_2y_plus_pct"),
    Pick("cla_count"),
    Pick("cpp_subsequent_pct", "rank"),
    Pick("icpc_15_days_pct", "control"),
)
NOTE = Note(
    1,
    "rereferrals_pct",
    HOME,
    "2024-25",
    "action",
    "Audit twenty repeat referrals.",
    "Head of front door",
    date(2026, 12, 18),
    "Chair",
    datetime(2026, 11, 23, tzinfo=UTC),
    "",
    None,
)


def packed(items: list[Item]) -> Pack:
    return Pack(
        "Child protection",
        "Stockport Safeguarding Children Partnership",
        (("Child protection", tuple(items)),),
        ORIGIN,
    )


@pytest.fixture(scope="module")
def pack(summary) -> Pack:
    return packed([item(pick, summary(pick.indicator_id), []) for pick in PICKS])


def nothing(_: str) -> None:
    """Where nobody waits."""


# --- PowerPoint ---


@pytest.fixture(scope="module")
def deck(pack):
    return Presentation(io.BytesIO(presentation(pack, nothing)))


def charts_of(slide) -> list:
    return [shape for shape in slide.shapes if shape.has_chart]


def indicators_of(deck) -> list:
    """The slides of the indicators: between the first and the agenda, and the actions."""
    return list(deck.slides)[2:-1]


def test_the_presentation_is_16_by_9_with_one_indicator_a_slide(deck, pack):
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    assert len(deck.slides) == len(PICKS) + 3
    first, agenda, *titles, last = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert (first, agenda, last) == ("Child protection", "Agenda", "Actions agreed")
    listed = deck.slides[1].placeholders[1].text_frame.text.split("\n")
    assert listed == [one.summary.indicator.short_title for one in pack.items]
    # 22.6 % in England lies within 792 of 3,676, give or take chance; plans over two years are hidden
    assert titles[0] == "Re-referrals: similar to England, no steady trend"
    assert titles[1] == "Plans open 2 years or more: hidden to protect identity"
    assert all(t.startswith(i.summary.indicator.short_title) for t, i in zip(titles, pack.items, strict=True))
    assert [len(charts_of(slide)) for slide in deck.slides] == [0, 0, *[1] * len(PICKS), 0]


def drawn_on(slide) -> dict[str, list[float | None]]:
    """The values of each series of a slide's chart, by its name."""
    (shape,) = charts_of(slide)
    return {series.name: list(series.values) for plot in shape.chart.plots for series in plot.series}


def test_its_charts_are_native_and_hold_the_figures_of_the_data_folder(deck):
    trend, hidden, count, ranked, controlled = map(drawn_on, indicators_of(deck))
    assert list(trend) == ["Stockport", "England", "North West", "Statistical neighbours"]
    assert trend["Stockport"] == list(held("rereferrals_pct", HOME).values())
    assert trend["England"] == list(held("rereferrals_pct", "E92000001").values())
    assert hidden["Stockport"] == list(held("cpp_open_2y_plus_pct", HOME).values())
    assert hidden["Stockport"][-1] is None
    assert count == {"Stockport": list(held("cla_count", HOME).values())}
    # the neighbours, best first, and England: low is good
    (values,) = ranked.values()
    assert len(values) == 12 and values == sorted(values)
    assert {held("cpp_subsequent_pct", code)["2024-25"] for code in (HOME, "E92000001")} <= set(values)
    assert list(controlled) == ["Stockport", "Lower limit", "Upper limit", "Mean"]
    shares = list(held("icpc_15_days_pct", HOME).values())
    assert controlled["Stockport"] == shares
    assert controlled["Mean"][-1] == pytest.approx(statistics.mean(shares), abs=1e-4)


def test_a_funnel_and_the_spine_are_pictures_with_text_alternatives(summary, catalogue, pack):
    one = summary("cla_rate")
    placed = [summary(i.indicator_id) for i in catalogue.theme("child-protection")]
    items = [Item(one, drawing(one, Kind.FUNNEL), ()), *(Item(s, None, ()) for s in placed)]
    spine = spine_drawing("Child protection", "child-protection", placed)
    deck = Presentation(io.BytesIO(presentation(replace(packed(items), spine=spine), nothing)))
    pictures = [(n, s) for n, slide in enumerate(deck.slides, 1) for s in slide.shapes if is_picture(s)]
    assert [n for n, _ in pictures] == [3, 4, 5], "rows that cannot be read from afar go on to a second slide"
    for n, picture in pictures:
        assert 20 < len(picture._element.nvPicPr.cNvPr.get("descr")) <= 240 and picture.is_placeholder
        dots = Image.open(io.BytesIO(picture.image.blob)).size
        assert picture.width / picture.height == pytest.approx(dots[0] / dots[1], rel=0.01), n
    assert not charts_of(deck.slides[4]) and "Funnel" not in deck.slides[4].shapes.title.text_frame.text


def is_picture(shape) -> bool:
    return shape._element.tag.endswith("}pic")


def test_its_charts_can_be_edited_in_their_own_workbooks(deck):
    for slide in indicators_of(deck):
        blob = charts_of(slide)[0].chart.part.chart_workbook.xlsx_part.blob
        rows = list(load_workbook(io.BytesIO(blob)).active.iter_rows(values_only=True))
        plot = charts_of(slide)[0].chart.plots[0]
        assert [row[0] for row in rows[1:]] == list(plot.categories) and rows[0][1] == plot.series[0].name


def test_verdicts_source_and_speaker_notes_are_text(deck, pack):
    printed = "\n".join(s.text_frame.text for s in deck.slides[2].shapes if s.has_text_frame)
    assert {
        "21.5%",
        "Proposed tolerance: within",
        "England: similar",
        "Direction: no steady trend",
        "Statistical neighbours: mean of 10 of 10, 2025 model.",
    } <= set(printed.split("\n"))
    hidden = "\n".join(s.text_frame.text for s in deck.slides[3].shapes if s.has_text_frame)
    assert "No value, Stockport: hidden by the source to protect identity: 31 March 2019" in hidden
    for slide, one in zip(indicators_of(deck), pack.items, strict=True):
        text = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert "olerance: " in text and "Direction: " in text
        assert one.summary.printed in text and one.summary.indicator.question in text
        assert (
            "Source: Department for Education" in text
            and "Release 7, loaded 23 November 2026" in text
            and "OFFICIAL" in text
        )
        spoken = slide.notes_slide.notes_text_frame.text
        assert (
            f"To ask: {one.summary.indicator.question}" in spoken
            and one.summary.tolerance.rule in spoken
            and one.summary.movement.method in spoken
        )


def test_all_that_stands_on_a_slide_is_a_placeholder_in_the_letters_and_colours_of_the_theme(deck):
    for slide in deck.slides:
        assert all(shape.is_placeholder for shape in slide.shapes), [s.name for s in slide.shapes]
        kinds = [shape._element.ph.get("type") for shape in slide.shapes if shape._element.ph is not None]
        assert {"ftr", "sldNum"} <= set(kinds)
        for part in (slide.part, *(s.chart.part for s in charts_of(slide))):
            assert b"srgbClr" not in part.blob and b"latin" not in part.blob, slide.shapes.title.text
    theme = next(r.target_part for r in deck.slide_master.part.rels.values() if r.reltype.endswith("theme"))
    assert b"12436D" in theme.blob and b'"Arial"' in theme.blob


def test_each_line_bears_its_name_and_its_latest_value_and_none_lies_on_another(deck):
    for slide, lines in ((deck.slides[2], 4), (deck.slides[3], 4), (deck.slides[6], 4)):
        chart = charts_of(slide)[0].chart
        assert not chart.has_legend
        labels = [label for s in chart.plots[0].series for label in s._element.iter(f"{CML}dLbl")]
        assert len(labels) == lines
        for series, label in zip(chart.plots[0].series, labels, strict=True):
            known = [k for k, v in enumerate(series.values) if v is not None]
            assert int(label.find(f"{CML}idx").get("val")) == known[-1]
            assert label.find(f"{CML}showSerName").get("val") == "1"
            latest = known[-1] == len(series.values) - 1
            assert label.find(f"{CML}showVal").get("val") == str(int(latest)), (
                "an old value passes for the latest"
            )
        low, top = chart.value_axis.minimum_scale, chart.value_axis.maximum_scale
        at = []
        for series, label in zip(chart.plots[0].series, labels, strict=True):
            value = series.values[int(label.find(f"{CML}idx").get("val"))]
            moved = float(label.find(f"{CML}layout/{CML}manualLayout/{CML}y").get("val"))
            at.append(0.85 * (value - low) / (top - low) - moved)
        high = charts_of(slide)[0].height.pt
        at.sort()
        assert all(b - a >= 12 * 1.2 / high for a, b in pairwise(at)), at


def test_actions_are_on_the_last_slide_where_notes_were_asked_for(summary):
    def table(notes: list[Note]) -> list[list[str]]:
        one = item(Pick("rereferrals_pct"), summary("rereferrals_pct"), notes)
        slide = list(Presentation(io.BytesIO(presentation(packed([one]), nothing))).slides)[-1]
        (found,) = [s.table for s in slide.shapes if s.has_table]
        assert found.first_row
        return [[cell.text for cell in row.cells] for row in found.rows]

    heading = ["Action", "Who", "By when"]
    assert table([]) == [heading, *[["", "", ""]] * 6]
    row = ["Audit twenty repeat referrals.", "Head of front door", "18 December 2026"]
    assert table([NOTE]) == [heading, row, *[["", "", ""]] * 5]


def test_a_slide_in_a_file_and_on_the_wall_say_the_same_within_sixty_words(summary, catalogue):
    long = replace(NOTE, text=" ".join(["word"] * 100))
    for indicator_id in catalogue.indicators:
        said = budget.said(summary(indicator_id), [long])
        least = budget.LEAST_OF_ACTION + 8  # "Action:", and the seven words of its owner and day
        assert said.words <= budget.MOST_WORDS or len(said.note.split()) == least, (indicator_id, said.words)
        assert said.note.endswith("… (Head of front door, 18 December 2026)")
    one = summary("rereferrals_pct")
    deck = Presentation(
        io.BytesIO(presentation(packed([item(Pick("rereferrals_pct"), one, [long])]), nothing))
    )
    printed = "\n".join(s.text_frame.text for s in deck.slides[2].shapes if s.has_text_frame)
    said = budget.said(one, [long])
    rows = [f"{name}: {words.uncapital(word)}" for name, word in said.rows]
    for text in (said.headline, said.measure, said.printed, *rows, said.question, said.note):
        assert text in printed, text


def test_a_slide_says_of_whom_nothing_was_tested_the_figure_and_why(summary):
    rows = dict(budget.said(summary("sw_caseload"), []).rows)
    assert rows["England"] == "15.2, spread not published"
    assert rows["North West"] == "15.8, spread not published"
    assert rows["Neighbours"] == "14.7, spread not published"
    assert dict(budget.said(summary("cpp_count"), []).rows)["Comparison"] == "Not compared"


@given(st.integers(0, 60), st.text("ab ", min_size=1, max_size=120).filter(str.strip))
def test_an_action_on_a_slide_keeps_its_owner_and_its_day_whatever_is_cut(room, text):
    action = replace(NOTE, kind="action", text=text, owner="Head of placements", due=date(2027, 3, 5))
    said, whole = budget.newest([action], room), " ".join(text.split())
    # six words of whom and when, one of what it is
    assert len(said.split()) <= max(room, budget.LEAST_OF_ACTION + 7)
    assert said.startswith("Action: ") and said.endswith(" (Head of placements, 5 March 2027)")
    told = said.removeprefix("Action: ").removesuffix(" (Head of placements, 5 March 2027)")
    assert told == whole or (whole.startswith(told.removesuffix(" …")) and len(told.split()) >= 9)
    note = budget.newest([replace(action, kind="note", owner="", due=None)], room)
    assert len(note.split()) <= room


SALFORD = "E92000001,E12000002,SN,E08000006"


def test_an_area_that_a_reader_has_added_has_a_row_and_a_line(summary):
    one = summary("icpc_15_days_pct", compare=SALFORD)
    rows = dict(budget.said(one, []).rows)
    assert [rows[name] for name in ("England", "North West", "Neighbours")] == ["Worse"] * 3
    assert rows["Salford"] == "7.5 points lower, worse"
    deck = Presentation(io.BytesIO(presentation(packed([item(Pick("icpc_15_days_pct"), one, [])]), nothing)))
    assert set(drawn_on(deck.slides[2])) == {"Stockport", "England", "North West", "Salford"}


@given(st.lists(st.sampled_from("ABCDEFGH"), unique=True), st.sets(st.sampled_from("ABCDEFGH")))
def test_lines_of_added_areas_go_before_the_others_and_all_keep_their_order(compare, added):
    kept = budget.lined(compare, list(added))
    assert [one for one in compare if one in kept] == list(kept)
    assert len(kept) == min(len(compare), budget.MOST_LINES - 1)
    left = [one for one in compare if one not in kept]
    assert not (set(left) & added) or set(kept) <= added


# --- a template of the partnership's own ---


@pytest.fixture
def template(tmp_path):
    """PowerPoint's plain template, 4 by 3, with a slide and a colour of its own, saved as a template."""
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "An example slide"
    theme = next(r.target_part for r in deck.slide_master.part.rels.values() if r.reltype.endswith("theme"))
    theme._blob = theme.blob.replace(b"4F81BD", b"AA00BB")
    deck.save(tmp_path / "plain.pptx")
    saved_as_template(tmp_path / "plain.pptx", tmp_path / "house.potx", b"presentation.main+xml")
    return tmp_path / "house.potx"


def saved_as_template(plain, path, kind: bytes) -> None:
    """A document as Office saves it as a template."""
    with zipfile.ZipFile(plain) as held, zipfile.ZipFile(path, "w") as made:
        for name in held.namelist():
            made.writestr(name, held.read(name).replace(kind, b"template.main+xml"))


def test_a_given_template_is_honoured(pack, template):
    deck = Presentation(io.BytesIO(presentation(replace(pack, templates={"pptx": template}), nothing)))
    assert (deck.slide_width, deck.slide_height) == (9144000, 6858000)
    names = [slide.slide_layout.name for slide in deck.slides]
    assert names == ["Title Slide", "Title and Content", *["Two Content"] * 5, "Title and Content"]
    theme = next(r.target_part for r in deck.slide_master.part.rels.values() if r.reltype.endswith("theme"))
    assert b"AA00BB" in theme.blob and b"12436D" not in theme.blob
    for slide in deck.slides:
        assert all(s.is_placeholder for s in slide.shapes) and "An example" not in slide.shapes.title.text
        assert b"srgbClr" not in slide.part.blob
    assert [len(charts_of(slide)) for slide in deck.slides] == [0, 0, *[1] * 5, 0]
    text = deck.slides[2].placeholders[1].text_frame.text
    assert "21.5%" in text and "Source: Department for Education" in text


def test_a_template_with_one_text_alone_makes_room_for_the_chart(pack, template, tmp_path):
    deck = Presentation(tmp_path / "plain.pptx")
    for layout in list(deck.slide_layouts):
        if layout.name not in ("Title Slide", "Title and Content"):
            deck.slide_layouts.remove(layout) if not layout.used_by_slides else None
    deck.save(tmp_path / "one.pptx")
    made = presentation(replace(pack, templates={"pptx": tmp_path / "one.pptx"}), nothing)
    for slide in indicators_of(Presentation(io.BytesIO(made))):
        (chart,), text = charts_of(slide), slide.placeholders[1]
        assert text.left + text.width <= chart.left and chart.left + chart.width <= 9144000


@pytest.mark.parametrize("held", [None, b"", b"PK nothing", b"<html>"])
@pytest.mark.parametrize("kind, maker", [("pptx", presentation), ("docx", report)])
def test_a_template_that_cannot_be_used_is_said(pack, tmp_path, held, kind, maker):
    path = tmp_path / f"house.{kind}"
    if held is not None:
        path.write_bytes(held)
    with pytest.raises(Refused, match=r"house"):
        maker(replace(pack, templates={kind: path}), nothing)


def test_every_chart_has_a_text_alternative_and_everything_lies_on_its_slide(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0, shape.name
            assert (
                shape.left + shape.width <= deck.slide_width + Emu(20)
                and shape.top + shape.height <= deck.slide_height
            ), shape.name
        for shape in charts_of(slide):
            assert 20 < len(shape._element.nvGraphicFramePr.cNvPr.get("descr")) <= 240


# --- Excel ---


@pytest.fixture(scope="module")
def noted_pack(pack) -> Pack:
    """The pack with an action, so that the workbook has every kind of sheet."""
    (name, items), *_ = pack.groups
    return replace(pack, groups=((name, (replace(items[0], notes=(NOTE,)), *items[1:])),))


@pytest.fixture(scope="module")
def book(noted_pack):
    return load_workbook(io.BytesIO(workbook(noted_pack, nothing)))


def table_of(sheet) -> list[dict]:
    """The rows of a sheet's table."""
    (where,) = sheet.tables.values()
    heading, *rows = [[cell.value for cell in row] for row in sheet[where.ref]]
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_the_workbook_has_an_index_that_leads_to_every_sheet(book, pack):
    shorts = [one.summary.indicator.short_title[:31].strip() for one in pack.items]
    ends = ["Notes and actions", "Methods", "Sources"]
    assert book.sheetnames == ["Index", "Scorecard", *shorts, *ends]
    index = book["Index"]
    links = {cell.value: cell.hyperlink.location for cell in index["A"] if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in book.sheetnames[1:]}
    for name in book.sheetnames[1:]:
        assert book[name]["A2"].hyperlink.location == "'Index'!A1", "the way back"
    told = {row["Sheet"]: row["What is on it"] for row in table_of(index)}
    assert told["Re-referrals"] == "Re-referrals: similar to England, no steady trend"


def test_the_scorecard_has_every_verdict_under_a_heading_in_its_right_case(book, pack):
    scores = table_of(book["Scorecard"])
    for row, one in zip(scores, pack.items, strict=True):
        s = one.summary
        assert (row["Indicator"], row["Value"], row["Period"]) == (s.indicator.title, s.value, s.period_label)
        assert (row["Tolerance"], row["England"], row["North West"], row["Neighbours"]) == (
            s.tolerance.words,
            s.england.words,
            s.region.words,
            s.neighbours.words,
        )
        assert row["England, value"] == s.england.published
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)
    assert [row["Indicator"] for row in table_of(book["Methods"])] == [row["Indicator"] for row in scores]


def test_every_table_can_be_filtered_and_shows_figures_as_they_are_published(book):
    tables = [name for page in book for name in page.tables]
    assert len(tables) == len(set(tables)) == len(book.sheetnames)
    assert all(t.autoFilter is not None for page in book for t in page.tables.values())
    formats = {name: book[name]["B6"].number_format for name in ("Re-referrals", "Looked-after children")}
    assert formats == {"Re-referrals": '#,##0.0"%"', "Looked-after children": "#,##0"}
    (note,) = table_of(book["Notes and actions"])
    assert (note["Due"].date(), note["Owner"]) == (date(2026, 12, 18), "Head of front door"), "a day is a day"


def test_its_pages_print_on_a4_across_and_no_wider(book, pack):
    for page in book:
        setup = page.page_setup
        assert (setup.orientation, str(setup.paperSize), page.sheet_properties.pageSetUpPr.fitToPage) == (
            "landscape",
            "9",
            True,
        )
        assert setup.fitToWidth in (None, 1) and "page &P of &N" in page.oddFooter.right.text
        (where,) = page.tables.values()
        top = re.search(r"\d+", where.ref)[0]
        assert page.print_title_rows == f"${top}:${top}", "headings on every printed page"
    alone = [book[one.summary.indicator.short_title[:31].strip()] for one in pack.items]
    assert all(page.page_setup.fitToHeight in (None, 1) for page in alone), "one page of paper each"


def test_no_chart_lies_over_figures_or_notes(book, pack):
    for one in pack.items:
        page = book[one.summary.indicator.short_title[:31].strip()]
        (chart,) = (*page._charts, *page._images)
        start, end = chart.anchor._from, chart.anchor.to
        for row in page.iter_rows():
            for cell in row:
                inside = start.col < cell.column <= end.col + 1 and start.row < cell.row <= end.row + 1
                assert not (inside and cell.value is not None), (page.title, cell.coordinate)
        for merged in page.merged_cells.ranges:
            assert merged.max_row <= start.row or merged.min_row > end.row + 1, (page.title, merged)


def test_its_sheets_hold_the_figures_of_the_data_folder(pack, book):
    with zipfile.ZipFile(io.BytesIO(workbook(pack, nothing))) as archive:
        assert sum(name.startswith("xl/charts/chart") for name in archive.namelist()) == len(PICKS)
    named = {one.summary.indicator.indicator_id: one.summary.indicator.short_title for one in pack.items}
    for name in ("rereferrals_pct", "cpp_open_2y_plus_pct", "cla_count"):
        found = table_of(book[named[name][:31].strip()])
        assert [row["Stockport"] for row in found] == list(held(name, HOME).values())
        (chart,) = book[named[name][:31].strip()]._charts
        assert chart.series[0].val.numRef.f.endswith(f"!$B$6:$B${5 + len(found)}"), "drawn from them"
    text = "\n".join(str(c.value) for c in book["Plans open 2 years or more"]["A"] if c.value)
    assert "No value, Stockport: hidden by the source to protect identity: 31 March 2019" in text


@pytest.fixture(scope="module")
def picked(summary) -> Pack:
    """One indicator in every kind of chart that can be picked, and a ranking twice."""
    shows = ("trend", "rank", "control", "difference", "funnel", "rank")
    return packed([item(Pick("rereferrals_pct", show), summary("rereferrals_pct"), []) for show in shows])


def test_a_workbook_draws_what_was_picked_from_the_figures_beside_it(picked):
    book = load_workbook(io.BytesIO(workbook(picked, nothing)))
    pages = [page for page in book if page.title.startswith("Re-referrals")]
    assert len(pages) == len(picked.items)
    drawn = [[type(c).__name__ for c in page._charts] for page in pages]
    assert drawn == [["LineChart"], ["BarChart"], ["LineChart"], ["LineChart"], [], ["BarChart"]]
    assert [len(page._images) for page in pages] == [0, 0, 0, 0, 1, 0], "a funnel is a picture"
    assert len({name.lower() for page in book for name in page.tables}) == len(book.sheetnames)
    for one, page in zip(picked.items, pages, strict=True):
        found, rows = table_of(page), one.drawing.rows
        about = {row["Sheet"]: row["What is on it"] for row in table_of(book["Index"])}
        assert about[page.title] == one.drawing.headline
        match one.drawing.chart.kind:
            case Kind.RANK | Kind.FUNNEL:
                assert [(r["Area"], r["Value"]) for r in found] == [(r["area"], r["value"]) for r in rows]
            case Kind.CONTROL:
                for shown, key in (("Stockport", "value"), ("Mean", "mean"), ("Upper limit", "upper_limit")):
                    assert [r[shown] for r in found] == pytest.approx([r[key] for r in rows], abs=1e-4)


def test_the_bars_of_a_workbook_are_those_of_its_cells_and_a_hidden_one_says_why(summary):
    pack = packed([item(Pick("cpp_open_2y_plus_pct", "rank"), summary("cpp_open_2y_plus_pct"), [])])
    book = load_workbook(io.BytesIO(workbook(pack, nothing)))
    page = next(page for page in book if page._charts)
    rows, (chart,) = table_of(page), page._charts
    assert chart.series[0].val.numRef.f.endswith(f"!$B$6:$B${5 + len(rows)}")
    hidden = [row for row in rows if row["Value"] is None]
    assert hidden and all(row["Why no value"] for row in hidden) and len(hidden) < len(rows)
    assert all(not row["Why no value"] for row in rows if row["Value"] is not None)


def test_a_sheet_has_a_name_that_excel_takes():
    taken: dict[str, str] = {}
    for name in ("A/B: c?", "x" * 40, "x" * 40, "'", "History"):
        found = fitting(name, taken)
        assert len(found) <= 31 and not set(found) & set("[]:*?/\\") and found.lower() not in taken
        taken[found.lower()] = found
    assert list(taken.values()) == ["A B  c", "x" * 31, "x" * 27 + " (2)", "Sheet", "History (2)"]


# --- Word ---


@pytest.fixture(scope="module")
def paper(pack):
    return Document(io.BytesIO(report(pack, nothing)))


def headings(paper) -> list:
    return [p for p in paper.paragraphs if p.style.name in ("Heading 1", "Heading 2")]


def texts(paper) -> list[str]:
    return [p.text for p in paper.paragraphs]


def captions(paper) -> list:
    return [p for p in paper.paragraphs if p.style.name == "Caption"]


def links(paper) -> dict[str, str]:
    """What the contents and the list of figures lead to, and their words with their pages."""
    return {
        link.get(qn("w:anchor")): "".join(t.text or "" for t in link.iter(qn("w:t")))
        for link in paper.element.body.iter(qn("w:hyperlink"))
    }


def test_the_first_page_has_the_findings_and_the_scorecard(paper, pack):
    found = texts(paper)
    first = found[: found.index("Contents")]
    assert first[0] == "Child protection" and first[2] == "Findings"
    assert "Official figures to 31 March 2025." in first[1]
    assert any(text.startswith("Conference in 15 working days: 71.8% in 2024-25. ") for text in first)
    scores = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert [row[0] for row in scores[1:]] == [one.summary.indicator.short_title for one in pack.items]
    assert [row[1] for row in scores[1:]] == [one.summary.printed for one in pack.items]
    assert scores[0][5:8] == ["England", "North West", "Neighbours"]
    repeat = next(row for row in scores if row[0] == "Repeat plans")
    assert repeat[2] == "up 9.0 points" and repeat[5:8] == ["24.5% similar", "23.3% worse", "26.1% similar"]
    bold = [row.cells[0].paragraphs[0].runs[0].bold for row in paper.tables[0].rows][1:]
    assert bold == [one.summary.flagged for one in pack.items]


def test_contents_and_list_of_figures_lead_to_what_they_name(paper, pack):
    marks = {e.get(qn("w:name")) for e in paper.element.body.iter(qn("w:bookmarkStart"))}
    found = links(paper)
    assert set(found) == marks and len(marks) == 4 + len(PICKS)
    assert found["_Toc1"] == "Child protection3" and found["_Toc2"] == "Appendix A: the figures6"
    assert (
        found["_Figure1"].startswith("Figure 1. Re-referrals within 12 months")
        and found["_Figure1"][-1] == "3"
    )
    assert [found[f"_Figure{n}"][-1] for n in range(1, 6)] == ["3", "3", "4", "4", "5"], "two a page"
    codes = [e.text.strip() for e in paper.element.body.iter(qn("w:instrText"))]
    assert codes[1] == 'TOC \\o "1-1" \\h' and 'TOC \\h \\z \\c "Figure"' in codes
    kinds = [e.get(qn("w:fldCharType")) for e in paper.element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3), "every field is begun and ended"


def test_captions_are_numbered_by_word(paper):
    for kind in ("Figure", "Table"):
        found = [p for p in captions(paper) if p.text.startswith(kind)]
        assert [p.text.split(". ")[0] for p in found] == [f"{kind} {n}" for n in range(1, len(found) + 1)]
        for p in found:
            assert [e.text for e in p._p.iter(qn("w:instrText"))] == [f" SEQ {kind} \\* ARABIC "]
    assert len([p for p in captions(paper) if p.text.startswith("Figure")]) == len(paper.inline_shapes)


def test_headings_of_tables_repeat_and_no_row_is_cut(paper):
    assert len(paper.tables) == 1 + len(PICKS) + 2
    for table in paper.tables:
        first, *rows = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in rows)
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val")), "an alternative text"


def test_the_finding_is_said_once_and_statistics_stand_in_the_appendix(paper, pack):
    found = texts(paper)
    body = found[: found.index("Appendix A: the figures", found.index("Figures"))]
    for one in pack.items:
        s = one.summary
        said = words.capital(s.sentence.removeprefix(f"{s.indicator.short_title}: "))
        assert body.count(said) == 1 and sum(s.indicator.question in text for text in body) == 1
        assert s.indicator.title in [p.text for p in headings(paper)]
    for word in ("chi-squared", "Wilson", "Byar", "Weighted trend"):
        assert word not in "\n".join(body), word
    rules = "\n".join(cell.text for row in paper.tables[-2].rows for cell in row.cells)
    assert "Wilson 95% interval" in rules
    for one in pack.items:
        assert one.summary.tolerance.rule in rules and one.summary.movement.method in rules


def test_the_figures_behind_the_pictures_are_those_of_the_data_folder(paper, pack):
    for table, one in zip(paper.tables[1:], pack.items, strict=False):
        own = [cell.text for cell in table.rows[1].cells]
        values = list(held(one.summary.indicator.indicator_id, HOME).values())[-13:]
        shown = ["c" if v is None else words.shown(v, one.summary.indicator) for v in values]
        assert own[: len(values) + 1] == ["Stockport", *shown], one.summary.indicator.indicator_id


@pytest.fixture(scope="module")
def short(pack):
    made = {"author": "Jo Smith", "dated": date(2026, 3, 17), "title": "March board", "short": True}
    return replace(pack, **made)


def test_a_short_paper_has_every_measure_in_its_scorecard_and_shows_what_is_flagged(short, pack):
    paper = Document(io.BytesIO(report(short, nothing)))
    flagged = [one.summary.indicator.title for one in pack.items if one.summary.flagged]
    assert 0 < len(flagged) < len(pack.items)
    found = [p.text for p in headings(paper)]
    assert found == ["Findings", *flagged, "Definitions", "Sources"]
    assert [row.cells[0].text for row in paper.tables[0].rows][1:] == [
        one.summary.indicator.short_title for one in pack.items
    ]
    assert texts(paper)[:2] == ["March board", "Prepared by Jo Smith, 17 March 2026."]
    assert (paper.core_properties.title, paper.core_properties.author) == ("March board", "Jo Smith")
    assert len(paper.inline_shapes) == len(flagged) == len(captions(paper)) - 1
    assert all(word not in "\n".join(texts(paper)) for word in ("chi-squared", "Wilson", "Contents"))
    assert short.name("docx") == "OFFICIAL_March-board_Stockport_short_r7.docx"
    assert short.name("xlsx") == "OFFICIAL_March-board_Stockport_r7.xlsx", "a workbook holds everything"


def test_a_short_presentation_shows_what_is_flagged_after_who_made_it(short, pack):
    deck = Presentation(io.BytesIO(presentation(short, nothing)))
    flagged = [one.summary.indicator.short_title for one in pack.items if one.summary.flagged]
    titles = [slide.shapes.title.text_frame.text for slide in indicators_of(deck)]
    assert [title.partition(":")[0] for title in titles] == flagged
    assert "Prepared by Jo Smith, 17 March 2026" in deck.slides[0].placeholders[1].text_frame.text
    assert short.steps("pptx") == len(flagged) and short.steps("xlsx") == len(pack.items)


def test_each_count_of_a_paper_says_what_it_is_out_of(paper, pack):
    said = next(text for text in texts(paper) if text.startswith("Of the measures here"))
    judged = sum(one.summary.tolerance.verdict in JUDGED for one in pack.items)
    placed = sum(one.summary.placed is not None for one in pack.items)
    assert said.startswith(
        f"Of the measures here ({len(PICKS)}) {judged} can be judged against a tolerance ("
    )
    assert f", {placed} have a place among English authorities (not: 1 count, which depends" in said
    assert f" of {judged} measures are within" in texts(paper)[3], "the same number as in the finding"


def test_every_picture_of_the_report_has_a_text_alternative(paper, pack):
    told = [e.get("descr") for e in paper.element.body.iter(qn("wp:docPr"))]
    assert told == [one.drawing.short_text for one in pack.items] and len(paper.inline_shapes) == len(PICKS)
    assert all(shape.width == pytest.approx(160 * 36000, abs=30000) for shape in paper.inline_shapes)


def test_what_belongs_together_stays_together(paper):
    """From its heading down to its question an indicator is one piece; the third begins a page."""
    found = paper.paragraphs
    for p in headings(paper)[1:]:
        if p.style.name == "Heading 2" and p.text != "Findings":
            k = next(k for k, other in enumerate(found) if other._p is p._p)
            asked = next(n for n in range(k, len(found)) if found[n].text.startswith("To ask:"))
            assert all(one.paragraph_format.keep_with_next for one in found[k:asked]), p.text
    begins = [p.text for p in headings(paper) if p.paragraph_format.page_break_before]
    assert begins == [
        "Child protection",
        "Looked-after children at 31 March",
        "Initial conferences held within 15 working days",
        "Appendix A: the figures",
        "Appendix B: methods",
    ]


def test_a_given_word_template_is_honoured(pack, tmp_path):
    plain = Document()
    plain.add_paragraph("An example paragraph")
    plain.sections[0].header.paragraphs[0].text = "Stockport Council"
    plain.styles["Heading 1"].font.name = "Georgia"
    plain.styles.element.remove(plain.styles["Caption"].element)
    plain.save(tmp_path / "plain.docx")
    saved_as_template(tmp_path / "plain.docx", tmp_path / "house.dotx", b"document.main+xml")
    made = report(replace(pack, templates={"docx": tmp_path / "house.dotx"}), nothing)
    paper = Document(io.BytesIO(made))
    assert "An example paragraph" not in texts(paper)
    assert paper.styles["Heading 1"].font.name == "Georgia" and "Caption" in [s.name for s in paper.styles]
    section = paper.sections[0]
    assert section.page_width == plain.sections[0].page_width, "its paper and its margins"
    assert section.header.paragraphs[0].text == "Stockport Council"
    assert "page" in section.footer.paragraphs[0].text
    inside = section.page_width - section.left_margin - section.right_margin
    assert all(shape.width == pytest.approx(inside, abs=30000) for shape in paper.inline_shapes)


# --- breakdowns ---


@pytest.fixture(scope="module")
def broken_down(store, catalogue, pack) -> Pack:
    from safeguarding.desk import Desk
    from safeguarding.query import read
    from safeguarding.settings import Settings

    reading = Desk(store, Settings(), 1).reading(read({}, catalogue, HOME))
    return replace(pack, wholes=tuple(reading.wholes("child-protection")))


@pytest.mark.slow
def test_a_themes_breakdowns_are_in_its_pack_with_hidden_parts_empty(broken_down):
    duration = broken_down.wholes[0]
    shown = {name: now.value for name, now, _ in duration.parts}
    assert shown["2 years or more"] is None and shown["3 months or less"] == 35.2
    deck = Presentation(io.BytesIO(presentation(broken_down, nothing)))
    assert len(deck.slides) == len(PICKS) + 3 + len(broken_down.wholes)
    listed = deck.slides[1].placeholders[1].text_frame.text.split("\n")
    behind = "Behind: Child protection plans, by category of abuse (2018-19)"
    assert listed[len(PICKS) :] == [duration.title, behind]
    assert [s.shapes.title.text_frame.text for s in deck.slides][-2:] == [
        "Actions agreed",
        "Child protection plans, by category of abuse (2018-19)",
    ], "what a report said of another year stands behind, with its year"
    (shape,) = charts_of(deck.slides[len(PICKS) + 2])
    assert list(shape.chart.plots[0].series[0].values) == list(shown.values())
    assert [c.partition(" (")[0] for c in shape.chart.plots[0].categories] == list(shown)
    rows = table_of(load_workbook(io.BytesIO(workbook(broken_down, nothing)))["Parts of the whole"])
    asked = (duration.title, duration.period, "Stockport")
    now = [r["Value"] for r in rows if (r["Breakdown"], r["Period"], r["Area"]) == asked]
    assert now == list(shown.values())
    paper = Document(io.BytesIO(report(broken_down, nothing)))
    found = [p.text for p in headings(paper)]
    k = found.index("Parts of the whole")
    assert found[k + 1 :] == [
        duration.title,
        "Appendix A: the figures",
        "Appendix B: from an earlier report",
        "Child protection plans, by category of abuse (2018-19)",
        "Appendix C: methods",
        "Appendix D: sources",
    ]
    assert len(paper.inline_shapes) == len(PICKS) + len(broken_down.wholes)


# --- what must not be in them, and notes ---


def contents(body: bytes) -> Iterator[bytes]:
    """Every part of an archive, and of the archives in it."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if part[:2] == b"PK":
                yield from contents(part)
            else:
                yield part


@pytest.mark.parametrize("maker", [presentation, workbook, report], ids=["pptx", "xlsx", "docx"])
def test_a_hidden_figure_is_in_no_pack(hidden, maker):
    for show in ("trend", "rank"):
        for part in contents(maker(packed([item(Pick("cpp_subsequent_pct", show), hidden, [])]), nothing)):
            assert SECRET not in readable(part) and "37.5" not in readable(part)


@pytest.mark.parametrize("maker", [presentation, workbook], ids=["pptx", "xlsx"])
def test_the_secret_would_be_found_if_it_were_there(hidden, maker):
    from safeguarding.lines import Point
    from safeguarding.vocabulary import Status

    shown = replace(hidden.lines[0], points=(*hidden.lines[0].points[:-1], Point(float(SECRET), Status.OK)))
    leak = altered(hidden, lines=(shown, *hidden.lines[1:]))
    assert any(
        "37.5" in readable(part)
        for part in contents(maker(packed([item(Pick("cpp_subsequent_pct"), leak, [])]), nothing))
    )


@pytest.mark.parametrize("maker", [presentation, workbook, report], ids=["pptx", "xlsx", "docx"])
def test_notes_are_in_a_pack_only_on_request(summary, maker):
    def said(notes: list[Note]) -> bool:
        one = item(Pick("rereferrals_pct"), summary("rereferrals_pct"), notes)
        return any(
            b"Audit twenty repeat referrals" in part for part in contents(maker(packed([one]), nothing))
        )

    assert said([NOTE]) and not said([])


# --- making ---


def test_files_are_made_whole_and_progress_is_told(pack, tmp_path):
    told: list[tuple[int, int, str]] = []
    made = write(pack, ["xlsx", "png", "csv"], tmp_path, bundle=True, tell=lambda *far: told.append(far))
    assert [p.name for p in made] == [
        "OFFICIAL_Child-protection_Stockport_r7.xlsx",
        "OFFICIAL_Child-protection_Stockport_r7.zip",
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(p.name for p in made)
    assert [done for done, _, _ in told] == list(range(16)) and {total for _, total, _ in told} == {15}
    with zipfile.ZipFile(made[1]) as archive:
        names = archive.namelist()
        assert len(names) == 10 and all(re.fullmatch(r"OFFICIAL_[\w.-]+_r7\.(png|csv)", n) for n in names)
        assert Image.open(io.BytesIO(archive.read(names[0]))).size == (3200, 1800)


def test_a_cancelled_pack_leaves_nothing(pack, tmp_path):
    asked = iter([False, False, True])
    with pytest.raises(Cancelled):
        write(pack, ["xlsx"], tmp_path, cancelled=lambda: next(asked))
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="No format is known as pdf"):
        write(pack, ["pdf"], tmp_path)


def test_progress_is_written_whole_and_read_back(tmp_path):
    told = Progress("making", 3, 20, "Re-referrals", ("a",), "")
    told.save(FolderDrawer(tmp_path))
    assert Progress.load(FolderDrawer(tmp_path)) == told
    with pytest.raises(OSError):
        Progress.load(FolderDrawer(tmp_path / "none"))


# --- the terminal ---


@pytest.fixture
def terminal(tmp_path, monkeypatch, store):
    monkeypatch.setenv("DATABASE_URL", store.engine.url.render_as_string(hide_password=False))

    def run(*arguments: str) -> int:
        return main(["export", "--out", str(tmp_path / "pack"), *arguments])

    return run


@pytest.mark.slow
def test_the_command_of_the_issue(terminal, tmp_path, capsys):
    assert terminal("--theme", "child-protection", "--to", "2024-25", "--format", "pptx,xlsx,png") == 0
    printed = capsys.readouterr()
    made = [p.name for p in (tmp_path / "pack").iterdir()]
    assert sorted(line.rpartition("/")[2] for line in printed.out.splitlines()) == sorted(made)
    assert (
        sum(n.endswith(".png") for n in made) == 18  # the spine chart too
        and "1 of 52: PowerPoint 1 of 17, Section 47 enquiries per 10,000 children" in printed.err
    )
    name = "OFFICIAL-shareable_Child-protection_Stockport_to-2024-25_r1.pptx"
    deck = Presentation(tmp_path / "pack" / name)
    assert len(deck.slides) == 22, "15 indicators, 2 breakdowns, 2 of the spine, first, agenda, actions"
    assert "as at the end of 2024-25" in deck.slides[0].placeholders[1].text_frame.text


def test_a_meeting_and_a_view_are_exported_in_their_order(terminal, tmp_path):
    assert (
        terminal("--indicator", "cla_count,cpp_rate,cla_rate:rank", "--area", "E08000003", "--format", "pptx")
        == 0
    )
    deck = Presentation(tmp_path / "pack" / "OFFICIAL-shareable_View-of-our-own_Manchester_2024-25_r1.pptx")
    assert [s.shapes.title.text_frame.text.split(",")[0].split(":")[0] for s in indicators_of(deck)] == [
        "Looked-after children",
        "Protection plan rate",
        "Looked-after rate",
    ]
    assert terminal("--format", "xlsx") == 0
    name = "OFFICIAL-shareable_Performance-meeting_Stockport_2024-25_r1.xlsx"
    book = load_workbook(tmp_path / "pack" / name)
    # what the home page says to discuss
    assert {"Conference in 15 working days", "Social worker caseload", "Repeat plans"} <= set(book.sheetnames)


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("--format", "pdf"), "No format is known as pdf"),
        (("--format", "csv", "--area", "E1"), "There is no area with the code “E1”"),
        (("--format", "csv", "--to", "2018"), "“2018” is not a period"),
        (("--format", "csv", "--indicator", "x"), "No indicator is known as “x”"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_made(terminal, tmp_path, capsys, arguments, said):
    assert terminal(*arguments) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "pack").exists() or not list((tmp_path / "pack").iterdir())
