"""Neighbours: the average of several areas, who of them is hidden, and how far that could move it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from safeguarding import words
from safeguarding.disclosure import bounds
from safeguarding.figures import Figures
from safeguarding.measures.intervals import Interval
from safeguarding.query import NEIGHBOURS
from safeguarding.store.tables import Indicator, Observation
from safeguarding.verdicts.case import Case

SETS = {"SN-2021": "2021 model", "SN-2025": "2025 model"}
UNBOUNDED = Interval(float("-inf"), float("inf"))
AVERAGES: dict[str, Callable[[Sequence[float]], float]] = {"mean": fmean, "median": median}


def withheld(rows: Iterable[Observation | None]) -> list[Observation]:
    """Those of the rows that have a figure which is not shown; one that has no figure (x) is none of them."""
    return [r for r in rows if r is not None and r.status.withheld]


@dataclass(frozen=True)
class Average:
    """The plain mean (or the median, as `kind` says) of those of some areas that show a figure, unrounded
    where their counts are held.

    `of` counts the areas, `known` holds the figures shown, `hidden` the rows whose figure is not shown.
    Rule: docs/methods.md#neighbours
    """

    kind: str
    of: int
    known: tuple[float, ...]
    hidden: tuple[Observation, ...]

    @property
    def value(self) -> float | None:
        """The average, in the figures' own unit; None where no area shows a figure."""
        return AVERAGES[self.kind](self.known) if self.known else None

    @property
    def words(self) -> str:
        """How many it is of: "mean of 7 of 10"."""
        return f"{self.kind} of {len(self.known)} of {self.of}"

    def between(self, figures: Figures) -> Interval | None:
        """The limits that the hidden figures leave it; None where nothing is hidden, or nothing shown."""
        if not self.hidden or not self.known:
            return None
        unknown = (figures.limits(r) or UNBOUNDED for r in self.hidden)
        return bounds.mean_of([*map(bounds.known, self.known), *unknown], AVERAGES[self.kind])


def average(rows: Sequence[Observation | None], kind: str, indicator: Indicator) -> Average:
    """The average of several areas' figures of one period; a row is None where an area has none."""
    known = tuple(v for r in rows if r is not None and (v := r.judged(indicator)) is not None)
    return Average(kind, len(rows), known, tuple(withheld(rows)))


@dataclass(frozen=True)
class Neighbours:
    """The statistical neighbours of a case: the name of the list, whether it was in force then, and their
    average.
    """

    set: str
    in_force: bool
    average: Average

    @property
    def caption(self) -> str:
        """Who they are: "statistical neighbours (2021 model, not the list then in force)"."""
        return f"statistical neighbours ({set_name(self.set, self.in_force)})"


def neighbours(case: Case, code: str = NEIGHBOURS) -> Neighbours | None:
    """The neighbours for the period of the latest figure, by the list then in force or the one `code` names.

    None where no such list is held, or no latest figure.
    """
    if case.latest is None:
        return None
    chosen = case.catalogue.neighbour_set(case.area.area_code, case.latest.period_end)
    name, in_force = chosen if chosen and code == NEIGHBOURS else (code, True)
    members = case.catalogue.neighbours.get((case.area.area_code, name))
    if members is None:
        return None
    return Neighbours(
        name, in_force, average([case.at(m) for m in members], case.figures.average, case.indicator)
    )


def set_name(name: str, in_force: bool = True) -> str:
    """A list of neighbours as a caption names it: "2025 model", "2021 model, not the list then in force"."""
    return SETS.get(name, name) + ("" if in_force else ", not the list then in force")


def printed(found: Average, case: Case) -> str:
    """The average as a rule prints it: "24.4%, mean of 10 of 10"; empty where there is none."""
    if found.value is None:
        return ""
    return f"{words.shown_mean(found.value, case.indicator)}, {found.words}"
