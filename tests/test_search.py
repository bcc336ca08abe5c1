"""Search finds an indicator by its own words and by the field's abbreviations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.search import ABBREVIATIONS, areas, search, themes


@pytest.mark.parametrize(
    "text, first",
    [
        ("re-referrals", "rereferrals_pct"),
        ("repeat plans", "cpp_subsequent_pct"),
        ("UASC", "uasc_count"),
        ("s47", "s47_rate"),
        ("icpc 15 days", "icpc_15_days_pct"),
        ("lac rate 10,000", "cla_rate"),
        ("dentist", "cla_dental_check_pct"),
        ("FGM", "factor_fgm_pct"),
        ("sdq", "cla_sdq_average"),
        ("neglct", "factor_neglect_pct"),
        ("suicide", "factor_self_harm_pct"),
        ("exclusion", "cin_overall_absence_pct"),
        ("repeet plans", "cpp_subsequent_pct"),
    ],
)
def test_what_practitioners_type_finds_the_indicator(catalogue, text, first):
    assert search(text, catalogue)[0].indicator_id == first


def test_every_title_finds_its_indicator(catalogue):
    for indicator in catalogue.indicators.values():
        assert indicator in search(indicator.title, catalogue), indicator.title


def test_every_abbreviation_finds_something(catalogue):
    assert [a for a in ABBREVIATIONS if not search(a, catalogue)] == []


def test_all_words_must_be_there_and_no_words_find_nothing(catalogue):
    assert (
        search("plans zebra", catalogue) == []
        and search("  ", catalogue) == []
        and search("!?", catalogue) == []
    )


@given(text=st.text(max_size=120))
def test_no_question_makes_the_search_fail(catalogue, text):
    assert len(search(text, catalogue)) <= len(catalogue.indicators)


def test_areas_and_themes_are_found_by_name(catalogue):
    assert [a.name for a in areas("salf", catalogue)] == ["Salford"]
    assert {a.name for a in areas("westmorland furness", catalogue)} == {"Westmorland and Furness"}
    assert areas("", catalogue) == areas("zebra", catalogue) == []
    assert [t.theme_id for t in themes("front")] == ["front-door"] and themes("") == []
