"""Pack: the indicators of a theme, a meeting or a view, as every kind of document gets them."""

from collections.abc import Sequence
from dataclasses import dataclass

from safeguarding.breakdowns import Breakdown
from safeguarding.charts.chart import Kind
from safeguarding.drawing import Drawing
from safeguarding.drawings import NAMED, drawing, offers
from safeguarding.origin import Origin
from safeguarding.query import Pick
from safeguarding.store.notes import Note
from safeguarding.summaries import IndicatorSummary


@dataclass(frozen=True)
class Item:
    """One indicator of a pack: its summary, its chart (None where there is none to draw), its notes where
    asked for.
    """

    summary: IndicatorSummary
    drawing: Drawing | None
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Pack:
    """What a pack holds: a title, the partnership, items by the name of their theme, where it was made,
    breakdowns.
    """

    title: str
    partnership: str
    groups: tuple[tuple[str, tuple[Item, ...]], ...]
    origin: Origin
    wholes: tuple[Breakdown, ...] = ()

    @property
    def items(self) -> list[Item]:
        """Every item in its order."""
        return [item for _, items in self.groups for item in items]


def item(pick: Pick, summary: IndicatorSummary, notes: Sequence[Note]) -> Item:
    """An indicator as a pack holds it."""
    kind = Kind.TREND if pick.show == "table" else Kind(pick.show)
    # of two rankings the shorter one can be read; where the chart picked cannot be drawn, the trend stands in
    offered = min(offers(summary, kind), key=lambda o: o.rows, default=None)
    drawn = drawing(summary, *NAMED[offered.name]) if offered else drawing(summary, Kind.TREND)
    return Item(summary, drawn, tuple(notes))
