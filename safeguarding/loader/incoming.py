"""Incoming: files that somebody offers, each recognised, read and checked with what is published already.

A file is a table of the catalogue (`sources.csv`, `tolerances.csv` and so on, by its name), figures one a
row, a filled-in template, or an official file that mappings.csv knows. Every problem of every file is named.
"""

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePath
from typing import Any

import pandas as pd

from safeguarding import words
from safeguarding.disclosure import personal
from safeguarding.loader import children, official, parquet, tidy
from safeguarding.loader.columns import check_columns, stands_twice
from safeguarding.loader.figures import FOLDER, KEY, check_figures
from safeguarding.loader.files import other_columns
from safeguarding.loader.plausible import check_plausible
from safeguarding.loader.problems import Problem
from safeguarding.loader.references import check_references
from safeguarding.loader.rules import (
    check_agencies,
    check_events,
    check_queries,
    check_statements,
    check_tolerances,
)
from safeguarding.loader.sheets import Sheet, folded, other_kind, read_csv
from safeguarding.loader.taken import FIGURE, Held, Taken
from safeguarding.loader.workbook import read_workbook

MOST_BYTES = 200_000_000  # of one file, unpacked
Tables = Mapping[str, Sequence[Mapping[str, str]]]
BESIDE = ("areas", "indicators", "sources", "exceptions")  # what figures are held against
NAMED_LIKE_A_CHILD = "has a name that reads like a child's particulars. Rename it, and send it again."
WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xls")
READ = (".csv", ".csv.gz", ".parquet", *WORKBOOKS)  # how names of files end that are looked for in a folder
WRITTEN = ("value", "numerator", "denominator", "status", "provisional", "period")  # by whoever fills it in
KNOWN = tidy.COLUMNS | {*official.PERIOD, *official.CODES, *official.NAMES}  # columns that a heading has


@dataclass(frozen=True)
class Offered:
    """A file that somebody offers: its name without a folder, and what it holds."""

    name: str
    held: bytes


@dataclass(frozen=True)
class Incoming:
    """What files hold: the catalogue with what they change of it, the figures they give, and the report.

    `tables` are all tables of the catalogue, `changed` the names of those that a file replaces, `hashes` the
    SHA-256 of each file by name. With a problem nothing of it may be loaded.
    """

    tables: Tables
    changed: tuple[str, ...]
    taken: tuple[Taken, ...]
    hashes: Mapping[str, str]
    problems: tuple[Problem, ...]
    asked: tuple[str, ...]

    @property
    def figures(self) -> int:
        """How many figures the files give."""
        return sum(len(t.figures) for t in self.taken)


def read(
    files: Iterable[Offered], tables: Tables, schemas: Mapping[str, Mapping[str, Any]], held: Held
) -> Incoming:
    """Read and check files against the published catalogue; never raises for what a file holds.

    `schemas` are those of datapackage.json by the name of the file; `held` gives the published values of an
    indicator, by area and period.
    """
    problems: list[Problem] = []
    asked: list[str] = []
    sheets: list[Sheet] = []
    hashes: dict[str, str] = {}
    catalogue = {name: list(rows) for name, rows in tables.items()}
    changed: list[str] = []
    places = personal.place_words(row["name"] for row in tables["areas"])
    for number, file in enumerate(files, start=1):
        if personal.refusal(PurePath(file.name).stem.replace("_", " "), places=places):
            problems.append(Problem(f"file {number}", None, "", NAMED_LIKE_A_CHILD))
            continue
        found, said, questions, what = _sheets(file)
        if what:
            problems.append(Problem(file.name, None, "", children.refusal("This file", what)))
            continue
        hashes[_free(file.name, hashes)] = hashlib.sha256(file.held).hexdigest()
        problems += said
        asked += questions
        for sheet in found:
            schema = schemas.get(sheet.file)
            if schema is None:
                sheets.append(sheet)
                continue
            said = list(
                other_columns(sheet.file, list(sheet.frame.columns), [f["name"] for f in schema["fields"]])
            )
            said = said or list(check_columns(sheet.file, sheet.frame, schema))
            problems += said
            if not said:
                catalogue[sheet.file.removesuffix(".csv")] = [
                    {str(k): str(v) for k, v in row.items()} for row in sheet.frame.to_dict("records")
                ]
                changed.append(sheet.file)
    taken: list[Taken] = []
    if not problems or sheets:
        # official files last: a rate may need a population that comes with them
        for sheet in sorted(sheets, key=lambda s: not tidy.is_tidy(s)):
            of_one, said = _figures(sheet, catalogue, _with(held, taken))
            problems += said
            if of_one is not None:
                taken.append(of_one)
                asked += of_one.asked
    frames = {
        f"{name}.csv": _frame(rows, schemas.get(f"{name}.csv", {}))
        for name, rows in catalogue.items()
        if changed or name in BESIDE
    }
    schema = next(s for name, s in schemas.items() if name.startswith(FOLDER))
    for one in taken:
        problems += one.located(_of_one(one, frames, schema))
    problems += _twice(taken)
    if changed:
        problems += _catalogue(frames, schemas, changed)
    return Incoming(
        catalogue, tuple(changed), tuple(taken), hashes, tuple(_with_cells(problems)), tuple(asked)
    )


