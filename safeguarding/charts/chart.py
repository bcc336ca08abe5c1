"""Chart: what is drawn, without how. A page, an image, a slide and a sheet draw the same one.

A kind of chart makes it from what is known (trend.py, rank.py, control.py, funnel.py, parts.py, spine.py); a
drawer gives it colours, dashes and pixels (drawn.py for page, print and files, plotly.py for a hand that
reaches for it, exports/ for Office).
"""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from safeguarding.vocabulary import Comparison, Polarity, Role, Unit


class Kind(StrEnum):
    """Which chart it is, as its address begins."""

    TREND = "trend"
    RANK = "rank"
    CONTROL = "control"
    DIFFERENCE = "difference"
    FUNNEL = "funnel"
    PARTS = "parts"
    SPINE = "spine"


class Mark(StrEnum):
    """What a series is drawn as."""

    LINE = "line"
    POINTED = "line with points"
    SIGNALLED = "line with points, each with its signal"
    MEAN = "mean of a series"
    LIMIT = "limit"
    OUTER = "limit farther out, or on trial"
    BENCHMARK = "benchmark across the whole chart"
    BAR = "bar from nought, or a word"
    PART = "bar from nought, hatched where hidden"
    SPOT = "spot"
    RANGE = "range"
    MIDDLE = "middle half of a range"


@dataclass(frozen=True)
class Datum:
    """One value of a series, in the chart's unit; None is a gap.

    `printed` is what stands beside it: the value in words, the word for its absence, the name of a spot.
    `note` is what else is to be said of it. `lower` and `upper` are the ends of a range, `upper` alone how
    far a hidden value could reach, `base` its place on an axis of numbers. `role` is whom a bar stands for,
    `verdict` what its shape tells.
    """

    value: float | None
    printed: str = ""
    note: str = ""
    role: Role = Role.OTHER
    verdict: Comparison = Comparison.NOT_COMPARED
    lower: float = 0.0
    upper: float | None = None
    base: float = 0.0


@dataclass(frozen=True)
class Series:
    """Values of one thing, for the categories from the place `start` on, or each at its own `base`.

    `nth` tells lines of one role apart, the first 0.
    """

    name: str
    role: Role
    mark: Mark
    data: tuple[Datum, ...]
    start: int = 0
    decimals: int = 0
    nth: int = 0

    @property
    def values(self) -> list[float | None]:
        """The values alone."""
        return [d.value for d in self.data]


@dataclass(frozen=True)
class End:
    """The name at the end of a line: at which value, whose it is (None: of a limit), its latest value as
    printed where that is known, which of its role, how many periods `before` the last one the line ends.
    """

    value: float
    name: str
    role: Role | None = None
    printed: str = ""
    nth: int = 0
    before: int = 0


@dataclass(frozen=True)
class Absence:
    """A place where the area in focus has no figure: its word at the first of a run, and the reason."""

    place: int
    word: str
    note: str


@dataclass(frozen=True)
class Expected:
    """Between which values the next figure would lie if nothing changed, and its period as an axis has it."""

    lower: float
    upper: float
    label: str


@dataclass(frozen=True)
class Tolerated:
    """Between which values the latest figure is within its tolerance, an infinite end where it has none.

    `name` is what it is called in the plot, `told` what is within, as printed ("29.5% or less"), `agreed`
    whether the partnership has agreed it; `printed` is the limit, where there is a single one.
    """

    lower: float
    upper: float
    name: str
    told: str
    agreed: bool
    printed: str = ""

    @property
    def words(self) -> str:
        """What lies within its edges: "within proposed tolerance, 29.5% or less"."""
        kind = self.name if not self.printed else f"within {'' if self.agreed else 'proposed '}tolerance"
        return f"{kind}, {self.told}"

    @property
    def edges(self) -> tuple[float, ...]:
        """Its ends that are somewhere, lowest first."""
        return tuple(filter(math.isfinite, (self.lower, self.upper)))


@dataclass(frozen=True)
class Chart:
    """A chart. `series` come back to front: what is drawn later lies over what was drawn before.

    `categories` are periods as an axis prints them, areas, parts or indicators, in reading order; empty where
    spots stand on an axis of numbers. `ticks` are round values that hold the data. `events` are numbers to
    print over a place in the categories, `breaks` the places before which the recording changed. `across` is
    what the horizontal axis says: its title, or what its two ends and its middle mean.

    Of a chart over time: `band` is the tolerance of the latest figure;
    `interval` is the 95 % interval of the latest point of the area in focus, `intervals` those of all its
    points, a place each, where they are asked for; `expected` is told of the period
    after the last. None of them draws nothing; the ticks hold interval and expected range.
    """

    kind: Kind
    unit: Unit
    polarity: Polarity
    decimals: int
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    ticks: tuple[float, ...] = ()
    ends: tuple[End, ...] = ()
    absences: tuple[Absence, ...] = ()
    events: tuple[tuple[int, str], ...] = ()
    breaks: tuple[int, ...] = ()
    across: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    sure: int = 0
    band: Tolerated | None = None
    interval: tuple[float, float] | None = None
    intervals: tuple[tuple[float, float] | None, ...] = ()
    expected: Expected | None = None

    @property
    def mark(self) -> Mark | None:
        """What is in front of everything else; None of an empty chart."""
        return self.series[-1].mark if self.series else None

    @property
    def suffix(self) -> str:
        """What follows each value."""
        return "%" if self.unit is Unit.PERCENT else ""

    @property
    def places(self) -> int:
        """Decimals that the ticks need."""
        return max(len(f"{t:.6f}".rstrip("0").partition(".")[2]) for t in self.ticks)

    @property
    def whole(self) -> tuple[Series, ...]:
        """The series over all categories, front to back; stretches of one name are joined, None stands
        between them.
        """
        joined: dict[str, Series] = {}
        for series in reversed(self.series):
            data = list(joined[series.name].data if series.name in joined else self._blank)
            data[series.start : series.start + len(series.data)] = series.data
            joined[series.name] = replace(series, data=tuple(data), start=0)
        return tuple(joined.values())

    @property
    def _blank(self) -> tuple[Datum, ...]:
        return (Datum(None),) * len(self.categories)
