"""Pack: the indicators of a theme, a meeting or a view, as every kind of document gets them."""

from collections.abc import Sequence
from dataclasses import dataclass

from safeguarding.breakdowns import Breakdown
from safeguarding.drawings import Drawing, Origin, drawings
from safeguarding.query import Pick
from safeguarding.store.notes import Note
from safeguarding.summaries import IndicatorSummary


@dataclass(frozen=True)
class Item:
    """One indicator of a pack: its summary, the chart that was picked (None where there is none to draw), its notes where they were asked for."""

    summary: IndicatorSummary
    drawing: Drawing | None
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Pack:
    """What a pack holds: a title, the partnership, the items by the name of their theme, where it was made, and a theme's breakdowns."""

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
    every = drawings(summary)
    # of two rankings the shorter one can be read; where the chart picked cannot be drawn, the trend stands in
    found = sorted((d for d in every if d.chart.startswith(pick.show)), key=lambda d: len(d.rows)) or every
    return Item(summary, found[0] if found else None, tuple(notes))
