"""Search: what the box in the header suggests, as data."""

import json

from flask import Flask, Response, request

from addresses.asking import answer, asked
from components.hits import hits, meant, near
from components.site import desk
from safeguarding.desk import SEARCH
from safeguarding.query import keys

SUGGESTED = 8


def straight(path: str, search: str) -> str | None:
    """The address of the one thing that the box in the header was sent with; None for a choice of several,
    for nothing, and for any other page.
    """
    if path.rstrip("/") != SEARCH:
        return None
    view = desk().read(keys(search))
    return meant(view) if view.q and not view.messages else None


def register(server: Flask) -> None:
    """Add the address that the box in the header asks."""

    @server.get("/api/search.json")
    def suggestions() -> Response:
        """The best few for `q`, with links that carry the view along; where there are none those that come
        nearest, which say so. `on` is the page that asks.
        """
        view = desk().read(asked())
        found = hits(view, request.args.get("on", "/"))[:SUGGESTED]
        return answer(json.dumps(found or [hit | {"near": "yes"} for hit in near(view)]), "application/json")
