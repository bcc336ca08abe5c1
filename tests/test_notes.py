"""Notes and actions: kept on both engines, refused where they read like a child's particulars."""

import threading
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.loader import Folder
from safeguarding.refused import Refused
from safeguarding.store.copies import back_up
from safeguarding.store.drafts import LONGEST, LONGEST_NAME, Draft, problems_of, signed
from safeguarding.store.notes import Notes
from safeguarding.store.releases import Store
from safeguarding.store.schema import NOTE, NOTE_CHANGE
from tests.conftest import HOME

pytestmark = pytest.mark.slow  # seconds each: whole releases, documents, pictures

WRITTEN = {
    "indicator_id": "cla_rate",
    "area_code": HOME,
    "period": "2024-25",
    "kind": "action",
    "text": "Ask the placements team what is behind the rise.",
    "owner": "Head of placements",
    "due": "2026-12-18",
    "author": "Chair",
}


HELD = {"2024-25"}


@pytest.fixture(scope="module")
def few(folder) -> Folder:
    """The bundled figures of what notes are written about here, so that each test is quick."""
    about = folder.observations["indicator_id"].isin(["cla_rate", "cpp_rate"])
    return replace(folder, observations=folder.observations[about].reset_index(drop=True))


@pytest.fixture
def notes(url, few) -> Notes:
    opened = Store(url)
    opened.load_folder(few, "tests", "some of the bundled figures")
    return Notes(opened)


def draft(**changed: object) -> Draft:
    return Draft.read({**WRITTEN, **changed})


def test_an_action_is_written_done_reopened_and_removed(notes, catalogue):
    assert notes.revision() == 0 and notes.about(HOME) == []
    written = notes.write(draft())
    assert (written.text, written.owner, written.due, written.author) == (
        WRITTEN["text"],
        "Head of placements",
        date(2026, 12, 18),
        "Chair",
    )
    assert written.open and written.overdue(date(2026, 12, 19)) and not written.overdue(date(2026, 12, 18))
    done = notes.finish(written.note_id, " Chair ")
    assert (
        not done.open
        and done.done_by == "Chair"
        and done.done_at is not None
        and not done.overdue(date(2030, 1, 1))
    )
    assert notes.reopen(written.note_id, "Chair").open
    gone = notes.remove(written.note_id, "Chair")
    assert (gone.text, gone.owner, gone.author, gone.removed_by, gone.open) == ("", "", "", "Chair", False)
    assert notes.about(HOME) == [] and notes.revision() == 4
    with pytest.raises(KeyError):
        notes.get(written.note_id)


def test_a_removal_can_be_undone_for_a_month_and_then_the_words_are_gone(notes):
    for k in (1, 2):
        notes.write(draft(text=f"Point {k}"))
        notes.remove(k, "A stranger")
    assert [(n.note_id, n.text, n.removed_by) for n in notes.removed(HOME, ["cla_rate"])] == [
        *((k, "", "A stranger") for k in (2, 1))
    ]
    assert notes.removed(HOME, ["cpp_rate"]) == notes.removed("E08000003", ["cla_rate"]) == []
    for attempt in (lambda: notes.finish(1, "Chair"), lambda: notes.remove(1, "Chair")):
        with pytest.raises(KeyError):
            attempt()
    assert notes.restore(1, "Chair") == notes.get(1) and notes.get(1).text == "Point 1"
    with pytest.raises(KeyError):
        notes.restore(1, "Chair")
    with notes.store.writing() as connection:
        connection.execute(
            sa.update(NOTE).where(NOTE.c.note_id == 2).values(removed_at="2026-01-01T00:00:00+00:00")
        )
    with pytest.raises(KeyError):
        notes.restore(2, "Chair")
    assert notes.removed(HOME, ["cla_rate"]) == []


@pytest.mark.parametrize("by", ["a change", "a note", "a backup", "a start"])
def test_the_words_of_a_note_that_was_removed_are_overwritten_after_a_month(notes, tmp_path, by):
    for k in (1, 2, 3):
        notes.write(draft(text=f"Point {k}"))
    for k in (2, 3):
        notes.remove(k, "A stranger")
    long_ago = {"removed_at": "2026-01-01T00:00:00+00:00"}
    with notes.store.writing() as connection:
        connection.execute(sa.update(NOTE).where(NOTE.c.note_id == 2).values(**long_ago))
    ways = {
        "a change": lambda: notes.remove(1, "Chair"),
        "a note": lambda: notes.write(draft()),
        "a backup": lambda: back_up(notes.store, tmp_path / "copy.sqlite"),
        "a start": notes.overwrite_removed,
    }
    ways[by]()
    held = Store(f"sqlite:///{tmp_path / 'copy.sqlite'}") if by == "a backup" else notes.store
    with held.engine.connect() as connection:
        second, third = connection.execute(sa.select(NOTE).where(NOTE.c.note_id.in_([2, 3]))).all()
    assert (second.text, second.owner, second.author, second.removed_by) == ("", "", "", "A stranger")
    assert third.text == "Point 3", "not before"


