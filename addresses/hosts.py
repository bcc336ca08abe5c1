"""Hosts: by which names this server may be called.

A page of another site can make a browser call this machine by a name of its own (DNS rebinding), and its
scripts would then pass for ours. Only names that have been allowed are answered; ports do not matter.
"""

import re
from collections.abc import Collection

from flask import Flask, Response, request

from addresses.asking import said

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?", re.IGNORECASE)


def is_allowed(host: str, allowed: Collection[str]) -> bool:
    """May this server be called by `host`, which is a name or an address and perhaps a port?"""
    found = _HOST.fullmatch(host)
    return found is not None and found[1].lower() in {name.lower() for name in allowed}


def register(server: Flask, allowed: Collection[str]) -> None:
    """Refuse every request for another host. One that names none, as HTTP/1.0 may, has chosen none."""

    @server.before_request
    def known() -> Response | None:
        host = request.environ.get("HTTP_HOST")
        if not host or is_allowed(host, allowed):
            return None
        return said(
            421, "This server does not answer to that name. If it should, add the name to ALLOWED_HOSTS."
        )
