"""What turns one page into another: as little as can be, and all of it."""

import json

import pytest
from dash import html
from hypothesis import given
from hypothesis import strategies as st

from components.changes import changes
from components.markup import Markup


def page(*children, **properties):
    return html.Div(list(children), id="page", **properties)


@pytest.mark.parametrize(
    "before, after, steps",
    [
        (page("a"), page("a"), []),
        (page(html.P("a", id="p")), page(html.P("b", id="p")), [("p", {"children": "b"})]),
        (page(html.P("a")), page(html.P("b")), [("page", {"children": [html.P("b")]})]),
        (page(Markup("x", id="m")), page(Markup("y", id="m")), [("m", {"html": "y"})]),
        (page(title="a"), page(title="b"), [("page", {"title": "b"})]),
        (page(title="a"), page(), [("page", {"title": None})]),
        (
            page(html.P("a", id="p")),
            page(html.P("a", id="q")),
            [("page", {"children": [html.P("a", id="q")]})],
        ),
        (page(html.P(id="p")), page(html.B(id="p")), [("page", {"children": [html.B(id="p")]})]),
        (page("a"), page("a", "b"), [("page", {"children": ["a", "b"]})]),
        (
            page(html.P("a", id="p"), html.Div(html.B("c"), id="d")),
            page(html.P("b", id="p"), html.Div(html.B("e"), id="d")),
            [("p", {"children": "b"}), ("d", {"children": html.B("e")})],
        ),
    ],
)
def test_only_what_differs_is_set(before, after, steps):
    assert plain(changes(before, after)) == plain(steps)


def test_a_component_that_is_another_has_to_be_replaced():
    assert changes(page(), html.Main(id="page")) is None
    assert changes(page(), html.Div([], id="other")) is None


leaves = st.one_of(st.sampled_from("abc"), st.none())
parts = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda kind, name, children: kind(children, **({"id": name} if name else {})),
        st.sampled_from((html.P, html.Div)),
        st.sampled_from(("", "x", "y", "z")),
        st.lists(inner, max_size=3) | inner,
    ),
    max_leaves=8,
)


@given(parts, parts)
def test_set_one_by_one_they_give_the_other_page(one, other):
    before, after = page(one), page(other)
    state, wanted = plain(before), plain(after)
    for name, properties in changes(before, after) or []:
        for found in [part for part in every(state) if part["props"].get("id") == name][:1]:
            found["props"].update(plain(properties))
    names = [part["props"]["id"] for part in every(plain(before)) if part["props"].get("id")]
    if len(names) == len(set(names)):  # as on every page: an id is there once
        assert state == wanted


def every(part):
    """Every component in a plain layout."""
    if isinstance(part, list):
        return [one for inner in part for one in every(inner)]
    return [part, *every(part["props"].get("children"))] if isinstance(part, dict) else []


def plain(part):
    return json.loads(json.dumps(part, default=lambda component: component.to_plotly_json()))
