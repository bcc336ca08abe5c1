"""Figures: the figures of one release that a page needs, and what can be said of those that are hidden."""

from collections.abc import Iterable, Sequence

from safeguarding.disclosure import bounds
from safeguarding.measures.intervals import Interval
from safeguarding.query import Query
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.releases import Store
from safeguarding.store.tables import ENGLAND, GREATER_MANCHESTER, Indicator, Observation
from safeguarding.vocabulary import Status, Unit

NATIONAL = 140  # as many authorities as this mean that the national set is loaded


class Figures:
    """The figures that a page needs, read in one query. `average` (mean or median) stands for the neighbours."""

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
        """Between which limits a figure lies, in its own unit: no width where it is shown.

        A hidden part of a set of counts is bounded by the set's own total; a count that we ourselves hid for being
        small is 1 to 5; any other hidden or unexplained share may be anything from 0 to 100. None where no bound
        can be given at all.
        """
        indicator = self.catalogue.indicators[observation.indicator_id]
        if observation.value is not None:
            return bounds.known(observation.value)
        if observation.status is Status.C_PRIMARY and indicator.is_count:
            return bounds.PRIMARY
        if indicator.unit is not Unit.PERCENT:
            return None
        if indicator.part_of and observation.denominator and observation.status.hidden:
            members = [
                i.indicator_id for i in self.catalogue.indicators.values() if i.part_of == indicator.part_of
            ]
            rows = [self.at(m, observation.area_code, observation.period) for m in members]
            visible = [
                r.numerator for r in rows if r is not None and r.value is not None and r.numerator is not None
            ]
            hidden = sum(r is not None and r.value is None for r in rows)
            if len(visible) + hidden == len(members) and observation.denominator - sum(visible) >= hidden:
                part = bounds.hidden_part(observation.denominator, sum(visible), hidden)
                return Interval(
                    100 * part.lower / observation.denominator, 100 * part.upper / observation.denominator
                )
        return bounds.ANY_SHARE


def areas_needed(catalogue: Catalogue, query: Query) -> set[str]:
    """The areas whose figures a view draws, compares with or ranks; all of them once the national set is loaded."""
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
