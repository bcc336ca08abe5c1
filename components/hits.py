"""Hits: what speaks of something, for the page of results and the box in the header."""

from collections.abc import Iterator
from dataclasses import replace

from components.site import desk
from safeguarding.query import Query, default_compare
from safeguarding.search import areas, same, search, themes
from safeguarding.themes import page_of


def hits(view: Query) -> list[dict[str, str]]:
    """What a view looks for, each with a link that carries the view along: themes and areas of that name,
    then indicators, best first.
    """
    return [hit for hit, _ in _named(view)]


def meant(view: Query) -> str | None:
    """The link to what is looked for where that is beyond doubt: the only hit, or the only one of that very
    name; None where there is a choice.
    """
    found = list(_named(view))
    called = [hit for hit, names in found if any(same(view.q, name) for name in names)]
    only = called if len(called) == 1 else [hit for hit, _ in found]
    return only[0]["link"] if len(only) == 1 else None


def _named(view: Query) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:
    """Each hit, and the names that it goes by."""
    here = desk()
    for t in themes(view.q):
        yield _hit(t.theme_id, t.name, "Theme", here.link(t.path, view)), (t.name,)
    for a in areas(view.q, here.catalogue):
        yield _hit(a.area_code, a.name, "Area", here.link("/", _of(view, a.area_code))), (a.name, a.area_code)
    for i in search(view.q, here.catalogue):
        link = here.link(f"/indicator/{i.indicator_id}", view)
        hit = _hit(i.indicator_id, i.title, page_of(i.theme).name, link) | {"definition": i.definition}
        yield hit, (i.title, i.short_title, i.indicator_id)


def _hit(name: str, title: str, kind: str, link: str) -> dict[str, str]:
    return {"id": name, "title": title, "definition": "", "theme": kind, "link": link}


def _of(view: Query, area: str) -> Query:
    """The view of another area, with its own comparators."""
    return replace(view, area=area, compare=default_compare(desk().catalogue, area))
