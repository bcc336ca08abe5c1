"""Folder: what a folder of data holds, once it has passed every check."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from safeguarding.loader.figures import FOLDER
from safeguarding.loader.files import PACKED, Unreadable, content
from safeguarding.loader.problems import BrokenData, Problem


@dataclass(frozen=True)
class Folder:
    """A folder that passed every check: the catalogue's tables, the figures, and each file's fingerprint.

    `tables` maps a table's name to its rows (every cell text); `observations` has one row a figure, with
    numbers as floats (NaN where empty) and the rest as text; `files` maps a file's name to its SHA-256.
    """

    tables: Mapping[str, list[dict[str, str]]]
    observations: pd.DataFrame
    files: Mapping[str, str]


def figure_files(folder: Path) -> dict[str, Path]:
    """The files of figures by name (`observations/population.csv`), packed or not.

    Raises BrokenData where there is no such folder, and where a file stands there both ways: nobody could say
    which is meant.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 (its like raises where a folder above is closed to us)
        said = "there is no such folder, or it is closed. Look at DATA_FOLDER, or at what --data names."
        raise BrokenData(folder, [Problem(str(folder), None, "", said)])
    found: dict[str, Path] = {}
    problems = []
    for path in sorted([*folder.glob(f"{FOLDER}*.csv"), *folder.glob(f"{FOLDER}*.csv{PACKED}")]):
        name = unpacked(path.relative_to(folder).as_posix())
        if name in found:
            said = f"stands beside {path.name}. Delete {path.name} if you have edited the CSV, else the CSV."
            problems.append(Problem(name, None, "", said))
        found[name] = path
    if problems:
        raise BrokenData(folder, problems)
    return found


def unpacked(name: str) -> str:
    """The name of a file once it is unpacked."""
    return name.removesuffix(PACKED)


def fingerprint(folder: Path) -> dict[str, str]:
    """The SHA-256 of what every CSV file and the package file hold, by name relative to the folder.

    To pack or to unpack a file changes nothing. Raises BrokenData as `figure_files` does, and where a file
    cannot be read.
    """
    paths = {p.name: p for p in [*folder.glob("*.csv"), *folder.glob("datapackage.json")]}
    found, problems = {}, []
    for name, path in sorted({**paths, **figure_files(folder)}.items()):
        try:
            found[name] = hashlib.sha256(content(path)).hexdigest()
        except Unreadable as problem:
            problems.append(Problem(name, None, "", str(problem)))
    if problems:
        raise BrokenData(folder, problems)
    return found
