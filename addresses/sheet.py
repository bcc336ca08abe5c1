"""Sheet: how every page looks, in one file: a page is painted once its sheet is there, and each more costs it
a question to the server.

As much of Bootstrap's sheet as a page here can use comes first. It gives the controls their shape and every
element its ground: a tenth of its 232 KB, which every page would otherwise read, parse and match against each
of its elements. The sheets of `assets/` follow.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Flask, Response

ASSETS = Path(__file__).parents[1] / "assets"
BOOTSTRAP = ASSETS / "vendor" / "bootstrap.min.css"
# later ones stand above earlier ones; what else lies there is named by the pages that want it
OURS = ("dashboard", "cards", "home", "indicator", "meeting", "print")
PATH = "/sheet.css"
# the classes that dash-bootstrap-components gives to the controls in use: components/as_html.py
USED = {"form-select", "form-check", "form-check-input", "form-check-label", "form-check-inline"}


def used(sheet: str, classes: set[str] = USED) -> str:
    """The rules of a minified sheet that an element can match that bears no class but these."""
    kept = []
    for head, body in _rules(sheet):
        if head.startswith("@media"):
            inside = used(body, classes)
            kept += [f"{head}{{{inside}}}"] if inside else []
        elif head.startswith("@"):
            kept += [] if head.startswith("@keyframes") else [f"{head}{{{body}}}"]
        else:
            fitting = [s for s in head.split(",") if set(re.findall(r"\.([\w-]+)", s)) <= classes]
            kept += [f"{','.join(fitting)}{{{body}}}"] if fitting else []
    return "".join(kept)


def _rules(sheet: str) -> list[tuple[str, str]]:
    """The rules at the top of a sheet: what stands before the braces, and in them."""
    found, start, depth, head = [], 0, 0, ""
    text = re.sub(r"/\*.*?\*/|@charset[^;]*;", "", sheet, flags=re.S)
    for at in re.finditer(r"[{}]", text):
        if at[0] == "{":
            if depth == 0:
                head, start = text[start : at.start()].strip(), at.end()
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                found.append((head, text[start : at.start()]))
                start = at.end()
    return found


@cache
def sheet() -> str:
    """What pages are sent; without what set-up could not bring of Bootstrap's."""
    base = used(BOOTSTRAP.read_text(encoding="utf-8")) if BOOTSTRAP.exists() else ""
    return "\n".join([base, *((ASSETS / f"{name}.css").read_text(encoding="utf-8") for name in OURS)])


def link() -> str:
    """The tag that asks for it, by an address that changes with it."""
    version = hashlib.sha256(sheet().encode()).hexdigest()[:12]
    return f'<link rel="stylesheet" href="{PATH}?v={version}">'


def register(server: Flask) -> None:
    """Add the sheet's address to the server."""

    @server.get(PATH)
    def whole() -> Response:
        """The sheet, which may be kept for ever: another one has another address."""
        kept = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(sheet(), mimetype="text/css", headers=kept)
