"""Looked-after children: how many, where they live, their health, care leavers."""

import dash
from dash import html

from components.theme_page import theme_page

dash.register_page(__name__, path="/looked-after-children", name="Looked-after children", order=5)


def layout(**query: str | list[str]) -> html.Div:
    return theme_page("looked-after-children", query)
