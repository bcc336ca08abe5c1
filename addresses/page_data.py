"""Page data: the layout of a page as JSON, for Dash's first drawing and for updates in place."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

import dash
from dash import Dash, dcc, html
from flask import Response, has_request_context, request
from plotly.io.json import to_json_plotly

from addresses.asking import last, place_of
from components.site import desk
from safeguarding.query import keys

KEPT_PAGES = 256
HERE = "the page goes here"
MARK = f'"{HERE}"'.encode()
NOT_FOUND = "pages.not_found_404"


def page_for(path: str) -> tuple[dict | None, dict[str, str]]:
    """The registered page that a path leads to, and the variables in its path; None where it leads nowhere.

    A page with variables says by `exists`, which it is registered with, whether they name something.
    """
    for page in dash.page_registry.values():
        template = page["path_template"] or page["path"]
        pattern = re.sub("<(.*?)>", r"(?P<\1>[^/]*)", re.escape(template.strip("/")))
        found = re.fullmatch(pattern, path.strip("/"))
        if found and page["module"] != NOT_FOUND:
            exists = page.get("exists")
            return page if exists is None or exists(**found.groupdict()) else None, found.groupdict()
    return None, {}


@lru_cache(maxsize=KEPT_PAGES)
def _page_bytes(release: int, notes: int, day: date, path: str, search: str) -> bytes:
    """A page's layout as JSON.

    It depends on the release, the notes, the day and the address alone, so it is kept.
    """
    return _render(path, keys(search))


def _render(path: str, asked: Mapping[str, str | list[str]]) -> bytes:
    page, variables = page_for(path)
    layout = (page or dash.page_registry[NOT_FOUND])["layout"]
    return to_json_plotly(layout(**{**asked, **variables})).encode()


def page_bytes(address: str) -> bytes:
    """The layout of the page at `address` (path and query) as JSON, as Dash reads it.

    Pages are kept under the shortest way to write their view, so that no invented key fills the memory; a
    page with a message about its address is not kept.
    """
    here = desk()
    path, _, search = address.partition("#")[0].partition("?")
    asked = keys(search)
    view = here.read(asked)
    if view.messages or page_for(path)[0] is None:
        return _render(path, asked)
    path = path.rstrip("/") or "/"
    shortest = here.link(path, view).removeprefix(path)
    return _page_bytes(here.release, here.notes.revision(), date.today(), path, shortest)


def asking_page() -> str | None:
    """The path and query of the page of ours that asks, by its Referer; None where it does not say."""
    address = request.headers.get("Referer", "") if has_request_context() else ""
    if not address or place_of(address) != request.host:
        return None
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def first_layout() -> html.Div:
    """What Dash draws first: the page's own place, and where changes are announced to those who listen.

    The browser says which page asks in the Referer (our Referrer-Policy lets it), so the page comes with the
    layout and Dash's router has nothing to fetch. Without a Referer the router fetches it, as in any Dash
    application.
    """
    asking = asking_page()
    announcement = html.Div(id="announcement", className="unseen", role="status", **{"aria-live": "polite"})
    if asking is None:
        return html.Div([dash.page_container, announcement])
    path, mark, search = asking.partition("?")
    container = html.Div(
        [
            dcc.Location(id="_pages_location", refresh="callback-nav", pathname=path, search=mark + search),
            html.Div(HERE, id="_pages_content", disable_n_clicks=True),
            dcc.Store(id="_pages_store", data={"title": "Safeguarding children"}),
            html.Div(id="_pages_dummy", disable_n_clicks=True),
        ]
    )
    return html.Div([container, announcement])


def register(app: Dash) -> None:
    """Add the addresses that give pages as data, and status 404 to the index where there is no page."""
    server = app.server
    app.layout = first_layout

    @server.before_request
    def layout_with_page() -> Response | None:
        """Answer Dash's request for the layout with the page already in it, from bytes that are kept."""
        if request.path != "/_dash-layout" or request.method != "GET":
            return None
        body = to_json_plotly(first_layout()).encode()
        if MARK in body:
            body = body.replace(MARK, page_bytes(asking_page() or "/"))
        return as_json(body)

    @server.get("/page.json")
    def page_as_data() -> Response:
        """The layout of the page at `address`, for assets/dashboard.js."""
        return as_json(page_bytes(last("address", "/")))

    @server.after_request
    def known(response: Response) -> Response:
        is_index = response.mimetype == "text/html" and response.status_code == 200
        if is_index and request.method in ("GET", "HEAD"):
            if page_for(request.path)[0] is None:
                response.status_code = 404
            response.headers["Cache-Control"] = "no-store"
        return response


def as_json(body: bytes) -> Response:
    """A layout as an answer that nobody keeps."""
    return Response(body, mimetype="application/json", headers={"Cache-Control": "no-store"})
