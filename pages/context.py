"""Context: workforce, population, health and early years."""

import dash
from dash import html

from components.theme_page import theme_page

dash.register_page(__name__, path="/context", name="Context", order=6)


def layout(**query: str | list[str]) -> html.Div:
    return theme_page("context", query)
