"""A layout as HTML: every text escaped, every attribute as browsers read it, nothing unknown let through."""

from html.parser import HTMLParser

import dash_bootstrap_components as dbc
import pytest
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st

from components.as_html import as_html
from components.markup import Markup, bare


def test_an_element_has_its_attributes_and_its_children():
    part = html.Div(
        [html.P("a < b & c", id="p", className="small"), None, "x", 3],
        id="d",
        tabIndex="-1",
        hidden=True,
        style={"maxWidth": "10px", "height": "2px"},
        **{"aria-hidden": "true", "data-value": 'say "no"'},
    )
    assert as_html(part) == (
        '<div aria-hidden="true" data-value="say &quot;no&quot;" hidden id="d" '
        'style="max-width: 10px; height: 2px" tabindex="-1">'
        '<p class="small" id="p">a &lt; b &amp; c</p>x3</div>'
    )


@pytest.mark.parametrize(
    "part, expected",
    [
        (html.Label("Area", htmlFor="a"), '<label for="a">Area</label>'),
        (html.Br(), "<br>"),
        (html.Div(), "<div></div>"),
        (html.Details([html.Summary("S")], open=False), "<details><summary>S</summary></details>"),
        (
            html.Form([], action="/x?a=1&b=2", method="get"),
            '<form action="/x?a=1&amp;b=2" method="get"></form>',
        ),
        (dcc.Store(id="shown", data={"a": 1}), ""),
        (
            Markup("<b>as it is</b>", id="m", className="facts"),
            '<div id="m" class="facts"><b>as it is</b></div>',
        ),
        (None, ""),
    ],
)
def test_what_a_page_is_made_of(part, expected):
    assert as_html(part) == expected


def test_the_controls_say_what_is_chosen():
    options = [{"label": "One & all", "value": "1"}, {"label": "Two", "value": "2"}]
    select = as_html(dbc.Select(id="filter-x", name="x", options=options, value="2"))
    assert '<option value="1">One &amp; all</option><option value="2" selected>Two</option>' in select
    assert select.startswith('<select class="form-select" id="filter-x" name="x">')
    ticked = as_html(dbc.Checklist(id="filter-x", name="x", options=options, value=["1"], inline=True))
    assert (
        ticked.count("checked") == 1
        and 'name="x" class="form-check-input" type="checkbox" value="1" checked' in ticked
    )
    chosen = as_html(dbc.RadioItems(id="filter-x", name="x", options=options, value="2", inline=True))
    assert 'type="radio" value="2" checked' in chosen and chosen.count("checked") == 1


@pytest.mark.parametrize("part", [dcc.Graph(), dbc.Button("x"), html.Div(dcc.Input()), object(), {"a": 1}])
def test_what_is_not_known_is_not_let_through(part):
    with pytest.raises(TypeError):
        as_html(part)


@given(st.text())
def test_no_text_becomes_markup(text):
    read: list[tuple[str, object]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, found: read.append((tag, dict(found)))
    parser.handle_data = lambda data: read.append(("", data))
    parser.feed(as_html(html.Div(text, id="d", title=text)))
    parser.close()
    assert read[0] == ("div", {"id": "d", "title": text})
    assert "".join(str(data) for tag, data in read if not tag) == text


def test_bare_leaves_out_what_the_browser_has_and_nothing_else():
    page = html.Div(
        [Markup("<p>x</p>", id="m", className="c"), html.P(["y", Markup("z", id="n")])], id="page"
    )
    empty = bare(page)
    assert not hasattr(empty.children[0], "html") and empty.children[0].className == "c"
    assert empty.children[1].children[0] == "y" and not hasattr(empty.children[1].children[1], "html")
    assert page.children[0].html == "<p>x</p>", "the page itself is as it was"
