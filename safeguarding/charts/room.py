"""Room: where a few words stand in a plot without standing on what is drawn there."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from safeguarding.charts.axis import limits
from safeguarding.charts.chart import Chart, Series
from safeguarding.charts.label import NARROW, Label
from safeguarding.charts.ticks import across, end

WIDE = (NARROW, 330, 760)  # pixels of a plot on a phone, on a card, on a page of its own
ENOUGH = 12.0  # pixels from the middle of a line of words to the nearest line of a chart
OF_GAP = 26  # pixels that the words of a gap fill at a plot's foot


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
    page; of several with as much the first.
    """
    low, high = limits(chart.ticks)
    places = (0.0 if label.y is None else pixels * (high - label.y) / (high - low) for label in found)
    middles = np.array([place - label.up for place, label in zip(places, found, strict=True)])
    pitches = np.array([[w / (end(chart) + 0.6)] for w in ((wide,) if wide else WIDE)])
    starts = np.array([label.begins(0.0) for label in found]) / pitches + [label.x for label in found]
    stops = starts + np.array([label.width for label in found]) / pitches
    room = np.minimum(ENOUGH, _room(starts, stops, middles, list(_pieces(chart, pixels))))
    # no room elsewhere makes up for not fitting into a plot
    out = (starts < across(chart)[0]) | (stops > end(chart))
    return found[int(np.where(out, -ENOUGH * len(WIDE), room).sum(axis=0).argmax())]


def _room(starts: np.ndarray, stops: np.ndarray, middles: np.ndarray, drawn: Sequence[Piece]) -> np.ndarray:
    """Pixels from the middle of each label's line to the nearest of what is drawn over or under it.

    `starts` and `stops` have a row for each width of a plot and a column for each label.
    """
    begin, until, first, last, block = np.array(drawn, dtype=float).reshape(-1, len(Piece._fields)).T
    starts, stops, middles = starts[..., None], stops[..., None], middles[:, None]
    line = (block == 0) & (until > begin)
    slope = np.divide(last - first, until - begin, out=np.zeros(len(drawn)), where=line)
    left = first + slope * (np.maximum(starts, begin) - begin)
    right = np.where(line, first + slope * (np.minimum(stops, until) - begin), last)
    apart = np.maximum(np.minimum(left, right) - middles, middles - np.maximum(left, right))
    over = (begin <= stops) & (until >= starts)
    return np.where(over, np.maximum(0.0, apart), np.inf).min(axis=-1, initial=np.inf)


def _pieces(chart: Chart, pixels: float) -> Iterator[Piece]:
    """Every stretch of every line, the lines of breaks, the interval, and where words stand already."""
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
    for place in chart.breaks:
        yield Piece(place - 0.5, place - 0.5, 0, pixels, block=True)


def _known(series: Series) -> list[tuple[int, float]]:
    return [(series.start + k, d.value) for k, d in enumerate(series.data) if d.value is not None]
