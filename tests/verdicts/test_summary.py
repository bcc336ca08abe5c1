"""The summary: what is flagged, what it draws, what a theme and a headline say of it. Made-up figures."""

import pytest

from safeguarding.sentences import by_evidence, flags_to_expect, headline
from safeguarding.store.tables import ENGLAND, Spread
from safeguarding.summaries import difference_from_england
from safeguarding.vocabulary import Status
from safeguarding.words import listed
from tests.verdicts.made import country, made, quarters, years

RISING = ((100, 1000), (150, 1000), (200, 1000), (250, 1000), (300, 1000))
FLAT = ((101, 1000), (100, 1000), (101, 1000), (100, 1000), (101, 1000))
STRICT = "T1 green_at=1; red_at=2"
MILD = "T1 green_at=90; red_at=95"
# a hundred and one authorities of 1,000 children, spread from 9 to 11 % in each of four years: a gap of
# some 4 points is unusual, and so is any change on the year beyond a fifth of a point
AMONG = country(*([9 + n / 10 + k / 50 for k in range(101)] for n in range(5)), last=2024, base=1000)
NEIGHBOURED = {"areas": AMONG["areas"], "sets": {}}
# figures, England, rule: each reason alone, and two together
FLAGS = {
    "outside proposed tolerance": (years(*FLAT), None, STRICT),
    "worse than England": (years(None, (160, 1000)), years(None, 10), MILD),
    "worsening": (years(*RISING), None, MILD),
    "unusual rise": (years((100, 1000), (160, 1000)), None, MILD),
    "outside proposed tolerance and unusual rise": (years((100, 1000), (160, 1000)), None, STRICT),
}

LOWEST = "the lowest of its figures from 2020-21 on"


@pytest.mark.parametrize("why", FLAGS)
def test_each_reason_flags_by_itself(why):
    own, england, rule = FLAGS[why]
    others = AMONG["others"] if "than" in why or "rise" in why else {}
    one = made(own, {ENGLAND: england or {}, **others}, rule=rule, **NEIGHBOURED)
    assert one.flagged and listed([f.short for f in one.flags]) == why


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
        # worse than England, and nobody knows whether that is unusual
        (years(*FLAT), years(5), {"rule": MILD}),
        # going up and down more than it trends
        (years((200, 1000), (240, 1000), (210, 1000), (260, 1000), (245, 1000)), None, {"rule": MILD}),
    ],
)
def test_what_is_near_similar_or_not_judged_is_not_flagged(own, england, more):
    assert not made(own, {ENGLAND: england}, **more).flagged


@pytest.mark.parametrize(
    "own, polarity, flagged",
    [
        (((160, 1000), (100, 1000)), "lower_better", False),  # an unusual fall, for the better
        (((160, 1000), (100, 1000)), "higher_better", True),
        (((100, 1000), (160, 1000)), "neutral", False),
        ((10, 16), "lower_better", False),  # unusual, and not tested for chance
        (((10, 100), (13, 100)), "lower_better", False),  # unusual, and within what chance does
    ],
)
def test_only_a_tested_unusual_change_for_the_worse_flags(own, polarity, flagged):
    one = made(years(*own), AMONG["others"], polarity=polarity, **NEIGHBOURED)
    assert one.flagged is flagged


def test_a_gap_that_many_have_does_not_flag():
    """125 of 1,000 is 10.6 to 14.7 % and so worse than 10 %; but authorities lie anywhere from 0 to 20 %."""
    wide = country([k / 5 for k in range(101)], last=2024, base=1000)
    others = {ENGLAND: 10, **wide["others"]}
    one = made((125, 1000), others, areas=wide["areas"], sets={})
    assert one.england.verdict == "worse" and not one.england.unusual and not one.flagged


def test_a_neutral_indicator_is_flagged_outside_its_band():
    one = made(50, rule="T5 low_red=10; low_amber=20; high_amber=30; high_red=40", polarity="neutral")
    assert one.flagged and [f.short for f in one.flags] == ["outside the proposed range"]


@pytest.mark.parametrize(
    "own, others, more, told",
    [
        (15, {}, {"rule": "T1 green_at=10; red_at=20"}, ["borderline on proposed tolerance"]),
        (
            35,
            {},
            {"rule": "T5 low_red=10; low_amber=20; high_amber=30; high_red=40"},
            ["at the edge of the proposed range"],
        ),
        (
            (30, 100),
            {ENGLAND: 10, "RN": 10, "B": 10},
            {},
            ["worse than England, Northland and the neighbours"],
        ),
        ((30, 100), {ENGLAND: 30, "RN": 10}, {}, ["worse than Northland"]),
        (years(10, 11, 12, 13, 14), {}, {}, ["the highest of its figures from 2020-21 on"]),
        (years(10, 11, 12, 13, 9), {}, {}, []),  # the lowest, where low is good
        (years(10, 11, 12, 13, 9), {}, {"polarity": "neutral"}, [LOWEST]),
        (years(10, 11, 12, 13, 9), {}, {"polarity": "higher_better"}, [LOWEST]),
        (years(10, 11, 12, 14), {}, {}, []),  # four figures make no record
        (years(10, 11, 12, 14, 14), {}, {}, []),  # as high as before
        (years(10, 11, 12, 13, "c"), {}, {}, []),
        (years(10, 11, 12, 13, 14), {}, {"unit": "count"}, []),
        (
            20,
            {ENGLAND: 15},
            {"spread": Spread(150, 0, 0, 5, 10, 15, 30)},
            ["in the worst quarter of English authorities"],
        ),
        (14, {ENGLAND: 15}, {"spread": Spread(150, 0, 0, 5, 10, 15, 30)}, []),
    ],
)
def test_what_is_worth_watching(own, others, more, told):
    assert [signal.words for signal in made(own, others, **more).watched] == told


