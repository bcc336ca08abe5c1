"""Markup: one Dash component that holds a piece of HTML, rendered from a template that escapes every value.

A scorecard of 80 rows is 2,500 Dash components or one piece of markup (docs/decisions/0002).
assets/markup.js is its browser half. Why it is no generated component, and no dcc.Markdown, stands in
docs/decisions/0016.
"""

from copy import copy
from pathlib import Path
from typing import Any

import jinja2
from dash.development.base_component import Component

from safeguarding import periods, words
from safeguarding.store.tables import cited
from safeguarding.vocabulary import Status

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
_TEMPLATES.globals.update(words=words, periods=periods, Status=Status, cited=cited)
_TEMPLATES.filters["sentence"] = lambda text: text[:1].upper() + text[1:]
_TEMPLATES.filters["lower_first"] = words.uncapital


class Markup(Component):
    """A `div` whose content is `html`, as `render` gives; `id` and `className` as on any Dash component.

    Without `html` (see `bare`) it takes the content that the server has already sent in the page.
    """

    _namespace = "safeguarding"
    _type = "Markup"
    _children_props: list[str] = []
    _base_nodes: list[str] = []
    _prop_names = ["id", "className", "html"]
    _valid_wildcard_attributes: list[str] = []
    available_properties = _prop_names
    available_wildcard_properties: list[str] = []

    def __init__(self, html: str | None, id: str, className: str = ""):
        given = {} if html is None else {"html": html}
        super().__init__(id=id, className=className, **given)


def render(template: str, **context: Any) -> str:
    """The HTML of `templates/<template>.html` with these values, each of them escaped.

    Raises on a name left undefined.
    """
    return _TEMPLATES.get_template(f"{template}.html").render(**context)


def bare(part: Any) -> Any:
    """The same components, with no HTML in their pieces of markup: the browser has been sent it already."""
    if isinstance(part, Markup):
        return Markup(None, part.id, part.className)
    if isinstance(part, list | tuple):
        return [bare(one) for one in part]
    if isinstance(part, Component) and getattr(part, "children", None) is not None:
        twin = copy(part)
        twin.children = bare(part.children)
        return twin
    return part
