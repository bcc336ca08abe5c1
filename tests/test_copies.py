"""A copy of the whole store, and back, on both engines and from one to the other."""

import os
import sqlite3
import stat

import pytest
import sqlalchemy as sa

from safeguarding.__main__ import main
from safeguarding.refused import Refused
from safeguarding.store import copies
from safeguarding.store.audit import write_down
from safeguarding.store.releases import Store
from safeguarding.store.schema import ACCOUNT, AUDIT, METADATA, NOTE, OBSERVATION, RELEASE, SESSION, TOKEN
from tests.conftest import HOME
from tests.test_loading import WHO, loaded, population


def contents(store: Store) -> dict[str, list[tuple]]:
    """Every row of every table."""
    with store.engine.connect() as c:
        return {
            t.name: [tuple(r) for r in c.execute(sa.select(t).order_by(*t.primary_key.columns))]
            for t in METADATA.sorted_tables
        }


def row(table: sa.Table, **given: object) -> sa.Insert:
    """A synthetic row."""
    kinds = {c.name: 1 if isinstance(c.type, sa.Integer) else "x" for c in table.columns}
    return sa.insert(table).values(**kinds | given)


@pytest.fixture
def full(url, small) -> Store:
    """Two releases, and a synthetic row of each thing that is in the database alone."""
    store = Store(url)
    store.load_folder(small, "a test", "first")
    assert loaded(store, population("65000"), **WHO).release == 2
    with store.writing() as c:
        c.execute(row(NOTE, text="£ – “…” ✓ 100% of them"))
        for table in (ACCOUNT, SESSION, TOKEN):
            c.execute(row(table))
        write_down(c, "signed in", "somebody")
    return store


