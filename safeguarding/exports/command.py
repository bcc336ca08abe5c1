"""Command: `python -m safeguarding export`, for a scheduled job, and for the packs that the dashboard makes."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from safeguarding import loader, query
from safeguarding.agenda import of_meeting, of_picks, of_theme
from safeguarding.breakdowns import Breakdown, of_page
from safeguarding.exports.pack import Pack, item
from safeguarding.exports.packing import DOCUMENTS, IMAGES, Cancelled, write
from safeguarding.exports.progress import Progress
from safeguarding.figures import Figures
from safeguarding.origin import Origin
from safeguarding.query import Query
from safeguarding.settings import Settings, from_environment
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.notes import Note, Notes
from safeguarding.store.releases import Store
from safeguarding.store.tables import Indicator
from safeguarding.summaries import IndicatorSummary, summarise
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
    for key in (k for k in query.KEYS if k.option):
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
    """Make the pack and print its files. Answers 0 when made, 1 with a sentence when it cannot be, 3 when cancelled."""
    state = given.out / STATE
    try:
        settings = from_environment()
        store = Store(settings.database_url)
        if store.published() is None:
            store.load_folder(
                loader.read(settings.data_folder),
                author="the export command",
                reason="The data folder, as it stood then",
            )
        pack = gather(given, store, settings)

        def tell(done: int, total: int, what: str) -> None:
            if given.report:
                Progress("making", done, total, what).save(state)
            elif what:
                print(f"{done + 1} of {total}: {what}", file=sys.stderr)

        made = write(
            pack,
            given.format.split(","),
            given.out,
            bundle=given.bundle,
            tell=tell,
            cancelled=lambda: given.report and (given.out / CANCEL).exists(),
        )
    except Cancelled:
        Progress("cancelled").save(state)
        return 3
    except (ValueError, LookupError, OSError, loader.BrokenData) as error:
        if given.report and given.out.is_dir():
            Progress("failed", message=str(error)).save(state)
        print(error, file=sys.stderr)
        return 1
    if given.report:
        Progress("done", len(made), len(made), "", tuple(p.name for p in made)).save(state)
    for path in made:
        print(path)
    return 0


def gather(given: argparse.Namespace, store: Store, settings: Settings) -> Pack:
    """The pack that the arguments ask for. Raises ValueError, with all that is wrong, for arguments that make no sense."""
    release = store.published()
    if release is None:
        raise LookupError("no release is published")
    catalogue = store.catalogue(release)
    address = {key.name: getattr(given, key.name) for key in query.KEYS if key.option}
    view = replace(query.read(address, catalogue, settings.home_area), flagged_only=given.flagged)
    if view.messages:
        raise ValueError(" ".join(view.messages))

    def summaries(indicators: Sequence[Indicator]) -> list[IndicatorSummary]:
        figures = Figures.fetch(store, release, indicators, view, settings.neighbour_average)
        return [summarise(i, view, figures) for i in indicators]

    wholes: tuple[Breakdown, ...] = ()
    if given.theme:
        wholes = () if view.flagged_only else tuple(of_page(given.theme, view, store, release))
        items, title = of_theme(given.theme, view, catalogue, summaries), page_of(given.theme).name
    elif view.indicators:
        items, title = of_picks(view.indicators, catalogue, summaries), "View of our own"
    else:
        items, title = of_meeting(view, catalogue, summaries), "Performance meeting"
    if not items:
        raise ValueError("There is nothing to export: no indicator fits.")
    noted: dict[str, list[Note]] = {}
    for note in (
        Notes(store).about(view.area, [p.indicator_id for p, _ in items], view.judged_on)
        if given.notes
        else ()
    ):
        noted.setdefault(note.indicator_id, []).append(note)
    # neighbours of one theme stand under its name; the order is the one that was asked for
    groups = tuple(
        (name, tuple(item(p, s, noted.get(p.indicator_id, ())) for p, s in members))
        for name, members in groupby(items, key=lambda one: _theme(one[1], given.theme))
    )
    origin = Origin(
        release,
        store.loaded_at(release),
        query.in_words(view, catalogue),
        given.link or _link(given, view, catalogue, settings),
        settings.marking,
    )
    return Pack(given.title or title, settings.partnership, groups, origin, wholes)


def _theme(summary: IndicatorSummary, theme: str | None) -> str:
    """The name that a pack groups an indicator under: the theme asked for, else the one it lives in."""
    return page_of(theme or summary.indicator.theme).name


def _link(given: argparse.Namespace, view: Query, catalogue: Catalogue, settings: Settings) -> str:
    path = f"/{given.theme}" if given.theme else "/view" if view.indicators else "/meeting"
    return path + query.write(view, catalogue, settings.home_area)
