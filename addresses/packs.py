"""Packs: made by the export command in a process of its own.

The reader sees how far it is and may cancel it.
"""

import os
import re
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from flask import Flask, Response, abort, jsonify, send_from_directory

from addresses.asking import fields, from_here, reached_at, said
from components.packing import OFFERED
from components.site import audience, desk
from safeguarding.desk import MEETING, VIEW
from safeguarding.exports.command import CANCEL, STATE
from safeguarding.exports.progress import Progress, clear
from safeguarding.query import KEYS
from safeguarding.refused import Refused
from safeguarding.settings import ROOT
from safeguarding.themes import THEMES

FOLDER = ROOT / "var" / "packs"
KEPT_FOR = 3600.0  # seconds until a pack is taken away, and no more given out
MOST_BYTES = 500_000_000  # of all packs together; the oldest give way
LONGEST = 600.0  # seconds that the making of a pack may take
SILENT_FOR = 180.0  # seconds without a word after which a pack counts as failed
AT_ONCE = 2  # packs that are made side by side: each of them keeps a processor busy
READER = "audience"  # the file in a pack that says for whom it was made
_NAME = re.compile(r"[A-Za-z0-9_-]{16,40}")


def command(given: Mapping[str, object], out: Path, host: str) -> list[str]:
    """The export command for a form. Raises Refused, with a sentence, for fields that make no sense."""

    def text(name: str) -> str:
        value = given.get(name, "")
        return value if isinstance(value, str) else ""

    here, theme, chosen = desk(), text("theme"), given.get("format")
    options = [key for key in KEYS if key.option]
    view = here.read({key.name: text(key.name) for key in options})
    formats = [f for f in OFFERED if isinstance(chosen, list) and f in chosen]
    if view.messages or not formats:
        raise Refused(list(view.messages) or ["Choose at least one format."])
    if theme and theme not in THEMES:
        raise Refused(["There is no such theme."])
    made = [sys.executable, "-m", "safeguarding", "export", "--report", "--bundle"]
    made += ["--format", ",".join(formats), "--out", str(out), "--audience", here.audience.value]
    if theme:
        made += ["--theme", theme]
        view = replace(view, indicators=())
    # what the view has made of the fields, never the fields themselves
    made += [f"--{key.name}={key.write(view)}" for key in options if key.write(view)]
    made += [*(["--flagged"] if given.get("flagged") else []), *(["--notes"] if given.get("notes") else [])]
    path = f"/{theme}" if theme else VIEW if view.indicators else MEETING
    return [*made, f"--link={host}{here.link(path, view)}"]


def register(server: Flask) -> None:
    """Add the addresses of packs to the server, and take away what an earlier one has left."""
    _tidy()

    @server.post("/api/packs")
    def make() -> Response:
        """Begin a pack; the answer names it."""
        if not from_here():
            abort(403)
        _tidy()
        if sum(state(p).state == "making" for p in _folders()) >= AT_ONCE:
            return said(429, "Two packs are being made already. Try again when one of them is done.")
        out = FOLDER / secrets.token_urlsafe(16)
        try:
            arguments = command(fields(), out, reached_at())
        except Refused as refused:
            return said(422, str(refused))
        out.mkdir(parents=True)
        (out / READER).write_text(audience(), encoding="utf-8")
        Progress("making", what="Beginning").save(out / STATE)
        with (out / "log").open("wb") as log:
            process = subprocess.Popen(
                arguments, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=dict(os.environ)
            )
        threading.Thread(target=_ended, args=(process, out), daemon=True).start()
        late = threading.Timer(KEPT_FOR + 1, _tidy)
        late.daemon = True
        late.start()
        return jsonify(pack=out.name)

    @server.get("/api/packs/<name>")
    def how_far(name: str) -> Response:
        """How far a pack is."""
        response = jsonify(state(_folder(name)).__dict__)
        response.headers["Cache-Control"] = "no-store"
        return response

    @server.post("/api/packs/<name>/cancel")
    def cancel(name: str) -> Response:
        """Ask for the making to end."""
        if not from_here():
            abort(403)
        (_folder(name) / CANCEL).touch()
        return jsonify(pack=name)

    @server.get("/api/packs/<name>/<file>")
    def file_of(name: str, file: str) -> Response:
        """One file of a pack that is done."""
        folder = _folder(name)
        if file not in state(folder).files:
            abort(404)
        return send_from_directory(folder, file, as_attachment=True, max_age=0)


def _folders() -> list[Path]:
    return [p for p in FOLDER.iterdir() if p.is_dir()] if FOLDER.exists() else []


def _folder(name: str) -> Path:
    folder = FOLDER / name
    if not _NAME.fullmatch(name) or not folder.is_dir():
        abort(404)
    if _age(folder) > KEPT_FOR:
        clear(folder)
        abort(404)
    if _made_for(folder) != audience():
        abort(404)  # who may not see what is in it is not told that it is there
    return folder


def _made_for(folder: Path) -> str:
    try:
        return (folder / READER).read_text(encoding="utf-8")
    except OSError:
        return ""


def state(folder: Path) -> Progress:
    """How far the pack in a folder is; one that has long been silent has failed."""
    try:
        progress = Progress.load(folder / STATE)
        age = time.time() - (folder / STATE).stat().st_mtime
    except (OSError, ValueError):
        return Progress("failed", message="The pack is gone. Make it again.")
    if progress.state == "making" and age > SILENT_FOR:
        return Progress(
            "failed", message="The pack has stopped without a word. Make it again; the log is in var/packs."
        )
    return progress


def _ended(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Wait for the making of a pack, for so long and no longer."""
    try:
        process.wait(LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        Progress("failed", message="It took too long. Ask for fewer formats or indicators.").save(
            folder / STATE
        )


def _age(folder: Path) -> float:
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:
        return 0.0  # somebody else has just taken it away


def _tidy() -> None:
    """Take away packs whose time is up, and the oldest where all of them take too much room."""
    room = MOST_BYTES
    for folder in sorted(_folders(), key=_age):
        room -= sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
        if _age(folder) > KEPT_FOR or (room < 0 and state(folder).state != "making"):
            clear(folder)
