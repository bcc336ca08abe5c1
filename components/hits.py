"""Hits: the indicators that speak of something, for the page of results and the box in the header."""

from components.site import desk
from safeguarding.query import Query
from safeguarding.search import search
from safeguarding.themes import page_of


def hits(view: Query) -> list[dict[str, str]]:
    """What a view looks for, best first, each with a link that carries the view along."""
    here = desk()
    return [
        {
            "id": i.indicator_id,
            "title": i.title,
            "definition": i.definition,
            "theme": page_of(i.theme).name,
            "link": here.link(f"/indicator/{i.indicator_id}", view),
        }
        for i in search(view.q, here.catalogue)
    ]
