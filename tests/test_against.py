"""Against: the difference from one chosen area over many measures. Made-up figures, and the real ones."""

import re

import pytest

from safeguarding.against import UNTESTED, beside_in_short, by_difference, headings
from safeguarding.agenda import in_order
from safeguarding.store.tables import ENGLAND, Spread
from safeguarding.verdicts.comparison import compare
from tests.verdicts.made import made

WIDE = Spread(150, 0, 0, 5, 10, 15, 100)  # half of the authorities lie within 10 points


def beside(own, other, **more):
    """The summary of Aville, and how it compares with Bville."""
    one = made(own, {"B": other, ENGLAND: 20}, spread=WIDE, **more)
    return one, compare(one, one.catalogue.areas["B"])


def test_worse_comes_before_similar_before_better_before_neutral_before_what_is_not_tested():
    rows = [
        beside((900, 1000), (200, 1000)),
        beside((400, 1000), (200, 1000)),
        beside((201, 1000), (200, 1000)),
        beside((200, 1000), (201, 1000)),
        beside((100, 1000), (200, 1000)),
        beside((100, 1000), (600, 1000)),
        beside((900, 1000), (100, 1000), polarity="neutral"),
        beside((200, 1000), (250, 1000), polarity="neutral"),
        beside(30.0, 20.0),
        beside("c", (200, 1000)),
        beside((200, 1000), "c"),
    ]
    keys = [by_difference(*row) for row in rows]
    assert keys == sorted(keys)
    assert [group for group, _ in keys] == [0, 0, 1, 1, 2, 2, 3, 3, UNTESTED, UNTESTED, UNTESTED]
    assert len(headings(rows[0][0].catalogue.areas["B"])) == UNTESTED + 1


def test_where_higher_is_better_the_lower_figure_is_the_worse_one():
    near, far = (beside((own, 1000), (800, 1000), polarity="higher_better") for own in (700, 300))
    better = beside((900, 1000), (800, 1000), polarity="higher_better")
    assert sorted([better, near, far], key=lambda row: by_difference(*row)) == [far, near, better]


def test_how_far_is_told_in_the_spread_of_authorities():
    half = Spread(150, 0, 0, 5, 10, 25, 100)
    wide = made((400, 1000), {"B": (200, 1000)}, spread=half)
    narrow = made((400, 1000), {"B": (200, 1000)}, spread=WIDE)
    one, other = (by_difference(s, compare(s, s.catalogue.areas["B"])) for s in (wide, narrow))
    assert (one, other) == ((0, -1.0), (0, -2.0))
    alone = made((400, 1000), {"B": (200, 1000)})
    assert by_difference(alone, compare(alone, alone.catalogue.areas["B"])) > one


def test_the_line_counts_by_verdict_and_leaves_out_what_is_on_none():
    told = [
        beside((400, 1000), (200, 1000))[0],
        beside((100, 1000), (200, 1000))[0],
        beside((100, 1000), (200, 1000), polarity="neutral")[0],
        beside("c", (200, 1000))[0],
    ]
    said = beside_in_short(told, told[0].catalogue.areas["B"])
    assert said == "Beside Bville: better on 1, worse on 1, lower or higher on 1, not compared on 1"


@pytest.mark.parametrize("code", ["E08000006", "E12000001", "E09000001"])
def test_the_line_adds_up_to_every_measure_of_the_real_figures(summary, catalogue, code):
    every = [summary(i.indicator_id) for i in in_order(catalogue)]
    said = beside_in_short(every, catalogue.areas[code])
    assert sum(map(int, re.findall(r" on (\d+)", said))) == len(every)
