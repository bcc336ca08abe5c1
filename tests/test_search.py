"""Search finds an indicator by its own words and by the field's abbreviations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.search import ABBREVIATIONS, areas, same, search, themes


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


@pytest.mark.parametrize(
    "asked, link",
    [
        ("q=repeat", "/indicator/cpp_subsequent_pct"),  # the only one
        ("q=neglct", "/indicator/factor_neglect_pct"),
        ("q=cla_rate", "/indicator/cla_rate"),  # by its id
        ("q=RE-REFERRALS", "/indicator/rereferrals_pct"),  # its short title, of four
        ("q=Referrals", "/indicator/referrals_count"),
        ("q=salford", "/?area=E08000006"),
        ("q=kent", "/?area=E10000016"),
        ("q=front+door", "/front-door"),
        ("to=2018-19&area=E10000016&q=sdq", "/indicator/cla_sdq_average?area=E10000016&to=2018-19"),
    ],
)
def test_enter_leads_straight_to_what_is_meant_without_a_script(client, asked, link):
    answer = client.get(f"/search?{asked}")
    assert (answer.status_code, answer.headers.get("Location")) == (303, link)


@pytest.mark.parametrize(
    "asked",
    ["q=uasc", "q=plan", "q=zebra", "q=", "", "q=%21%3F", "q=repeat&area=nowhere", "q=%2F%2Fevil.example"],
)
def test_where_there_is_a_choice_or_nothing_the_results_are_shown(client, asked):
    answer = client.get(f"/search?{asked}")
    assert answer.status_code == 200 and "Find an indicator" in answer.get_data(as_text=True)


@given(text=st.text(max_size=30), name=st.text(max_size=30))
def test_the_same_words_are_a_name_whatever_stands_between_them(text, name):
    assert same(text, name) == same(name, text)
    assert same(text, f" {text}! ") == same(text, text)
