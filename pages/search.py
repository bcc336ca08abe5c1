"""Search: every indicator whose title or definition holds the words that the address asks for."""

import dash
from dash import html

from components.hits import hits
from components.markup import Markup, render
from components.shell import shell
from components.site import desk
from safeguarding.desk import SEARCH

dash.register_page(__name__, path=SEARCH, name="Find an indicator", order=11)


def layout(**address: str | list[str]) -> html.Div:
    """The hits, best first; nothing, and no sentence, where nothing is asked."""
    view = desk().read(address)
    text, found = view.q, hits(view)
    lead = f"{len(found)} {'result' if len(found) == 1 else 'results'} for “{text}”."
    body = Markup(render("search", hits=found, text=text), id="hits", className="prose")
    return shell(SEARCH, "Find an indicator", view, [body], lead=lead if text else "", filtered=False)
