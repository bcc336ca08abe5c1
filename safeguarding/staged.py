"""Staged: what somebody does on the page /import, from files that are read to a release that is published.

Each has a folder of its own, which nobody else on the machine may look into: its state, its report, and the
files where they may be published. A file with a problem is never written there, a list of children least of
all. What is too old, or takes too much room, is taken away.
"""

import json
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from safeguarding.loader.incoming import Offered
from safeguarding.settings import ROOT

FOLDER = ROOT / "var" / "imports"
MOST_UPLOADED, MOST_FILES = 60_000_000, 20  # bytes and files that are offered at once
KEPT_FOR = 4 * 3600.0  # seconds from the last step on: an analyst asks the agency, and comes back
MOST_BYTES = 600_000_000  # of all that is staged; the oldest gives way
LONGEST = 900.0  # seconds that one step may take
AT_ONCE = 2  # steps side by side: each keeps a processor busy
CHECK, LOAD, PUBLISH = "check", "load", "publish"
WORKING, DONE, FAILED = "working", "done", "failed"
STATE, REPORT, FILES = "state.json", "report.json", "files"
_NAME = re.compile(r"[A-Za-z0-9_-]{16,40}")


@dataclass(frozen=True)
class Step:
    """How far a step is: `kind` is check (read, and held against what is published), load, or publish (an
    earlier release); `what` is being done now, `message` what went wrong. `release` is the one to publish, or
    that has been. `began` is in seconds of the clock.
    """

    kind: str
    state: str = WORKING
    what: str = "Beginning"
    by: str = ""
    began: float = 0.0
    in_full: bool = False
    message: str = ""
    release: int | None = None


@dataclass(frozen=True)
class Staged:
    """The folder of one import."""

    folder: Path

    @classmethod
    def begin(cls, step: Step) -> "Staged":
        """A new one, at its first step."""
        FOLDER.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder = FOLDER / secrets.token_urlsafe(16)
        folder.mkdir(mode=0o700)
        return cls(folder).begun(step)

    def begun(self, step: Step) -> "Staged":
        """The same, at the beginning of a step."""
        self.save(replace(step, began=time.time()))
        return self

    @classmethod
    def named(cls, name: str) -> "Staged | None":
        """The one of that name; None where there is none any more."""
        folder = FOLDER / name
        if not _NAME.fullmatch(name) or not folder.is_dir() or _age(folder) > KEPT_FOR:
            return None
        return cls(folder)

    @property
    def step(self) -> Step:
        """How far it is; one that has long been silent has failed."""
        try:
            step = Step(**self._read(STATE))
        except (OSError, ValueError, TypeError):
            return Step(CHECK, FAILED, message="It is gone. Offer the files again.")
        if step.state == WORKING and time.time() - step.began > LONGEST + 10:
            return replace(step, state=FAILED, message="It has stopped without a word. Try it again.")
        return step

    def save(self, step: Step) -> None:
        """Write down how far it is."""
        self._write(STATE, asdict(step))

    @property
    def report(self) -> dict[str, Any]:
        """What was found, as `loading.Outcome.as_data` gives it; empty where nothing was yet."""
        try:
            return self._read(REPORT)
        except (OSError, ValueError):
            return {}

    def save_report(self, report: Mapping[str, Any]) -> None:
        """Write down what was found."""
        self._write(REPORT, report)

    def keep(self, files: list[Offered]) -> None:
        """Keep files that may be published."""
        folder = self.folder / FILES
        folder.mkdir(mode=0o700, exist_ok=True)
        for number, file in enumerate(files):
            (folder / str(number)).write_bytes(file.held)
        self._write(f"{FILES}.json", {"names": [f.name for f in files]})

    @property
    def files(self) -> list[Offered]:
        """The files that are kept; none where they may not be published, or have been."""
        try:
            names, kept = self._read(f"{FILES}.json")["names"], self.folder / FILES
            return [Offered(name, (kept / str(n)).read_bytes()) for n, name in enumerate(names)]
        except (OSError, ValueError):
            return []

    def let_go(self) -> None:
        """Take the files away; the report stays."""
        (self.folder / f"{FILES}.json").unlink(missing_ok=True)
        shutil.rmtree(self.folder / FILES, ignore_errors=True)

    def clear(self) -> None:
        """Take all of it away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self, name: str) -> dict[str, Any]:
        read: dict[str, Any] = json.loads((self.folder / name).read_text(encoding="utf-8"))
        return read

    def _write(self, name: str, held: Mapping[str, Any]) -> None:
        """Whole or not at all."""
        half = self.folder / f"{name}.half"
        half.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
        half.replace(self.folder / name)


def at_work() -> int:
    """How many steps are being done."""
    return sum(Staged(folder).step.state == WORKING for folder in _folders())


def tidy() -> None:
    """Take away what is too old, and the oldest where all of it takes too much room."""
    room = MOST_BYTES
    for folder in sorted(_folders(), key=_age):
        room -= sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
        if _age(folder) > KEPT_FOR or (room < 0 and Staged(folder).step.state != WORKING):
            shutil.rmtree(folder, ignore_errors=True)


def _folders() -> list[Path]:
    return [p for p in FOLDER.iterdir() if p.is_dir()] if FOLDER.exists() else []


def _age(folder: Path) -> float:
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:
        return 0.0  # somebody else has just taken it away
