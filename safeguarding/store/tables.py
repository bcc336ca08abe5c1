"""Tables: the rows of `data/` as dataclasses, and a figure as it is held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from safeguarding import periods
from safeguarding.vocabulary import Polarity, Status, Unit, YearType

ENGLAND = "E92000001"
GREATER_MANCHESTER = "GM"
# the parameters that each type of rule takes, in one way or another: docs/methods.md#tolerance
RULE_PARAMETERS: Mapping[str, tuple[frozenset[str], ...]] = {
    "T0": (frozenset(),),
    "T1": (frozenset({"green_at", "red_at"}),),
    "T2": (frozenset({"target", "percent"}), frozenset({"target", "points"})),
    "T3": (frozenset({"benchmark", "points"}), frozenset({"benchmark", "percent"})),
    "T4": (frozenset(),),
    "T5": (frozenset({"band"}), frozenset({"low_red", "low_amber", "high_amber", "high_red"})),
    "T6": (frozenset({"target"}),),
}


@dataclass(frozen=True)
class Indicator:
    """One row of indicators.csv. `decimals` is how the value is printed, never how it is judged.

    `part_of` names the count that this share's counts add up to, with those of every other indicator of the
    same. `headline` is True for the one that opens its theme in a meeting.
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

    @property
    def lifetime(self) -> str:
        """That it began or ended while figures were held, as a sentence; empty where it did neither."""
        if self.valid_to:
            return f"{self.name} ended on {periods.in_words(self.valid_to)}: its figures stop there."
        if self.valid_from:
            return (
                f"{self.name} began on {periods.in_words(self.valid_from)}: most of its figures begin there."
            )
        return ""


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
    valid_from: date = field(metadata={"column": "from"})
    owner: str
    amber_means: str
    state: str
    rationale: str

    def number(self, name: str) -> float:
        """The parameter `name` as a number. Raises KeyError where the rule has none (the loader checks)."""
        return float(self.limits[name])


def parse_limits(text: str) -> dict[str, str]:
    """`benchmark=SN; points=2` as a mapping. Raises ValueError for a part without an equals sign."""
    limits = {}
    for part in filter(None, (p.strip() for p in text.split(";"))):
        name, equals, value = part.partition("=")
        if not equals or not value.strip():
            raise ValueError(f"{part!r} is not written name=value")
        limits[name.strip()] = value.strip()
    return limits


@dataclass(frozen=True)
class Event:
    """One row of events.csv: something that a reader should know.

    It `breaks` a series where figures before and after do not compare. `indicators` are patterns such as
    `factor_*`; an empty `area_code` means every area. `day` is None where the source gives no date: such an
    event is told, never marked on an axis, and breaks nothing.
    """

    event_id: str
    day: date | None = field(metadata={"column": "from"})
    until: date | None
    indicators: tuple[str, ...]
    area_code: str
    title: str
    text: str
    breaks: bool

    @property
    def when(self) -> str:
        """Its day or days in words: "1 July 2019", "23 March 2020 to 19 July 2021", "date not stated"."""
        if self.day is None:
            return periods.label(periods.UNDATED, YearType.FINANCIAL_YEAR)
        return periods.in_words(self.day) + (f" to {periods.in_words(self.until)}" if self.until else "")

    def by(self, limit: date) -> bool:
        """Had it happened by a day? An undated one may have."""
        return self.day is None or self.day <= limit


@dataclass(frozen=True)
class Neighbour:
    """One row of neighbours.csv: a statistical neighbour in a set such as SN-2025; rank 1 is the nearest."""

    area_code: str
    set: str
    rank: int
    neighbour_code: str


@dataclass(frozen=True)
class Spread:
    """How English authorities spread in a period: `n` with a figure, `hidden` without one that is shown."""

    n: int
    hidden: int
    minimum: float
    q1: float
    median: float
    q3: float
    maximum: float


@dataclass(frozen=True)
class Observation:
    """One figure. `value` is as published, None with the reason in `status`.

    Numerator and denominator are None where they are not held. `breakdown` and `category` are empty for the
    whole.
    """

    indicator_id: str
    area_code: str
    period: str
    period_start: date
    period_end: date
    value: float | None
    status: Status
    provisional: bool
    numerator: float | None
    denominator: float | None
    source_id: str
    breakdown: str = ""
    category: str = ""

    def judged(self, indicator: Indicator) -> float | None:
        """The value unrounded, from its numerator and denominator where both are held; else as published.

        Verdicts use this (74.72), readers see `value` (75). None where the figure is hidden or missing.
        """
        multiplier = indicator.unit.multiplier
        if self.value is None or multiplier is None or self.numerator is None or not self.denominator:
            return self.value
        return multiplier * self.numerator / self.denominator
