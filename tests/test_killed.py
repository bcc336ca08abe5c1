"""A load that is killed, that finds the disk full or that meets another leaves one release or the other.

KILL_POINTS says at how many random points each engine's loads are killed: 12, or 250 in `make chaos`.
"""

import multiprocessing
import os
import random
import time
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

import pytest
import sqlalchemy as sa

from safeguarding.__main__ import main
from safeguarding.loading import load
from safeguarding.settings import Settings
from safeguarding.store.releases import Store
from safeguarding.store.schema import AUDIT, CATALOGUE, METADATA, OBSERVATION, PUBLICATION, PUBLISHED, RELEASE
from tests.conftest import HOME
from tests.loading_apart import FULL, WHO, corrected, load_once, load_with_room_for

pytestmark = pytest.mark.slow
POINTS = int(os.environ.get("KILL_POINTS", "12"))
LEAST = 3  # statements before a load writes anything
State = dict[str, list[tuple]]


@pytest.fixture(scope="module")
def apart() -> BaseContext:
    """Processes that begin with everything imported, and share nothing else with this one."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.loading_apart"])
    return context


@pytest.fixture
def on_small(url, small) -> Store:
    """A store, on either engine, with the population figures alone."""
    store = Store(url)
    store.load_folder(small, "a test", "first")
    return store


def address(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False)


def begun(apart: BaseContext, target: object, *given: object) -> BaseProcess:
    process = apart.Process(target=target, args=given)  # type: ignore[attr-defined]
    process.start()
    return process


def state(store: Store) -> State:
    """What a store holds: a release's figures and tables counted and summed, other rows as they are."""
    o, c = OBSERVATION.c, CATALOGUE.c
    sums = sa.select(o.release_id, sa.func.count(), sa.func.sum(o.value), sa.func.max(o.period_end))
    tables = sa.select(c.release_id, sa.func.count(), sa.func.sum(sa.func.length(c.table_rows)))
    found = {
        "figures": sums.group_by(o.release_id).order_by(o.release_id),
        "tables": tables.group_by(c.release_id).order_by(c.release_id),
        **{t.name: sa.select(t) for t in METADATA.sorted_tables if t not in (OBSERVATION, CATALOGUE)},
    }
    with store.engine.connect() as connection:
        return {name: sorted(map(tuple, connection.execute(asked))) for name, asked in found.items()}


def is_old_or_new(url: str, before: State, value: int) -> tuple[State, bool]:
    """The state of a store after a load of `value` was cut off, and whether it is the new release.

    Fails unless it is the state of before to the row, or that and one whole release, published, more.
    """
    store = Store(url)  # which opens, and waits for whatever the server still has to undo
    after = state(store)
    if after == before:
        return after, False
    more = {name: [row for row in rows if row not in before[name]] for name, rows in after.items()}
    gone = {name: [row for row in rows if row not in after[name]] for name, rows in before.items()}
    ((number, *_, based_on),) = more.pop(RELEASE.name)
    assert store.published() == number == based_on + 1
    for name, count in (("figures", 1), ("tables", 1), (PUBLICATION.name, 1), (PUBLISHED.name, 1)):
        assert len(more.pop(name)) == count
    said = [row[2:5] for row in more.pop(AUDIT.name)]
    assert said == [
        (what, WHO["by"], f"release {number}") for what in ("release loaded", "release published")
    ]
    assert not any(more.values()) and len(gone.pop(PUBLISHED.name)) == 1 and not any(gone.values())
    (d,) = store.difference(based_on, number)
    assert (d.new, d.changed, d.gone) == (0, 1, 0)
    assert store.observations(number, ["children_population"], [HOME])[-1].value == value
    return after, True


def is_sound(store: Store) -> None:
    if store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            assert connection.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"


def test_a_load_that_is_killed_anywhere_leaves_the_old_release_or_the_new_one(apart, on_small):
    """Half of the points are moments, half are statements: before one, after one, before a commit."""
    url, chance, value = address(on_small), random.Random(2026), 70_000
    steps = apart.Value("i", 0)
    begun(apart, load_once, url, value, None, steps).join()
    began = time.perf_counter()
    begun(apart, load_once, url, value + 1, None, steps).join()
    whole, before, new = time.perf_counter() - began, state(Store(url)), 0
    assert on_small.published() == 3 and steps.value > 30
    for point in range(POINTS):
        value += 2
        if point % 2:
            process = begun(apart, load_once, url, value, chance.randrange(LEAST, steps.value))
        else:
            process = begun(apart, load_once, url, value)
            process.join(chance.uniform(0, 1.1 * whole))
            process.kill()
        process.join()
        before, is_new = is_old_or_new(url, before, value)
        new += is_new
    # the last statements of all: nothing is published before the commit, and all of it after
    for ends_at, published in ((steps.value - 1, False), (None, True)):
        value += 2
        begun(apart, load_once, url, value, ends_at).join()
        before, is_new = is_old_or_new(url, before, value)
        assert is_new is published
    is_sound(on_small)
    assert new < POINTS


