"""Imports: the page /import: files are offered, read, held against what is published, looked at, published;
and an earlier release is made the published one again.

Each step is done in a process of its own (safeguarding/staging.py); its page says how far it is, and looks
again by itself. The gate lets in analysts alone, and nobody where anyone may read.
"""

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict, replace

from flask import Flask, Response, abort, g, redirect, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from addresses.asking import place_of, said
from addresses.gate import caller, said_back
from addresses.proofs import bound, proof, proven
from components import importing
from components.site import opened
from safeguarding import staged
from safeguarding.loader.problems import Problem, as_csv, as_json
from safeguarding.loading import LONGEST_REASON
from safeguarding.settings import ROOT
from safeguarding.staged import CHECK, FAILED, LOAD, MOST_FILES, PUBLISH, WORKING, Staged, Step
from safeguarding.staging import Order, packed
from safeguarding.store.audit import write_down
from safeguarding.store.drafts import LONGEST_NAME, printable, unkept
from safeguarding.store.drawers import Chest

IMPORT = "/import"
LOOKS_AGAIN = "2"  # seconds
GONE = "That import is not kept any more. Offer the files again."
BUSY = "Two imports are being worked on already. Try again when one of them is done."
UNSIGNED = (
    f"Nothing is published yet: say who publishes it and why, in at most {LONGEST_NAME} and {LONGEST_REASON} "
    "characters."
)


def register(server: Flask) -> None:
    """Add the page's addresses, and take away what an earlier process has left."""
    staged.tidy(_chest())

    @server.get(IMPORT)
    def offer() -> Response:
        """The form that takes files, and the releases."""
        return _page(importing.start(proof(), _name()))

    @server.post(IMPORT)
    def check() -> BaseResponse:
        """Take files, and begin to read them."""
        _only_from_here()
        files = [f for f in request.files.getlist("files") if f.filename]
        if not files:
            return _page(importing.start(proof(), _name(), "Choose at least one file."), 422)
        if len(files) > MOST_FILES:
            problem = f"{len(files)} files are too many at once: at most {MOST_FILES}."
            return _page(importing.start(proof(), _name(), problem), 422)
        order = Order(CHECK, by=_name(), in_full=bool(request.form.get("in_full")))
        return _begun(None, order, f"{len(files)} offered", files)

    @server.get(f"{IMPORT}/<name>")
    def look(name: str) -> Response:
        """How far an import is, and what it would change."""
        found = _staged(name)
        if found is None:
            return _page(importing.start(proof(), _name(), GONE), 404)
        return _shown(found)

    @server.post(f"{IMPORT}/<name>/<what>")
    def go_on(name: str, what: str) -> BaseResponse:
        """Publish what was looked at, check it again, or let it go."""
        _only_from_here()
        found = _staged(name)
        if found is None:
            return _page(importing.start(proof(), _name(), GONE), 404)
        if found.step.state == WORKING:
            return redirect(_address(found), 303)
        if what == "discard":
            found.clear()
            return redirect(IMPORT, 303)
        step, report = found.step, found.report
        if what == "again":
            order = Order(CHECK, by=_name(), in_full=step.in_full, upon=report.get("against"))
            return _begun(found, order, "checked again")
        if what != "publish":
            abort(404)
        by, note = _signed()
        if problem := _unsigned(by, note, bool(report.get("wants_a_reason"))):
            return _shown(found, problem, 422, _again(by, note))
        order = Order(LOAD, by, note, report.get("against"), step.in_full)
        return _begun(found, order, f"against release {order.upon}")

    @server.get(f"{IMPORT}/<name>/problems.<kind>")
    def problems(name: str, kind: str) -> Response:
        """The problems as a file to send back to whoever sent the figures."""
        found = _staged(name)
        if found is None or kind not in ("csv", "json"):
            abort(404)
        rows = [Problem(**p) for p in found.report.get("problems", ())]
        text, mimetype = (as_csv(rows), "text/csv") if kind == "csv" else (as_json(rows), "application/json")
        answer = said_back(Response(text, mimetype=mimetype))
        answer.headers["Content-Disposition"] = f"attachment; filename=problems.{kind}"
        return answer

    @server.get(f"{IMPORT}/release/<int:number>")
    def release(number: int) -> Response:
        """What a release would change of what is on show, and the form that publishes it."""
        return _release(number)

    @server.post(f"{IMPORT}/release/<int:number>")
    def publish(number: int) -> BaseResponse:
        """Begin to make an earlier release the published one."""
        _only_from_here()
        by, note = _signed()
        if problem := _unsigned(by, note, wanted=True):
            return _release(number, problem, 422, _again(by, note))
        return _begun(None, Order(PUBLISH, by, note, release=number), f"release {number}")


