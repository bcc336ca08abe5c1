"""Search page: the indicators that speak of something, and the same as data for the box in the header."""

import json
from collections.abc import Mapping

from dash import html
from flask import Flask, Response

from components.api import answer, asked
from components.markup import Markup, render
from components.shell import shell
from components.site import SEARCH, site
from safeguarding.query import Query
from safeguarding.search import search
from safeguarding.themes import page_of

SUGGESTED = 8


def search_page(address: Mapping[str, str | list[str]]) -> html.Div:
    """Every indicator whose title or definition holds the words that the address asks for."""
    here = site()
    view = here.read(address)
    text, hits = view.q, _hits(view)
    lead = (
        f"{len(hits)} indicators speak of “{text}”."
        if len(hits) != 1
        else f"One indicator speaks of “{text}”."
    )
    body = Markup(render("search", hits=hits, text=text), id="hits", className="prose")
    return shell(SEARCH, "Find an indicator", view, [body], lead=lead if text else "", filtered=False)


def _hits(view: Query) -> list[dict[str, str]]:
    here = site()
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


def register(server: Flask) -> None:
    """Add the address that the box in the header asks."""

    @server.get("/api/search.json")
    def suggestions() -> Response:
        """The best few indicators for `q`, with links that carry the view along."""
        return answer(json.dumps(_hits(site().read(asked()))[:SUGGESTED]), "application/json")
