"""Word: what Word can do that python-docx has no name for.

Fields, bookmarks, contents that lead to their headings.
"""

import math

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from safeguarding.charts.theme import INK

MARGIN, ACROSS = Mm(25), Mm(160)
ENTRIES_A_PAGE = 38  # lines of contents that one page holds


def set_up(paper: Paper, marking: str, foot: str) -> None:
    """A4 in the dashboard's type: the marking at the head of each page, `foot` and the page's number at its
    foot.
    """
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
        style.font.name, style.font.size, style.font.color.rgb = (
            "Arial",
            Pt(size),
            RGBColor.from_string(INK.lstrip("#")),
        )
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Arial")
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(theme), None)
    paper.styles["Normal"].paragraph_format.space_after = Pt(5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    paper.styles["Normal"].element.get_or_add_rPr().append(language)
    header = section.header.paragraphs[0]
    header.text, header.alignment = marking, WD_ALIGN_PARAGRAPH.RIGHT
    footer = section.footer.paragraphs[0]
    footer.text, footer.alignment = foot, WD_ALIGN_PARAGRAPH.RIGHT
    _field(footer, "PAGE", "1")


def _field(paragraph: Paragraph, code: str, shown: str) -> None:
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


def contents(paper: Paper, entries: list[tuple[str, list[str]]]) -> None:
    """The contents as a field of Word's that already shows its entries, each a link with its page.

    An entry is a heading and those below it, which begin a page each.
    """
    count = sum(1 + len(titles) for _, titles in entries)
    page = 1 + math.ceil(count / ENTRIES_A_PAGE)
    lines: list[tuple[int, str, int]] = []
    for name, titles in entries:
        lines.append((1, name, page))
        for title in titles:
            lines.append((2, title, page))
            page += 1
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


def heading(paper: Paper, text: str, level: int, mark: int, breaks: bool) -> None:
    """A heading with the bookmark that the contents lead to; it stays with what follows, on a new page where
    `breaks`.
    """
    paragraph = kept(paper.add_paragraph(text, style=f"Heading {level}"))
    paragraph.paragraph_format.page_break_before = breaks
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(mark))
    start.set(qn("w:name"), f"_Toc{mark:06d}")
    paragraph._p.insert(1, start)
    paragraph._p.append(end)


def kept(paragraph: Paragraph) -> Paragraph:
    """The paragraph, on the same page as what follows it."""
    paragraph.paragraph_format.keep_with_next = True
    return paragraph
