"""Search: every indicator whose title or definition holds the words that the address asks for."""

from dataclasses import replace

import dash
from dash import html

from components.hits import hits, near
from components.markup import Markup, render
from components.shell import shell
from components.site import desk
from safeguarding.desk import SEARCH

dash.register_page(__name__, path=SEARCH, name="Find an indicator", order=11)

TRIES = ("plan", "referral")  # words that find something


def layout(**address: str | list[str]) -> html.Div:
    """The hits, best first; nothing, and no sentence, where nothing is asked."""
    view = desk().read(address)
    text, found = view.q, hits(view)
    lead = f"{len(found)} {'result' if len(found) == 1 else 'results'} for “{text}”."
    if not found:
        lead = f"Nothing found for “{text}”."
    offered = [] if found else near(view)
    tries = [(word, desk().link(SEARCH, replace(view, q=word))) for word in TRIES]
    body = render("search", hits=found, near=offered, tries=tries, text=text)
    content = [Markup(body, id="hits", className="prose")]
    return shell(SEARCH, "Find an indicator", view, content, lead=lead if text else "", filtered=False)