def _frame(rows: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> pd.DataFrame:
    """A table of the catalogue with all the columns that it has today: an older release has fewer."""
    fields = [f["name"] for f in schema.get("fields", [])]
    columns = [*fields, *(c for c in (rows[0] if rows else {}) if c not in fields)]
    return pd.DataFrame([[row.get(c, "") for c in columns] for row in rows], columns=columns, dtype=object)


def _free(name: str, taken: Mapping[str, str]) -> str:
    """A name that no other file of the load has."""
    number = 1
    free = name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _sheets(file: Offered) -> tuple[list[Sheet], list[Problem], list[str], str]:
    """The tables of a file, what is wrong with it, what is asked, and what of children it lists."""
    name, held = file.name, file.held

    def wrong(said: str) -> tuple[list[Sheet], list[Problem], list[str], str]:
        return [], [Problem(file.name, None, "", said)], [], ""

    if len(held) > MOST_BYTES:
        return wrong(f"is larger than {MOST_BYTES // 1_000_000} MB. Part it into several files.")
    if PurePath(name).suffix.casefold() == ".gz":
        name = name[:-3]
        try:
            with gzip.open(BytesIO(held)) as packed:
                held = packed.read(MOST_BYTES + 1)
        except (OSError, EOFError, zlib.error):
            return wrong("cannot be unpacked. Pack it again with gzip.")
        if len(held) > MOST_BYTES:
            return wrong(f"unpacks to more than {MOST_BYTES // 1_000_000} MB. Part it into several files.")
    suffix = PurePath(name).suffix.casefold()
    if suffix in WORKBOOKS or held.startswith(b"PK\x03\x04"):
        return read_workbook(held, name, KNOWN)
    if said := other_kind(held):
        return wrong(said)
    if suffix == ".parquet" or held.startswith(parquet.MARK):
        frame, problems = parquet.read_parquet(held, name)
        what = "" if frame is None else children.lists_children([list(frame.columns), *_first(frame)])
    else:
        if what := children.lists_children(children.rows_of(held)):
            return [], [], [], what
        frame, problems = read_csv(held, name, KNOWN)
    if frame is not None and not len(frame):
        return wrong("has a heading and no rows. Save the table again, rows and all.")
    return ([] if frame is None else [Sheet(name, "", frame)]), problems, [], what


def _first(frame: pd.DataFrame) -> list[list[str]]:
    return frame.head(children.LOOKED_AT).astype(str).to_numpy().tolist()


def _figures(sheet: Sheet, tables: Tables, held: Held) -> tuple[Taken | None, list[Problem]]:
    if tidy.is_tidy(sheet):
        return tidy.figures(sheet, tables)
    if found := official.edition(sheet, tables):
        return official.figures(sheet, found, tables, held)
    if official.looks_official(sheet):
        return None, official.unmapped(sheet)
    # whatever else its first row holds is not repeated: it may be a list of people without a heading
    has = [str(c) for c in sheet.frame.columns if folded(str(c)) in KNOWN]
    said = (
        "is no table that is known: neither figures one a row (indicator_id, area_code, period, value, "
        "source_id), nor a filled-in template, nor an official file (time_period, new_la_code), nor a table "
        f"of data/. Of their columns it has {words.listed(has) if has else 'none'}. Fill in the template of "
        "the agency (python -m safeguarding template), or name the columns so. A file that describes figures "
        "and holds none, such as a data dictionary, is not loaded: load the file that it describes."
    )
    return None, [Problem(sheet.file, None, "", said, sheet.name)]


def _with(held: Held, taken: Sequence[Taken]) -> Held:
    """The published values, and above them those that the other files give."""

    def look(indicator_id: str) -> Mapping[tuple[str, str], str]:
        values = dict(held(indicator_id))
        for one in taken:
            rows = one.figures[one.figures["indicator_id"] == indicator_id]
            values |= dict(
                zip(zip(rows["area_code"], rows["period"], strict=True), rows["value"], strict=True)
            )
        return values

    return look


def _of_one(taken: Taken, frames: Mapping[str, pd.DataFrame], schema: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the figures of one file."""
    name, figures = taken.place, taken.figures
    single = {k: v for k, v in schema.items() if k != "primaryKey"}
    cells = [
        *check_columns(name, figures, single),
        *check_figures(name, figures),
        *check_references({name: figures, **frames}, {name: schema, **{other: {} for other in frames}}),
    ]
    yield from cells
    yield from stands_twice(name, figures, KEY, list(FIGURE), list(taken.rows))
    if not cells:
        for p in check_plausible({**frames, f"{FOLDER}{name}": figures}):
            yield replace(p, file=name)


def _twice(taken: Sequence[Taken]) -> Iterator[Problem]:
    """Figures that two of the files give, and whether they agree."""
    for n, one in enumerate(taken):
        for other in taken[n + 1 :]:
            both = one.figures.assign(row_a=one.rows).merge(
                other.figures.assign(row_b=other.rows), on=KEY, suffixes=("", "_b")
            )
            if not len(both):
                continue
            first = both.iloc[0]
            apart = int((both["value"] != both["value_b"]).sum())
            named = " / ".join(str(first[c]) for c in KEY[:3])
            figures = "a figure" if len(both) == 1 else f"{len(both)} figures"
            other_value = "with another value" if len(both) == 1 else f"{apart} of them with another value"
            agree = other_value if apart else "with the same value"
            said = (
                f"gives {figures} that {one.place} gives too, {agree}; "
                f"the first is {named}, row {first['row_a']} there. Leave one of the two out."
            )
            yield Problem(other.place, int(first["row_b"]), "", said)


def _catalogue(
    frames: Mapping[str, pd.DataFrame], schemas: Mapping[str, Mapping[str, Any]], changed: Sequence[str]
) -> Iterator[Problem]:
    """What is wrong between the tables of the catalogue, once a file has replaced some of them."""
    yield from check_references(frames, {name: schemas.get(name, {}) for name in frames})
    areas, indicators = frames["areas.csv"], frames["indicators.csv"]
    if {"tolerances.csv", "indicators.csv"}.intersection(changed):
        yield from check_tolerances(frames["tolerances.csv"], indicators, areas)
    if "statements.csv" in changed:
        yield from check_statements(frames["statements.csv"], areas, indicators)
    if "agencies.csv" in changed:
        yield from check_agencies(frames["agencies.csv"], indicators)
    if "queries.csv" in changed:
        yield from check_queries(frames["queries.csv"], areas)
    if "events.csv" in changed:
        yield from check_events(frames["events.csv"], areas, indicators)


def _with_cells(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The same, the sheet parted from the file's name and the cell from what is said of it."""
    for p in problems:
        file, _, sheet = p.file.partition(", sheet ")
        quoted = p.message.split('"')
        value = quoted[1] if len(quoted) > 2 and p.message.startswith('"') else p.value
        message = p.message
        if value and p.column in WRITTEN and personal.refusal(value):
            # a cell that tells of somebody is kept and printed nowhere
            message, value = message.replace(f'"{value}"', "The cell"), ""
        yield replace(p, file=file, sheet=p.sheet or sheet, value=value, message=message)
