"""Native: a chart as PowerPoint's own, so that whoever presents it can still change it."""

import math

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.series import _BaseSeries as NativeSeries
from pptx.dml.color import RGBColor
from pptx.dml.fill import FillFormat
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from safeguarding import words
from safeguarding.charts.axis import limits
from safeguarding.charts.chart import Chart, Kind, Mark, Series
from safeguarding.charts.theme import GRID, MUTED, STYLES, Dash, fill, style
from safeguarding.drawing import Drawing
from safeguarding.exports.tables import inert
from safeguarding.vocabulary import Role

BOX = (Inches(4.5), Inches(1.4), Inches(8.4), Inches(5.15))
BARS = (Mark.BAR, Mark.PART)
MOST_NAMED = 5  # periods on an axis, so that each name stands on one line
KEPT = 4  # decimals of what "Edit data" shows
MOST_LARGE = 14  # bars whose names are printed large
SPOTS = {
    Role.FOCUS: XL_MARKER_STYLE.SQUARE,
    Role.NEIGHBOURS: XL_MARKER_STYLE.DIAMOND,
    Role.OTHER: XL_MARKER_STYLE.CIRCLE,
}


def native(slide: Slide, drawing: Drawing) -> None:
    """Put a drawing on a slide, with its text alternative.

    Raises ValueError for a spine, which no pack holds.
    """
    chart = drawing.chart
    match chart.kind:
        case Kind.TREND | Kind.CONTROL | Kind.DIFFERENCE:
            _lines(_added(slide, XL_CHART_TYPE.LINE_MARKERS, _categories(chart), drawing), chart)
        case Kind.FUNNEL:
            _spots(_added(slide, XL_CHART_TYPE.XY_SCATTER, _points(chart), drawing), chart)
        case _ if chart.mark in BARS:
            _bars(_added(slide, XL_CHART_TYPE.BAR_CLUSTERED, _categories(chart), drawing), chart)
        case _:
            raise ValueError("a spine has no counterpart in PowerPoint")


def rgb(colour: str) -> RGBColor:
    """A colour of the theme as Office takes it."""
    return RGBColor.from_string(colour.lstrip("#"))