def test_a_load_that_waits_for_one_that_is_killed_goes_on(apart, on_small):
    url, before = address(on_small), state(on_small)
    killed, other = begun(apart, load_once, url, 70_000, 30), begun(apart, load_once, url, 80_000)
    killed.join(), other.join()
    assert killed.exitcode < 0 and other.exitcode == 0
    assert is_old_or_new(url, before, 80_000)[1]


def test_two_loads_in_two_processes_come_one_after_the_other(apart, on_small):
    url = address(on_small)
    both = [begun(apart, load_once, url, value) for value in (70_000, 80_000)]
    for process in both:
        process.join()
        assert process.exitcode == 0
    newest = on_small.releases()[-1]
    assert (newest.release_id, newest.based_on, on_small.published()) == (3, 2, 3)
    values = [on_small.observations(n, ["children_population"], [HOME])[-1].value for n in (2, 3)]
    assert sorted(values) == [70_000, 80_000]
    is_sound(on_small)


# --- a full disk ---


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_file_that_may_not_grow_leaves_the_old_release(apart, small, tmp_path, share):
    """The system itself refuses to write on, at several places of the load; SQLite alone writes here."""
    store = Store(f"sqlite:///{tmp_path / 'full.sqlite'}")
    store.load_folder(small, "a test", "first")
    url, before = address(store), state(store)
    with store.engine.connect() as connection:  # the log is empty when the load begins
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar()
    process = begun(apart, load_with_room_for, url, 70_000, int(share * pages * size))
    process.join()
    assert process.exitcode == FULL
    assert is_old_or_new(url, before, 70_000) == (before, False)
    is_sound(store)
    assert load(store, Settings(), [corrected(71_000)], **WHO).release == 2


def fill(store: Store, share: float) -> None:
    """Let the disk be full at a share of the new release: what each engine says of it itself."""
    with store.engine.connect() as connection:
        rows = connection.execute(sa.select(sa.func.count()).select_from(OBSERVATION)).scalar_one()
        if store.engine.dialect.name == "sqlite":
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            most = int(pages * (1 + 0.9 * share))
            sa.event.listen(store.engine, "connect", lambda c, _: c.execute(f"PRAGMA max_page_count={most}"))
            return
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF (SELECT count(*) FROM observation WHERE release_id = NEW.release_id) >= "
            f"{int(share * rows)} THEN "
            "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; "
            "END IF; RETURN NEW; END $$"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER full_disk BEFORE INSERT ON observation FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )


@pytest.mark.parametrize("share", [0, 0.5, 1], ids=["at once", "half way", "at the last figure"])
def test_an_engine_that_says_that_the_disk_is_full_leaves_the_old_release(on_small, share):
    before, filled = state(on_small), Store(address(on_small))
    fill(filled, share)
    with pytest.raises(sa.exc.DBAPIError, match=r"is full|No space left"):
        load(filled, Settings(), [corrected(70_000)], **WHO)
    assert state(on_small) == before
    if on_small.engine.dialect.name == "postgresql":
        with on_small.engine.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER full_disk ON observation")
    assert load(on_small, Settings(), [corrected(71_000)], **WHO).release == 2


def test_the_terminal_says_in_a_sentence_that_the_disk_is_full(on_small, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", address(on_small))
    file = tmp_path / "population.csv"
    file.write_bytes(corrected(70_000).held)
    from safeguarding import load_command

    class Filled(Store):
        def __init__(self, *given: object):
            super().__init__(*given)
            fill(self, 0.5)

    monkeypatch.setattr(load_command, "Store", Filled)
    assert main(["load", str(file), "--by", "An analyst", "--note", "Corrected"]) == 1
    said = capsys.readouterr().err
    assert "All of it was kept, or nothing: `python -m safeguarding releases` says which." in said
    assert "full" in said or "No space left" in said
    assert "Traceback" not in said and on_small.published() == 1
