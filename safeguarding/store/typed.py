"""Typed: a row of text as a dataclass, each cell read by the type of its field."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_type_hints

from safeguarding import periods
from safeguarding.store.tables import parse_limits
from safeguarding.vocabulary import listed

Row = Mapping[str, str]
T = TypeVar("T")

READERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: lambda text: int(text or 0),
    float: float,
    float | None: lambda text: float(text) if text else None,
    bool: lambda text: text == "yes",
    date: date.fromisoformat,
    date | None: periods.day,
    tuple[str, ...]: listed,
    Mapping[str, str]: parse_limits,
}


def typed(cls: Callable[..., T], row: Row) -> T:
    """A row as a `cls`: a column that is absent is empty.

    A column is named as its field, unless the field's metadata name it (`column`). Raises ValueError or
    KeyError for a cell that its type cannot read, which the loader lets nobody store.
    """
    return cls(**{name: read(row.get(column, "")) for name, column, read in _columns(cls)})


@cache
def _columns(cls: Any) -> list[tuple[str, str, Callable[[str], Any]]]:
    hints = get_type_hints(cls)
    return [(f.name, f.metadata.get("column", f.name), _reader(hints[f.name])) for f in fields(cls)]


def _reader(hint: Any) -> Callable[[str], Any]:
    return hint if isinstance(hint, type) and issubclass(hint, StrEnum) else READERS[hint]