def test_the_journal_says_who_did_what_and_holds_no_words(notes):
    written = notes.write(draft())
    for what in (notes.finish, notes.reopen, notes.remove, notes.restore):
        what(written.note_id, "Head of service")
    lines = notes.journal()
    assert [(n.number, n.note_id, n.area_code, n.what, n.author) for n in lines] == [
        (1, 1, HOME, "write", "Chair"),
        *(
            (k, 1, HOME, what, "Head of service")
            for k, what in enumerate(("done", "reopen", "remove", "restore"), start=2)
        ),
    ]
    assert all(n.made_at.tzinfo for n in lines) and not any(WRITTEN["text"] in str(n) for n in lines)


def test_so_many_a_day_are_written_and_removed_about_an_area_and_no_more(notes, monkeypatch):
    """The review erased 640 notes in five seconds."""
    monkeypatch.setattr("safeguarding.store.notes.MOST_A_DAY", 3)
    for k in range(3):
        notes.write(draft(text=f"Point {k}"))
    with pytest.raises(Refused, match="3 notes have been written about this area today"):
        notes.write(draft())
    notes.write(draft(area_code="E08000003"))
    for k in (1, 2, 3):
        notes.remove(k, "A stranger")
    notes.restore(3, "Chair")
    with pytest.raises(Refused, match="3 notes have been removed about this area today"):
        notes.remove(3, "A stranger")
    assert notes.get(3).text == "Point 2", "what is refused changes nothing"
    with notes.store.writing() as connection:
        connection.execute(sa.update(NOTE_CHANGE).values(made_at="2026-01-01T00:00:00+00:00"))
    assert notes.write(draft()).note_id == 5, "tomorrow"


def test_notes_are_found_by_indicator_and_by_day_newest_first(notes, catalogue):
    for indicator_id, period in (("cla_rate", "2018-19"), ("cpp_rate", "2024-25"), ("cla_rate", "2024-25")):
        notes.write(draft(indicator_id=indicator_id, period=period, kind="note"))
    assert [n.note_id for n in notes.about(HOME)] == [3, 2, 1]
    assert [n.note_id for n in notes.about(HOME, ["cla_rate"])] == [3, 1]
    assert [n.note_id for n in notes.about(HOME, until=date(2019, 3, 31))] == [1]
    assert notes.about("E08000003") == []
    assert notes.get(1).owner == "" and notes.get(1).due is None, "a note has no owner"


def test_no_load_and_no_rollback_loses_a_note(notes, catalogue, few):
    notes.write(draft())
    store = notes.store
    assert store.load_folder(replace(few, files={"changed": "1"}), "tests", "again").release_id == 2
    store.publish(1, "a test", "rolled back")
    assert [
        n.text for n in Notes(Store(store.engine.url.render_as_string(hide_password=False))).about(HOME)
    ] == [WRITTEN["text"]]


