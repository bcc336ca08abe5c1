"""Declared: each key of an address, once. A new one is a row of KEYS, a field of `Query` and a control."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from safeguarding import words
from safeguarding.query.reading import (
    Asked,
    area,
    author,
    compare,
    dated,
    indicators,
    only,
    paper,
    question,
    result,
    show,
    since,
    slides,
    sort,
    stands,
    theme,
    title,
    to,
)
from safeguarding.query.view import NEIGHBOURS, NOTHING, Query
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.tables import GREATER_MANCHESTER
from safeguarding.themes import THEMES

PACKED = ("/", "/view", *(theme.path for theme in THEMES.values()))  # the pages with a form for a pack


@dataclass(frozen=True)
class Key:
    """One key of an address and the field of `Query` that it fills.

    `read` answers the field's value and never raises; `write` its text, which `read` takes back. `said` is
    the choice in words, as exports print it. A key with `pages` means something there alone and is carried
    to no other; one that is its `own` is in the address of the page itself, and in no link to it. A key
    with an `option`, which says what it takes, is one of the export command too.
    """

    name: str
    field: str
    read: Callable[[Asked], Any]
    write: Callable[[Query], str]
    said: Callable[[Query, Catalogue], str] = lambda query, catalogue: ""
    pages: tuple[str, ...] = ()
    option: str = ""
    own: bool = False


def _comparators(query: Query, catalogue: Catalogue) -> str:
    def name(code: str) -> str:
        if code == GREATER_MANCHESTER:
            return "Greater Manchester"
        if code == NEIGHBOURS:
            return "statistical neighbours"
        if code.startswith(NEIGHBOURS):
            return f"neighbours ({code[3:]} model)"
        return words.the(catalogue.areas[code].name)

    return f"compared with {words.listed([name(c) for c in query.compare]) or 'nothing'}"


KEYS = (
    Key(
        "area",
        "area",
        area,
        lambda query: query.area,
        said=lambda query, catalogue: f"area {catalogue.areas[query.area].name}",
        option="ONS code",
    ),
    Key(
        "from",
        "since",
        since,
        lambda query: query.since or "",
        said=lambda query, _: f"from {query.since}" if query.since else "",
        option="first period",
    ),
    Key(
        "to",
        "to",
        to,
        lambda query: query.to or "",
        said=lambda query, _: f"as at the end of {query.to}" if query.to else "latest figures",
        option="as at the end of, such as 2024-25",
    ),
    Key(
        "compare",
        "compare",
        compare,
        lambda query: ",".join(query.compare) or NOTHING,
        said=_comparators,
        option="codes, SN or GM",
    ),
    Key("show", "show", show, lambda query: query.show),
    Key("only", "flagged_only", only, lambda query: "flagged" if query.flagged_only else ""),
    Key("sort", "sort", sort, lambda query: query.sort, pages=("/",)),
    Key("stands", "stands", stands, lambda query: query.stands, pages=("/",)),
    Key("theme", "theme", theme, lambda query: query.theme, pages=("/data",)),
    Key("result", "result", result, lambda query: query.result, pages=("/data",)),
    Key(
        "indicator",
        "indicators",
        indicators,
        lambda query: ",".join(map(str, query.indicators)),
        pages=("/view",),
        option="indicators in order, each with a chart if wanted: cla_rate,rereferrals_pct:rank",
    ),
    Key(
        "slides",
        "slides",
        slides,
        lambda query: ",".join(map(str, query.slides)),
        pages=("/", "/meeting"),
    ),
    Key("q", "q", question, lambda query: query.q, pages=("/search",)),
    Key(
        "title",
        "title",
        title,
        lambda query: query.title,
        pages=PACKED,
        option="what the pack is called",
        own=True,
    ),
    Key(
        "author",
        "author",
        author,
        lambda query: query.author,
        pages=PACKED,
        option="who made it, for its first page",
        own=True,
    ),
    Key(
        "date",
        "dated",
        dated,
        lambda query: query.dated.isoformat() if query.dated else "",
        pages=PACKED,
        option="the day for its first page, such as 2026-03-17",
        own=True,
    ),
    Key(
        "paper",
        "paper",
        paper,
        lambda query: query.paper,
        pages=PACKED,
        option="short: findings, scorecard and what is flagged alone, in Word and PowerPoint",
        own=True,
    ),
)