def test_an_unusual_change_that_is_not_tested_is_watched():
    one = made(years(10, 16), AMONG["others"], **NEIGHBOURED)
    (signal,) = one.watched
    assert signal.words.endswith("; not tested, because the count behind it is not published")
    better = made(years(16, 10), AMONG["others"], **NEIGHBOURED)
    assert better.watched == () and better.change.unusual


def test_flags_come_in_order_of_evidence():
    """Two signals before one; of one each, the stronger before the weaker."""
    two = made(
        years((100, 1000), (160, 1000)), AMONG["others"], rule=STRICT, short_title="Two", **NEIGHBOURED
    )
    far, near = (
        made(value, {ENGLAND: 20}, rule=f"T3 benchmark={ENGLAND}; points=2", short_title=title)
        for value, title in ((40, "Far"), (25, "Near"))
    )
    calm = made(20, rule=MILD)
    assert [s.indicator.short_title for s in by_evidence([near, calm, far, two])] == ["Two", "Far", "Near"]


def test_what_speaks_for_a_figure_is_said_beside_its_flags():
    one = made(years(*RISING[::-1]), {ENGLAND: years(5), "RN": years(10), "B": years(30)}, rule=STRICT)
    assert [s.words for s in one.reassuring] == [
        "improving over the five years to 2024-25",
        "better than the neighbours",
        "similar to Northland",
    ]
    assert [s.words for s in made(5, rule=MILD).reassuring] == ["within proposed tolerance"]


ENDED = ("Aville", "authority", "RN", "", "")
COUNTED = {
    "period": "2024-25",
    "authorities": "153",
    "lower_quartile": "3",
    "median": "4",
    "upper_quartile": "6.5",
    "counted_on": "2026-11-24",
}
EACH = {
    **{"indicator_id": "made", "type": "T1", "limits": "", "judged": "9", "outside": "1", "near": "1"},
    **{"flips": "", "stays": "", "flagged": "40", "counted_on": "2026-11-24"},
}


@pytest.mark.parametrize(
    "tables, more, said",
    [
        (
            {"calibration": [EACH], "flag_counts": [COUNTED]},
            {},
            "1 flagged; half of all 153 English authorities have 3 to 6.5 (2024-25).",
        ),
        (
            {"calibration": [EACH], "flag_counts": [COUNTED]},
            {"to": "2023-24"},
            "1 flagged; of the 3 measures judged here an English authority has about 1 flagged.",
        ),
        # of a year gone by, and of an area that ended in it, what was counted then
        *(
            (
                {"calibration": [EACH], "flag_counts": [COUNTED, {**COUNTED, "period": "2023-24"}]},
                more,
                "1 flagged; half of all 153 English authorities had 3 to 6.5 at the end of 2023-24.",
            )
            for more in ({"to": "2023-24"}, {"areas": {"A": (*ENDED, "2024-03-31")}})
        ),
        ({}, {}, ""),
        ({"calibration": [EACH], "flag_counts": [COUNTED]}, {"area": "RN"}, ""),
    ],
)
def test_how_many_flags_to_expect_stands_beside_how_many_there_are(tables, more, said):
    """Three indicators that 40 in 100 authorities have flagged: 1.2 are to be expected."""
    own, to = years(20, 20), more.get("to")
    flagged, *calm = (made(own, rule=rule, tables=tables, **more) for rule in (STRICT, MILD, MILD))
    assert flags_to_expect([flagged, *calm], to) == said


@pytest.mark.parametrize(
    "own, england, more, said",
    [
        (
            years(*RISING),
            years(5),
            {"rule": STRICT},
            "Made up: outside proposed tolerance, worsening, worse than England",
        ),
        (
            years(*RISING),
            years(5),
            {"rule": STRICT, "short_title": "A title of five words"},
            "A title of five words: outside proposed tolerance, worsening",
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
            "A title of six whole words: worsening, worse than England",
        ),
        (
            years(*RISING),
            years(5),
            {"short_title": "A title of seven words and more"},
            "A title of seven words and more: worsening",
        ),
        (
            years(*FLAT),
            years(10),
            {"rule": STRICT, "short_title": "A title of six words here"},
            "A title of six words here: outside proposed tolerance",
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
            "Made up: outside the proposed range",
        ),
        (20, None, {"rule": "T1 green_at=19; red_at=23"}, "Made up: borderline on proposed tolerance"),
        (20, None, {"rule": "T1 green_at=21; red_at=23"}, "Made up, Aville, 2024-25"),
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
        ((20, 100), 5, {"rule": STRICT}, "Made up: outside proposed tolerance, worse than England"),
        ("c", None, {}, "Made up: hidden to protect identity"),
        (None, None, {}, "Made up: no figure held"),
        (quarters(20), None, {}, "Made up: nothing held in these years"),
    ],
)
def test_a_view_of_years_in_which_nothing_is_held_has_a_headline_and_no_chart(own, england, more, said):
    one = made(own, {ENGLAND: england} if england else {}, since="2030-31", **more)
    assert (one.periods, one.lines, one.marks, one.breaks) == ((), (), (), ())
    assert headline(one) == said
    assert one.control.segments == ()
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
    assert (line.name, found.indicator.unit) == ("Aville’s gap to England", "points")
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