def _unsigned(by: str, note: str, wanted: bool) -> str:
    """What is wrong with who publishes and why, as they stand; empty where nothing is."""
    if (wanted and not (by and note)) or len(by) > LONGEST_NAME or len(note) > LONGEST_REASON:
        return UNSIGNED
    if found := unkept(by, note, opened().desk.catalogue):
        return " ".join(["Nothing is published yet.", *found])
    return ""


def _again(by: str, note: str) -> importing.Typed:
    """What was typed, for the form to have it still; without what reads like a child's particulars."""
    catalogue = opened().desk.catalogue
    typed = by if not unkept(by, "", catalogue) else ""
    return typed[:LONGEST_NAME], note[:LONGEST_REASON] if not unkept(typed, note, catalogue) else ""


def _name() -> str:
    """Who has signed in; empty where nobody has to."""
    person = g.get("person")
    return person.name if person else ""


def _signed() -> tuple[str, str]:
    """Who publishes, and why: whoever has signed in, else whom the form names."""
    given = request.form
    return _name() or printable(given.get("by")), printable(given.get("note"))


def _only_from_here() -> None:
    """Where nobody signs in the gate has not looked: a change comes from a form of ours, or is refused."""
    origin = request.headers.get("Origin")
    if (origin is not None and place_of(origin) != request.host) or not proven():
        abort(403)


def _chest() -> Chest:
    return staged.chest(opened().store.engine)


def _staged(name: str) -> Staged | None:
    return Staged.named(_chest(), name)


def _address(found: Staged) -> str:
    return f"{IMPORT}/{found.name}"


def _page(text: str, status: int = 200) -> Response:
    return bound(said_back(Response(text, status, mimetype="text/html")))


def _shown(
    found: Staged, problem: str = "", status: int = 200, typed: importing.Typed = importing.NOTHING
) -> Response:
    step = found.step
    response = _page(importing.step(found, proof(), _name(), problem, typed), status)
    if step.state == WORKING:
        response.headers["Refresh"] = LOOKS_AGAIN
    return response


def _release(
    number: int, problem: str = "", status: int = 200, typed: importing.Typed = importing.NOTHING
) -> Response:
    held = {r.release_id: r for r in opened().store.releases()}
    if number not in held:
        return said(404, f"There is no release {number}.")
    return _page(importing.release(held[number], proof(), _name(), problem, typed), status)


def _begun(
    found: Staged | None, order: Order, about: str, files: list[FileStorage] | None = None
) -> BaseResponse:
    """Begin a step of an import, or of a new one, in a process of its own, and lead to its page."""
    held = _chest()
    staged.tidy(held)
    if staged.at_work(held) >= staged.AT_ONCE:
        return said(429, BUSY)
    with opened().store.writing() as connection:
        what = {CHECK: "files checked", LOAD: "files to be published", PUBLISH: "release to be published"}
        write_down(connection, what[order.kind], order.by or "somebody at this machine", about, caller())
    step = Step(order.kind, by=order.by, in_full=order.in_full, release=order.release)
    found = found.begun(step) if found else Staged.begin(held, step)
    process = subprocess.Popen(
        [sys.executable, "-m", "safeguarding.staging", str(staged.FOLDER / found.name)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(os.environ),
    )
    threading.Thread(target=_ended, args=(process, found, found.step.began), daemon=True).start()
    try:
        with process.stdin as into:  # type: ignore[union-attr]
            into.write(json.dumps(asdict(order)).encode() + b"\n")
            if files:
                packed([(_plain(f.filename), _size(f), f.stream) for f in files], into)
    except OSError:
        pass  # it has ended already, and has written down why
    return redirect(_address(found), 303)


def _plain(name: str | None) -> str:
    """A file's name without a folder, as short as an archive takes it."""
    return printable((name or "").replace("\\", "/").rpartition("/")[2])[-100:].replace("\n", "") or "file"


def _size(file: FileStorage) -> int:
    size = file.stream.seek(0, os.SEEK_END)
    file.stream.seek(0)
    return size


def _ended(process: "subprocess.Popen[bytes]", found: Staged, began: float) -> None:
    """Wait for the step that began then, for so long and no longer; ended without a word, it has failed."""
    try:
        process.wait(staged.LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    step = found.step
    if step.state == WORKING and step.began == began:
        message = "It took too long, or too much memory. Offer fewer or smaller files."
        found.save(replace(step, state=FAILED, message=message))
