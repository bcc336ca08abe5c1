"""One contract for both engines, on real servers: SQLite in a file, PostgreSQL, from a wheel if need be."""

import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from safeguarding import loader
from safeguarding.disclosure.small_counts import hide_small
from safeguarding.loader import Folder
from safeguarding.store.releases import Store
from safeguarding.store.tables import Observation, Source
from safeguarding.vocabulary import Status

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder with the population figures alone, so that each contract test is quick."""
    folder = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("small") / "data"))
    for path in folder.glob("observations/*.csv"):
        if path.name != "population.csv":
            path.write_text(path.read_text().splitlines()[0] + "\n")
    return loader.read(folder)


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
    store.publish(1)
    third = store.load_folder(replace(newer(small), files={"areas.csv": "1" * 64}), "a test", "third")
    assert (third.release_id, third.new, third.published) == (3, True, False)
    assert store.published() == 1


def test_an_unknown_release_cannot_be_published(url, small):
    store = Store(url)
    store.load_folder(small, "a test", "first")
    with pytest.raises(KeyError, match="no release 9"):
        store.publish(9)
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


LOCAL = Source("local", "p", "t", "e", "", "", "l", "s", False, "")
PUBLIC = replace(LOCAL, already_public=True)


def figure(
    value: float | None, numerator: float | None = None, denominator: float | None = None
) -> Observation:
    from datetime import date

    status = Status.OK if value is not None else Status.C
    return Observation(
        "i",
        "a",
        "2018-19",
        date(2018, 4, 1),
        date(2019, 3, 31),
        value,
        status,
        False,
        numerator,
        denominator,
        "local",
    )


@pytest.mark.parametrize("count, hidden", [(0, False), (1, True), (5, True), (6, False)])
def test_a_local_count_of_1_to_5_is_hidden_and_a_true_nought_is_not(catalogue, count, hidden):
    shown = hide_small(figure(float(count)), catalogue.indicators["uasc_count"], LOCAL)
    assert (shown.value is None) == hidden
    assert shown.status is (Status.C_PRIMARY if hidden else Status.OK)


@pytest.mark.parametrize(
    "numerator, denominator, hidden",
    [(3, 100, True), (97, 100, True), (50, 100, False), (0, 100, False), (100, 100, False)],
)
def test_a_share_that_rests_on_a_small_count_goes_with_it(catalogue, numerator, denominator, hidden):
    share = figure(100 * numerator / denominator, numerator, denominator)
    shown = hide_small(share, catalogue.indicators["rereferrals_pct"], LOCAL)
    assert (shown.value is None) == hidden
    if hidden:
        assert shown.numerator is None and shown.denominator is None


def test_what_anyone_can_read_already_is_left_as_it_is(catalogue):
    assert hide_small(figure(2.0), catalogue.indicators["uasc_count"], PUBLIC).value == 2.0
