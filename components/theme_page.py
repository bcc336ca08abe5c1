"""Theme page: a sentence that sums the theme up, then its indicators in sections."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby

from dash import html

from components import packing
from components.card import card
from components.markup import Markup
from components.parts_card import parts_card
from components.shell import shell
from components.site import desk
from components.statements import statements
from safeguarding.desk import MEETING, Reading
from safeguarding.query import Pick
from safeguarding.sentences import theme_sentence
from safeguarding.summaries import IndicatorSummary
from safeguarding.themes import page_of


def theme_page(theme: str, address: Mapping[str, str | list[str]]) -> html.Div:
    """The page of a theme (or `context`, which gathers workforce, population, health and early years)."""
    here = desk()
    view = here.read(address)
    indicators = here.catalogue.theme(theme)
    reading = here.reading(view, theme)
    summaries = reading.summaries(indicators)
    shown = [s for s in summaries if s.flagged] if view.flagged_only else summaries
    noted = here.noted(view, indicators)
    sections = [
        html.Section(
            [
                html.H2(name, id=f"section-{k}-title"),
                html.Div(
                    [card(s, view, noted.get(s.indicator.indicator_id, [])) for s in members],
                    id=f"section-{k}-cards",
                    className="cards",
                ),
            ],
            id=f"section-{k}",
            **{"aria-labelledby": f"section-{k}-title"},
        )
        for k, (name, members) in enumerate(_sections(shown))
    ]
    if not sections:
        sections = [
            Markup("<p>Nothing on this page is flagged in this view.</p>", id="nothing", className="nothing")
        ]
    if not view.flagged_only:
        sections += _parts(reading)
    heading = page_of(theme).name
    return shell(
        f"/{theme}",
        heading,
        view,
        [
            html.Div(sections, id="sections"),
            html.Div(statements(theme, view), id="statements"),
            Markup(packing.form(view, f"/{theme}"), id="packing", className="packing"),
        ],
        lead=theme_sentence(summaries),
        ways=[
            (
                "Meeting mode",
                here.link(
                    MEETING, replace(view, slides=tuple(Pick(s.indicator.indicator_id) for s in shown))
                ),
            )
        ]
        if shown
        else (),
    )


def _parts(reading: Reading) -> list[html.Section]:
    """The breakdowns of the page, in a section of their own."""
    wholes = reading.wholes()
    if not wholes:
        return []
    cards = html.Div(
        [parts_card(whole, reading.view, f"/{reading.theme}") for whole in wholes],
        id="parts-cards",
        className="cards",
    )
    return [
        html.Section(
            [html.H2("Parts of the whole", id="parts-title"), cards],
            id="parts",
            **{"aria-labelledby": "parts-title"},
        )
    ]


def _sections(summaries: list[IndicatorSummary]) -> list[tuple[str, list[IndicatorSummary]]]:
    """Neighbouring indicators of one section together, in their order; guests keep their section's name."""
    return [(name, list(members)) for name, members in groupby(summaries, key=lambda s: s.indicator.section)]
