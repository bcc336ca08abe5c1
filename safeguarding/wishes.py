"""Wishes: how somebody wants a picture: its words, its size, its notes and marks. All are in the address, so
that the same picture can be made again next quarter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

LONGEST = {"title": 120, "subtitle": 200}  # characters
SIZE = re.compile(r"[a-z-]{3,12}|\d{2,3}x\d{2,3}")
CHOICES = {
    "notes": {"short": "a line", "full": "in full", "none": "none"},
    "events": {"yes": "marked", "no": "none"},
    "intervals": {"no": "where the chart has them", "yes": "at every figure"},
}


@dataclass(frozen=True)
class Wishes:
    """What a picture should be like. An empty title or subtitle is the chart's own."""

    title: str = ""
    subtitle: str = ""
    size: str = "screen"
    notes: str = "short"
    events: str = "yes"
    intervals: str = "no"

    @property
    def written(self) -> str:
        """As an address has it, without what stands at its default."""
        plain = Wishes()
        return urlencode({k: v for k, v in vars(self).items() if v != getattr(plain, k)}, safe=",:")


def read(address: Mapping[str, object]) -> Wishes | None:
    """The wishes of an address; None where one is of no use, so that no picture passes for another.

    A title is cut to what a picture has room for, and loses what does not print.
    """
    found = {key: _text(address, key) for key in vars(Wishes())}
    for key, longest in LONGEST.items():
        printable = "".join(c for c in found[key] if c.isprintable())
        found[key] = " ".join(printable.split())[:longest].strip()
    given = {k: v for k, v in found.items() if v}
    if any(given.get(key, next(iter(known))) not in known for key, known in CHOICES.items()):
        return None
    return Wishes(**given) if SIZE.fullmatch(given.get("size", "screen")) else None


def _text(address: Mapping[str, object], key: str) -> str:
    """What the address says for a key; the last where it is repeated."""
    value = address.get(key)
    if isinstance(value, list):
        value = value[-1] if value else ""
    return value.strip() if isinstance(value, str) else ""
