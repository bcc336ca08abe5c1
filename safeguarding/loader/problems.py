"""Problems: what is wrong with a folder or a file, said so that it can be mended."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import pandas as pd

MISTAKES_SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One thing wrong: which file, which row (the heading is 1; None for the whole file), which column.

    `sheet` and `value`, the cell as it stands, are empty where there is none.
    """

    file: str
    row: int | None
    column: str
    message: str
    sheet: str = ""
    value: str = ""

    def __str__(self) -> str:
        sheet = f"sheet {self.sheet}" if self.sheet else ""
        place = [self.file, sheet, f"row {self.row}" if self.row else "", self.column]
        return ", ".join(filter(None, place)) + f": {self.message}"


class BrokenData(Exception):
    """A folder that cannot be loaded; `problems` has all that is wrong with it."""

    def __init__(self, folder: Path, problems: list[Problem]):
        self.problems = problems
        super().__init__(told(str(folder), problems))


def told(what: str, problems: list[Problem]) -> str:
    """All problems of a folder or of files as lines, the first of which counts them."""
    lines = "\n".join(f"  {p}" for p in problems)
    count = "one problem" if len(problems) == 1 else f"{len(problems)} problems"
    return f"{what} has {count}. Nothing was changed.\n{lines}"


def mistakes(
    file: str, wrong: "pd.Series[bool]", column: str, message: Callable[[int], str]
) -> Iterator[Problem]:
    """A problem for each row where `wrong` holds; beyond the first twenty, one that counts the rest."""
    rows = [int(i) for i in wrong.index[wrong]]
    for i in rows[:MISTAKES_SHOWN]:
        yield Problem(file, i + 2, column, message(i))
    if len(rows) > MISTAKES_SHOWN:
        yield Problem(file, None, column, f"and {len(rows) - MISTAKES_SHOWN} more rows of the same kind.")


def as_csv(problems: Iterable[Problem]) -> str:
    """Problems as a table to send back; a cell that a spreadsheet would take for a formula is made text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([f.name for f in fields(Problem)])
    for p in problems:
        writer.writerow([_inert(v) for v in asdict(p).values()])
    return out.getvalue()


def as_json(problems: Iterable[Problem]) -> str:
    """The same for a program."""
    return json.dumps([asdict(p) for p in problems], ensure_ascii=False, indent=1)


def _inert(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
