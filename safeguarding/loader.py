"""Loader: reads a folder such as `data/`, checks every row, and names every problem at once.

The rules of each table stand in `datapackage.json` (types, required cells, allowed words, patterns, keys
and references); this module applies them with pandas, and adds what a data package cannot say: a figure
has a value or a reason, periods fit their dates, a rule has the parameters of its type.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from safeguarding.periods import is_period
from safeguarding.store.tables import parse_limits
from safeguarding.vocabulary import Status

OBSERVATIONS = "observations"
RULE_PARAMETERS: dict[str, list[set[str]]] = {
    "T0": [set()],
    "T1": [{"green_at", "red_at"}],
    "T2": [{"target", "percent"}, {"target", "points"}],
    "T3": [{"benchmark", "points"}, {"benchmark", "percent"}],
    "T4": [set()],
    "T5": [{"band"}, {"low_red", "low_amber", "high_amber", "high_red"}],
    "T6": [{"target"}],
}
MISTAKES_SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One thing wrong: which file, which row (the heading is row 1; None for the whole file), which column."""

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


@dataclass(frozen=True)
class Folder:
    """A folder that passed every check: the catalogue's tables, the figures, and each file's fingerprint.

    `tables` maps a table's name to its rows (every cell text); `observations` has one row a figure, with
    numbers as floats (NaN where empty) and the rest as text; `files` maps a file's name to its SHA-256.
    """

    tables: Mapping[str, list[dict[str, str]]]
    observations: pd.DataFrame
    files: Mapping[str, str]


def fingerprint(folder: Path) -> dict[str, str]:
    """The SHA-256 of every CSV file and of the package file, by name relative to the folder."""
    paths = sorted([*folder.glob("*.csv"), *folder.glob("observations/*.csv"), folder / "datapackage.json"])
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in paths
        if p.exists()
    }


def read(folder: Path) -> Folder:
    """Read and check a folder. Raises BrokenData with every problem found; nothing is changed either way."""
    package = folder / "datapackage.json"
    try:
        resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
    except (OSError, ValueError, KeyError) as error:
        problem = Problem(
            "datapackage.json", None, "", f"cannot be read ({error}). Restore it from the repository."
        )
        raise BrokenData(folder, [problem]) from error
    described = {r["path"]: r for r in resources}
    if not any(path.startswith("observations/") for path in described):
        problem = Problem(
            "datapackage.json", None, "", "describes no file of figures. Restore it from the repository."
        )
        raise BrokenData(folder, [problem])
    problems: list[Problem] = []
    frames: dict[str, pd.DataFrame] = {}
    for path in sorted(
        {*described, *(p.relative_to(folder).as_posix() for p in folder.glob("observations/*.csv"))}
    ):
        schema = described.get(path) or next(r for r in resources if r["path"].startswith("observations/"))
        frame, found = _read_table(folder / path, path, schema["schema"])
        problems += found
        if frame is not None:
            frames[path] = frame
    if not problems:
        problems += _references(frames, described)
        problems += _tolerances(frames["tolerances.csv"])
        problems += _statements(frames["statements.csv"], frames["areas.csv"], frames["indicators.csv"])
        problems += _events(frames["events.csv"])
        problems += _one_row_a_figure(frames)
    if problems:
        raise BrokenData(folder, problems)
    parts = [f for path, f in frames.items() if path.startswith("observations/")]
    observations = pd.concat(parts, ignore_index=True)
    for column in ("value", "numerator", "denominator"):
        observations[column] = pd.to_numeric(observations[column].replace("", None))
    tables: dict[str, list[Any]] = {
        p.removesuffix(".csv"): f.to_dict("records") for p, f in frames.items() if "/" not in p
    }
    return Folder(tables, observations, fingerprint(folder))


def _read_table(
    path: Path, name: str, schema: Mapping[str, Any]
) -> tuple[pd.DataFrame | None, list[Problem]]:
    """One file as text cells, and what is wrong with it."""
    wanted = [f["name"] for f in schema["fields"]]
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8", skip_blank_lines=False)
    except FileNotFoundError:
        return None, [
            Problem(name, None, "", "the file is missing. Restore it, or take it out of datapackage.json.")
        ]
    except UnicodeDecodeError:
        return None, [Problem(name, None, "", "is not UTF-8 text. In Excel, save it as 'CSV UTF-8'.")]
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        return None, [
            Problem(name, None, "", f"is not a table of comma-separated values ({str(error).strip()}).")
        ]
    if not isinstance(frame.index, pd.RangeIndex):
        return None, [
            Problem(name, None, "", "has rows with more cells than the heading. Remove what is beyond it.")
        ]
    missing = [c for c in wanted if c not in frame.columns]
    extra = [c for c in frame.columns if c not in wanted]
    if missing or extra:
        problems = [
            Problem(name, 1, c, f"the column is missing. The columns are: {', '.join(wanted)}.")
            for c in missing
        ]
        problems += [
            Problem(name, 1, str(c), "is not a column of this table. Remove it or correct its name.")
            for c in extra
        ]
        return None, problems
    problems = []
    for field in schema["fields"]:
        problems += _check_column(name, frame[field["name"]], field)
    key = schema.get("primaryKey")
    if key:
        twice = frame.duplicated(key, keep="first")
        problems += _mistakes(
            name,
            twice,
            ", ".join(key),
            lambda i: f"{' / '.join(filter(None, frame.loc[i, key]))} stands twice. Keep one row.",
        )
    if name.startswith("observations/"):
        problems += _check_figures(name, frame)
    return frame, problems


