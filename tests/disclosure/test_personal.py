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
