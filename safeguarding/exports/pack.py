"""Pack: the indicators of a theme, a meeting or a view, as every kind of document gets them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from safeguarding import periods
from safeguarding.breakdowns import Breakdown
from safeguarding.charts.chart import Kind
from safeguarding.drawing import Drawing
from safeguarding.drawings import NAMED, drawing, offers
from safeguarding.origin import Origin, file_name
from safeguarding.query import Pick
from safeguarding.store.notes import Note
from safeguarding.summaries import IndicatorSummary, until

PAGED = ("docx", "pptx")  # the documents that may be short


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
    breakdowns, the spine chart where there is one.

    `noted` says whether notes and actions were asked for. `period` and `narrowed` are what its file names say
    of the view; `templates` are the partnership's own, by the kind of file. `author` and `dated` stand on the
    first page; `short` is a paper of what was found, the scorecard and what is flagged. `subject` is what it
    is of, where its title says something else.
    """

    title: str
    partnership: str
    groups: tuple[tuple[str, tuple[Item, ...]], ...]
    origin: Origin
    wholes: tuple[Breakdown, ...] = ()
    spine: Drawing | None = None
    noted: bool = False
    period: str = ""
    narrowed: tuple[str, ...] = ()
    templates: Mapping[str, Path] = field(default_factory=dict)
    author: str = ""
    dated: date | None = None
    short: bool = False
    subject: str = ""

    @property
    def items(self) -> list[Item]:
        """Every item in its order."""
        return [item for _, items in self.groups for item in items]

    @property
    def pages(self) -> list[Item]:
        """The items that a paper or a presentation shows one by one: of a short one what is flagged."""
        return [one for one in self.items if one.summary.flagged] if self.short else self.items

    @property
    def wholes_now(self) -> list[Breakdown]:
        """The breakdowns that a paper or a presentation shows with the rest: those of today's figures."""
        return [] if self.short else [whole for whole in self.wholes if not whole.stated]

    @property
    def wholes_then(self) -> list[Breakdown]:
        """The breakdowns that stand behind the rest: those that a report said of its own year."""
        return [] if self.short else [whole for whole in self.wholes if whole.stated]

    def steps(self, kind: str) -> int:
        """Of how many steps the making of a document is told."""
        if kind in PAGED:
            return len(self.pages) + len(self.wholes_now) + len(self.wholes_then)
        return len(self.items) + len(self.wholes)

    @property
    def of(self) -> str:
        """What it is of, as the heading of a chart of all of it says."""
        return self.subject or self.title

    @property
    def by_line(self) -> str:
        """Who made it, and the day on its first page; empty where neither was said."""
        made = f"Prepared by {self.author}" if self.author else ""
        return ", ".join(filter(None, (made, periods.in_words(self.dated) if self.dated else "")))

    @property
    def place(self) -> str:
        """The area it is of; empty of a pack without items."""
        return self.items[0].summary.area.name if self.items else ""

    @property
    def to(self) -> date | None:
        """The day on which the newest figure in it ends; None where it has none."""
        return until(self.summaries)

    @property
    def summaries(self) -> list[IndicatorSummary]:
        """The summaries of the items, an indicator once however often it is drawn."""
        return list({one.summary.indicator.indicator_id: one.summary for one in self.items}.values())

    def name(self, kind: str) -> str:
        """The file name of a document: marking, title, place, period, what narrows the view, whether it is
        short, release.
        """
        short = "short" if self.short and kind in PAGED else ""
        said = (self.title, self.place, self.period, *self.narrowed, short, f"r{self.origin.release}")
        return file_name(self.origin.marking, *said, kind=kind)


def item(pick: Pick, summary: IndicatorSummary, notes: Sequence[Note]) -> Item:
    """An indicator as a pack holds it."""
    kind = Kind.TREND if pick.show == "table" else Kind(pick.show)
    # of two rankings the shorter one can be read; where the chart picked cannot be drawn, the trend stands in
    offered = min(offers(summary, kind), key=lambda o: o.rows, default=None)
    drawn = drawing(summary, *NAMED[offered.name]) if offered else drawing(summary, Kind.TREND)
    return Item(summary, drawn, tuple(notes))
