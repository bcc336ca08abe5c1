"""Tables: the rows of `data/` as dataclasses, and a figure as it is held."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from safeguarding import periods
from safeguarding.vocabulary import Polarity, Status, Unit, YearType, listed

ENGLAND = "E92000001"
GREATER_MANCHESTER = "GM"
Key = tuple[str, str, str, str, str, str]  # indicator, area, period, breakdown, category and source
# the parameters that each type of rule takes, in one way or another: docs/methods.md#tolerance
RULE_PARAMETERS: Mapping[str, tuple[frozenset[str], ...]] = {
    "T0": (frozenset(),),
    "T1": (frozenset({"green_at", "red_at"}),),
    "T2": (frozenset({"target", "percent"}), frozenset({"target", "points"})),
    "T3": tuple(frozenset({"benchmark", margin}) for margin in ("points", "percent", "spread")),
    "T4": (frozenset(),),
    "T5": (frozenset({"band"}), frozenset({"low_red", "low_amber", "high_amber", "high_red"})),
    "T6": (frozenset({"target"}),),
}


@dataclass(frozen=True)
class Indicator:
    """One row of indicators.csv. `decimals` is how the value is printed, never how it is judged.

    `part_of` names the count that this share's counts add up to, with those of every other indicator of the
    same. `beyond` says which limit its figures may pass. `started_indicator_id` and `ended_indicator_id` name
    the counts of those who came into a snapshot in the year and of those who left it. `headline` is True for
    the one that opens its theme in a meeting.
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
    beyond: str
    untested_because: str
    started_indicator_id: str
    ended_indicator_id: str
    definition: str
    note: str
    question: str
    question_author: str
    headline: bool
    source_id: str

    @property
    def highest(self) -> float:
        """The highest value that its figures can have: 100 for a share, unless they may pass it."""
        return 100.0 if self.unit is Unit.PERCENT and self.beyond != "above_100" else math.inf

    @property
    def is_count(self) -> bool:
        """A count depends on the size of the place: it is drawn alone and never compared."""
        return self.unit is Unit.COUNT


@dataclass(frozen=True)
class Area:
    """One row of areas.csv. `type` is country, region or authority; an open end of validity is None.

    `successors` are the codes of those who took over where it ended.
    """

    area_code: str
    name: str
    type: str
    region_code: str
    group: str
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]

    def later_than(self, when: date) -> bool:
        """Did it begin after a day?"""
        return self.valid_from is not None and self.valid_from > when

    def existed(self, when: date) -> bool:
        """Was it there on a day?"""
        begun = self.valid_from is None or self.valid_from <= when
        return begun and (self.valid_to is None or self.valid_to >= when)


@dataclass(frozen=True)
class Source:
    """One row of sources.csv: a publication.

    Its small counts are hidden unless anyone can read them (`already_public`) and the partnership has chosen
    to show them (`small_counts` is not `hidden`).
    """

    source_id: str
    publisher: str
    title: str
    edition: str
    published_on: str
    next_due: str
    licence: str
    supplier: str
    already_public: bool
    small_counts: str
    note: str

    @property
    def hides_small(self) -> bool:
        """Are its small counts hidden?"""
        return not self.already_public or self.small_counts == "hidden"

    @property
    def citation(self) -> str:
        """Publisher, title and edition, as the line under a chart prints them."""
        return f"{self.publisher}, {self.title}, {self.edition} edition"


@dataclass(frozen=True)
class Agency:
    """One row of agencies.csv: who sends a return each quarter, of which indicators, and by when.

    `due_days` after a quarter's last day it is expected, from `first_quarter` on (empty: none is yet).
    """

    agency: str
    name: str
    source_id: str
    indicators: tuple[str, ...]
    due_days: int
    first_quarter: str
    state: str


@dataclass(frozen=True)
class Queried:
    """One row of queries.csv: what an agency was asked about its return of a quarter; `answered_on` is None
    while that is open.
    """

    agency: str
    quarter: str
    asked_on: date
    about: str
    answered_on: date | None


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


