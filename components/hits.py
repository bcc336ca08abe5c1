"""Hits: what speaks of something, for the page of results and the box in the header."""

from dataclasses import replace

from components.site import desk
from safeguarding.query import Query, default_compare
from safeguarding.search import areas, search, themes
from safeguarding.themes import page_of


def hits(view: Query) -> list[dict[str, str]]:
    """What a view looks for, each with a link that carries the view along: themes and areas of that name,
    then indicators, best first.
    """
    here = desk()
    pages = [
        {
            "id": t.theme_id,
            "title": t.name,
            "definition": "",
            "theme": "Theme",
            "link": here.link(t.path, view),
        }
        for t in themes(view.q)
    ]
    places = [
        _hit(a.area_code, a.name, "Area", here.link("/", _of(view, a.area_code)))
        for a in areas(view.q, here.catalogue)
    ]
    found = [
        _hit(i.indicator_id, i.title, page_of(i.theme).name, here.link(f"/indicator/{i.indicator_id}", view))
        | {"definition": i.definition}
        for i in search(view.q, here.catalogue)
    ]
    return [*pages, *places, *found]


def _hit(name: str, title: str, kind: str, link: str) -> dict[str, str]:
    return {"id": name, "title": title, "definition": "", "theme": kind, "link": link}


def _of(view: Query, area: str) -> Query:
    """The view of another area, with its own comparators."""
    return replace(view, area=area, compare=default_compare(desk().catalogue, area))
