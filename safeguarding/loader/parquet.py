"""Parquet: a file as a table of text, where `duckdb` is installed (docs/decisions/0026)."""

import tempfile
from pathlib import Path

import pandas as pd

from safeguarding.loader.problems import Problem
from safeguarding.loader.sheets import MOST_ROWS

MARK = b"PAR1"
FLOATS = ("FLOAT", "DOUBLE")
# one thread and so much memory; nothing is fetched, and no file is opened but the one that is named
LIMITS = {
    "threads": 1,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def read_parquet(held: bytes, name: str) -> tuple[pd.DataFrame | None, list[Problem]]:
    """A Parquet file as text cells, an absent one empty; None, with one problem, where it is none."""
    try:
        import duckdb
    except ImportError:
        said = "is a Parquet file: .venv/bin/python -m pip install duckdb, or save it as CSV."
        return None, [Problem(name, None, "", said)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "offered.parquet"
        file.write_bytes(held)
        try:
            with duckdb.connect(config=LIMITS) as engine:
                engine.execute("SET allowed_paths = [$1]", [str(file)])
                engine.execute("SET enable_external_access = false")
                table = engine.read_parquet(str(file))
                if len(table) > MOST_ROWS:
                    said = f"has more than {MOST_ROWS:,} rows. Part it into several files."
                    return None, [Problem(name, None, "", said)]
                cells = [_as_text(c, str(t)) for c, t in zip(table.columns, table.types, strict=True)]
                found = table.project(", ".join(cells)).fetchnumpy()
        except (duckdb.Error, RuntimeError, ValueError):  # the last two where text is no text
            said = "is no Parquet file that can be read. Save it again, or as CSV."
            return None, [Problem(name, None, "", said)]
    return pd.DataFrame({c: _shared(cells) for c, cells in found.items()}, dtype=object), []


def _as_text(column: str, kind: str) -> str:
    """A column as SQL that writes it as text: 356.0 is 356, and what is absent is empty."""
    quoted = '"' + column.replace('"', '""') + '"'
    text = f"nullif(printf('%.15g', {quoted}), 'nan')" if kind in FLOATS else f"CAST({quoted} AS VARCHAR)"
    return f"coalesce({text}, '') AS {quoted}"


def _shared(cells: "list[str]") -> list[str]:
    """The same cells, equal ones the same object: a column of few words is small."""
    seen: dict[str, str] = {}
    return [seen.setdefault(cell, cell) for cell in cells]
