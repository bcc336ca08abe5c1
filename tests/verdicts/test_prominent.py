"""What stands as a card on a theme's page, what folds, what joins, what stands beside it. Made-up figures."""

import pytest

from safeguarding.beside import BRIEF, UNKNOWN, beside
from safeguarding.prominent import arranged, counted, course, folded_in_short, joined, theme_conclusion
from safeguarding.store.tables import ENGLAND
from tests.verdicts.made import made, years

STRICT, CLOSE, MILD = "T1 green_at=1; red_at=2", "T1 green_at=10; red_at=30", "T1 green_at=90; red_at=95"
RISING = ((100, 1000), (150, 1000), (200, 1000), (250, 1000), (300, 1000))
FLAT = ((101, 1000), (100, 1000), (101, 1000), (100, 1000), (101, 1000))


def test_flagged_come_first_then_what_to_watch_then_what_changed_and_the_rest_folds():
    calm, flagged, watched = made(20, rule=MILD), made(20, rule=STRICT), made(20, rule=CLOSE)
    changed = made(years(*RISING[::-1]))
    assert flagged.flagged and watched.watched and not changed.flagged and not changed.watched
    found = arranged([calm, changed, watched, flagged])
    assert [*map(id, found.cards)] == [*map(id, (flagged, watched, changed))]
    assert [*map(id, found.rows)] == [id(calm)] and len(found.shown) == 4
    assert not arranged([calm, flagged], folded=False).rows


def test_a_fold_says_what_is_in_it_and_counts_every_row_once():
    rows = [
        *(made(years(*FLAT), {ENGLAND: years(20)}, rule=MILD), made(years(*FLAT), rule=MILD)),
        *(made(20), made("c"), made(250, unit="count"), made(20, rule=MILD)),
    ]
    assert folded_in_short(rows) == (
        "1 better than England, 1 without clear change, 1 with no test of change, 3 not judged"
    )
    assert folded_in_short(rows[-1:]) == "1 with no test of change" and folded_in_short([]) == ""


def test_what_is_better_than_england_is_told_where_it_is_folded(client):
    page = client.get("/child-protection").get_data(as_text=True)
    summary = page[page.index('id="rest"') :].partition("</summary>")[0]
    assert "6 more measures" in summary
    assert "1 better than England, 4 without clear change, 1 not judged" in summary


def test_the_headline_figure_of_a_theme_is_always_a_card():
    lead = made(20, rule=MILD, headline="yes")
    assert arranged([lead]).cards == (lead,)


def test_a_count_joins_the_rate_of_the_same_thing_on_the_same_day():
    of = {"numerator": "Children held"}
    count = made(250, unit="count", decimals="0", short_title="Children held", **of)
    rate, other = made(20, rule=MILD, **of), made(20, numerator="Others", rule=MILD)
    found = arranged([other, count, rate])
    (name,) = {rate.indicator.indicator_id}
    assert [s.indicator.is_count for s in found.shown] == [False, False]
    assert joined([rate, count]) == {name: count} and joined([other, count]) == {}
    assert counted(count, rate) == "250 children held"


def test_a_theme_concludes_in_25_words():
    watched = [made(20, rule=CLOSE, short_title=f"Made-up measure {n}") for n in range(9)]
    said = theme_conclusion(watched)
    assert said.startswith("Nothing is flagged. To watch: made-up measure 0, ") and " more. 0 of 9 " in said
    assert len(said.split()) <= 25
    flagged = made(20, rule=STRICT, short_title="Far")
    assert theme_conclusion([flagged]) == (
        "Outside proposed tolerance: far. 0 of 1 measures are within proposed tolerance."
    )
    assert theme_conclusion([made(5, rule=MILD)]).startswith("Nothing is flagged. 1 of 1")


def test_the_years_and_the_last_year_are_one_sentence_where_they_differ():
    turned = made(years(*RISING, (290, 1000)), polarity="neutral")
    assert turned.movement.course == "rising"
    assert course(turned) == "Up over five years, although down 1.0 points in the last."
    assert course(made(years(*RISING))) == "" and course(made(years(*FLAT))) == ""


def test_every_comparator_has_its_figure_and_a_verdict_or_why_there_is_none():
    found = {b.name: b for b in beside(made((200, 1000), {ENGLAND: 10, "RN": 20}))}
    assert (found["England"].value, found["England"].said) == ("10.0%", "worse")
    untested = {b.name: b for b in beside(made(20, {ENGLAND: 10}))}
    assert (untested["England"].value, untested["England"].said) == ("10.0%", "count not published")
    assert beside(made(20, unit="count", decimals="0")) == []


@pytest.mark.parametrize("said", [*BRIEF.values(), UNKNOWN])
def test_a_reason_has_four_words_at_most(said):
    assert 1 <= len(said.split()) <= 4
