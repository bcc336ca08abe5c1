"""Gathering: what a pack may be asked to be, and the pack that is asked for."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path

from safeguarding import periods, query
from safeguarding.agenda import of_meeting, of_picks, of_theme
from safeguarding.desk import MEETING, VIEW, Desk
from safeguarding.disclosure.audience import Audience
from safeguarding.drawings import spine_drawing
from safeguarding.exports.pack import Pack, item
from safeguarding.exports.packing import KNOWN, check_formats
from safeguarding.query import KEYS, LONGEST_TITLE, SHORT, Query
from safeguarding.refused import Refused
from safeguarding.store.catalogue import Catalogue
from safeguarding.summaries import IndicatorSummary
from safeguarding.themes import THEMES, page_of

FEWEST_ROWS = 3  # of a spine chart: two places are told sooner than drawn


def options(given: argparse.ArgumentParser) -> None:
    """Add what a pack may be asked to be, to the command and to each pack of a file of packs."""
    what = given.add_mutually_exclusive_group()
    what.add_argument(
        "--theme",
        choices=list(THEMES),
        help="a theme’s indicators; without one, and without --indicator, those of a meeting",
    )
    given.add_argument("--format", default="", help=f"any of {', '.join(KNOWN)}, separated by commas")
    given.add_argument("--out", type=Path, default=None, help="the folder to put the files in")
    for key in (k for k in KEYS if k.option):
        # a theme has its own indicators
        where = what if key.name == "indicator" else given
        where.add_argument(f"--{key.name}", default="", help=key.option)
    given.add_argument("--flagged", action="store_true", help="what is flagged alone")
    given.add_argument("--notes", action="store_true", help="with notes and actions")
    given.add_argument(
        "--audience",
        choices=[audience.value for audience in Audience],
        default=Audience.SHAREABLE.value,
        help="whom it is for: what is hidden from them is not in it, and every file says so",
    )
    given.add_argument("--link", default="", help="the address that the pack names as its view")
    given.add_argument("--bundle", action="store_true", help="images and tables in one archive")
    given.add_argument("--overwrite", action="store_true", help="replace files of the same name")


def asked(given: argparse.Namespace, desk: Desk) -> Query:
    """The view that the arguments ask for. Raises Refused, with all that is wrong with them."""
    keys = {key.name: getattr(given, key.name) for key in KEYS if key.option}
    wrong = []
    if (code := given.area.strip()) and code not in desk.catalogue.areas:
        keys["area"] = ""  # a page would show the home area and say so
        wrong.append(_no_such_area(code, desk.catalogue))
    # a year that is not held yet is said of the pack that asks for it, once its figures are known
    view = replace(query.read(keys, desk.catalogue, desk.settings.home_area), flagged_only=given.flagged)
    wrong += view.messages
    if len(given.title) > LONGEST_TITLE:
        wrong.append(f"The title has {len(given.title)} characters; {LONGEST_TITLE} fit into a file’s name.")
    try:
        check_formats(given.format.split(","))
    except Refused as refused:
        wrong += refused.problems
    if wrong:
        raise Refused(wrong)
    return view


def _no_such_area(code: str, catalogue: Catalogue) -> str:
    said = f"There is no area with the code “{code}”."
    named = [a for a in catalogue.areas.values() if a.name.casefold() == code.casefold()]
    return f"{said} {named[0].name} is {' or '.join(a.area_code for a in named)}." if named else said


def gather(given: argparse.Namespace, desk: Desk) -> Pack:
    """The pack that the arguments ask for.

    Raises Refused as `asked` does, and for a year that is not held.
    """
    view = asked(given, desk)
    catalogue, theme = desk.catalogue, given.theme or ""
    picked = [catalogue.indicators[p.indicator_id] for p in view.indicators]
    reading = desk.reading(view)
    if theme:
        items, title = of_theme(theme, view, catalogue, reading.summaries), page_of(theme).name
    elif picked:
        items, title = of_picks(view.indicators, catalogue, reading.summaries), "View of our own"
    else:
        items, title = of_meeting(view, catalogue, reading.summaries), "Performance meeting"
    if not items:
        raise Refused(["There is nothing to export: no indicator fits."])
    summaries = [s for _, s in items]
    _held(view, summaries)
    noted = desk.noted(view, [s.indicator for s in summaries]) if given.notes else {}
    # neighbours of one theme stand under its name; the order is the one that was asked for
    groups = tuple(
        (name, tuple(item(p, s, noted.get(p.indicator_id, ())) for p, s in members))
        for name, members in groupby(items, key=lambda one: _theme(one[1], theme))
    )
    path = f"/{theme}" if theme else VIEW if picked else MEETING
    origin = desk.origin(view, given.link or desk.settings.public_address.rstrip("/") + desk.link(path, view))
    pack = Pack(
        view.title or title,
        desk.partnership,
        groups,
        origin,
        () if view.flagged_only or not theme else tuple(reading.wholes(theme)),
        noted=given.notes,
        narrowed=(*(["flagged"] if view.flagged_only else []), *origin.chosen),
        templates=desk.settings.templates,
        author=view.author,
        dated=view.dated,
        short=view.paper == SHORT,
        subject=title,
    )
    placed = [s for s in pack.summaries if s.placed]
    drawn = spine_drawing(pack.of, theme or "pack", placed) if len(placed) >= FEWEST_ROWS else None
    return replace(pack, spine=drawn, period=_period(view, pack))


def _theme(summary: IndicatorSummary, theme: str) -> str:
    """The name that a pack groups an indicator under: the theme asked for, else the one it lives in."""
    return page_of(theme or summary.indicator.theme).name


def _held(view: Query, summaries: Sequence[IndicatorSummary]) -> None:
    """Raises Refused where the view is as at the end of a year of which none of the indicators has a figure:
    a scheduled job would send on another year's figures under its name.
    """
    ends = [s.latest.period_end for s in summaries if s.latest]
    if not view.to or max(ends, default=date.min) > periods.end_of(periods.year_before(view.to)):
        return
    latest = f"the latest ends on {periods.in_words(max(ends))}" if ends else "nor of any year before it"
    said = f"No figure of {view.to} is held of these indicators for {summaries[0].area.name}: {latest}."
    raise Refused([f"{said} Leave --to out for the latest figures."])


def _period(view: Query, pack: Pack) -> str:
    """Which years a pack is of, for the names of its files."""
    latest = max((s.latest for s in pack.summaries if s.latest), key=lambda o: o.period_end, default=None)
    to = f"to {view.to}" if view.to else latest.period if latest else ""
    return " ".join(filter(None, [f"from {view.since}" if view.since else "", to]))
