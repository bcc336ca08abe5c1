"""Command: `python -m safeguarding export`, for a scheduled job and for the packs that readers ask for."""

import argparse
import getpass
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from safeguarding import loader
from safeguarding.desk import Desk
from safeguarding.disclosure.audience import Audience, Rules
from safeguarding.exports import batch, data
from safeguarding.exports.gathering import asked, gather, options
from safeguarding.exports.packing import Cancelled, write
from safeguarding.exports.progress import CANCEL, STATE, Progress
from safeguarding.refused import Refused
from safeguarding.settings import from_environment
from safeguarding.store.audit import write_down
from safeguarding.store.database import open_engine
from safeguarding.store.drawers import Drawer, FolderDrawer, chest
from safeguarding.store.releases import Store

KIND = "pack"  # of the drawers that packs for readers are in


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and what it takes."""
    given = commands.add_parser("export", help="make a pack: PowerPoint, Excel, Word, images or tables")
    options(given)
    given.add_argument("--packs", type=Path, default=None, help="make every pack of a file: docs/exports.md")
    given.add_argument("--log", type=Path, default=None, help="with --packs: a file to add a line a pack to")
    given.add_argument(
        "--figures", choices=["csv", "parquet"], help="no pack: every figure that may be shown, in one file"
    )
    given.add_argument(
        "--report",
        action="store_true",
        help=f"keep {STATE} in the folder, and stop when a file named {CANCEL} appears there",
    )


def run(given: argparse.Namespace) -> int:
    """Make the pack and print its files. Answers 0 when made, 3 when cancelled; of several packs 1 when any
    could not be made.

    Raises Refused, with all that is wrong, where it cannot be made as asked, and BrokenData where the data
    folder has to be loaded first and cannot be. Somebody who waits for the pack is told of either, and of any
    other fault.
    """
    if given.packs:
        return _batch(given)
    if given.figures and given.out:
        here = desks()(given.audience)
        if given.audience == Audience.PARTNERS:
            _write_down(here, f"every figure: {given.figures}")
        print(data.write(here, given.figures, given.out))
        return 0
    if missing := [f"--{name}" for name in ("format", "out") if not getattr(given, name)]:
        raise Refused([f"Say {' and '.join(missing)}, such as --format pptx,xlsx --out pack/."])
    told = _drawer(given.out) if given.report and given.out.is_dir() else None
    try:
        made = make(given, desks(), told)
    except Cancelled:
        if told:
            Progress("cancelled").save(told)
        return 3
    except (Refused, loader.BrokenData) as problem:
        if told:
            Progress("failed", message=str(problem)).save(told)
        raise
    except Exception:
        if told:
            Progress("failed", message="Something went wrong; the log is in var/packs.").save(told)
        raise
    if told:
        if told != FolderDrawer(given.out):
            for path in made:
                told.write(path.name, path.read_bytes())
                path.unlink()
        Progress("done", len(made), len(made), "", tuple(p.name for p in made)).save(told)
    for path in made:
        print(path)
    return 0


def _drawer(out: Path) -> Drawer:
    """Where somebody who waits for a pack looks for it: in the folder, or in the store under its name."""
    return chest(open_engine(from_environment().database_url), KIND, out.parent).named(
        out.name
    ) or FolderDrawer(out)


def desks() -> Callable[[str], Desk]:
    """The desk of the published release for an audience, each opened once.

    Loads the data folder where nothing is published yet; raises BrokenData where that cannot be loaded.
    """
    settings = from_environment()
    store = Store(settings.database_url, Rules.of(settings))
    if store.published() is None:
        store.load_folder(
            loader.read(settings.data_folder),
            author="the export command",
            reason="The data folder, as it stood then",
        )
    return cache(lambda audience: Desk.published(store, settings, Audience(audience)))


def _write_down(here: Desk, what: str) -> None:
    """Say in the audit log what somebody at the terminal has taken away for partners."""
    with here.store.writing() as connection:
        write_down(connection, "partner export", f"{getpass.getuser()} at the terminal", what)


def make(given: argparse.Namespace, desk: Callable[[str], Desk], told: Drawer | None = None) -> list[Path]:
    """Make the files, saying how far they are: in the drawer of whoever waits for them, else on the terminal.

    Raises Refused, BrokenData and Cancelled.
    """

    def tell(done: int, total: int, what: str) -> None:
        if told:
            Progress("making", done, total, what).save(told)
        elif what:
            print(f"{done + 1} of {total}: {what}", file=sys.stderr)

    if told:
        tell(0, 0, "Reading the figures")
    here = desk(given.audience)
    pack = gather(given, here)
    # what a reader has asked for stands in the log once it is fetched, with their name
    if given.audience == Audience.PARTNERS and not told:
        _write_down(here, f"{pack.title}: {given.format}")
    return write(
        pack,
        given.format.split(","),
        given.out,
        bundle=given.bundle,
        overwrite=given.overwrite,
        tell=tell,
        cancelled=lambda: told is not None and told.has(CANCEL),
    )


def _batch(given: argparse.Namespace) -> int:
    """Make every pack of a file. One that cannot be made is logged and leaves the others alone.

    Raises Refused, with the mistakes of all of them, before any is made.
    """
    packs = batch.read(given.packs, given.out, given.overwrite)
    if given.log:
        try:
            given.log.open("a", encoding="utf-8").close()
        except OSError as error:
            raise Refused([f"The log {given.log} cannot be written: {error.strerror}."]) from error
    desk, failed = desks(), 0
    wrong = []
    for number, one in enumerate(packs, 1):
        try:
            asked(one, desk(one.audience))
        except Refused as refused:
            wrong += [f"{given.packs.name}, pack {number}: {problem}" for problem in refused.problems]
    if wrong:
        raise Refused(wrong)

    def log(line: str) -> None:
        line = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}"
        print(line, flush=True)
        if given.log:
            with given.log.open("a", encoding="utf-8") as file:
                print(line, file=file)

    for number, one in enumerate(packs, 1):
        name = f"pack {number} of {len(packs)} ({one.title or one.theme or one.indicator or 'the meeting'})"
        try:
            for path in make(one, desk):
                log(f"{name}: made {path}")
        except Refused as refused:
            failed += 1
            for problem in refused.problems:
                log(f"{name}: FAILED: {problem}")
        except Exception as fault:  # a fault of ours: the other packs are still wanted
            failed += 1
            log(f"{name}: FAILED: {type(fault).__name__}: {fault}")
            traceback.print_exc()
    log(f"{len(packs) - failed} of {len(packs)} packs made")
    return 1 if failed else 0
