"""Picture: a chart with its words as an image that stands alone, SVG or PNG, drawn without a browser.

So a page, an export, a pack and a scheduled job show the same chart (docs/decisions/0010). Nothing is ever
cut off: margins grow until every word has room.
"""

import io
import re
import threading
from dataclasses import dataclass

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from safeguarding.charts import typeface
from safeguarding.charts.chart import Chart
from safeguarding.charts.lettering import LEADING, POINTS, paragraph, wrapped
from safeguarding.charts.plot import INCH, plot
from safeguarding.charts.theme import INK, MUTED, PAPER

matplotlib.rcParams.update(
    {
        "svg.fonttype": "none",  # text stays text: it can be searched, read aloud and edited
        "svg.hashsalt": "safeguarding",  # the same chart gives the same bytes
        "text.parse_math": False,
        "hatch.linewidth": 1.5,
    }
)
ONE_AT_A_TIME = threading.Lock()  # Matplotlib is not made for several threads
HEADLINE, SMALL = 1.45, 0.8  # sizes of text, in sizes of what stands in the chart
EDGE = 0.02  # inches around a chart without words
UNSAID = {"Date": None, "Creator": None, "Format": None, "Type": None}


@dataclass(frozen=True)
class Format:
    """A size of image in pixels, how many of them make an inch, and the size of its text in points."""

    width: int
    height: int
    dpi: int
    points: float

    def inches(self, sizes: float) -> float:
        """So many sizes of its text, in inches."""
        return sizes * self.points / POINTS


FORMATS = {
    "screen": Format(3200, 1800, 192, 20),  # 1600 by 900 at 2x
    "half-page": Format(1890, 1300, 300, 9),  # 160 by 110 mm, the width of the text on A4
    "full-page": Format(1890, 2835, 300, 10),  # 160 by 240 mm
}


@dataclass(frozen=True)
class Plate:
    """The words around a chart: what was found, what is measured, what to know, where it comes from, and the
    marking.
    """

    headline: str
    subtitle: str
    notes: tuple[str, ...]
    source: str
    marking: str = ""
    text: str = ""


def picture(chart: Chart, plate: Plate, size: Format, kind: str) -> bytes:
    """An image of `kind` (svg or png): the plate's words above and below the chart.

    The same arguments give the same bytes.
    """
    with ONE_AT_A_TIME:
        page = Figure(figsize=(size.width / size.dpi, size.height / size.dpi), dpi=size.dpi, facecolor=PAPER)
        canvas = FigureCanvasAgg(page)
        plot(page, chart, _lettered(page, plate, size), size.inches(1) * INCH)
        if kind == "png":
            return _png(canvas, plate)
        told = {"Title": plate.headline, "Description": plate.text}
        svg = _svg(page, {**{k: v for k, v in told.items() if v}, "Date": None, "Creator": None})
        return typeface.carried(svg)


def inline(chart: Chart, width: int, height: int, text: int) -> str:
    """The chart alone in `width` by `height` CSS pixels with text of `text` pixels, as a part of a page.

    An SVG element without a size of its own, without style for the rest of the page, and with no name in it
    but those that it refers to itself.
    """
    with ONE_AT_A_TIME:
        page = Figure(figsize=(width / INCH, height / INCH), dpi=INCH, facecolor="none")
        plot(page, chart, (EDGE, EDGE, width / INCH - 2 * EDGE, height / INCH - 2 * EDGE), text)
        svg = _svg(page, UNSAID).decode()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.S)
    used = set(re.findall(r"#([\w.-]+)", svg))
    svg = re.sub(r' id="([^"]*)"', lambda named: named[0] if named[1] in used else "", svg)
    svg = re.sub(r' width="\S+pt" height="\S+pt"', ' aria-hidden="true" focusable="false"', svg, count=1)
    return re.sub(r"\n\s*", " ", svg)


def _lettered(page: Figure, plate: Plate, size: Format) -> tuple[float, float, float, float]:
    """Write the plate's words; answer the room between them, as left, bottom, width and height in inches."""
    margin, small = size.inches(1.6), SMALL * size.points
    width, height = page.get_size_inches()
    across, top = width - 2 * margin, height - margin
    if plate.marking:
        right = 1 - margin / width
        page.text(right, top / height, plate.marking, ha="right", va="top", size=small, color=MUTED)
        top -= size.inches(1.5 * SMALL)
    for text, points, weight, colour in (
        (plate.headline, HEADLINE * size.points, "bold", INK),
        (plate.subtitle, size.points, "normal", MUTED),
    ):
        top = paragraph(page, text, margin, top, points, weight, colour, across) - size.inches(0.25)
    bottom = margin
    for text in (plate.source, *reversed(plate.notes)):
        lines = wrapped(page, text, small, "normal", across)
        bottom += size.inches(len(lines) * LEADING * SMALL)
        paragraph(page, text, margin, bottom, small, "normal", MUTED, across)
    bottom += size.inches(SMALL)
    return margin, bottom, across, top - bottom - size.inches(0.3)


def _svg(page: Figure, told: dict) -> bytes:
    out = io.BytesIO()
    page.savefig(out, format="svg", metadata=told)
    return typeface.anywhere(out.getvalue())


def _png(canvas: FigureCanvasAgg, plate: Plate) -> bytes:
    out = io.BytesIO()
    told = {"Title": plate.headline, "Description": plate.text, "Source": plate.source, "Software": None}
    canvas.print_png(out, metadata=told)
    return out.getvalue()
