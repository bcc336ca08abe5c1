"""Packs, opened for real: PowerPoint, Excel, Word and images hold what data/ holds, and nothing hidden."""

import io
import re
import statistics
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from pptx.util import Emu

from safeguarding.__main__ import main
from safeguarding.charts.chart import Kind
from safeguarding.drawings import drawing
from safeguarding.exports.pack import Item, Pack, item
from safeguarding.exports.packing import Cancelled, write
from safeguarding.exports.powerpoint import presentation
from safeguarding.exports.progress import Progress
from safeguarding.exports.report import report
from safeguarding.exports.workbook import workbook
from safeguarding.origin import Origin
from safeguarding.query import Pick
from safeguarding.store.notes import Note
from tests.conftest import HOME, ROOT, SECRET, altered
from tests.reading import held, readable

pytestmark = pytest.mark.slow  # seconds each: whole releases, documents, pictures

ORIGIN = Origin(
    7,
    datetime(2026, 11, 23, tzinfo=UTC),
    "Filters: area Stockport, latest figures.",
    "/child-protection",
    "OFFICIAL",
)
PICKS = (
    Pick("rereferrals_pct"),
    Pick("cpp_open_2y_plus_pct"),
    Pick("cla_count"),
    Pick("cpp_subsequent_pct", "rank"),
    Pick("cla_rate", "control"),
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


def test_the_presentation_is_16_by_9_with_one_indicator_a_slide(deck, pack):
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    assert len(deck.slides) == len(PICKS) + 2
    first, *titles, last = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert (first, last) == ("Child protection", "What was looked at")
    # 22.6 % in England lies within 792 of 3,676, give or take chance; plans over two years are hidden
    assert titles[0] == "Re-referrals: similar to England, worsening"
    assert titles[1] == "Plans open 2 years or more: hidden to protect identity"
    assert all(t.startswith(i.summary.indicator.short_title) for t, i in zip(titles, pack.items, strict=True))
    assert [len(charts_of(slide)) for slide in deck.slides] == [0, *[1] * len(PICKS), 0]


def drawn_on(slide) -> dict[str, list[float | None]]:
    """The values of each series of a slide's chart, by its name."""
    (shape,) = charts_of(slide)
    return {series.name: list(series.values) for plot in shape.chart.plots for series in plot.series}


def test_its_charts_are_native_and_hold_the_figures_of_the_data_folder(deck):
    trend, hidden, count, ranked, controlled = (drawn_on(slide) for slide in list(deck.slides)[1:-1])
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
    shares = list(held("cla_rate", HOME).values())
    assert controlled["Stockport"] == shares
    assert controlled["Mean"][-1] == pytest.approx(statistics.mean(shares), abs=1e-4)


def test_a_funnel_is_native_too(summary):
    one = summary("cla_rate")
    picked = Item(one, drawing(one, Kind.FUNNEL), ())
    slide = Presentation(io.BytesIO(presentation(packed([picked]), nothing))).slides[1]
    (plot,) = charts_of(slide)[0].chart.plots
    found = {series.name: (list(series.iter_values()), series) for series in plot.series}
    assert found["Area in focus"][0] == [pytest.approx(74.7, abs=0.05)]  # 485 of 64,910 children
    assert set(found["England"][0]) == {held("cla_rate", "E92000001")["2024-25"]}
    assert len(found["Statistical neighbours"][0]) == 10


def test_its_charts_can_be_edited_in_their_own_workbooks(deck):
    for slide in list(deck.slides)[1:-1]:
        blob = charts_of(slide)[0].chart.part.chart_workbook.xlsx_part.blob
        rows = list(load_workbook(io.BytesIO(blob)).active.iter_rows(values_only=True))
        plot = charts_of(slide)[0].chart.plots[0]
        assert [row[0] for row in rows[1:]] == list(plot.categories) and rows[0][1] == plot.series[0].name


def test_verdicts_source_and_speaker_notes_are_text(deck, pack):
    printed = "\n".join(s.text_frame.text for s in deck.slides[1].shapes if s.has_text_frame)
    assert {
        "21.5%",
        "Tolerance: Within",
        "England: similar (22.6%)",
        "Direction of travel: worsening",
    } <= set(printed.split("\n"))
    for slide, one in zip(list(deck.slides)[1:-1], pack.items, strict=True):
        text = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert "Tolerance: " in text and "England: " in text and "Direction of travel: " in text
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


def test_the_workbook_has_a_scorecard_a_sheet_an_indicator_methods_and_sources(pack):
    book = load_workbook(io.BytesIO(workbook(pack, nothing)))
    assert book.sheetnames == [
        "About",
        "Scorecard",
        *(p.indicator_id[:31] for p in PICKS),
        "Methods",
        "Sources",
    ]
    heading, *rows = list(book["Scorecard"].iter_rows(min_row=3, values_only=True))
    scores = [dict(zip(heading, row, strict=True)) for row in rows]
    for row, one in zip(scores, pack.items, strict=True):
        s = one.summary
        assert (row["Indicator"], row["Value"], row["Period"]) == (s.indicator.title, s.value, s.period_label)
        assert (row["Tolerance"], row["England"], row["Neighbours"]) == (
            s.tolerance.words,
            s.england.words,
            s.neighbours.words,
        )
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)
    assert len(book["Methods"]["A"]) == 3 + len(PICKS) and len(book["Sources"]["A"]) > 2


