"""Marks: which events a chart marks, where each of them stands, and how it is told."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from safeguarding.store.tables import Event
from safeguarding.vocabulary import YearType

A_YEAR = 366
BEGIN = {
    YearType.ACADEMIC_YEAR: (9, 1),
    YearType.YEAR_TO_30_SEP: (10, 1),
    YearType.SNAPSHOT_30_SEP: (10, 1),
}  # month and day on which years begin that do not begin in April


class Marked(NamedTuple):
    """An event that is marked above a chart, and its place in the periods."""

    place: int
    event: Event

    @property
    def text(self) -> str:
        """The mark as a note explains it: "Pandemic, 23 March 2020 to 19 July 2021"."""
        return f"{self.event.title}, {self.event.when}"


class Break(NamedTuple):
    """A change in the recording, drawn as a dotted line before a place in the periods."""

    place: int
    event: Event

    @property
    def text(self) -> str:
        """The line as a note explains it: "Dotted line: New case system, 1 July 2019"."""
        return f"Dotted line: {self.event.title}, {self.event.when}"


def marked(
    periods: Sequence[str], events: Sequence[Event], year_type: YearType = YearType.FINANCIAL_YEAR
) -> tuple[Marked, ...]:
    """The dated events with words for a chart that break nothing, in their order; those over a year off what
    is drawn left out.

    An event stands at the period that begins nearest to it: one of late March belongs to the year after. What
    is counted on 30 September stands for the twelve months before.
    """
    began = _began(tuple(periods), BEGIN.get(year_type, (4, 1)))
    dated = [(e.day, e) for e in events if e.day and e.on_chart and not e.breaks and began]
    distances = [([abs((start - day).days) for start in began], e) for day, e in dated]
    placed = [(away.index(min(away)), e) for away, e in distances if min(away) <= A_YEAR]
    return tuple(Marked(k, e) for k, e in placed)


def breaks(periods: Sequence[str], events: Sequence[Event]) -> tuple[Break, ...]:
    """The dated events that break the series, each before the first period that begins on its day or later.

    One before the first period or after the last breaks nothing that is drawn.
    """
    began = _began(tuple(periods))
    found = [
        (next((k for k, start in enumerate(began) if start >= e.day), 0), e)
        for e in events
        if e.breaks and e.day
    ]
    return tuple(Break(k, e) for k, e in found if k)


@lru_cache(256)
def _began(periods: tuple[str, ...], day: tuple[int, int] = (4, 1)) -> tuple[date, ...]:
    """That month and day of the year that each of the periods is named by."""
    return tuple(date(int(p[:4]), *day) for p in periods)
