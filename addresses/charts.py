"""Charts: every chart as an image or a table that stands alone, at an address of its own."""

from dataclasses import replace
from functools import lru_cache

from flask import Flask, Response, abort

from addresses.asking import answer, asked, last, reached_at, refused
from components.site import desk
from safeguarding.charts.chart import Kind
from safeguarding.charts.picture import FORMATS
from safeguarding.drawing import Drawing
from safeguarding.drawings import NAMED, drawing, parts_drawing, spine_drawing
from safeguarding.exports.files import KINDS, named
from safeguarding.query import Query, keys
from safeguarding.themes import THEMES, page_of

KEPT = 48  # files of a third of a megabyte


def find(subject: str, chart: str, view: Query) -> tuple[Drawing, str] | None:
    """The chart of an indicator, a breakdown or the scorecard, and its page; None where there is none."""
    here = desk()
    if chart == Kind.PARTS:
        theme = here.theme_of_breakdown(subject)
        wholes = here.reading(view, theme).wholes() if theme else []
        return next(((parts_drawing(w), f"/{theme}") for w in wholes if w.breakdown_id == subject), None)
    if subject == "scorecard":
        theme = chart.removeprefix(f"{Kind.SPINE}-")
        members = [i for i in here.catalogue.theme(theme) if i.also_on != theme] if theme in THEMES else []
        placed = [s for s in here.summaries(members, view) if s.placed]
        return (spine_drawing(page_of(theme).name, theme, placed), "/") if placed else None
    indicator = here.catalogue.indicators.get(subject)
    if indicator is None or chart not in NAMED:
        return None
    (summary,) = here.summaries([indicator], view)
    drawn = drawing(summary, *NAMED[chart])
    return (drawn, f"/indicator/{subject}") if drawn else None


@lru_cache(maxsize=KEPT)
def _file(
    release: int, subject: str, chart: str, kind: str, size: str, search: str, host: str
) -> tuple[bytes, str] | None:
    """One file and its name; it depends on the release and the address alone, so it is kept."""
    here = desk()
    view = here.read(keys(search))
    found = find(subject, chart, view)
    if found is None:
        return None
    drawn, path = found
    origin = here.origin(view, host + here.link(path, view))
    body = KINDS[kind].made(drawn, origin, size)
    return body, named(drawn, origin, kind)


def register(server: Flask) -> None:
    """Add the addresses of the charts' files to the server."""

    @server.get("/api/chart/<subject>/<chart>.<kind>")
    def chart_as_file(subject: str, chart: str, kind: str) -> Response:
        """One chart as a file, for the same query as its page and `size`, one of those of FORMATS."""
        size = last("size", "screen")
        if kind not in KINDS or size not in FORMATS:
            abort(404)
        here = desk()
        view = here.read(asked())
        if view.messages:
            return refused(view)
        search = here.link("/", replace(view, show="trend", flagged_only=False)).removeprefix("/")
        made = _file(here.release, subject, chart, kind, size, search, reached_at())
        if made is None:
            abort(404)
        return answer(made[0], KINDS[kind].mime, made[1])
