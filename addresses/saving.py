"""Saving: a chart as somebody wants it, with a preview: a form that works without a script.

Everything that is chosen is in the address, so that the same picture can be made again next quarter.
"""

from dataclasses import replace

from flask import Flask, abort, redirect
from werkzeug.wrappers import Response as BaseResponse

from addresses.asking import answer, asked, reached_at, refused
from addresses.charts import find, shortest
from components.markup import render
from components.site import desk, settings
from safeguarding.charts.picture import FEWEST, FORMATS, MOST, form
from safeguarding.query import NOTHING
from safeguarding.store.tables import GREATER_MANCHESTER
from safeguarding.themes import THEMES
from safeguarding.wishes import CHOICES, LONGEST, Wishes, read

SAVE = "/save"
NAMES = {"E92000001": "England", GREATER_MANCHESTER: "Greater Manchester", "SN": "Statistical neighbours"}
PICTURES = ("png", "svg")
LINED = ("trend", "areas")  # the charts whose lines can be chosen


def chosen() -> dict[str, str | list[str]]:
    """The keys of the request, with what the form's own fields mean: lines that are ticked, millimetres."""
    keys = dict(asked())
    ticked = keys.pop("line", [])
    if keys.pop("lines", ""):
        named = [ticked] if isinstance(ticked, str) else ticked
        keys["compare"] = ",".join(named) or NOTHING
    own = keys.pop("mm", "")
    if isinstance(own, str) and own.strip():
        keys["size"] = own.strip().lower().replace(" ", "")
    return keys


def register(server: Flask) -> None:
    """Add the address to the server."""

    @server.get(f"{SAVE}/<subject>/<chart>")
    def dialog(subject: str, chart: str) -> BaseResponse:
        """The form, a preview of what it asks for, and the files: a button sends what stands in the form."""
        here, keys = desk(), chosen()
        wanted = keys.pop("as", "")
        view, wishes = here.read(keys), read(keys)
        if view.messages:
            return refused(view)
        problem = (
            "" if wishes and form(wishes.size) else "That size or choice is not known; this is the usual one."
        )
        wishes = Wishes() if problem or wishes is None else wishes
        found = find(subject, chart, view, wishes)
        if found is None:
            abort(404)
        drawing, path = found
        search = "&".join(filter(None, (shortest(view).removeprefix("?"), wishes.written)))
        query = f"?{search}" if search else ""
        image = f"/api/chart/{subject}/{chart}"
        if wanted in PICTURES and not problem:
            return redirect(f"{image}.{wanted}{query}", 303)
        lines = {
            **NAMES,
            **{
                code: here.catalogue.areas[code].name
                for code in here.catalogue.areas
                if code in view.compare and code not in NAMES
            },
        }
        region = here.catalogue.region_of(view.area)
        if region:
            lines = {"E92000001": "England", region.area_code: region.name, **lines}
        if not here.catalogue.neighbour_sets(view.area):
            lines.pop("SN", None)
        page = render(
            "save",
            partnership=here.partnership,
            drawing=drawing,
            wishes=wishes,
            problem=problem,
            formats=FORMATS,
            choices=CHOICES,
            longest=LONGEST,
            sides=(FEWEST, MOST),
            own=wishes.size if wishes.size not in FORMATS else "",
            named=form(wishes.size),
            lines=lines if chart in LINED else {},
            compared=view.compare,
            kept={
                k: v
                for k, v in here.keys_of(SAVE, replace(view, flagged_only=False)).items()
                if k in (("area", "from", "to") if chart in LINED else ("area", "from", "to", "compare"))
            },
            image=image,
            pictures=PICTURES,
            query=query,
            address=f"{reached_at()}{SAVE}/{subject}/{chart}{query}",
            back=here.link(path, view),
            embedded=f"{reached_at()}/embed/{subject}/{chart}{shortest(view)}"
            if settings().embed_from
            else "",
            siblings=_siblings(subject, chart),
            search=shortest(view),
        )
        return answer(page, "text/html")


def _siblings(subject: str, chart: str) -> list[tuple[str, str]]:
    """The other pictures that belong to a chart: the same indicator in many areas, the theme on a page."""
    catalogue = desk().catalogue
    found = []
    indicator = catalogue.indicators.get(subject)
    if indicator:
        if chart != "areas":
            found.append((f"{SAVE}/{subject}/areas", "This measure in many areas, side by side"))
        theme = indicator.theme
    else:
        theme = chart.partition("-")[2]
    if theme in THEMES and not chart.startswith("page-"):
        found.append((f"{SAVE}/scorecard/page-{theme}", f"{THEMES[theme].name} on one page"))
    return found
