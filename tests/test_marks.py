"""The events that a chart marks: periods and days in, places and words out. Made-up events."""

from datetime import date

import pytest

from safeguarding.marks import breaks, circled, numbered
from safeguarding.store.tables import Event

YEARS = ("2020-21", "2021-22", "2022-23")


def event(day: date | None, breaking: bool = False, until: date | None = None) -> Event:
    return Event("made", day, until, ("*",), "", "Made", "Text.", breaking)


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
    found = numbered(YEARS, [event(day)])
    assert [(m.number, m.place) for m in found] == ([] if place is None else [(1, place)])


def test_events_are_numbered_in_their_order_and_breaks_are_not():
    found = numbered(YEARS, [event(date(2020, 4, 1)), event(date(2021, 4, 1), True), event(date(2022, 4, 1))])
    assert [(n, k) for n, k, _ in found] == [(1, 0), (2, 2)]
    assert numbered((), [event(date(2020, 4, 1))]) == ()


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


def test_a_mark_is_told_by_its_number_and_a_break_by_its_line():
    (mark,) = numbered(YEARS, [event(date(2020, 4, 1), until=date(2021, 7, 19))])
    assert mark.text == "① Made, 1 April 2020 to 19 July 2021"
    (line,) = breaks(YEARS, [event(date(2021, 4, 1), True)])
    assert line.text == "Dotted line: Made, 1 April 2021"


@pytest.mark.parametrize("number, sign", [(1, "①"), (10, "⑩"), (11, "(11)")])
def test_after_ten_there_are_no_more_circles(number, sign):
    assert circled(number) == sign
