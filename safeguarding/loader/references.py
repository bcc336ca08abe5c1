"""References: does every code that points at another row find it?"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import pandas as pd

from safeguarding.loader.problems import Problem, mistakes
from safeguarding.vocabulary import listed

TITLES = ("name", "title", "short_title")
NEAR_ENOUGH = 0.8  # of two words, by difflib: "Stockprot" is to "Stockport"


def check_references(
    frames: Mapping[str, pd.DataFrame], schemas: Mapping[str, Mapping[str, Any]]
) -> Iterator[Problem]:
    """Every code that points at another table, and is not empty, is found there."""
    for path, frame in frames.items():
        for key in schemas[path].get("foreignKeys", []):
            column, target = key["fields"][0], f"{key['reference']['resource']}.csv"
            code, said = (
                key["reference"]["fields"][0],
                f"is not in {target}. Add it there, or correct it here.",
            )
            yield from _unknown(path, frame[column], frames[target][code], said, _names(frames[target], code))
    areas = frames["areas.csv"]
    strange = areas["successors"].map(lambda cell: _strange(cell, areas["area_code"]))
    said = "is no area_code of this table."
    yield from mistakes("areas.csv", strange != "", "successors", lambda i: f'"{strange[i]}" {said}')
    regions = areas["area_code"][areas["type"] == "region"]
    yield from _unknown("areas.csv", areas["region_code"], regions, "is no region of this table.")
    indicators = frames["indicators.csv"]
    for column in (
        "denominator_indicator_id",
        "part_of",
        "read_with",
        "started_indicator_id",
        "ended_indicator_id",
    ):
        said = "is no indicator_id of this table."
        yield from _unknown("indicators.csv", indicators[column], indicators["indicator_id"], said)


def _strange(cell: str, known: "pd.Series[str]") -> str:
    """The first of the codes that a cell names that is not known; empty where all are."""
    return next((code for code in listed(cell) if code not in set(known)), "")


def _names(table: pd.DataFrame, code: str) -> dict[str, str]:
    """The code of each row by what it may be called, in small letters: the code itself, a title, a name."""
    called = [c for c in (*TITLES, code) if c in table.columns]
    return {
        str(name).casefold(): str(row)
        for c in called
        for name, row in zip(table[c], table[code], strict=True)
    }


def _unknown(
    path: str,
    cells: "pd.Series[str]",
    known: "pd.Series[str]",
    said: str,
    names: Mapping[str, str] | None = None,
) -> Iterator[Problem]:
    """A problem for each code that is not found, at the first row that has it; with the code of the one of
    `names` that is nearest to it, where one is near.
    """
    wrong = (cells != "") & ~cells.isin(known)
    times = cells[wrong].value_counts()

    def told(i: int) -> str:
        count = int(times[cells[i]])
        near = get_close_matches(cells[i].casefold(), names or (), 1, NEAR_ENOUGH)
        meant = f" Is {names[near[0]]} meant?" if names and near else ""
        return f'"{cells[i]}" {said}{meant}' + (f" {count} rows have it." if count > 1 else "")

    return mistakes(path, wrong & ~cells.where(wrong).duplicated(), str(cells.name), told)
