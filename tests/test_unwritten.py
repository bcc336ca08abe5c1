"""An answer that is kept while nobody writes: never a stale one, on either engine."""

import os
import random
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from safeguarding.store.database import TROUBLE, open_engine
from safeguarding.store.unwritten import Unwritten

ASKED = sa.text("SELECT value FROM asked")


@pytest.fixture
def counted(url):
    """A question about one number in a database of its own, how often it was asked, and how to write it."""
    engine, times = open_engine(url), []
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE asked (value INTEGER)"))
        connection.execute(sa.text("INSERT INTO asked VALUES (0)"))

    def ask(connection: sa.Connection) -> int:
        times.append(1)
        return connection.execute(ASKED).scalar_one()

    def write(value: int) -> None:
        with engine.begin() as connection:
            connection.execute(sa.text("UPDATE asked SET value = :v"), {"v": value})

    return Unwritten(engine, ask), times, write


def test_every_write_is_seen_at_once(counted):
    answer, times, write = counted
    dice = random.Random(7)
    now = 0
    for turn in range(1, 200):
        if dice.random() < 0.3:
            write(now := turn)
        assert answer() == now
    assert 30 < len(times) <= 199


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_file_that_nobody_writes_to_is_asked_once(counted):
    answer, times, write = counted
    assert [answer() for _ in range(5)] == [0] * 5 and len(times) == 1
    write(3)
    assert [answer() for _ in range(5)] == [3] * 5 and len(times) == 2


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_another_file_in_its_place_is_asked_and_one_that_is_away_raises(counted, url, tmp_path):
    answer, _, write = counted
    file = Path(url.removeprefix("sqlite:///"))
    write(1)
    assert answer() == 1
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = shutil.copy(file, tmp_path / "kept")
    write(2)
    assert answer() == 2
    for beside in file.parent.glob(f"{file.name}-*"):
        beside.unlink()
    shutil.move(kept, file)
    assert answer() == 1
    file.write_bytes(b"no database")
    with pytest.raises(TROUBLE):
        answer()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")
def test_a_child_sees_what_its_parent_writes_and_the_parent_what_the_child_does(counted):
    answer, _, write = counted
    assert answer() == 0
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        write(5)
        os._exit(answer() if os.read(reading, 1) and answer() == 6 else 1)
    while answer() == 0:
        pass
    assert answer() == 5
    write(6)
    os.write(writing, b"x")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 6 == answer()


def test_threads_never_see_less_than_was_written_before_they_asked(counted):
    answer, _, write = counted
    written, late = [0], []

    def read() -> None:
        for _ in range(50):
            least = written[0]
            if answer() < least:
                late.append(least)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for value in range(1, 40):
        write(value)
        written[0] = value
    for reader in readers:
        reader.join()
    assert late == [] and answer() == 39
