"""Two years together, and where a change comes from. Made-up figures but for the real case."""

import pytest

from safeguarding.store.tables import ENGLAND
from tests.verdicts.made import made, years


def test_two_years_are_sums_over_sums():
    """63 of 332 and 99 of 353 are 162 of 685: 23.6 %, Wilson 20.6 to 27.0, worked out by hand."""
    assert made(years((63, 332), (99, 353))).two_years == ("162 of 685, 23.6% (95% interval 20.6% to 27.0%).")


@pytest.mark.parametrize(
    "own, more",
    [
        (years((63, 332), (99, 400)), {}),  # enough children
        (years(19, 28), {}),
        (years("c", (99, 353)), {}),
        (years((63, 332), "c"), {}),
        (years((99, 353)), {}),
        (years((63, 332), (99, 353)), {"year_type": "snapshot_31_mar"}),  # the same children twice
        (years((63, 332), (99, 353)), {"events": [{"from": "2024-04-01", "breaks": "yes"}]}),
    ],
)
def test_two_years_are_not_always_added_up(own, more):
    assert made(own, **more).two_years == ""


def test_a_count_changes_by_its_base_and_by_its_rate():
    """docs/methods.md#pooled-figures: 493 of 64,311, then 485 of 64,910 is -8 = +4.6 - 12.6."""
    found = made(years((493, 64311), (485, 64910)), unit="rate_per_10000").origins
    assert found == [
        "−8 on the year in the count (493, then 485): +4.6 from the size of the base, −12.6 from the rate."
    ]


def test_englands_share_of_a_change_is_told_where_the_change_is_tested():
    from tests.verdicts.test_changes import PAST

    others = {ENGLAND: years(20, 22), **PAST["others"]}
    found = made(years((2000, 10000), (2900, 10000)), others, areas=PAST["areas"]).origins
    assert found[-1] == "Of +9.0 points, +2.0 is England’s change and +7.0 the area’s own."
    assert len(made(years((2000, 10000), (2900, 10000)), {ENGLAND: years(20, 22)}).origins) == 2
    assert made(years(20, 29), others, areas=PAST["areas"]).origins == found[-1:]


def test_those_who_started_and_ended_are_told_where_both_are_held(summary):
    """Stockport 2024-25, as published by the Department for Education: 184 started, 190 ceased."""
    found = summary("cla_rate", to="2024-25").origins
    assert "In the year 184 started and 190 ended, a balance of −6." in found
    assert not any("started" in text for text in summary("cpp_rate").origins)
