"""Limits of hidden figures: synthetic sets, each answer worked out beside it."""

import pytest

from safeguarding.disclosure.limits import limits
from safeguarding.measures.intervals import Interval
from safeguarding.vocabulary import Status, Unit
from tests.disclosure.synthetic import figure, indicator

SHARE = indicator(Unit.PERCENT, part_of="plans")


def share(count: float) -> object:
    """A share of 200 that is shown."""
    return figure(100 * count / 200, count, 200)


def hidden(status: Status = Status.C, base: float | None = 200) -> object:
    return figure(None, None, base, status)


@pytest.mark.parametrize("unit", [Unit.COUNT, Unit.PERCENT, Unit.PER_10000, Unit.SCORE])
def test_a_figure_that_is_shown_is_what_it_is(unit):
    assert limits(figure(12.5, 25, 200), indicator(unit)) == Interval(12.5, 12.5)


@pytest.mark.parametrize(
    "unit, status, between",
    [
        # a count that its source hid for being small is 1 to 5; any other may be anything, ours too
        (Unit.COUNT, Status.C_PRIMARY, Interval(1, 5)),
        (Unit.COUNT, Status.C_LOCAL, None),
        (Unit.COUNT, Status.C, None),
        (Unit.COUNT, Status.C_SECONDARY, None),
        # nothing bounds a rate or a score
        (Unit.PER_10000, Status.C_PRIMARY, None),
        (Unit.SCORE, Status.C, None),
        # a share lies between 0 and 100, whatever the reason
        (Unit.PERCENT, Status.C_PRIMARY, Interval(0, 100)),
        (Unit.PERCENT, Status.C, Interval(0, 100)),
        (Unit.PERCENT, Status.UNSTATED, Interval(0, 100)),
        (Unit.PERCENT, Status.X, Interval(0, 100)),
    ],
)
def test_what_is_hidden_by_itself_lies_between_the_widest_limits(unit, status, between):
    assert limits(figure(None, None, None, status), indicator(unit)) == between


@pytest.mark.parametrize(
    "parts, between",
    [
        # 200 = 100 + 67 + two hidden: they sum to 33, each 1 to 32, that is 0.5 % to 16 %
        ((share(100), share(67), hidden(), hidden()), Interval(0.5, 16)),
        # 200 = 100 + 98 + two hidden: 1 each, but never tighter than 1 to 5, 0.5 % to 2.5 %
        ((share(100), share(98), hidden(), hidden()), Interval(0.5, 2.5)),
        # one hidden is what is left, 33 of 200: it is not worked out
        ((share(100), share(67), hidden()), Interval(0.5, 16.5)),
        ((share(100), share(97), hidden()), Interval(0.5, 2.5)),
        # three hidden of 33: each 1 to 31
        ((share(167), hidden(), hidden(), hidden()), Interval(0.5, 15.5)),
        # everything hidden: each 1 to 199
        ((hidden(), hidden()), Interval(0.5, 99.5)),
        # 199 shown leaves no room for two of at least 1: the total is another set's
        ((share(100), share(99), hidden(), hidden()), Interval(0, 100)),
        # a part of which no row is held, or whose count is not, leaves the rest unknown
        ((share(100), None, hidden(), hidden()), Interval(0, 100)),
        ((share(100), figure(33.5, None, 200), hidden(), hidden()), Interval(0, 100)),
        ((), Interval(0, 100)),
    ],
)
def test_a_hidden_part_is_bounded_by_what_its_set_leaves(parts, between):
    assert limits(hidden(), SHARE, parts) == between


@pytest.mark.parametrize(
    "row", [hidden(Status.X), hidden(Status.UNSTATED), hidden(base=None), hidden(base=0)]
)
def test_a_set_bounds_only_what_is_hidden_and_has_a_base(row):
    assert limits(row, SHARE, (share(100), share(67), row, row)) == Interval(0, 100)


def test_a_set_bounds_no_rate():
    rate = indicator(Unit.PER_10000, part_of="plans")
    assert limits(hidden(), rate, (share(100), hidden())) is None
