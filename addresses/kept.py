"""Kept: the answer to a page's address: its HTML, rendered once, compressed once, and kept within a bound.

A page is a function of `pages.Key`, so what is kept never grows stale: a publication, a note or a new day
has another key. A browser that has the page already is answered 304. Once a worker has given its first
answer from a release, it makes the pages that everybody opens.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from html import escape
from threading import Lock, Thread
from typing import NamedTuple

import brotli
from dash import Dash
from flask import Flask, Response, g, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from addresses import follow, pages
from addresses.forms import submitted
from addresses.gate import INSIDE
from addresses.index import HERE
from addresses.search import straight
from components.as_html import as_html
from components.site import NAVIGATION, opened
from safeguarding.desk import MEETING
from safeguarding.disclosure.audience import Audience

MOST = 400  # pages of about 40 KB, in each worker
QUALITY = 6  # of Brotli: 11 would save a tenth and take half a second
BEFORE = b'<div id="served"'
UNREAD = (
    '<p class="message" role="status">The store cannot be read at the moment. You see what was known at '
    "{:%H:%M}: notes written since are missing, and none can be written.</p>"
)
CATCH_ALL = ("/", "/<path:path>")  # what Dash answers with the index


class Kept(NamedTuple):
    """A page: its HTML in Brotli, and what names these bytes."""

    packed: bytes
    tag: str


class Shelf:
    """The pages asked for last, at most so many. Threads may share it."""

    def __init__(self, most: int):
        self.most = most
        self._pages: OrderedDict[pages.Key, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: pages.Key) -> Kept | None:
        """A kept page; None where it is not kept."""
        with self._lock:
            found = self._pages.get(key)
            if found:
                self._pages.move_to_end(key)
            return found

    def put(self, key: pages.Key, page: Kept) -> None:
        """Keep a page; what was asked for longest ago gives way, and so do all of another revision for the
        same readers.
        """
        with self._lock:
            for other in [k for k in self._pages if k[:2] == key[:2] and k.revision != key.revision]:
                del self._pages[other]
            self._pages[key] = page
            while len(self._pages) > self.most:
                self._pages.popitem(last=False)


def filled(index: str, address: str) -> str:
    """The index with the page at `address` in it, as HTML."""
    found, _ = pages.key(address)
    page = pages.page(address)
    served = f'<div id="served" data-revision="{found.revision}">{as_html(follow.frame(page))}</div>'
    return index.replace(HERE, served, 1)


def titled(address: str) -> str:
    """The title of the page at `address`, as HTML."""
    return escape(follow.title(pages.page(address)), quote=False)


def asked_address() -> str:
    """The path and query of the request at hand."""
    return request.full_path.rstrip("?")


def _sent(page: Kept) -> Response:
    """A kept page as an answer; 304 where the browser has it. It says so where the store cannot be read."""
    since = opened().unread_since
    if since is not None:
        said = UNREAD.format(since).encode() + BEFORE
        body = brotli.decompress(page.packed).replace(BEFORE, said, 1)
        return Response(body, mimetype="text/html", headers={"Cache-Control": "no-store"})
    takes = "br" in request.accept_encodings
    response = Response(page.packed if takes else brotli.decompress(page.packed), mimetype="text/html")
    response.headers["Cache-Control"] = "no-cache"  # the browser may keep it, and asks whether it still holds
    response.headers["Vary"] = "Accept-Encoding"
    if takes:
        response.headers["Content-Encoding"] = "br"
    response.set_etag(page.tag if takes else f"{page.tag}-plain")
    response.make_conditional(request)
    return response


def readers() -> list[Audience]:
    """The audiences that this dashboard has: nobody is a stranger where everybody signs in."""
    access = opened().access
    return [Audience.SHAREABLE] if access in ("", "anyone") else [Audience.PARTNERS]


def warm(server: Flask, host: str, paths: Iterable[str] = (*NAVIGATION, MEETING)) -> None:
    """Make the pages that everybody opens, so that nobody waits for them."""
    client = server.test_client()
    for path in paths:
        for reader in readers():
            client.get(path, base_url=f"http://{host}", environ_overrides={INSIDE: reader})


def register(app: Dash, host: str) -> None:
    """Answer pages from memory, keep what Dash has made, and give 404 where there is no page.

    `host` is one that the server answers to.
    """
    server, shelf = app.server, Shelf(MOST)
    warmed: set[int] = set()  # releases

    @server.after_request
    def warmed_up(response: Response) -> Response:
        release = opened().release
        if release not in warmed and INSIDE not in request.environ:  # a thread would not outlive a fork
            warmed.add(release)
            response.call_on_close(Thread(target=warm, args=(server, host), daemon=True).start)
        return response

    @server.before_request
    def from_memory() -> BaseResponse | None:
        rule = request.url_rule
        if rule is None or rule.rule not in CATCH_ALL or request.method not in ("GET", "HEAD"):
            return None
        sent = request.path, request.query_string.decode(errors="replace")
        elsewhere = submitted(*sent) or straight(*sent)
        if elsewhere:
            return redirect(elsewhere, 303)
        g.key, g.sound = pages.key(asked_address())
        page = shelf.get(g.key) if g.sound else None
        g.sent = page is not None
        return _sent(page) if page else None

    @server.after_request
    def kept(response: Response) -> Response:
        if "key" not in g or response.status_code != 200 or "ETag" in response.headers or g.get("sent"):
            return response
        if not g.sound:
            response.status_code = 200 if pages.page_for(request.path)[0] else 404
            response.headers["Cache-Control"] = "no-store"
            return response
        response.headers["Cache-Control"] = "no-cache"
        if request.method == "HEAD":
            return response
        body = response.get_data()
        page = Kept(brotli.compress(body, quality=QUALITY), hashlib.sha256(body).hexdigest()[:24])
        shelf.put(g.key, page)
        return _sent(page)
