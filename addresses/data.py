"""Data: the tables that Excel, Power BI, R and Python read (docs/api.md), each from its first line on."""

import hashlib
import json
from collections.abc import Sequence

from flask import Flask, Response, request

from addresses.asking import answer, asked, last, reached_at, refused, said
from components.site import desk
from safeguarding import rows
from safeguarding.desk import Desk
from safeguarding.exports import data
from safeguarding.exports.published import CSV, JSON, openapi
from safeguarding.exports.tables import as_csv
from safeguarding.query import NEIGHBOURS, Query
from safeguarding.store.drafts import printable
from safeguarding.themes import THEMES

UNKNOWN = "There is no indicator of that name; /api/indicators.csv has them all."


def wide() -> str:
    """What `compare` says where it names more than areas: `region` or `all`; empty else."""
    named = last("compare", "")
    return named if named in data.WIDE else ""


def narrow() -> Query:
    """The view that the request asks for; what `wide`, `indicator` and `theme` say is left to them."""
    left = {"indicator", "theme", *(["compare"] if wide() else [])}
    return desk().read({k: v for k, v in asked().items() if k not in left})


def table(found: list, name: str, here: Desk, columns: Sequence[str] = ()) -> Response:
    """Rows as a file, the heading of `columns` where there are none."""
    return answer(as_csv(found, columns), CSV, f"{name}_{here.audience}.csv")


def one(indicator_id: str) -> Response:
    """One indicator: the lines of the view, or with `wide` every authority, as a table."""
    here, view = desk(), narrow()
    if view.messages:
        return refused(view)
    (summary,) = here.summaries([here.catalogue.indicators[indicator_id]], view)
    found = rows.of_areas(summary, data.beside(here, view, wide())) if wide() else rows.of_trend(summary)
    name = "_".join(filter(None, (indicator_id, view.area, wide(), view.to)))
    columns = (*rows.COLUMNS, "release")
    return table([{**row, "release": here.release} for row in found], name, here, columns)


def register(server: Flask) -> None:
    """Add the tables to the server."""

    @server.get("/api/figures.csv")
    def figures() -> Response:
        """Every figure that may be shown, sent as it is written; of some indicators, of a theme or of areas
        where named.
        """
        here, view = desk(), narrow()
        named = {i.strip() for i in last("indicator", "").split(",")} - {""}
        theme = last("theme", "")
        if theme and theme not in THEMES:
            return said(400, f"There is no theme of that name. Themes are {', '.join(THEMES)}.")
        unknown = named - here.catalogue.indicators.keys()
        if view.messages:
            return refused(view)
        if unknown:
            some = ", ".join(printable(name)[:40] for name in sorted(unknown)[:3])
            return said(400, f"No indicator is known as “{some}”; /api/indicators.csv has them all.")
        if theme:
            named |= {i.indicator_id for i in here.catalogue.theme(theme)}
        wanted = data.Wanted(
            tuple(sorted(named)) or None, _areas(here, view), view.since or "", view.judged_on
        )
        response = Response(data.figures(here, wanted), mimetype=CSV)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Content-Disposition"] = (
            f"attachment; filename=figures_r{here.release}_{here.audience}.csv"
        )
        # what is sent depends on these alone, so that it need not be made to know whether it has changed: a
        # release never changes, and its number and when it was loaded are not those of another store's
        release = here.release, here.loaded_at
        about = repr((release, here.audience, here.hides, wanted, data.FIGURES))
        response.set_etag(hashlib.sha256(about.encode()).hexdigest()[:24])
        response.make_conditional(request)
        return response

    @server.get("/api/scorecard.csv")
    def scorecard_as_table() -> Response:
        """Every indicator with its verdicts, a row each, for the same query as the pages."""
        here, view = desk(), desk().read(asked())
        if view.messages:
            return refused(view)
        summaries = here.summaries(list(here.catalogue.indicators.values()), view)
        every = data.scorecard(here, summaries)
        pairs = zip(every, summaries, strict=True)
        found = [row for row, s in pairs if s.flagged or not view.flagged_only]
        return table(found, "_".join(filter(None, ("scorecard", view.area, view.to))), here, list(every[0]))

    @server.get("/api/indicators.csv")
    def indicators() -> Response:
        """The catalogue of indicators."""
        return table(data.indicators(desk()), "indicators", desk())

    @server.get("/api/areas.csv")
    def areas() -> Response:
        """The areas, those that have ended among them."""
        return table(data.areas(desk()), "areas", desk())

    @server.get("/api/indicator/<indicator_id>.metadata.json")
    def indicator_explained(indicator_id: str) -> Response:
        """What an indicator's figures mean, and where they come from."""
        here = desk()
        if indicator_id not in here.catalogue.indicators:
            return said(404, UNKNOWN)
        found = data.metadata(here, here.catalogue.indicators[indicator_id], narrow())
        return answer(json.dumps(found, allow_nan=False), JSON)

    @server.get("/api/openapi.json")
    def described() -> Response:
        """These addresses in OpenAPI."""
        found = openapi(f"{desk().partnership}: data") | {"servers": [{"url": reached_at()}]}
        return answer(json.dumps(found), JSON)


def _areas(here: Desk, view: Query) -> tuple[str, ...] | None:
    """The areas that figures are asked of: the view's and those that it is compared with, each authority by
    itself. None for all.
    """
    if not {"area", "compare"} & asked().keys():
        return None
    if wide():
        return tuple(a.area_code for a in data.beside(here, view, wide()))
    catalogue, found = here.catalogue, [view.area]
    for name in view.compare if "compare" in asked() else ():
        sets = catalogue.neighbour_sets(view.area)[-1:] if name == NEIGHBOURS else [name]
        near = [code for one in sets for code in catalogue.neighbours.get((view.area, one), ())]
        grouped = [a.area_code for a in catalogue.group(name)]
        found += near or grouped or [name]
    return tuple(dict.fromkeys(found))
