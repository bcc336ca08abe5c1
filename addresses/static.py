"""Static: the scripts and sheets that every page needs, compressed as far as it goes and served from memory.

Brotli's highest quality takes three seconds for all of them and saves a sixth of a first visit. The results
are kept in `var/packed` by the hash of the file, so that only the first start after an update pays for it.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
from flask import Flask, Response, request

from addresses.gate import INSIDE
from safeguarding.disclosure.audience import Audience
from safeguarding.settings import ROOT

PACKED = ROOT / "var" / "packed"
NO_PAGE = "/no-such-page"  # the index around a page that is quickly made
# what no page here uses: a polyfill for browsers that cannot run the rest either, and Dash's old table
UNUSED = re.compile(r'<script src="[^"]*(?:polyfill@|dash_table/)[^"]*"></script>\n?')


# what ties a background callback to one rendering of the index: we have none, and a page is one for all
END_ID = re.compile(r'"end_id":\s*"[^"]*"')


@dataclass(frozen=True)
class Kept:
    """One file: its compressed bytes and the headers it is served with."""

    packed: bytes
    headers: dict[str, str]


def packed(body: bytes, folder: Path = PACKED) -> bytes:
    """`body` compressed by Brotli at quality 11, from `folder` where it has been done before."""
    path = folder / f"{hashlib.sha256(body).hexdigest()}.br"
    try:
        return path.read_bytes()
    except OSError:
        result = brotli.compress(body, quality=11)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        half.write_bytes(result)
        half.replace(path)
    except OSError:
        pass  # a folder that cannot be written to costs the next start three seconds, no more
    return result


def register(server: Flask) -> dict[str, Kept]:
    """Serve what is kept from memory to clients that take Brotli. Answers where `keep` puts the files."""
    kept: dict[str, Kept] = {}

    @server.before_request
    def from_memory() -> Response | None:
        file = kept.get(request.path)
        if file is None or request.method != "GET" or "br" not in request.accept_encodings:
            return None
        if file.headers["ETag"] in request.headers.get("If-None-Match", ""):
            return Response(status=304, headers=file.headers)
        return Response(file.packed, headers=file.headers)

    return kept


def keep(server: Flask, kept: dict[str, Kept], host: str) -> None:
    """Keep every file that the index names.

    Once every address is there; `host` is one that the server answers to.

    Rendering the index also tells Dash which files it may serve; every worker inherits that.
    """
    client = server.test_client()
    inside: dict[str, Any] = {"base_url": f"http://{host}", "environ_overrides": {INSIDE: Audience.SHAREABLE}}
    answer = client.get(NO_PAGE, **inside)
    index = answer.get_data(as_text=True)
    named = re.findall(r'(?:src|href|data-plotly)="(/[^"]+\.(?:js|css)[^"]*)"', index)
    for path in {name.partition("?")[0] for name in named}:
        answer = client.get(path, **inside, headers={"Accept-Encoding": "identity"})
        if answer.status_code != 200:
            continue
        body = answer.get_data()
        headers = {
            "Content-Type": answer.headers["Content-Type"],
            "Content-Encoding": "br",
            "Vary": "Accept-Encoding",
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:24]}"',
            "Cache-Control": "public, max-age=31536000, immutable",  # its name carries its time or version
        }
        kept[path] = Kept(packed(body), headers)
