"""How often somebody may ask: by person and by address, with a sentence, and never of files and health."""

import pytest

from addresses import limits
from addresses.gate import neighbourhood
from addresses.limits import Buckets
from safeguarding.access.accounts import Accounts
from safeguarding.access.people import Role
from tests.access.test_crossing import PASSWORD, as_, through
from tests.standing_in import store_of


@pytest.fixture
def peopled(folder, tmp_path, monkeypatch):
    store = store_of(folder, tmp_path)
    for role in (Role.VIEWER, Role.ANALYST):
        Accounts(store).add(role.value, PASSWORD, role, "a test")
    monkeypatch.setattr(limits, "_buckets", Buckets())
    return store


def test_a_bucket_holds_a_minute_fills_evenly_and_is_its_owners_alone():
    now = [0.0]
    buckets = Buckets(lambda: now[0])
    assert [buckets.wait("x", 60) for _ in range(60)] == [0.0] * 60
    assert buckets.wait("x", 60) == 1.0 and buckets.wait("y", 60) == 0.0
    now[0] = 0.75
    assert buckets.wait("x", 60) == pytest.approx(0.25), "to be refused costs nothing"
    now[0] = 1.0
    assert buckets.wait("x", 60) == 0.0 and buckets.wait("x", 60) == pytest.approx(1.0)
    now[0] = 1000.0
    assert [buckets.wait("x", 60) for _ in range(61)] == [0.0] * 60 + [pytest.approx(1.0)], (
        "a minute's, no more"
    )


def test_buckets_have_a_bound(monkeypatch):
    monkeypatch.setattr(limits, "MOST", 3)
    buckets = Buckets(lambda: 0.0)
    for who in "abcd":
        assert buckets.wait(who, 1) == 0.0
    assert buckets.wait("d", 1) > 0 and buckets.wait("a", 1) == 0.0, "a had been forgotten"


def test_whoever_asks_too_often_is_told_so_and_nobody_else_is(peopled):
    with through(peopled, rate_limit=5) as client:
        as_(client, Role.VIEWER, peopled)
        statuses = [client.get("/api/search.json?q=cla").status_code for _ in range(7)]
        assert statuses == [200] * 5 + [429] * 2
        answer = client.get("/front-door", headers={"Accept": "text/html"})
        assert answer.status_code == 429 and 1 <= int(answer.headers["Retry-After"]) <= 13
        assert "You have asked too often" in answer.get_data(as_text=True)
        for path in ("/healthz", "/readyz", "/assets/access.css", "/sheet.css"):
            assert client.get(path).status_code == 200, path
        as_(client, Role.ANALYST, peopled)
        assert client.get("/api/search.json?q=cla").status_code == 200, "somebody else at that address"
        assert client.post("/sign-in", data={}).status_code == 403, "a stranger at that address"


def test_strangers_are_counted_by_address_whether_they_get_in_or_not(peopled):
    with through(peopled, rate_limit=4) as client:
        for headers in (
            {},
            {"Authorization": "Bearer x"},
            {"Cookie": "session=y"},
            {"X-Forwarded-For": "1.1.1.1"},
        ):
            assert client.get("/api/search.json", headers=headers).status_code == 401
        assert client.get("/api/search.json").status_code == 429
        assert client.get("/sign-in").status_code == 429
        elsewhere = {"REMOTE_ADDR": "10.0.0.9"}
        assert client.get("/sign-in", environ_base=elsewhere).status_code == 200


def test_at_its_own_machine_and_where_it_is_switched_off_nobody_is_counted(peopled, store):
    with through(store, rate_limit=1) as client:
        assert [client.get("/api/search.json").status_code for _ in range(4)] == [200] * 4
    with through(peopled, rate_limit=0, access="anyone") as client:
        assert [client.get("/api/search.json").status_code for _ in range(4)] == [200] * 4


@pytest.mark.parametrize(
    "address, known_as",
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("nobody", "nobody"),
        (":x", ":x"),
        ("", ""),
    ],
)
def test_a_reader_of_ipv6_has_one_bucket_for_all_addresses(address, known_as):
    assert neighbourhood(address) == known_as
