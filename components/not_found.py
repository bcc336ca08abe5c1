"""Not found: a plain message for an address that leads nowhere, and the way on."""

from collections.abc import Mapping

from dash import html

from components.markup import Markup, render
from components.shell import shell
from components.site import NAVIGATION, desk


def not_found(path: str, address: Mapping[str, str | list[str]]) -> html.Div:
    """The page for an unknown path or indicator. The server answers such an address with status 404."""
    here = desk()
    view = here.read(address)
    links = [(name, here.link(target, view)) for target, name in NAVIGATION.items()]
    said = Markup(render("not_found", links=links), id="not-found", className="prose")
    return shell(path, "Page not found", view, [said], filtered=False)
