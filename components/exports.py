"""Exports: every chart as an image or a table that stands alone, at an address of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from flask import Flask, Response, abort, request

from components.api import answer, asked, refused
from components.site import site
from safeguarding.charts.chart import Kind
from safeguarding.charts.picture import FORMATS
from safeguarding.drawing import Drawing, Offer
from safeguarding.drawings import NAMED, drawing, parts_drawing, spine_drawing
from safeguarding.exports.image import image, named
from safeguarding.exports.tables import csv_file, xlsx_file
from safeguarding.query import Query, keys
from safeguarding.themes import THEMES, page_of

KINDS = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
}
KEPT = 48  # files of a third of a megabyte


@dataclass(frozen=True)
class Save:
    """What the menu under a chart offers: its address without a kind, its keys, how many rows, the link to its view."""

    address: str
    keys: str
    rows: int
    link: str
    title: str

    def to(self, kind: str, size: str = "screen") -> str:
        """The address of one file."""
        more = f"size={size}" if size != "screen" else ""
        return f"{self.address}.{kind}{self.keys}{('&' if self.keys else '?') + more if more else ''}"


def save(offer: Offer, view: Query, link: str) -> Save:
    """The menu of a chart that a page shows at `link`."""
    stem = f"/api/chart/{offer.subject}/{offer.name}"
    search = site().link(stem, replace(view, show="trend", flagged_only=False)).removeprefix(stem)
    return Save(stem, search, offer.rows, site().link(link, view), offer.headline)


def find(subject: str, chart: str, view: Query) -> tuple[Drawing, str] | None:
    """The chart of an indicator, of a breakdown or of the scorecard in a view, and the page it is on; None where there is none."""
    here = site()
    if chart == Kind.PARTS:
        return next(
            (
                (parts_drawing(w), f"/{theme}")
                for theme in THEMES
                for w in here.wholes(theme, view)
                if w.breakdown_id == subject
            ),
            None,
        )
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
    here = site()
    view = here.read(keys(search))
    found = find(subject, chart, view)
    if found is None:
        return None
    drawn, path = found
    origin = here.origin(path, view, host)
    if kind in ("png", "svg"):
        body = image(drawn, origin, size, kind)
    elif kind == "csv":
        body = csv_file(drawn, origin)
    elif kind == "xlsx":
        body = xlsx_file(drawn, origin)
    else:
        body = f"{drawn.text}\n\nIn at most 240 characters:\n{drawn.short_text}\n\n{drawn.subtitle}. {drawn.source}\n".encode()
    return body, named(drawn, origin, kind)


def register(server: Flask) -> None:
    """Add the addresses of the charts' files to the server."""

    @server.get("/api/chart/<subject>/<chart>.<kind>")
    def chart_as_file(subject: str, chart: str, kind: str) -> Response:
        """One chart as a file, for the same query as its page and `size`, one of those of FORMATS."""
        address: Mapping[str, str | list[str]] = asked()
        size = address.get("size", "screen")
        if kind not in KINDS or size not in FORMATS:
            abort(404)
        here = site()
        view = here.read(address)
        if view.messages:
            return refused(view)
        search = here.link("/", replace(view, show="trend", flagged_only=False)).removeprefix("/")
        made = _file(here.release, subject, chart, kind, str(size), search, request.host_url.rstrip("/"))
        if made is None:
            abort(404)
        return answer(made[0], KINDS[kind], made[1])
