"""The catalogue: what each indicator, area, source and rule is, as rows of `data/`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase

from safeguarding import periods
from safeguarding.vocabulary import Polarity, Unit, YearType

ENGLAND = "E92000001"
GREATER_MANCHESTER = "GM"
THEMES = {
    "front-door": "Front door",
    "children-in-need": "Children in need",
    "child-protection": "Child protection",
    "complex-safeguarding": "Complex safeguarding",
    "looked-after-children": "Looked-after children",
}

Row = Mapping[str, str]


@dataclass(frozen=True)
class Indicator:
    """One row of indicators.csv. `decimals` is how the value is printed, never how it is judged.

    `part_of` names the count that this share's counts add up to, with those of every other indicator of the same.
    `headline` is True for the one that opens its theme in a meeting.
    """

    indicator_id: str
    theme: str
    also_on: str
    section: str
    order: int
    title: str
    short_title: str
    unit: Unit
    decimals: int
    polarity: Polarity
    polarity_basis: str
    year_type: YearType
    numerator: str
    denominator: str
    denominator_indicator_id: str
    part_of: str
    read_with: str
    untested_because: str
    definition: str
    note: str
    question: str
    question_author: str
    headline: bool
    source_id: str

    @property
    def is_count(self) -> bool:
        """A count depends on the size of the place: it is drawn alone and never compared."""
        return self.unit is Unit.COUNT


@dataclass(frozen=True)
class Area:
    """One row of areas.csv. `type` is country, region or authority; an open end of validity is None."""

    area_code: str
    name: str
    type: str
    region_code: str
    group: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Source:
    """One row of sources.csv: a publication. `already_public` False turns the hiding of small counts on."""

    source_id: str
    publisher: str
    title: str
    edition: str
    published_on: str
    next_due: str
    licence: str
    supplier: str
    already_public: bool
    note: str

    @property
    def citation(self) -> str:
        """Publisher, title and edition, as the line under a chart prints them."""
        return f"{self.publisher}, {self.title}, {self.edition} edition"


def cited(sources: Iterable[Source]) -> str:
    """Sources as one line: editions of one publication together, publications parted by semicolons."""
    editions: dict[tuple[str, str], dict[str, None]] = {}
    for s in sources:
        editions.setdefault((s.publisher, s.title), {})[s.edition] = None
    lines = []
    for (publisher, title), found in editions.items():
        *others, last = found
        named = f"{', '.join(others)} and {last} editions" if others else f"{last} edition"
        lines.append(f"{publisher}, {title}, {named}")
    return "; ".join(lines)


@dataclass(frozen=True)
class ToleranceRule:
    """One row of tolerances.csv: a rule for an indicator, in force from a day on.

    `limits` holds the parameters of the type as text by name, as `docs/methods.md` lists them.
    """

    indicator_id: str
    type: str
    limits: Mapping[str, str]
    valid_from: date
    owner: str
    amber_means: str
    state: str
    rationale: str

    def number(self, name: str) -> float:
        """The parameter `name` as a number. Raises KeyError where the rule has none (the loader checks)."""
        return float(self.limits[name])


@dataclass(frozen=True)
class Event:
    """One row of events.csv: something that a reader should know. `breaks` where figures before and after do not compare.

    `indicators` are patterns such as `factor_*`; an empty `area_code` means every area. `day` is None where the
    source gives no date: such an event is told, never marked on an axis, and breaks nothing.
    """

    event_id: str
    day: date | None
    until: date | None
    indicators: tuple[str, ...]
    area_code: str
    title: str
    text: str
    breaks: bool

    @property
    def when(self) -> str:
        """Its day or days as a reader sees them: "1 July 2019", "23 March 2020 to 19 July 2021", "date not stated"."""
        if self.day is None:
            return periods.label(periods.UNDATED, YearType.FINANCIAL_YEAR)
        return periods.in_words(self.day) + (f" to {periods.in_words(self.until)}" if self.until else "")

    def by(self, limit: date) -> bool:
        """Had it happened by a day? An undated one may have."""
        return self.day is None or self.day <= limit


@dataclass(frozen=True)
class Statement:
    """One row of statements.csv: what a report states, as printed.

    `value` is text: a number, or words where `kind` is text; empty where the report prints none or where a small
    count is `hidden`. `period` is `undated` where the report gives none: such a figure is never drawn or judged.
    """

    statement_id: str
    theme: str
    section: str
    measure: str
    breakdown: str
    area: str
    period: str
    period_before: str
    period_as_printed: str
    kind: str
    value: str
    unit: str
    counts_children: str
    qualifier: str
    as_printed: str
    line: str
    note: str
    indicator_id: str
    source_id: str
    hidden: bool = field(default=False, kw_only=True)

    @property
    def number(self) -> float | None:
        """The value as a number; None for words, for a figure that is not printed and for a hidden one."""
        return float(self.value) if self.kind != "text" and self.value else None


@dataclass(frozen=True)
class Step:
    """One row of journey.csv: a step of a child's way. A count comes from an indicator's `field`, else from a report's `measure`."""

    step: int
    title: str
    theme: str
    indicator_id: str
    field: str
    measure: str
    share_measure: str
    share_of_step_before: bool
    apart: bool


