"""Log: a line for each request, with the number that names it, and never with what was asked or answered.

With LOG=json every line is a JSON object, those of gunicorn and of faults too; else requests are not logged
and the rest is plain. No line holds a figure, a name, the value of a key, a message of a fault (which may
quote any of them), a password or a token.
"""

import logging
import re
import sys
import time
from uuid import uuid4

from flask import Flask, Response, g, request

from addresses.gate import INSIDE, is_trusted
from addresses.lines import AsJson, Plain
from addresses.pages import page_for
from components.site import audience, opened
from safeguarding.store.database import TROUBLE

HEADER = "X-Request-ID"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
LOG = logging.getLogger("dashboard")
REQUESTS = logging.getLogger("dashboard.requests")


def begin(as_json: bool) -> None:
    """Say things to whoever starts the dashboard: in lines of JSON or plainly."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson() if as_json else Plain("%(message)s"))
    for logger in (LOG, logging.getLogger("app")):  # where Flask says what has gone wrong
        logger.handlers, logger.propagate = [handler], False
    LOG.setLevel(logging.INFO)
    REQUESTS.disabled = not as_json
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # it would print addresses with their keys


def route() -> str:
    """Which of the server's addresses is asked: its rule, never what stands in its place."""
    rule = request.url_rule.rule if request.url_rule else "none"
    if rule != "/<path:path>" or not (g.get("let_in") or not opened().access):
        return rule
    try:
        page, _ = page_for(request.path)
    except (LookupError, *TROUBLE):
        return rule
    return (page["path_template"] or page["path"]) if page else "none"


def register(server: Flask) -> None:
    """Number every request, time it and log it: before everything else that answers."""

    @server.before_request
    def numbered() -> None:
        given = request.headers.get(HEADER, "")
        known = is_trusted(request.remote_addr or "") and _ID.fullmatch(given)
        g.request_id, g.began = given if known else uuid4().hex, time.perf_counter()

    @server.after_request
    def logged(response: Response) -> Response:
        if INSIDE in request.environ or "began" not in g:
            return response
        response.headers[HEADER] = g.request_id
        if not REQUESTS.disabled:
            REQUESTS.info("", extra={"asked": line(response)})
        return response


def line(response: Response) -> dict[str, object]:
    """What is logged of a request and its answer."""
    try:
        held = list(g.get("desks", {}).values())
        release: int | None = held[0].release if held else opened().release
    except (LookupError, *TROUBLE):
        release = None
    return {
        "request_id": g.request_id,
        "method": request.method if request.method in METHODS else "other",
        "route": route(),
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.began) * 1000, 1),
        "release": release,
        "audience": audience().value if g.get("let_in") or not opened().access else "stranger",
    }
