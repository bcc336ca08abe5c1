"""Health: is the server up, and which release does it show?"""

from collections.abc import Mapping

from flask import Flask

from components.site import opened
from safeguarding.store.database import TROUBLE


def register(server: Flask) -> None:
    """Add the address that a monitor asks."""

    @server.get("/healthz")
    def healthz() -> Mapping[str, object]:
        """Up, with the number of the release on show."""
        return {"status": "ok", "release": opened().release}

    @server.get("/readyz")
    def readyz() -> tuple[Mapping[str, object], int]:
        """Can the store be read? 503 with a sentence where it cannot, and pages that are known go on."""
        here = opened()
        try:
            release = here.store.published()
        except TROUBLE:
            release = None
        if release is None:
            return {"ready": False, "why": "The store cannot be read. Pages that are known are served."}, 503
        said = (
            "The data folder could not be loaded at the start; the log says why."
            if here.behind
            else "as loaded"
        )
        return {"ready": True, "release": release, "data": said}, 200
