"""Hits: what speaks of something, for the page of results and the box in the header."""

from collections.abc import Iterator
from dataclasses import replace

from components.site import desk
from safeguarding import words
from safeguarding.desk import VIEW
from safeguarding.query import MOST_COMPARED, Query, default_compare
from safeguarding.search import areas, nearest, same, search, themes
from safeguarding.store.tables import Indicator
from safeguarding.themes import THEMES, page_of

OFFERED = 4  # that come near, where nothing has been found


def hits(view: Query, path: str = "/") -> list[dict[str, str]]:
    """What a view looks for, each with a link that carries the view along: themes of that name, areas, to
    compare with on the page at `path` and to switch to, then indicators, best first.
    """
    return [hit for hit, _ in _named(view, path)]


def near(view: Query) -> list[dict[str, str]]:
    """The indicators that come nearest to what a view looks for, best first: for where there is no hit."""
    return [_found(i, view) for i in nearest(view.q, desk().catalogue)[:OFFERED]] if view.q else []


def meant(view: Query) -> str | None:
    """The link to what is looked for where that is beyond doubt: the only hit, or the only one of that very
    name; None where there is a choice, as between comparing with an area and switching to it.
    """
    found = list(_named(view, "/"))
    called = [hit for hit, names in found if any(same(view.q, name) for name in names)]
    only = called if len(called) == 1 else [hit for hit, _ in found]
    return only[0]["link"] if len(only) == 1 else None


def _named(view: Query, path: str) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:
    """Each hit, and the names that it goes by."""
    here = desk()
    for t in themes(view.q):
        yield _hit(t.theme_id, t.name, "Theme", here.link(t.path, view)), (t.name,)
    for a in areas(view.q, here.catalogue):
        names = (a.name, a.area_code)
        if a.area_code not in (view.area, *view.compare):
            beside = replace(view, compare=(*view.compare[: MOST_COMPARED - 1], a.area_code))
            said = f"Compare with {words.the(a.name)}"
            yield _hit(f"compare-{a.area_code}", said, "Area", here.link(comparing(path), beside)), names
        said = a.name if a.area_code == view.area else f"Switch to {words.the(a.name)}"
        yield _hit(a.area_code, said, "Area", here.link("/", _of(view, a.area_code))), names
    for i in search(view.q, here.catalogue):
        yield _found(i, view), (i.title, i.short_title, i.indicator_id)


def comparing(path: str) -> str:
    """The page on which to compare: the one at `path` where it compares areas, else home."""
    kind, _, name = path.rpartition("/")
    if kind == "/indicator" and name in desk().catalogue.indicators:
        return path
    return path if path in (VIEW, *(t.path for t in THEMES.values())) else "/"


def _found(indicator: Indicator, view: Query) -> dict[str, str]:
    link = desk().link(f"/indicator/{indicator.indicator_id}", view)
    hit = _hit(indicator.indicator_id, indicator.title, page_of(indicator.theme).name, link)
    return hit | {"definition": indicator.definition}


def _hit(name: str, title: str, kind: str, link: str) -> dict[str, str]:
    return {"id": name, "title": title, "definition": "", "theme": kind, "link": link}


def _of(view: Query, area: str) -> Query:
    """The view of another area, with its own comparators."""
    return replace(view, area=area, compare=default_compare(desk().catalogue, area))
