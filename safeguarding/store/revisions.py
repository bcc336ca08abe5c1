"""Revisions: which figures does a reader see changed since the release that they saw before?

Only what may be shown in both releases counts: of a figure that is or was hidden nobody learns that it
changed, nor that it did not.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date

from safeguarding.store.difference import Apart, Change
from safeguarding.store.tables import Indicator, Key, Revised


@dataclass(frozen=True)
class Revisions:
    """What a release changes for its readers: against which release (None for the first), on which day, each
    changed figure, and how many figures of each indicator are new and gone.
    """

    against: int | None = None
    on: date = date.min
    figures: Mapping[Key, Revised] = field(default_factory=dict)
    new: Mapping[str, int] = field(default_factory=dict)
    gone: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.figures or self.new or self.gone)


def revisions(
    found: Mapping[str, Apart],
    indicators: Mapping[str, Indicator],
    hidden: Container[Key],
    hidden_before: Container[Key],
    against: int,
    on: date,
) -> Revisions:
    """What a reader sees of what differs of each indicator (see `difference`), some figures being hidden from
    them now or before.
    """
    figures: dict[Key, Revised] = {}
    for name, apart in found.items():
        indicator = indicators.get(name)
        for row in apart.changed if indicator else ():
            if row.key in hidden or row.key_before in hidden_before:
                continue
            if indicator and _looks_changed(row, indicator.decimals):
                figures[row.key] = Revised(on, row.before, row.after)
    new = {name: apart.new for name, apart in found.items() if apart.new}
    gone = {name: apart.gone for name, apart in found.items() if apart.gone}
    return Revisions(against, on, figures, new, gone)


def _looks_changed(row: Change, decimals: int) -> bool:
    """Is another value, or another reason for none, printed than before?"""
    if row.before is None or row.after is None:
        return row.before is not row.after or row.before_status != row.after_status
    return round(row.before, decimals) != round(row.after, decimals)
