"""Files: one file as a table of text, with the columns that its schema names."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from safeguarding.loader.problems import Problem


def read_table(path: Path, name: str, schema: Mapping[str, Any]) -> tuple[pd.DataFrame | None, list[Problem]]:
    """A file as text cells; None, with the reason, where it cannot be read or its columns are others."""
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
        said = "has rows with more cells than the heading. Remove what is beyond it."
        return None, [Problem(name, None, "", said)]
    problems = list(_other_columns(name, list(frame.columns), [f["name"] for f in schema["fields"]]))
    return (None if problems else frame), problems


def _other_columns(name: str, held: list[str], wanted: list[str]) -> Iterator[Problem]:
    for column in wanted:
        if column not in held:
            yield Problem(name, 1, column, f"the column is missing. The columns are: {', '.join(wanted)}.")
    for column in held:
        if column not in wanted:
            yield Problem(name, 1, column, "is not a column of this table. Remove it or correct its name.")
