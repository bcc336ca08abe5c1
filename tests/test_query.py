"""The address: what it asks for, and that writing and reading it are each other's opposite."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeguarding.query import (
    KEYS,
    MOST_COMPARED,
    MOST_PICKED,
    SHOWS,
    Pick,
    Query,
    in_words,
    keys,
    left,
    read,
    without,
    write,
)

HOME = "E08000007"
PERIODS = [f"{y}-{(y + 1) % 100:02d}" for y in range(2012, 2025)]


def test_an_empty_address_is_home_against_england_its_region_and_its_neighbours(catalogue):
    query = read({}, catalogue, HOME)
    assert query == Query(HOME, ("E92000001", "E12000002", "SN"))
    assert write(query, catalogue, HOME) == ""


def test_an_area_without_neighbours_is_compared_with_england_and_its_region(catalogue):
    assert read({"area": "E10000002"}, catalogue, HOME).compare == ("E92000001", "E12000008")
    assert read({"area": "E92000001"}, catalogue, HOME).compare == ()


@settings(max_examples=200)
@given(data=st.data())
def test_reading_what_was_written_gives_the_same_view(catalogue, data):
    area = data.draw(st.sampled_from(sorted(catalogue.areas)))
    codes = [
        *(c for c in catalogue.areas if c != area),
        "GM",
        *(["SN", *catalogue.neighbour_sets(area)] if area == HOME else []),
    ]
    bounds = sorted(data.draw(st.lists(st.sampled_from(PERIODS), min_size=2, max_size=2)))
    query = Query(
        area=area,
        compare=tuple(data.draw(st.lists(st.sampled_from(codes), unique=True, max_size=MOST_COMPARED))),
        since=data.draw(st.sampled_from([None, bounds[0]])),
        to=data.draw(st.sampled_from([None, bounds[1]])),
        show=data.draw(st.sampled_from(list(SHOWS))),
        flagged_only=data.draw(st.booleans()),
    )
    text = write(query, catalogue, HOME)
    keys = dict(part.split("=", 1) for part in text.lstrip("?").split("&") if part)
    assert read(keys, catalogue, HOME) == query


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=5,
)
LIKELY = st.sampled_from(
    [
        *[
            "E08000007",
            "E08000003",
            "E92000001",
            "GM",
            "SN",
            "SN-2021",
            "E08000007,none,GM,SN,GM",
            " , ",
            "none",
        ],
        *["2018-19", "2018-19-Q2", "9999-00", "0000-01-Q1", "２０１８-１９", "undated", "2100-01", "1989-90"],
        *["trend", "rank", "flagged", "front-door", "conflict", "differs", "context"],
        *["cla_rate", "cla_rate:rank,cla_rate", "cla_rate:pie", "cpp_rate:trend", ":", "\x00 a \ud800"],
    ]
)


@settings(max_examples=400)
@given(st.dictionaries(st.sampled_from([*(k.name for k in KEYS), "add", "other"]), LIKELY | ANYTHING))
def test_no_address_whatever_raises_and_every_view_is_known_and_written_back(catalogue, address):
    query = read(address, catalogue, HOME)
    assert query.area in catalogue.areas
    assert query.show in SHOWS
    assert all(c in catalogue.areas or c.startswith("SN") or c == "GM" for c in query.compare)
    assert all(len(m) < 300 and m.isprintable() for m in query.messages)
    assert query.judged_on is None or query.to
    again = read(keys(write(query, catalogue, HOME)), catalogue, HOME)
    assert again == replace(query, messages=())


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_no_query_string_raises(catalogue, search):
    assert read(keys(search), catalogue, HOME).area in catalogue.areas


def test_every_field_of_a_view_is_filled_by_one_key():
    assert sorted(k.field for k in KEYS) == sorted(f.name for f in fields(Query) if f.name != "messages")
    assert len({k.name for k in KEYS}) == len(KEYS)


@pytest.mark.parametrize(
    "path, kept",
    [
        ("/", {"slides", "sort", "stands"}),
        ("/data", {"theme", "result"}),
        ("/view", {"indicators"}),
        ("/meeting", {"slides"}),
        ("/search", {"q"}),
        ("/front-door", set()),
    ],
)
def test_what_means_something_on_one_page_alone_is_carried_to_no_other(path, kept):
    everywhere = {"area": "E08000003", "compare": ("GM",), "to": "2018-19", "since": "2015-16"}
    everywhere |= {"show": "rank", "flagged_only": True}
    somewhere = {"theme": "front-door", "result": "conflict", "indicators": (Pick("cla_rate"),)}
    somewhere |= {"sort": "change", "stands": "near"}
    somewhere |= {"slides": (Pick("cpp_rate", "rank"),), "q": "plans"}
    own = {"title": "March board", "author": "Jo Smith", "dated": date(2026, 3, 17), "paper": "short"}
    of_packs = own if path in ("/", "/view", "/front-door") else {}
    kept_all = {name: v for name, v in somewhere.items() if name in kept}
    whole = Query(**everywhere, **somewhere, **own)
    assert without(whole, left(path, own=True)) == Query(**everywhere, **kept_all, **of_packs)
    found = without(whole, left(path))
    assert found == Query(**everywhere, **{name: v for name, v in somewhere.items() if name in kept})


@pytest.mark.parametrize(
    "address, said",
    [
        (
            {},
            "area Stockport, latest figures, "
            "compared with England, the North West and statistical neighbours",
        ),
        (
            {"compare": "none", "from": "2015-16"},
            "area Stockport, from 2015-16, latest figures, compared with nothing",
        ),
        (
            {"to": "2018-19", "from": "2015-16", "compare": "GM,E92000001,SN-2021,E08000003"},
            "area Stockport, from 2015-16, as at the end of 2018-19, compared with "
            "Greater Manchester, England, neighbours (2021 model) and Manchester",
        ),
    ],
)
def test_the_filters_are_told_in_words(catalogue, address, said):
    assert in_words(read(address, catalogue, HOME), catalogue) == f"Filters: {said}."


@pytest.mark.parametrize(
    "address, said",
    [
        ({"area": "E99"}, "There is no area with the code “E99” here, so this shows Stockport."),
        (
            {"to": "9999-00"},
            "“9999-00” is not a period. Periods are written 2018-19; all periods are shown instead.",
        ),
        (
            {"from": "undated"},
            "“undated” is not a period. Periods are written 2018-19; all periods are shown instead.",
        ),
        ({"compare": "x,y,z,w"}, "Nothing to compare with is known as “x, y, z”."),
        (
            {"area": "E10000002", "compare": "SN"},
            "No list of statistical neighbours is held for Buckinghamshire.",
        ),
        ({"show": "pie"}, "There is no view “pie”. The views are trend, rank, control, table."),
        ({"only": "me"}, "Part of this link was not understood (“only=me”): all indicators are shown."),
        ({"theme": "cake"}, "There are no checks of “cake”."),
        ({"indicator": "x" * 50}, f"No indicator is known as “{'x' * 40}…”."),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(catalogue, address, said):
    query = read(address, catalogue, HOME)
    assert query.messages == (said,)
    default = read(
        {k: "none" if k == "compare" else v for k, v in address.items() if k in ("area", "compare")},
        catalogue,
        HOME,
    )
    assert replace(query, messages=()) == replace(default, messages=())


def test_a_question_is_cut_at_100_characters_and_kept_as_it_prints(catalogue):
    assert read({"q": " a\x00 " + "b" * 200}, catalogue, HOME).q == "a " + "b" * 98
    assert read({"q": "a" * 99 + " b"}, catalogue, HOME).q == "a" * 99


def test_more_comparators_than_can_be_drawn_are_cut_with_a_message(catalogue):
    codes = [c for c in catalogue.areas if c != HOME][: MOST_COMPARED + 1]
    query = read({"compare": ",".join(codes)}, catalogue, HOME)
    assert list(query.compare) == codes[:MOST_COMPARED]
    assert query.messages == ("Only the first 6 comparators are drawn.",)
    assert not read({"compare": ",".join(codes[:-1])}, catalogue, HOME).messages


def test_reversed_periods_are_swapped_with_a_message(catalogue):
    query = read({"from": "2020-21", "to": "2015-16"}, catalogue, HOME)
    assert (query.since, query.to) == ("2015-16", "2020-21")
    assert "swapped" in query.messages[0]


def test_a_repeated_key_counts_once_with_its_last_value(catalogue):
    assert read({"area": ["E08000003", "E08000001"]}, catalogue, HOME).area == "E08000001"


def test_comparing_with_nothing_can_be_written(catalogue):
    query = read({"compare": "none"}, catalogue, HOME)
    assert query.compare == () and not query.messages
    assert write(query, catalogue, HOME) == "?compare=none"


def test_an_area_is_not_compared_with_itself(catalogue):
    assert read({"compare": f"{HOME},E92000001"}, catalogue, HOME).compare == ("E92000001",)


def test_what_a_reader_picks_is_kept_in_order_and_written_back(catalogue):
    asked = {
        "indicator": "cla_rate,nonsense,rereferrals_pct:rank,cla_rate:pie",
        "add": "cpp_rate",
        "slides": "cla_rate,cla_rate:rank,cla_rate",
        "q": "plan\x00s",
    }
    query = read(asked, catalogue, HOME)
    assert [str(p) for p in query.indicators] == ["cla_rate", "rereferrals_pct:rank", "cpp_rate"]
    assert [str(p) for p in query.slides] == ["cla_rate", "cla_rate:rank"] and query.q == "plans"
    assert query.messages == (
        "There is no chart “cla_rate:pie”. The charts are trend, rank, control, table, difference, funnel.",
        "No indicator is known as “nonsense”.",
    )
    text = write(query, catalogue, HOME)
    assert text == "?indicator=cla_rate,rereferrals_pct:rank,cpp_rate&slides=cla_rate,cla_rate:rank&q=plans"
    assert read(keys(text), catalogue, HOME) == replace(query, messages=())
    everything = ",".join(catalogue.indicators)
    assert len(read({"slides": everything}, catalogue, HOME).slides) == MOST_PICKED
    assert len(read({"indicator": everything, "add": "cla_rate"}, catalogue, HOME).indicators) == MOST_PICKED
