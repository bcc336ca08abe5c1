"""Query: what an address asks for. The address is the only filter state."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from urllib.parse import parse_qs, urlencode

from safeguarding.query.declared import KEYS
from safeguarding.query.reading import LONGEST_TITLE, MOST_COMPARED, MOST_PICKED, Asked
from safeguarding.query.view import (
    NEIGHBOURS,
    NOTHING,
    PICKED,
    SHORT,
    SHOWS,
    SORTS,
    STANDS,
    Pick,
    Query,
    default_compare,
)
from safeguarding.store.catalogue import Catalogue

__all__ = [
    "KEYS",
    "LONGEST_TITLE",
    "MOST_COMPARED",
    "MOST_PICKED",
    "NEIGHBOURS",
    "NOTHING",
    "PICKED",
    "SHORT",
    "SHOWS",
    "SORTS",
    "STANDS",
    "Pick",
    "Query",
    "default_compare",
    "in_words",
    "keys",
    "left",
    "read",
    "without",
    "write",
]


def keys(search: str) -> dict[str, str | list[str]]:
    """The keys of a query string, with or without its question mark: one value as text, several as a list."""
    return {
        k: v[0] if len(v) == 1 else v for k, v in parse_qs(search.lstrip("?"), keep_blank_values=True).items()
    }


def read(address: Mapping[str, object], catalogue: Catalogue, home_area: str) -> Query:
    """The view that the keys of an address ask for.

    Unknown keys are ignored; a bad value gets a message and its default. A key that is repeated counts once,
    with its last value. Nothing raises, whatever the address holds.
    """
    asked = Asked(address, catalogue, home_area)
    for key in KEYS:
        asked.found[key.field] = key.read(asked)
    return Query(**asked.found, messages=tuple(asked.messages))


def write(query: Query, catalogue: Catalogue, home_area: str) -> str:
    """The query string that `read` turns back into this view: `?area=E08000003&to=2019-20`.

    What stands at its default is left out; nothing is left of the home area's own view.
    """
    default = Query(home_area, default_compare(catalogue, query.area))
    parts = {key.name: key.write(query) for key in KEYS if key.write(query) != key.write(default)}
    text = urlencode(parts, safe=",:")
    return f"?{text}" if text else ""


@lru_cache(1024)
def left(path: str, own: bool = False) -> tuple[str, ...]:
    """The fields of a view that a link to `path` leaves behind: what means something on another page alone,
    and what is the page's `own`, unless the address of the page itself is asked for.
    """
    return tuple(k.field for k in KEYS if (k.pages and path not in k.pages) or (k.own and not own))


def without(query: Query, fields: Collection[str]) -> Query:
    """The view with some of its fields as they are where nothing is asked for."""
    blank = Query(query.area, query.compare)
    return replace(query, **{field: getattr(blank, field) for field in fields})


def in_words(query: Query, catalogue: Catalogue) -> str:
    """The filters of a view as an export prints them."""
    said = (key.said(query, catalogue) for key in KEYS)
    return f"Filters: {', '.join(filter(None, said))}."
