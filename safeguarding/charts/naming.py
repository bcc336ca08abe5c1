"""Naming: which spots of a funnel are named, and where each name has room.

A name stands on no other name, on no spot and, unless it is sure to be there, on no curve, whatever the width
of the plot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from safeguarding.charts.axis import limits
from safeguarding.charts.chart import Chart, Datum, Mark
from safeguarding.charts.label import CLEAR, NARROW, SIZE, Anchor, Label
from safeguarding.charts.theme import INK, MUTED, STYLES
from safeguarding.vocabulary import Role

POINTER = 34  # pixels from a spot to the middle of a name that a line leads to
WIDTHS = (NARROW, 320.0, 640.0, 1000.0)  # of a plot whose width is not known: a phone, up to a screen
SPOT, LINE = 7.0, 0.6  # half a spot in pixels; half a line of text, in its size
# where a name may stand, sooner first: its anchor, pixels to the right, pixels upwards
BESIDE: tuple[tuple[Anchor, float, float], ...] = (
    ("start", 12, 0),
    ("end", -12, 0),
    ("middle", 0, 17),
    ("middle", 0, -17),
    ("start", -4, 17),
    ("start", -4, -17),
    ("end", 4, 17),
    ("end", 4, -17),
)
ANCHORS: tuple[Anchor, ...] = ("middle", "start", "end")
STEP = 18  # pixels to the next height at which one may stand
LED = tuple(
    (anchor, 0.0, sign * (POINTER + STEP * k)) for k in range(12) for sign in (1, -1) for anchor in ANCHORS
)

Box = tuple[float, float, float, float]  # left, foot, right, top


@dataclass(frozen=True)
class _Plot:
    """A plot of a funnel in pixels, `wide` by `high`: its spots and its curves."""

    chart: Chart
    wide: float
    high: float

    def at(self, base: float, value: float) -> tuple[float, float]:
        """The pixels of a place, from the left and from the foot."""
        low, high = self.ends
        return base * self.pitch, self.high * (value - low) / (high - low)

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The ends of the axis of values."""
        return limits(self.chart.ticks)

    @cached_property
    def pitch(self) -> float:
        """The pixels of one on the axis of bases."""
        return self.wide / max(d.base for s in self.chart.series for d in s.data)

    @cached_property
    def spots(self) -> tuple[Box, ...]:
        """The pixels that the spots take."""
        places = [
            self.at(d.base, d.value)
            for s in self.chart.series
            if s.mark is Mark.SPOT
            for d in s.data
            if d.value is not None
        ]
        return tuple((x - SPOT, y - SPOT, x + SPOT, y + SPOT) for x, y in places)

    @cached_property
    def curves(self) -> tuple[tuple[tuple[float, float], tuple[float, float]], ...]:
        """The straight pieces of the curves, each from left to right."""
        return tuple(
            piece
            for s in self.chart.series
            if s.mark is not Mark.SPOT
            for piece in pairwise([self.at(d.base, d.value) for d in s.data if d.value is not None])
        )

    def box(self, label: Label) -> Box:
        """The pixels that a name takes."""
        left, half = label.begins(self.pitch), LINE * label.size
        middle = self.at(label.x, label.y or 0.0)[1] + label.up
        return left, middle - half, left + label.width, middle + half

    def stem(self, label: Label) -> Box | None:
        """The pixels of the line that leads to a name; None where none does."""
        if not label.pointer:
            return None
        x, y = self.at(label.x, label.y or 0.0)
        return x - 1, min(y, y + label.up), x + 1, max(y, y + label.up)

    def crossed(self, box: Box) -> bool:
        """Does a curve run through a box?"""
        left, foot, right, top = box
        for (x1, y1), (x2, y2) in self.curves:
            if x2 < left or x1 > right:
                continue
            reached = [y1 + (y2 - y1) * (min(max(x, x1), x2) - x1) / (x2 - x1) for x in (left, right)]
            if min(reached) <= top and max(reached) >= foot:
                return True
        return False

    def holds(self, box: Box) -> bool:
        """Does a box lie within the plot?"""
        return box[0] >= 0 and box[1] >= 0 and box[2] <= self.wide and box[3] <= self.high


def names(chart: Chart, pixels: float, wide: float = 0.0) -> list[Label]:
    """The names of spots in a plot that is `pixels` high, and `wide` where that is known: of the area in
    focus and of those that are sure, always; of the others the chart names, where there is room.
    """
    plots = [_Plot(chart, width, pixels) for width in ([wide] if wide else WIDTHS)]
    spots = [(s.role, d) for s in chart.series if s.mark is Mark.SPOT for d in s.data if d.value is not None]
    own = [d for role, d in spots if role is Role.FOCUS]
    others = {d.printed: d for role, d in spots if role is not Role.FOCUS}
    found: list[Label] = []
    for spot in own:
        found.append(_placed(spot, plots, found, True, STYLES[Role.FOCUS].colour, True) or _over(spot))
    for k, name in enumerate(chart.named):
        if name not in others:
            continue
        sure = k < chart.sure
        spot = others[name]
        if label := _placed(spot, plots, found, sure, INK if sure else MUTED):
            found.append(label)
        elif sure:
            found.append(_over(spot, INK))
    return found


def _placed(
    spot: Datum, plots: Sequence[_Plot], found: Sequence[Label], sure: bool, colour: str, own: bool = False
) -> Label | None:
    """The name of a spot at the first place that has room for it in every plot; None where there is none."""
    places = LED if own else (*BESIDE, *LED) if sure else BESIDE
    for allowed in range(3 if sure else 1):
        for anchor, dx, up in places:
            label = Label(
                spot.printed,
                spot.base,
                spot.value,
                anchor,
                dx,
                up,
                size=15 if own else SIZE,
                colour=colour,
                bold=own,
                ground=True,
                pointer=abs(up) >= POINTER,
            )
            if all(_free(label, plot, found, allowed) for plot in plots):
                return label
    return None


def _over(spot: Datum, colour: str = STYLES[Role.FOCUS].colour) -> Label:
    """The name above its spot, whatever it covers."""
    return Label(
        spot.printed, spot.base, spot.value, "middle", up=POINTER, colour=colour, ground=True, pointer=True
    )


def _free(label: Label, plot: _Plot, found: Sequence[Label], allowed: int) -> bool:
    """Has a name room in a plot, beside the names that are there? `allowed` 1: over a curve too; 2: with a
    line to it that crosses spots.
    """
    box, stem = plot.box(label), plot.stem(label)
    if not plot.holds(box) or any(_meet(box, spot) for spot in plot.spots):
        return False
    names = [plot.box(other) for other in found]
    stems = [s for other in found if (s := plot.stem(other))]
    if any(_meet(box, other) for other in (*names, *stems)):
        return False
    if stem and any(_meet(stem, other) for other in names):
        return False
    if allowed < 2 and stem:
        x, y = plot.at(label.x, label.y or 0.0)
        others = [s for s in plot.spots if not (s[0] < x < s[2] and s[1] < y < s[3])]
        if any(_meet(stem, other, 0) for other in others):
            return False
    return allowed > 0 or not plot.crossed(box)


def _meet(one: Box, other: Box, clear: float = CLEAR) -> bool:
    """Are two boxes less than `clear` pixels apart across, and at one height?"""
    across = one[0] < other[2] + clear and other[0] < one[2] + clear
    return across and one[1] < other[3] and other[1] < one[3]
