"""Staging: one step of an import, in a process of its own: `python -m safeguarding.staging FOLDER`.

Its input is a line of JSON that says what to do, and for a check the files, as a tar archive: so they touch
no disk before they have been read. Memory and time are bounded; whatever a file does to the libraries that
read it, the dashboard goes on. Nothing is printed or logged: a cell could stand in a traceback.
"""

import json
import os
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from safeguarding.disclosure.audience import Rules
from safeguarding.loader.incoming import Offered
from safeguarding.loading import Outcome, load
from safeguarding.refused import Refused
from safeguarding.settings import Settings, from_environment
from safeguarding.staged import CHECK, DONE, FAILED, LOAD, Staged, Step, chest
from safeguarding.store.database import TROUBLE, open_engine
from safeguarding.store.releases import Store

MOST_MEMORY = 6_000_000_000  # bytes of addresses, of which the libraries' own threads take some
TOO_MUCH = "This is too much to read at once. Part it into several files, or send it as CSV UTF-8."
WENT_WRONG = "Something went wrong ({kind}), and nothing was changed. Try again, or load it in the terminal."
BUSY = "The store cannot be written to at the moment, and nothing was changed. Try again soon."


@dataclass(frozen=True)
class Order:
    """What to do: check files (those on the input, or those kept), load the files kept, or publish a release.

    `upon` is the release that somebody has seen the files held against.
    """

    kind: str
    by: str = ""
    note: str = ""
    upon: int | None = None
    in_full: bool = False
    release: int | None = None


def main(folder: str, given: IO[bytes]) -> int:
    """Do one step of an import, and write down what came of it. Answers 1 where it failed.

    `folder` is where it is kept; on PostgreSQL its name alone counts (`drawers`).
    """
    _bounded()
    settings, path = from_environment(), Path(folder)
    staged = Staged.named(chest(open_engine(settings.database_url), path.parent), path.name)
    if staged is None:
        return 1
    order, step = Order(**json.loads(given.readline())), staged.step

    def tell(what: str) -> None:
        nonlocal step
        step = replace(step, what=what)
        staged.save(step)

    try:
        store = Store(settings.database_url, Rules.of(settings))
        if order.kind in (CHECK, LOAD):
            step = _read(staged, step, order, given, store, settings, tell)
        else:
            step = _publish(step, order, store, tell)
    except Refused as refused:
        step = replace(step, state=FAILED, message=" ".join(refused.problems))
    except MemoryError:
        step = replace(step, state=FAILED, message=TOO_MUCH)
    except TROUBLE:
        step = replace(step, state=FAILED, message=BUSY)
    except Exception as error:  # the libraries raise what they like, and its words may hold a cell
        step = replace(step, state=FAILED, message=WENT_WRONG.format(kind=type(error).__name__))
    staged.save(step)
    return int(step.state == FAILED)


def _read(
    staged: Staged,
    step: Step,
    order: Order,
    given: IO[bytes],
    store: Store,
    settings: Settings,
    tell: Callable[[str], None],
) -> Step:
    """Check files, or load them."""
    files = staged.files or (unpacked(given) if order.kind == CHECK and not order.upon else [])
    if not files:
        raise Refused(["The files are not kept any more. Offer them again."])
    tell(f"Reading and checking {_counted(len(files))}")
    who: dict[str, Any] = {"by": order.by, "note": order.note, "upon": order.upon}
    dry = order.kind == CHECK
    outcome: Outcome = load(store, settings, files, **who, dry_run=dry, in_full=order.in_full, telling=tell)
    staged.save_report(outcome.as_data)
    if not dry and not outcome.release and not outcome.problems and not outcome.nothing:
        return replace(step, state=FAILED, message=" ".join(outcome.refused))  # the files stay
    if dry and not outcome.problems and not outcome.nothing:
        staged.keep(files)
    else:
        staged.let_go()
    return replace(step, state=DONE, release=outcome.release)


def _publish(step: Step, order: Order, store: Store, tell: Callable[[str], None]) -> Step:
    """Make an earlier release the published one."""
    number = order.release or 0
    if number not in {r.release_id for r in store.releases()}:
        raise Refused([f"There is no release {number}."])
    tell("Looking for what could be worked out of what is hidden")
    if refused := store.refusal(number):
        raise Refused([f"Release {number} is not published.", *refused])
    store.publish(number, order.by, order.note)
    return replace(step, state=DONE, release=number)


def packed(files: list[tuple[str, int, IO[bytes]]], into: IO[bytes]) -> None:
    """Write files (name, size, and what they hold) as `unpacked` reads them."""
    with tarfile.open(fileobj=into, mode="w|") as archive:
        for name, size, held in files:
            about = tarfile.TarInfo(name)
            about.size = size
            archive.addfile(about, held)


def unpacked(given: IO[bytes]) -> list[Offered]:
    """The files of an archive, in memory."""
    with tarfile.open(fileobj=given, mode="r|") as archive:
        return [Offered(one.name, held.read()) for one in archive if (held := archive.extractfile(one))]


def _counted(number: int) -> str:
    return "one file" if number == 1 else f"{number} files"


def _bounded() -> None:
    """What is written is for this user alone; memory ends before the machine's does, where it can be."""
    os.umask(0o077)
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.stdin.buffer))
