"""Indicator: one indicator in full."""

import dash
from dash import html

from components.indicator_page import indicator_page

dash.register_page(__name__, path_template="/indicator/<indicator_id>", name="Indicator", order=9)


def layout(indicator_id: str | list[str] = "", **query: str | list[str]) -> html.Div:
    # an address may carry a key of the same name, even twice
    return indicator_page(indicator_id if isinstance(indicator_id, str) else "", query)
