"""Agenda: which indicators a page, a meeting or a pack shows, in which order."""

from collections.abc import Callable, Sequence

from safeguarding.discuss import to_discuss
from safeguarding.query import Pick, Query
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.tables import Indicator
from safeguarding.summaries import IndicatorSummary
from safeguarding.themes import THEMES

Item = tuple[Pick, IndicatorSummary]
Summarise = Callable[[Sequence[Indicator]], list[IndicatorSummary]]


def in_order(catalogue: Catalogue) -> list[Indicator]:
    """Every indicator once, in the order of the pages it lives on."""
    return [i for theme in THEMES for i in catalogue.theme(theme) if i.also_on != theme]


def of_picks(picks: Sequence[Pick], catalogue: Catalogue, summarise: Summarise) -> list[Item]:
    """What a reader has picked, in that order."""
    return list(zip(picks, summarise([catalogue.indicators[p.indicator_id] for p in picks]), strict=True))


def of_theme(theme: str, view: Query, catalogue: Catalogue, summarise: Summarise) -> list[Item]:
    """A theme's indicators in their order, those that are flagged alone where the view says so."""
    summaries = summarise(catalogue.theme(theme))
    return [(Pick(s.indicator.indicator_id), s) for s in summaries if s.flagged or not view.flagged_only]


def of_meeting(view: Query, catalogue: Catalogue, summarise: Summarise) -> list[Item]:
    """The slides that a view names, else what is to be discussed today, the most evidence first."""
    if view.slides:
        return of_picks(view.slides, catalogue, summarise)
    first = to_discuss(summarise(in_order(catalogue)))
    return [(Pick(s.indicator.indicator_id), s) for s in first]
