"""Folder: what a folder of data holds, once it has passed every check."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd


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
