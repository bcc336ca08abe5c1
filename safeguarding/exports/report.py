"""Report: the pack as a Word document for a board: an indicator a page, contents, text alternatives."""

import io
from collections.abc import Callable

from docx import Document
from docx.document import Document as Paper
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from safeguarding import periods, words
from safeguarding.drawing import Drawing
from safeguarding.drawings import parts_drawing
from safeguarding.exports.files import image
from safeguarding.exports.pack import Item, Pack
from safeguarding.exports.word import ACROSS, contents, heading, kept, set_up
from safeguarding.exports.wording import NOTES, PARTS, rules
from safeguarding.sentences import headline

COLUMNS = (Mm(38), Mm(122))
LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."


def report(pack: Pack, step: Callable[[str], None]) -> bytes:
    """The pack as a Word document. `step` is told before each indicator.

    Each theme and each indicator begins a page, and each indicator fits on one: no heading is ever left alone
    at a page's foot, and the page numbers of the contents are known when it is made. Word's own "Update
    field" makes them anew.
    """
    paper = Document()
    paper.core_properties.title, paper.core_properties.author = pack.title, pack.partnership
    set_up(paper, pack.origin.marking, f"{pack.title}, page ")
    paper.add_paragraph(pack.title, style="Title")
    paper.add_paragraph(f"{pack.partnership}. {pack.origin.filters}")
    paper.add_paragraph(f"Release {pack.origin.held}. {LICENCE}")
    groups = [(name, items) for name, items in pack.groups if items]
    noted = [one for one in pack.items if one.notes]
    entries = [(name, [one.summary.indicator.title for one in items]) for name, items in groups]
    entries += [(PARTS, [whole.title for whole in pack.wholes])] if pack.wholes else []
    entries += [(NOTES, [])] if noted else []
    contents(paper, entries)
    mark = 0
    for name, items in groups:
        for k, one in enumerate(items):
            step(one.summary.indicator.title)
            if k == 0:
                heading(paper, name, 1, mark := mark + 1, breaks=True)
            heading(paper, one.summary.indicator.title, 2, mark := mark + 1, breaks=k > 0)
            _indicator(paper, one, pack)
    for k, whole in enumerate(pack.wholes):
        step(whole.title)
        if k == 0:
            heading(paper, PARTS, 1, mark := mark + 1, breaks=True)
        heading(paper, whole.title, 2, mark := mark + 1, breaks=k > 0)
        kept(paper.add_paragraph(whole.sentence))
        _picture(paper, parts_drawing(whole), pack)
    if noted:
        heading(paper, NOTES, 1, mark + 1, breaks=True)
        for one in noted:
            _notes(paper, one)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _indicator(paper: Paper, one: Item, pack: Pack) -> None:
    summary = one.summary
    kept(paper.add_paragraph()).add_run(headline(summary)).bold = True
    kept(paper.add_paragraph(summary.sentence))
    if one.drawing is not None:
        kept(_picture(paper, one.drawing, pack))
    # the rules in full: a board may want to know what stands behind a word
    table = paper.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, COLUMNS, strict=True):
        column.width = width
    for name, rule in (line.split(": ", 1) for line in rules(summary)):
        cells = table.add_row().cells
        for cell, text, width in zip(cells, (name, words.capital(rule)), COLUMNS, strict=True):
            cell.width = width
            cell.paragraphs[0].text = ""
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(8.5), False
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
    asked = paper.add_paragraph()
    asked.paragraph_format.space_before = Pt(8)
    asked.add_run("To ask: ").bold = True
    asked.add_run(summary.indicator.question)


def _picture(paper: Paper, drawing: Drawing, pack: Pack) -> Paragraph:
    """A paragraph with the drawing as a picture, and its text alternative."""
    holder = paper.add_paragraph()
    body = image(drawing, pack.origin, "half-page", "png")
    shape = holder.add_run().add_picture(io.BytesIO(body), width=ACROSS)
    shape._inline.docPr.set("descr", drawing.short_text)
    shape._inline.docPr.set("title", drawing.title)
    return holder


def _notes(paper: Paper, one: Item) -> None:
    kept(paper.add_paragraph(one.summary.indicator.title, style="Heading 3"))
    for n in one.notes:
        due = f" {n.owner}, due {periods.in_words(n.due)}." if n.due else ""
        state = "Done." if n.done_by else "Action." if n.kind == "action" else "Note."
        said = f"{state} {n.text}{due} ({n.author}, {periods.in_words(n.written_at.date())})"
        paper.add_paragraph(said, style="List Bullet")
