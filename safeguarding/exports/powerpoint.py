"""PowerPoint: one indicator a slide, its chart native, so that whoever presents it can still change it."""

import io
import math
from collections.abc import Callable, Sequence

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from safeguarding import periods, words
from safeguarding.breakdowns import Breakdown
from safeguarding.charts.theme import BAR, INK, MUTED, STYLES, Style, scale
from safeguarding.drawings import Drawing, parts_drawing
from safeguarding.exports.pack import Item, Pack
from safeguarding.exports.tables import inert
from safeguarding.sentences import headline
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.rank import Ranking
from safeguarding.vocabulary import Unit

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, ACROSS = Inches(0.5), Inches(12.33)
TITLE_ONLY = 5  # the layout of the default template
DASHES = {
    "dash": MSO_LINE.DASH,
    "dot": MSO_LINE.ROUND_DOT,
    "dashdot": MSO_LINE.DASH_DOT,
    "longdash": MSO_LINE.LONG_DASH,
    "longdashdot": MSO_LINE.LONG_DASH_DOT,
}
MOST_LISTED, MOST_NAMED = 30, 5


def presentation(pack: Pack, step: Callable[[str], None]) -> bytes:
    """The pack as a 16:9 presentation: a title, a slide an indicator, a list of what was looked at. `step` is told before each."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title, deck.core_properties.author = pack.title, pack.partnership
    _list(deck, pack, f"{pack.title}", [one.summary.indicator.short_title for one in pack.items], _told(pack))
    for one in pack.items:
        step(one.summary.indicator.title)
        _slide(deck, one, pack)
    for whole in pack.wholes:
        step(whole.title)
        _parts(deck, whole, pack)
    _list(deck, pack, "What was looked at", [headline(one.summary) for one in pack.items], _told(pack))
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _told(pack: Pack) -> str:
    origin = pack.origin
    marked = f"{origin.marking}. " if origin.marking else ""
    return f"{marked}{pack.partnership}. Release {origin.release}, loaded {periods.in_words(origin.loaded.date())}. {origin.filters} {origin.link}"


def _titled(deck, title: str):  # type: ignore[no-untyped-def]
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    slide.shapes.title.left, slide.shapes.title.top, slide.shapes.title.width, slide.shapes.title.height = (
        LEFT,
        Inches(0.3),
        ACROSS,
        Inches(0.7),
    )
    frame = slide.shapes.title.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.text = title
    # a long title stays on one line, above what is measured
    _look(frame.paragraphs[0], 28 if len(title) <= 60 else 22, bold=True)
    return slide


def _look(paragraph, size: float, bold: bool = False, colour: str = "#0B0C0C") -> None:  # type: ignore[no-untyped-def]
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.font.size, paragraph.font.bold, paragraph.font.color.rgb = Pt(size), bold, _rgb(colour)
    paragraph.font.name = "Arial"


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#"))


def _text(slide, box: tuple[Emu, Emu, Emu, Emu], lines: Sequence[tuple[str, float, bool, str]]) -> None:  # type: ignore[no-untyped-def]
    """A text box of paragraphs, each with its size, weight and colour."""
    frame = slide.shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    for k, (text, size, bold, colour) in enumerate(lines):
        paragraph = frame.paragraphs[0] if k == 0 else frame.add_paragraph()
        paragraph.text = text
        paragraph.space_after = Pt(5)
        _look(paragraph, size, bold, colour)


def _list(deck, pack: Pack, title: str, lines: list[str], foot: str) -> None:  # type: ignore[no-untyped-def]
    slide = _titled(deck, title)
    half = (min(len(lines), MOST_LISTED) + 1) // 2
    size = 18 if len(lines) <= 20 else 14
    numbered = [f"{n}  {line}" for n, line in enumerate(lines, 1)]
    for k, part in enumerate((numbered[:half], numbered[half:MOST_LISTED])):
        box = (Emu(LEFT + k * ACROSS // 2), Inches(1.3), Emu(ACROSS // 2), Inches(5))
        if part:
            _text(slide, box, [(line, size, False, "#0B0C0C") for line in part])
    _text(slide, (LEFT, Inches(6.7), ACROSS, Inches(0.6)), [(foot, 11, False, MUTED)])


def _slide(deck, one: Item, pack: Pack) -> None:  # type: ignore[no-untyped-def]
    summary = one.summary
    slide = _titled(deck, headline(summary))
    measure = one.drawing.subtitle if one.drawing else words.measured(summary.indicator, summary.area.name)
    _text(slide, (LEFT, Inches(0.95), ACROSS, Inches(0.4)), [(measure, 14, False, MUTED)])
    said = [(summary.printed, 48, True, STYLES["focus"].colour), (summary.period_label, 14, False, MUTED)]
    said += [(line, 14, False, "#0B0C0C") for line in verdicts(summary)]
    said.append((summary.indicator.question, 16, True, "#0B0C0C"))
    for note in one.notes[:1]:
        said.append((f"{'Action' if note.kind == 'action' else 'Note'}: {note.text}", 12, False, MUTED))
    _text(slide, (LEFT, Inches(1.4), Inches(3.9), Inches(5)), said)
    if one.drawing is not None:
        chart(slide, one.drawing, summary)
    source = f"{one.drawing.source if one.drawing else ''} {_told(pack)}".strip()
    _text(slide, (LEFT, Inches(6.65), ACROSS, Inches(0.7)), [(source, 10, False, MUTED)])
    slide.notes_slide.notes_text_frame.text = "\n\n".join(_spoken(one))


def _parts(deck, whole: Breakdown, pack: Pack) -> None:  # type: ignore[no-untyped-def]
    """A slide of a breakdown: its parts as native bars, the latest period first, one that is hidden named and empty."""
    drawing = parts_drawing(whole)
    slide = _titled(deck, whole.title)
    _text(
        slide,
        (LEFT, Inches(0.95), ACROSS, Inches(0.4)),
        [(f"{words.capital(whole.unit)}, {whole.place}, {whole.period}", 14, False, MUTED)],
    )
    lines = [(whole.sentence, 16, False, INK), *([(whole.note, 12, False, MUTED)] if whole.note else [])]
    _text(slide, (LEFT, Inches(1.4), Inches(3.9), Inches(5)), lines)
    data = CategoryChartData(number_format='#,##0.0"%"' if whole.unit == Unit.PERCENT.words else "#,##0")
    data.categories = [
        inert(f"{name} ({now.printed})" if now.value is None else name) for name, now, _ in whole.parts
    ]
    data.add_series(whole.period, [now.value for _, now, _ in whole.parts])
    if whole.period_before:
        data.add_series(
            whole.period_before, [before.value if before else None for _, _, before in whole.parts]
        )
    drawn = _native(slide, XL_CHART_TYPE.BAR_CLUSTERED, data, drawing)
    plot = drawn.plots[0]
    _plain_bars(drawn)
    for series, colour in zip(plot.series, (STYLES["focus"].colour, BAR), strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(colour)
    drawn.has_legend = len(plot.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _text(
        slide,
        (LEFT, Inches(6.65), ACROSS, Inches(0.7)),
        [(f"{drawing.source} {_told(pack)}", 10, False, MUTED)],
    )
    slide.notes_slide.notes_text_frame.text = "\n\n".join((whole.sentence, *drawing.notes))


def verdicts(summary: IndicatorSummary) -> list[str]:
    """The three verdicts in words, a line each."""
    lines = [f"Tolerance: {summary.tolerance.words}"]
    lines += [
        f"{words.capital(c.name)}: {c.words.lower()}{f' ({c.printed})' if c.printed else ''}"
        for c in summary.comparisons.values()
    ]
    return [*lines, f"Direction of travel: {words.MOVEMENT_WORDS[summary.movement.verdict].lower()}"]


def rules(summary: IndicatorSummary) -> list[str]:
    """The rule behind each verdict, a line each."""
    compared = [f"{words.capital(c.name)}: {c.told}" for c in summary.comparisons.values()]
    return [
        f"Tolerance: {summary.tolerance.told}",
        *compared,
        f"Direction of travel: {summary.movement.method}",
    ]


def _spoken(one: Item) -> list[str]:
    summary = one.summary
    spoken = [f"To ask: {summary.indicator.question}", summary.sentence, *rules(summary)]
    spoken += list(one.drawing.notes) if one.drawing else []
    return spoken + [
        f"{'Action' if n.kind == 'action' else 'Note'} ({n.author}): {n.text}" for n in one.notes
    ]


# --- native charts ---


def chart(slide, drawing: Drawing, summary: IndicatorSummary) -> None:  # type: ignore[no-untyped-def]
    """Put the drawing on the slide as a chart of PowerPoint's own, with its text alternative."""
    if drawing.chart.startswith("rank"):
        kind, data = XL_CHART_TYPE.BAR_CLUSTERED, _bars(summary.rankings[int(drawing.chart[-1])], summary)
    else:
        kind, data = XL_CHART_TYPE.LINE_MARKERS, _lines(drawing, summary)
    drawn = _native(slide, kind, data, drawing)
    if kind is XL_CHART_TYPE.BAR_CLUSTERED:
        _style_bars(drawn, summary.rankings[int(drawing.chart[-1])])
    else:
        _style_lines(drawn, drawing, summary)


