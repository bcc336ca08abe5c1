"""Figures: the figures of one release that a page needs, and what can be said of those that are hidden."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from operator import attrgetter
from typing import Any

from safeguarding import periods
from safeguarding.disclosure.audience import Audience
from safeguarding.disclosure.limits import limits
from safeguarding.measures.intervals import Interval
from safeguarding.measures.rank import quartiles
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.observations import Shown, led
from safeguarding.store.releases import Store
from safeguarding.store.revisions import Revisions
from safeguarding.store.tables import Observation, Spread

NATIONAL = 140  # an indicator that fewer authorities have a row of is not held for England


class Figures:
    """The figures that a view asks for, each an observation that is made when it is first asked for.

    They are those of `shown`, a release, or `observations` alone. `average` (mean or median) is what stands
    for the neighbours, `revisions` gives what the release changes when somebody asks.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        observations: Iterable[Observation],
        average: str = "mean",
        shown: Shown | None = None,
        revisions: Callable[[], Revisions] = Revisions,
    ):
        self.catalogue = catalogue
        self.average = average
        self._shown = shown
        self._revisions = revisions
        self.spreads = shown.spreads if shown else {}
        self.worked_out: dict[str, Any] = shown.worked_out if shown else {}
        self._series: dict[tuple[str, str], dict[str, Observation]] = {}
        given: dict[tuple[str, str], list[Observation]] = {}
        for o in observations:
            given.setdefault((o.indicator_id, o.area_code), []).append(o)
        for key, found in given.items():
            led = sorted(self._led(key[0], found), key=attrgetter("period_end"))
            self._series[key] = {o.period: o for o in led}

    @classmethod
    def of(
        cls, store: Store, release: int, average: str = "mean", audience: Audience = Audience.SHAREABLE
    ) -> "Figures":
        """The figures of a release, as an audience may see them."""
        catalogue, shown = store.catalogue(release, audience), store.shown(release, audience)
        return cls(catalogue, (), average, shown, partial(store.revisions, release, audience))

    def alone(self) -> "Figures":
        """The same figures without what has been read so far: for what is kept as long as a release."""
        if self._shown is None:
            return self
        return Figures(self.catalogue, (), self.average, self._shown, self._revisions)

    @cached_property
    def revisions(self) -> Revisions:
        """What the release changes for its readers of what they saw before."""
        return self._revisions()

    def once(self, indicator_id: str, area_code: str) -> Iterable[Observation]:
        """An area's figures, one a period, in any order, for who passes by once: they are not kept."""
        if self._shown is None:
            return self._series.get((indicator_id, area_code), {}).values()
        return self._led(indicator_id, self._shown.series(indicator_id, area_code))

    def across(self, indicator_id: str, period: str) -> dict[str, Observation]:
        """The figures of a period of the English authorities that have a row of it and count in it, by area.

        Those count that existed at the period's end; and one that came later, where its place is given under
        its code (North Yorkshire's of 2018-19) and nobody who stood there then has a row.
        """
        areas = {a.area_code: a for a in self.catalogue.areas.values() if a.type == "authority"}
        if self._shown is None:
            rows = [self.at(indicator_id, area, period) for area in areas]
            held = {o.area_code: o for o in rows if o}
        else:
            led = self._led(indicator_id, self._shown.across(indicator_id, period))
            held = {o.area_code: o for o in led if o.area_code in areas}
        replaced = {after for code in held for after in areas[code].successors}
        found = ((code, held[code]) for code in areas if code in held)
        return {
            code: o
            for code, o in found
            if areas[code].existed(o.period_end)
            or (areas[code].later_than(o.period_end) and code not in replaced)
        }

    def series(self, indicator_id: str, area_code: str) -> list[Observation]:
        """An area's figures, one a period, oldest first."""
        key = indicator_id, area_code
        if key not in self._series:
            found = sorted(self.once(*key), key=attrgetter("period_end"))
            self._series[key] = {o.period: o for o in found}
        return list(self._series[key].values())

    def at(self, indicator_id: str, area_code: str, period: str) -> Observation | None:
        """An area's figure for a period; None where no row is held."""
        key = indicator_id, area_code, period
        if key[:2] in self._series or self._shown is None:
            return self._series.get(key[:2], {}).get(period)
        return self._shown.at(*key)

    def spread(self, indicator_id: str, period: str) -> Spread | None:
        """How the English authorities spread in a period, as published; worked out once a release.

        None where fewer than 140 of them have a row, or fewer than two a figure. Quartiles are type 7.
        """
        key = indicator_id, period
        if key not in self.spreads:
            self.spreads[key] = _spread([o.value for o in self.across(indicator_id, period).values()])
        return self.spreads[key]

    def _led(self, indicator_id: str, found: Iterable[Observation]) -> Iterable[Observation]:
        return led(found, self.catalogue.indicators[indicator_id])

    def limits(self, observation: Observation) -> Interval | None:
        """Between which limits a figure lies, by the set that it is part of: see `disclosure.limits`."""
        indicator = self.catalogue.indicators[observation.indicator_id]
        members = [
            i.indicator_id
            for i in self.catalogue.indicators.values()
            if indicator.part_of and i.part_of == indicator.part_of
        ]
        parts = [self.at(m, observation.area_code, observation.period) for m in members]
        return limits(observation, indicator, parts)


def _spread(values: Sequence[float | None]) -> Spread | None:
    known = sorted(v for v in values if v is not None)
    if len(values) < NATIONAL or len(known) < 2:
        return None
    return Spread(len(known), len(values) - len(known), known[0], *quartiles(known), known[-1])


def of_one_kind(rows: Sequence[Observation]) -> list[Observation]:
    """The years among figures, or the quarters where no year is held: never one beside the other."""
    return [o for o in rows if not periods.is_quarter(o.period)] or list(rows)
