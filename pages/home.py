"""Home: what needs attention, and the scorecard."""

import dash
from dash import html

from components.home_page import home_page

dash.register_page(__name__, path="/", name="Home", order=0)


def layout(**query: str | list[str]) -> html.Div:
    return home_page(query)
