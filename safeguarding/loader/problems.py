"""Problems: what is wrong with a folder or a file, said so that it can be mended."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import pandas as pd

MISTAKES_SHOWN = 20
MOST_GATHERED = 2_000  # rows of one kind of mistake whose messages are held against each other
MOST_SPANS = 10  # stretches of rows that are named

# in a row that a message prints for copying: what a person has to say
REASON, NEXT_DUE = "REASON", "NEXT_DUE"


@dataclass(frozen=True)
class Problem:
    """One thing wrong: which file, which row (the heading is 1; None for the whole file), which column.

    `sheet` and `value`, the cell as it stands, are empty where there is none. `also` are the other rows that
    are wrong in the same way.
    """

    file: str
    row: int | None
    column: str
    message: str
    sheet: str = ""
    value: str = ""
    also: Sequence[int] = ()

    def __str__(self) -> str:
        sheet = f"sheet {self.sheet}" if self.sheet else ""
        rows = "" if self.row is None else f"row{'s' if self.also else ''} {in_spans([self.row, *self.also])}"
        place = [self.file, sheet, rows, self.column]
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


def in_spans(rows: Iterable[int]) -> str:
    """Rows as people name them: "2, 4 to 9 and 12"; beyond ten stretches the rest is counted."""
    spans: list[list[int]] = []
    for row in sorted(set(rows)):
        if spans and row == spans[-1][-1] + 1:
            spans[-1][1:] = [row]
        else:
            spans.append([row])
    named = [" to ".join(map(str, span)) for span in spans[:MOST_SPANS]]
    more = sum(span[-1] - span[0] + 1 for span in spans[MOST_SPANS:])
    *first, last = [*named, f"{more} more"] if more else named
    return f"{', '.join(first)} and {last}" if first else last


def mistakes(
    file: str, wrong: "pd.Series[bool]", column: str, message: Callable[[int], str]
) -> Iterator[Problem]:
    """A problem for each way in which rows are wrong, with all the rows that are; beyond the first twenty,
    one that counts the rest.
    """
    rows = [int(i) for i in wrong.index[wrong]]
    alike: dict[str, list[int]] = {}
    for i in rows[:MOST_GATHERED]:
        alike.setdefault(message(i), []).append(i + 2)
    shown = list(alike.items())[:MISTAKES_SHOWN]
    for said, (first, *others) in shown:
        yield Problem(file, first, column, said, also=tuple(others))
    if rest := len(rows) - sum(len(at) for _, at in shown):
        yield Problem(file, None, column, f"and {rest} more rows of the same kind.")


def as_csv(problems: Iterable[Problem]) -> str:
    """Problems as a table to send back; a cell that a spreadsheet would take for a formula is made text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([f.name for f in fields(Problem)])
    for p in problems:
        writer.writerow(
            [_inert(v) for v in {**asdict(p), "also": in_spans(p.also) if p.also else ""}.values()]
        )
    return out.getvalue()


def as_json(problems: Iterable[Problem]) -> str:
    """The same for a program."""
    return json.dumps([asdict(p) for p in problems], ensure_ascii=False, indent=1)


def _inert(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
