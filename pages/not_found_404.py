"""Not found: an address that leads nowhere."""

import dash
from dash import html

from components.not_found import not_found

dash.register_page(__name__)


def layout(**address: str | list[str]) -> html.Div:
    return not_found("/404", address)
