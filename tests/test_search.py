"""Search finds an indicator by its own words and by the field's abbreviations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.search import ABBREVIATIONS, areas, nearest, same, search, themes


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
        ("re-registration", "cpp_subsequent_pct"),
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
        ("q=stockport", "/"),  # where one is
        ("q=front+door", "/front-door"),
        ("to=2018-19&area=E10000016&q=sdq", "/indicator/cla_sdq_average?area=E10000016&to=2018-19"),
    ],
)
def test_enter_leads_straight_to_what_is_meant_without_a_script(client, asked, link):
    answer = client.get(f"/search?{asked}")
    assert (answer.status_code, answer.headers.get("Location")) == (303, link)


@pytest.mark.parametrize(
    "asked",
    [
        "q=uasc",
        "q=plan",
        "q=salford",
        "q=E08000006",
        "q=zebra",
        "q=",
        "",
        "q=%21%3F",
        "q=repeat&area=nowhere",
        "q=%2F%2Fevil.example",
    ],
)
def test_where_there_is_a_choice_or_nothing_the_results_are_shown(client, asked):
    answer = client.get(f"/search?{asked}")
    assert answer.status_code == 200 and "Find an indicator" in answer.get_data(as_text=True)


@given(text=st.text(max_size=30), name=st.text(max_size=30))
def test_the_same_words_are_a_name_whatever_stands_between_them(text, name):
    assert same(text, name) == same(name, text)
    assert same(text, f" {text}! ") == same(text, text)


@pytest.mark.parametrize(
    "on, compared",
    [
        ("/", "/?compare=E92000001,E12000002,SN,E08000006"),
        ("/child-protection", "/child-protection?compare=E92000001,E12000002,SN,E08000006"),
        ("/indicator/cla_rate", "/indicator/cla_rate?compare=E92000001,E12000002,SN,E08000006"),
        # a page that compares nothing, and what is no page of ours
        ("/data", "/?compare=E92000001,E12000002,SN,E08000006"),
        ("//evil.example", "/?compare=E92000001,E12000002,SN,E08000006"),
        ("/indicator/nothing", "/?compare=E92000001,E12000002,SN,E08000006"),
    ],
)
def test_an_area_is_offered_to_compare_with_and_to_switch_to(client, on, compared):
    hits = client.get("/api/search.json", query_string={"q": "salford", "on": on}).get_json()
    assert [(h["title"], h["link"]) for h in hits] == [
        ("Compare with Salford", compared),
        ("Switch to Salford", "/?area=E08000006"),
    ]


def test_an_area_that_one_compares_with_already_is_offered_to_switch_to_alone(client):
    keys = {"q": "salford", "compare": "E08000006"}
    assert [h["title"] for h in client.get("/api/search.json", query_string=keys).get_json()] == [
        "Switch to Salford"
    ]
    full = "E92000001,E12000002,SN,E08000003,E08000001,E08000002"
    first = client.get("/api/search.json", query_string={"q": "salford", "compare": full}).get_json()[0]
    assert first["link"].endswith("E08000001,E08000006"), "no more than are drawn"
    assert client.get(first["link"]).status_code == 200


def test_where_nothing_is_found_the_nearest_is_offered_and_said_to_be_no_hit(client, catalogue):
    assert search("plans zebra", catalogue) == [] and nearest("plans zebra", catalogue)
    near = client.get("/api/search.json?q=plans+zebra").get_json()
    assert 0 < len(near) <= 4 and all(h["near"] and "lan" in h["title"] for h in near)
    page = client.get("/search?q=plans+zebra").get_data(as_text=True)
    assert "Nothing found for “plans zebra”." in page and "The nearest:" in page
    assert near[0]["title"] in page


def test_where_nothing_comes_near_a_way_on_is_offered(client, catalogue):
    assert nearest("zzzqqq", catalogue) == [] == nearest("", catalogue)
    assert client.get("/api/search.json?q=zzzqqq").get_json() == []
    page = client.get("/search?q=zzzqqq").get_data(as_text=True)
    assert "Nothing found for “zzzqqq”." in page and "one word alone" in page


@given(text=st.text(max_size=60))
def test_no_question_makes_the_nearest_fail(catalogue, text):
    found = nearest(text, catalogue)
    assert len(found) == len({i.indicator_id for i in found})
