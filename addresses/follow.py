"""Follow: the frame that Dash draws, and the callback that turns the page in it into the one asked for.

The browser's half is in assets/dashboard.js: `wanted` is where the reader wants to be (a changed control, a
link within the page, Back), `asked` what the server is asked, one question at a time, `shown` what is there.
"""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, set_props
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from addresses import pages
from components.changes import changes
from components.markup import bare


def frame(page: Component | None = None) -> html.Div:
    """What stands around a page: its place, and where changes are announced to those who listen."""
    announcement = html.Div(id="announcement", className="unseen", role="status", **{"aria-live": "polite"})
    stores = [dcc.Store(id=name) for name in ("wanted", "asked", "shown")]
    return html.Div([html.Div(page, id="place"), announcement, *stores], id="frame")


def follow(asked: Any, shown: Any) -> None:
    """Show the page at the address that is asked for, and set only what differs from the one shown."""
    if not _is_question(asked) or not (shown is None or _is_answer(shown)):
        raise PreventUpdate
    found, _ = pages.key(asked["address"])
    after = pages.page(asked["address"])
    if shown is None:
        # the browser has the HTML of this page already, unless something was published or written meanwhile
        set_props("place", {"children": bare(after) if asked.get("revision") == found.revision else after})
    else:
        known = shown["revision"] == found.revision and shown["address"].partition("?")[0] == found.path
        steps = changes(pages.page(shown["address"]), after) if known else None
        for name, properties in [("place", {"children": after})] if steps is None else steps:
            set_props(name, properties)
    set_props("shown", {"data": {"n": asked["n"], "address": found.address, "revision": found.revision}})


def title(page: Component) -> str:
    """What the browser calls a page."""
    return f"{getattr(page, 'data-title')} – Safeguarding children"


def _is_question(asked: Any) -> bool:
    match asked:
        case {"n": int() | float(), "address": str(address)}:
            return address.startswith("/") and address.partition("?")[0].isprintable()
    return False


def _is_answer(shown: Any) -> bool:
    match shown:
        case {"address": str(), "revision": str()}:
            return True
    return False


def register(app: Dash) -> None:
    """Set the layout, and the callbacks that change it."""
    app.layout = frame
    app.callback(Input("asked", "data"), State("shown", "data"), prevent_initial_call=True)(follow)
    app.clientside_callback(
        ClientsideFunction("address", "ask"),
        Output("asked", "data"),
        Input("wanted", "data"),
        Input("shown", "data"),
        State("asked", "data"),
    )
