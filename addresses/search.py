"""Search: what the box in the header suggests, as data."""

import json

from flask import Flask, Response

from addresses.asking import answer, asked
from components.hits import hits
from components.site import desk

SUGGESTED = 8


def register(server: Flask) -> None:
    """Add the address that the box in the header asks."""

    @server.get("/api/search.json")
    def suggestions() -> Response:
        """The best few indicators for `q`, with links that carry the view along."""
        return answer(json.dumps(hits(desk().read(asked()))[:SUGGESTED]), "application/json")
