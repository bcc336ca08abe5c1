"""Loader: reads a folder such as `data/`, checks every row, and names every problem at once.

The rules of each table stand in `datapackage.json` (types, required cells, allowed words, patterns, keys
and references); this package applies them with pandas, and adds what a data package cannot say: a figure
has a value or a reason, periods fit their dates, a value is what its counts give, a rule has the parameters
of its type.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from safeguarding.loader.columns import check_columns
from safeguarding.loader.figures import FOLDER, all_figures, check_figures, one_row_a_figure
from safeguarding.loader.files import read_table
from safeguarding.loader.folder import Folder, figure_files, fingerprint, unpacked
from safeguarding.loader.plausible import check_plausible
from safeguarding.loader.problems import MISTAKES_SHOWN, BrokenData, Problem
from safeguarding.loader.references import check_references
from safeguarding.loader.rules import (
    check_agencies,
    check_events,
    check_queries,
    check_statements,
    check_tolerances,
)

__all__ = ["MISTAKES_SHOWN", "BrokenData", "Folder", "Problem", "fingerprint", "read", "schemas"]


def read(folder: Path) -> Folder:
    """Read and check a folder. Raises BrokenData with every problem found; nothing is changed either way."""
    figures = figure_files(folder)
    described = schemas(folder, figures)
    problems: list[Problem] = []
    frames: dict[str, pd.DataFrame] = {}
    for path, schema in sorted(described.items()):
        frame, found = read_table(figures.get(path, folder / path), path, schema)
        problems += found
        if frame is not None:
            frames[path] = frame
            problems += check_columns(path, frame, schema)
            problems += check_figures(path, frame) if path.startswith(FOLDER) else ()
    if not problems:
        problems += _checked_together(frames, described)
    if problems:
        raise BrokenData(folder, problems)
    tables: dict[str, list[Any]] = {
        p.removesuffix(".csv"): f.to_dict("records") for p, f in frames.items() if "/" not in p
    }
    return Folder(tables, all_figures(frames), fingerprint(folder))


def schemas(folder: Path, held: Iterable[str] = ()) -> dict[str, Mapping[str, Any]]:
    """The schema of each file by its unpacked name; figures that are not listed are read as the others."""
    try:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        found = {unpacked(r["path"]): r["schema"] for r in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _broken_package(folder, f"cannot be read ({error})") from error
    figures = next((schema for path, schema in found.items() if path.startswith(FOLDER)), None)
    if figures is None:
        raise _broken_package(folder, "describes no file of figures")
    return {**dict.fromkeys(held, figures), **found}


def _broken_package(folder: Path, said: str) -> BrokenData:
    return BrokenData(
        folder, [Problem("datapackage.json", None, "", f"{said}. Restore it from the repository.")]
    )


def _checked_together(
    frames: Mapping[str, pd.DataFrame], described: Mapping[str, Mapping[str, Any]]
) -> Iterator[Problem]:
    """What is wrong between tables that are each in order."""
    yield from check_references(frames, described)
    areas, indicators = frames["areas.csv"], frames["indicators.csv"]
    yield from check_tolerances(frames["tolerances.csv"], indicators, areas)
    yield from check_statements(frames["statements.csv"], areas, indicators)
    yield from check_events(frames["events.csv"], areas, indicators)
    if "agencies.csv" in frames:
        yield from check_agencies(frames["agencies.csv"], indicators)
    if "queries.csv" in frames:
        yield from check_queries(frames["queries.csv"], areas)
    yield from one_row_a_figure(frames)
    yield from check_plausible(frames)
