"""Health: is the server up, and which release does it show?"""

from collections.abc import Mapping

from flask import Flask

from components.site import desk


def register(server: Flask) -> None:
    """Add the address that a monitor asks."""

    @server.get("/healthz")
    def healthz() -> Mapping[str, object]:
        """Up, with the number of the release on show."""
        return {"status": "ok", "release": desk().release}
