"""Front door: contacts, referrals, assessments and what they note."""

import dash
from dash import html

from components.theme_page import theme_page

dash.register_page(__name__, path="/front-door", name="Front door", order=1)


def layout(**query: str | list[str]) -> html.Div:
    return theme_page("front-door", query)
