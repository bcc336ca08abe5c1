"""Children in need: how many, for how long, and at school."""

import dash
from dash import html

from components.theme_page import theme_page

dash.register_page(__name__, path="/children-in-need", name="Children in need", order=2)


def layout(**query: str | list[str]) -> html.Div:
    return theme_page("children-in-need", query)
