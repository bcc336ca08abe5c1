"""Native: a chart as PowerPoint's own, in the colours and letters of the theme: whoever presents it can still
change it.
"""

import math
from dataclasses import replace
from typing import Any

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.chart.series import _BaseSeries as NativeSeries
from pptx.dml.fill import FillFormat
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from safeguarding import words
from safeguarding.charts.axis import spread
from safeguarding.charts.chart import Chart, Kind, Mark, Series
from safeguarding.charts.theme import Dash, style
from safeguarding.charts.typeface import width
from safeguarding.drawing import Drawing
from safeguarding.exports.house import ACCENTS
from safeguarding.exports.tables import inert
from safeguarding.slide import lined
from safeguarding.vocabulary import Role

OVER_TIME = (Kind.TREND, Kind.CONTROL, Kind.DIFFERENCE)
BARS = (Mark.BAR, Mark.PART)
AGAINST = (Mark.MEAN, Mark.LIMIT, Mark.OUTER)
MOST_NAMED = 5  # periods on an axis, so that each name stands on one line
KEPT = 4  # decimals of what "Edit data" shows
LETTERS = 12  # points of what is printed in a chart: never less than 11 on a slide
TOP, FOOT, LEFT = 0.03, 0.12, 0.085  # the room around a plot, in shares of its chart
GAP = 1.25  # sizes of text between two labels
ROLES = {role: MSO_THEME_COLOR.ACCENT_1 + n for n, role in enumerate(ACCENTS)}
# a colour of the theme, and how far from it to white
GREY, GRID = (MSO_THEME_COLOR.TEXT_1, 0.35), (MSO_THEME_COLOR.BACKGROUND_1, -0.15)
OTHERS = (MSO_THEME_COLOR.TEXT_1, 0.5)  # bars that the chart is not about


def is_native(chart: Chart) -> bool:
    """Can PowerPoint draw it itself? Not a funnel, and not a spine."""
    return chart.kind in OVER_TIME or chart.mark in BARS


def for_slide(chart: Chart) -> Chart:
    """The chart with as many lines as can be read from afar: the area in focus and some to compare with."""
    if chart.kind is not Kind.TREND:
        return chart
    names = [s.name for s in chart.whole]
    added = [s.name for s in chart.whole if s.role is Role.OTHER]
    kept = {*names[:1], *lined(names[1:], added)}
    return replace(chart, series=tuple(s for s in chart.series if s.name in kept))


def native(holder: Any, drawing: Drawing, chart: Chart) -> Any:
    """Put a chart into the placeholder `holder`, with the text alternative of its drawing; answers its frame.

    Raises ValueError for one that PowerPoint cannot draw.
    """
    if not is_native(chart):
        raise ValueError(f"a {chart.kind} has no counterpart in PowerPoint")
    bars = chart.mark in BARS
    kind = XL_CHART_TYPE.BAR_CLUSTERED if bars else XL_CHART_TYPE.LINE_MARKERS
    frame = holder.insert_chart(kind, _categories(chart))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", drawing.short_text)
    frame.name = f"Chart: {drawing.title}"
    drawn = frame.chart
    drawn.font.size = Pt(LETTERS)
    drawn.has_title = drawn.has_legend = False
    if bars:
        _bars(drawn, chart)
    else:
        _lines(drawn, chart, frame.width.pt, frame.height.pt)
    return frame


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


# --- lines ---


def _lines(drawn: NativeChart, chart: Chart, wide: float, high: float) -> None:
    """Lines over time, each with its name and its latest value at its end. The frame is `wide` by `high`
    points.
    """
    whole = list(zip(drawn.plots[0].series, chart.whole, strict=True))
    for added, series in whole:
        added.smooth = False
        _pen(added, series)
        if series.mark in (Mark.POINTED, Mark.SIGNALLED):
            _marker(added, 8 if series.role is Role.FOCUS else 5, series)
        else:
            added.marker.style = XL_MARKER_STYLE.NONE
    _value_axis(drawn, chart)
    periods = drawn.category_axis
    _coloured(periods.format.line.color, GREY)
    periods.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    periods.tick_labels.font.size = Pt(LETTERS)
    # every so many periods named
    step = str(max(1, math.ceil(len(chart.categories) / MOST_NAMED)))
    skip = periods._element.makeelement(qn("c:tickLblSkip"), {"val": step})
    periods._element.insert_element_before(skip, "c:tickMarkSkip", "c:noMultiLvlLbl", "c:extLst")
    longest = max(width(_label(series, chart), LETTERS, bold=True) for _, series in whole)
    room = min(0.4, (longest + 14) / wide)
    _plot(drawn, LEFT, TOP, 1 - LEFT - room, 1 - TOP - FOOT)
    _ends(whole, chart, high)


def _label(series: Series, chart: Chart) -> str:
    """What stands at the end of a line, as wide as it will be."""
    known = [v for v in series.values if v is not None]
    return f"{words.capital(series.name)} {known[-1] if known else 0:,.{series.decimals}f}{chart.suffix}"


def _ends(whole: list[tuple[NativeSeries, Series]], chart: Chart, high: float) -> None:
    """Each line's name and value at its last point, moved apart until none stands on another. The value is
    left out where it is not the latest: it would pass for it.
    """
    low, top = chart.ticks[0], chart.ticks[-1]
    plot, last = 1 - TOP - FOOT, len(chart.categories) - 1
    found = [
        (added, series, max(k for k, v in enumerate(series.values) if v is not None))
        for added, series in whole
        if any(v is not None for v in series.values)
    ]
    # from the foot of the plot upwards, in shares of the chart's height
    at = [plot * ((series.values[k] or 0.0) - low) / (top - low) for _, series, k in found]
    moved = spread(at, GAP * LETTERS / high, 0.0, plot)
    for (added, series, k), was, to in zip(found, at, moved, strict=True):
        _end(added, series, chart, k, was - to, valued=k == last)


