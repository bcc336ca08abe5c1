"""Marks: which events a chart marks, where each of them stands, and how it is told."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from safeguarding.store.tables import Event

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
A_YEAR = 366


def circled(number: int) -> str:
    """The number of an event as the axis, the table and the list print it: ① to ⑩, then (11)."""
    return CIRCLED[number - 1] if number <= len(CIRCLED) else f"({number})"


class Numbered(NamedTuple):
    """An event that is marked on the axis: its number and its place in the periods."""

    number: int
    place: int
    event: Event

    @property
    def text(self) -> str:
        """The mark as a note explains it: "① Pandemic, 23 March 2020 to 19 July 2021"."""
        return f"{circled(self.number)} {self.event.title}, {self.event.when}"


class Break(NamedTuple):
    """A change in the recording, drawn as a dotted line before a place in the periods."""

    place: int
    event: Event

    @property
    def text(self) -> str:
        """The line as a note explains it: "Dotted line: New case system, 1 July 2019"."""
        return f"Dotted line: {self.event.title}, {self.event.when}"


def numbered(periods: Sequence[str], events: Sequence[Event]) -> tuple[Numbered, ...]:
    """The dated events that break nothing, in their order; those over a year off what is drawn left out.

    An event stands at the period that begins nearest to it: one of late March belongs to the year after.
    """
    began = _began(periods)
    dated = [(e.day, e) for e in events if e.day and not e.breaks and began]
    distances = [([abs((start - day).days) for start in began], e) for day, e in dated]
    placed = [(away.index(min(away)), e) for away, e in distances if min(away) <= A_YEAR]
    return tuple(Numbered(n, k, e) for n, (k, e) in enumerate(placed, 1))


def breaks(periods: Sequence[str], events: Sequence[Event]) -> tuple[Break, ...]:
    """The dated events that break the series, each before the first period that begins on its day or later.

    One before the first period or after the last breaks nothing that is drawn.
    """
    began = _began(periods)
    found = [
        (next((k for k, start in enumerate(began) if start >= e.day), 0), e)
        for e in events
        if e.breaks and e.day
    ]
    return tuple(Break(k, e) for k, e in found if k)


def _began(periods: Sequence[str]) -> list[date]:
    """The April that each of the periods is named by."""
    return [date(int(p[:4]), 4, 1) for p in periods]
