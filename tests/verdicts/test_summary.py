"""The summary: what is flagged, what it draws, what a theme and a headline say of it. Made-up figures."""

import pytest

from safeguarding.sentences import headline, theme_sentence
from safeguarding.store.tables import ENGLAND
from safeguarding.summaries import difference_from_england
from safeguarding.vocabulary import Status
from tests.verdicts.made import made, quarters, years

RISING = ((100, 1000), (150, 1000), (200, 1000), (250, 1000), (300, 1000))
FLAT = ((101, 1000), (100, 1000), (101, 1000), (100, 1000), (101, 1000))
STRICT = "T1 green_at=1; red_at=2"
MILD = "T1 green_at=90; red_at=95"
# figures, England, rule: each reason alone, all of them, none
FLAGS = {
    "outside tolerance": (years(*FLAT), None, STRICT),
    "worse than England": (years(*FLAT), years(5), MILD),
    "worsening": (years(*RISING), years(30), MILD),
    "outside tolerance and worse than England": (years(*RISING), years(5), STRICT),
}


@pytest.mark.parametrize("why", FLAGS)
def test_each_reason_flags_by_itself(why):
    own, england, rule = FLAGS[why]
    one = made(own, {ENGLAND: england or {}}, rule=rule)
    assert one.flagged
    within = int(rule == MILD)
    are = "is" if within else "are"
    assert theme_sentence([one]) == (
        f"Aville: {within} of the 1 indicators that have a tolerance {are} within it. "
        f"Flagged: made up ({why})."
    )


@pytest.mark.parametrize(
    "own, england, more",
    [
        (years(*FLAT), years(10), {"rule": MILD}),
        (years(*FLAT), years(20), {"rule": MILD}),
        (years(*RISING), years(5), {"polarity": "neutral"}),
        (years(*RISING[::-1]), years(30), {"rule": "T1 green_at=1; red_at=95"}),
        ("c", 1, {"rule": STRICT}),
        (20, 1, {"rule": STRICT, "to": "2026-27"}),
        (None, 1, {"rule": STRICT}),
    ],
)
def test_what_is_near_similar_or_not_judged_is_not_flagged(own, england, more):
    assert not made(own, {ENGLAND: england}, **more).flagged


def test_a_neutral_indicator_is_flagged_outside_its_band():
    one = made(50, rule="T5 low_red=10; low_amber=20; high_amber=30; high_red=40", polarity="neutral")
    assert one.flagged and theme_sentence([one]).endswith("(outside the usual range).")


def test_a_theme_names_four_of_what_is_flagged_and_counts_the_rest():
    titles = ("Title 0", "SDQ score", "A title", "Re-referrals", "More", "Most")
    flagged = [made(20, rule=STRICT, short_title=title) for title in titles]
    calm = made(20, rule=MILD)
    said = theme_sentence([*flagged, calm, calm])
    assert said.startswith(
        "Aville: 2 of the 8 indicators that have a tolerance are within it. Flagged: title 0 ("
    )
    out = "(outside tolerance)"
    assert f"title 0 {out}, SDQ score {out}, a title {out}, re-referrals {out} and 2 more." in said
    assert theme_sentence(flagged[:4]).endswith(f"a title {out} and re-referrals {out}.")
    assert theme_sentence([calm]).endswith("Nothing is flagged.")
    none = "None of these 1 indicators has a tolerance that can be judged for Aville in this view."
    assert theme_sentence([made(20)]) == none


@pytest.mark.parametrize(
    "own, england, more, said",
    [
        (
            years(*RISING),
            years(5),
            {"rule": STRICT},
            "Made up: outside tolerance, worse than England, worsening",
        ),
        (
            years(*RISING),
            years(5),
            {"rule": STRICT, "short_title": "A title of five words"},
            "A title of five words: worse than England, worsening",
        ),
        (
            years(*FLAT),
            years(10),
            {"short_title": "A title of six whole words"},
            "A title of six whole words: similar to England",
        ),
        (years(*FLAT), years(10), {}, "Made up: similar to England, no clear change"),
        (
            years(*RISING),
            years(5),
            {"short_title": "A title of six whole words"},
            "A title of six whole words: worse than England, worsening",
        ),
        (
            years(*RISING),
            years(5),
            {"short_title": "A title of seven words and more"},
            "A title of seven words and more: worse than England",
        ),
        (
            years(*FLAT),
            years(10),
            {"rule": STRICT, "short_title": "A title of six words here"},
            "A title of six words here: outside tolerance",
        ),
        (20, None, {}, "Made up, Aville, 2024-25"),
        (
            20,
            None,
            {"short_title": "A title of eight words, one after another"},
            "A title of eight words, one after another, Aville, 2024-25",
        ),
        (
            20,
            None,
            {"short_title": "This title has as many as nine whole words"},
            "This title has as many as nine whole words, Aville",
        ),
        (years(18, 19, 20), None, {}, "Made up, Aville, 2022-23 to 2024-25"),
        (years(17, 18, 19, 20), None, {}, "Made up, Aville, 2021-22 to 2024-25"),
        (years(19, 20), None, {}, "Made up, Aville, 2023-24 to 2024-25"),
        (
            years(19, 20),
            None,
            {"short_title": "A title of seven words and more"},
            "A title of seven words and more, Aville",
        ),
        (20, None, {"short_title": "One two three four five six seven eight nine ten"}, None),
        (
            20,
            None,
            {"rule": "T5 low_red=1; low_amber=2; high_amber=3; high_red=4"},
            "Made up: outside usual range",
        ),
        ("c", None, {}, "Made up: hidden to protect identity"),
        ("x", None, {}, "Made up: not available"),
        (None, None, {}, "Made up: no figure held"),
        (20, None, {"to": "2026-27"}, "Made up: last known figure"),
    ],
)
def test_a_headline_says_the_finding_in_ten_words(own, england, more, said):
    found = headline(made(own, {ENGLAND: england or {}}, **more))
    assert found == (said or more["short_title"]) and len(found.split()) <= 10


