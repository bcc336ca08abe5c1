"""Report: the pack as a Word document for a board, an indicator a page, with contents and text alternatives."""

import io
import math
from collections.abc import Callable

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from safeguarding import periods, words
from safeguarding.charts.picture import FORMATS, picture
from safeguarding.drawings import Drawing, parts_drawing, plate
from safeguarding.exports.pack import Item, Pack
from safeguarding.exports.powerpoint import rules
from safeguarding.sentences import headline

MARGIN, ACROSS = Mm(25), Mm(160)
PARTS = "Parts of the whole"
ENTRIES_A_PAGE = 38  # lines of contents that one page holds


def report(pack: Pack, step: Callable[[str], None]) -> bytes:
    """The pack as a Word document. `step` is told before each indicator.

    Each theme and each indicator begins a page, and each indicator fits on one: no heading is ever left alone at a page's
    foot, and the page numbers of the contents are known when it is made. Word's own "Update field" makes them anew.
    """
    paper = Document()
    paper.core_properties.title, paper.core_properties.author = pack.title, pack.partnership
    _set_up(paper, pack)
    paper.add_paragraph(pack.title, style="Title")
    paper.add_paragraph(f"{pack.partnership}. {pack.origin.filters}")
    loaded = periods.in_words(pack.origin.loaded.date())
    paper.add_paragraph(
        f"Release {pack.origin.release}, loaded {loaded}. Contains public sector information licensed under the Open Government Licence v3.0."
    )
    groups = [(name, items) for name, items in pack.groups if items]
    noted = [one for one in pack.items if one.notes]
    entries = [(name, [one.summary.indicator.title for one in items]) for name, items in groups]
    entries += [(PARTS, [whole.title for whole in pack.wholes])] if pack.wholes else []
    _contents(paper, entries, bool(noted))
    mark = 0
    for name, items in groups:
        for k, one in enumerate(items):
            step(one.summary.indicator.title)
            if k == 0:
                _heading(paper, name, 1, mark := mark + 1, breaks=True)
            _indicator(paper, one, pack, mark := mark + 1, breaks=k > 0)
    for k, whole in enumerate(pack.wholes):
        step(whole.title)
        if k == 0:
            _heading(paper, PARTS, 1, mark := mark + 1, breaks=True)
        _heading(paper, whole.title, 2, mark := mark + 1, breaks=k > 0)
        _kept(paper.add_paragraph(whole.sentence))
        _image(paper, parts_drawing(whole), pack)
    if noted:
        _heading(paper, "Notes and actions", 1, mark + 1, breaks=True)
        for one in noted:
            _kept(paper.add_paragraph(one.summary.indicator.title, style="Heading 3"))
            for n in one.notes:
                due = f" {n.owner}, due {periods.in_words(n.due)}." if n.due else ""
                state = "Done." if n.done_by else "Action." if n.kind == "action" else "Note."
                paper.add_paragraph(
                    f"{state} {n.text}{due} ({n.author}, {periods.in_words(n.written_at.date())})",
                    style="List Bullet",
                )
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _set_up(paper, pack: Pack) -> None:  # type: ignore[no-untyped-def]
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = Mm(20)
    for name, size in (
        ("Normal", 10.5),
        ("Title", 26),
        ("Heading 1", 20),
        ("Heading 2", 15),
        ("Heading 3", 12),
    ):
        style = paper.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), RGBColor(0x0B, 0x0C, 0x0C)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Arial")
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(theme), None)
    paper.styles["Normal"].paragraph_format.space_after = Pt(5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    paper.styles["Normal"].element.get_or_add_rPr().append(language)
    header = section.header.paragraphs[0]
    header.text, header.alignment = pack.origin.marking, WD_ALIGN_PARAGRAPH.RIGHT
    footer = section.footer.paragraphs[0]
    footer.text, footer.alignment = f"{pack.title}, page ", WD_ALIGN_PARAGRAPH.RIGHT
    _field(footer, "PAGE", "1")


def _field(paragraph, code: str, shown: str) -> None:  # type: ignore[no-untyped-def]
    """A field of Word's with the result that it shows until it is updated."""
    _begin(paragraph, code)
    paragraph.add_run(shown)
    _piece(paragraph, "end")


def _begin(paragraph, code: str) -> None:  # type: ignore[no-untyped-def]
    """The start of a field: what comes after it, up to its end, is its result."""
    _piece(paragraph, "begin")
    _piece(paragraph, "", code)
    _piece(paragraph, "separate")


def _piece(paragraph, kind: str, code: str = "") -> None:  # type: ignore[no-untyped-def]
    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(qn("w:fldCharType"), kind)
    else:
        element.set(qn("xml:space"), "preserve")
        element.text = f" {code} "
    paragraph.add_run()._r.append(element)


def _contents(paper, entries: list[tuple[str, list[str]]], notes: bool) -> None:  # type: ignore[no-untyped-def]
    """The contents as a field of Word's that already shows its entries, each a link with its page."""
    count = sum(1 + len(titles) for _, titles in entries) + notes
    page = 1 + math.ceil(count / ENTRIES_A_PAGE)
    lines: list[tuple[int, str, int]] = []
    for name, titles in entries:
        lines.append((1, name, page))
        for title in titles:
            lines.append((2, title, page))
            page += 1
    if notes:
        lines.append((1, "Notes and actions", page))
    paper.add_paragraph("Contents", style="Heading 3")
    for k, (level, text, number) in enumerate(lines):
        paragraph = paper.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(6 * (level - 1))
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.tab_stops.add_tab_stop(ACROSS, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        if k == 0:
            _begin(paragraph, 'TOC \\o "1-2" \\h')
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"_Toc{k + 1:06d}")
        run = paragraph.add_run(f"{text}\t{number}")
        run.bold = level == 1
        link.append(run._r)
        paragraph._p.append(link)
        if k == len(lines) - 1:
            _piece(paragraph, "end")


def _heading(paper, text: str, level: int, mark: int, breaks: bool) -> None:  # type: ignore[no-untyped-def]
    """A heading with the bookmark that the contents lead to; it stays with what follows, on a new page where `breaks`."""
    paragraph = _kept(paper.add_paragraph(text, style=f"Heading {level}"))
    paragraph.paragraph_format.page_break_before = breaks
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(mark))
    start.set(qn("w:name"), f"_Toc{mark:06d}")
    paragraph._p.insert(1, start)
    paragraph._p.append(end)


