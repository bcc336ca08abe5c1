"""Site: the one store and the settings of this process, and the addresses of its pages."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from safeguarding import breakdowns, query
from safeguarding.breakdowns import Breakdown
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
from safeguarding.themes import THEMES

DATA, VIEW, MEETING, SEARCH = "/data", "/view", "/meeting", "/search"
NOTICE_AFTER = 2.0  # seconds until a worker sees that another release has been published
NAVIGATION = {
    "/": "Home",
    **{theme.path: theme.name for theme in THEMES.values()},
    VIEW: "Your view",
    "/data": "Data",
    "/methods": "Methods",
}


@dataclass
class Site:
    """What pages need to answer an address. `release` is checked at most every two seconds."""

    store: Store
    settings: Settings
    notes: Notes
    _release: int = 0
    _looked: float = float("-inf")
    _findings: dict[int, list[Finding]] = field(default_factory=dict)

    @property
    def release(self) -> int:
        """The published release. Raises LookupError before the first load, which the start does."""
        if time.monotonic() - self._looked > NOTICE_AFTER:
            release = self.store.published()
            if release is None:
                raise LookupError(
                    "no release is published: start the dashboard once with its data folder in place"
                )
            self._release, self._looked = release, time.monotonic()
        return self._release

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the published release."""
        return self.store.catalogue(self.release)

    def read(self, address: Mapping[str, str | list[str]]) -> Query:
        """The view that an address asks for."""
        return query.read(address, self.catalogue, self.settings.home_area)

    def summaries(self, indicators: Sequence[Indicator], view: Query) -> list[IndicatorSummary]:
        """The summaries of some indicators in a view, in their order."""
        figures = Figures.fetch(self.store, self.release, indicators, view, self.settings.neighbour_average)
        return [summarise(indicator, view, figures) for indicator in indicators]

    def link(self, path: str, view: Query) -> str:
        """A path with the view's keys, so that the choice follows the reader."""
        return path + query.write(query.carried(view, path), self.catalogue, self.settings.home_area)

    def noted(self, view: Query, indicators: Sequence[Indicator] | None = None) -> dict[str, list[Note]]:
        """The notes of a view by indicator, newest first; of every indicator where none is named."""
        found: dict[str, list[Note]] = {}
        for note in self.notes.about(
            view.area, None if indicators is None else [i.indicator_id for i in indicators], view.judged_on
        ):
            found.setdefault(note.indicator_id, []).append(note)
        return found

    def wholes(self, theme: str, view: Query) -> list[Breakdown]:
        """The breakdowns of a theme's page in a view."""
        return breakdowns.of_page(theme, view, self.store, self.release)

    def origin(self, path: str, view: Query, host: str = "") -> Origin:
        """What an export of the page at `path` says of where it was made; `host` is what the reader reaches us by."""
        loaded = self.store.loaded_at(self.release)
        return Origin(
            self.release,
            loaded,
            query.in_words(view, self.catalogue),
            host + self.link(path, view),
            self.settings.marking,
        )

    def keys_of(self, path: str, view: Query) -> dict[str, str | list[str]]:
        """The keys that `link` would write, for a form that has to carry them."""
        return query.keys(self.link(path, view).removeprefix(path))

    @property
    def findings(self) -> list[Finding]:
        """What the checks of the reports find in the published release; a release never changes, so neither does this."""
        release = self.release
        if release not in self._findings:
            self._findings[release] = self._reconciled(release)
        return self._findings[release]

    def _reconciled(self, release: int) -> list[Finding]:
        catalogue = self.store.catalogue(release)
        named = {
            i
            for c in catalogue.checks
            for i in (c.indicator_id, c.other_indicator_id)
            if i in catalogue.indicators
        }
        areas = {s.area for s in catalogue.statements} | {c.against_area for c in catalogue.checks}
        figures = Figures(catalogue, self.store.observations(release, named, areas & set(catalogue.areas)))

        def official(indicator_id: str, area: str, period: str, column: str) -> float | None:
            row = figures.at(indicator_id, area, period)
            return None if row is None else row.value if column == "value" else row.numerator

        return reconcile(catalogue, official)


_site: Site | None = None


def open_site(settings: Settings) -> Site:
    """Open the store and make this process's site. app.py calls it once, before any page is imported."""
    global _site
    store = Store(settings.database_url)
    _site = Site(store, settings, Notes(store))
    return _site


def site() -> Site:
    """The process's site. Raises RuntimeError before `open_site`."""
    if _site is None:
        raise RuntimeError("open_site has not been called")
    return _site
