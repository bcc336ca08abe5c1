"""The events that a chart marks: periods and days in, places and words out. Made-up events."""

from datetime import date

import pytest

from safeguarding.marks import breaks, marked
from safeguarding.store.tables import Event
from safeguarding.vocabulary import YearType

YEARS = ("2020-21", "2021-22", "2022-23")


def event(day: date | None, breaking: bool = False, until: date | None = None, words: str = "Made") -> Event:
    return Event("made", day, until, ("*",), "", words, "Made", "Text.", breaking, False)


def test_what_is_counted_in_september_stands_for_the_year_before():
    # 2019-20 is counted on 30 September 2020
    years, pandemic = ("2018-19", "2019-20", "2020-21"), event(date(2020, 3, 23), until=date(2021, 7, 19))
    assert [m.place for m in marked(years, [pandemic], YearType.SNAPSHOT_30_SEP)] == [1]
    assert [m.place for m in marked(years, [pandemic])] == [2], "financial years"


@pytest.mark.parametrize(
    "day, place",
    [
        (date(2021, 4, 1), 1),
        (date(2021, 3, 25), 1),  # late March belongs to the year that follows
        (date(2020, 9, 30), 0),  # 182 days after April 2020, 183 before April 2021
        (date(2020, 10, 1), 1),
        (date(2019, 4, 1), 0),  # 366 days before, 2020 being a leap year
        (date(2019, 3, 31), None),
        (date(2023, 4, 2), 2),
        (date(2023, 4, 3), None),
        (None, None),
    ],
)
def test_an_event_stands_at_the_period_that_begins_nearest(day, place):
    found = marked(YEARS, [event(day)])
    assert [m.place for m in found] == ([] if place is None else [place])


def test_events_are_marked_in_their_order_and_breaks_and_what_has_no_words_are_not():
    found = marked(YEARS, [event(date(2020, 4, 1)), event(date(2021, 4, 1), True), event(date(2022, 4, 1))])
    assert [k for k, _ in found] == [0, 2]
    assert marked(YEARS, [event(date(2020, 4, 1), words="")]) == ()
    assert marked((), [event(date(2020, 4, 1))]) == ()


@pytest.mark.parametrize(
    "day, place",
    [
        (date(2021, 4, 1), 1),
        (date(2021, 4, 2), 2),
        (date(2020, 4, 2), 1),
        (date(2020, 4, 1), None),  # before all that is drawn
        (date(2022, 4, 2), None),  # after it
        (None, None),
    ],
)
def test_a_break_stands_before_the_first_period_that_begins_on_its_day_or_later(day, place):
    assert [b.place for b in breaks(YEARS, [event(day, True)])] == ([] if place is None else [place])
    assert breaks(YEARS, [event(day)]) == () == breaks((), [event(day, True)])


def test_a_mark_is_told_by_its_title_and_a_break_by_its_line():
    (mark,) = marked(YEARS, [event(date(2020, 4, 1), until=date(2021, 7, 19))])
    assert mark.text == "Made, 1 April 2020 to 19 July 2021"
    (line,) = breaks(YEARS, [event(date(2021, 4, 1), True)])
    assert line.text == "Dotted line: Made, 1 April 2021"
