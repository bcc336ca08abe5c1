"""The quarter of English authorities: figures in, band out. Made-up figures."""

from dataclasses import replace

import pytest

from safeguarding.store.tables import ENGLAND, Spread
from tests.verdicts.made import NOW, made, years

SPREAD = Spread(90, 10, 0, 10, 20, 30, 40)


def placed(own, england=20, spread=SPREAD, **more):
    return made(own, {ENGLAND: england}, spread=spread, **more).placed


@pytest.mark.parametrize(
    "value, polarity, band",
    [
        (10, "lower_better", "A"),
        (10.1, "lower_better", "B"),
        (20, "lower_better", "B"),
        (30, "lower_better", "C"),
        (30.1, "lower_better", "D"),
        (30, "higher_better", "A"),
        (9.9, "higher_better", "D"),
    ],
)
def test_a_value_on_a_cut_takes_the_better_quarter(value, polarity, band):
    one = placed(value, polarity=polarity)
    assert (one.band, one.reason, one.england) == (band, "", 20)


@pytest.mark.parametrize(
    "n, hidden, reason",
    [(90, 10, ""), (89, 11, "11 of 100 authorities have no figure shown"), (100, 0, "")],
)
def test_no_quarter_is_given_where_more_than_a_tenth_is_hidden(n, hidden, reason):
    one = placed(10, spread=replace(SPREAD, n=n, hidden=hidden))
    assert one.reason == reason and (one.band is None) == bool(reason)


@pytest.mark.parametrize(
    "own, more, reason",
    [
        ("c", {}, "the figure is hidden by the source to protect identity"),
        (10, {"polarity": "neutral"}, "neither end is better"),
        ("c", {"polarity": "neutral"}, "the figure is hidden by the source to protect identity"),
    ],
)
def test_a_place_without_a_quarter_says_why(own, more, reason):
    one = placed(own, **more)
    assert (one.band, one.reason, one.england) == (None, reason, 20)


@pytest.mark.parametrize(
    "own, england, more",
    [
        (None, 20, {}),
        (10, None, {}),
        (10, "c", {}),
        (10, 20, {"spread": None}),
        (10, 20, {"unit": "count"}),
        (10, 20, {"area": "RN"}),
    ],
)
def test_nothing_is_placed_without_a_spread_england_and_an_authoritys_figure(own, england, more):
    assert placed(own, england, **more) is None


def test_the_spread_is_that_of_the_latest_period():
    assert NOW == "2024-25"
    assert made(years(1, 10), {ENGLAND: years(1, 20)}, spread=SPREAD, to="2023-24").placed is None
