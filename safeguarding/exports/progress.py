"""Progress: how far a pack is that somebody waits for, kept in its drawer."""

import json
from dataclasses import dataclass

from safeguarding.store.drawers import Drawer

STATE, CANCEL = "progress.json", "cancel"  # files in the drawer: how far it is, and that it shall end


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

    def save(self, drawer: Drawer) -> None:
        """Put it into a drawer, whole or not at all."""
        drawer.write(STATE, json.dumps(self.__dict__).encode())

    @classmethod
    def load(cls, drawer: Drawer) -> "Progress":
        """Read it back. Raises FileNotFoundError where nothing has been written yet."""
        read = json.loads(drawer.read(STATE))
        return cls(**{**read, "files": tuple(read["files"])})
