"""Child protection: enquiries, conferences, plans, repeat plans, duration and reviews."""

import dash
from dash import html

from components.theme_page import theme_page

dash.register_page(__name__, path="/child-protection", name="Child protection", order=3)


def layout(**query: str | list[str]) -> html.Div:
    return theme_page("child-protection", query)