def _kept(paragraph):  # type: ignore[no-untyped-def]
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def _image(paper, drawing: Drawing, pack: Pack):  # type: ignore[no-untyped-def]
    """A paragraph with the drawing as a picture, and its text alternative."""
    holder = paper.add_paragraph()
    image = picture(drawing.figure, plate(drawing, pack.origin), FORMATS["half-page"], "png")
    shape = holder.add_run().add_picture(io.BytesIO(image), width=ACROSS)
    shape._inline.docPr.set("descr", drawing.short_text)
    shape._inline.docPr.set("title", drawing.title)
    return holder


def _indicator(paper, one: Item, pack: Pack, mark: int, breaks: bool) -> None:  # type: ignore[no-untyped-def]
    summary = one.summary
    _heading(paper, summary.indicator.title, 2, mark, breaks)
    finding = _kept(paper.add_paragraph())
    finding.add_run(headline(summary)).bold = True
    _kept(paper.add_paragraph(summary.sentence))
    if one.drawing is not None:
        _kept(_image(paper, one.drawing, pack))
    # the rules in full: a board may want to know what stands behind a word
    table = paper.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    widths = (Mm(38), Mm(122))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for name, rule in (line.split(": ", 1) for line in rules(summary)):
        cells = table.add_row().cells
        for cell, text, width in zip(cells, (name, words.capital(rule)), widths, strict=True):
            cell.width = width
            cell.paragraphs[0].text = ""
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(8.5), False
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
    asked = paper.add_paragraph()
    asked.paragraph_format.space_before = Pt(8)
    asked.add_run("To ask: ").bold = True
    asked.add_run(summary.indicator.question)
