"""Packs: made by the export command in a process of its own.

The reader sees how far it is and may cancel it.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from flask import Flask, Response, abort, jsonify, send_file

from addresses.asking import fields, from_here, reached_at, said
from components.packing import OFFERED
from components.site import audience, desk, opened
from safeguarding.desk import MEETING, VIEW
from safeguarding.exports.command import KIND
from safeguarding.exports.progress import CANCEL, Progress
from safeguarding.query import KEYS, Query
from safeguarding.refused import Refused
from safeguarding.settings import ROOT
from safeguarding.store.drawers import Chest, Drawer, FolderChest, chest, tidy
from safeguarding.themes import THEMES

OPTIONS = [key for key in KEYS if key.option]
FOLDER = ROOT / "var" / "packs"  # where packs are made, and kept where the store has no table for them
KEPT_FOR = 3600.0  # seconds until a pack is taken away, and no more given out
MOST_BYTES = 500_000_000  # of all packs together; the oldest give way
LONGEST = 600.0  # seconds that the making of a pack may take
SILENT_FOR = 180.0  # seconds without a word after which a pack counts as failed
AT_ONCE = 2  # packs that are made side by side: each of them keeps a processor busy
READER = "audience"  # the file in a pack that says for whom it was made


def command(given: Mapping[str, object], out: Path, host: str) -> list[str]:
    """The export command for a form. Raises Refused, with a sentence, for fields that make no sense."""

    here, chosen = desk(), given.get("format")
    theme, view = _asked(given)
    formats = [f for f in OFFERED if isinstance(chosen, list) and f in chosen]
    if view.messages or not formats:
        raise Refused(list(view.messages) or [f"Choose at least one format: {', '.join(OFFERED)}."])
    if theme and theme not in THEMES:
        raise Refused(["There is no such theme."])
    made = [sys.executable, "-m", "safeguarding", "export", "--report", "--bundle"]
    made += ["--format", ",".join(formats), "--out", str(out), "--audience", here.audience.value]
    if theme:
        made += ["--theme", theme]
    # what the view has made of the fields, never the fields themselves
    made += [f"--{key.name}={key.write(view)}" for key in OPTIONS if key.write(view)]
    made += [*(["--flagged"] if given.get("flagged") else []), *(["--notes"] if given.get("notes") else [])]
    path = f"/{theme}" if theme else VIEW if view.indicators else MEETING
    return [*made, f"--link={host}{here.link(path, view)}"]


def again(given: Mapping[str, object]) -> str:
    """The address of the form as it was filled in, to make the same next quarter."""
    theme, view = _asked(given)
    path = f"/{theme}" if theme in THEMES else VIEW if view.indicators else "/"
    return f"{desk().address(path, view)}#pack"


def _asked(given: Mapping[str, object]) -> tuple[str, Query]:
    """The theme and the view of a form; a theme has its own indicators."""
    said = {name: value for name, value in given.items() if isinstance(value, str)}
    theme = said.pop("theme", "")
    view = desk().read({key.name: said.get(key.name, "") for key in OPTIONS})
    view = replace(view, flagged_only=bool(given.get("flagged")))
    return theme, replace(view, indicators=()) if theme else view


def register(server: Flask) -> None:
    """Add the addresses of packs to the server, and take away what an earlier one has left."""
    _tidy()

    @server.post("/api/packs")
    def make() -> Response:
        """Begin a pack; the answer names it."""
        if not from_here():
            abort(403)
        _tidy()
        if sum(map(_making, _chest().drawers())) >= AT_ONCE:
            return said(429, "Two packs are being made already. Try again when one of them is done.")
        pack = _chest().new()
        out = FOLDER / pack.name
        try:
            arguments = command(fields(), out, reached_at())
        except Refused as refused:
            pack.clear()
            return said(422, str(refused))
        out.mkdir(parents=True, exist_ok=True)
        pack.write(READER, audience().encode())
        Progress("making", what="Beginning").save(pack)
        with (out / "log").open("wb") as log:
            process = subprocess.Popen(
                arguments, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=dict(os.environ)
            )
        threading.Thread(target=_ended, args=(process, pack), daemon=True).start()
        late = threading.Timer(KEPT_FOR + 1, _tidy)
        late.daemon = True
        late.start()
        return jsonify(pack=pack.name, again=again(fields()))

    @server.get("/api/packs/<name>")
    def how_far(name: str) -> Response:
        """How far a pack is."""
        response = jsonify(state(_pack(name)).__dict__)
        response.headers["Cache-Control"] = "no-store"
        return response

    @server.post("/api/packs/<name>/cancel")
    def cancel(name: str) -> Response:
        """Ask for the making to end."""
        if not from_here():
            abort(403)
        _pack(name).write(CANCEL, b"")
        return jsonify(pack=name)

    @server.get("/api/packs/<name>/<file>")
    def file_of(name: str, file: str) -> Response:
        """One file of a pack that is done."""
        pack = _pack(name)
        if file not in state(pack).files:
            abort(404)
        return send_file(BytesIO(pack.read(file)), download_name=file, as_attachment=True, max_age=0)


def _chest() -> Chest:
    return chest(opened().store.engine, KIND, FOLDER)


def _pack(name: str) -> Drawer:
    pack = _chest().named(name)
    if pack is None:
        abort(404)
    if pack.age > KEPT_FOR:
        pack.clear()
        abort(404)
    if _made_for(pack) != audience():
        abort(404)  # who may not see what is in it is not told that it is there
    return pack


def _made_for(pack: Drawer) -> str:
    try:
        return pack.read(READER).decode()
    except OSError:
        return ""


def state(pack: Drawer) -> Progress:
    """How far a pack is; one that has long been silent has failed."""
    try:
        progress, age = Progress.load(pack), pack.age
    except (OSError, ValueError):
        return Progress("failed", message="The pack is gone. Make it again.")
    if progress.state == "making" and age > SILENT_FOR:
        return Progress(
            "failed", message="The pack has stopped without a word. Make it again; the log is in var/packs."
        )
    return progress


def _making(pack: Drawer) -> bool:
    return state(pack).state == "making"


def _ended(process: "subprocess.Popen[bytes]", pack: Drawer) -> None:
    """Wait for the making of a pack, for so long and no longer."""
    try:
        process.wait(LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        Progress("failed", message="It took too long. Ask for fewer formats or indicators.").save(pack)


def _tidy() -> None:
    """Take away packs whose time is up, and the oldest where all of them take too much room."""
    for one in {_chest(), FolderChest(FOLDER)}:  # where they are kept, and where they were made
        tidy(one, KEPT_FOR, MOST_BYTES, _making)
