"""PowerPoint: one indicator a slide, the finding as its title, its chart native, in a house template."""

import copy
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.placeholder import ChartPlaceholder, TablePlaceholder
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from safeguarding import periods, words
from safeguarding import slide as budget
from safeguarding.breakdowns import Breakdown
from safeguarding.captions import heading_of_parts
from safeguarding.charts.chart import Chart, Kind
from safeguarding.charts.rank import ranking
from safeguarding.drawing import Drawing
from safeguarding.drawings import NAMED, parts_drawing, spine_drawing
from safeguarding.exports.house import CONTENT, INDICATOR, OPENING, PICTURE, house, layout_of, texts_of
from safeguarding.exports.native import for_slide, is_native, native
from safeguarding.exports.pack import Item, Pack
from safeguarding.exports.plain import needed, plain
from safeguarding.exports.wording import absent, address, footing, made, spoken

PICTURED, DPI = 12, 200  # points of text in a picture on a slide, and its pixels an inch
HIGHEST = 4.75  # inches of a picture on a slide
BROAD = Inches(6)  # a footer that has room for a whole line
LONG_TITLE = 60  # letters; a longer one is set smaller, so that it stays on one line
MOST_LISTED, A_COLUMN = 30, 12
ACTIONS, LONGEST_ACTION = 6, 110  # rows to agree on, and the letters of an action that are shown
LEFT_PART = 0.34  # of a text's width, where a template has no second box for the chart


@dataclass(frozen=True)
class Said:
    """A paragraph: its text, its size in points (None: the template's), weight, accent colour and whether it
    is numbered.
    """

    text: str
    size: float | None = None
    bold: bool = False
    accent: bool = False
    numbered: bool = False


def presentation(pack: Pack, step: Callable[[str], None]) -> bytes:
    """The pack as a presentation: a first slide, an agenda, the spine chart, a slide an indicator and a
    breakdown, the actions agreed; behind them what a report said of an earlier year.

    `step` is told before each slide that takes time. Raises Refused for a template that cannot be used.
    """
    deck = house(pack.templates.get("pptx"))
    about = deck.core_properties
    about.title, about.author, about.language = pack.title, pack.author or pack.partnership, "en-GB"
    _opening(deck, pack)
    _agenda(deck, pack)
    for number, drawing in enumerate(_spines(pack), 1):
        _spine(deck, drawing, pack, number)
    for one in pack.pages:
        step(one.summary.indicator.title)
        _indicator(deck, one, pack)
    for whole in pack.wholes_now:
        step(whole.title)
        _parts(deck, whole, pack)
    _actions(deck, pack)
    for whole in pack.wholes_then:
        step(whole.title)
        _parts(deck, whole, pack)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


# --- the slides ---


def _opening(deck: Deck, pack: Pack) -> None:
    slide = _slide(deck, OPENING, pack.title, pack)
    until = f"Official figures to {periods.in_words(pack.to)}" if pack.to else ""
    large = [line for line in (pack.partnership, pack.by_line, until) if line]
    small = [line for line in (pack.origin.filters, address(pack)) if line]
    said = [*(Said(line, 18) for line in large), *(Said(line, 12) for line in small)]
    _placed(slide, {"Subtitle": said})


def _agenda(deck: Deck, pack: Pack) -> None:
    slide = _slide(deck, CONTENT, "Agenda", pack)
    lines = [one.summary.indicator.short_title for one in pack.pages] + [w.title for w in pack.wholes_now]
    lines += [f"Behind: {heading_of_parts(whole)}" for whole in pack.wholes_then]
    size = 18 if len(lines) <= 2 * A_COLUMN else 14
    holder = _placed(slide, {"Content": [Said(line, size, numbered=True) for line in lines[:MOST_LISTED]]})
    if holder is not None and len(lines) > A_COLUMN:
        body = holder.text_frame._txBody.bodyPr
        body.set("numCol", "2")
        body.set("spcCol", str(Inches(0.4)))


