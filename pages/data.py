"""Data: the release on show, and the report held against the figures."""

import dash
from dash import html

from components.data_page import data_page

dash.register_page(__name__, path="/data", name="Data", order=7)


def layout(**query: str | list[str]) -> html.Div:
    return data_page(query)
