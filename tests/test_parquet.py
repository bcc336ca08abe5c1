"""The interactive tool's long file as Parquet gives what it gives as CSV, and no damaged file raises."""

import random
import sys
from pathlib import Path

import duckdb
import pytest

from safeguarding.loader.incoming import Offered
from safeguarding.loader.parquet import read_parquet
from tests.conftest import ROOT
from tests.test_loading import loaded

LONG = ROOT / "tests" / "data" / "published" / "bds_long_0.csv"


def as_parquet(select: str, folder: Path) -> bytes:
    file = folder / "made.parquet"
    duckdb.sql(select).write_parquet(str(file))
    return file.read_bytes()


@pytest.fixture(scope="module")
def long_file(tmp_path_factory) -> bytes:
    """The held extract with the types that the publisher's file has: text, and a float for the number."""
    number = 'CAST("LA Number" AS DOUBLE) AS "LA Number"'
    select = f"SELECT * REPLACE ({number}) FROM read_csv('{LONG}', all_varchar=true)"
    return as_parquet(select, tmp_path_factory.mktemp("parquet"))


@pytest.mark.parametrize("name", ["bds_long_0.parquet", "download"])
def test_a_parquet_file_gives_the_figures_of_the_csv_file(store, long_file, name):
    one, other = (
        loaded(store, Offered(n, held), dry_run=True)
        for n, held in ((name, long_file), (LONG.name, LONG.read_bytes()))
    )
    assert not one.problems and not one.found
    assert len(one.taken[0].figures) == len(other.taken[0].figures) > 100
    assert one.taken[0].figures.equals(other.taken[0].figures)


def test_numbers_and_gaps_are_written_as_a_csv_file_has_them(tmp_path):
    rows = "(356.0::DOUBLE, 1, 'a', NULL), (12.13, NULL, NULL, 'nan'::DOUBLE)"
    select = f"SELECT * FROM (VALUES {rows}) AS t(f, n, s, g)"
    frame, problems = read_parquet(as_parquet(select, tmp_path), "t.parquet")
    assert not problems and frame is not None
    assert frame.to_numpy().tolist() == [["356", "1", "a", ""], ["12.13", "", "", ""]]


def test_without_the_package_a_sentence_says_which_it_is(store, long_file, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    (problem,) = loaded(store, Offered("bds_long_0.parquet", long_file)).problems
    assert problem.message == (
        "is a Parquet file: .venv/bin/python -m pip install duckdb, or save it as CSV."
    )


def test_a_damaged_file_is_refused_or_read_and_never_raises(long_file):
    chance = random.Random(2026)
    assert read_parquet(b"PAR1", "cut.parquet")[1][0].message.startswith("is no Parquet file")
    refused = 0
    for _ in range(60):
        held = bytearray(long_file)
        for _ in range(chance.randint(1, 6)):
            held[chance.randrange(len(held))] = chance.randrange(256)
        if chance.random() < 0.2:
            del held[chance.randrange(len(held)) :]
        frame, problems = read_parquet(bytes(held), "damaged.parquet")
        assert (frame is None) == bool(problems)
        refused += bool(problems)
    assert refused > 10


def test_nothing_but_the_file_is_opened(tmp_path):
    """What reads Parquet files may reach no other file, and no network, whatever it is asked."""
    from safeguarding.loader import parquet

    other = tmp_path / "other.csv"
    other.write_text("a\n1\n")
    with duckdb.connect(config=parquet.LIMITS) as engine:
        engine.execute("SET enable_external_access = false")
        with pytest.raises(duckdb.PermissionException):
            engine.execute(f"SELECT * FROM read_csv('{other}')").fetchall()
