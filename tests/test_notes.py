"""Notes and actions: kept on both engines, refused where they read like a child's particulars."""

import threading
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.disclosure.personal import refusal
from safeguarding.store.notes import LONGEST, NOTE, Draft, Notes, Refused, problems_of
from safeguarding.store.releases import Store
from tests.conftest import HOME

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


@pytest.fixture
def notes(url, folder) -> Notes:
    opened = Store(url)
    opened.load_folder(folder, "tests", "the bundled figures")
    return Notes(opened)


def draft(**changed: object) -> Draft:
    return Draft.read({**WRITTEN, **changed})


def test_an_action_is_written_done_reopened_and_removed(notes, catalogue):
    assert notes.revision() == 0 and notes.about(HOME) == []
    written = notes.write(draft(), catalogue)
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
    assert notes.reopen(written.note_id).open
    notes.remove(written.note_id, "Chair")
    assert notes.about(HOME) == [] and notes.revision() == 4
    with pytest.raises(KeyError):
        notes.get(written.note_id)
    with notes.store.engine.connect() as connection:
        (row,) = connection.execute(sa.select(NOTE)).all()
    assert (row.text, row.owner, row.author, row.removed_by) == ("", "", "", "Chair"), (
        "the words are gone, who removed them is kept"
    )


def test_notes_are_found_by_indicator_and_by_day_newest_first(notes, catalogue):
    for indicator_id, period in (("cla_rate", "2018-19"), ("cpp_rate", "2024-25"), ("cla_rate", "2024-25")):
        notes.write(draft(indicator_id=indicator_id, period=period, kind="note"), catalogue)
    assert [n.note_id for n in notes.about(HOME)] == [3, 2, 1]
    assert [n.note_id for n in notes.about(HOME, ["cla_rate"])] == [3, 1]
    assert [n.note_id for n in notes.about(HOME, until=date(2019, 3, 31))] == [1]
    assert notes.about("E08000003") == []
    assert notes.get(1).owner == "" and notes.get(1).due is None, "a note has no owner"


def test_no_load_and_no_rollback_loses_a_note(notes, catalogue, folder):
    from dataclasses import replace

    notes.write(draft(), catalogue)
    store = notes.store
    assert store.load_folder(replace(folder, files={"changed": "1"}), "tests", "again").release_id == 2
    store.publish(1)
    assert [
        n.text for n in Notes(Store(store.engine.url.render_as_string(hide_password=False))).about(HOME)
    ] == [WRITTEN["text"]]


def test_notes_written_at_once_are_all_kept(notes, catalogue):
    threads = [
        threading.Thread(
            target=notes.write, args=(draft(kind="note", text=f"Point {k} of the meeting"), catalogue)
        )
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
        notes.write(bad, catalogue)
    assert len(refused.value.problems) == 6 and notes.about("y") == [] and notes.revision() == 0
    assert problems_of(draft(owner="", due="soon"), catalogue) == [
        "Give the action an owner: a role or a team.",
        "Give the day the action is due.",
    ]
    assert problems_of(draft(kind="note", owner="", due=""), catalogue) == []
    assert "Shorten it" in problems_of(draft(text="a" * (LONGEST + 1)), catalogue)[0]
    for attempt in (
        lambda: notes.finish(9, "Chair"),
        lambda: notes.reopen(9),
        lambda: notes.remove(9, "Chair"),
    ):
        with pytest.raises(KeyError):
            attempt()
    with pytest.raises(Refused):
        notes.finish(1, "  ")


def test_a_form_may_send_anything(catalogue):
    read = Draft.read({"text": ["a"], "author": 3, "kind": None, "more": "x", "owner": "a\x00b\u202e"})
    assert read.text == read.author == read.kind == "" and read.owner == "ab"


@pytest.mark.parametrize(
    "text, said",
    [
        ("Jane Smith 03/04/2012 was discussed", "Jane Smith"),
        ("Discussed Jane Smith (born in spring)", "birth"),
        ("The case of J.S. (3.4.12)", "J.S."),
        ("JS, DOB 2012-04-03", "DOB"),
        ("Mary-Ann O’Neill, 3 April 2012", "Mary-Ann O’Neill"),
        ("3rd Apr 2012: Jane Smith", "Jane Smith"),
        ("d.o.b. unknown", "d.o.b."),
        ("date of birth to follow", "date of birth"),
        ("Weston Carey, 3/4/2012", "Weston Carey"),
        ("April Jones 12 May 2014", "April Jones"),
        ("NHS 943 476 5919", "NHS number"),
        ("9434765919", "NHS number"),
        ("943-476-5919 again", "NHS number"),
        ("UPN A123456789012", "unique pupil number"),
        ("h12345678901b", "unique pupil number"),
        ("See case no. 12345", "case number"),
        ("LCS 123456", "case number"),
        ("ref: SC-20419", "case number"),
        ("child 4471", "case number"),
        ("1234567 is the file", "case number"),
    ],
)
def test_particulars_of_a_child_are_refused_with_a_sentence(text, said):
    why = refusal(text)
    assert said in why and why.rstrip().endswith((".", "250,000.")) and "never about a child" in why


@pytest.mark.parametrize(
    "text",
    [
        "The rise since 2019 follows the new recording practice; see the audit of 18 December 2026.",
        "Quality Assurance Partnership, 3 March 2026: agreed to audit 20 closed cases.",
        "28.0% in 2024-25 against 24.5% in England, and 26.1% among the neighbours.",
        "Referrals: 3,514 in 2018-19, 1,234,567 pounds in all.",
        "Greater Manchester Police to report by 31 January 2027.",
        "Case file audit of 40 plans due in Quarter 2.",
        "Head of Early Help to bring figures for 2023-24 and 2024-25 on 12/01/2027",
        "Telephone 0161 474 5657 for the team",
        "",
    ],
)
def test_what_a_meeting_says_of_figures_is_kept(text):
    assert refusal(text) == ""


@given(st.integers(1, 999), st.integers(0, 999), st.integers(0, 9999), st.sampled_from(["", " ", "-"]))
def test_every_number_of_an_nhs_number_is_refused(first, second, third, gap):
    assert refusal(f"seen {first:03d}{gap}{second:03d}{gap}{third:04d} today")


@given(st.text(max_size=300))
def test_no_text_makes_the_check_fail(text):
    assert isinstance(refusal(text), str)
