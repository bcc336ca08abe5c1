"""The catalogue: what each indicator, area, source and rule is, looked up in the rows of `data/`."""

from collections.abc import Iterable, Mapping
from datetime import date
from fnmatch import fnmatchcase

from safeguarding.disclosure.small_counts import _hide_others, _hide_small
from safeguarding.store.tables import (
    Area,
    Check,
    Comment,
    Event,
    Indicator,
    Part,
    Row,
    Source,
    Spread,
    Statement,
    Step,
    ToleranceRule,
    _day,
    parse_limits,
)
from safeguarding.vocabulary import Polarity, Unit, YearType


class Catalogue:
    """The descriptive tables of one release, ready to look things up in.

    `tables` maps a table's name to its rows, every cell text, as the loader has checked them. A release that is
    older than a column or a table reads as if it were empty.
    """

    def __init__(self, tables: Mapping[str, Iterable[Row]]):
        self.indicators = {
            r["indicator_id"]: Indicator(
                **{
                    f: r.get(f, "")
                    for f in Indicator.__dataclass_fields__
                    if f not in {"order", "decimals", "unit", "polarity", "year_type", "headline"}
                },
                order=int(r["order"]),
                decimals=int(r["decimals"]),
                unit=Unit(r["unit"]),
                polarity=Polarity(r["polarity"]),
                year_type=YearType(r["year_type"]),
                headline=r.get("headline") == "yes",
            )
            for r in tables["indicators"]
        }
        self.areas = {
            r["area_code"]: Area(
                r["area_code"],
                r["name"],
                r["type"],
                r["region_code"],
                r["group"],
                _day(r["valid_from"]),
                _day(r["valid_to"]),
            )
            for r in tables["areas"]
        }
        self.sources = {
            r["source_id"]: Source(
                **{f: r[f] for f in Source.__dataclass_fields__ if f != "already_public"},
                already_public=r["already_public"] == "yes",
            )
            for r in tables["sources"]
        }
        self.neighbours: dict[tuple[str, str], tuple[str, ...]] = {}
        for r in sorted(tables["neighbours"], key=lambda r: (r["area_code"], r["set"], int(r["rank"]))):
            key = (r["area_code"], r["set"])
            self.neighbours[key] = (*self.neighbours.get(key, ()), r["neighbour_code"])
        self.tolerances: dict[str, tuple[ToleranceRule, ...]] = {}
        for r in sorted(tables["tolerances"], key=lambda r: r["from"]):
            rule = ToleranceRule(
                r["indicator_id"],
                r["type"],
                parse_limits(r["limits"]),
                date.fromisoformat(r["from"]),
                r["owner"],
                r["amber_means"],
                r["state"],
                r["rationale"],
            )
            self.tolerances[rule.indicator_id] = (*self.tolerances.get(rule.indicator_id, ()), rule)
        self.events = tuple(
            Event(
                r["event_id"],
                _day(r["from"]),
                _day(r["until"]),
                tuple(p.strip() for p in r["indicators"].split(";")),
                r["area_code"],
                r["title"],
                r["text"],
                r["breaks"] == "yes",
            )
            for r in sorted(tables.get("events", ()), key=lambda r: r["from"])
        )
        self.checks = tuple(
            Check(
                **{f: r[f] for f in Check.__dataclass_fields__ if f != "statements"},
                statements=tuple(filter(None, r["statements"].split(";"))),
            )
            for r in tables.get("checks", ())
        )
        stated = [
            _hide_small(
                Statement(*(r[f] for f in Statement.__dataclass_fields__ if f != "hidden")),
                self.sources[r["source_id"]],
            )
            for r in tables.get("statements", ())
        ]
        self.statements = _hide_others(stated, self.checks)
        self.commentary = tuple(
            Comment(**{f: r[f] for f in Comment.__dataclass_fields__}) for r in tables.get("commentary", ())
        )
        self.parts = tuple(Part(**{**r, "order": int(r["order"])}) for r in tables.get("breakdowns", ()))  # type: ignore[arg-type]
        self.journey = tuple(
            Step(
                int(r["step"]),
                r["title"],
                r["theme"],
                r["indicator_id"],
                r["field"],
                r["measure"],
                r["share_measure"],
                r["share_of_step_before"] == "yes",
                r["apart"] == "yes",
            )
            for r in sorted(tables.get("journey", ()), key=lambda r: int(r["step"]))
        )
        self.spreads = {
            (r["indicator_id"], r["period"]): Spread(
                int(r["n"]), int(r["hidden"]), *(float(r[c]) for c in ("min", "q1", "median", "q3", "max"))
            )
            for r in tables["distribution"]
            if r["median"]
        }

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

    def events_for(self, indicator_id: str, area_code: str) -> list[Event]:
        """The events that touch an indicator in an area, oldest first."""
        return [
            e
            for e in self.events
            if e.area_code in ("", area_code) and any(fnmatchcase(indicator_id, p) for p in e.indicators)
        ]

    def neighbour_sets(self, area_code: str) -> list[str]:
        """The names of the neighbour sets held for an area, oldest model first."""
        return sorted(name for code, name in self.neighbours if code == area_code)

    def neighbour_set(self, area_code: str, when: date) -> tuple[str, bool] | None:
        """The set to compare with for a period that ends on `when`, and whether it was the list then in force.

        A set named SN-2025 serves figures of periods that end in 2025 or later, since those are published
        after the model (docs/decisions/0003). Before the first set held, the nearest serves and the flag is
        False. None where no set is held for the area.
        """
        names = self.neighbour_sets(area_code)
        if not names:
            return None
        begun = [name for name in names if int(name[3:7]) <= when.year]
        return (begun[-1], True) if begun else (names[0], False)

    def region_of(self, area_code: str) -> Area | None:
        """The region an authority lies in; None for a region or the country."""
        area = self.areas[area_code]
        return self.areas.get(area.region_code) if area.type == "authority" else None

    def authorities_of(self, region_code: str, when: date) -> list[Area]:
        """The authorities of a region that are held and existed on a day, by name."""
        return sorted(
            (
                a
                for a in self.areas.values()
                if a.type == "authority"
                and a.region_code == region_code
                and (a.valid_from is None or a.valid_from <= when)
                and (a.valid_to is None or a.valid_to >= when)
            ),
            key=lambda a: a.name,
        )

    def group(self, name: str) -> list[Area]:
        """The members of a named group of areas, such as GM."""
        return [a for a in self.areas.values() if a.group == name]
