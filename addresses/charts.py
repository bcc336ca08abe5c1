"""Charts: every chart as an image or a table that stands alone, at an address of its own."""

import json
from dataclasses import replace
from functools import lru_cache
from threading import BoundedSemaphore
from typing import Any

from flask import Flask, Response, abort
from werkzeug.exceptions import ServiceUnavailable

from addresses.asking import answer, asked, reached_at, refused, said
from components.site import desk
from safeguarding.charts.chart import Kind
from safeguarding.charts.picture import FEWEST, FORMATS, MOST, form
from safeguarding.desk import Reading
from safeguarding.disclosure.audience import Audience
from safeguarding.drawing import Drawing
from safeguarding.drawings import (
    AREAS,
    NAMED,
    PAGE,
    areas_drawing,
    drawing,
    parts_drawing,
    spine_drawing,
    theme_drawing,
)
from safeguarding.exports.files import KINDS, PLAIN, named
from safeguarding.exports.tables import told_of
from safeguarding.query import NEIGHBOURS, Query, keys
from safeguarding.store.tables import ENGLAND, Indicator
from safeguarding.summaries import IndicatorSummary
from safeguarding.themes import THEMES, page_of
from safeguarding.wishes import CHOICES, Wishes, read

AT_ONCE, WAIT = 2, 3.0  # files drawn side by side in a process, and how long another one waits for its turn
_drawing = BoundedSemaphore(AT_ONCE)
KEPT = 48  # files of a third of a megabyte
UNWISHED = (
    f"There is no such picture. `size` is {', '.join(FORMATS)}, or millimetres such as 120x90 from {FEWEST} "
    f"to {MOST}; " + "; ".join(f"`{key}` is {', '.join(known)}" for key, known in CHOICES.items()) + "."
)


def find(subject: str, chart: str, view: Query, wishes: Wishes = PLAIN) -> tuple[Drawing, str] | None:
    """The chart of an indicator, a breakdown or the scorecard, and its page; None where there is none."""
    here = desk()
    if chart == Kind.PARTS:
        theme = here.theme_of_breakdown(subject)
        wholes = here.reading(view).wholes(theme) if theme else []
        return next(((parts_drawing(w), f"/{theme}") for w in wholes if w.breakdown_id == subject), None)
    if subject == "scorecard" and chart.startswith(f"{PAGE}-"):
        theme = chart.removeprefix(f"{PAGE}-")
        members = [i for i in here.catalogue.theme(theme) if i.also_on != theme] if theme in THEMES else []
        drawn = theme_drawing(page_of(theme).name, theme, here.summaries(members, view)) if members else None
        return (drawn, f"/{theme}") if drawn else None
    if subject == "scorecard":
        theme = chart.removeprefix(f"{Kind.SPINE}-")
        members = [i for i in here.catalogue.theme(theme) if i.also_on != theme] if theme in THEMES else []
        placed = [s for s in here.summaries(members, view) if s.placed]
        return (spine_drawing(page_of(theme).name, theme, placed), "/") if placed else None
    indicator = here.catalogue.indicators.get(subject)
    if indicator is not None and chart == AREAS:
        drawn = areas_drawing(_side_by_side(indicator, view))
        return (drawn, f"/indicator/{subject}") if drawn else None
    if indicator is None or chart not in NAMED:
        return None
    (summary,) = here.summaries([indicator], view)
    drawn = drawing(summary, *NAMED[chart], wishes.events == "yes", wishes.intervals == "yes")
    return (drawn, f"/indicator/{subject}") if drawn else None


def _side_by_side(indicator: Indicator, view: Query) -> list[IndicatorSummary]:
    """An indicator in the area of a view and in those that it is compared with, each authority by itself;
    in the boroughs of its group or the authorities of its region where only England, the region or an
    average is compared.
    """
    here, own = desk(), desk().catalogue.areas[view.area]
    catalogue, codes = here.catalogue, list[str]()
    for name in view.compare:
        group = [a.area_code for a in catalogue.group(name)]
        area = catalogue.areas.get(name)
        sets = (
            catalogue.neighbour_sets(view.area)[-1:] if name == NEIGHBOURS and len(view.compare) == 1 else []
        )
        near = [code for one in sets for code in catalogue.neighbours[view.area, one]]
        codes += near or group or ([name] if area and area.type == "authority" else [])
    if not codes:
        when = here.store.latest_period_end(here.release)
        held = catalogue.group(own.group) if own.group else catalogue.authorities_of(own.region_code, when)
        codes = [a.area_code for a in held]
    names = sorted({*codes} - {view.area}, key=lambda code: catalogue.areas[code].name)
    reading = Reading(here, view)  # not the one that is kept: it would grow by every area
    alone = replace(view, compare=(ENGLAND,))
    return [reading.summary(indicator, replace(alone, area=code)) for code in [view.area, *names]]


def shortest(view: Query) -> str:
    """The shortest way to write as much of a view as a chart depends on."""
    return desk().link("/", replace(view, show="trend", flagged_only=False)).removeprefix("/")


def told(subject: str, chart: str, view: Query, host: str) -> dict[str, Any] | None:
    """What is to be known of a chart's table; None where there is no such chart."""
    here, found = desk(), find(subject, chart, view)
    return told_of(found[0], here.origin(view, host + here.link(found[1], view))) if found else None


@lru_cache(maxsize=KEPT)
def _file(
    audience: Audience,
    release: int,
    subject: str,
    chart: str,
    kind: str,
    wishes: Wishes,
    search: str,
    host: str,
) -> tuple[bytes, str] | None:
    """One file and its name; it depends on the reader, the release and the address alone, so it is kept."""
    here = desk()
    view = here.read(keys(search))
    found = find(subject, chart, view, wishes)
    if found is None:
        return None
    drawn, path = found
    origin = here.origin(view, host + here.link(path, view))
    if not _drawing.acquire(timeout=WAIT):
        raise ServiceUnavailable("Too many pictures are being made. Try again in a moment.", retry_after=5)
    try:
        body = KINDS[kind].made(drawn, origin, wishes.size, wishes)
    finally:
        _drawing.release()
    return body, named(drawn, origin, kind, wishes.size)


def register(server: Flask) -> None:
    """Add the addresses of the charts' files to the server."""

    @server.get("/api/chart/<subject>/<chart>.<kind>")
    def chart_as_file(subject: str, chart: str, kind: str) -> Response:
        """One chart as a file, for the same query as its page, as its wishes say."""
        wishes = read(asked())
        if kind not in KINDS:
            abort(404)
        if wishes is None or form(wishes.size) is None:
            return said(400, UNWISHED)
        here = desk()
        view = here.read(asked())
        if view.messages:
            return refused(view)
        made = _file(here.audience, here.release, subject, chart, kind, wishes, shortest(view), reached_at())
        if made is None:
            abort(404)
        return answer(made[0], KINDS[kind].mime, made[1])

    @server.get("/api/chart/<subject>/<chart>.metadata.json")
    def chart_explained(subject: str, chart: str) -> Response:
        """What is to be known of a chart's table: where it comes from, caveats, symbols."""
        view = desk().read(asked())
        if view.messages:
            return refused(view)
        found = told(subject, chart, view, reached_at())
        if found is None:
            abort(404)
        return answer(json.dumps(found), "application/json")
