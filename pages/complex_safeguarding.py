"""Complex safeguarding: exploitation, missing, harmful practices, self-harm."""

import dash
from dash import html

from components.theme_page import theme_page

dash.register_page(__name__, path="/complex-safeguarding", name="Complex safeguarding", order=4)


def layout(**query: str | list[str]) -> html.Div:
    return theme_page("complex-safeguarding", query)
