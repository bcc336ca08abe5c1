"""Picture: a chart with its words as an image that stands alone, SVG or PNG, drawn without a browser.

So a page, an export, a pack and a scheduled job show the same chart (docs/decisions/0015). Nothing is ever
cut off: margins grow until every word has room.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from safeguarding.charts.chart import Chart
from safeguarding.charts.drawn import XMLNS, placed
from safeguarding.charts.element import number, tag, worded
from safeguarding.charts.foot import credited, noted
from safeguarding.charts.key import drawn as keyed
from safeguarding.charts.key import key
from safeguarding.charts.label import LEADING
from safeguarding.charts.multiples import Panel, panels
from safeguarding.charts.multiples import key as key_of_panels
from safeguarding.charts.paragraphs import paragraph, wrapped
from safeguarding.charts.png import png
from safeguarding.charts.theme import FONT, INK, MUTED, PAPER
from safeguarding.charts.typeface import faces, width

INCH, POINTS, MM = 96, 72, 25.4  # CSS pixels, points and millimetres in an inch
HEADLINE, SMALL = 1.45, 0.8  # sizes of text, in sizes of what stands in the chart
FEWEST, MOST = 60, 300  # millimetres of a side of one's own
OWN = re.compile(r"(\d{2,3})x(\d{2,3})")


@dataclass(frozen=True)
class Format:
    """A size of image in pixels, how many of them make an inch, the size of its text and the least size of
    any of its words, both in points. Its height is the least one: rows may need more.
    """

    width: int
    height: int
    dpi: int
    points: float
    least: float
    name: str

    @property
    def text(self) -> float:
        """The size of its text, in CSS pixels."""
        return self.points * INCH / POINTS

    @property
    def box(self) -> tuple[float, float]:
        """Its width and height in CSS pixels."""
        return self.width * INCH / self.dpi, self.height * INCH / self.dpi


def _of_mm(wide: int, high: int, points: float, least: float, name: str, dpi: int = 300) -> Format:
    return Format(round(wide / MM * dpi), round(high / MM * dpi), dpi, points, least, name)


# the least size is 7 points in print and 11 on a slide, where 1600 pixels fill 13.33 inches
FORMATS = {
    "screen": Format(3200, 1800, 192, 20, 13.75, "Slide, 1600 by 900"),
    "slide-half": _of_mm(155, 125, 12, 11, "Half a slide, 155 by 125 mm", dpi=192),
    "third-page": _of_mm(160, 80, 9, 7, "A third of A4, 160 by 80 mm"),
    "half-page": Format(1890, 1300, 300, 9, 7, "Half a page of A4, 160 by 110 mm"),
    "full-page": Format(1890, 2835, 300, 10, 7, "A page of A4, 160 by 240 mm"),
    "square": _of_mm(150, 150, 11, 7, "Square, 150 by 150 mm"),
}


def form(size: str) -> Format | None:
    """The format of a name of FORMATS, or of millimetres such as 120x90; None for anything else."""
    own = OWN.fullmatch(size)
    if own and all(FEWEST <= int(side) <= MOST for side in own.groups()):
        return _of_mm(int(own[1]), int(own[2]), 9, 7, f"{own[1]} by {own[2]} mm")
    return FORMATS.get(size)


@dataclass(frozen=True)
class Plate:
    """The words around a chart: what was found, what is measured, what to know, where it comes from, and the
    marking. Of the notes that are `brief` a line holds as many as it has room for, the first sooner; a source
    has `shorter` ways to be named where a line is too short for it.
    """

    headline: str
    subtitle: str
    notes: tuple[str, ...]
    source: str
    marking: str = ""
    text: str = ""
    brief: tuple[str, ...] = ()
    shorter: tuple[str, ...] = ()

    def foot(self, size: float, room: float) -> list[list[str]]:
        """What stands under the chart, line by line, in text of a size."""
        notes = [*self.notes, *([noted(self.brief, size, room)] if self.brief else [])]
        source = credited((self.source, *self.shorter), size, room) if self.shorter else self.source
        return [wrapped(said, size, False, room) for said in (*notes, source) if said]


def picture(chart: Chart | Sequence[Panel], plate: Plate, size: Format, kind: str) -> bytes:
    """An image of `kind` (svg or png): the plate's words above and below the chart, or small charts.

    It is as wide as its format, and as high, or higher where the rows of the chart need it.

    The same arguments give the same bytes.
    """
    wide, high, inside = _composed(chart, plate, size)
    told = tag("title", worded(plate.headline)) + (tag("desc", worded(plate.text)) if plate.text else "")
    letters = tag("style", faces()) if kind == "svg" and faces() else ""
    # as an SVG in CSS pixels, as a PNG in those of its format
    width, height = (wide, high) if kind == "svg" else (size.width, round(high * size.dpi / INCH))
    svg = tag(
        "svg",
        told + letters + tag("rect", width=wide, height=high, fill=PAPER) + inside,
        xmlns=XMLNS,
        viewBox=f"0 0 {number(wide)} {number(high)}",
        width=width,
        height=height,
        font_family=FONT,
    )
    if kind == "svg":
        return svg.encode()
    words = {"Title": plate.headline, "Description": plate.text, "Source": plate.source}
    return png(svg, size.dpi, words)


def _composed(chart: Chart | Sequence[Panel], plate: Plate, size: Format) -> tuple[float, float, str]:
    """Width and height of the image in CSS pixels, and what is on it.

    What stands under the chart is never larger than the words in it.
    """
    (wide, high), least = size.box, size.least * INCH / POINTS
    small = max(least, SMALL * size.text)
    for _ in range(3):
        head, top = _head(chart, plate, size, small)
        margin = 1.6 * size.text
        room = wide - 2 * margin
        foot = plate.foot(small, room)
        below = sum(map(len, foot)) * LEADING * small + 0.6 * small
        given = high - top - below - margin
        made = (
            placed(chart, room, given, size.text, least)
            if isinstance(chart, Chart)
            else panels(chart, room, given, size.text, least)
        )
        if made.words >= small:
            break
        small = max(least, made.words)
    dots = max(size.height, math.ceil((top + made.height + below + margin) * size.dpi / INCH))
    high = dots * INCH / size.dpi  # whole pixels, so that nothing is stretched
    down, parts = high - margin - below + 0.6 * small, [head]
    for lines in foot:
        parts.append(paragraph(lines, margin, down, small, MUTED))
        down += len(lines) * LEADING * small
    parts.append(tag("g", made.svg, transform=f"translate({number(margin)} {number(top)})"))
    return wide, high, "".join(parts)


def _head(chart: Chart | Sequence[Panel], plate: Plate, size: Format, small: float) -> tuple[str, float]:
    """Marking, headline, subtitle and key, and where the chart begins."""
    text, margin = size.text, 1.6 * size.text
    top, room = margin, size.box[0] - 2 * margin
    parts = []
    if plate.marking:
        letters = max(size.least * INCH / POINTS, SMALL * text)
        left = size.box[0] - margin - width(plate.marking, letters)
        parts.append(paragraph([plate.marking], left, top, letters, MUTED))
        top += 1.5 * letters
    for said, letters, bold, colour in (
        (plate.headline, HEADLINE * text, True, INK),
        (plate.subtitle, text, False, MUTED),
    ):
        lines = wrapped(said, letters, bold, room)
        parts.append(paragraph(lines, margin, top, letters, colour, bold))
        top += len(lines) * LEADING * letters + 0.25 * text
    entries = key(chart) if isinstance(chart, Chart) else key_of_panels()
    if entries:
        drawn, high = keyed(entries, margin, top + 0.15 * text, small, room)
        parts.append(drawn)
        top += high + 0.3 * text
    return "".join(parts), top + 0.3 * text