def _added(
    slide: Slide, kind: XL_CHART_TYPE, data: CategoryChartData | XyChartData, drawing: Drawing
) -> NativeChart:
    frame = slide.shapes.add_chart(kind, *BOX, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", drawing.short_text)
    frame.name = f"Chart: {drawing.title}"
    drawn = frame.chart
    drawn.font.size, drawn.font.name = Pt(14), "Arial"
    drawn.has_title = False
    return drawn


def _format(chart: Chart, places: int) -> str:
    percent = f'"{chart.suffix}"' if chart.suffix else ""
    return f"#,##0{'.' + '0' * places if places else ''}{percent}"


def _categories(chart: Chart) -> CategoryChartData:
    """The series over the categories, what is in front first; a bar without a value has the word for it in
    its name.
    """
    data = CategoryChartData(number_format=_format(chart, chart.decimals))
    names = list(chart.categories)
    if chart.mark in BARS:
        bars = chart.whole[0].data
        absent = [f" ({b.note or b.printed})" if b.value is None else "" for b in bars]
        names = [inert(name + why) for name, why in zip(names, absent, strict=True)]
    data.categories = names
    for series in chart.whole:
        shown = [None if v is None else round(v, KEPT) for v in series.values]
        data.add_series(inert(words.capital(series.name)), shown)
    return data


def _points(chart: Chart) -> XyChartData:
    data = XyChartData(number_format=_format(chart, max(1, chart.decimals)))
    for series in chart.series:
        added = data.add_series(inert(series.name))
        for d in series.data:
            added.add_data_point(d.base, d.value)
    return data


def _lines(drawn: NativeChart, chart: Chart) -> None:
    for added, series in zip(drawn.plots[0].series, chart.whole, strict=True):
        added.smooth = False
        _pen(added, series)
        if series.mark in (Mark.POINTED, Mark.SIGNALLED):
            _marker(
                added, XL_MARKER_STYLE.CIRCLE, 8 if series.role is Role.FOCUS else 5, style(series).colour
            )
        else:
            added.marker.style = XL_MARKER_STYLE.NONE
    _legend(drawn)
    drawn.legend.font.size = Pt(14)
    _value_axis(drawn, chart, chart.ticks[-1])
    periods = drawn.category_axis
    periods.format.line.color.rgb = rgb(MUTED)
    periods.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    # every so many periods named
    step = str(max(1, math.ceil(len(chart.categories) / MOST_NAMED)))
    skip = periods._element.makeelement(qn("c:tickLblSkip"), {"val": step})
    periods._element.insert_element_before(skip, "c:tickMarkSkip", "c:noMultiLvlLbl", "c:extLst")


def _bars(drawn: NativeChart, chart: Chart) -> None:
    """Bars from nought, the first at the top, each with its value at its end and no axis to read it from."""
    plot = drawn.plots[0]
    plot.gap_width, plot.vary_by_categories = 35, False
    plot.has_data_labels = True
    plot.data_labels.position, plot.data_labels.font.size = XL_LABEL_POSITION.OUTSIDE_END, Pt(12)
    drawn.category_axis.reverse_order = True
    drawn.category_axis.format.line.fill.background()
    axis = drawn.value_axis
    axis.visible, axis.has_major_gridlines, axis.minimum_scale = False, False, 0
    for added, series in zip(plot.series, chart.whole, strict=True):
        _solid(added.format.fill, fill(series.role))
        for k, bar in enumerate(series.data if chart.mark is Mark.BAR else ()):
            _solid(added.points[k].format.fill, fill(bar.role))
    if len(chart.whole) > 1:
        _legend(drawn)
    else:
        drawn.has_legend = False
    if chart.mark is Mark.BAR:
        large = len(chart.categories) <= MOST_LARGE
        drawn.category_axis.tick_labels.font.size = Pt(12 if large else 9)


def _spots(drawn: NativeChart, chart: Chart) -> None:
    """Spots by size, with the limits as lines that are named at their ends, and the area in focus by name."""
    for added, series in zip(drawn.plots[0].series, chart.series, strict=True):
        if series.mark is not Mark.SPOT:
            _pen(added, series)
            added.marker.style = XL_MARKER_STYLE.NONE
            if series.mark is not Mark.LIMIT:
                _label(added, len(series.data) - 1, series.name, XL_LABEL_POSITION.RIGHT)
            continue
        added.format.line.fill.background()
        size = 10 if series.role is Role.FOCUS else 7
        _marker(added, SPOTS[series.role], size, fill(series.role))
        for k, spot in enumerate(series.data if series.role is Role.FOCUS else ()):
            _label(added, k, spot.printed, XL_LABEL_POSITION.ABOVE)
    drawn.has_legend = False
    _value_axis(drawn, chart, limits(chart.ticks)[1])
    sizes = drawn.category_axis
    sizes.has_major_gridlines, sizes.minimum_scale = False, 0
    sizes.tick_labels.number_format, sizes.tick_labels.number_format_is_linked = "#,##0", False
    sizes.axis_title.text_frame.text = chart.across[0]
    sizes.axis_title.text_frame.paragraphs[0].font.size = Pt(12)


def _value_axis(drawn: NativeChart, chart: Chart, top: float) -> None:
    axis, ticks = drawn.value_axis, chart.ticks
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = ticks[0], top, ticks[1] - ticks[0]
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = rgb(GRID)
    axis.format.line.fill.background()
    axis.tick_labels.number_format = _format(chart, chart.places)
    axis.tick_labels.number_format_is_linked = False


def _pen(added: NativeSeries, series: Series) -> None:
    look, line = style(series), added.format.line
    line.color.rgb, line.width = rgb(look.colour), Pt(look.width * 0.9)
    if look.dash is not Dash.SOLID and series.mark is not Mark.BENCHMARK:
        line.dash_style = MSO_LINE[look.dash.office.upper()]


def _marker(added: NativeSeries, shape: XL_MARKER_STYLE, size: int, colour: str) -> None:
    added.marker.style, added.marker.size = shape, size
    _solid(added.marker.format.fill, colour)
    added.marker.format.line.color.rgb = rgb(colour)


def _solid(filled: FillFormat, colour: str) -> None:
    filled.solid()
    filled.fore_color.rgb = rgb(colour)


def _label(added: NativeSeries, place: int, text: str, position: XL_LABEL_POSITION) -> None:
    label = added.points[place].data_label
    label.text_frame.text, label.position = text, position
    font = label.text_frame.paragraphs[0].runs[0].font
    font.size, font.color.rgb = (
        Pt(12),
        rgb(STYLES[Role.FOCUS].colour if position is XL_LABEL_POSITION.ABOVE else MUTED),
    )


def _legend(drawn: NativeChart) -> None:
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
