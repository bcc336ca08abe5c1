"""Methods page: every definition and rule, from the catalogue."""

from collections.abc import Mapping
from itertools import groupby

from dash import html

from components.markup import Markup, render
from components.shell import shell
from components.site import site
from safeguarding.themes import page_of
from safeguarding.vocabulary import Status


def methods_page(address: Mapping[str, str | list[str]]) -> html.Div:
    """How the three verdicts are reached, what the symbols mean, the sources, and each indicator's definition and rule."""
    here = site()
    view = here.read(address)
    catalogue = here.catalogue
    groups = [
        (
            name,
            [
                (
                    i,
                    catalogue.tolerances.get(i.indicator_id, ()),
                    here.link(f"/indicator/{i.indicator_id}", view),
                )
                for i in members
            ],
        )
        for name, members in groupby(catalogue.indicators.values(), key=lambda i: page_of(i.theme).name)
    ]
    content = render(
        "methods", groups=groups, sources=catalogue.sources.values(), statuses=[s for s in Status if s.words]
    )
    return shell(
        "/methods", "Methods", view, [Markup(content, id="methods", className="prose")], filtered=False
    )