def _spines(pack: Pack) -> list[Drawing]:
    """The spine chart in as many pictures as can be read from afar."""
    if pack.spine is None:
        return []
    placed = [s for s in pack.summaries if s.placed]
    name = pack.spine.name.partition("-")[2]
    rows = len(placed)
    while needed(spine_drawing(pack.of, name, placed[:rows]).chart, PICTURED) > HIGHEST and rows > 1:
        rows -= 1
    slides = -(-len(placed) // rows)
    each = -(-len(placed) // slides)
    parts = [placed[k : k + each] for k in range(0, len(placed), each)]
    return [spine_drawing(pack.of, name, part) for part in parts]


def _spine(deck: Deck, drawing: Drawing, pack: Pack, number: int) -> None:
    whole = pack.spine.headline if pack.spine else drawing.headline
    title = whole if number == 1 else f"{whole} ({number})"
    slide = _slide(deck, PICTURE, title, pack)
    said = {"Measure": [Said(drawing.subtitle)], "Source": [Said(drawing.source)]}
    _placed(slide, said, drawing, drawing.chart)
    _speak(slide, [drawing.text, *drawing.notes])


def _indicator(deck: Deck, one: Item, pack: Pack) -> None:
    summary, said = one.summary, budget.said(one.summary, one.notes)
    slide = _slide(deck, INDICATOR, said.headline, pack)
    when = ", ".join(filter(None, (said.unit, said.period)))
    finding = [Said(said.printed, 44, True, True), Said(when, 14)]
    finding += [Said(f"{name}: {words.uncapital(word)}", 14) for name, word in said.rows]
    finding.append(Said(said.question, 16, bold=True))
    finding += [Said(said.note, 12)] if said.note else []
    chart = _chart_of(one)
    texts = {
        "Measure": [Said(said.measure)],
        "Finding": finding,
        "Source": [Said(line) for line in footing(summary, chart)],
    }
    _placed(slide, texts, one.drawing, chart)
    _speak(slide, [*spoken(one), *absent(summary), *_not_drawn(one, chart), made(pack)])


def _not_drawn(one: Item, chart: Chart | None) -> list[str]:
    """Whom the view compares with and the slide has no room to draw."""
    if chart is None or chart.kind is not Kind.TREND:
        return []
    drawn = {s.name for s in chart.series}
    left = [line.name for line in one.summary.lines if line.name not in drawn]
    return [f"Not drawn on the slide: {words.listed(left)}."] if left else []


def _chart_of(one: Item) -> Chart | None:
    """The chart of a slide: as much of it as can be read from afar."""
    if one.drawing is None:
        return None
    chart = one.drawing.chart
    if chart.kind is Kind.RANK:
        ranked = one.summary.rankings[NAMED[one.drawing.name][1]]
        return ranking(budget.around(ranked), one.summary.indicator)
    return for_slide(chart)


def _parts(deck: Deck, whole: Breakdown, pack: Pack) -> None:
    """A slide of a breakdown: its parts as native bars, the latest period first, one that is hidden named and
    empty.
    """
    drawing = parts_drawing(whole)
    slide = _slide(deck, INDICATOR, heading_of_parts(whole) if whole.stated else whole.title, pack)
    finding = [Said(whole.sentence, 16)]
    finding += (
        [Said(f"Figures of {whole.period}, as a report printed them.", 14, True)] if whole.stated else []
    )
    finding += [Said(whole.note, 12)] if whole.note else []
    texts = {
        "Measure": [Said(f"{words.capital(whole.unit)}, {whole.place}, {whole.period}")],
        "Finding": finding,
        "Source": [Said(drawing.source)],
    }
    _placed(slide, texts, drawing, drawing.chart)
    _speak(slide, [whole.sentence, *drawing.notes, made(pack)])


def _actions(deck: Deck, pack: Pack) -> None:
    """A table of the open actions where notes were asked for, and room for what is agreed."""
    slide = _slide(deck, CONTENT, "Actions agreed", pack)
    holder = next((p for p in _free(slide)), None)
    if holder is None:
        return
    actions = {n.note_id: n for one in pack.items for n in one.notes if n.open}.values()
    rows = [(_cut(n.text), n.owner, periods.in_words(n.due) if n.due else "") for n in actions]
    rows = rows[: ACTIONS + 2]
    rows += [("", "", "")] * max(1, ACTIONS - len(rows))
    frame = TablePlaceholder(holder._element, holder._parent).insert_table(len(rows) + 1, 3)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "The actions agreed: what, who, by when.")
    frame.name, table = "Actions agreed", frame.table
    whole = frame.width
    for column, share in zip(table.columns, (0.6, 0.22, 0.18), strict=True):
        column.width = Emu(int(whole * share))
    for row, texts in zip(table.rows, [("Action", "Who", "By when"), *rows], strict=True):
        row.height = Inches(0.55)
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text_frame.text = text
            cell.text_frame.paragraphs[0].font.size = Pt(14)


def _cut(text: str) -> str:
    """An action as a table has room for it; its whole is in the speaker notes of its slide."""
    return text if len(text) <= LONGEST_ACTION else f"{text[: LONGEST_ACTION - 1].rsplit(' ', 1)[0]} …"


# --- placeholders ---


def _slide(deck: Deck, name: str, title: str, pack: Pack) -> Slide:
    """A new slide in the layout of a name, with its title, its footer and its number."""
    layout = layout_of(deck, name) or deck.slide_layouts[0]
    slide = deck.slides.add_slide(layout)
    if slide.shapes.title is not None:
        slide.shapes.title.text_frame.text = title
        if name != OPENING and len(title) > LONG_TITLE:
            slide.shapes.title.text_frame.paragraphs[0].font.size = Pt(22)
    whole = (pack.origin.marking, pack.partnership, f"Release {pack.origin.held}")
    short = (pack.origin.marking, f"Release {pack.origin.release}")
    for holder in layout.placeholders:
        kind = holder._element.ph.get("type")
        if kind in ("ftr", "sldNum"):
            copied = copy.deepcopy(holder._element)
            for look in copied.iter(qn("a:lstStyle")):
                look.clear()  # it is the layout's already
            slide.shapes._spTree.append(copied)
            if kind == "ftr":
                foot = whole if holder.width >= BROAD else short
                slide.shapes[-1].text_frame.text = " | ".join(filter(None, foot))
    return slide


def _free(slide: Slide) -> list[Any]:
    """The placeholders of a slide that wait for something, from left to right."""
    held = {p.placeholder_format.idx: p for p in slide.placeholders}
    return [
        held[p.placeholder_format.idx]
        for p in texts_of(slide.slide_layout)
        if p.placeholder_format.idx in held
    ]


def _placed(
    slide: Slide,
    texts: Mapping[str, Sequence[Said]],
    drawing: Drawing | None = None,
    chart: Chart | None = None,
) -> Any:
    """Put texts into the placeholders of their names, and the chart into the one for it.

    A template that has not those names gets all texts in its first one, in their order, and the chart in its
    last, or beside the text where it has but one. Answers the placeholder of the last text.
    """
    names = {p.placeholder_format.idx: p.name for p in slide.slide_layout.placeholders}
    free = {names[p.placeholder_format.idx]: p for p in _free(slide)}
    waiting = list(free.values()) or [p for p in slide.placeholders if p.placeholder_format.idx][:1]
    ours = set(texts) <= set(free)
    spot = free.get("Chart", free.get("Picture")) if ours else waiting[-1] if len(waiting) > 1 else None
    holder = None
    together = [("", [paragraph for said in texts.values() for paragraph in said])]
    for name, said in list(texts.items()) if ours else together:
        holder = free[name] if ours else next(iter(waiting), None)
        if holder is not None:
            _write(holder.text_frame, said, bare=not ours)
    if drawing is not None and chart is not None:
        _draw(slide, spot if spot is not None else _beside(slide, holder), drawing, chart)
    elif spot is not None:
        spot._element.getparent().remove(spot._element)
    for one in list(slide.placeholders):
        if one.placeholder_format.idx and one.has_text_frame and not one.text_frame.text:
            one._element.getparent().remove(one._element)
    return holder


def _beside(slide: Slide, holder: Any) -> Any:
    """A box for the chart at the right of the only text that a template has, which makes room for it."""
    left, top, wide, high = holder.left, holder.top, holder.width, holder.height
    spot = copy.deepcopy(holder._element)
    slide.shapes._spTree.append(spot)
    made = slide.shapes[-1]
    holder.left, holder.top, holder.height, holder.width = left, top, high, Emu(int(wide * LEFT_PART))
    start = int(wide * (LEFT_PART + 0.02))
    made.left, made.top, made.height, made.width = Emu(left + start), top, high, Emu(wide - start)
    return made


def _draw(slide: Slide, spot: Any, drawing: Drawing, chart: Chart) -> None:
    """The chart in a placeholder: PowerPoint's own where it can, else a picture as large as fits."""
    if is_native(chart):
        native(ChartPlaceholder(spot._element, spot._parent), drawing, chart)
        return
    left, top, wide, high = spot.left, spot.top, spot.width, spot.height
    body, inches = plain(chart, wide / Inches(1), high / Inches(1), PICTURED, DPI)
    scale = min(1.0, high / Inches(1) / inches)
    across = int(wide * scale)
    picture = slide.shapes.add_picture(
        io.BytesIO(body), Emu(left + (wide - across) // 2), top, Emu(across), Emu(int(Inches(inches) * scale))
    )
    picture._element.nvPicPr.cNvPr.set("descr", drawing.short_text)
    picture.name = f"Picture: {drawing.title}"
    picture._element.nvPicPr.nvPr.append(copy.deepcopy(spot._element.ph))
    spot._element.getparent().remove(spot._element)


def _write(frame: TextFrame, lines: Sequence[Said], bare: bool) -> None:
    """Paragraphs in the letters of the template; `bare` takes its bullets off."""
    for k, said in enumerate(lines):
        paragraph = frame.paragraphs[0] if k == 0 else frame.add_paragraph()
        paragraph.text = said.text
        font = paragraph.font
        if said.size or bare:
            font.size = Pt(said.size or 12)
        if said.bold:
            font.bold = True
        if said.accent:
            font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
        if said.numbered:
            _list(paragraph, "457200", "-457200", '<a:buAutoNum {} type="arabicPeriod"/>')
        elif bare:
            _list(paragraph, "0", "0", "<a:buNone {}/>")


def _list(paragraph: Any, margin: str, indent: str, bullet: str) -> None:
    look = paragraph._p.get_or_add_pPr()
    look.set("marL", margin)
    look.set("indent", indent)
    mark = parse_xml(bullet.format(nsdecls("a")))
    look.insert_element_before(mark, "a:tabLst", "a:defRPr", "a:extLst")


def _speak(slide: Slide, lines: Sequence[str]) -> None:
    slide.notes_slide.notes_text_frame.text = "\n\n".join(lines)
