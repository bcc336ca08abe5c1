"""One contract for both engines, on real servers: SQLite in a file, PostgreSQL, from a wheel if need be."""

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from safeguarding.loader import Folder
from safeguarding.store import database, observations
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.difference import in_a_line
from safeguarding.store.releases import Store
from safeguarding.store.schema import STORE
from safeguarding.store.typed import typed
from safeguarding.themes import THEMES, page_of
from safeguarding.vocabulary import Status

DATA = Path(__file__).resolve().parents[1] / "data"


def newer(folder: Folder) -> Folder:
    """The same folder after someone has changed a file."""
    observations = folder.observations.copy()
    observations.loc[0, "value"] = 1.0
    return replace(folder, observations=observations, files={**folder.files, "areas.csv": "0" * 64})


def test_the_first_load_is_release_1_and_published(url, small):
    store = Store(url)
    assert store.published() is None
    loaded = store.load_folder(small, "a test", "first")
    assert (loaded.release_id, loaded.new, loaded.published) == (1, True, True)
    assert loaded.figures == len(small.observations) > 0
    assert store.published() == 1


def test_tables_are_of_the_version_that_alembic_calls_the_newest_and_are_left_alone_then(url, monkeypatch):
    scripts = Config()
    scripts.set_main_option("script_location", str(database.MIGRATIONS))
    assert ScriptDirectory.from_config(scripts).get_current_head() == database.NEWEST
    Store(url)
    monkeypatch.setattr(command, "upgrade", lambda *_: pytest.fail("there was nothing to bring up to date"))
    assert Store(url).published() is None


def test_every_figure_that_is_loaded_is_read_back(url, small, monkeypatch):
    """Also where they come in several batches: a first row once stayed in the driver's own hands."""
    store = Store(url)
    held = store.load_folder(small, "a test", "first")
    monkeypatch.setattr(observations, "AT_ONCE", 7)
    read = store.shown(held.release_id).every()
    assert len(read) == len(small.observations) == held.figures > 7
    columns = ["indicator_id", "area_code", "period", "breakdown", "category", "source_id"]
    assert {o.key for o in read} == set(small.observations[columns].itertuples(index=False, name=None))


def test_what_a_folder_would_change_is_told_and_nothing_is_kept(url, small):
    store = Store(url)
    assert store.would_change(small) is None
    store.load_folder(small, "a test", "first")
    base, found = store.would_change(newer(small))
    assert base == 1 and in_a_line(found) == "0 figures new, 1 changed, 0 gone"
    assert [r.release_id for r in store.releases()] == [1] and store.published() == 1
    assert store.load_folder(newer(small), "a test", "second").release_id == 2


def test_loading_the_same_folder_again_changes_nothing(url, small):
    store = Store(url)
    store.load_folder(small, "a test", "first")
    again = Store(url).load_folder(small, "a test", "again")
    assert (again.release_id, again.new, again.published) == (1, False, True)


def test_a_changed_folder_is_a_new_release_and_the_old_one_stays_as_it_was(url, small):
    store = Store(url)
    store.load_folder(small, "a test", "first")
    before = store.observations(1, ["children_population"], ["E92000001"])
    assert store.load_folder(newer(small), "a test", "second").release_id == 2
    assert store.published() == 2
    assert store.observations(1, ["children_population"], ["E92000001"]) == before
    assert store.observations(2, ["children_population"], ["E92000001"])[0].value == 1.0


def test_a_changed_folder_does_not_move_the_pointer_once_a_person_has_rolled_back(url, small):
    store = Store(url)
    store.load_folder(small, "a test", "first")
    store.load_folder(newer(small), "a test", "second")
    store.publish(1, "a test", "rolled back")
    third = store.load_folder(replace(newer(small), files={"areas.csv": "1" * 64}), "a test", "third")
    assert (third.release_id, third.new, third.published) == (3, True, False)
    assert store.published() == 1


def test_what_a_release_changes_is_counted_by_indicator_both_ways(url, small):
    """Synthetic: of the population's figures one is altered, one is taken out, one is made another year's."""
    store, figures = Store(url), small.observations.reset_index(drop=True)
    small = replace(small, observations=figures)
    store.load_folder(small, "a test", "first")
    (name,) = set(figures["indicator_id"])
    other = figures.assign(value=figures["value"].mask(figures.index == 0, figures["value"] + 7))
    other.loc[2, "period"] = "2099-00"
    other = other.drop(index=[1])
    store.load_folder(replace(newer(small), observations=other), "a test", "second")
    (found,) = store.difference(1, 2)
    assert (found.indicator_id, found.new, found.changed, found.gone) == (name, 1, 1, 2)
    assert found.unchanged == len(figures) - 3 and found.largest == 7
    (back,) = store.difference(2, 1)
    assert (back.new, back.changed, back.gone) == (2, 1, 1)
    assert store.difference(1, 1) == []
    assert in_a_line([found]) == "1 figure new, 1 changed, 2 gone"