RULES_IN_WORDS = {
    "T0": "for information only",
    "T1": "within at {green_at} or better, borderline up to {red_at}",
    "T2": "within at the target of {target} or better, borderline if short of it by no more than {margin}",
    "T3": "within if better than {benchmark} or worse by no more than {margin}, borderline up to twice that",
    "T4": "within in the best quarter of English authorities, borderline in the middle half",
    "T5": "in the range from {low_amber} to {high_amber}, at its edge from {low_red} to {high_red}",
    "T6": "within if quarters meet the target of {target} whatever chance does, borderline if chance decides",
}
BY_BAND = (
    "in the range from the 15th to the 85th centile of English authorities in the three years before, at its "
    "edge from the 5th to the 95th"
)
MARGINS_IN_WORDS = {
    "points": "{points} points",
    "percent": "{percent}% of it",
    "spread": "{spread} of the spread of English authorities in the year before",
}


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

    @property
    def in_words(self) -> str:
        """What is within and what borderline by this rule, whatever the case."""
        told = BY_BAND if "band" in self.limits else RULES_IN_WORDS[self.type]
        benchmark = self.limits.get("benchmark", "")
        named = {ENGLAND: "England", "region": "the region"}
        who = "the statistical neighbours" if benchmark.startswith("SN") else named.get(benchmark, benchmark)
        margin = next((words for name, words in MARGINS_IN_WORDS.items() if name in self.limits), "")
        return told.format(**{**self.limits, "benchmark": who, "margin": margin.format(**self.limits)})


def parse_limits(text: str) -> dict[str, str]:
    """`benchmark=SN; points=2` as a mapping. Raises ValueError for a part without an equals sign."""
    limits = {}
    for part in listed(text):
        name, equals, value = part.partition("=")
        if not equals or not value.strip():
            raise ValueError(f"{part!r} is not written name=value")
        limits[name.strip()] = value.strip()
    return limits


@dataclass(frozen=True)
class Calibration:
    """One row of calibration.csv: what a rule does to all English authorities, in per cent.

    Of figures `judged`: `outside` and `near`; of those judged two years running, `flips` from one verdict to
    another; of those outside, `stays` outside a year later (None where there is nothing to follow).
    `flagged` is the share of authorities that the indicator flags for any reason in the newest year.
    """

    indicator_id: str
    type: str
    limits: Mapping[str, str]
    judged: int
    outside: float | None
    near: float | None
    flips: float | None
    stays: float | None
    flagged: float | None
    counted_on: date

    @property
    def words(self) -> str:
        """The same as a sentence; empty for a rule that judges nothing."""
        if self.outside is None or not self.judged:
            return ""
        text = f"Of all English authorities and years this rule calls {self.outside:g}% outside"
        text += (
            f"; {self.flips:g}% change their verdict from one year to the next"
            if self.flips is not None
            else ""
        )
        stays = (
            f"; of those outside {self.stays:g}% are so again a year later" if self.stays is not None else ""
        )
        return f"{text}{stays} (counted on {periods.in_words(self.counted_on)})."


@dataclass(frozen=True)
class FlagCount:
    """One row of flag_counts.csv: how many flags English authorities have in a period."""

    period: str
    authorities: int
    lower_quartile: float
    median: float
    upper_quartile: float
    counted_on: date


@dataclass(frozen=True)
class Event:
    """One row of events.csv: something that a reader should know.

    It `breaks` a series where figures before and after do not compare. `indicators` are patterns such as
    `factor_*`; an empty `area_code` means every area. `on_chart` are the words that mark it above a chart;
    one without is told and not marked. `day` is None where the source gives no date: such an
    event is told, never marked on an axis, and breaks nothing. `under_recorded_before` is True where figures
    of before are known to be too low, so that they are shown and not judged.
    """

    event_id: str
    day: date | None = field(metadata={"column": "from"})
    until: date | None
    indicators: tuple[str, ...]
    area_code: str
    on_chart: str
    title: str
    text: str
    breaks: bool
    under_recorded_before: bool

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
class Revised:
    """A figure that has changed: on which day, what it was and what it is (None where it had or has no value,
    for whatever reason its source gives).
    """

    on: date
    was: float | None
    now: float | None


class Observation(NamedTuple):
    """One figure. `value` is as published, None with the reason in `status`.

    Numerator and denominator are None where they are not held. `breakdown` and `category` are empty for the
    whole. A tuple takes a quarter of the time of a frozen dataclass to make, and a page makes thousands.
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

    @property
    def key(self) -> Key:
        """What no other figure of a release shares with it."""
        about = self.indicator_id, self.area_code, self.period
        return (*about, self.breakdown, self.category, self.source_id)

    def judged(self, indicator: Indicator) -> float | None:
        """The value unrounded, from its numerator and denominator where both are held; else as published.

        Verdicts use this (74.72), readers see `value` (75). None where the figure is hidden or missing.
        """
        multiplier = indicator.unit.multiplier
        if self.value is None or multiplier is None or self.numerator is None or not self.denominator:
            return self.value
        return multiplier * self.numerator / self.denominator
