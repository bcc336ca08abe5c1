"""Every area is a full citizen: its pages, its rank among all of England, its neighbours, its partnership."""

import re
from dataclasses import replace

import pytest

from safeguarding.desk import Desk
from safeguarding.settings import Settings
from tests.conftest import HOME
from tests.test_server import fetch

SALFORD, KENT, CITY, CUMBRIA, WESTMORLAND = "E08000006", "E10000016", "E09000001", "E10000006", "E06000064"
ENGLAND, LONDON = "E92000001", "E12000007"


@pytest.mark.parametrize("area", [SALFORD, KENT, CITY, CUMBRIA, WESTMORLAND, ENGLAND, LONDON])
def test_an_area_has_its_pages_in_every_year(live, area):
    for path in ("/", "/child-protection", "/indicator/rereferrals_pct"):
        for year in ("", "&to=2013-14", "&to=2018-19"):
            answer = fetch(f"{live}{path}?area={area}{year}")
            assert answer.status == 200 and "This page could not" not in answer.read().decode()


@pytest.mark.parametrize(
    "area, said",
    [
        # as the Structural Changes Orders of these years have it
        (
            CUMBRIA,
            "Cumbria ended on 31 March 2023: its figures stop there and go on as those of Cumberland; "
            "Westmorland and Furness.",
        ),
        (
            WESTMORLAND,
            "Westmorland and Furness began on 1 April 2023 in place of Cumbria: most of its figures begin "
            "there.",
        ),
        (
            "E06000058",
            "Bournemouth, Christchurch and Poole began on 1 April 2019 in place of Bournemouth, Dorset "
            "and Poole: "
            "most of its figures begin there.",
        ),
        (
            "E10000009",
            "Dorset ended on 31 March 2019: its figures stop there and go on as those of Bournemouth, "
            "Christchurch "
            "and Poole; the new authority of Dorset.",
        ),
        (
            "E06000060",
            "Buckinghamshire began on 1 April 2020 in place of the county of Buckinghamshire: most of its "
            "figures "
            "begin there.",
        ),
    ],
)
def test_an_area_that_ended_or_began_says_so(live, area, said):
    for path in ("/", "/child-protection", "/meeting"):
        assert said in fetch(f"{live}{path}?area={area}").read().decode()
    assert said not in fetch(f"{live}/").read().decode()


def test_areas_of_one_name_are_told_apart(live):
    offered = re.findall(r"<option[^>]*>([^<]*)</option>", fetch(f"{live}/").read().decode())
    assert {"Dorset", "Dorset (to 31 March 2019)"} <= set(offered)


@pytest.mark.parametrize("area", [SALFORD, KENT, HOME])
@pytest.mark.parametrize("to", ["2018-19", "2024-25"])
def test_an_authority_is_ranked_among_all_that_then_existed(summary, catalogue, area, to):
    one = summary("rereferrals_pct", area=area, to=to)
    ranking = one.rankings[-1]
    existed = {a.area_code for a in catalogue.authorities(one.latest.period_end)}
    with_value = [code for code in existed if (o := one.at(code)) and o.value is not None]
    assert ranking.title == "English authorities"
    assert len(with_value) <= ranking.n <= len(existed) and ranking.n > 140
    assert 1 <= ranking.best <= ranking.worst <= ranking.n
    own, others = (
        one.latest.judged(one.indicator),
        [one.at(code).judged(one.indicator) for code in with_value],
    )
    assert ranking.best == sum(other < own for other in others) + 1


@pytest.mark.parametrize(
    "indicator_id, n, best",
    [("referral_source_police_pct", 152, 109), ("sw_agency_pct", 152, None)],
)
def test_a_place_that_changed_its_code_counts_in_the_years_before(summary, indicator_id, n, best):
    """Its source gives North Yorkshire's figure of 2018-19 under the code that it has had since 2023."""
    one = summary(indicator_id, to="2018-19")
    assert one.rankings[-1].n == n
    assert best is None or one.rankings[-1].best == best
    recoded = summary(indicator_id, area="E06000065", to="2018-19").rankings
    assert recoded[-1].n == n and recoded[-1].best
    assert "North Yorkshire" in [b.name for b in recoded[0].bars if b.value is not None]


def test_a_london_borough_is_compared_with_london_and_ranked_in_it(summary, catalogue):
    boroughs = [code for code in catalogue.areas if code.startswith("E09")]
    assert {catalogue.region_of(code).name for code in boroughs} == {"London"} and len(boroughs) == 33
    one = summary("cin_rate", area="E09000001")
    assert one.region.name == "London" and one.region.benchmark is not None
    assert one.rankings[0].title == "Authorities of London" and len(one.rankings[0].bars) == 33 + 2


def test_every_authority_has_its_own_neighbours_but_the_one_that_no_model_knew(catalogue):
    without = {
        a.name
        for a in catalogue.areas.values()
        if a.type == "authority" and not catalogue.neighbour_sets(a.area_code)
    }
    assert without == {"Buckinghamshire"}  # the county that ended in 2020, before the 2021 model
    for (area, name), codes in catalogue.neighbours.items():
        assert area not in codes and len(set(codes)) == 10, (area, name)


@pytest.mark.parametrize(
    "home, partnership, name",
    [
        (SALFORD, "", "Salford Safeguarding Children Partnership"),
        (HOME, "", "Stockport Safeguarding Children Partnership"),
        ("E06000023", "", "City of Bristol Safeguarding Children Partnership"),
        ("E06000058", "", "Bournemouth, Christchurch and Poole Safeguarding Children Partnership"),
        (SALFORD, "Salford SCP", "Salford SCP"),
    ],
)
def test_the_partnership_is_called_after_its_area_unless_it_says_otherwise(store, home, partnership, name):
    settings = replace(Settings(), home_area=home, partnership=partnership)
    assert Desk(store, settings, 1).partnership == name
    assert Desk(store, settings, 1).read({}).area == home
