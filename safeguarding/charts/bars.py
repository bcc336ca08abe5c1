"""Bars: the rows of a chart of bars, on either kind of paper."""

from collections.abc import Iterator

from safeguarding.charts import looks, theme
from safeguarding.charts.chart import Chart, Datum, Mark, Series
from safeguarding.charts.element import tag
from safeguarding.charts.layout import BESIDE, Layout
from safeguarding.charts.paper import RISE, Paper
from safeguarding.charts.theme import INK, MUTED

# shares of a row: between rows, and between the bars of one row
GAPS = {Mark.BAR: (0.25, 0.0), Mark.PART: (0.22, 0.05)}


def bars(chart: Chart, plan: Layout, paper: Paper) -> Iterator[str]:
    """Bars from nought, those of several series side by side in a row, each with its words at its end."""
    rows, many = len(chart.categories), len(chart.series)
    high = plan.pixels / rows
    for place, series in enumerate(chart.series):
        between, beside = GAPS[series.mark]
        step = high * (1 - between) / many
        thick = step * (1 - beside)
        drawn, words = [], []
        for k, datum in enumerate(series.data, series.start):
            # Plotly stacks the bars of a row from its foot upwards
            middle = (k + 0.5) * high - (place - (many - 1) / 2) * step
            drawn.append(_bar(chart, series, datum, k, (middle, thick), paper))
            words.append(_end_of_bar(chart, series, datum, middle, paper))
        part = series.mark is Mark.PART
        yield tag(
            "g", "".join(drawn), data_series=series.name if part else None, fill=theme.fill(series.role)
        )
        yield tag("g", "".join(words), font_size=14)


def _bar(
    chart: Chart,
    series: Series,
    datum: Datum,
    k: int,
    across: tuple[float, float],
    paper: Paper,
) -> str:
    """A bar; of a hidden part an open bracket of no length, of any other hidden value none."""
    middle, thick = across
    top = middle - thick / 2
    if series.mark is Mark.BAR:
        if datum.value is None:
            return ""
        start, end = sorted((0.0, datum.value))
        fill = theme.fill(datum.role)
        own = None if fill == theme.fill(series.role) else fill
        bar = paper.bar(start, end, top, thick, fill=own, data_series=chart.categories[k])
        return bar + _whisker(datum, middle, thick, paper)
    reached = looks.reach(chart, datum)
    if datum.value is not None:
        return paper.bar(0, reached, top, thick)
    foot = top + thick
    ways = [paper.bar(0, reached, top, thick, fill="none", stroke="none"), paper.rule((0, top), (0, foot))]
    ways += [paper.rule((0, y), (reached, y)) for y in (top, foot)]
    return tag("g", "".join(ways), stroke=MUTED, stroke_width=1.5, data_mark="hidden")


def _whisker(datum: Datum, middle: float, thick: float, paper: Paper) -> str:
    """The interval of a bar, a line with its two ends; nothing where it has none."""
    if datum.upper is None:
        return ""
    ends, half = (datum.lower, datum.upper), thick / 4
    lines = [paper.rule((ends[0], middle), (ends[1], middle))]
    lines += [paper.rule((end, middle - half), (end, middle + half)) for end in ends]
    return tag("g", "".join(lines), stroke=INK, stroke_width=1.5, data_mark="interval")


def _end_of_bar(chart: Chart, series: Series, datum: Datum, middle: float, paper: Paper) -> str:
    mark = series.mark
    value = looks.reach(chart, datum) if mark is Mark.PART else datum.value or 0.0
    value = max(value, datum.upper or 0.0) if mark is Mark.BAR else value
    ink = looks.ink(mark, datum)
    return paper.text(
        value,
        middle + RISE * 14,
        datum.printed,
        "start" if value >= 0 else "end",
        BESIDE if value >= 0 else -BESIDE,
        fill=None if ink == INK else ink,
        font_weight=700 if looks.stands_out(mark, datum) else None,
    )
