"""Word: what Word can do that python-docx has no name for, and a paper's template, the partnership's or ours.

Fields, bookmarks, contents and lists of figures that lead to them, tables whose headings repeat.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from safeguarding.charts.theme import BAR, INK, STYLES
from safeguarding.exports.template import NOT_OFFICE, as_document
from safeguarding.refused import Refused
from safeguarding.vocabulary import Role

SIZES = {
    "Normal": 10.5,
    "Title": 24,
    "Subtitle": 11,
    "Heading 1": 17,
    "Heading 2": 13,
    "Heading 3": 11,
    "Caption": 9,
}
OURS = ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption")  # of which a template may lack some
RULE = BAR.lstrip("#")  # the lines of a table


def opened(given: Path | None, marking: str, foot: str) -> Paper:
    """An empty paper in the partnership's own template or in ours, A4 in the dashboard's type: the marking at
    the head of each page, `foot` and the page's number at its foot, unless the template has its own there.

    Raises Refused where the template is not there or is none.
    """
    if given is None:
        paper = Document()
        _ours(paper)
    else:
        try:
            paper = Document(io.BytesIO(as_document(given)))
        except NOT_OFFICE as error:
            raise Refused([f"TEMPLATE_DOCX: {given} is not a Word template (.docx or .dotx)."]) from error
        for element in list(paper.element.body):
            if element.tag != qn("w:sectPr"):
                paper.element.body.remove(element)
        for name in (*OURS, "List Bullet"):
            _known(paper, name)
    section = paper.sections[0]
    header, footer = section.header, section.footer
    if not "".join(p.text for p in header.paragraphs).strip() and not header.tables:
        line = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
        line.text, line.alignment = marking, WD_ALIGN_PARAGRAPH.RIGHT
    if not "".join(p.text for p in footer.paragraphs).strip() and not footer.tables:
        line = footer.paragraphs[0] if footer.paragraphs else footer.add_paragraph()
        line.text, line.alignment = foot, WD_ALIGN_PARAGRAPH.RIGHT
        field(line, "PAGE", "1")
    return paper


def _ours(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(22), Mm(18)
    section.header_distance = section.footer_distance = Mm(10)
    for name, size in SIZES.items():
        style = paper.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        style.font.bold, style.font.italic = name not in ("Normal", "Subtitle"), False
        colour = STYLES[Role.FOCUS].colour if name in ("Heading 1", "Title") else INK
        style.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), "Arial")
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    for name, before, after in (
        ("Normal", 0, 5),
        ("Title", 0, 2),
        ("Subtitle", 0, 6),
        ("Heading 1", 0, 6),
        ("Heading 2", 8, 3),
        ("Heading 3", 6, 3),
        ("Caption", 3, 4),
    ):
        paper.styles[name].paragraph_format.space_before = Pt(before)
        paper.styles[name].paragraph_format.space_after = Pt(after)
    for border in paper.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _known(paper: Paper, name: str) -> None:
    """Give a template a style that it lacks, so that its headings are headings."""
    if name in [style.name for style in paper.styles]:
        return
    style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = paper.styles["Normal"] if "Normal" in [s.name for s in paper.styles] else None
    style.font.bold = name != "List Bullet"
    style.font.size = Pt(SIZES.get(name, SIZES["Normal"]))
    if name.startswith("Heading"):
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(int(name[-1]) - 1))
        style.element.get_or_add_pPr().append(level)


def across(paper: Paper) -> float:
    """How wide the text of a paper is, in millimetres."""
    section = paper.sections[0]
    inside = section.page_width - section.left_margin - section.right_margin
    return float(inside / Mm(1))


def down(paper: Paper) -> float:
    """How high the text of a page is, in millimetres."""
    section = paper.sections[0]
    return float((section.page_height - section.top_margin - section.bottom_margin) / Mm(1))


# --- fields ---


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field of Word's with the result that it shows until it is updated."""
    _begin(paragraph, code)
    paragraph.add_run(shown)
    _piece(paragraph, "end")


def _begin(paragraph: Paragraph, code: str) -> None:
    """The start of a field: what comes after it, up to its end, is its result."""
    _piece(paragraph, "begin")
    _piece(paragraph, "", code)
    _piece(paragraph, "separate")


def _piece(paragraph: Paragraph, kind: str, code: str = "") -> None:
    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(qn("w:fldCharType"), kind)
    else:
        element.set(qn("xml:space"), "preserve")
        element.text = f" {code} "
    paragraph.add_run()._r.append(element)


def listed(paper: Paper, code: str, entries: Sequence[tuple[str, str, int]]) -> None:
    """A field that lists what is in the paper, each entry (its bookmark, its text, its page) a link: the
    contents or the figures. Word's "Update field" makes it anew.
    """
    for k, (mark, text, page) in enumerate(entries):
        paragraph = paper.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            Mm(across(paper)), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
        if k == 0:
            _begin(paragraph, code)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), mark)
        run = paragraph.add_run(f"{text}\t{page}")
        run.font.size = Pt(9.5)
        link.append(run._r)
        paragraph._p.append(link)
        if k == len(entries) - 1:
            _piece(paragraph, "end")


def marked(paragraph: Paragraph, name: str, number: int) -> Paragraph:
    """The paragraph, between the ends of a bookmark that the lists lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    first = next((k for k, e in enumerate(paragraph._p) if e.tag != qn("w:pPr")), len(paragraph._p))
    paragraph._p.insert(first, start)
    paragraph._p.append(end)
    return paragraph


def caption(paper: Paper, kind: str, number: int, text: str) -> Paragraph:
    """A caption with a number that Word counts: "Figure 3. ..."."""
    paragraph = paper.add_paragraph(f"{kind} ", style="Caption")
    field(paragraph, f"SEQ {kind} \\* ARABIC", str(number))
    paragraph.add_run(f". {text}").bold = False
    return paragraph


def kept(paragraph: Paragraph) -> Paragraph:
    """The paragraph, on the same page as what follows it."""
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


# --- tables ---


def table(
    paper: Paper,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    size: float,
    about: str,
    numbers: int = 0,
    bold: Sequence[int] = (),
    tight: bool = False,
) -> Any:
    """A table whose headings repeat on each page and whose rows are never cut in two.

    `widths` are shares of the text's width; the last `numbers` columns stand at the right; the rows `bold`
    begin in bold; `about` is its alternative text; cells that are `tight` have hardly any margin.
    """
    made = paper.add_table(rows=0, cols=len(headings))
    made.autofit = False
    _lined(made, about, 15 if tight else 50)
    whole = across(paper) / sum(widths)
    for k, cells in enumerate([headings, *rows]):
        row = made.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if k == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for n, (cell, text, share) in enumerate(zip(row.cells, cells, widths, strict=True)):
            cell.width = Mm(whole * share)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.paragraph_format.space_before = Pt(1)
            if numbers and n >= len(headings) - numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(size), k == 0 or (n == 0 and k - 1 in bold)
    for column, share in zip(made.columns, widths, strict=True):
        column.width = Mm(whole * share)
    paper.add_paragraph().paragraph_format.space_after = Pt(0)
    return made


def _lined(made: Any, about: str, margin: int) -> None:
    """Lines between the rows alone, little room within the cells, and what a reader that listens is told."""
    properties = made._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(margin))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    told = OxmlElement("w:tblDescription")
    told.set(qn("w:val"), about)
    layout = properties.find(qn("w:tblLayout"))
    look = properties.find(qn("w:tblLook"))
    for element, before in ((borders, layout), (margins, look)):
        if before is not None:
            before.addprevious(element)
        else:
            properties.append(element)
    properties.append(told)
