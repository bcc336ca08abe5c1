"""Meeting mode: one indicator a screen."""

import dash
from dash import html

from components.meeting_page import meeting_page

dash.register_page(__name__, path="/meeting", name="Meeting", order=10)


def layout(**query: str | list[str]) -> html.Div:
    return meeting_page(query)
