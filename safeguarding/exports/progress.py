"""Progress: how far a pack is that somebody waits for, kept in a file."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Progress:
    """How far a pack is: `state` is making, done, cancelled or failed; `files` its names once done; `message`
    what went wrong.
    """

    state: str
    done: int = 0
    total: int = 0
    what: str = ""
    files: tuple[str, ...] = ()
    message: str = ""

    def save(self, path: Path) -> None:
        """Write it to a file, whole or not at all."""
        half = path.with_suffix(".half")
        half.write_text(json.dumps(self.__dict__))
        half.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Progress":
        """Read it back. Raises OSError where nothing has been written yet."""
        read = json.loads(path.read_text())
        return cls(**{**read, "files": tuple(read["files"])})


def clear(folder: Path) -> None:
    """Take a folder of packs away, with what is in it."""
    shutil.rmtree(folder, ignore_errors=True)
