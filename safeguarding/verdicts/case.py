"""Case: an indicator in an area in a view, which is what every verdict judges."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from safeguarding import periods, words
from safeguarding.figures import Figures
from safeguarding.query import Query
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.tables import Area, Indicator, Observation
from safeguarding.verdicts.counts import Confidence, Counts, counts_of, interval_of
from safeguarding.vocabulary import Status

A_YEAR = 366  # days after which a figure is the last known one


@dataclass(frozen=True)
class Case:
    """An indicator in the area of a view, as at the end of the view's last period, among the figures that are
    held.
    """

    indicator: Indicator
    view: Query
    figures: Figures

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the release that the figures are of."""
        return self.figures.catalogue

    @property
    def area(self) -> Area:
        """The area in focus."""
        return self.catalogue.areas[self.view.area]

    @property
    def limit(self) -> date | None:
        """The day the figures are shown as at; None for no limit."""
        return self.view.judged_on

    @cached_property
    def own(self) -> tuple[Observation, ...]:
        """The area's own figures that ended by the limit, oldest first, whatever their status."""
        held = self.figures.series(self.indicator.indicator_id, self.area.area_code)
        return tuple(o for o in held if self.limit is None or o.period_end <= self.limit)

    @property
    def latest(self) -> Observation | None:
        """The newest of the area's own figures, hidden or not; None where no row is held."""
        return self.own[-1] if self.own else None

    @property
    def value(self) -> float | None:
        """The latest value as published; None where hidden, missing or not held."""
        return self.latest.value if self.latest else None

    @property
    def status(self) -> Status:
        """Why there is no value; X where no row is held at all."""
        return self.latest.status if self.latest else Status.X

    @property
    def printed(self) -> str:
        """The latest value as printed, or a word for its absence."""
        if self.value is not None:
            return words.shown(self.value, self.indicator)
        return self.status.short.capitalize() if self.latest else "No figure"

    @property
    def period_label(self) -> str:
        """The period of the latest row as the reader sees it; empty where no row is held."""
        return periods.label(self.latest.period, self.indicator.year_type) if self.latest else ""

    @property
    def when(self) -> str:
        """The period of the latest row as a sentence says it: "in 2024-25", "at 31 March 2025"."""
        return f"{periods.preposition(self.indicator.year_type)} {self.period_label}"

    @property
    def last_known(self) -> bool:
        """Did the latest figure end more than a year before the limit, so that it is shown and not judged?"""
        return bool(self.latest and self.limit and (self.limit - self.latest.period_end).days > A_YEAR)

    @property
    def barred(self) -> str:
        """Why nothing can be judged; empty where something can."""
        if self.latest is None:
            return "no figure is held"
        if self.last_known:
            return "the last known figure is more than a year old"
        return ""

    @property
    def judged(self) -> Observation | None:
        """The figure to be judged: the latest; None where judging is barred."""
        return None if self.barred else self.latest

    @cached_property
    def unbroken(self) -> tuple[Observation, ...]:
        """The own figures since the last break in how they were recorded, oldest first."""
        if self.latest is None:
            return ()
        end = self.latest.period_end
        events = self.catalogue.events_for(self.indicator.indicator_id, self.area.area_code)
        broke = max((e.day for e in events if e.breaks and e.day and e.day <= end), default=None)
        return tuple(o for o in self.own if broke is None or o.period_start >= broke)

    def at(self, area_code: str) -> Observation | None:
        """Another area's figure for the period of the latest; None where no row is held."""
        if self.latest is None:
            return None
        return self.figures.at(self.indicator.indicator_id, area_code, self.latest.period)

    def counts(self, observation: Observation) -> Counts:
        """The count and the base that an interval of this indicator's figure rests on, or why not."""
        return counts_of(self.indicator, observation, self.figures)

    def interval(self, observation: Observation) -> Confidence:
        """The 95 % interval of one of this indicator's figures, or why there is none."""
        return interval_of(self.indicator, observation, self.figures)
