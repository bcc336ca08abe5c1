"""References: does every code that points at another row find it?"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from safeguarding.loader.problems import Problem, mistakes


def check_references(
    frames: Mapping[str, pd.DataFrame], schemas: Mapping[str, Mapping[str, Any]]
) -> Iterator[Problem]:
    """Every code that points at another table, and is not empty, is found there."""
    for path, frame in frames.items():
        for key in schemas[path].get("foreignKeys", []):
            column, target = key["fields"][0], f"{key['reference']['resource']}.csv"
            said = f"is not in {target}. Add it there, or correct it here."
            yield from _unknown(path, frame[column], frames[target][key["reference"]["fields"][0]], said)
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
    """The first of several codes, parted by semicolons, that is not known; empty where all are."""
    codes = (code.strip() for code in cell.split(";"))
    return next((code for code in codes if code and code not in set(known)), "")


def _unknown(path: str, cells: "pd.Series[str]", known: "pd.Series[str]", said: str) -> Iterator[Problem]:
    """A problem for each code that is not found, at the first row that has it."""
    wrong = (cells != "") & ~cells.isin(known)
    times = cells[wrong].value_counts()

    def told(i: int) -> str:
        count = int(times[cells[i]])
        return f'"{cells[i]}" {said}' + (f" {count} rows have it." if count > 1 else "")

    return mistakes(path, wrong & ~cells.where(wrong).duplicated(), str(cells.name), told)
