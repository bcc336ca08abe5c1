"""The terminal's way to make a copy of the whole store, and to put one back."""

import argparse
from pathlib import Path

from safeguarding.disclosure.audience import Rules
from safeguarding.refused import Refused
from safeguarding.settings import Settings
from safeguarding.store import copies
from safeguarding.store.notes import Notes
from safeguarding.store.releases import Store
from safeguarding.words import counted

COMMANDS = ("backup", "restore")
SAID = {"release": "release", "observation": "figure", "note": "note", "account": "account"}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands and what they take."""
    given = commands.add_parser("backup", help="copy the whole store into one file, while it is in use")
    given.add_argument("file", type=Path, help="the file to make, such as copies/2026-11-26.sqlite")
    given = commands.add_parser("restore", help="put a copy of the whole store back")
    given.add_argument("file", type=Path, help="the file that `backup` made")
    given.add_argument("--by", required=True, help="who restores it")
    given.add_argument("--replace", action="store_true", help="in place of what the store holds")


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Make a copy or put one back. Raises Refused where that cannot be done, and for a copy of a store that
    holds no release: it is the wrong store.
    """
    if given.command == "restore" and not given.file.exists():
        raise Refused([f"There is no file {given.file}. Nothing was changed."])
    store = Store(settings.database_url, Rules.of(settings))
    if given.command == "backup":
        if not store.releases():
            said = "The store holds no release, so no copy was made. Look at DATABASE_URL"
            raise Refused([f"{said}: is it the dashboard's own? Its first start makes a release."])
        print(f"{given.file}: {_in_words(copies.back_up(store, given.file))}.")
        print("It holds what pages hide. Keep it where partners' figures may be kept.")
        Notes(store).overwrite_removed()  # as each start does: a dashboard may run for months
        return 0
    counts = copies.restore(store, given.file, given.by, given.replace)
    print(f"Restored: {_in_words(counts)}. Release {store.published()} is the published one.")
    print("Start running dashboards anew: they remember releases by their numbers.")
    return 0


def _in_words(counts: copies.Counts) -> str:
    return ", ".join(counted(counts[name], said) for name, said in SAID.items())