def _mistakes(name: str, wrong: "pd.Series[bool]", column: str, message: Any) -> Iterator[Problem]:
    """A problem for each row where `wrong` holds; beyond the first twenty, one that counts the rest."""
    rows = list(wrong.index[wrong])
    for i in rows[:MISTAKES_SHOWN]:
        yield Problem(name, int(i) + 2, column, message(i))
    if len(rows) > MISTAKES_SHOWN:
        yield Problem(name, None, column, f"and {len(rows) - MISTAKES_SHOWN} more rows of the same kind.")


def _check_column(name: str, cells: "pd.Series[str]", field: Mapping[str, Any]) -> Iterator[Problem]:
    """Type, required, allowed words and pattern of one column."""
    column, kind, rules = field["name"], field["type"], field.get("constraints", {})
    filled = cells != ""
    if rules.get("required"):
        yield from _mistakes(
            name, ~filled, column, lambda i: f"is empty. It must hold: {field['description']}."
        )
    if kind in ("number", "integer"):
        numbers = pd.to_numeric(cells.where(filled), errors="coerce")
        # "inf" and "nan" parse as numbers, and are none
        wrong = filled & (numbers.isna() | numbers.abs().eq(float("inf")))
        if kind == "integer":
            wrong |= filled & numbers.notna() & (numbers % 1 != 0)
        hint = (
            " If the figure is suppressed, leave value empty and put c in status."
            if column == "value"
            else ""
        )
        word = "a whole number" if kind == "integer" else "a number"
        yield from _mistakes(name, wrong, column, lambda i: f'"{cells[i]}" is not {word}.{hint}')
    if kind == "date":
        days = pd.to_datetime(cells.where(filled), format="%Y-%m-%d", errors="coerce")
        yield from _mistakes(
            name,
            filled & days.isna(),
            column,
            lambda i: f'"{cells[i]}" is not a date. Write it as 2019-03-31.',
        )
    if "enum" in rules:
        yield from _mistakes(
            name,
            filled & ~cells.isin(rules["enum"]),
            column,
            lambda i: f'"{cells[i]}" is not one of: {", ".join(rules["enum"])}.',
        )
    if column == "period":
        yield from _mistakes(
            name,
            filled & ~cells.map(is_period).astype(bool),
            column,
            lambda i: f'"{cells[i]}" is not a period. Write 2018-19, 2018-19-Q2 or undated.',
        )
    elif "pattern" in rules:
        yield from _mistakes(
            name,
            filled & ~cells.str.fullmatch(rules["pattern"]),
            column,
            lambda i: f'"{cells[i]}" is not written as it should be. It must hold: {field["description"]}.',
        )


def _check_figures(name: str, frame: pd.DataFrame) -> Iterator[Problem]:
    """A figure has a value or a reason for its absence, never both; its dates run forwards and fit its period."""
    empty = frame["value"] == ""
    yield from _mistakes(
        name,
        empty & (frame["status"] == Status.OK),
        "value",
        lambda i: (
            "is empty though status is ok. Put the figure in, or say in status why there is none (c where it is suppressed)."
        ),
    )
    yield from _mistakes(
        name,
        ~empty & frame["status"].isin([s.value for s in Status if s is not Status.OK]),
        "value",
        lambda i: (
            f"holds {frame.loc[i, 'value']} though status is {frame.loc[i, 'status']}. Empty it, or put ok in status."
        ),
    )
    dated = frame["period"] != "undated"
    for column in ("period_start", "period_end"):
        yield from _mistakes(
            name,
            dated & (frame[column] == ""),
            column,
            lambda i: "is empty. Give the day, or write undated in period.",
        )
    full = (frame["period_start"] != "") & (frame["period_end"] != "")
    yield from _mistakes(
        name,
        full & (frame["period_start"] > frame["period_end"]),
        "period_end",
        lambda i: f"{frame.loc[i, 'period_end']} is before period_start {frame.loc[i, 'period_start']}.",
    )
    # a period begins in its first calendar year; its last day lies in that year or the next
    year = pd.to_numeric(frame["period"].str[:4], errors="coerce")
    end_year = pd.to_numeric(frame["period_end"].str[:4], errors="coerce")
    off = full & dated & year.notna() & end_year.notna() & ~(end_year - year).isin([0, 1])
    yield from _mistakes(
        name,
        off,
        "period",
        lambda i: f"{frame.loc[i, 'period']} does not fit its last day, {frame.loc[i, 'period_end']}.",
    )


