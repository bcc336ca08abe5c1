"""Parts of a whole over time: side by side on one scale, in place of a card each, nothing left out."""

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from components.as_html import as_html
from components.bands import bands
from safeguarding.charts.trend import side_by_side
from safeguarding.prominent import arranged
from safeguarding.store.tables import Revised
from safeguarding.vocabulary import Role
from tests.conftest import altered
from tests.standing_in import asking


@pytest.fixture
def themes(summary, catalogue):
    """A function: the summaries of a theme and the parts of its wholes."""

    def of(theme: str, **asked):
        parts = [p for p in catalogue.parts if p.theme == theme]
        return [summary(i.indicator_id, **asked) for i in catalogue.theme(theme)], parts

    return of


@pytest.mark.parametrize(
    "theme, whole", [("child-protection", "plan_duration"), ("children-in-need", "need_duration")]
)
def test_durations_stand_side_by_side_on_one_scale(themes, theme, whole):
    summaries, parts = themes(theme)
    found = arranged(summaries, parts)
    (bands,) = found.bands.values()
    assert list(found.bands) == [whole]
    assert [s.indicator.indicator_id for s in bands] == [p.indicator_id for p in parts if p.over_time]
    charts = side_by_side(bands)
    highest = max(p.value or 0 for s in bands for p in s.lines[0].points)
    (ticks,) = {c.ticks for c in charts}
    assert ticks[0] == 0 and ticks[-1] >= highest
    assert all({s.role for s in c.series} <= {Role.FOCUS, Role.ENGLAND} for c in charts)


def test_every_measure_is_shown_once(themes):
    summaries, parts = themes("child-protection")
    found = arranged(summaries, parts)
    shown = [s.indicator.indicator_id for s in found.shown] + [
        s.indicator.indicator_id for s in found.counts.values()
    ]
    assert sorted(shown) == sorted(s.indicator.indicator_id for s in summaries)


def test_a_band_that_is_flagged_has_its_card_too(themes):
    summaries, parts = themes("child-protection")
    flagged = next(s for s in summaries if s.flagged)
    parts = [replace(parts[0], indicator_id=flagged.indicator.indicator_id, over_time=True)]
    found = arranged(summaries, parts)
    assert found.shown.count(flagged) == 1
    assert flagged in found.cards and [flagged] == [s for band in found.bands.values() for s in band]


def test_asked_for_something_else_all_are_cards(themes):
    assert arranged(*themes("child-protection"), folded=False).bands == {}


def test_a_figure_that_is_provisional_or_has_changed_is_marked_as_in_any_table(themes, monkeypatch):
    summaries, parts = themes("child-protection")
    one = next(s for s in summaries if s.indicator.indicator_id == parts[0].indicator_id)
    first, *rest, last = one.lines[0].points
    was = Revised(date(2026, 11, 26), 30.0, last.value)
    points = (replace(first, provisional=True), *rest, replace(last, revised=was))
    told = altered(one, _drawn=(one.periods, (replace(one.lines[0], points=points), *one.lines[1:])))
    monkeypatch.setattr("components.bands.desk", lambda: SimpleNamespace(link=lambda path, _: path))
    page = as_html(bands(parts[:1], [told], one.view))
    rows = re.findall(r'<tr><th scope="row">31 March (\d+)</th><td>(.*?)</td></tr>', page)
    assert rows[0] == ("2025", '35.2% <small class="revised">changed on 26 November 2026: was 30.0%</small>')
    assert rows[-1] == ("2013", f"{first.value:.1f}% <small>provisional</small>")


def test_a_small_chart_works_out_nothing_that_it_does_not_draw(themes, monkeypatch):
    def never(*_):
        raise AssertionError("a small chart has neither interval nor outlook nor tolerance")

    for name in ("outlook", "judge_tolerance"):
        monkeypatch.setattr(f"safeguarding.summaries.{name}", never)
    monkeypatch.setattr("safeguarding.verdicts.case.interval_of", never)
    charts = side_by_side(themes("child-protection")[0])
    assert all((c.expected, c.interval, c.band) == (None, None, None) for c in charts)


def test_the_page_says_hidden_and_never_a_number_for_it(store):
    with asking(store) as client:
        page = client.get("/child-protection").get_data(as_text=True)
    card = page.split('id="bands-plan_duration"')[1].split("</article>")[0]
    latest = re.search(r'<tr><th scope="row">31 March 2025</th>(.*?)</tr>', card, re.S)
    assert re.findall(r"<td>(.*?)</td>", latest[1]) == [
        "35.2%",
        "28.6%",
        "24.2%",
        *["<small>hidden</small>"] * 2,
    ]
    assert card.count("data-indicator=") == 5
