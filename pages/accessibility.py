"""Accessibility: what this dashboard promises, and where it falls short."""

import dash
from dash import html

from components.markup import Markup, render
from components.shell import shell
from components.site import desk

dash.register_page(__name__, path="/accessibility", name="Accessibility", order=12)


def layout(**address: str | list[str]) -> html.Div:
    """The statement, with its day."""
    here = desk()
    view = here.read(address)
    body = Markup(
        render("accessibility", partnership=here.partnership, contact=here.settings.data_contact),
        id="statement",
        className="prose",
    )
    return shell("/accessibility", "Accessibility statement", view, [body], filtered=False)