def test_a_value_that_becomes_hidden_is_a_change(url, small):
    store = Store(url)
    store.load_folder(small, "a test", "first")
    hidden = small.observations.copy()
    hidden.loc[hidden.index[0], ["value", "status"]] = [None, "c"]
    store.load_folder(replace(newer(small), observations=hidden), "a test", "second")
    (found,) = store.difference(1, 2)
    assert (found.new, found.changed, found.gone, found.largest) == (0, 1, 0, None)


def test_who_published_what_and_why_is_written_down_with_it(url, small):
    store = Store(url)
    store.load_folder(small, "a test", "first")
    store.load_folder(newer(small), "a test", "second")
    assert store.publications() == []
    store.publish(1, "An analyst", "Release 2 has a typing error")
    store.publish(2, "An analyst", "Mended")
    assert [(p.number, p.release_id, p.author, p.reason) for p in store.publications()] == [
        (1, 1, "An analyst", "Release 2 has a typing error"),
        (2, 2, "An analyst", "Mended"),
    ]
    with pytest.raises(KeyError):
        store.publish(9, "An analyst", "no such release")
    assert len(store.publications()) == 2
    assert [(r.release_id, r.reason) for r in store.releases()] == [(1, "first"), (2, "second")]


def test_an_unknown_release_cannot_be_published(url, small):
    store = Store(url)
    store.load_folder(small, "a test", "first")
    with pytest.raises(KeyError, match="no release 9"):
        store.publish(9, "a test", "unknown")
    assert store.published() == 1


def test_a_load_that_fails_half_way_leaves_nothing(url, small):
    store = Store(url)
    store.load_folder(small, "a test", "first")
    twice = small.observations.loc[[0, 0]]
    with pytest.raises(sa.exc.IntegrityError):
        store.load_folder(replace(newer(small), observations=twice), "a test", "broken")
    assert store.published() == 1
    with pytest.raises(KeyError):
        store.catalogue(2)


