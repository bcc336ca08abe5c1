"""Methods: every definition and rule."""

import dash
from dash import html

from components.methods_page import methods_page

dash.register_page(__name__, path="/methods", name="Methods", order=8)


def layout(**query: str | list[str]) -> html.Div:
    return methods_page(query)
