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
    indicators = frames["indicators.csv"]
    for column in ("denominator_indicator_id", "part_of", "read_with"):
        said = "is no indicator_id of this table."
        yield from _unknown("indicators.csv", indicators[column], indicators["indicator_id"], said)


def _unknown(path: str, cells: "pd.Series[str]", known: "pd.Series[str]", said: str) -> Iterator[Problem]:
    wrong = (cells != "") & ~cells.isin(known)
    return mistakes(path, wrong, str(cells.name), lambda i: f'"{cells[i]}" {said}')
