"""OpenID Connect against a real provider on this machine: who comes in, as what, and what nobody gets past.

Names are made up.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from oidc_provider_mock import run_server_in_thread

from addresses import oidc
from safeguarding.access.accounts import Accounts
from safeguarding.access.people import Role
from safeguarding.refused import Refused
from safeguarding.settings import from_environment
from safeguarding.store.audit import entries
from safeguarding.store.releases import Store
from tests.access.test_crossing import HTML, NOTE, through
from tests.standing_in import store_of

pytestmark = pytest.mark.slow
CLIENT = "the-dashboard"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that signs in whomever it is told to."""
    with run_server_in_thread() as server:
        issuer = f"http://localhost:{server.server_port}"
        for name, roles in (
            ("anna", ["analyst", "something-else"]),
            ("vera", "viewer"),
            ("nobody", []),
            ("other", ["analysts", "Administrator"]),
            ("unproven", ["viewer"]),
        ):
            claims = {"email": f"{name.title()}@example.org", "roles": roles}
            claims |= {"email_verified": False} if name == "unproven" else {}
            requests.put(f"{issuer}/users/{name}", json=claims, timeout=10).raise_for_status()
        requests.put(f"{issuer}/users/unnamed", json={"roles": ["viewer"]}, timeout=10).raise_for_status()
        yield issuer


@pytest.fixture(scope="module")
def held(folder, tmp_path_factory) -> Store:
    return store_of(folder, tmp_path_factory.mktemp("oidc"))


@pytest.fixture
def client(held: Store, provider: str) -> Iterator[FlaskClient]:
    given = {"oidc_issuer": provider, "oidc_client": CLIENT, "oidc_secret": "made up"}
    with through(held, access="oidc", **given) as asked:
        yield asked


def sent(client: FlaskClient, onward: str = "/front-door?to=2018-19") -> str:
    """Where a browser that wants a page is sent: the provider."""
    page = client.get(onward, headers=HTML)
    assert page.status_code == 302 and page.headers["Location"].startswith("/sign-in?next=")
    return client.get(page.headers["Location"]).headers["Location"]


