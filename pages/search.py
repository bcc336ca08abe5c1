"""Search: find an indicator by its words."""

import dash
from dash import html

from components.search_page import search_page

dash.register_page(__name__, path="/search", name="Find an indicator", order=11)


def layout(**query: str | list[str]) -> html.Div:
    return search_page(query)
