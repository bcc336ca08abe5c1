"""Nothing is published of which a hidden figure could be worked out; and what is hidden can be listed.

The figures beside the real ones are synthetic: plans started in Stockport, by age.
"""

import json
import time
from dataclasses import replace

import pandas as pd
import pytest
import sqlalchemy as sa

from safeguarding.__main__ import main
from safeguarding.disclosure.audience import Audience, Hiding, Rules
from safeguarding.loader.incoming import Offered
from safeguarding.loading import load
from safeguarding.settings import Settings
from safeguarding.store.releases import Store
from safeguarding.store.schema import CATALOGUE, OBSERVATION
from tests.conftest import HOME

AGES = {"Under 1": 40, "1 to 4": 90, "5 to 15": 219, "16 and over": 4}


def with_ages(folder, public: tuple[str, ...] = (), ages: dict[str, float] | None = None):
    """The bundled child protection figures of the North West, with plans started by age: of a local source
    but for the ages that are `public`.
    """
    held = folder.observations
    near = held["area_code"].isin([HOME, "E12000002", "E92000001"])
    few = held[held["indicator_id"].isin(["cpp_started_count", "cpp_count"]) & near]
    whole = few[(few["indicator_id"] == "cpp_started_count") & (few["area_code"] == HOME)].iloc[[-1]]
    rows = [
        whole.assign(
            breakdown="age", category=age, value=float(count),
            source_id=whole["source_id"].iloc[0] if age in public else "synthetic_local",
        )
        for age, count in (ages or AGES).items()
    ]  # fmt: skip
    source = {**folder.tables["sources"][0], "source_id": "synthetic_local", "already_public": "no"}
    tables = {**folder.tables, "sources": [*folder.tables["sources"], source]}
    name = repr((public, ages))
    return replace(folder, tables=tables, observations=pd.concat([few, *rows]), files={name: "1"})


@pytest.fixture
def empty(tmp_path, monkeypatch) -> Store:
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    monkeypatch.setenv("DATABASE_URL", url)
    return Store(url)


def test_what_can_be_protected_is_published_and_said(empty, folder, capsys):
    assert sum(AGES.values()) == 353, "as many as were started"
    loaded = empty.load_folder(with_ages(folder), "tests", "synthetic ages")
    assert loaded.published and not loaded.refused
    rows = empty.observations(1, ["cpp_started_count"], [HOME], parts=True)
    assert {o.category: o.value for o in rows} == {**AGES, "16 and over": None, "Under 1": None}
    assert main(["disclose"]) == 0
    said = capsys.readouterr().out
    assert "Release 1: hidden here are 2 figures and 16 statements." in said
    assert "16 and over (synthetic_local): small itself, or resting on a small count" in said
    assert "Under 1 (synthetic_local): so that another cannot be worked out" in said
    assert (
        "SF118 Unaccompanied asylum-seeking children, 2018-19 (stockport_report_2019): small itself" in said
    )
    assert "The audit looked at 2 counts that are hidden here" in said
    assert said.rstrip().endswith("It may be published.")
    assert not any(f" {n} children" in said for n in range(1, 6)), "no hidden figure is printed"


def test_what_cannot_be_protected_is_kept_and_not_published(empty, folder, capsys, tmp_path, monkeypatch):
    """All but one age and the total are public already: 353 less the others is 4."""
    exposed = with_ages(folder, public=("Under 1", "1 to 4", "5 to 15"))
    assert empty.load_folder(with_ages(folder), "tests", "first").published
    loaded = empty.load_folder(exposed, "tests", "second")
    assert (loaded.release_id, loaded.published) == (2, False) and empty.published() == 1
    (said,) = loaded.refused
    assert "16 and over is hidden, and can be worked out to be 4." in said
    assert "by age, the categories add up to the whole (" in said
    with monkeypatch.context() as elsewhere:  # the application loads its folder where it is imported first
        elsewhere.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'own' / 'store.sqlite'}")
        from app import told
    third = empty.load_folder(replace(exposed, files={"synthetic": "3"}), "tests", "third")
    later = " ".join(told(third, empty, before=1))
    assert "as release 3 in" in later and "Against release 1: " in later, "against what is on show"
    assert later.endswith("To show it: python -m safeguarding publish 3 --by NAME --note WHY")
    logged = " ".join(told(loaded, empty, before=1))
    assert "release 1 stays the published one. Hidden counts of it can be worked out (1)" in logged
    assert "16 and over" not in logged and "worked out to be" not in logged, "a log holds no figure"
    assert main(["publish", "2", "--by", "A tester", "--note", "all the same"]) == 1
    refused = capsys.readouterr().err
    assert "Release 2 is not published." in refused and said in refused
    assert empty.published() == 1 and not empty.publications()
    assert main(["disclose", "2"]) == 1
    assert "It may not be published:" in capsys.readouterr().out


