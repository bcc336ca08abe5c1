"""Case: an indicator in an area in a view, which is what every verdict judges."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial

from safeguarding import periods, words
from safeguarding.figures import Figures, of_one_kind
from safeguarding.measures.intervals import Interval
from safeguarding.nation import Known, Nation
from safeguarding.query import Query
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.tables import Area, Event, Indicator, Observation, Revised
from safeguarding.verdicts.counts import Confidence, Counts, counts_of, interval_of, limits_of
from safeguarding.vocabulary import Status

ANYWHERE = Interval(-math.inf, math.inf)
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
        """The area's own figures that ended by the limit, oldest first, whatever their status.

        Years where years are held, quarters where they alone are: never one beside the other.
        """
        return tuple(of_one_kind(self._held))

    @cached_property
    def quarters(self) -> tuple[Observation, ...]:
        """The area's quarters that ended by the limit, oldest first, whatever else is held."""
        return tuple(o for o in self._held if periods.is_quarter(o.period))

    @property
    def quarterly(self) -> bool:
        """Are its figures those of quarters, since no year is held?"""
        return bool(self.own) and len(self.own) == len(self.quarters)

    @cached_property
    def _held(self) -> tuple[Observation, ...]:
        held = self.figures.series(self.indicator.indicator_id, self.area.area_code)
        return tuple(o for o in held if self.limit is None or o.period_end <= self.limit)

    @cached_property
    def latest(self) -> Observation | None:
        """The newest of the area's own figures, hidden or not; None where no row is held."""
        return self.own[-1] if self.own else None

    @property
    def value(self) -> float | None:
        """The latest value as published; None where hidden, missing or not held."""
        return self.latest.value if self.latest else None

    @property
    def revised(self) -> Revised | None:
        """What the latest figure was in the release before; None where it has not changed since."""
        return self.figures.revisions.figures.get(self.latest.key) if self.latest else None

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

    @cached_property
    def barred(self) -> str:
        """Why nothing can be judged; empty where something can."""
        if self.latest is None:
            return "no figure is held"
        if self.last_known:
            return "the last known figure is more than a year old"
        return ""

    @cached_property
    def judged(self) -> Observation | None:
        """The figure to be judged: the latest; None where judging is barred."""
        return None if self.barred else self.latest

    @cached_property
    def touching(self) -> list[Event]:
        """The events that touch the indicator in this area, oldest first."""
        return self.catalogue.events_for(self.indicator.indicator_id, self.area.area_code)

    @cached_property
    def unbroken(self) -> tuple[Observation, ...]:
        """The own figures since the last break in how they were recorded, oldest first."""
        if self.latest is None:
            return ()
        end = self.latest.period_end
        broke = max((e.day for e in self.touching if e.breaks and e.day and e.day <= end), default=None)
        return tuple(o for o in self.own if broke is None or o.period_start >= broke)

    @cached_property
    def year_before(self) -> Observation | None:
        """The figure of a year before the latest, if it is shown and was recorded alike; None else."""
        if self.latest is None or self.latest.period == periods.UNDATED:
            return None
        year = periods.year_before(self.latest.period)
        found = self.figures.at(self.indicator.indicator_id, self.area.area_code, year)
        alike = found is not None and found.value is not None and found in self.unbroken
        return found if alike else None

    def at(self, area_code: str) -> Observation | None:
        """Another area's figure for the period of the latest; None where no row is held."""
        if self.latest is None:
            return None
        return self.figures.at(self.indicator.indicator_id, area_code, self.latest.period)

    @property
    def nation(self) -> Nation:
        """The indicator in all English authorities; made once a release."""
        kept, name = self.figures.worked_out, self.indicator.indicator_id
        if name not in kept:
            figures = self.figures.alone()
            events = self.catalogue.events_for(name, "")
            broke = [e.day for e in events if e.breaks and e.day]
            kept[name] = Nation(self.indicator, figures, partial(_known, self.indicator, figures), broke)
        return kept[name]

    @cached_property
    def certainty(self) -> Interval | None:
        """Where the true figure lies, as far as its counts tell: its 95 % interval; anywhere, where others'
        counts are held and its own are not (they are small); None where nobody's are, so that the value
        alone has to do.
        """
        if self.latest is None:
            return None
        found = self.interval(self.latest).interval
        if found is None and self.area.type == "authority" and self.nation.counted(self.latest.period):
            return ANYWHERE
        return found

    @property
    def incomplete(self) -> str:
        """Why neither tolerance nor comparison can be judged though there is a figure: it is known to be
        recorded too low; empty where that is not known.
        """
        if self.latest is None:
            return ""
        full = [e.day for e in self.touching if e.under_recorded_before and e.day]
        later = [day for day in full if day > self.latest.period_start]
        return f"recording is incomplete before {periods.in_words(max(later))}" if later else ""

    @cached_property
    def counts(self) -> Callable[[Observation], Counts]:
        """The count and the base that an interval of this indicator's figure rests on, or why not."""
        return cache(partial(counts_of, self.indicator, figures=self.figures))

    @cached_property
    def interval(self) -> Callable[[Observation], Confidence]:
        """The 95 % interval of one of this indicator's figures, or why there is none."""
        return cache(partial(interval_of, self.indicator, figures=self.figures))

    def known(self, observation: Observation) -> Known:
        """One of this indicator's figures that is shown, with its base and interval."""
        return _known(self.indicator, self.figures, observation)


def _known(indicator: Indicator, figures: Figures, o: Observation) -> Known:
    """An authority's figure with its base and interval, as far as counts are held."""
    counts = counts_of(indicator, o, figures)
    limits = limits_of(indicator, counts)
    base = counts.denominator if limits else None
    return Known(o.value or 0.0, o.judged(indicator) or 0.0, base, limits)
