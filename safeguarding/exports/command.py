"""Command: `python -m safeguarding export`, for a scheduled job and for the packs that readers ask for."""

import argparse
import sys
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from safeguarding import loader
from safeguarding.agenda import of_meeting, of_picks, of_theme
from safeguarding.desk import MEETING, VIEW, Desk
from safeguarding.exports.pack import Pack, item
from safeguarding.exports.packing import DOCUMENTS, IMAGES, Cancelled, write
from safeguarding.exports.progress import Progress
from safeguarding.query import KEYS
from safeguarding.refused import Refused
from safeguarding.settings import from_environment
from safeguarding.store.releases import Store
from safeguarding.summaries import IndicatorSummary
from safeguarding.themes import THEMES, page_of

STATE, CANCEL = "progress.json", "cancel"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and what it takes."""
    given = commands.add_parser("export", help="make a pack: PowerPoint, Excel, Word, images or tables")
    what = given.add_mutually_exclusive_group()
    what.add_argument(
        "--theme",
        choices=list(THEMES),
        help="a theme’s indicators; without one, and without --indicator, those of a meeting",
    )
    given.add_argument(
        "--format", required=True, help=f"any of {', '.join((*DOCUMENTS, *IMAGES))}, separated by commas"
    )
    given.add_argument("--out", type=Path, required=True, help="the folder to put the files in")
    for key in (k for k in KEYS if k.option):
        # a theme has its own indicators
        options = what if key.name == "indicator" else given
        options.add_argument(f"--{key.name}", default="", help=key.option)
    given.add_argument("--flagged", action="store_true", help="what is flagged alone")
    given.add_argument("--notes", action="store_true", help="with notes and actions")
    given.add_argument("--title", default="", help="what the pack is called")
    given.add_argument("--link", default="", help="the address that the pack names as its view")
    given.add_argument("--bundle", action="store_true", help="images and tables in one archive")
    given.add_argument(
        "--report",
        action="store_true",
        help=f"keep {STATE} in the folder, and stop when a file named {CANCEL} appears there",
    )


def run(given: argparse.Namespace) -> int:
    """Make the pack and print its files. Answers 0 when made, 3 when cancelled.

    Raises Refused, with all that is wrong, where it cannot be made as asked, and BrokenData where the data
    folder has to be loaded first and cannot be. Somebody who waits for the pack is told of either, and of any
    other fault.
    """
    report = given.report and given.out.is_dir()
    state = given.out / STATE
    try:
        made = make(given)
    except Cancelled:
        Progress("cancelled").save(state)
        return 3
    except (Refused, loader.BrokenData) as problem:
        if report:
            Progress("failed", message=str(problem)).save(state)
        raise
    except Exception:
        if report:
            Progress("failed", message="Something went wrong; the log is in var/packs.").save(state)
        raise
    if given.report:
        Progress("done", len(made), len(made), "", tuple(p.name for p in made)).save(state)
    for path in made:
        print(path)
    return 0


def make(given: argparse.Namespace) -> list[Path]:
    """Make the files, saying how far they are. Raises Refused, BrokenData and Cancelled."""
    settings = from_environment()
    store = Store(settings.database_url)
    if store.published() is None:
        store.load_folder(
            loader.read(settings.data_folder),
            author="the export command",
            reason="The data folder, as it stood then",
        )

    def tell(done: int, total: int, what: str) -> None:
        if given.report:
            Progress("making", done, total, what).save(given.out / STATE)
        elif what:
            print(f"{done + 1} of {total}: {what}", file=sys.stderr)

    return write(
        gather(given, Desk.published(store, settings)),
        given.format.split(","),
        given.out,
        bundle=given.bundle,
        tell=tell,
        cancelled=lambda: given.report and (given.out / CANCEL).exists(),
    )


def gather(given: argparse.Namespace, desk: Desk) -> Pack:
    """The pack that the arguments ask for.

    Raises Refused, with all that is wrong, for arguments that make no sense.
    """
    asked = {key.name: getattr(given, key.name) for key in KEYS if key.option}
    view = replace(desk.read(asked), flagged_only=given.flagged)
    if view.messages:
        raise Refused(list(view.messages))
    catalogue, theme = desk.catalogue, given.theme or ""
    picked = [catalogue.indicators[p.indicator_id] for p in view.indicators]
    reading = desk.reading(view, theme)
    if theme:
        items, title = of_theme(theme, view, catalogue, reading.summaries), page_of(theme).name
    elif picked:
        items, title = of_picks(view.indicators, catalogue, reading.summaries), "View of our own"
    else:
        items, title = of_meeting(view, catalogue, reading.summaries), "Performance meeting"
    if not items:
        raise Refused(["There is nothing to export: no indicator fits."])
    noted = desk.noted(view, [s.indicator for _, s in items]) if given.notes else {}
    # neighbours of one theme stand under its name; the order is the one that was asked for
    groups = tuple(
        (name, tuple(item(p, s, noted.get(p.indicator_id, ())) for p, s in members))
        for name, members in groupby(items, key=lambda one: _theme(one[1], theme))
    )
    path = f"/{theme}" if theme else VIEW if picked else MEETING
    origin = desk.origin(view, given.link or desk.link(path, view))
    wholes = () if view.flagged_only or not theme else tuple(reading.wholes())
    return Pack(given.title or title, desk.partnership, groups, origin, wholes)


def _theme(summary: IndicatorSummary, theme: str) -> str:
    """The name that a pack groups an indicator under: the theme asked for, else the one it lives in."""
    return page_of(theme or summary.indicator.theme).name
