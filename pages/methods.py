"""Methods: every definition and rule, from the catalogue."""

from itertools import groupby

import dash
from dash import html

from components.markup import Markup, render
from components.shell import shell
from components.site import METHODS, desk
from safeguarding.themes import page_of
from safeguarding.vocabulary import Status

dash.register_page(__name__, path=METHODS, name="Methods", order=8)


def layout(**address: str | list[str]) -> html.Div:
    """How verdicts are reached, what symbols mean, the sources, and each indicator's definition and rule."""
    here = desk()
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
        "methods",
        groups=groups,
        sources=catalogue.sources_for(here.settings.home_area),
        statuses=[s for s in Status if s.words],
        counts=catalogue.flag_counts.get(max(catalogue.flag_counts, default="")),
        calibrated=catalogue.calibration_of,
    )
    return shell(METHODS, "Methods", view, [Markup(content, id="methods", className="prose")], filtered=False)
