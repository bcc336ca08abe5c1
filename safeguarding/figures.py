"""Figures: the figures of one release that a page needs, and what can be said of those that are hidden."""

from collections.abc import Iterable, Sequence

from safeguarding.disclosure.limits import limits
from safeguarding.measures.intervals import Interval
from safeguarding.query import Query
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.releases import Store
from safeguarding.store.tables import ENGLAND, GREATER_MANCHESTER, Indicator, Observation

NATIONAL = 140  # as many authorities as this mean that the national set is loaded


class Figures:
    """The figures that a page needs, read in one query, each an observation.

    `average` (mean or median) is what stands for the neighbours.
    """

    def __init__(self, catalogue: Catalogue, observations: Iterable[Observation], average: str = "mean"):
        self.catalogue = catalogue
        self.average = average
        self._series: dict[tuple[str, str], dict[str, Observation]] = {}
        for o in observations:
            held = self._series.setdefault((o.indicator_id, o.area_code), {})
            # where two sources give the same period, the indicator's own source leads
            if o.period not in held or o.source_id == catalogue.indicators[o.indicator_id].source_id:
                held[o.period] = o

    @classmethod
    def fetch(
        cls, store: Store, release: int, indicators: Sequence[Indicator], query: Query, average: str = "mean"
    ) -> "Figures":
        """Read what summaries of these indicators need in this view."""
        catalogue = store.catalogue(release)
        sets = {i.part_of for i in indicators if i.part_of}
        ids = {i.indicator_id for i in indicators} | {
            i.denominator_indicator_id for i in indicators if i.denominator_indicator_id
        }
        ids |= {i.indicator_id for i in catalogue.indicators.values() if i.part_of in sets}
        return cls(catalogue, store.observations(release, ids, areas_needed(catalogue, query)), average)

    def series(self, indicator_id: str, area_code: str) -> list[Observation]:
        """An area's figures, one a period, oldest first."""
        return sorted(self._series.get((indicator_id, area_code), {}).values(), key=lambda o: o.period_end)

    def at(self, indicator_id: str, area_code: str, period: str) -> Observation | None:
        """An area's figure for a period; None where no row is held."""
        return self._series.get((indicator_id, area_code), {}).get(period)

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


def areas_needed(catalogue: Catalogue, query: Query) -> set[str]:
    """The areas whose figures a view draws, compares with or ranks; all once the national set is held."""
    authorities = {a.area_code for a in catalogue.areas.values() if a.type == "authority"}
    region = catalogue.region_of(query.area)
    needed = {query.area, ENGLAND, *(code for code in query.compare if code in catalogue.areas)}
    for name in catalogue.neighbour_sets(query.area):
        needed |= set(catalogue.neighbours[query.area, name])
    if region:
        needed |= {
            region.area_code,
            *(a.area_code for a in catalogue.areas.values() if a.region_code == region.area_code),
        }
    if GREATER_MANCHESTER in query.compare:
        needed |= {a.area_code for a in catalogue.group(GREATER_MANCHESTER)}
    return needed | authorities if len(authorities) >= NATIONAL else needed
