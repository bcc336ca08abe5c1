"""Asking: what a request asks for, whoever sends it, and the answers that several addresses give."""

import re
from urllib.parse import urlsplit

from flask import Response, g, jsonify, request

from components.markup import render
from components.site import desk
from safeguarding.query import Query, keys

HEADINGS = {
    401: "Sign in first",
    403: "That is not for you",
    404: "There is nothing here",
    429: "Too much at once",
    503: "Not at the moment",
}  # of a page that says what the matter is
# what a page does about it, which a file that is refused does not
INSTEAD = re.compile(r", so this shows [^.]*|; all periods are shown instead")


def asked() -> dict[str, str | list[str]]:
    """The keys of the request at hand."""
    return keys(request.query_string.decode(errors="replace"))


def last(key: str, default: str) -> str:
    """The value of a key that is not the view's own; the last where it is repeated."""
    value = asked().get(key, default)
    return value[-1] if isinstance(value, list) else value


def fields() -> dict[str, object]:
    """The JSON object that a request carries; an empty one where it carries nothing of the kind."""
    try:
        body = request.get_json(silent=True)
    except RecursionError:  # brackets in brackets in brackets
        body = None
    return body if isinstance(body, dict) else {}


def from_here() -> bool:
    """Does a request that changes something come from a page of ours?

    Others may not write in a reader's name.
    """
    origin = request.headers.get("Origin")
    return request.is_json and (origin is None or place_of(origin) == request.host)


def place_of(address: str) -> str:
    """The host and port of an address; empty where it is none."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def reached_at() -> str:
    """What links in exports begin with: PUBLIC_ADDRESS, else the allowed host that the reader has come by."""
    return desk().settings.public_address.rstrip("/") or request.host_url.rstrip("/")


def answer(body: bytes | str, mimetype: str, name: str = "") -> Response:
    """A response that a client may keep and must ask about: unchanged figures cost it a 304.

    `name` makes it a download.
    """
    response = Response(body, mimetype=mimetype, headers={"Cache-Control": "no-cache"})
    if name:
        response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.add_etag()
    response.make_conditional(request)
    return response


def refused(view: Query) -> Response:
    """The answer to an address that could not be read.

    A file has no room for a message, and must not pass for another view.
    """
    return said(400, INSTEAD.sub("", " ".join(view.messages)))


def said(status: int, message: str) -> Response:
    """A sentence with a status other than 200: as JSON for those who speak it, as a page for a browser."""
    if speaks_json():
        response = jsonify(message=message)
    elif "text/html" in request.headers.get("Accept", ""):  # a person, not `*/*`
        page = {"heading": HEADINGS.get(status, "That could not be done"), "message": message}
        response = Response(render("problem", partnership="", number=number(), **page), mimetype="text/html")
    else:
        response = Response(message, mimetype="text/plain")
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def number() -> str:
    """The number of the request at hand, by which the log names it; empty before it has one."""
    return g.get("request_id", "")


def speaks_json() -> bool:
    """Has the caller sent JSON, asked for it, or asked an address that answers it?"""
    wanted = request.accept_mimetypes.best_match(["text/plain", "application/json"])
    return request.is_json or wanted == "application/json" or request.path.startswith(("/api/", "/_dash"))
