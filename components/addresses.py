"""Addresses: the plain HTTP side. Health, pages as data for updates in place, status 404, response headers."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

import dash
from dash import Dash, dcc, html
from dash._utils import to_json
from flask import Flask, Response, has_request_context, request
from flask_compress import Compress
from werkzeug.exceptions import HTTPException

from components import api, exports, notes, packs, search_page
from components.site import site
from safeguarding.query import keys

KEPT_PAGES = 256
LARGEST_BODY = 1_048_576  # bytes that anyone may send at once
HERE = "the page goes here"
MARK = f'"{HERE}"'.encode()
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def page_for(path: str) -> tuple[dict | None, dict[str, str]]:
    """The registered page that a path leads to, and the variables in its path; None where it leads nowhere."""
    page, variables = dash._pages._path_to_page(path.strip("/"))
    found = page or None
    if (
        found
        and found["module"].endswith("indicator")
        and variables.get("indicator_id") not in site().catalogue.indicators
    ):
        found = None
    return found, dict(variables or {})


@lru_cache(maxsize=KEPT_PAGES)
def _page_bytes(release: int, notes: int, day: date, path: str, search: str) -> bytes:
    """A page's layout as JSON. It depends on the release, the notes, the day and the address alone, so its bytes are kept."""
    return _render(path, keys(search))


def _render(path: str, asked: Mapping[str, str | list[str]]) -> bytes:
    page, variables = page_for(path)
    layout = (page or dash.page_registry["pages.not_found_404"])["layout"]
    return to_json(layout(**{**asked, **variables})).encode()


def page_bytes(address: str) -> bytes:
    """The layout of the page at `address` (path and query) as JSON, as Dash reads it.

    Pages are kept under the shortest way to write their view, so that no invented key fills the memory; a
    page with a message about its address is not kept.
    """
    here = site()
    path, _, search = address.partition("#")[0].partition("?")
    asked = keys(search)
    view = here.read(asked)
    if view.messages or page_for(path)[0] is None:
        return _render(path, asked)
    path = path.rstrip("/") or "/"
    return _page_bytes(
        here.release, here.notes.revision(), date.today(), path, here.link(path, view).removeprefix(path)
    )


def first_layout() -> html.Div:
    """What Dash draws first: the page's own place, and where changes are announced to those who listen.

    The browser says which page asks in the Referer (our Referrer-Policy lets it), so the page comes with the layout
    and Dash's router has nothing to fetch. Without a Referer the router fetches it, as in any Dash application.
    """
    asking = urlsplit(request.headers.get("Referer", "")) if has_request_context() else None
    announcement = html.Div(id="announcement", className="unseen", role="status", **{"aria-live": "polite"})
    if asking is None or asking.netloc != request.host:
        return html.Div([dash.page_container, announcement])
    search = f"?{asking.query}" if asking.query else ""
    container = html.Div(
        [
            dcc.Location(id="_pages_location", refresh="callback-nav", pathname=asking.path, search=search),
            html.Div(HERE, id="_pages_content", disable_n_clicks=True),
            dcc.Store(id="_pages_store", data={"title": "Safeguarding children"}),
            html.Div(id="_pages_dummy", disable_n_clicks=True),
        ]
    )
    return html.Div([container, announcement])


def register(app: Dash) -> None:
    """Add the addresses to the application's server."""
    server: Flask = app.server
    server.config["COMPRESS_STREAMING_ENDPOINT_CONDITIONAL"] = ["static", "_dash_assets.static"]
    server.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31536000
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    Compress(server)
    api.register(server)
    exports.register(server)
    notes.register(server)
    search_page.register(server)
    packs.register(server)

    @server.before_request
    def layout_with_page() -> Response | None:
        """Answer Dash's request for the layout with the page already in it, from bytes that are kept."""
        if request.path != "/_dash-layout" or request.method != "GET":
            return None
        body = to_json(first_layout()).encode()
        asking = urlsplit(request.headers.get("Referer", ""))
        if MARK in body:
            body = body.replace(MARK, page_bytes(asking.path + (f"?{asking.query}" if asking.query else "")))
        return Response(body, mimetype="application/json", headers={"Cache-Control": "no-store"})

    @server.get("/healthz")
    def healthz() -> Mapping[str, object]:
        return {"status": "ok", "release": site().release}

    @server.get("/page.json")
    def page_as_data() -> Response:
        """The layout of the page at `address`, for assets/dashboard.js."""
        body = page_bytes(request.args.get("address", "/"))
        return Response(body, mimetype="application/json", headers={"Cache-Control": "no-store"})

    @server.errorhandler(404)
    def unknown(_: HTTPException) -> tuple[str, int]:
        return "There is nothing at this address.", 404

    @server.after_request
    def finish(response: Response) -> Response:
        """Status 404 for a page that does not exist, and the headers that every answer carries."""
        if (
            response.mimetype == "text/html"
            and request.method in ("GET", "HEAD")
            and response.status_code == 200
        ):
            if page_for(request.path)[0] is None:
                response.status_code = 404
            response.headers["Cache-Control"] = "no-store"
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if "Content-Security-Policy" not in response.headers and response.mimetype == "text/html":
            response.headers["Content-Security-Policy"] = policy(app)
        return response


def policy(app: Dash) -> str:
    """The content security policy: nothing comes from, or goes to, any other host.

    The hashes are computed for each answer, since Dash adds inline scripts after start-up; Plotly needs inline styles.
    `unsafe-eval` is for tools that watch the page, not for the page (docs/decisions/0007).
    """
    scripts = " ".join(f"'{h}'" if not h.startswith("'") else h for h in app.csp_hashes())
    return (
        f"default-src 'self'; script-src 'self' 'unsafe-eval' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )
