"""PowerPoint: one indicator a slide, the finding as its title, its chart native."""

import io
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from safeguarding import slide as budget
from safeguarding import words
from safeguarding.breakdowns import Breakdown
from safeguarding.charts.theme import INK, MUTED, STYLES
from safeguarding.drawings import parts_drawing
from safeguarding.exports.native import native, rgb
from safeguarding.exports.pack import Item, Pack
from safeguarding.exports.wording import made, spoken, verdicts
from safeguarding.sentences import headline
from safeguarding.vocabulary import Role

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, ACROSS = Inches(0.5), Inches(12.33)
MEASURE = (LEFT, Inches(0.95), ACROSS, Inches(0.4))
ASIDE = (LEFT, Inches(1.4), Inches(3.9), Inches(5))
FOOT = (LEFT, Inches(6.65), ACROSS, Inches(0.7))
TITLE_ONLY = 5  # the layout of the default template
LONG_TITLE = 60  # letters; a longer one is set smaller, so that it stays on one line, above what is measured
MOST_LISTED, MOST_LARGE = 30, 20


class Said(NamedTuple):
    """A paragraph: its text, its size in points, weight and colour."""

    text: str
    size: float = 14
    bold: bool = False
    colour: str = INK


def presentation(pack: Pack, step: Callable[[str], None]) -> bytes:
    """The pack as a 16:9 presentation: a title, a slide an indicator, a list of what was looked at.

    `step` is told before each slide that takes time.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title, deck.core_properties.author = pack.title, pack.partnership
    _list(deck, pack, pack.title, [one.summary.indicator.short_title for one in pack.items])
    for one in pack.items:
        step(one.summary.indicator.title)
        _indicator(deck, one, pack)
    for whole in pack.wholes:
        step(whole.title)
        _parts(deck, whole, pack)
    _list(deck, pack, "What was looked at", [headline(one.summary) for one in pack.items])
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _titled(deck: Deck, title: str) -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = LEFT, Inches(0.3), ACROSS, Inches(0.7)
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    _write(frame, [Said(title, 28 if len(title) <= LONG_TITLE else 22, bold=True)])
    return slide


def _text(slide: Slide, box: tuple[Emu, Emu, Emu, Emu], lines: Sequence[Said]) -> None:
    """A text box of paragraphs."""
    frame = slide.shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    _write(frame, lines)
    for paragraph in frame.paragraphs:
        paragraph.space_after = Pt(5)


def _write(frame: TextFrame, lines: Sequence[Said]) -> None:
    for k, said in enumerate(lines):
        paragraph = frame.paragraphs[0] if k == 0 else frame.add_paragraph()
        paragraph.text, paragraph.alignment = said.text, PP_ALIGN.LEFT
        font = paragraph.font
        font.size, font.bold, font.color.rgb, font.name = Pt(said.size), said.bold, rgb(said.colour), "Arial"


def _list(deck: Deck, pack: Pack, title: str, lines: list[str]) -> None:
    slide = _titled(deck, title)
    half = (min(len(lines), MOST_LISTED) + 1) // 2
    size = 18 if len(lines) <= MOST_LARGE else 14
    numbered = [Said(f"{n}  {line}", size) for n, line in enumerate(lines, 1)]
    for k, column in enumerate((numbered[:half], numbered[half:MOST_LISTED])):
        if column:
            _text(slide, (Emu(LEFT + k * ACROSS // 2), Inches(1.3), Emu(ACROSS // 2), Inches(5)), column)
    _text(slide, (LEFT, Inches(6.7), ACROSS, Inches(0.6)), [Said(made(pack), 11, colour=MUTED)])


def _indicator(deck: Deck, one: Item, pack: Pack) -> None:
    summary, drawing = one.summary, one.drawing
    slide = _titled(deck, headline(summary))
    measured = drawing.subtitle if drawing else words.measured(summary.indicator, summary.area.name)
    said = [
        Said(summary.printed, 48, True, STYLES[Role.FOCUS].colour),
        Said(summary.period_label, colour=MUTED),
    ]
    said += [Said(line) for line in verdicts(summary)]
    said.append(Said(summary.indicator.question, 16, bold=True))
    note = budget.newest(one.notes, budget.left([headline(summary), measured, *(s.text for s in said)]))
    if note:
        said.append(Said(note, 12, colour=MUTED))
    _text(slide, MEASURE, [Said(measured, colour=MUTED)])
    _text(slide, ASIDE, said)
    if drawing:
        native(slide, drawing)
    source = f"{drawing.source if drawing else ''} {made(pack)}".strip()
    _text(slide, FOOT, [Said(source, 10, colour=MUTED)])
    slide.notes_slide.notes_text_frame.text = "\n\n".join(spoken(one))


def _parts(deck: Deck, whole: Breakdown, pack: Pack) -> None:
    """A slide of a breakdown: its parts as native bars, the latest period first, one that is hidden named and
    empty.
    """
    drawing = parts_drawing(whole)
    slide = _titled(deck, whole.title)
    measured = f"{words.capital(whole.unit)}, {whole.place}, {whole.period}"
    _text(slide, MEASURE, [Said(measured, colour=MUTED)])
    note = [Said(whole.note, 12, colour=MUTED)] if whole.note else []
    _text(slide, ASIDE, [Said(whole.sentence, 16), *note])
    native(slide, drawing)
    _text(slide, FOOT, [Said(f"{drawing.source} {made(pack)}", 10, colour=MUTED)])
    slide.notes_slide.notes_text_frame.text = "\n\n".join((whole.sentence, *drawing.notes))