def agreed(address: str, who: str) -> str:
    """Where the provider sends a browser whose user has signed in there: back, with a code."""
    answer = requests.post(address, data={"sub": who}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    assert back.path == oidc.BACK
    return f"{back.path}?{back.query}"


def told(held: Store) -> list[tuple[str, str, str]]:
    return [(e.what, e.who, e.about) for e in entries(held.engine)]


def test_somebody_signs_in_with_the_role_that_the_provider_gives(client, held, provider):
    address = sent(client)
    asked = parse_qs(urlsplit(address).query)
    assert address.startswith(provider) and asked["client_id"] == [CLIENT]
    assert asked["code_challenge_method"] == ["S256"] and asked["redirect_uri"] == [
        f"http://localhost{oidc.BACK}"
    ]
    back = client.get(agreed(address, "anna"))
    assert back.status_code == 303 and back.headers["Location"] == "/front-door?to=2018-19"
    assert client.get("/api/scorecard.json").get_json()["audience"] == "partners"
    proof = client.get_cookie("_csrf_token").value
    assert client.post("/api/notes", json=NOTE, headers={"X-CSRFToken": proof}).status_code == 201
    assert client.get("/audit").status_code == 403
    assert Accounts(held).find("anna@example.org").role is Role.ANALYST
    assert ("account added", "the sign-on", "anna@example.org as analyst") in told(held)
    assert ("signed in", "anna@example.org", "by the sign-on") in told(held)
    proof = re.search(r'name="proof" value="([^"]*)"', client.get("/account").get_data(as_text=True))[1]
    assert client.post("/sign-out", data={"proof": proof}).status_code == 303
    assert client.get("/api/scorecard.json").status_code == 401


def test_another_role_at_the_provider_is_another_one_here_at_the_next_sign_in(client, held, provider):
    assert client.get(agreed(sent(client), "vera")).status_code == 303
    assert Accounts(held).find("vera@example.org").role is Role.VIEWER
    claims = {"email": "Vera@example.org", "roles": ["administrator", "viewer"]}
    requests.put(f"{provider}/users/vera", json=claims, timeout=10)
    client.get(agreed(client.get("/sign-in").headers["Location"], "vera"))
    assert Accounts(held).find("vera@example.org").role is Role.ADMINISTRATOR
    assert client.get("/audit").status_code == 200


@pytest.mark.parametrize("who", ["nobody", "other", "unnamed", "unproven", "somebody-new"])
def test_whoever_has_no_role_or_no_name_stays_outside(client, held, who):
    before = len(told(held))
    answer = client.get(agreed(sent(client), who))
    assert answer.status_code == 403 and "gives you no role here" in answer.get_data(as_text=True)
    assert client.get("/api/scorecard.json").status_code == 401 and client.get_cookie("session") is None
    (line,) = told(held)[before:]
    assert line[0] == "sign-in failed" and line[2].startswith("by the sign-on: no ")


def test_what_did_not_begin_in_this_browser_is_refused(client, held):
    back = agreed(sent(client), "anna")
    state = parse_qs(urlsplit(back).query)["state"][0]
    assert client.get(back.replace(state, state[::-1])).status_code == 403
    assert client.get(back).status_code == 403, "its cookie is gone"
    other = agreed(sent(client), "anna")
    code = parse_qs(urlsplit(other).query)["code"][0]
    assert client.get(other.replace(code, "x" + code)).status_code == 403, "a code that nobody has given"
    for path in (oidc.BACK, f"{oidc.BACK}?code=x", f"{oidc.BACK}?state=é"):
        assert client.get(path).status_code == 403
    assert client.get("/api/scorecard.json").status_code == 401


def test_a_code_of_one_sign_in_is_no_good_in_another(client):
    """The nonce and the verifier follow from the browser's own secret."""
    first = parse_qs(urlsplit(agreed(sent(client), "anna")).query)["code"][0]
    second = agreed(sent(client), "vera")
    code = parse_qs(urlsplit(second).query)["code"][0]
    assert client.get(second.replace(code, first)).status_code == 403
    assert client.get("/api/scorecard.json").status_code == 401


@pytest.mark.parametrize(
    "claim, expected",
    [
        ({}, None),
        ({"roles": None}, None),
        ({"roles": "viewer analyst"}, Role.ANALYST),
        ({"roles": ["viewer", "administrator"]}, Role.ADMINISTRATOR),
        ({"roles": {"viewer": 1}}, None),
        ({"roles": [["viewer"], 1]}, None),
        ({"roles": "viewers"}, None),
    ],
)
def test_a_role_is_one_of_the_words_of_the_claim_and_nothing_else(claim, expected):
    assert oidc.role_in(claim, "roles") is expected


def test_claims_for_somebody_else_are_refused(client):
    back = agreed(sent(client), "anna")
    other = replace(oidc.settings(), oidc_client="another-client")
    code = parse_qs(urlsplit(back).query)["code"][0]
    bound = client.get_cookie("bound", path="/sign-in").value
    with client.application.test_request_context("/"), pytest.raises(ValueError):
        oidc.claimed(other, code, bound)


def test_a_provider_that_does_not_answer_is_told_in_a_sentence(held):
    given = {"oidc_issuer": "http://127.0.0.1:9", "oidc_client": "x", "oidc_secret": "x"}
    with through(held, access="oidc", **given) as client:
        answer = client.get("/sign-in")
        assert answer.status_code == 503 and "does not answer" in answer.get_data(as_text=True)


def test_with_another_way_in_there_is_nothing_to_come_back_to(held):
    with through(held, access="accounts") as client:
        assert client.get(oidc.BACK).status_code == 404


def test_what_is_missing_is_said_at_the_start_and_a_secret_may_be_in_a_file(tmp_path):
    with pytest.raises(Refused, match=r"(?s)OIDC_ISSUER.*OIDC_CLIENT and OIDC_SECRET"):
        from_environment({"ACCESS": "oidc", "OIDC_ISSUER": "http://login.example"})
    (tmp_path / "secret").write_text("hush\n")
    given = {"ACCESS": "oidc", "OIDC_ISSUER": "https://login.example", "OIDC_CLIENT": "x"}
    read = from_environment({**given, "OIDC_SECRET_FILE": str(tmp_path / "secret")})
    assert read.oidc_secret == "hush" and "hush" not in repr(read)
    with pytest.raises(Refused, match="OIDC_SECRET_FILE"):
        from_environment({**given, "OIDC_SECRET_FILE": str(tmp_path / "none")})