def _end(added: NativeSeries, series: Series, chart: Chart, k: int, down: float, valued: bool) -> None:
    """The label of one point, `down` in shares of the chart's height; its words follow the data when they are
    edited.
    """
    ends = added._element.get_or_add_dLbls()
    for child in list(ends):
        ends.remove(child)
    colour = "tx1" if series.mark in AGAINST else f"accent{ACCENTS.index(series.role) + 1}"
    places = max(chart.decimals, series.decimals) if chart.kind is Kind.TREND else max(1, chart.decimals)
    shown = _format(chart, places).replace('"', "&quot;")
    flags = (
        f'<c:showLegendKey val="0"/><c:showVal val="{int(valued)}"/><c:showCatName val="0"/>'
        '<c:showSerName val="1"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    none = flags.replace('val="1"', 'val="0"')
    ends.append(
        parse_xml(
            f'<c:dLbl {nsdecls("c", "a")}><c:idx val="{k}"/><c:layout><c:manualLayout><c:x val="0"/>'
            f'<c:y val="{down:.4f}"/></c:manualLayout></c:layout><c:numFmt formatCode="{shown}" '
            'sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:txPr>'
            '<a:bodyPr wrap="none" lIns="38100" tIns="0" rIns="0" bIns="0"/><a:lstStyle/><a:p><a:pPr>'
            f'<a:defRPr sz="{LETTERS * 100}" b="{int(series.role is Role.FOCUS)}"><a:solidFill>'
            f'<a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/>'
            f'</a:p></c:txPr><c:dLblPos val="r"/>{flags}<c:separator> </c:separator></c:dLbl>'
        )
    )
    ends.extend(parse_xml(f"<c:dLbls {nsdecls('c')}>{none}</c:dLbls>"))


def _plot(drawn: NativeChart, x: float, y: float, wide: float, high: float) -> None:
    """Say where the plot stands, so that there is room for what is printed beside it."""
    area = drawn._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    places = "".join(
        f'<c:{name} val="{value:.4f}"/>' for name, value in zip("xywh", (x, y, wide, high), strict=True)
    )
    said = (
        '<c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{places}</c:manualLayout>"
    )
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}>{said}</c:layout>"))


def _value_axis(drawn: NativeChart, chart: Chart) -> None:
    axis, ticks = drawn.value_axis, chart.ticks
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = ticks[0], ticks[-1], ticks[1] - ticks[0]
    axis.has_major_gridlines = True
    _coloured(axis.major_gridlines.format.line.color, GRID)
    axis.format.line.fill.background()
    axis.tick_labels.number_format = _format(chart, chart.places)
    axis.tick_labels.number_format_is_linked = False
    axis.tick_labels.font.size = Pt(LETTERS)


def _pen(added: NativeSeries, series: Series) -> None:
    look, line = style(series), added.format.line
    _coloured(line.color, GREY if series.mark in (Mark.LIMIT, Mark.OUTER) else (ROLES[series.role], 0))
    line.width = Pt(look.width * 0.9)
    if look.dash is not Dash.SOLID and series.mark is not Mark.BENCHMARK:
        line.dash_style = MSO_LINE[look.dash.office.upper()]


def _marker(added: NativeSeries, size: int, series: Series) -> None:
    added.marker.style, added.marker.size = XL_MARKER_STYLE.CIRCLE, size
    _solid(added.marker.format.fill, (ROLES[series.role], 0))
    _coloured(added.marker.format.line.color, (ROLES[series.role], 0))


# --- bars ---


def _bars(drawn: NativeChart, chart: Chart) -> None:
    """Bars from nought, the first at the top, each with its value at its end and no axis to read it from."""
    plot = drawn.plots[0]
    plot.gap_width, plot.vary_by_categories = 35, False
    plot.has_data_labels = True
    plot.data_labels.position, plot.data_labels.font.size = XL_LABEL_POSITION.OUTSIDE_END, Pt(LETTERS)
    drawn.category_axis.reverse_order = True
    drawn.category_axis.format.line.fill.background()
    drawn.category_axis.tick_labels.font.size = Pt(LETTERS)
    axis = drawn.value_axis
    axis.visible, axis.has_major_gridlines, axis.minimum_scale = False, False, 0
    for added, series in zip(plot.series, chart.whole, strict=True):
        _solid(added.format.fill, _fill(series.role))
        for k, bar in enumerate(series.data if chart.mark is Mark.BAR else ()):
            _solid(added.points[k].format.fill, _fill(bar.role))
    if len(chart.whole) > 1:
        drawn.has_legend = True
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        drawn.legend.font.size = Pt(LETTERS)


# --- colours of the theme ---


def _fill(role: Role) -> tuple[Any, float]:
    return OTHERS if role is Role.OTHER else (ROLES[role], 0)


def _solid(filled: FillFormat, colour: tuple[Any, float]) -> None:
    filled.solid()
    _coloured(filled.fore_color, colour)


def _coloured(colour: Any, themed: tuple[Any, float]) -> None:
    colour.theme_color = MSO_THEME_COLOR(themed[0])
    if themed[1]:
        colour.brightness = themed[1]
