"""What reads like a child's particulars is refused; what a meeting says of figures is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.disclosure.personal import refusal


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
