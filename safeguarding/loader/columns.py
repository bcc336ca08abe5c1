"""Columns: does each cell hold what its schema says, and does each row stand once?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import inf, isfinite
from typing import Any

import pandas as pd

from safeguarding.loader.problems import NEXT_DUE, REASON, Problem, mistakes
from safeguarding.loader.sheets import each
from safeguarding.periods import day, is_period

PERIODS = ("period", "period_before")


def check_columns(name: str, frame: pd.DataFrame, schema: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the cells of a table, column by column, and with its key."""
    for field in schema["fields"]:
        cells = frame[field["name"]]
        yield from _required(name, cells, field)
        yield from _type(name, cells, field)
        yield from _words(name, cells, field)
    if key := schema.get("primaryKey"):
        yield from stands_twice(name, frame, key, list(frame.columns), list(frame.index + 2))


def stands_twice(
    name: str, frame: pd.DataFrame, key: Sequence[str], cells: Sequence[str], rows: Sequence[int]
) -> Iterator[Problem]:
    """A problem for each row whose key stands further up: which row that is, and whether the two agree.

    `rows` are the rows of the file, in the order of the frame's.
    """
    again = frame.duplicated(list(key), keep="first")
    if not again.any():
        return
    every = frame[frame.duplicated(list(key), keep=False)]
    first: dict[tuple[str, ...], int] = {}
    held = dict(zip(every.index, every[list(cells)].itertuples(index=False, name=None), strict=True))
    keys = dict(zip(every.index, every[list(key)].itertuples(index=False, name=None), strict=True))
    row_of = dict(zip(frame.index, rows, strict=True))
    other = {i: first.setdefault(found, i) for i, found in keys.items()}

    def told(i: int) -> str:
        agree = "alike" if held[i] == held[other[i]] else "with other cells"
        named = " / ".join(filter(None, keys[i]))
        return f"{named} stands in row {row_of[other[i]]} too, {agree}. Keep one row."

    yield from mistakes(name, again, ", ".join(key), told)


def is_number(text: str) -> bool:
    """Is a cell a finite number? "inf" and "nan" parse as numbers, and are none."""
    return _number(text) is not None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _required(name: str, cells: "pd.Series[str]", field: Mapping[str, Any]) -> Iterator[Problem]:
    if field.get("constraints", {}).get("required"):
        said = f"is empty. It must hold: {field['description']}."
        yield from mistakes(name, cells == "", field["name"], lambda i: said)


def _type(name: str, cells: "pd.Series[str]", field: Mapping[str, Any]) -> Iterator[Problem]:
    """Numbers, whole numbers and days; a number is finite."""
    column, kind, filled = field["name"], field["type"], cells != ""
    if kind in ("number", "integer"):
        numbers = each(cells, _number).astype(float)
        wrong = filled & numbers.isna()
        if kind == "integer":
            wrong |= numbers % 1 > 0
        word = "a whole number" if kind == "integer" else "a number"
        hint = (
            " If the figure is suppressed, leave value empty and put c in status."
            if column == "value"
            else ""
        )
        yield from mistakes(name, wrong, column, lambda i: f'"{cells[i]}" is not {word}.{hint}')
        least = field.get("constraints", {}).get("minimum", -inf)
        yield from mistakes(name, numbers < least, column, lambda i: f'"{cells[i]}" is below {least}.')
    if kind == "date":
        yield from mistakes(
            name,
            filled & each(cells, day).isna(),
            column,
            lambda i: f'"{cells[i]}" is not a date. Write it as 2019-03-31.',
        )


def _words(name: str, cells: "pd.Series[str]", field: Mapping[str, Any]) -> Iterator[Problem]:
    """The words that a column allows, and how its cells are written."""
    column, rules, filled = field["name"], field.get("constraints", {}), cells != ""
    yield from mistakes(
        name,
        cells.isin((REASON, NEXT_DUE)),
        column,
        lambda i: f"{cells[i]} stands for what only you can say. It must hold: {field['description']}.",
    )
    if "enum" in rules:
        yield from mistakes(
            name,
            filled & ~cells.isin(rules["enum"]),
            column,
            lambda i: f'"{cells[i]}" is not one of: {", ".join(rules["enum"])}.',
        )
    if column in PERIODS:
        yield from mistakes(
            name,
            filled & ~each(cells, is_period).astype(bool),
            column,
            lambda i: f'"{cells[i]}" is not a period. Write 2018-19, 2018-19-Q2 or undated.',
        )
    elif "pattern" in rules:
        written = re.compile(rules["pattern"]).fullmatch
        yield from mistakes(
            name,
            filled & ~each(cells, lambda text: written(text) is not None).astype(bool),
            column,
            lambda i: f'"{cells[i]}" is not written as it should be. It must hold: {field["description"]}.',
        )
