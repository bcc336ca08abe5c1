"""Staged: what somebody does on the page /import, from files that are read to a release that is published.

Each has a drawer of its own: its state, its report, and the files where they may be published. A file with a
problem is never put there, a list of children least of all. What is too old, or takes too much room, is taken
away.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from safeguarding.loader.incoming import Offered
from safeguarding.settings import ROOT
from safeguarding.store import drawers
from safeguarding.store.drawers import Chest, Drawer

FOLDER = ROOT / "var" / "imports"  # where the store has no table for them
KIND = "import"  # of the drawers that they are in
MOST_UPLOADED, MOST_FILES = 60_000_000, 20  # bytes and files that are offered at once
KEPT_FOR = 4 * 3600.0  # seconds from the last step on: an analyst asks the agency, and comes back
MOST_BYTES = 600_000_000  # of all that is staged; the oldest gives way
LONGEST = 900.0  # seconds that one step may take
AT_ONCE = 2  # steps side by side: each keeps a processor busy
CHECK, LOAD, PUBLISH = "check", "load", "publish"
WORKING, DONE, FAILED = "working", "done", "failed"
STATE, REPORT, FILES = "state.json", "report.json", "files.json"


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


def chest(engine: sa.Engine, folder: Path | None = None) -> Chest:
    """Where the imports of a store are kept: in its table, or in a folder (by default FOLDER)."""
    return drawers.chest(engine, KIND, folder or FOLDER)


@dataclass(frozen=True)
class Staged:
    """One import, in its drawer."""

    drawer: Drawer

    @classmethod
    def begin(cls, held: Chest, step: Step) -> "Staged":
        """A new one, at its first step."""
        return cls(held.new()).begun(step)

    def begun(self, step: Step) -> "Staged":
        """The same, at the beginning of a step."""
        self.save(replace(step, began=time.time()))
        return self

    @classmethod
    def named(cls, held: Chest, name: str) -> "Staged | None":
        """The one of that name; None where there is none any more."""
        drawer = held.named(name)
        return None if drawer is None or drawer.age > KEPT_FOR else cls(drawer)

    @property
    def name(self) -> str:
        """What it is called in addresses."""
        return self.drawer.name

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
        for number, file in enumerate(files):
            self.drawer.write(f"file-{number}", file.held)
        self._write(FILES, {"names": [f.name for f in files]})

    @property
    def files(self) -> list[Offered]:
        """The files that are kept; none where they may not be published, or have been."""
        try:
            names = self._read(FILES)["names"]
            return [Offered(name, self.drawer.read(f"file-{n}")) for n, name in enumerate(names)]
        except (OSError, ValueError):
            return []

    def let_go(self) -> None:
        """Take the files away; the report stays."""
        self.drawer.remove(FILES)
        for number in range(MOST_FILES):
            self.drawer.remove(f"file-{number}")

    def clear(self) -> None:
        """Take all of it away."""
        self.drawer.clear()

    def _read(self, name: str) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.drawer.read(name))
        return read

    def _write(self, name: str, held: Mapping[str, Any]) -> None:
        self.drawer.write(name, json.dumps(held, ensure_ascii=False).encode())


def at_work(held: Chest) -> int:
    """How many steps are being done."""
    return sum(map(_working, held.drawers()))


def tidy(held: Chest) -> None:
    """Take away what is too old, and the oldest where all of it takes too much room."""
    drawers.tidy(held, KEPT_FOR, MOST_BYTES, _working)


def _working(drawer: Drawer) -> bool:
    return Staged(drawer).step.state == WORKING
