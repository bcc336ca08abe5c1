"""Taken: the figures that one file gave, with the row of the file that each came from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from safeguarding.loader.problems import Problem

FIGURE = (
    *("indicator_id", "area_code", "period", "period_start", "period_end", "breakdown", "category", "value"),
    *("status", "provisional", "numerator", "denominator", "source_id"),
)
Held = Callable[[str], Mapping[tuple[str, str], str]]  # an indicator's values by area and period


@dataclass(frozen=True)
class Taken:
    """What a file gave: its figures, every cell text, and what was understood and what was left alone.

    `rows` are the rows of the file, one a figure; `whole` is True for a file that has all that its source
    gives, so that what it lacks has vanished. `older` are the editions of the source that it takes the place
    of; `values_alone` that it gives no counts. `asked` are questions that a reason answers.
    """

    place: str
    kind: str
    figures: pd.DataFrame
    rows: "pd.Series[int]"
    recognised: tuple[str, ...] = ()
    left_alone: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    whole: bool = False
    older: tuple[str, ...] = ()
    values_alone: bool = False
    named: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems of the figures as problems of the file: its rows, and its own names of columns."""
        return [self._in_file(p) for p in problems]

    def _in_file(self, problem: Problem) -> Problem:
        if problem.row is None or not 0 <= problem.row - 2 < len(self.rows):
            return problem
        at = problem.row - 2
        indicator = str(self.figures["indicator_id"].iloc[at])
        column = self.named.get((indicator, problem.column), problem.column)
        also = tuple(int(self.rows.iloc[row - 2]) for row in problem.also)
        return replace(problem, row=int(self.rows.iloc[at]), also=also, column=column)


def empty() -> pd.DataFrame:
    """No figure, in the columns of all."""
    return pd.DataFrame({c: pd.Series(dtype=str) for c in FIGURE})
