"""Problems: what is wrong with a folder, said so that it can be mended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

MISTAKES_SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One thing wrong: which file, which row (the heading is 1; None for the whole file), which column."""

    file: str
    row: int | None
    column: str
    message: str

    def __str__(self) -> str:
        place = [self.file, f"row {self.row}" if self.row else "", self.column]
        return ", ".join(filter(None, place)) + f": {self.message}"


class BrokenData(Exception):
    """A folder that cannot be loaded; `problems` has all that is wrong with it."""

    def __init__(self, folder: Path, problems: list[Problem]):
        self.problems = problems
        lines = "\n".join(f"  {p}" for p in problems)
        count = "one problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(f"{folder} has {count}. Nothing was changed.\n{lines}")


def mistakes(
    file: str, wrong: "pd.Series[bool]", column: str, message: Callable[[int], str]
) -> Iterator[Problem]:
    """A problem for each row where `wrong` holds; beyond the first twenty, one that counts the rest."""
    rows = [int(i) for i in wrong.index[wrong]]
    for i in rows[:MISTAKES_SHOWN]:
        yield Problem(file, i + 2, column, message(i))
    if len(rows) > MISTAKES_SHOWN:
        yield Problem(file, None, column, f"and {len(rows) - MISTAKES_SHOWN} more rows of the same kind.")
