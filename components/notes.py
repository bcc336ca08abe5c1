"""Notes: writing what was said of a figure, and the forms and lists that show it."""

from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import urlsplit

from flask import Flask, Response, abort, jsonify, request

from components.markup import render
from components.site import site
from safeguarding.query import Query
from safeguarding.store.drafts import LONGEST, Draft, Refused
from safeguarding.store.notes import Note
from safeguarding.summaries import IndicatorSummary

LARGEST = 16_384  # bytes in a form


def listed(notes: list[Note], view: Query | None = None) -> str:
    """Notes as HTML in their order, each with its buttons; with a view each names its indicator and links to it."""
    here = site()
    links = {n.indicator_id: here.link(f"/indicator/{n.indicator_id}", view) for n in notes} if view else {}
    return render("notes", notes=notes, today=date.today(), indicators=here.catalogue.indicators, links=links)


def form(summary: IndicatorSummary) -> str:
    """The form for a note about the latest figure of a summary; nothing where no figure is held."""
    if summary.latest is None:
        return ""
    return render("note_form", s=summary, longest=LONGEST)


def from_here() -> bool:
    """Does a request that changes something come from a page of ours? Others may not write in a reader's name."""
    origin = request.headers.get("Origin")
    return request.is_json and (origin is None or urlsplit(origin).netloc == request.host)


def register(server: Flask) -> None:
    """Add the addresses that write notes to the server. Each answers JSON: the note as HTML, or `problems`."""

    def answered(change: Callable[[Mapping[str, object]], Note | None], status: int = 200) -> Response:
        if not from_here():
            abort(403)
        if (request.content_length or 0) > LARGEST:
            abort(413)
        fields = request.get_json(silent=True)
        try:
            note = change(fields if isinstance(fields, dict) else {})
        except Refused as refused:
            response = jsonify(problems=refused.problems)
            response.status_code = 422
            return response
        except KeyError:
            abort(404)
        response = jsonify(html=listed([note]) if note else "")
        response.status_code = status
        response.headers["Cache-Control"] = "no-store"
        return response

    @server.post("/api/notes")
    def write() -> Response:
        """Keep a note or an action."""
        return answered(lambda fields: site().notes.write(Draft.read(fields)), 201)

    @server.post("/api/notes/<int:note_id>/<what>")
    def change(note_id: int, what: str) -> Response:
        """Mark an action as done, open it again, or take a note away."""
        notes = site().notes
        changes: dict[str, Callable[[str], Note | None]] = {
            "done": lambda by: notes.finish(note_id, by),
            "reopen": lambda _: notes.reopen(note_id),
            "remove": lambda by: notes.remove(note_id, by),
        }
        if what not in changes:
            abort(404)
        return answered(lambda fields: changes[what](str(fields.get("by", ""))))
