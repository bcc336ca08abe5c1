"""API: the addresses that Excel, Power BI, R and Python read, with what to paste there."""

import dash
from dash import html

from components.markup import Markup, render
from components.shell import shell
from components.site import desk
from safeguarding.exports.data import COLUMNS, FIGURES
from safeguarding.exports.published import ADDRESSES

API = "/api"
dash.register_page(__name__, path=API, name="Data for other programs", order=9)


def layout(**address: str | list[str]) -> html.Div:
    """Which addresses there are, what narrows them, what each column holds, and ready snippets."""
    here = desk()
    view = here.read(address)
    settings = here.settings
    at = settings.public_address.rstrip("/") or f"http://{settings.host}:{settings.port}"
    content = render(
        "api",
        addresses=ADDRESSES,
        at=at,
        columns={name: COLUMNS[name] for name in FIGURES},
        release=here.release,
        tokens=bool(settings.access),
    )
    lead = "The figures of the pages for Excel, Power BI, R and Python. What is hidden there is hidden here."
    return shell(
        API,
        "Data for other programs",
        view,
        [Markup(content, id="api", className="prose")],
        lead=lead,
        filtered=False,
    )