@dataclass(frozen=True)
class Comment:
    """One row of commentary.csv: what is said about an indicator in an area and a period, by whom, resting on which lines."""

    commentary_id: str
    indicator_id: str
    area_code: str
    period: str
    text: str
    lines: str
    author: str
    source_id: str


@dataclass(frozen=True)
class Part:
    """One row of breakdowns.csv: a part of a whole, held by an indicator or by a report's statements."""

    breakdown_id: str
    theme: str
    title: str
    order: int
    part: str
    indicator_id: str
    measure: str
    breakdown: str
    note: str


@dataclass(frozen=True)
class Check:
    """One row of checks.csv: statements, what they are held against, and by which method."""

    check_id: str
    rule: str
    theme: str
    about: str
    method: str
    statements: tuple[str, ...]
    indicator_id: str
    field: str
    against_area: str
    period: str
    period_before: str
    otherwise: str
    result: str
    author: str
    reason: str


SMALL_COUNTS = range(1, 6)


def _hide_others(statements: Sequence[Statement], checks: Sequence[Check]) -> tuple[Statement, ...]:
    """Where one hidden part of a total could be worked out from the others, the next smallest part is hidden too.

    The sets that add up are those of the checks by the method `total`: parts first, total last.
    """
    held = {s.statement_id: s for s in statements}
    for check in checks:
        if check.method != "total" or not all(i in held for i in check.statements):
            continue
        *parts, total = (held[i] for i in check.statements)
        hidden = [p for p in parts if p.hidden]
        shown = sorted((p for p in parts if not p.hidden and p.number), key=lambda p: p.number or 0.0)
        if len(hidden) == 1 and not total.hidden and shown:
            held[shown[0].statement_id] = replace(shown[0], value="", as_printed="", note="", hidden=True)
    return tuple(held.values())


def _hide_small(statement: Statement, source: Source) -> Statement:
    """A report's count of 1 to 5 children is hidden, figure and wording, unless anyone can already read the report."""
    number = statement.number
    if source.already_public or not statement.counts_children or number is None or number not in SMALL_COUNTS:
        return statement
    return replace(statement, value="", as_printed="", note="", hidden=True)


@dataclass(frozen=True)
class Spread:
    """How English authorities spread on an indicator in a period (type 7 quartiles)."""

    n: int
    hidden: int
    minimum: float
    q1: float
    median: float
    q3: float
    maximum: float


def parse_limits(text: str) -> dict[str, str]:
    """`benchmark=SN; points=2` as a mapping. Raises ValueError for a part without an equals sign."""
    limits = {}
    for part in filter(None, (p.strip() for p in text.split(";"))):
        name, equals, value = part.partition("=")
        if not equals or not value.strip():
            raise ValueError(f"{part!r} is not written name=value")
        limits[name.strip()] = value.strip()
    return limits


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


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
