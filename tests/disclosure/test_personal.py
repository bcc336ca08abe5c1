"""What reads like a child's particulars is refused; what a meeting says of figures is kept."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.disclosure.personal import is_nhs_number, refusal
from tests.conftest import taken_down


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
    assert said in why and why.rstrip().endswith((".", "250,000.")) and "never about a person" in why


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


@pytest.mark.parametrize("number", ["943 476 5919", "401 023 2137", "987 654 4322", "450 557 7104"])
def test_an_nhs_number_is_known_by_its_check_digit(number):
    """943 476 5919 is the NHS Data Dictionary's own example; of ten last digits one is right, or none."""
    assert is_nhs_number(number) and "NHS number" in refusal(f"seen {number} today")
    others = [number[:-1] + str(d) for d in range(10) if str(d) != number[-1]]
    assert not any(map(is_nhs_number, others))
    assert not any("NHS number" in refusal(f"seen {other} today") for other in others)


@given(st.integers(1, 999_999_999), st.sampled_from(["", " ", "-", ".", "\u00a0", "/", "\u2009"]))
def test_every_nhs_number_is_refused_however_it_is_written(first, gap):
    text = f"{first:09d}"
    (last,) = [str(d) for d in range(10) if is_nhs_number(text + str(d))] or [""]
    number = text + last
    written = f"{number[:3]}{gap}{number[3:6]}{gap}{number[6:]}"
    assert not last or refusal(f"seen {written} today")


@given(st.text(max_size=300))
def test_no_text_makes_the_check_fail(text):
    assert isinstance(refusal(text), str)


PERSON, DAY = "Jane Smith", "3/4/2012"


@pytest.mark.parametrize(
    "between, refused",
    [(1, True), (39, True), (40, True), (41, False), (60, False)],
)
def test_a_name_and_a_date_up_to_40_characters_apart_read_as_one_persons(between, refused):
    gap = ("," + " " * between)[:between]
    for text in (f"{PERSON}{gap}{DAY}", f"{DAY}{gap}{PERSON}"):
        assert bool(refusal(text)) == refused, text


@pytest.mark.parametrize(
    "text, refused",
    [
        # a name without a date and a date without a name are kept: no list of names is held
        ("Jane Smith was discussed", False),
        ("Discussed on 3 April 2012", False),
        # a body, a place or a process is no person
        ("Greater Manchester Police, 3/4/2012", False),
        ("Early Help Team on 3 April 2026", False),
        # one date far away and one beside it: the near one counts
        ("3/4/2012" + " x" * 40 + " Jane Smith 4/5/2013", True),
        # of two names the second is a person's
        ("Safeguarding Board 3/4/2012 on Jane Smith", True),
        # a month is part of a date, and no name
        ("3 April 2012, 4 May 2013", False),
        # digits side by side: ten are an NHS number, six a case; with commas they are a figure
        ("12345", False),
        ("123456", True),
        ("123,456", False),
        ("1234567890", True),
        ("case 123", False),
        ("case 1234", True),
        ("The case for 1234 places", False),
        ("dob", True),
        ("newborns: born in 2012", True),
        ("stubborn figures", False),
    ],
)
def test_what_tells_a_person_from_a_figure(text, refused):
    assert bool(refusal(text)) == refused


@pytest.mark.parametrize("letter, upn", [("Z", True), ("h", True), ("I", False), ("O", False), ("S", False)])
def test_a_unique_pupil_number_begins_with_a_letter_that_they_use(letter, upn):
    assert ("unique pupil number" in refusal(f"{letter}12345678901B")) == upn


TODAY = date(2026, 11, 26)
PHRASES = taken_down("phrases.csv")


@pytest.mark.parametrize("kept", ["written with", "kept apart"])
@pytest.mark.parametrize("kind, wrong", [("personal", "accepted"), ("harmless", "refused")])
def test_of_the_phrases_at_most_one_in_twenty_is_taken_for_what_it_is_not(kept, kind, wrong):
    """The rates that docs/security.md states, on phrases that the rules were written with and on others."""
    own = [r["text"] for r in PHRASES if (r["set"], r["kind"]) == (kept, kind)]
    failing = [text for text in own if bool(refusal(text, today=TODAY)) != (kind == "personal")]
    assert len(own) >= (20 if kept == "written with" else 80)
    assert len(failing) <= (0 if kept == "written with" else 0.05 * len(own)), f"{wrong}: {failing}"


def test_a_member_of_staff_may_be_named_who_owns_the_action():
    text = "Jane Smith reported on 3 April 2025"
    assert refusal(text, today=TODAY) and not refusal(text, ["Jane Smith"], today=TODAY)
    assert refusal(f"{text}, with Tom Cole, 3/4/2012", ["Jane Smith"], today=TODAY)
    assert refusal("Jane Smith, dob 3/4/2012", ["Jane Smith"], today=TODAY), "a birth is a birth"


def test_a_date_ahead_or_without_its_year_is_nobodys_birthday():
    assert refusal("Jane Smith, 3 April 2025", today=TODAY)
    for day in ("3 April", "3 April 2027", "27 November 2026"):
        assert refusal(f"Jane Smith, {day}", today=TODAY) == ""
        assert refusal(f"Jane Smith went missing, {day}", today=TODAY)


def test_words_of_a_place_are_no_name():
    assert refusal("Kirkby Lonsdale, 3 April 2025", today=TODAY)
    assert refusal("Kirkby Lonsdale, 3 April 2025", places={"kirkby", "lonsdale"}, today=TODAY) == ""


@pytest.mark.parametrize(
    "text",
    ["Jane Smith was discussed", "the twins in year 9", "the boy from Mill Lane", "chloe’s mother rang"],
)
def test_what_no_pattern_can_see_is_said_beside_the_form(text):
    """These pass: the promise ends here, and the form says so."""
    assert refusal(text, today=TODAY) == ""
