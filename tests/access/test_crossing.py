"""Crossing the gate with accounts on: every address of the server's own map, and what nobody gets past.

Names and passwords are made up.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from addresses.gate import FOR_STRANGERS, loads
from components import site
from safeguarding.access import sessions
from safeguarding.access.accounts import Accounts
from safeguarding.access.people import Person, Role
from safeguarding.access.sessions import Sessions, proof_for
from safeguarding.access.tokens import Tokens
from safeguarding.disclosure.audience import Audience
from safeguarding.store.audit import entries
from safeguarding.store.releases import Store
from tests.conftest import HOME
from tests.standing_in import asking, store_of
from tests.test_hostile import asked as question

PASSWORD = "correct horse battery"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
NOTE = {
    "indicator_id": "cla_rate",
    "area_code": HOME,
    "period": "2024-25",
    "kind": "note",
    "text": "Looked at together.",
    "author": "Somebody else",
}
PATHS = {
    "<indicator_id>": "cla_rate",
    "<kind>": "csv",
    "<subject>": "cla_rate",
    "<chart>": "trend",
    "<name>": "abcdefghijklmnopqrst",
    "<file>": "x.pptx",
    "<int:number>": "1",
    "<int(max=2147483647):note_id>": "1",
    "<what>": "done",
    "<path:path>": "front-door",
    "<path:filename>": "dashboard.css",
}


@pytest.fixture(scope="module")
def peopled(folder, tmp_path_factory) -> Store:
    """A store in which three people have accounts."""
    store = store_of(folder, tmp_path_factory.mktemp("peopled"))
    for role in Role:
        Accounts(store).add(role.value, PASSWORD, role, "a test")
    return store


@pytest.fixture
def client(peopled: Store) -> Iterator[FlaskClient]:
    with through(peopled) as asked:
        yield asked


def through(store: Store, **settings: object):
    """A client that has to cross the gate itself."""
    return asking(store, None, **settings)


def as_(client: FlaskClient, role: Role, store: Store) -> dict[str, str]:
    """Sign somebody in without the form; the headers that a page of ours adds."""
    secret = Sessions(store).begin(Person(role.value, role))
    client.set_cookie("session", secret)
    return {"X-CSRFToken": proof_for(secret)}


def addresses() -> list[tuple[str, str, str]]:
    """Every rule of the server, a method, and an address that it answers."""
    import app

    found = []
    for rule in app.server.url_map.iter_rules():
        path = rule.rule
        for variable, value in PATHS.items():
            path = path.replace(variable, value)
        found += [(rule.rule, method, path) for method in sorted(rule.methods or ())]
    return found


def test_every_address_but_signing_in_health_and_files_is_closed_to_a_stranger(client, peopled):
    walked = addresses()
    assert len(walked) > 40
    for rule, method, path in walked:
        if rule in FOR_STRANGERS:
            continue
        for headers in ({}, HTML, {"Accept": "application/json"}):
            answer = client.open(path, method=method, headers=headers)
            assert answer.status_code in (302, 401), (method, path, answer.status_code)
            said = answer.get_data(as_text=True)
            assert len(said) < 2500 and not re.search(
                r"\d\.\d|%|Stockport \d|data-value",
                re.sub(r"<head>.*?</head>|[?]next=\S*", "", said, flags=re.S),
            ), (path, said)
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith("/sign-in?next=/")
    assert client.get("/nowhere/at/all").status_code in (302, 401)
    assert client.open("/front-door", method="PROPFIND").status_code in (401, 405)


def test_what_strangers_are_given_holds_no_figure(client):
    for path in ("/sign-in", "/healthz", "/assets/access.css", "/sheet.css"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "cla_rate" not in answer.get_data(as_text=True) and "per 10,000" not in answer.get_data(
            as_text=True
        )
    assert client.get("/assets/../data/areas.csv").status_code != 200


def test_the_data_layer_refuses_whoever_has_not_passed(client):
    import app

    with app.server.test_request_context("/"), pytest.raises(PermissionError):
        site.desk()


def test_signing_in_and_out_as_a_browser_does(client, peopled):
    page = client.get("/front-door?to=2018-19", headers=HTML)
    assert page.status_code == 302
    form = client.get(page.headers["Location"])
    proof, onward = (
        re.search(rf'name="{name}" value="([^"]*)"', form.get_data(as_text=True))[1]
        for name in ("proof", "next")
    )
    given = {"proof": proof, "next": onward, "name": "Viewer", "password": PASSWORD}
    wrong = client.post("/sign-in", data={**given, "password": "wrong"})
    assert wrong.status_code == 401 and "do not go together" in wrong.get_data(as_text=True)
    proof = re.search(r'name="proof" value="([^"]*)"', wrong.get_data(as_text=True))[1]
    answer = client.post("/sign-in", data={**given, "proof": proof})
    assert answer.status_code == 303 and answer.headers["Location"] == "/front-door?to=2018-19"
    cookies = {c.partition("=")[0]: c for c in answer.headers.getlist("Set-Cookie")}
    assert "HttpOnly" in cookies["session"] and "SameSite=Lax" in cookies["session"]
    assert "Secure" not in cookies["session"] and "HttpOnly" not in cookies["_csrf_token"]
    page = client.get("/front-door?to=2018-19")
    assert page.status_code == 200 and 'data-audience="partners"' in page.get_data(as_text=True)
    assert page.headers["Cache-Control"] == "private, no-store"
    replayed = client.get_cookie("session").value
    assert client.post("/sign-out", data={}).status_code == 403, "without what a page of ours knows"
    proof = re.search(r'name="proof" value="([^"]*)"', client.get("/account").get_data(as_text=True))[1]
    assert client.post("/sign-out", data={"proof": proof}).status_code == 303
    assert client.get("/front-door", headers=HTML).status_code == 302
    client.set_cookie("session", replayed)
    assert client.get("/front-door", headers=HTML).status_code == 302, "a session that has ended is replayed"
    told = [(e.what, e.who) for e in entries(peopled.engine)]
    assert [line for line in told if "sign" in line[0]][-3:] == [
        ("sign-in failed", "viewer"),
        ("signed in", "viewer"),
        ("signed out", "viewer"),
    ]


def test_a_form_to_sign_in_that_is_not_ours_is_refused(client):
    given = {"name": "viewer", "password": PASSWORD, "proof": proof_for("x")}
    assert client.post("/sign-in", data=given).status_code == 403
    client.set_cookie("form", "x")
    assert client.post("/sign-in", data=given, headers={"Origin": "http://evil.example"}).status_code == 403
    client.set_cookie("form", "x")  # each answer binds its form anew
    assert client.post("/sign-in", data=given, headers={"Origin": "http://localhost"}).status_code == 303


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example", "/\\evil.example", "/\n/x", "", "/sign-in"]
)
def test_signing_in_leads_nowhere_else(client, onward):
    client.set_cookie("form", "x")
    given = {"name": "viewer", "password": PASSWORD, "proof": proof_for("x"), "next": onward}
    assert client.post("/sign-in", data=given).headers["Location"] == "/"


def test_after_wrong_passwords_even_the_right_one_waits(client, peopled):
    Accounts(peopled).add("forgetful", PASSWORD, Role.VIEWER, "a test")
    client.set_cookie("form", "x")
    given = {"name": "forgetful", "proof": proof_for("x")}
    for _ in range(4):
        answer = client.post("/sign-in", data={**given, "password": "wrong"})
        client.set_cookie("form", "x")
    for _ in range(3):
        answer = client.post("/sign-in", data={**given, "password": PASSWORD})
        client.set_cookie("form", "x")
    assert answer.status_code == 429 and 1 <= int(answer.headers["Retry-After"]) <= 3


def test_a_viewer_reads_and_makes_packs_and_changes_nothing(client, peopled):
    ours = as_(client, Role.VIEWER, peopled)
    assert client.get("/api/scorecard.json").get_json()["audience"] == "partners"
    for rule, method, path in addresses():
        if method in ("GET", "HEAD", "OPTIONS") or rule in (
            "/_dash-update-component",
            "/sign-out",
            "/sign-in",
            "/account/tokens",
            "/account/tokens/<int:number>/revoke",
            "/api/packs",
            "/api/packs/<name>/cancel",
        ):
            continue
        answer = client.open(path, method=method, json={}, headers=ours)
        assert answer.status_code == 403 and "A viewer may not" in answer.get_data(as_text=True), path
    assert client.get("/audit").status_code == 403 and client.get("/api/audit.jsonl").status_code == 403
    loading = [path for rule, method, path in addresses() if loads(rule) and method == "GET"]
    assert len(loading) == 4 and {client.get(path).status_code for path in loading} == {403}
    assert client.post("/api/packs", json={}, headers=ours).status_code == 422


def test_a_form_to_write_is_shown_to_whoever_may_write_and_kept_for_nobody_else(peopled):
    pages = ("/indicator/cla_rate", "/meeting?slides=cla_rate")
    writing = ('method="post" data-write', 'method="post" data-alter', "Add a note or an action")

    def shown(client: FlaskClient) -> list[bool]:
        text = [client.get(path).get_data(as_text=True) for path in pages]
        return [word in t for t in text for word in writing]

    with through(peopled) as client:
        ours = as_(client, Role.ANALYST, peopled)
        assert client.post("/api/notes", json=NOTE, headers=ours).status_code == 201
        for role in (Role.VIEWER, Role.ANALYST, Role.VIEWER, Role.ADMINISTRATOR):
            headers = as_(client, role, peopled)
            allowed = role is not Role.VIEWER
            assert shown(client) == [allowed, allowed, allowed, allowed, allowed, False], role
            asked = client.post(
                "/_dash-update-component", json=question(client, pages[0]), headers=headers
            ).get_data(as_text=True)
            assert "Looked at together." in asked and (" data-write " in asked) is allowed
    with through(peopled, access="anyone") as client:
        assert not any(shown(client))
    with through(peopled, access="proxy", trusted_proxies=("127.0.0.1",)) as client:
        for name, allowed in (("viewer", False), ("analyst", True), ("somebody.new", False)):
            text = client.get(pages[0], headers={"X-Forwarded-User": name}).get_data(as_text=True)
            assert (writing[0] in text) is allowed, name


def test_an_analyst_writes_in_their_own_name_and_only_from_a_page_of_ours(client, peopled):
    ours = as_(client, Role.ANALYST, peopled)
    assert client.post("/api/notes", json=NOTE).status_code == 403, "no token"
    assert client.post("/api/notes", json=NOTE, headers={"X-CSRFToken": "0" * 64}).status_code == 403
    evil = {**ours, "Origin": "http://evil.example"}
    assert client.post("/api/notes", json=NOTE, headers=evil).status_code == 403
    assert client.post("/api/notes", json=NOTE, headers={**ours, "Origin": "null"}).status_code == 403
    answer = client.post("/api/notes", json=NOTE, headers=ours)
    assert answer.status_code == 201
    said = answer.get_json()["html"]
    assert "analyst" in said and "Somebody else" not in said
    last = next(entries(peopled.engine, newest=1))
    assert (last.what, last.who) == ("note written", "analyst")
    assert client.get("/audit").status_code == 403


@pytest.mark.parametrize(
    "change", [lambda s: s[:-1], lambda s: s + "A", lambda s: s.swapcase(), lambda s: "", lambda s: "é\x00"]
)
def test_a_tampered_session_is_nobodys(client, peopled, change):
    client.set_cookie("session", change(Sessions(peopled).begin(Person("viewer", Role.VIEWER))))
    assert client.get("/api/scorecard.json").status_code == 401


def test_a_session_that_has_idled_is_over(client, peopled, monkeypatch):
    as_(client, Role.VIEWER, peopled)
    assert client.get("/api/search.json").status_code == 200

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + sessions.IDLE + timedelta(seconds=2)

    monkeypatch.setattr(sessions, "datetime", Later)
    assert client.get("/api/search.json").status_code == 401


def test_a_foreign_host_is_refused_before_anything_else(client, peopled):
    as_(client, Role.ADMINISTRATOR, peopled)
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421


def test_a_name_in_a_header_is_nobodys_unless_a_proxy_is_trusted(client, peopled):
    for header in ("X-Forwarded-User", "Remote-User", "X-Remote-User"):
        assert client.get("/api/scorecard.json", headers={header: "administrator"}).status_code == 401
    settings = {"access": "proxy", "trusted_proxies": ("10.1.0.0/16",)}
    named = {"X-Forwarded-User": "Administrator"}
    with through(peopled, **settings) as client:
        for peer in ("127.0.0.1", "10.2.0.1", "", "::1"):
            answer = client.get("/audit", headers=named, environ_base={"REMOTE_ADDR": peer})
            assert answer.status_code == 403 and "by way of the proxy" in answer.get_data(as_text=True)
        proxy = {"REMOTE_ADDR": "10.1.2.3"}
        assert client.get("/audit", headers=named, environ_base=proxy).status_code == 200
        assert client.get("/audit", environ_base=proxy).status_code == 401
        for name in ("administrator,viewer", "a b", "<x>"):
            asked = client.get("/", headers={"X-Forwarded-User": name}, environ_base=proxy)
            assert asked.status_code == 401
        new = {"X-Forwarded-User": "new.person@example.org"}
        assert client.get("/api/search.json", headers=new, environ_base=proxy).status_code == 200
        assert client.post("/api/notes", json=NOTE, headers=new, environ_base=proxy).status_code == 403
        assert client.get("/healthz").status_code == 200, "a monitor"
        assert client.post("/sign-in").status_code == 404


def test_where_anyone_may_read_they_read_what_is_shareable_and_change_nothing(peopled):
    with through(peopled, access="anyone") as client:
        elsewhere = {"REMOTE_ADDR": "10.9.9.9"}
        assert client.get("/api/scorecard.json", environ_base=elsewhere).get_json()["audience"] == "shareable"
        assert client.post("/api/notes", json=NOTE, environ_base=elsewhere).status_code == 401
        for path in ("/audit", "/account", "/api/audit.jsonl"):
            assert client.get(path, environ_base=elsewhere).status_code in (302, 401)
        for rule, method, path in addresses():
            if loads(rule):
                assert client.open(path, method=method, environ_base=elsewhere).status_code == 403, path
        assert 'href="/sign-in"' in client.get("/", environ_base=elsewhere).get_data(as_text=True)
        as_(client, Role.VIEWER, peopled)
        assert client.get("/api/scorecard.json").get_json()["audience"] == "partners"


def test_a_token_reads_data_and_nothing_else(client, peopled):
    secret = Tokens(peopled).make("administrator", "Power BI", "a test")
    bearer = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/scorecard.json", headers=bearer).get_json()["audience"] == "partners"
    assert client.get("/api/indicator/cla_rate.csv", auth=("anything", secret)).status_code == 200
    assert client.get("/front-door", headers=bearer).status_code == 401
    assert client.get("/api/audit.jsonl", headers=bearer).status_code == 403, "a token only views"
    assert client.post("/api/notes", json=NOTE, headers=bearer).status_code == 401
    assert client.post("/api/packs", json={}, headers=bearer).status_code == 401
    for wrong in (
        f"Bearer {secret}x",
        "Bearer ",
        "Bearer",
        "Basic !!!",
        "Digest x=y",
        "x",
        f"bearer {secret[:-1]}",
    ):
        answer = client.get("/api/scorecard.json", headers={"Authorization": wrong})
        assert answer.status_code == 401 and answer.headers["WWW-Authenticate"], wrong
    Tokens(peopled).revoke(Tokens(peopled).all("administrator")[-1].number, "a test")
    assert client.get("/api/scorecard.json", headers=bearer).status_code == 401


def test_an_account_makes_and_revokes_its_own_tokens_on_its_page(client, peopled):
    ours = {"proof": as_(client, Role.ANALYST, peopled)["X-CSRFToken"]}
    assert client.post("/account/tokens", data={"title": "x"}).status_code == 403
    said = client.post("/account/tokens", data={**ours, "title": "<b>Excel"}).get_data(as_text=True)
    secret = re.search(r"sgd_[\w-]+", said)[0]
    assert "&lt;b&gt;Excel" in said and secret not in client.get("/account").get_data(as_text=True)
    other = Tokens(peopled).make("viewer", "of somebody else", "a test")
    (number,) = (t.number for t in Tokens(peopled).all("viewer"))
    assert client.post(f"/account/tokens/{number}/revoke", data=ours).status_code == 422
    assert client.post("/account/tokens/99999999999999999999/revoke", data=ours).status_code == 422
    assert Tokens(peopled).who(other)
    (own,) = (t.number for t in Tokens(peopled).all("analyst"))
    assert client.post(f"/account/tokens/{own}/revoke", data=ours).status_code == 303
    assert Tokens(peopled).who(secret) is None


def test_the_audit_log_is_a_page_and_json_lines_for_administrators(client, peopled):
    as_(client, Role.ADMINISTRATOR, peopled)
    page = client.get("/audit").get_data(as_text=True)
    assert "account added" in page and PASSWORD not in page
    lines = client.get("/api/audit.jsonl").get_data(as_text=True).splitlines()
    assert len(lines) == len(list(entries(peopled.engine))) and '"what": "account added"' in "\n".join(lines)


def test_behind_tls_cookies_are_for_it_alone_and_browsers_stay_there(peopled):
    with through(peopled, access="accounts", public_address="https://safeguarding.example") as client:
        client.set_cookie("form", "x")
        given = {"name": "viewer", "password": PASSWORD, "proof": proof_for("x")}
        answer = client.post("/sign-in", data=given)
        cookies = [
            c for c in answer.headers.getlist("Set-Cookie") if c.startswith(("__Host-session=", "_csrf"))
        ]
        assert len(cookies) == 2 and all("Secure" in c and "Path=/" in c for c in cookies)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_the_audience_of_somebody_is_said_in_one_place():
    from addresses.gate import audience_of

    assert audience_of(None) is Audience.SHAREABLE
    assert {audience_of(Person("x", role)) for role in Role} == {Audience.PARTNERS}


def test_a_problem_is_a_page_for_a_browser_and_json_for_json(client, peopled):
    as_(client, Role.VIEWER, peopled)
    page = client.get("/audit", headers=HTML)
    assert page.mimetype == "text/html" and "<h1>That is not for you</h1>" in page.get_data(as_text=True)
    assert client.get("/api/nothing", headers={"Accept": "application/json"}).get_json()["message"]


def test_where_nobody_signs_in_the_addresses_of_accounts_do_not_fail(store):
    with through(store) as client:
        for path in ("/account/tokens", "/account/tokens/1/revoke", "/sign-in"):
            assert client.post(path, data={"title": "x"}).status_code == 404
        assert client.get("/account").status_code == 404
        assert (
            client.get("/sign-in").headers["Location"] == client.post("/sign-out").headers["Location"] == "/"
        )
