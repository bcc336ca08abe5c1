"""Notes: writing what was said of a figure. Each address answers JSON: the note as HTML, or `problems`."""

from collections.abc import Callable, Mapping

from flask import Flask, Response, abort, g, jsonify, request

from addresses.asking import fields, from_here
from components.notes import listed
from components.site import desk
from safeguarding.refused import Refused
from safeguarding.store.drafts import Draft
from safeguarding.store.notes import Note

LARGEST = 16_384  # bytes in a form


def signed() -> dict[str, object]:
    """What the form says, in the name of whoever has signed in; of whoever it names where nobody has to."""
    person = g.get("person")
    return fields() | ({"author": person.name, "by": person.name} if person else {})


def register(server: Flask) -> None:
    """Add the addresses that write notes to the server."""

    def answered(change: Callable[[Mapping[str, object]], Note], status: int = 200) -> Response:
        if not from_here():
            abort(403)
        if (request.content_length or 0) > LARGEST:
            abort(413)
        try:
            note = change(signed())
        except Refused as refused:
            response = jsonify(problems=refused.problems)
            response.status_code = 422
            return response
        except KeyError:
            abort(404)
        response = jsonify(html=listed([note]))
        response.status_code = status
        response.headers["Cache-Control"] = "no-store"
        return response

    @server.post("/api/notes")
    def write() -> Response:
        """Keep a note or an action."""
        return answered(lambda given: desk().notes.write(Draft.read(given)), 201)

    # what the store can count to
    @server.post(f"/api/notes/<int(max={2**31 - 1}):note_id>/<what>")
    def change(note_id: int, what: str) -> Response:
        """Mark an action as done, open it again, take a note away, or put it back."""
        notes = desk().notes
        changes: dict[str, Callable[[str], Note]] = {
            "done": lambda by: notes.finish(note_id, by),
            "reopen": lambda by: notes.reopen(note_id, by),
            "remove": lambda by: notes.remove(note_id, by),
            "restore": lambda by: notes.restore(note_id, by),
        }
        if what not in changes:
            abort(404)
        return answered(lambda given: changes[what](str(given.get("by", ""))))