def test_notes_written_at_once_are_all_kept(notes, catalogue):
    threads = [
        threading.Thread(target=notes.write, args=(draft(kind="note", text=f"Point {k} of the meeting"),))
        for k in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (
        sorted(n.text for n in notes.about(HOME)) == sorted(f"Point {k} of the meeting" for k in range(8))
        and notes.revision() == 8
    )


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_kept(notes, catalogue):
    bad = draft(indicator_id="x", area_code="y", period="2018", kind="poem", text="", author="")
    with pytest.raises(Refused) as refused:
        notes.write(bad)
    assert len(refused.value.problems) == 6 and notes.about("y") == [] and notes.revision() == 0
    assert problems_of(draft(owner="", due="soon"), catalogue, HELD) == [
        "Give the action an owner: a role or a team.",
        "Give the day the action is due, written 2026-12-31.",
    ]
    assert problems_of(draft(kind="note", owner="", due=""), catalogue, HELD) == []
    assert "Shorten it" in problems_of(draft(text="a" * (LONGEST + 1)), catalogue, HELD)[0]
    for attempt in (
        lambda: notes.finish(9, "Chair"),
        lambda: notes.reopen(9, "Chair"),
        lambda: notes.remove(9, "Chair"),
    ):
        with pytest.raises(KeyError):
            attempt()
    with pytest.raises(Refused):
        notes.finish(1, "  ")


def test_a_note_is_about_a_figure_that_is_held(notes):
    said = ["The note names no period, such as 2024-25, for which that figure is held."]
    for period in ("9999-00", "0000-01-Q1", "1990-91", "2024-25-Q1", "undated", "２０２４-２５", ""):
        with pytest.raises(Refused) as refused:
            notes.write(draft(period=period))
        assert refused.value.problems == said, period
    with pytest.raises(Refused) as refused:
        notes.write(draft(area_code="E08000099"))
    assert refused.value.problems == ["The note names no area that is held.", *said]
    assert notes.revision() == 0


def test_a_stored_note_whose_period_nobody_can_read_is_left_out_and_can_be_removed(notes):
    """One such as an earlier version let in. Pages of every year go on."""
    kept = notes.write(draft())
    with notes.store.writing() as connection:
        row = connection.execute(sa.select(NOTE)).one()._asdict()
        connection.execute(sa.insert(NOTE), [{**row, "note_id": 2, "period": "9999-00", "revision": 2}])
    for until in (None, date(2019, 3, 31), date(2030, 3, 31)):
        assert [n.note_id for n in notes.about(HOME, until=until)] == (
            [] if until == date(2019, 3, 31) else [kept.note_id]
        )
    with pytest.raises(KeyError):
        notes.get(2)
    notes.remove(2, "Chair")
    assert notes.revision() == 3


@pytest.mark.parametrize("number", [0, -1, 2, 2**31 - 1, 2**31, 2**63, 2**64, -(2**63) - 1, 10**30])
def test_no_number_is_too_large_to_be_no_note(notes, number):
    notes.write(draft())
    for attempt in (
        lambda: notes.get(number),
        lambda: notes.finish(number, "Chair"),
        lambda: notes.reopen(number, "Chair"),
        lambda: notes.remove(number, "Chair"),
    ):
        with pytest.raises(KeyError):
            attempt()
    assert [n.note_id for n in notes.about(HOME)] == [1] and notes.revision() == 1


def test_only_an_action_is_finished(notes):
    written = notes.write(draft(kind="note"))
    assert not written.open and not written.overdue(date(2030, 1, 1))
    for attempt in (
        lambda: notes.finish(written.note_id, "Chair"),
        lambda: notes.reopen(written.note_id, "Chair"),
    ):
        with pytest.raises(KeyError):
            attempt()


def test_nothing_is_written_before_the_first_load(url):
    with pytest.raises(LookupError):
        Notes(Store(url)).write(draft())


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Jane Smith 03/04/2012 was discussed"},
        {"owner": "Jane Smith, 03/04/2012"},
        {"author": "Jane Smith, born in spring"},
    ],
)
def test_a_childs_particulars_are_refused_in_whatever_field_they_stand(catalogue, changed):
    (why,) = problems_of(draft(**changed), catalogue, HELD)
    assert "never about a person" in why


def test_what_is_refused_in_two_fields_for_one_reason_is_said_once(catalogue):
    twice = draft(owner="Jane Smith, 03/04/2012", author="Jane Smith, 03/04/2012")
    assert len(problems_of(twice, catalogue, HELD)) == 1


def test_texts_and_names_have_a_longest_length(catalogue):
    assert problems_of(draft(text="a" * LONGEST), catalogue, HELD) == []
    assert problems_of(draft(author="a" * LONGEST_NAME, owner="b" * LONGEST_NAME), catalogue, HELD) == []
    for name in ("author", "owner"):
        assert problems_of(draft(**{name: "a" * (LONGEST_NAME + 1)}), catalogue, HELD) == [
            "Names have at most 100 characters."
        ]


def test_a_change_is_signed_with_a_name():
    assert signed(" The \x00Chair ") == "The Chair" and signed("a" * LONGEST_NAME)
    for by in ("", "  ", None, 7, ["Chair"], "a" * (LONGEST_NAME + 1), "Jane Smith, 03/04/2012"):
        with pytest.raises(Refused):
            signed(by)


@pytest.mark.parametrize("due", ["soon", "", "20261218", "2026-W51-5", "2026-02-30", "２０２６-12-18"])
def test_an_action_is_due_on_a_day(catalogue, due):
    assert problems_of(draft(due=due), catalogue, HELD) == [
        "Give the day the action is due, written 2026-12-31."
    ]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*WRITTEN, "more"]) | st.text(max_size=5), ANYTHING))
def test_no_form_whatever_makes_drafting_fail(catalogue, form):
    sent = Draft.read(form)
    assert all(isinstance(p, str) and p for p in problems_of(sent, catalogue, HELD))
    assert all(isinstance(p, str) for p in problems_of(Draft.read({**WRITTEN, **form}), catalogue, HELD))


def test_a_form_may_send_anything(catalogue):
    read = Draft.read({"text": ["a"], "author": 3, "kind": None, "more": "x", "owner": "a\x00b\u202e"})
    assert read.text == read.author == read.kind == "" and read.owner == "ab"