def test_two_processes_that_start_together_make_one_release(url, small):
    results = []
    barrier = threading.Barrier(4)

    def start() -> None:
        store = Store(url)
        barrier.wait()
        results.append(store.load_folder(small, "a test", "together"))

    Store(url)
    threads = [threading.Thread(target=start) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(r.new for r in results) == [False, False, False, True]
    assert {r.release_id for r in results} == {1}


def test_figures_come_back_as_they_went_in(url, small):
    store = Store(url)
    store.load_folder(small, "a test", "first")
    figures = store.observations(1, ["children_population"], ["E08000007"])
    assert [o.period for o in figures] == sorted(o.period for o in figures)
    assert figures[-1].value == 64_910 and figures[-1].status is Status.OK
    assert set(store.catalogue(1).indicators) == {r["indicator_id"] for r in small.tables["indicators"]}


def test_a_release_knows_for_which_periods_it_has_a_figure(url, small):
    store = Store(url)
    store.load_folder(small, "a test", "first")
    held = store.shown(1).periods_held("children_population", "E08000007")
    rows = small.observations
    own = rows[(rows["indicator_id"] == "children_population") & (rows["area_code"] == "E08000007")]
    assert held == set(own["period"]) and held
    assert store.shown(1).periods_held("children_population", "E99") == set()
    with pytest.raises(KeyError, match="there is no release 2"):
        store.shown(2)


def test_the_figures_of_a_release_are_read_once_and_kept_until_it_is_let_go(url, small):
    store = Store(url)
    store.load_folder(small, "a test", "first")
    store.load_folder(newer(small), "a test", "second")
    first, second = store.shown(1), store.shown(2)
    assert store.shown(1) is first
    store.keep_only(2)
    assert store.shown(2) is second and store.shown(1) is not first
    assert store.revisions(2) is store.revisions(2) and store.revisions(1) is not None
    store.keep_only(2)
    assert set(store._columns) == {2} and store.shown(2) is second, "also what was asked for again"
    assert {key[0] for held in store._by_reader for key in held} == {2}
    assert store.shown(1).series("children_population", "E92000001") == first.series(
        "children_population", "E92000001"
    )


def test_a_child_process_leaves_the_pool_of_its_parent_alone(url, small):
    store = Store(url)
    store.load_folder(small, "a test", "first")
    if not hasattr(os, "fork"):
        pytest.skip("this system does not fork")
    child = os.fork()
    if child == 0:
        os._exit(0 if store.published() == 1 else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert store.published() == 1


def test_a_release_from_before_a_column_and_a_table_reads_as_if_they_were_empty(folder, catalogue):
    tables = {name: rows for name, rows in folder.tables.items() if name not in ("journey", "events")}
    tables["indicators"] = [
        {k: v for k, v in row.items() if k not in ("headline", "untested_because")}
        for row in tables["indicators"]
    ]
    older = Catalogue(tables)
    assert older.journey == older.events == ()
    assert {(i.headline, i.untested_because) for i in older.indicators.values()} == {(False, "")}
    assert older.statements == catalogue.statements


def test_a_release_from_before_other_indicator_id_keeps_the_other_measure_in_period_before(folder, catalogue):
    def as_then(row: dict[str, str]) -> dict[str, str]:
        then = {k: v for k, v in row.items() if k != "other_indicator_id"}
        if row["method"] == "basis":
            assert row["other_indicator_id"] and not row["period_before"]
            then["period_before"] = row["other_indicator_id"]
        return then

    rows = folder.tables["checks"]
    assert any(row["method"] == "basis" for row in rows)
    older = Catalogue({**folder.tables, "checks": [as_then(row) for row in rows]})
    assert older.checks == catalogue.checks


def test_the_package_file_names_the_themes_that_the_pages_show(folder):
    in_rows = [theme for page in THEMES.values() for theme in page.in_rows]
    resources = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    enums = [
        (resource["name"], field["constraints"]["enum"])
        for resource in resources
        for field in resource["schema"]["fields"]
        if field["name"] == "theme" and "enum" in field["constraints"]
    ]
    assert {name for name, _ in enums} == {"indicators", "breakdowns", "journey"}
    assert all(enum == in_rows for _, enum in enums)
    assert {row["theme"] for row in folder.tables["indicators"]} == set(in_rows)


def test_a_themes_page_is_found_for_what_a_row_may_say():
    assert [page_of(theme).name for theme in ("front-door", "context-health", "context", "else")] == [
        *["Front door", "Context", "Context", "Context"]
    ]
    assert [t.path for t in THEMES.values()] == [f"/{name}" for name in THEMES]


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Synthetic:
    """A row with a field of every type that rows have."""

    name: str
    count: int
    share: float
    fine: bool
    colour: Colour
    since: date = field(metadata={"column": "from"})
    until: date | None
    parts: tuple[str, ...]
    limits: Mapping[str, str]


def test_a_row_becomes_what_the_types_of_its_fields_say():
    row = {
        **{"name": "a", "count": "3", "share": "2.5", "fine": "yes", "colour": "red", "from": "2019-03-31"},
        **{"until": "", "parts": "a; b;;", "limits": "target=5; points=2", "unknown": "x"},
    }
    assert typed(Synthetic, row) == Synthetic(
        *["a", 3, 2.5, True, Colour.RED, date(2019, 3, 31), None, ("a", "b")],
        {"target": "5", "points": "2"},
    )
    less = {k: v for k, v in row.items() if k not in ("name", "count", "fine", "until", "parts", "limits")}
    assert typed(Synthetic, less) == Synthetic("", 0, 2.5, False, Colour.RED, date(2019, 3, 31), None, (), {})
    assert typed(Synthetic, {**row, "fine": "no", "until": "2019-04-01"}).until == date(2019, 4, 1)
    assert not typed(Synthetic, {**row, "fine": "no"}).fine


@pytest.mark.parametrize(
    "due, newest",
    [({"ons_mye_2024"}, date(2025, 3, 31)), (set(), date(2030, 3, 31)), ({"lait_2025"}, None)],
)
def test_the_newest_official_year_is_of_the_sources_that_say_when_they_are_due(url, small, due, newest):
    """A synthetic late figure of a source that does not say so; today where no source has a dated figure."""
    sources = [
        {**row, "next_due": "2027-01-01" if row["source_id"] in due else ""}
        for row in (*small.tables["sources"], {**small.tables["sources"][0], "source_id": "lait_2025"})
    ]
    figures = small.observations.copy()
    figures["period_end"] = "2025-03-31"
    figures.loc[0, ["source_id", "period_end"]] = [sources[0]["source_id"], "2030-03-31"]
    assert sources[0]["source_id"] not in ("ons_mye_2024", "lait_2025")
    tables = {**small.tables, "sources": sources}
    store = Store(url)
    store.load_folder(replace(small, tables=tables, observations=figures), "a test", "first")
    assert store.latest_period_end(1) == (newest or date.today())


def test_another_store_in_the_place_of_the_one_that_a_process_serves_is_told_apart(url):
    first, second = Store(url), Store(url)
    with second.engine.connect() as connection:
        name = connection.execute(sa.select(STORE.c.name)).scalar_one()
    assert len(name) == 32
    first.be_brief()
    assert first.published() is None
    with second.writing() as connection:
        connection.execute(sa.update(STORE).values(name="another"))
    first.engine.dispose()  # connections that are open already are to the store that they began with
    for _ in range(2):
        with pytest.raises(sa.exc.OperationalError, match="another store is in its place"):
            first.published()
    assert second.published() is None, "whoever opens it anew takes it as it is"
    with second.writing() as connection:
        connection.execute(sa.update(STORE).values(name=name))
    assert first.published() is None


def test_each_connection_of_a_process_that_serves_waits_for_a_lock_as_long_as_a_reader_would(url):
    served = Store(url)
    served.be_brief()
    for _ in range(3):
        with served.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                assert connection.execute(sa.text("PRAGMA busy_timeout")).scalar() == 3000
            else:
                assert connection.execute(sa.text("SHOW lock_timeout")).scalar() == "3s"
