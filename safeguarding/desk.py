"""Desk: answers a view from one release, for pages, packs and command line alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from safeguarding import query, words
from safeguarding.breakdowns import Breakdown, breakdowns, of_observations
from safeguarding.figures import Figures
from safeguarding.origin import Origin
from safeguarding.query import Query
from safeguarding.reconciliation import Finding, reconcile
from safeguarding.settings import Settings
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.notes import Note, Notes
from safeguarding.store.releases import Store
from safeguarding.store.tables import Indicator
from safeguarding.summaries import IndicatorSummary, summarise
from safeguarding.themes import page_of

DATA, VIEW, MEETING, SEARCH = "/data", "/view", "/meeting", "/search"


@dataclass(frozen=True)
class Desk:
    """A release of a store, and the settings.

    A release never changes, so neither does what is worked out from it.
    """

    store: Store
    settings: Settings
    release: int

    @classmethod
    def published(cls, store: Store, settings: Settings) -> "Desk":
        """The desk of the published release. Raises LookupError before the first load."""
        release = store.published()
        if release is None:
            raise LookupError(
                "no release is published: start the dashboard once with its data folder in place"
            )
        return cls(store, settings, release)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the release."""
        return self.store.catalogue(self.release)

    @property
    def partnership(self) -> str:
        """What the partnership is called: as the settings say, else after its area."""
        home = self.catalogue.areas[self.settings.home_area]
        return self.settings.partnership or f"{words.in_order(home.name)} Safeguarding Children Partnership"

    @cached_property
    def notes(self) -> Notes:
        """The notes of the store, which stand beside its releases."""
        return Notes(self.store)

    def read(self, address: Mapping[str, str | list[str]]) -> Query:
        """The view that an address asks for."""
        return query.read(address, self.catalogue, self.settings.home_area)

    def link(self, path: str, view: Query) -> str:
        """A path with the view's keys, so that the choice follows the reader."""
        return path + query.write(query.carried(view, path), self.catalogue, self.settings.home_area)

    def keys_of(self, path: str, view: Query) -> dict[str, str | list[str]]:
        """The keys that `link` would write, for a form that has to carry them."""
        return query.keys(self.link(path, view).removeprefix(path))

    def reading(self, view: Query, theme: str = "") -> "Reading":
        """The summaries of a view, and the breakdowns of a theme's page, each made once."""
        return Reading(self, view, theme)

    def summaries(self, indicators: Sequence[Indicator], view: Query) -> list[IndicatorSummary]:
        """The summaries of some indicators in a view, in their order; for when that is all that is asked."""
        return self.reading(view).summaries(indicators)

    def theme_of_breakdown(self, breakdown_id: str) -> str:
        """The theme whose page a breakdown is on; empty where there is none of that name."""
        catalogue = self.catalogue
        for part in catalogue.parts:
            if part.breakdown_id == breakdown_id:
                return part.theme
        in_parts = self.store.shown(self.release).in_parts
        carrying = [i for i in catalogue.indicators.values() if i.indicator_id in in_parts]
        themes = (page_of(i.theme) for i in carrying if breakdown_id.startswith(f"{i.indicator_id}-"))
        return next((theme.theme_id for theme in themes), "")

    def noted(self, view: Query, indicators: Sequence[Indicator] | None = None) -> dict[str, list[Note]]:
        """The notes of a view by indicator, newest first; of every indicator where none is named."""
        named = None if indicators is None else [i.indicator_id for i in indicators]
        found: dict[str, list[Note]] = {}
        for note in self.notes.about(view.area, named, view.judged_on):
            found.setdefault(note.indicator_id, []).append(note)
        return found

    def origin(self, view: Query, link: str) -> Origin:
        """What an export of a view says of where it was made; `link` leads to its page."""
        loaded, filters = self.store.loaded_at(self.release), query.in_words(view, self.catalogue)
        return Origin(self.release, loaded, filters, link, self.settings.marking)

    @cached_property
    def findings(self) -> list[Finding]:
        """What the checks of the reports find: held against the figures as a reader may see them."""
        figures = Figures.of(self.store, self.release)

        def official(indicator_id: str, area: str, period: str, column: str) -> float | None:
            row = figures.at(indicator_id, area, period)
            return None if row is None else row.value if column == "value" else row.numerator

        return reconcile(self.catalogue, official)

    def narrowed(self, view: Query) -> list[Finding]:
        """The findings that a view asks for: of one subject, of one result, or all."""
        return [
            f for f in self.findings if view.theme in ("", f.check.theme) and view.result in ("", f.result)
        ]


class Reading:
    """A view of a release: each summary made once, when it is first asked for."""

    def __init__(self, desk: Desk, view: Query, theme: str = ""):
        self.desk, self.view, self.theme = desk, view, theme
        self.figures = Figures.of(desk.store, desk.release, desk.settings.neighbour_average)
        self._made: dict[tuple[str, Query], IndicatorSummary] = {}

    def summary(self, indicator: Indicator, view: Query | None = None) -> IndicatorSummary:
        """The summary of an indicator in the view, or in one that asks for less of the same figures."""
        key = indicator.indicator_id, view or self.view
        if key not in self._made:
            self._made[key] = summarise(indicator, key[1], self.figures)
        return self._made[key]

    def summaries(self, indicators: Sequence[Indicator]) -> list[IndicatorSummary]:
        """The summaries of some indicators, in their order."""
        return [self.summary(indicator) for indicator in indicators]

    def wholes(self) -> list[Breakdown]:
        """The breakdowns of the theme's page: those of breakdowns.csv, then those that observations carry."""
        desk, view = self.desk, self.view
        members = {i.indicator_id for i in desk.catalogue.theme(self.theme)}
        carried = members & desk.store.shown(desk.release).in_parts
        rows = desk.store.observations(desk.release, carried, [view.area], parts=True) if carried else []
        return breakdowns(self.theme, view, self.figures) + of_observations(view, desk.catalogue, rows)