def _native(slide, kind, data: CategoryChartData, drawing: Drawing):  # type: ignore[no-untyped-def]
    frame = slide.shapes.add_chart(kind, Inches(4.5), Inches(1.4), Inches(8.4), Inches(5.15), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", drawing.short_text)
    frame.name = f"Chart: {drawing.title}"
    drawn = frame.chart
    drawn.font.size, drawn.font.name = Pt(14), "Arial"
    drawn.has_title = False
    return drawn


def _format(summary: IndicatorSummary, places: int | None = None) -> str:
    digits = summary.indicator.decimals if places is None else places
    return (
        "#,##0"
        + (f".{'0' * digits}" if digits else "")
        + ('"%"' if summary.indicator.unit is Unit.PERCENT else "")
    )


def _lines(drawing: Drawing, summary: IndicatorSummary) -> CategoryChartData:
    data = CategoryChartData(number_format=_format(summary))
    if drawing.chart == "trend":
        data.categories = [periods.tick(p, summary.indicator.year_type) for p in summary.periods]
        for line in summary.lines:
            data.add_series(
                inert(line.name),
                [None if p.value is None else round(p.value, line.decimals) for p in line.points],
            )
        return data
    if drawing.chart == "funnel":
        raise ValueError("a funnel has no native chart: pick trend, rank or control")
    data.categories = [periods.tick(str(r["period"]), summary.indicator.year_type) for r in drawing.rows]
    for name, column in (
        ("Value", "value"),
        ("Mean", "mean"),
        ("Lower limit", "lower_limit"),
        ("Upper limit", "upper_limit"),
    ):
        data.add_series(name, [r[column] for r in drawing.rows])
    return data


def _style_lines(drawn, drawing: Drawing, summary: IndicatorSummary) -> None:  # type: ignore[no-untyped-def]
    styles = [STYLES[line.role] for line in summary.lines]
    if drawing.chart != "trend":
        limit = Style(MUTED, "dash", 1.5, 0)
        styles = [STYLES["focus"], Style(MUTED, "solid", 1.5, 0), limit, limit]
    for series, style in zip(drawn.plots[0].series, styles, strict=True):
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = _rgb(style.colour), Pt(style.width * 0.9)
        if style.dash in DASHES:
            series.format.line.dash_style = DASHES[style.dash]
        series.marker.style = XL_MARKER_STYLE.CIRCLE if style is STYLES["focus"] else XL_MARKER_STYLE.NONE
        if style is STYLES["focus"]:
            series.marker.size = 8
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = _rgb(style.colour)
            series.marker.format.line.color.rgb = _rgb(style.colour)
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout, drawn.legend.font.size = (
        XL_LEGEND_POSITION.BOTTOM,
        False,
        Pt(14),
    )
    values = [v for series in drawn.plots[0].series for v in series.values if v is not None]
    ticks = scale(max(values, default=None), min(values, default=0.0))
    axis = drawn.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = ticks[0], ticks[-1], ticks[1] - ticks[0]
    axis.major_gridlines.format.line.color.rgb = _rgb("#D9D9D9")
    axis.format.line.fill.background()
    places = max(len(f"{t:g}".partition(".")[2]) for t in ticks)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = _format(summary, places), False
    drawn.category_axis.format.line.color.rgb = _rgb(MUTED)
    drawn.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    # every so many periods named, so that each name stands on one line
    skip = drawn.category_axis._element.makeelement(
        qn("c:tickLblSkip"), {"val": str(max(1, math.ceil(len(drawn.plots[0].categories) / MOST_NAMED)))}
    )
    drawn.category_axis._element.insert_element_before(skip, "c:tickMarkSkip", "c:noMultiLvlLbl", "c:extLst")


def _bars(ranked: Ranking, summary: IndicatorSummary) -> CategoryChartData:
    data = CategoryChartData(number_format=_format(summary))
    data.categories = [
        inert(b.name if b.value is not None else f"{b.name} ({b.status.short})") for b in ranked.bars
    ]
    data.add_series(summary.indicator.short_title, [b.value for b in ranked.bars])
    return data


def _style_bars(drawn, ranked: Ranking) -> None:  # type: ignore[no-untyped-def]
    plot = drawn.plots[0]
    _plain_bars(drawn)
    for k, bar in enumerate(ranked.bars):
        fill = plot.series[0].points[k].format.fill
        fill.solid()
        fill.fore_color.rgb = _rgb(BAR if bar.role == "other" else STYLES[bar.role].colour)
    drawn.has_legend = False
    drawn.category_axis.tick_labels.font.size = Pt(12 if len(ranked.bars) <= 14 else 9)


def _plain_bars(drawn) -> None:  # type: ignore[no-untyped-def]
    """Bars from nought, the first at the top, each with its value at its end and no axis to read it from."""
    plot = drawn.plots[0]
    plot.gap_width, plot.vary_by_categories = 35, False
    plot.has_data_labels = True
    plot.data_labels.position, plot.data_labels.font.size = XL_LABEL_POSITION.OUTSIDE_END, Pt(12)
    drawn.category_axis.reverse_order = True
    drawn.category_axis.format.line.fill.background()
    drawn.value_axis.visible, drawn.value_axis.has_major_gridlines, drawn.value_axis.minimum_scale = (
        False,
        False,
        0,
    )
