"""Quarters stand beside years, and four of them are a year of their own. Synthetic figures."""

import pytest

from safeguarding import query as queries
from safeguarding.breakdowns import breakdowns
from safeguarding.figures import Figures
from safeguarding.journey import journey
from safeguarding.store.tables import ENGLAND
from tests.conftest import HOME
from tests.verdicts.made import made, quarters, years

FOUR = quarters((96, 400), (80, 400), (100, 400), (84, 400), first=2025)


def test_a_year_is_judged_and_the_quarters_after_it_are_told():
    summary = made({**years((200, 1000), (210, 1000)), **FOUR})
    assert summary.latest.period == "2024-25" and summary.value == 21.0
    assert summary.periods == ("2023-24", "2024-25"), "never a quarter beside a full year"
    found = summary.recent
    assert found.words == (
        "21.0% in quarter 4 of 2025-26; 22.5% over the four quarters to 31 March 2026, 360 of 1,600."
    )
    assert (found.value, found.numerator, found.denominator) == (22.5, 360, 1600)


def test_four_quarters_are_four_in_a_row_that_are_shown():
    held = {**years((210, 1000))}
    for given, why in (
        ({k: v for k, v in FOUR.items() if not k.endswith("Q2")}, "four quarters in a row are not held"),
        ({**FOUR, "2025-26-Q2": "c"}, "one of the four quarters is not shown"),
        ({**FOUR, "2025-26-Q2": 20.0}, "the counts of the four quarters are not held"),
    ):
        found = made({**held, **given}).recent
        assert found.value is None and found.reason == why
        assert found.words == "21.0% in quarter 4 of 2025-26."


def test_a_count_is_added_and_a_snapshot_is_not():
    counts = {**years(1000), **quarters(240, 250, 260, 270, first=2025)}
    assert made(counts, unit="count").recent.value == 1020
    snapshot = made(counts, unit="count", year_type="snapshot_31_mar").recent
    assert snapshot.value is None and snapshot.reason == "a figure of a day is not added up"


def test_a_rate_is_out_of_the_population_and_not_of_four_of_them():
    rate = {**years((600, 60000)), **quarters(*[(150, 60000)] * 4, first=2025)}
    assert made(rate, unit="rate_per_10000").recent.value == pytest.approx(100)


def test_quarters_alone_are_the_figures_and_older_ones_say_nothing():
    alone = made(quarters((20, 100), (22, 100)))
    assert alone.latest.period == "2020-21-Q2" and alone.recent is None
    assert alone.periods == ("2020-21-Q1", "2020-21-Q2")
    assert made({**years((210, 1000)), **quarters((20, 100))}).recent is None


def test_the_journey_and_the_wholes_are_of_years_though_a_newer_quarter_is_held(store, catalogue):
    """A synthetic quarter beside the year of one step, and of one part of a whole."""
    view = queries.read({}, catalogue, HOME)
    before = Figures.of(store, 1)
    names = sorted({s.indicator_id for s in catalogue.journey} | {p.indicator_id for p in catalogue.parts})
    rows = store.observations(1, [n for n in names if n], [HOME, ENGLAND])

    def quarter(indicator_id: str):
        last = before.series(indicator_id, HOME)[-1]
        own = {"period": "2031-32-Q1", "period_end": last.period_end.replace(year=2031), "value": 40.0}
        return last._replace(**own)

    after = Figures(catalogue, [*rows, quarter("referrals_count"), quarter("referral_source_police_pct")])
    assert journey(view, after) == journey(view, before)
    assert breakdowns("front-door", view, after) == breakdowns("front-door", view, before)
