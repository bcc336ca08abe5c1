"""Plain: a chart as a picture with the key of its marks and no other words around it, for a document that has
its own.

Never smaller than it can be read: where its rows need more height than it is given, it becomes higher.
"""

from dataclasses import replace

from safeguarding.charts.chart import Chart
from safeguarding.charts.drawn import XMLNS, placed
from safeguarding.charts.element import number, tag
from safeguarding.charts.key import drawn as keyed
from safeguarding.charts.key import key
from safeguarding.charts.layout import layout
from safeguarding.charts.picture import INCH, POINTS
from safeguarding.charts.png import png
from safeguarding.charts.theme import FONT, PAPER
from safeguarding.charts.ticks import TEXT


def needed(chart: Chart, points: float) -> float:
    """How many inches high a chart of rows is at a size of text; nought for one that takes what it gets."""
    plan = layout(chart, 0, valued=True, tight=True)
    rows = not chart.ticks
    return plan.height / INCH * points * INCH / POINTS / TEXT if rows else 0.0


def bare(chart: Chart) -> Chart:
    """The chart without what needs a key beside it: numbered events, the interval, the range of next year."""
    return replace(chart, events=(), interval=None, expected=None)


def plain(chart: Chart, wide: float, high: float, points: float, dpi: int) -> tuple[bytes, float]:
    """The chart as a PNG `wide` inches wide and at least `high` inches high, and how high it is.

    Its text has `points`; a chart whose words leave it no room in that width is drawn smaller.
    """
    text, width = points * INCH / POINTS, wide * INCH
    over, taken = keyed(key(chart), 0, 0, text, width)
    made = placed(chart, width, max(high * INCH - taken, needed(chart, points) * INCH), text)
    height = max(high * INCH, made.height + taken)
    high = height / INCH
    inside = over + tag("g", made.svg, transform=f"translate(0 {number(taken)})")
    svg = tag(
        "svg",
        tag("rect", width=width, height=height, fill=PAPER) + inside,
        xmlns=XMLNS,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=round(wide * dpi),
        height=round(high * dpi),
        font_family=FONT,
    )
    return png(svg, dpi, {}), high
