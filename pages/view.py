"""A view of one's own: any indicators, in any order."""

import dash
from dash import html

from components.view_page import view_page

dash.register_page(__name__, path="/view", name="Your view", order=9)


def layout(**query: str | list[str]) -> html.Div:
    return view_page(query)