def test_a_release_is_held_against_the_one_that_readers_have_seen(empty, folder):
    """Both hide 4 of 353, the second beside another age: what the first showed of it gives 4 away."""
    assert empty.load_folder(with_ages(folder), "tests", "first").published
    local = {**AGES, "Under 1": 39, "5 to 15": 220}
    loaded = empty.load_folder(with_ages(folder, ages=local), "tests", "one child is older than was thought")
    assert loaded.published, "the two that are hidden are hidden in both: 43 of them, and 44"
    shown = empty.load_folder(
        with_ages(folder, ages={**AGES, "Under 1": 33, "16 and over": 11}), "tests", "x"
    )
    assert shown.published, "nothing is small any more"


def test_hiding_nothing_needs_no_audit(empty, folder):
    public = with_ages(folder, public=tuple(AGES))
    assert empty.load_folder(public, "tests", "everything is public").published
    assert empty.shown(1).hidden == {} and empty.shown(1).ledger(Hiding()).counted


def test_the_command_says_that_there_is_no_such_release(empty, capsys):
    assert main(["disclose", "7"]) == 1
    assert "There is no release 7" in capsys.readouterr().err


def test_a_shareable_store_holds_nothing_hidden_and_shows_the_same(empty, folder, tmp_path, capsys):
    ages = {**AGES, "16 and over": 4}
    assert empty.load_folder(with_ages(folder, ages=ages), "tests", "synthetic ages").published
    target = f"sqlite:///{tmp_path / 'shareable.sqlite'}"
    assert main(["shareable", "--to", target]) == 0
    assert "figures of release 1, and nothing hidden." in capsys.readouterr().out
    copy = Store(target)
    shown = {o.key: o for o in empty.shown(1).every()}
    assert {o.key: o for o in copy.shown(1).every()} == shown and len(empty.shown(1).hidden) == 2
    assert copy.catalogue(1).statements == empty.catalogue(1).statements
    with copy.engine.connect() as connection:
        values = connection.execute(
            sa.select(OBSERVATION.c.category, OBSERVATION.c.value).where(OBSERVATION.c.breakdown == "age")
        )
        assert dict(values.all()) == {**AGES, "16 and over": None, "Under 1": None}
        stated = connection.execute(sa.select(CATALOGUE.c.table_rows).where(CATALOGUE.c.name == "statements"))
        held = {row["statement_id"]: row for row in json.loads(stated.scalar_one())}
    assert held["SF118"]["value"] == held["SF118"]["as_printed"] == held["SF118"]["note"] == ""
    # partners who may see small counts find none here
    allowed = Store(target, Rules(partners_see=True))
    assert {o.key: o.value for o in allowed.shown(1, Audience.PARTNERS).every()} == {
        k: o.value for k, o in shown.items()
    }
    assert main(["shareable", "--to", target]) == 1
    assert "holds releases already" in capsys.readouterr().err


@pytest.mark.slow
def test_what_official_tables_give_away_is_found_as_the_review_found_it_and_refuses_nothing(store):
    """By the review of November 2026: Halton 2013-14 (two cells, 1 to 3), South Gloucestershire and St Helens
    2014-15 (1 to 4), Rochdale 2014-15 (1 to 2), Blackburn 2015-16, referrals without further action (1 to 3).
    """
    began = time.monotonic()
    found, _ = store.audit(1)
    assert time.monotonic() - began < 60, "all of England in less than a minute"
    assert found.ours == 0 and found.of_sources > 2500 and found.refused == []
    seen = {(e.cell.of, e.cell.area, e.cell.period): tuple(e.between) for e in found.exposed}
    for of, area, period, between in (
        ("cpp_open_1_to_2y_pct", "E06000006", "2013-14", (1, 3)),
        ("cpp_open_2y_plus_pct", "E06000006", "2013-14", (1, 3)),
        ("cpp_open_2y_plus_pct", "E06000025", "2014-15", (1, 4)),
        ("cpp_open_2y_plus_pct", "E08000013", "2014-15", (1, 4)),
        ("cpp_open_2y_plus_pct", "E08000005", "2014-15", (1, 2)),
        ("referrals_nfa_pct", "E06000008", "2015-16", (1, 3)),
    ):
        assert seen[of, area, period] == between, (of, area, period)
    assert store.stated_too_well(1) == []


def test_a_load_of_public_figures_is_audited_with_what_was_held_before(empty, folder):
    """A public count of one age, beside local ones that are hidden: what is left of the total is 4."""
    assert empty.load_folder(with_ages(folder), "tests", "first").published
    whole = empty.observations(1, ["cpp_started_count"], [HOME])[-1]
    rows = "indicator_id,area_code,period,breakdown,category,value,source_id\n" + (
        f"cpp_started_count,{HOME},{whole.period},age,Under 1,40,{whole.source_id}\n"
    )
    found = load(empty, Settings(), [Offered("ages.csv", rows.encode())], by="A tester", note="A new table")
    assert not found.problems and empty.published() == 1
    (said,) = found.refused
    assert "16 and over is hidden, and can be worked out to be 4." in said
