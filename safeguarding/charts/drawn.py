"""Drawn: a chart as SVG, made by the server for page, print, slide and file, without a browser.

`fluid` is for a page and for print: as wide as what holds it. `fixed` has a size of its own.
"""

from typing import NamedTuple

from safeguarding.charts.chart import Chart
from safeguarding.charts.element import number, tag
from safeguarding.charts.label import SIZE
from safeguarding.charts.layout import LOOKS, layout
from safeguarding.charts.paper import Fixed, Fluid
from safeguarding.charts.scene import scene
from safeguarding.charts.theme import FONT, INK
from safeguarding.charts.ticks import TEXT

FLAT = 0.62  # of the height of its kind: no chart is flatter
LEAST, NARROWEST = 150, 60  # pixels of a plot beside its words: before they are made smaller, and at all
XMLNS = "http://www.w3.org/2000/svg"


def fluid(chart: Chart, subject: str, height: int = 0, valued: bool = False) -> str:
    """The chart as an `svg` element that is as wide as what holds it, and `height` pixels high.

    0 is the height of its kind; a chart of rows is as high as its rows need, or `height` where that is more.
    `valued` prints each line's latest value beside its name. It stands where the live chart of plotly.py
    would, point by point. It is decoration for a reader that listens: whatever holds it names it.

    The margins are padding: what is within is placed in shares of the plot.
    """
    plan = layout(chart, height, valued)
    margins = f"{plan.top}px {plan.right}px {plan.bottom}px {plan.left}px"
    return tag(
        "svg",
        scene(chart, plan, Fluid(plan)),
        xmlns=XMLNS,
        class_="drawn",
        data_chart=f"{subject}:{chart.kind}",
        width="100%",
        height=plan.height,
        style=f"padding:{margins};box-sizing:border-box",
        overflow="visible",
        font_size=TEXT,
        fill=INK,
        stroke_linejoin="round",
        aria_hidden="true",
        focusable="false",
    )


def fixed(chart: Chart, subject: str, width: float, height: float, text: float) -> str:
    """The chart in a box of `width` by `height` with text of `text`, as a part of a page that scales it.

    An SVG element without a size of its own; each line's latest value stands beside its name.
    """
    return tag(
        "svg",
        placed(chart, width, height, text).svg,
        xmlns=XMLNS,
        data_chart=f"{subject}:{chart.kind}",
        viewBox=f"0 0 {number(width)} {number(height)}",
        aria_hidden="true",
        focusable="false",
    )


class Placed(NamedTuple):
    """A chart as SVG with its left top corner at the origin, how high it is, and the size of its smallest
    words.
    """

    svg: str
    height: float
    words: float


def placed(
    chart: Chart, width: float, height: float, text: float, least: float = 0.0, slim: bool = False
) -> Placed:
    """The chart in a box of a size, with text of a size, and no word smaller than `least`.

    Rows of a chart are tight where that is needed; where its words leave no room for it, all of it is drawn
    smaller, down to `least`: then it is as high as it has to be. `slim` leaves no more margin
    than words need.
    """
    scale = text / TEXT
    plan = layout(chart, int(height / scale), valued=True, tight=True, slim=slim)
    floor = least / SIZE
    scale = max(floor, min(scale, width / (plan.left + plan.right + LEAST)))
    height = max(
        height, FLAT * LOOKS[chart.kind].height * scale if not LOOKS[chart.kind].each and not slim else 0
    )
    plan = layout(chart, int(height / scale), valued=True, tight=True, slim=slim)
    scale = max(floor, min(scale, height / plan.height))
    if width / scale - plan.left - plan.right < NARROWEST:  # nothing is cut off, whatever its words
        scale = width / (plan.left + plan.right + NARROWEST)
    wide = width / scale - plan.left - plan.right
    plan = layout(chart, int(height / scale), valued=True, tight=True, wide=max(wide, NARROWEST), slim=slim)
    wide = max(width / scale - plan.left - plan.right, NARROWEST)
    inside = tag("g", scene(chart, plan, Fixed(plan, wide)), transform=f"translate({plan.left} {plan.top})")
    look = {"font_family": FONT, "font_size": TEXT, "fill": INK, "stroke_linejoin": "round"}
    svg = tag("g", inside, transform=f"scale({number(scale, 4)})", **look)
    return Placed(svg, plan.height * scale, SIZE * scale)
