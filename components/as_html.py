"""As HTML: a page's own Dash layout as the HTML that a browser shows before, and without, any script.

What stands here is what a page of ours is made of: html components, pieces of markup, three controls of
dash-bootstrap-components, and what shows nothing. Anything else raises: a page must look the same before
and after Dash has taken its place (tests/browser/test_handover.py compares the two).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc
from dash.development.base_component import Component

from components.markup import Markup

# properties of html components whose attribute has another name
NAMES = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "autoComplete": "autocomplete"}
# properties that Dash keeps for itself
KEPT = {"children", "n_clicks", "n_clicks_timestamp", "disable_n_clicks", "key"}
VOID = {"Br", "Hr", "Img"}  # elements that hold nothing and have no closing tag
Options = Sequence[Mapping[str, str]]


def as_html(part: object) -> str:
    """A component, or whatever stands among the children of one, as HTML. Every text is escaped.

    Raises TypeError for a component that is not known here.
    """
    if part is None:
        return ""
    if isinstance(part, str | int | float):
        return escape(str(part), quote=False)
    if isinstance(part, Component):
        return WRITERS.get(type(part), _element)(part)
    if isinstance(part, Sequence):
        return "".join(as_html(one) for one in part)
    raise TypeError(f"{part!r} cannot stand in a page")


def attributes(found: Mapping[str, Any]) -> str:
    """The attributes of a tag: none for what is None or False, a name alone for what is True."""
    parts = []
    for name, value in found.items():
        if value is None or value is False:
            continue
        parts.append(f" {name}" if value is True else f' {name}="{escape(str(value))}"')
    return "".join(parts)


def _element(part: Component) -> str:
    if part._namespace != "dash_html_components":
        raise TypeError(f"{part._namespace}.{part._type} has no HTML of its own here")
    found = part.to_plotly_json()["props"]
    given = sorted(found.items())  # Dash keeps them in no order, and the same page is to be the same bytes
    known = {NAMES.get(k, k): _style(v) if k == "style" else v for k, v in given if k not in KEPT}
    tag = part._type.lower()
    opened = f"<{tag}{attributes(known)}>"
    return opened if part._type in VOID else f"{opened}{as_html(found.get('children'))}</{tag}>"


def _style(found: Mapping[str, object]) -> str:
    """A style as CSS: `{"maxWidth": "10px"}` is `max-width: 10px`."""
    named = {re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name): v for name, v in found.items()}
    return "; ".join(f"{name}: {value}" for name, value in named.items())


def _markup(part: Markup) -> str:
    return f"<div{attributes({'id': part.id, 'class': part.className or None})}>{part.html}</div>"


def _select(part: dbc.Select) -> str:
    chosen = str(part.value)
    options = "".join(
        f"<option{attributes({'value': o['value'], 'selected': o['value'] == chosen})}>"
        f"{escape(o['label'], quote=False)}</option>"
        for o in part.options
    )
    named = attributes({"class": "form-select", "id": part.id, "name": part.name})
    return f'<select{named}><option value="" disabled hidden></option>{options}</select>'


def _ticks(part: Component, kind: str, group: str, chosen: Sequence[str]) -> str:
    """The boxes or buttons of a group, in a line, as dash-bootstrap-components draws them."""
    rows = []
    for option in part.options:
        value = option["value"]
        name = f"_dbcprivate_{group}_{part.id}_input_{value}"
        box = {
            "id": name,
            "name": part.name,
            "class": "form-check-input",
            "type": kind,
            "value": value,
            "checked": value in chosen,
        }
        label = f"<label{attributes({'class': 'form-check-label', 'for': name})}>"
        text = escape(option["label"], quote=False)
        rows.append(
            f'<div class="form-check form-check-inline"><input{attributes(box)}>{label}{text}</label></div>'
        )
    return f"<div{attributes({'id': part.id})}>{''.join(rows)}</div>"


WRITERS: dict[type, Callable[[Any], str]] = {
    Markup: _markup,
    dbc.Select: _select,
    dbc.RadioItems: lambda part: _ticks(part, "radio", "radioitems", [part.value]),
    dbc.Checklist: lambda part: _ticks(part, "checkbox", "checklist", part.value),
    dcc.Store: lambda _: "",
}