def test_its_sheets_hold_the_figures_of_the_data_folder(pack):
    body = workbook(pack, nothing)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert sum(name.startswith("xl/charts/chart") for name in archive.namelist()) == len(PICKS)
    book = load_workbook(io.BytesIO(body))
    for name in ("rereferrals_pct", "cpp_open_2y_plus_pct", "cla_count"):
        heading, *rows = book[name].iter_rows(min_row=3, values_only=True)
        figures = list(held(name, HOME).values())
        assert heading[:2] == ("Period", "Stockport")
        assert [row[1] for row in rows[: len(figures)]] == figures
        assert rows[len(figures)][0] is None, "a line is free below the figures"
    text = "\n".join(str(c.value) for c in book["cpp_open_2y_plus_pct"]["A"] if c.value)
    assert "No value, Stockport: hidden by the source to protect identity: 31 March 2019" in text


# --- Word ---


@pytest.fixture(scope="module")
def paper(pack):
    return Document(io.BytesIO(report(pack, nothing)))


def headings(paper) -> list:
    return [p for p in paper.paragraphs if p.style.name in ("Heading 1", "Heading 2")]


def test_the_report_has_contents_that_lead_to_its_headings(paper, pack):
    found = headings(paper)
    assert [p.text for p in found] == [
        "Child protection",
        *(one.summary.indicator.title for one in pack.items),
    ]
    marks = [p._p.find(qn("w:bookmarkStart")).get(qn("w:name")) for p in found]
    links = [
        (h.get(qn("w:anchor")), "".join(t.text or "" for t in h.iter(qn("w:t"))))
        for h in paper.element.body.iter(qn("w:hyperlink"))
    ]
    assert [anchor for anchor, _ in links] == marks
    pages = [2, 2, 3, 4, 5, 6]  # each indicator on a page of its own, after a page of contents
    assert [text for _, text in links] == [f"{p.text}{page}" for p, page in zip(found, pages, strict=True)]
    kinds = [e.get(qn("w:fldCharType")) for e in paper.element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"], "one field, the contents, begun and ended"


def test_no_heading_is_left_alone(paper):
    """A heading begins a page or follows its theme's heading, and stays with what follows, down to the
    picture.
    """
    found = headings(paper)
    assert [p.paragraph_format.page_break_before for p in found] == [True, False, *[True] * (len(found) - 2)]
    assert all(p.paragraph_format.keep_with_next for p in found)


def test_every_picture_of_the_report_has_a_text_alternative(paper, pack):
    told = [e.get("descr") for e in paper.element.body.iter(qn("wp:docPr"))]
    assert told == [one.drawing.short_text for one in pack.items] and len(paper.inline_shapes) == len(PICKS)
    assert all(shape.width == 160 * 36000 for shape in paper.inline_shapes)


def test_the_report_says_the_rules_and_the_question(paper, pack):
    tables = ["\n".join(c.text for row in table.rows for c in row.cells) for table in paper.tables]
    for text, one in zip(tables, pack.items, strict=True):
        assert one.summary.tolerance.rule in text and one.summary.movement.method[1:] in text
    assert all(
        f"To ask: {one.summary.indicator.question}" in [p.text for p in paper.paragraphs]
        for one in pack.items
    )


# --- breakdowns ---


@pytest.fixture(scope="module")
def broken_down(store, catalogue, pack) -> Pack:
    from dataclasses import replace

    from safeguarding.desk import Desk
    from safeguarding.query import read
    from safeguarding.settings import Settings

    reading = Desk(store, Settings(), 1).reading(read({}, catalogue, HOME), "child-protection")
    return replace(pack, wholes=tuple(reading.wholes()))


@pytest.mark.slow
def test_a_themes_breakdowns_are_in_its_pack_with_hidden_parts_empty(broken_down):
    duration = broken_down.wholes[0]
    shown = {name: now.value for name, now, _ in duration.parts}
    assert shown["2 years or more"] is None and shown["3 months or less"] == 35.2
    deck = Presentation(io.BytesIO(presentation(broken_down, nothing)))
    assert len(deck.slides) == len(PICKS) + 2 + len(broken_down.wholes)
    (shape,) = charts_of(deck.slides[len(PICKS) + 1])
    assert list(shape.chart.plots[0].series[0].values) == list(shown.values())
    assert [c.partition(" (")[0] for c in shape.chart.plots[0].categories] == list(shown)
    rows = list(
        load_workbook(io.BytesIO(workbook(broken_down, nothing)))["Parts of the whole"].iter_rows(
            min_row=2, values_only=True
        )
    )
    assert [r[4] for r in rows if r[0] == duration.title and r[3] == duration.period] == list(shown.values())
    paper = Document(io.BytesIO(report(broken_down, nothing)))
    assert [p.text for p in headings(paper)][-3:] == [
        "Parts of the whole",
        *(w.title for w in broken_down.wholes),
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
    from dataclasses import replace

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
    told.save(tmp_path / "progress.json")
    assert Progress.load(tmp_path / "progress.json") == told
    with pytest.raises(OSError):
        Progress.load(tmp_path / "none.json")


# --- the terminal ---


@pytest.fixture
def terminal(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'terminal.sqlite'}")
    monkeypatch.setenv("DATA_FOLDER", str(ROOT / "data"))

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
        sum(n.endswith(".png") for n in made) == 17
        and "1 of 51: Section 47 enquiries per 10,000 children" in printed.err
    )
    deck = Presentation(tmp_path / "pack" / "OFFICIAL_Child-protection_Stockport_r1.pptx")
    assert len(deck.slides) == 19, "fifteen indicators, two breakdowns, the first and the last"
    assert "as at the end of 2024-25" in deck.slides[0].shapes[-1].text_frame.text


def test_a_meeting_and_a_view_are_exported_in_their_order(terminal, tmp_path):
    assert (
        terminal("--indicator", "cla_count,cpp_rate,cla_rate:rank", "--area", "E08000003", "--format", "pptx")
        == 0
    )
    deck = Presentation(tmp_path / "pack" / "OFFICIAL_View-of-our-own_Manchester_r1.pptx")
    assert [s.shapes.title.text_frame.text.split(",")[0].split(":")[0] for s in list(deck.slides)[1:-1]] == [
        "Looked-after children",
        "Protection plan rate",
        "Looked-after rate",
    ]
    assert terminal("--format", "xlsx") == 0
    book = load_workbook(tmp_path / "pack" / "OFFICIAL_Performance-meeting_Stockport_r1.xlsx")
    assert {
        "referrals_rate",
        "cin_rate",
        "cpp_rate",
        "factor_cse_pct",
        "cla_rate",
        "icpc_15_days_pct",
    } <= set(book.sheetnames)


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
