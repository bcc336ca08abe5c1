"""Desk: answers a view from one release, for pages, packs and command line alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache, partial

from safeguarding import periods, query, words
from safeguarding.breakdowns import Breakdown, breakdowns, of_observations
from safeguarding.disclosure.audience import Audience
from safeguarding.figures import Figures
from safeguarding.origin import Origin
from safeguarding.query import Query
from safeguarding.reconciliation import Finding, reconcile
from safeguarding.settings import Settings
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.notes import Note, Notes
from safeguarding.store.receipts import Receipt
from safeguarding.store.releases import Store
from safeguarding.store.tables import Indicator
from safeguarding.summaries import IndicatorSummary, summarise
from safeguarding.supply import Supplier, behind, fed, suppliers
from safeguarding.themes import page_of

DATA, VIEW, MEETING, SEARCH = "/data", "/view", "/meeting", "/search"
LINKS = 256  # whose keys are kept
READINGS = 8  # that are kept of a release, some 3 MB each


@dataclass(frozen=True)
class Desk:
    """A release of a store as an audience may see it, and the settings.

    A release never changes, so neither does what is worked out from it.
    """

    store: Store
    settings: Settings
    release: int
    audience: Audience = Audience.SHAREABLE

    @classmethod
    def published(cls, store: Store, settings: Settings, audience: Audience = Audience.SHAREABLE) -> "Desk":
        """The desk of the published release. Raises LookupError before the first load."""
        release = store.published()
        if release is None:
            raise LookupError(
                "no release is published: start the dashboard once with its data folder in place"
            )
        return cls(store, settings, release, audience)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the release."""
        return self.store.catalogue(self.release, self.audience)

    @cached_property
    def loaded_at(self) -> datetime:
        """When the release was loaded (UTC)."""
        return self.store.loaded_at(self.release)

    @property
    def hides(self) -> int:
        """The largest count that is hidden from this audience; 0 where none is."""
        return self.store.rules.hiding(self.audience).largest

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
        """The view that an address asks for; a period that begins after every figure is left out, with a
        message.
        """
        view = query.read(address, self.catalogue, self.settings.home_area)
        asked = [period for period in (view.since, view.to) if period]
        last = self.store.shown(self.release, self.audience).last_end if asked else None
        beyond = dict.fromkeys(period for period in asked if last and periods.begins(period) > last)
        if not beyond or last is None:
            return view
        held = f"is held, the latest ends on {periods.in_words(last)}; all periods are shown instead."
        said = (f"No figure of {period} {held}" for period in beyond)
        since, to = (None if period in beyond else period for period in (view.since, view.to))
        return replace(view, since=since, to=to, messages=(*view.messages, *said))

    def link(self, path: str, view: Query) -> str:
        """A path with the view's keys, so that the choice follows the reader."""
        return path + self._keys(view, query.left(path))

    def address(self, path: str, view: Query) -> str:
        """The whole address of the page at `path`: with what no link carries, such as a pack's title."""
        return path + self._keys(view, query.left(path, own=True))

    @cached_property
    def _keys(self) -> Callable[[Query, tuple[str, ...]], str]:
        """A view without some fields as a query string; kept, since most links of a page have the same."""

        def written(view: Query, left: tuple[str, ...]) -> str:
            return query.write(query.without(view, left), self.catalogue, self.settings.home_area)

        return lru_cache(LINKS)(written)

    def keys_of(self, path: str, view: Query) -> dict[str, str | list[str]]:
        """The keys that `link` would write, for a form that has to carry them."""
        return query.keys(self.link(path, view).removeprefix(path))

    def reading(self, view: Query) -> "Reading":
        """The reading of a view: of those asked for last the same one, since whoever has seen what needs
        attention goes on to its theme or its meeting.
        """
        return self._readings(view)

    @cached_property
    def _readings(self) -> "Callable[[Query], Reading]":
        return lru_cache(READINGS)(partial(Reading, self))

    def summaries(self, indicators: Sequence[Indicator], view: Query) -> list[IndicatorSummary]:
        """The summaries of some indicators in a view, in their order; for when that is all that is asked."""
        return self.reading(view).summaries(indicators)

    def theme_of_breakdown(self, breakdown_id: str) -> str:
        """The theme whose page a breakdown is on; empty where there is none of that name."""
        catalogue = self.catalogue
        for part in catalogue.parts:
            if part.breakdown_id == breakdown_id:
                return part.theme
        in_parts = self.store.shown(self.release, self.audience).in_parts
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

    def removed(self, view: Query, indicator: Indicator) -> list[Note]:
        """The notes of an indicator in a view that can be put back, without their words."""
        return self.notes.removed(view.area, [indicator.indicator_id])

    def origin(self, view: Query, link: str) -> Origin:
        """What an export of a view says of where it was made; `link` leads to its page."""
        loaded, filters = self.loaded_at, query.in_words(view, self.catalogue)
        marking = ", ".join(filter(None, (self.settings.marking, self.audience.words)))
        compared = ",".join(view.compare) or query.NOTHING
        if view.compare == query.default_compare(self.catalogue, view.area):
            compared = ""
        return Origin(self.release, loaded, filters, link, marking, view.since or "", compared)

    def supply(self, today: date) -> tuple[Supplier, ...]:
        """Which agency's returns are expected, received, late, queried or corrected, as things stand on a
        day; none where no agency supplies quarters yet.
        """
        return suppliers(self.catalogue.agencies, self._received, self.catalogue.queries, today)

    def corrected(self, source_id: str, quarter: str) -> list[date]:
        """The days on which figures of a source for a quarter were changed, as far as readers may know."""
        receipt, home = self._received.get((source_id, quarter)), self.settings.home_area
        days = []
        for release in receipt.altered if receipt else ():
            found = self.store.revisions(release, self.audience)
            if any((k[1], k[2], k[5]) == (home, quarter, source_id) for k in found.figures):
                days.append(found.on)
        return days

    def late(self, view: Query, today: date, indicator_id: str = "") -> str:
        """Who is late with the newest quarters, or with those of an indicator, as a sentence.

        Empty where nobody is, for another area than the one whose returns they are, and as at an earlier day.
        """
        if view.area != self.settings.home_area or view.judged_on is not None:
            return ""
        found = self.supply(today)
        return fed(found, indicator_id) if indicator_id else behind(found)

    @cached_property
    def _received(self) -> Mapping[tuple[str, str], Receipt]:
        """What has come of the agencies' sources by quarter, for the area whose dashboard this is."""
        sources = {a.source_id for a in self.catalogue.agencies if a.first_quarter}
        return self.store.receipts(self.release, sources, self.settings.home_area) if sources else {}

    @cached_property
    def findings(self) -> list[Finding]:
        """What the checks of the home area's report find, held against the figures as a reader may see them;
        nothing where the report held is another's.
        """
        if self.settings.home_area not in self.catalogue.reported_on.values():
            return []
        figures = Figures.of(self.store, self.release, audience=self.audience)

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
    """A view of a release: each summary made once, when it is first asked for. Threads may share it: at worst
    two make the same summary.
    """

    def __init__(self, desk: Desk, view: Query):
        self.desk, self.view = desk, view
        average = desk.settings.neighbour_average
        self.figures = Figures.of(desk.store, desk.release, average, desk.audience)
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

    def wholes(self, theme: str) -> list[Breakdown]:
        """The breakdowns of a theme's page: those of breakdowns.csv, then those that observations carry."""
        desk, view = self.desk, self.view
        members = {i.indicator_id for i in desk.catalogue.theme(theme)}
        carried = members & desk.store.shown(desk.release, desk.audience).in_parts
        rows = (
            desk.store.observations(desk.release, carried, [view.area], True, desk.audience)
            if carried
            else []
        )
        return breakdowns(theme, view, self.figures) + of_observations(view, desk.catalogue, rows)
