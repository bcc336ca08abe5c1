"""Markup: one Dash component that holds a piece of HTML, rendered from a template that escapes every value.

A scorecard of 80 rows is 2,500 Dash components or one piece of markup; the second is on the screen a
third of a second sooner (docs/decisions/0002). assets/markup.js is its browser half.
"""

from pathlib import Path
from typing import Any

import jinja2
from dash.development.base_component import Component, ComponentRegistry

from safeguarding import periods, words
from safeguarding.marks import circled
from safeguarding.store.tables import cited
from safeguarding.vocabulary import Status

ComponentRegistry.registry.add("safeguarding")

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
_TEMPLATES.globals.update(words=words, periods=periods, Status=Status, cited=cited)
_TEMPLATES.filters["circled"] = circled
_TEMPLATES.filters["sentence"] = lambda text: text[:1].upper() + text[1:]


class Markup(Component):
    """A `div` whose content is `html`, as `render` gives; `id` and `className` as on any Dash component."""

    _namespace = "safeguarding"
    _type = "Markup"
    _children_props: list[str] = []
    _base_nodes: list[str] = []
    _prop_names = ["id", "className", "html"]
    _valid_wildcard_attributes: list[str] = []
    available_properties = _prop_names
    available_wildcard_properties: list[str] = []

    def __init__(self, html: str, id: str, className: str = ""):
        super().__init__(html=html, id=id, className=className)


def render(template: str, **context: Any) -> str:
    """The HTML of `templates/<template>.html` with these values, each of them escaped.

    Raises on a name left undefined.
    """
    return _TEMPLATES.get_template(f"{template}.html").render(**context)
