"""The change on the year before, in a sentence and in a cell. Made-up figures."""

import pytest

from tests.verdicts.made import made, quarters, years


@pytest.mark.parametrize(
    "series, more, change, short",
    [
        ((20, 21.5), {}, "up 1.5 points on the year", "up 1.5 points"),
        ((21.5, 20), {}, "down 1.5 points on the year", "down 1.5 points"),
        ((20, 20), {}, "unchanged on the year", "unchanged"),
        # 0.04 is less than what is published
        ((20, 20.04), {}, "unchanged on the year", "unchanged"),
        ((200, 210), {"unit": "count", "decimals": "0"}, "up 10 (5.0%) on the year", "up 10 (5.0%)"),
        ((0, 10), {"unit": "count", "decimals": "0"}, "up 10 on the year", "up 10"),
        # as published, not as judged
        (((20.0, 2049, 10000), (20.0, 1951, 10000)), {}, "unchanged on the year", "unchanged"),
        ((20, 0), {}, "down 20.0 points on the year", "down 20.0 points"),
        ((20,), {}, "no figure for the year before", "no figure for the year before"),
        ((20, None, 21), {}, "no figure for the year before", "no figure for the year before"),
        (
            ("x", 20),
            {},
            "no change can be given: the figure for the year before is not available",
            "year before: not available",
        ),
        (
            (20, 21),
            {"events": [{"from": "2024-04-01", "breaks": "yes"}]},
            "no change can be given: the recording changed after the year before",
            "recording changed",
        ),
        ((20, "c"), {}, "", ""),
        ((20, 21), {"to": "2026-27"}, "", ""),
    ],
)
def test_the_change_on_the_year(series, more, change, short):
    moved = made(years(*series), **more).movement
    assert (moved.change, moved.change_short) == (change, short)


def test_a_quarter_is_held_against_the_quarter_and_the_year_before_and_names_both():
    moved = made(quarters(20, 21, 22, 23, 24.5)).movement
    assert moved.change == "up 1.5 points on the quarter, up 4.5 points on the year"
    assert moved.change_short == moved.change
    assert made(quarters(20, "c", 21)).movement.change == (
        "no change can be given: the figure for the quarter before is hidden by the source to protect "
        "identity, no figure for the year before"
    )