def _references(frames: Mapping[str, pd.DataFrame], described: Mapping[str, Any]) -> Iterator[Problem]:
    """Every code that points at another table is found there."""
    by_name = {r["name"]: path for path, r in described.items()}
    observations = next(r["schema"] for p, r in described.items() if p.startswith("observations/"))
    for path, frame in frames.items():
        schema = described[path]["schema"] if path in described else observations
        for key in schema.get("foreignKeys", []):
            column, target = key["fields"][0], by_name[key["reference"]["resource"]]
            known = frames[target][key["reference"]["fields"][0]]
            yield from _mistakes(
                path,
                ~frame[column].isin(known),
                column,
                lambda i, f=frame, c=column, t=target: (
                    f'"{f.loc[i, c]}" is not in {t}. Add it there, or correct it here.'
                ),
            )
    indicators = frames["indicators.csv"]
    for column in ("denominator_indicator_id", "part_of", "read_with"):
        named = indicators[column]
        yield from _mistakes(
            "indicators.csv",
            (named != "") & ~named.isin(indicators["indicator_id"]),
            column,
            lambda i, named=named: f'"{named[i]}" is no indicator_id of this table.',
        )


def _tolerances(frame: pd.DataFrame) -> Iterator[Problem]:
    """Every rule has exactly the parameters of its type, as numbers where numbers are meant."""
    for number, row in enumerate(frame.to_dict("records"), start=2):
        try:
            limits = parse_limits(row["limits"])
        except ValueError as error:
            yield Problem("tolerances.csv", number, "limits", f"{error}. Separate parts with a semicolon.")
            continue
        allowed = RULE_PARAMETERS[row["type"]]
        if set(limits) not in allowed:
            ways = " or ".join("; ".join(sorted(names)) or "nothing" for names in allowed)
            yield Problem(
                "tolerances.csv",
                number,
                "limits",
                f'"{row["limits"]}" does not fit {row["type"]}, which takes {ways}.',
            )
            continue
        for name, value in limits.items():
            if name not in ("benchmark", "band") and pd.isna(pd.to_numeric(value, errors="coerce")):
                yield Problem(
                    "tolerances.csv", number, "limits", f'{name} is "{value}", which is not a number.'
                )


def _statements(frame: pd.DataFrame, areas: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[Problem]:
    """A statement's figure is a number unless it is words; its area and its indicator are known."""
    cells = frame["value"]
    wrong = (frame["kind"] != "text") & (cells != "") & pd.to_numeric(cells, errors="coerce").isna()
    name = "statements.csv"
    yield from _mistakes(
        name,
        wrong,
        "value",
        lambda i: f'"{cells[i]}" is not a number. Put words under kind text, or leave value empty.',
    )
    known = frame["area"].isin([*areas["area_code"], "SN", "GM"])
    yield from _mistakes(
        name, ~known, "area", lambda i: f'"{frame.loc[i, "area"]}" is not in areas.csv, nor SN or GM.'
    )
    column = frame["indicator_id"]
    unknown = (column != "") & ~column.isin(indicators["indicator_id"])
    yield from _mistakes(name, unknown, "indicator_id", lambda i: f'"{column[i]}" is not in indicators.csv.')


def _events(frame: pd.DataFrame) -> Iterator[Problem]:
    """What breaks a series needs a day to break it on."""
    undated = (frame["breaks"] == "yes") & (frame["from"] == "")
    yield from _mistakes(
        "events.csv",
        undated,
        "from",
        lambda i: "is empty though breaks is yes. Give the day, or put no in breaks.",
    )


def _one_row_a_figure(frames: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """No figure stands in two observation files."""
    key = ["indicator_id", "area_code", "period", "breakdown", "category", "source_id"]
    parts = [
        f[key].assign(file=p, row=f.index + 2) for p, f in frames.items() if p.startswith("observations/")
    ]
    every = pd.concat(parts, ignore_index=True)
    again = every[every.duplicated(key, keep="first")]
    for _, row in again.head(MISTAKES_SHOWN).iterrows():
        yield Problem(
            row["file"],
            row["row"],
            "indicator_id",
            f"{row['indicator_id']} / {row['area_code']} / {row['period']} also stands in another file.",
        )
