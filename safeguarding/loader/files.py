"""Files: one file, packed or not, as a table of text with the columns that its schema names."""

import gzip
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from safeguarding.loader.problems import Problem
from safeguarding.loader.sheets import read_csv

PACKED = ".gz"
MISSING_NAMED = 3  # columns that are named one by one; when more are missing, it is one mistake
MOST_UNPACKED = 200_000_000  # bytes: far above all of England, far below what a machine has


class Unreadable(Exception):
    """A file that is missing or cannot be opened, or a packed one that is damaged or too large."""


def content(path: Path) -> bytes:
    """What a file holds, unpacked where its name ends in .gz. Raises Unreadable, which says what to mend."""
    try:
        if path.suffix != PACKED:
            return path.read_bytes()
        with gzip.open(path) as packed:
            held = packed.read(MOST_UNPACKED + 1)
    except FileNotFoundError as error:
        said = "the file is missing. Restore it, or take it out of datapackage.json."
        raise Unreadable(said) from error
    except (OSError, EOFError, zlib.error) as error:
        if isinstance(error, OSError) and error.errno:
            said = f"cannot be opened ({error.strerror}). Put a file there that the dashboard may read."
        else:
            said = f"cannot be unpacked ({error}). Restore it, or pack it again with gzip."
        raise Unreadable(said) from error
    if len(held) > MOST_UNPACKED:
        most = f"{MOST_UNPACKED // 1_000_000} MB"
        raise Unreadable(f"unpacks to more than {most}. Part it into several files.")
    return held


def read_table(path: Path, name: str, schema: Mapping[str, Any]) -> tuple[pd.DataFrame | None, list[Problem]]:
    """A file as text cells; None, with the reason, where it cannot be read or its columns are others."""
    try:
        frame, problems = read_csv(content(path), name)
    except Unreadable as problem:
        return None, [Problem(name, None, "", str(problem))]
    if frame is None:
        return None, problems
    problems = list(other_columns(name, list(frame.columns), [f["name"] for f in schema["fields"]]))
    return (None if problems else frame), problems


def other_columns(name: str, held: list[str], wanted: list[str]) -> Iterator[Problem]:
    """The columns that a table lacks, and those that it should not have."""
    missing = [column for column in wanted if column not in held]
    columns = f"The columns are: {', '.join(wanted)}."
    if len(missing) > MISSING_NAMED:
        yield Problem(name, 1, "", f"the columns {', '.join(missing)} are missing. {columns}")
    else:
        for column in missing:
            yield Problem(name, 1, column, f"the column is missing. {columns}")
    for column in held:
        if column not in wanted:
            yield Problem(name, 1, column, "is not a column of this table. Remove it or correct its name.")
