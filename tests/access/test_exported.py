"""What partners take away stands in the audit log, and what anybody may have does not."""

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from addresses import exported, packs
from safeguarding.__main__ import main
from safeguarding.access.accounts import Accounts
from safeguarding.access.people import Role
from safeguarding.access.tokens import Tokens
from safeguarding.store.audit import entries
from safeguarding.store.releases import Store
from tests.access.test_crossing import PASSWORD, as_, through
from tests.standing_in import store_of
from tests.test_reliability import made


@pytest.fixture(scope="module")
def peopled(folder, tmp_path_factory) -> Store:
    store = store_of(folder, tmp_path_factory.mktemp("exported"))
    Accounts(store).add("viewer", PASSWORD, Role.VIEWER, "a test")
    return store


def told(store: Store) -> list[tuple[str, str, str]]:
    """Who has taken what from where."""
    return [(e.who, e.about, e.address) for e in entries(store.engine) if e.what == exported.WHAT]


def test_what_a_partner_takes_away_is_written_down_by_the_name_of_the_file(peopled, tmp_path, monkeypatch):
    monkeypatch.setattr(packs, "FOLDER", tmp_path)
    pack = made(tmp_path / ("p" * 22), 5)
    (pack / packs.READER).write_text("partners")
    before = told(peopled)
    with through(peopled) as client:
        as_(client, Role.VIEWER, peopled)
        for path in ("/", "/front-door", "/api/search.json?q=cla", "/api/figure/cla_rate/trend.json"):
            assert client.get(path).status_code == 200
        assert client.get("/api/indicator/nothing.csv").status_code == 404
        assert client.head("/api/indicator/cla_rate.csv").status_code == 200
        assert told(peopled) == before, "nothing was taken away"
        chart = client.get("/api/chart/cla_rate/trend.csv?to=2018-19")
        for path in ("/api/indicator/cla_rate.csv", "/api/scorecard.json", f"/api/packs/{pack.name}/x.pptx"):
            assert client.get(path).status_code == 200
        client.get(f"/api/packs/{pack.name}/x.pptx", headers={"Range": "bytes=0-3"})
    new = told(peopled)[len(before) :]
    assert {(who, address) for who, _, address in new} == {("viewer", "127.0.0.1")}
    names = [about for _, about, _ in new]
    assert (
        names[0] == chart.headers["Content-Disposition"].partition("filename=")[2] and "2018-19" in names[0]
    )
    assert names[1:] == [
        "cla_rate_E08000007_partners.csv",
        "/api/scorecard.json",
        "x.pptx",
        "x.pptx",
    ]


def test_a_token_is_its_owner(peopled):
    bearer = {"Authorization": f"Bearer {Tokens(peopled).make('viewer', 'Power BI', 'a test')}"}
    with through(peopled) as client:
        assert client.get("/api/indicator/cla_rate.json?to=2018-19", headers=bearer).status_code == 200
        assert told(peopled)[-1] == ("viewer", "/api/indicator/cla_rate.json", "127.0.0.1")
        for path in ("/api/figure/cla_rate/trend.json", "/api/chart/cla_rate/trend.metadata.json"):
            assert client.get(path, headers=bearer).status_code == 200
            assert told(peopled)[-1] == ("viewer", path, "127.0.0.1"), "a script takes what a page would draw"
    used = [e for e in entries(peopled.engine) if e.what == "token used"]
    assert len(used) == 1 and used[0].who == "viewer"


def test_what_anybody_may_have_is_not_written_down(peopled):
    before = told(peopled)
    with through(peopled, access="anyone") as client:
        assert client.get("/api/indicator/cla_rate.csv").status_code == 200
    assert told(peopled) == before


def test_what_cannot_be_written_down_is_not_sent(peopled, monkeypatch):
    @contextmanager
    def away(*_):
        raise sa.exc.OperationalError("", {}, Exception("database is locked"))
        yield

    with through(peopled) as client:
        as_(client, Role.VIEWER, peopled)
        assert client.get("/front-door").status_code == 200
        monkeypatch.setattr(Store, "writing", away)
        answer = client.get("/api/indicator/cla_rate.csv")
        assert answer.status_code == 503 and answer.headers["Retry-After"] == "5"
        assert "nothing was changed" in answer.get_data(as_text=True) and len(answer.data) < 200
        assert client.get("/front-door").status_code == 200


@pytest.mark.slow
def test_a_pack_for_partners_made_at_a_terminal_is_written_down_too(peopled, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", str(peopled.engine.url))
    monkeypatch.setattr("getpass.getuser", lambda: "somebody")
    what = ["export", "--theme", "front-door", "--format", "csv", "--out", str(tmp_path)]
    before = told(peopled)
    assert main(what) == 0 and told(peopled) == before
    assert main([*what, "--audience", "partners"]) == 0
    (new,) = told(peopled)[len(before) :]
    assert new[0] == "somebody at the terminal" and new[1].endswith(": csv")
