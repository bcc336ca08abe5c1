"""Pages: which page an address leads to, and its Dash layout, kept while nothing that it shows changes."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import dash
from dash.development.base_component import Component

from components.site import desk, may_write, opened
from safeguarding.disclosure.audience import Audience
from safeguarding.query import keys

KEPT = 48  # layouts of up to a third of a megabyte
NOT_FOUND = "pages.not_found_404"
# After a publication everybody asks for the same pages. Who asks for one that is being made waits for it, by
# the turn of its key; and pages are made one after the other, since Python does no more than one thing at a
# time: ten at once would all be late.
_turns = [Lock() for _ in range(64)]
_making = Lock()


class Key(NamedTuple):
    """All that a page depends on: who reads it and whether they may write, the release, the revision of the
    notes, the day, the path and the shortest way to write its view.
    """

    audience: Audience
    writes: bool
    release: int
    notes: int
    day: date
    path: str
    search: str

    @property
    def revision(self) -> str:
        """Everything but the address: two pages of one revision at one address are the same."""
        return f"{self.audience}{'+' if self.writes else ''}.{self.release}.{self.notes}.{self.day:%Y%m%d}"

    @property
    def address(self) -> str:
        """The canonical address."""
        return self.path + self.search


def page_for(path: str) -> tuple[dict | None, dict[str, str]]:
    """The registered page that a path leads to, and the variables in its path; None where it leads nowhere.

    A page with variables says by `exists`, which it is registered with, whether they name something.
    """
    for page in dash.page_registry.values():
        template = page["path_template"] or page["path"]
        pattern = re.sub("<(.*?)>", r"(?P<\1>[^/]*)", re.escape(template.strip("/")))
        found = re.fullmatch(pattern, path.strip("/"))
        if found and page["module"] != NOT_FOUND:
            exists = page.get("exists")
            return page if exists is None or exists(**found.groupdict()) else None, found.groupdict()
    return None, {}


def key(address: str) -> tuple[Key, bool]:
    """The key of the page at `address` (path and query), and whether it is a page without a complaint.

    Only such a page is kept, so that no invented key or value fills the memory.
    """
    here = desk()
    path, _, search = address.partition("#")[0].partition("?")
    view = here.read(keys(search))
    path = path.rstrip("/") or "/"
    sound = not view.messages and page_for(path)[0] is not None
    shortest = here.address(path, view).removeprefix(path)
    of = (here.audience, may_write(), here.release, opened().notes_revision(), date.today())
    return Key(*of, path, shortest), sound


def page(address: str) -> Component:
    """The layout of the page at `address` (path and query)."""
    found, sound = key(address)
    if not sound:
        return _made(found.path, keys(address.partition("#")[0].partition("?")[2]))
    with _turns[hash(found) % len(_turns)]:
        return _kept(found)


@lru_cache(maxsize=KEPT)
def _kept(found: Key) -> Component:
    return _made(found.path, keys(found.search))


def _made(path: str, asked: Mapping[str, str | list[str]]) -> Component:
    leads_to, variables = page_for(path)
    layout = (leads_to or dash.page_registry[NOT_FOUND])["layout"]
    with _making:
        return layout(**{**asked, **variables})
