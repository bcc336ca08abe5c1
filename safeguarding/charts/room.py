"""Room: where a few words stand in a plot without standing on what is drawn there."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from safeguarding.charts.axis import limits
from safeguarding.charts.chart import Chart, Series
from safeguarding.charts.label import NARROW, Label
from safeguarding.charts.ticks import across, end

WIDE = (NARROW, 330, 760)  # pixels of a plot on a phone, on a card, on a page of its own
ENOUGH = 12.0  # pixels from the middle of a line of words to the nearest line of a chart
OF_GAP, OF_BREAK = 26, 40  # pixels that the words of a gap fill at a plot's foot, those of a break at its top


class Piece(NamedTuple):
    """A stretch of a line from a place to another, at these pixels from the plot's top; or a `block` that
    fills everything between them.
    """

    start: float
    stop: float
    first: float
    last: float
    block: bool = False


def clearest(chart: Chart, pixels: float, found: Sequence[Label], wide: float = 0.0) -> Label:
    """The one of some labels that has most room in a plot `pixels` high and `wide`, or 0: on a phone as on a
    page; of several with enough the first.
    """
    drawn = list(_pieces(chart, pixels))
    low, high = limits(chart.ticks)
    widths = (wide,) if wide else WIDE

    def room(label: Label) -> float:
        place = 0.0 if label.y is None else pixels * (high - label.y) / (high - low)
        return sum(min(ENOUGH, _room(label, place - label.up, w, chart, drawn)) for w in widths)

    best, most = found[0], room(found[0])
    for label in found[1:]:
        if most >= ENOUGH * len(widths):  # no other can have more
            break
        if (here := room(label)) > most:
            best, most = label, here
    return best


def _room(label: Label, middle: float, wide: float, chart: Chart, drawn: Sequence[Piece]) -> float:
    """Pixels from the middle of a label's line to the nearest of what is drawn over or under it; less than
    nothing where it does not fit into the plot, so that no room elsewhere makes up for that.
    """
    pitch = wide / (end(chart) + 0.6)
    start = label.begins(pitch) / pitch
    stop = start + label.width / pitch
    if start < across(chart)[0] or stop > end(chart):
        return -ENOUGH * len(WIDE)
    over = (piece for piece in drawn if piece.start <= stop and piece.stop >= start)
    return min((_apart(piece, start, stop, middle) for piece in over), default=ENOUGH)


def _apart(piece: Piece, start: float, stop: float, middle: float) -> float:
    """How far a piece that reaches between two places lies above or below a height there."""
    left, right = max(start, piece.start), min(stop, piece.stop)
    first, last = piece.first, piece.last
    if not piece.block and piece.stop > piece.start:
        slope = (last - first) / (piece.stop - piece.start)
        first, last = (piece.first + slope * (at - piece.start) for at in (left, right))
    return max(0.0, min(first, last) - middle, middle - max(first, last))


def _pieces(chart: Chart, pixels: float) -> Iterator[Piece]:
    """Every stretch of every line, the interval, and where words stand already."""
    low, high = limits(chart.ticks)

    def down(value: float) -> float:
        return pixels * (high - value) / (high - low)

    for series in chart.series:
        for (here, value), (there, after) in pairwise(_known(series)):
            if there == here + 1:
                yield Piece(here, there, down(value), down(after))
        for place, value in _known(series):
            yield Piece(place, place, down(value), down(value))
    last = len(chart.categories) - 1
    if chart.interval:
        lower, upper = chart.interval
        yield Piece(last, last, down(upper), down(lower), block=True)
    if chart.absences:
        yield Piece(-1, last + 1, pixels - OF_GAP, pixels, block=True)
    if chart.breaks:
        yield Piece(-1, last + 1, 0, OF_BREAK, block=True)


def _known(series: Series) -> list[tuple[int, float]]:
    return [(series.start + k, d.value) for k, d in enumerate(series.data) if d.value is not None]
