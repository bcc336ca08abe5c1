"""The address: what it asks for, and that writing and reading it are each other's opposite."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from safeguarding.query import MOST_COMPARED, MOST_PICKED, SHOWS, Query, keys, read, write

HOME = "E08000007"
PERIODS = [f"{y}-{(y + 1) % 100:02d}" for y in range(2012, 2025)]


def test_an_empty_address_is_home_against_england_its_region_and_its_neighbours(catalogue):
    query = read({}, catalogue, HOME)
    assert query == Query(HOME, ("E92000001", "E12000002", "SN"))
    assert write(query, catalogue, HOME) == ""


def test_an_area_without_neighbours_is_compared_with_england_and_its_region(catalogue):
    assert read({"area": "E08000003"}, catalogue, HOME).compare == ("E92000001", "E12000002")
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


@settings(max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from(["area", "from", "to", "compare", "show", "only", "other"]),
        st.text() | st.lists(st.text(), max_size=3),
    )
)
def test_no_address_whatever_raises_and_every_answer_is_a_known_view(catalogue, address):
    query = read(address, catalogue, HOME)
    assert query.area in catalogue.areas
    assert query.show in SHOWS
    assert all(c in catalogue.areas or c.startswith("SN") or c == "GM" for c in query.compare)
    assert all(len(m) < 300 and m.isprintable() for m in query.messages)


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
    assert query.messages == ("No indicator is known as “nonsense, cla_rate:pie”.",)
    text = write(query, catalogue, HOME)
    assert text == "?indicator=cla_rate,rereferrals_pct:rank,cpp_rate&slides=cla_rate,cla_rate:rank&q=plans"
    assert read(keys(text), catalogue, HOME) == replace(query, messages=())
    everything = ",".join(catalogue.indicators)
    assert len(read({"slides": everything}, catalogue, HOME).slides) == MOST_PICKED
    assert len(read({"indicator": everything, "add": "cla_rate"}, catalogue, HOME).indicators) == MOST_PICKED
