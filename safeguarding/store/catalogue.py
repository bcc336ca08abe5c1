"""The catalogue: what each indicator, area, source and rule is, looked up in the rows of `data/`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from fnmatch import fnmatchcase
from operator import attrgetter
from typing import TypeVar

from safeguarding import periods, words
from safeguarding.disclosure.audience import Hiding
from safeguarding.disclosure.small_counts import hide_statements
from safeguarding.store.report import Check, Comment, Part, Statement, Step, with_other_indicator
from safeguarding.store.tables import (
    ENGLAND,
    Agency,
    Area,
    Calibration,
    Event,
    FlagCount,
    Indicator,
    Neighbour,
    Queried,
    Source,
    ToleranceRule,
)
from safeguarding.store.typed import Row, typed

T = TypeVar("T")


class Catalogue:
    """The descriptive tables of one release, ready to look things up in.

    `tables` maps a table's name to its rows, every cell text, as the loader has checked them. A release
    that is older than a column or a table reads as if it were empty. `hiding` is what its reader may not see.
    """

    def __init__(self, tables: Mapping[str, Iterable[Row]], hiding: Hiding = Hiding()):  # noqa: B008
        def rows(name: str, cls: type[T]) -> list[T]:
            return [typed(cls, row) for row in tables.get(name, ())]

        self.indicators = {i.indicator_id: i for i in rows("indicators", Indicator)}
        self.areas = {a.area_code: a for a in rows("areas", Area)}
        self.sources = {s.source_id: s for s in rows("sources", Source)}
        neighbours: dict[tuple[str, str], list[str]] = defaultdict(list)
        for n in sorted(rows("neighbours", Neighbour), key=attrgetter("area_code", "set", "rank")):
            neighbours[n.area_code, n.set].append(n.neighbour_code)
        self.neighbours = {key: tuple(codes) for key, codes in neighbours.items()}
        self._sets: dict[str, list[str]] = defaultdict(list)
        for area_code, name in sorted(self.neighbours):
            self._sets[area_code].append(name)
        tolerances: dict[str, list[ToleranceRule]] = defaultdict(list)
        for rule in sorted(rows("tolerances", ToleranceRule), key=attrgetter("valid_from")):
            tolerances[rule.indicator_id].append(rule)
        self.tolerances = {key: tuple(rules) for key, rules in tolerances.items()}
        self.calibration = {c.indicator_id: c for c in rows("calibration", Calibration)}
        self.flag_counts = {c.period: c for c in rows("flag_counts", FlagCount)}
        self.events = tuple(sorted(rows("events", Event), key=lambda e: e.day or date.min))
        self.checks = tuple(typed(Check, with_other_indicator(row)) for row in tables.get("checks", ()))
        self.stated = tuple(rows("statements", Statement))
        self.statements = hide_statements(self.stated, self.sources, self.checks, hiding)
        self.agencies = tuple(rows("agencies", Agency))
        self.queries = tuple(sorted(rows("queries", Queried), key=attrgetter("asked_on")))
        self.commentary = tuple(rows("commentary", Comment))
        self.parts = tuple(rows("breakdowns", Part))
        self.journey = tuple(sorted(rows("journey", Step), key=attrgetter("step")))

    @property
    def reported_on(self) -> dict[str, str]:
        """The area that each report is about, by its source: the one that most of its statements name."""
        named: dict[str, Counter[str]] = defaultdict(Counter)
        for s in self.stated:
            named[s.source_id][s.area] += 1
        return {source: areas.most_common(1)[0][0] for source, areas in named.items()}

    def sources_for(self, area_code: str) -> list[Source]:
        """The sources of an area's dashboard: all but the reports about another."""
        about = self.reported_on
        return [s for name, s in self.sources.items() if about.get(name, area_code) == area_code]

    def events_near(self, *area_codes: str) -> list[Event]:
        """The events of some areas, of the regions they lie in, of England and of everywhere."""
        regions = {self.areas[code].region_code for code in area_codes}
        near = {"", ENGLAND, *area_codes, *regions}
        return [e for e in self.events if e.area_code in near]

    def theme(self, theme: str) -> list[Indicator]:
        """The indicators of a page in the catalogue's order; `context` gathers every `context-...` theme.

        An indicator that is `also_on` a page comes after those that live there.
        """
        own = [i for i in self.indicators.values() if i.theme == theme or i.theme.startswith(f"{theme}-")]
        guests = [i for i in self.indicators.values() if i.also_on == theme]
        return [*sorted(own, key=lambda i: (i.theme, i.order)), *sorted(guests, key=lambda i: i.order)]

    def rule_in_force(self, indicator_id: str, when: date) -> ToleranceRule | None:
        """The tolerance rule in force on a day: the latest that began by then; None where there is none."""
        begun = [rule for rule in self.tolerances.get(indicator_id, ()) if rule.valid_from <= when]
        return begun[-1] if begun else None

    def calibration_of(self, rule: ToleranceRule) -> Calibration | None:
        """What a rule does to all authorities; None where that has not been counted of one just like it."""
        found = self.calibration.get(rule.indicator_id)
        same = found is not None and (found.type, found.limits) == (rule.type, rule.limits)
        return found if same else None

    def events_for(self, indicator_id: str, area_code: str) -> list[Event]:
        """The events that touch an indicator in an area, oldest first."""
        return [
            e
            for e in self.events
            if e.area_code in ("", area_code) and any(fnmatchcase(indicator_id, p) for p in e.indicators)
        ]

    def neighbour_sets(self, area_code: str) -> list[str]:
        """The names of the neighbour sets held for an area, oldest model first."""
        return self._sets.get(area_code, [])

    def neighbour_set(self, area_code: str, when: date) -> tuple[str, bool] | None:
        """The set to compare with for a period that ends on `when`, and whether it was then in force.

        A set named SN-2025 serves figures of periods that end in 2025 or later, since those are published
        after the model (docs/decisions/0003). Before the first set held, the nearest serves and the flag is
        False. None where no set is held for the area.
        """
        names = self.neighbour_sets(area_code)
        if not names:
            return None
        begun = [name for name in names if int(name[3:7]) <= when.year]
        return (begun[-1], True) if begun else (names[0], False)

    def lifetime(self, area_code: str) -> str:
        """That an area began or ended while figures were held, and who went before it or came after, as a
        sentence; empty where it did neither.
        """
        area = self.areas[area_code]
        if area.valid_to:
            after = self._listed(area.successors, area)
            went_on = f" and go on as those of {after}" if after else ""
            return f"{area.name} ended on {periods.in_words(area.valid_to)}: its figures stop there{went_on}."
        if area.valid_from:
            went = [a.area_code for a in self.areas.values() if area_code in a.successors]
            before = self._listed(went, area)
            in_place = f" in place of {before}" if before else ""
            began = f"{area.name} began on {periods.in_words(area.valid_from)}{in_place}"
            return f"{began}: most of its figures begin there."
        return ""

    def _listed(self, codes: Iterable[str], beside: Area) -> str:
        """Areas by name; parted by semicolons where a name has an "and" of its own."""
        names = [self._called(code, beside) for code in codes]
        return "; ".join(names) if any(" and " in name for name in names) else words.listed(names)

    def _called(self, code: str, beside: Area) -> str:
        """An area's name; told apart from another of the same name."""
        area = self.areas[code]
        if area.name != beside.name:
            return area.name
        return f"the county of {area.name}" if area.valid_to else f"the new authority of {area.name}"

    def region_of(self, area_code: str) -> Area | None:
        """The region an authority lies in; None for a region or the country."""
        area = self.areas[area_code]
        return self.areas.get(area.region_code) if area.type == "authority" else None

    def authorities(self, when: date) -> list[Area]:
        """The authorities that existed on a day, by name."""
        return sorted(
            (a for a in self.areas.values() if a.type == "authority" and a.existed(when)),
            key=lambda a: a.name,
        )

    def authorities_of(self, region_code: str, when: date) -> list[Area]:
        """The authorities of a region that existed on a day, by name."""
        return [a for a in self.authorities(when) if a.region_code == region_code]

    def group(self, name: str) -> list[Area]:
        """The members of a named group of areas, such as GM."""
        return [a for a in self.areas.values() if a.group == name]
