"""Figures: what a chart becomes when a hand reaches for it: the same chart as Plotly draws it, as data.

It comes when it is wanted, not with the page: eight in ten bytes of an ordinary Dash page are figures that
nobody points at. It is found as the chart's files are, so the same rules hide the same figures.
"""

import json
from functools import lru_cache

from flask import Flask, Response, abort, request

from addresses.asking import answer, asked, refused
from addresses.charts import find, shortest
from components.chart import FIGURES, OF_CARD
from components.site import desk
from safeguarding.charts.plotly import CONFIG, as_plotly
from safeguarding.charts.read_out import stops
from safeguarding.disclosure.audience import Audience
from safeguarding.query import keys

KEPT = 256  # figures of a few kilobytes


@lru_cache(maxsize=KEPT)
def _figure(
    audience: Audience, release: int, subject: str, chart: str, search: str, of_card: bool
) -> str | None:
    """A figure as JSON; it depends on the reader, the release and the address alone, so it is kept."""
    found = find(subject, chart, desk().read(keys(search)))
    if found is None:
        return None
    drawn = found[0].chart
    height = OF_CARD if of_card else 0
    read = [{k: v for k, v in vars(stop).items() if v is not None} for stop in stops(drawn)]
    return json.dumps(
        {**as_plotly(drawn, height, valued=not of_card), "config": CONFIG, "stops": read}, allow_nan=False
    )


def register(server: Flask) -> None:
    """Add the address of the figures to the server."""

    @server.get(f"{FIGURES}/<subject>/<chart>.json")
    def figure(subject: str, chart: str) -> Response:
        """One chart as Plotly takes it, and what is said at each point, for the same query as its page."""
        view = desk().read(asked())
        if view.messages:
            return refused(view)
        of_card = request.args.get("size") == "card"
        made = _figure(desk().audience, desk().release, subject, chart, shortest(view), of_card)
        if made is None:
            abort(404)
        return answer(made, "application/json")