@pytest.mark.parametrize(
    "own, england, more, said",
    [
        (20, None, {}, "Made up: nothing held in these years"),
        (20, None, {"unit": "count", "decimals": "0"}, "Made up: nothing held in these years"),
        (20, None, {"unit": "score"}, "Made up: nothing held in these years"),
        (20, None, {"short_title": "A title of six whole words"}, "A title of six whole words: nothing held"),
        ((20, 100), 5, {}, "Made up: worse than England"),
        ((20, 100), 5, {"rule": STRICT}, "Made up: outside tolerance, worse than England"),
        ("c", None, {}, "Made up: hidden to protect identity"),
        (None, None, {}, "Made up: no figure held"),
        (quarters(20), None, {}, "Made up: nothing held in these years"),
    ],
)
def test_a_view_of_years_in_which_nothing_is_held_has_a_headline_and_no_chart(own, england, more, said):
    one = made(own, {ENGLAND: england} if england else {}, since="2030-31", **more)
    assert (one.periods, one.lines, one.marks, one.breaks) == ((), (), (), ())
    assert headline(one) == said
    assert one.control.text == "There are no figures to draw."
    assert difference_from_england(one) is None


def test_the_difference_from_england_is_a_series_of_its_own():
    own, england = years(20, 21, "c", 23), years(15, "x", 15, 15)
    found = difference_from_england(made(own, {ENGLAND: england}, compare=(ENGLAND,)))
    (line,) = found.lines
    assert [p.value for p in line.points] == [5, None, None, 8]
    assert [p.status for p in line.points] == [Status.OK, Status.X, Status.X, Status.OK]
    assert (
        line.points[2].note == "hidden by the source to protect identity"
        and line.points[1].note == "not available"
    )
    assert (line.name, found.indicator.unit) == ("Aville less England", "points")
    rate = difference_from_england(made((50, 10000), {ENGLAND: 5}, compare=(ENGLAND,), unit="rate_per_10000"))
    assert rate.indicator.unit == "rate_per_10000"
    assert difference_from_england(made(20, {ENGLAND: 15, "RN": 1}, compare=("RN",))) is None


def test_the_difference_from_england_has_a_control_chart_that_begins_anew_at_a_break():
    broken = [{"from": "2022-04-01", "breaks": "yes"}]
    one = made(years(*range(20, 26)), {ENGLAND: years(*[15] * 6)}, compare=(ENGLAND,), events=broken)
    assert [s.values for s in difference_from_england(one).control.segments] == [(5, 6, 7), (8, 9, 10)]
    assert [s.start for s in one.control.segments] == [0, 3]
    assert [s.values for s in one.control.segments] == [(20, 21, 22), (23, 24, 25)]


def test_nothing_is_computed_before_it_is_asked_for_and_nothing_twice():
    one = made(years(*RISING), {ENGLAND: years(20)}, rule=STRICT)
    assert set(vars(one)) == {"indicator", "view", "figures"}
    assert (
        one.sentence
        and "funnel" not in vars(one)
        and "rankings" not in vars(one)
        and "control" not in vars(one)
    )
    assert one.funnel is one.funnel and one.england is one.england and one.lines is one.lines


def test_comments_and_events_are_those_of_the_view():
    said = [
        {"indicator_id": i, "area_code": a, "period": p, "text": f"{i} {a} {p}", "source_id": "made_source"}
        for i, a, p in [
            ("made", "A", "2023-24"),
            ("made", "A", "2024-25"),
            ("made", "B", "2023-24"),
            ("base", "A", "2023-24"),
        ]
    ]
    said = [{"commentary_id": "", "lines": "", "author": "", **c} for c in said]
    happened = [
        {"from": "2024-03-31", "title": "On the day"},
        {"from": "2024-04-01", "title": "After"},
        {"title": "Undated"},
    ]
    one = made(years(20, 21), to="2023-24", tables={"commentary": said}, events=happened)
    assert [c.text for c in one.comments] == ["made A 2023-24"]
    assert {e.title for e in one.events} == {"On the day", "Undated"}
    assert len(made(years(20, 21), events=happened).events) == 3


def test_the_sources_are_those_of_the_areas_figures_or_else_the_indicators():
    assert [s.source_id for s in made(20, source_id="other").sources] == ["made_source"]
    assert [s.source_id for s in made(None, {"B": 20}, source_id="other").sources] == ["other"]
