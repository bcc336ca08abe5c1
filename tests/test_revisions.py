"""Readers see what has changed since the release before, and nothing of what is or was hidden.

Figures are made up, on top of the real population.
"""

from dataclasses import replace

import pandas as pd
import pytest

from safeguarding.disclosure.audience import Audience, Rules
from safeguarding.figures import Figures
from safeguarding.loader import Folder
from safeguarding.loader.incoming import Offered
from safeguarding.loading import load
from safeguarding.query import read
from safeguarding.rows import of_trend
from safeguarding.settings import Settings
from safeguarding.store.difference import Apart, Change
from safeguarding.store.releases import Store
from safeguarding.store.revisions import revisions
from safeguarding.store.tables import Revised
from safeguarding.summaries import summarise
from tests.conftest import HOME
from tests.standing_in import asking, store_of

WHO = {"by": "An analyst", "note": "a test"}
HEADING = "indicator_id,area_code,period,value,numerator,denominator,source_id"
POPULATION = f"children_population,{HOME},2024-25,{{}},,,ons_mye_2024"
LOCAL = f"cpp_subsequent_pct,{HOME},2024-25,{{}},{{}},{{}},synthetic_local"


def lines(*rows: str) -> Offered:
    return Offered("mine.csv", "\n".join([HEADING, *rows, ""]).encode())


@pytest.fixture
def local(small) -> Folder:
    """The population, and a synthetic local figure whose counts are small: 3 of 8."""
    row = dict.fromkeys(small.observations.columns, "")
    row |= {
        **{"indicator_id": "cpp_subsequent_pct", "area_code": HOME, "period": "2024-25", "status": "ok"},
        **{"period_start": "2024-04-01", "period_end": "2025-03-31", "source_id": "synthetic_local"},
        **{"value": 37.5, "numerator": 3.0, "denominator": 8.0},
    }
    figures = pd.concat([small.observations, pd.DataFrame([row])], ignore_index=True)
    source = {**small.tables["sources"][0], "source_id": "synthetic_local", "already_public": "no"}
    tables = {**small.tables, "sources": [*small.tables["sources"], source]}
    return replace(small, tables=tables, observations=figures, files={"synthetic": "1"})


def loaded(store: Store, *rows: str) -> int:
    found = load(store, Settings(), [lines(*rows)], **WHO)
    assert found.release, (found.problems, found.refused)
    return found.release


def test_a_changed_figure_says_when_and_what_it_was(small, tmp_path):
    store = store_of(small, tmp_path)
    first = store.published()
    assert store.before(first) is None and not store.revisions(first)
    second = loaded(store, POPULATION.format(65000), POPULATION.format(64000).replace("2024-25", "2011-12"))
    found = store.revisions(second)
    key = ("children_population", HOME, "2024-25", "", "", "ons_mye_2024")
    on = store.loaded_at(second).date()
    assert dict(found.figures) == {key: Revised(on, 64910.0, 65000.0)}
    assert found.against == first and found.new == {"children_population": 1} and not found.gone
    catalogue = store.catalogue(second)
    indicator = catalogue.indicators["children_population"]
    summary = summarise(indicator, read({"to": "2024-25"}, catalogue, HOME), Figures.of(store, second))
    assert summary.revised == found.figures[key]
    (row,) = [r for r in of_trend(summary) if r["changed"]]
    said = f"changed on {on.day} {on:%B %Y}: was 64,910"
    assert (row["area"], row["period"], row["changed"]) == ("Stockport", "2024-25", said)
    later = loaded(store, POPULATION.format(66000))
    assert [r.was for r in store.revisions(later).figures.values()] == [65000.0]


def test_pages_and_files_say_it_and_after_going_back_they_do_not(small, tmp_path):
    store = store_of(small, tmp_path)
    first, second = store.published(), loaded(store, POPULATION.format(65000))
    with asking(store) as client:
        page = client.get("/data").get_data(as_text=True)
        assert f"Changed since release {first}" in page and "1 figure changed, 0 new, 0 gone" in page
        assert 'data-revised="children_population"' in page and "64,910" in page
        assert "changed on" not in client.get("/data?area=E08000003").get_data(as_text=True)
        for path in ("/indicator/children_population", "/context"):
            assert "hanged on " in client.get(path).get_data(as_text=True), path
        data = client.get("/api/indicator/children_population.json").get_json()
        assert data["revised"].endswith(": was 64,910")
        text = client.get("/api/indicator/children_population.csv").get_data(as_text=True)
        assert text.splitlines()[0].endswith(",changed,release") and "was 64,910" in text
        table = client.get("/api/chart/children_population/trend.csv").get_data(as_text=True)
        assert "was 64,910" in table
    store.publish(first, "An analyst", "back")
    assert store.published() == first and second
    with asking(store) as client:
        for path in ("/data", "/indicator/children_population", "/api/indicator/children_population.csv"):
            answer = client.get(path)
            assert answer.status_code == 200 and "hanged on " not in answer.get_data(as_text=True)


@pytest.mark.parametrize("now", [(50, 4, 8), (40, 12, 30)])
def test_of_what_is_or_was_hidden_nobody_learns_that_it_changed(local, tmp_path, now):
    for sees, rules in ((False, Rules()), (True, Rules(partners_see=True))):
        folder = tmp_path / str(sees)
        folder.mkdir()
        store = store_of(local, folder, rules)
        second = loaded(store, LOCAL.format(*now))
        assert store.difference(store.before(second), second)[0].changed == 1
        assert not store.revisions(second).figures and not store.revisions(second)
        assert bool(store.revisions(second, Audience.PARTNERS).figures) is sees
        with asking(store) as client:
            for path in ("/data", "/indicator/cpp_subsequent_pct", "/child-protection"):
                answer = client.get(path)
                page = answer.get_data(as_text=True)
                assert answer.status_code == 200
                assert "hanged on " not in page and "Changed since" not in page and "37.5" not in page


def differing(*rows: Change) -> dict[str, Apart]:
    return {"i": Apart(rows, 0, 0, 0)}


def test_another_edition_of_a_figure_is_the_same_figure():
    old = Change("i", "a", "p", "", "", "new", 28.0, "ok", 30.0, "ok", "old")
    indicator = {"i": type("I", (), {"decimals": 1})()}
    found = revisions(differing(old), indicator, (), (), 1, None)
    assert list(found.figures) == [("i", "a", "p", "", "", "new")]
    assert not revisions(differing(old), indicator, (), {old.key_before}, 1, None).figures
    assert not revisions(differing(old), indicator, {old.key}, (), 1, None).figures
    assert not revisions(differing(replace(old, after=28.04)), indicator, (), (), 1, None).figures
    found = revisions({"i": Apart((), 1, 1, 0)}, indicator, (), (), 1, None)
    assert found.new == found.gone == {"i": 1} and not found.figures


def test_a_figure_that_came_or_went_without_a_value_has_changed():
    indicator = {"i": type("I", (), {"decimals": 1})()}
    one = Change("i", "a", "p", "", "", "s", None, "c", 30.0, "ok", "s")
    (revised,) = revisions(differing(one), indicator, (), (), 1, None).figures.values()
    assert revised == Revised(None, None, 30.0)
    same = replace(one, after=None, after_status="c")
    assert not revisions(differing(same), indicator, (), (), 1, None).figures