def test_a_copy_put_back_is_the_store_but_for_who_is_signed_in(full, tmp_path):
    before = contents(full)
    counts = copies.back_up(full, tmp_path / "a.sqlite")
    assert (counts["release"], counts["note"]) == (2, 1) and counts["observation"] > 1000
    elsewhere = Store(f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    assert copies.restore(elsewhere, tmp_path / "a.sqlite", "A tester") == counts
    after = contents(elsewhere)
    own, named = after.pop("store"), before.pop("store")
    assert own != named, "a store of its own"
    *log, restored = after.pop("audit")
    assert log == before.pop("audit") and restored[2:] == ("store restored", "A tester", "a.sqlite", "")
    assert after.pop("session") == [] and before.pop("session") and after == before
    assert elsewhere.observations(2, ["children_population"], [HOME])[-1].value == 65_000
    # and from a file onto either engine, in the place of what it holds
    loaded(full, population("66000"), **WHO)
    with full.writing() as c:
        c.execute(sa.delete(NOTE))
    assert full.observations(3, ["children_population"], [HOME])[-1].value == 66_000
    copies.back_up(elsewhere, tmp_path / "b.sqlite")
    copies.restore(full, tmp_path / "b.sqlite", "A tester", replace=True)
    back = contents(full)
    assert back.pop("store") not in (own, named), "nobody who serves what was there takes it for that"
    added = back.pop("audit")
    assert back.pop("session") == [] and back == before and full.published() == 2
    assert [line[3] for line in added if line[2] == "store restored"] == ["A tester", "A tester"]
    assert sum(line[2] == "release loaded" for line in added) == 3, "no line of either log is lost, or twice"


def test_what_is_held_is_replaced_only_where_that_is_said(full, tmp_path):
    copies.back_up(full, tmp_path / "a.sqlite")
    before = contents(full)
    with pytest.raises(Refused, match="holds releases and notes and accounts already"):
        copies.restore(full, tmp_path / "a.sqlite", "A tester")
    assert contents(full) == before


def test_a_copy_is_of_one_moment(full, tmp_path, monkeypatch):
    """A load that comes while it is made is in it as a whole, or not at all."""
    poured, url = copies._poured, full.engine.url.render_as_string(hide_password=False)
    seen: list[str] = []

    def meanwhile(source: sa.Connection, target: sa.Connection, table: sa.Table) -> int:
        count = poured(source, target, table)
        if not seen:
            assert loaded(Store(url), population("67000"), **WHO).release == 3
        seen.append(table.name)
        return count

    monkeypatch.setattr(copies, "_poured", meanwhile)
    copies.back_up(full, tmp_path / "a.sqlite")
    copy = Store(f"sqlite:///{tmp_path / 'a.sqlite'}")
    with copy.engine.connect() as c:
        numbers = {
            t.name: c.execute(sa.select(sa.func.max(t.c.release_id))).scalar() for t in (RELEASE, OBSERVATION)
        }
    assert set(numbers.values()) == {2} and full.published() == 3 and copy.published() == 2


@pytest.mark.parametrize("broken", ["observation", "note", "audit"])
def test_a_restore_that_fails_half_way_leaves_the_store(full, tmp_path, monkeypatch, broken):
    copies.back_up(full, tmp_path / "a.sqlite")
    before, poured = contents(full), copies._poured

    def full_disk(source: sa.Connection, target: sa.Connection, table: sa.Table) -> int:
        if table.name == broken:
            raise OSError(28, "No space left on device")
        return poured(source, target, table)

    monkeypatch.setattr(copies, "_poured", full_disk)
    if broken == AUDIT.name:
        monkeypatch.setattr(copies, "_added", lambda *_: full_disk(*_, AUDIT))
    with pytest.raises(OSError, match="No space"):
        copies.restore(full, tmp_path / "a.sqlite", "A tester", replace=True)
    assert contents(full) == before


def test_a_copy_that_cannot_be_finished_leaves_nothing(full, tmp_path, monkeypatch):
    def full_disk(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copies, "_poured", full_disk)
    with pytest.raises(Refused, match=r"a\.sqlite cannot be written \(.*No space left on device"):
        copies.back_up(full, tmp_path / "a.sqlite")
    assert not [p.name for p in tmp_path.rglob("a.sqlite*")]


def test_a_copy_is_one_file_of_its_owner_and_takes_no_place(full, tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    copies.back_up(full, folder / "a.sqlite")
    (made,) = folder.iterdir()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    with pytest.raises(Refused, match="is there already: give the copy another name"):
        copies.back_up(full, made)


def test_what_is_no_copy_is_refused_and_changes_nothing(full, tmp_path):
    before, good = contents(full), tmp_path / "a.sqlite"
    copies.back_up(full, good)
    text, cut, other, newer = (tmp_path / name for name in ("text", "cut", "other", "newer"))
    text.write_text("indicator_id,area_code\n" * 200)
    cut.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    with sqlite3.connect(other) as c:
        c.execute("CREATE TABLE release (release_id INTEGER)")
    newer.write_bytes(good.read_bytes())
    with sqlite3.connect(newer) as c:
        c.execute("UPDATE alembic_version SET version_num = '9999'")
    for file, said in (
        (text, "is no copy that `backup` made"),
        (cut, "is no copy that `backup` made"),
        (other, "is no copy that `backup` made"),
        (tmp_path / "missing", "is no copy that `backup` made"),
        (newer, "was made by a newer version of the dashboard"),
    ):
        with pytest.raises(Refused, match=said):
            copies.restore(full, file, "A tester", replace=True)
    assert contents(full) == before


def test_the_commands(small, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    Store(os.environ["DATABASE_URL"]).load_folder(small, "a test", "first")
    assert main(["backup", str(tmp_path / "a.sqlite")]) == 0
    assert ": 1 release, " in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "a.sqlite"), "--by", "A tester"]) == 1
    assert "--replace puts the copy in their place" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "a.sqlite"), "--by", "A tester", "--replace"]) == 0
    assert "Release 1 is the published one." in capsys.readouterr().out
