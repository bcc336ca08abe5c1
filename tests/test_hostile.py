"""What a stranger sends never makes the server fail: answers are below 500, and a refusal is a sentence."""

import json
import os
import string

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st

from addresses.hosts import is_allowed
from addresses.router import CALLBACK, OUTPUTS

pytestmark = pytest.mark.slow  # seconds each: whole releases, documents, pictures

PATHS = (
    "/",
    "/front-door",
    "/indicator/cla_rate",
    "/view",
    "/meeting",
    "/data",
    "/search",
    "/page.json",
    "/healthz",
    "/api/scorecard.json",
    "/api/indicator/cla_rate.csv",
    "/api/chart/cla_rate/trend.csv",
    "/api/reconciliation.csv",
    "/api/search.json",
    "/api/notes",
    "/api/notes/1/done",
    "/api/packs",
    "/api/packs/abcdefghijklmnopqrst",
    "/_dash-layout",
    "/_dash-dependencies",
    "/_dash-update-component",
    "/_dash-component-suites/dash/x.js",
    "/_dash-component-suites/nothing/x.js",
    "/_favicon.ico",
    "/_reload-hash",
    "/assets/dashboard.js",
)
KEYS = ("area", "from", "to", "compare", "show", "only", "theme", "result", "indicator", "add", "slides", "q")
VALUES = (
    "9999-00",
    "0000-01-Q1",
    "２０１８-１９",
    "2030-31",
    "E99",
    "cla_rate:rank",
    "cla_count",
    "SN",
    "none",
    "\x00",
)
POSTED = ("/api/notes", "/api/notes/1/done", "/api/packs", "/api/packs/x/cancel", "/_dash-update-component")
ROUTED = {
    "output": CALLBACK,
    "outputs": OUTPUTS,
    "inputs": [
        {"id": "_pages_location", "property": "pathname", "value": "/front-door"},
        {"id": "_pages_location", "property": "search", "value": "?to=2018-19"},
    ],
    "changedPropIds": ["_pages_location.pathname"],
    "state": [],
}

text = st.text(max_size=30)
names = st.one_of(st.sampled_from((*KEYS, "size", "address", "indicator_id", "page")), text)
values = st.one_of(st.sampled_from(VALUES), text)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=10,
)
headers = st.dictionaries(
    st.sampled_from(
        ("Origin", "Referer", "Accept", "Content-Type", "If-None-Match", "Accept-Encoding", "Range")
    ),
    st.one_of(
        st.sampled_from(
            (
                "http://[",
                "application/json",
                "text/html",
                "*/*;q=x",
                "http://localhost/indicator/%0a?to=9999-00",
            )
        ),
        st.text(string.printable.strip(), max_size=20),
    ),
    max_size=3,
)
short = settings(max_examples=80, derandomize=True)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The application, asked without a server in between."""
    os.environ["DATABASE_URL"] = f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'hostile.sqlite'}"
    import app

    return app.server.test_client()


def refused(answer) -> bool:
    """Is it below 500 and, where it is a refusal, a sentence that names no code of ours?"""
    said = answer.get_data(as_text=True)
    is_page = answer.mimetype == "text/html" and 'id="react-entry-point"' in said
    return answer.status_code < 400 or (
        answer.status_code < 500 and (is_page or (said.strip() != "" and "Traceback" not in said))
    )


@given(
    method=st.sampled_from(("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "PROPFIND")),
    path=st.one_of(
        st.sampled_from(PATHS), text.map(lambda t: f"/{t}"), text.map(lambda t: f"/indicator/{t}")
    ),
    query=st.lists(st.tuples(names, values), max_size=4),
    headers=headers,
)
@example("GET", "/meeting", [("from", "2030-31"), ("slides", "cla_count")], {})
@example("GET", "/api/chart/cla_rate/trend.csv", [("size", "screen"), ("size", "huge")], {})
@example("GET", "/indicator/\n", [], {})
@short
def test_no_address_and_no_header_makes_the_server_fail(client, method, path, query, headers):
    answer = client.open(path, method=method, query_string=query, headers=headers)
    assert method == "HEAD" or refused(answer), (answer.status_code, answer.data[:200])
    assert answer.status_code < 500


@given(
    path=st.sampled_from(("/front-door", "/indicator/cla_rate", "/view", "/data", "/search")),
    query=st.lists(st.tuples(names, values), max_size=3),
)
@example("/front-door", [("to", "9999-00")])
@example("/meeting", [("from", "2030-31"), ("slides", "cla_count")])
@settings(short, max_examples=30)
def test_no_view_makes_a_page_fail(client, path, query):
    from urllib.parse import urlencode

    asked = (
        path
        + "?"
        + urlencode([(k.encode("utf-8", "replace"), v.encode("utf-8", "replace")) for k, v in query])
    )
    answer = client.get("/page.json", query_string={"address": asked})
    assert answer.status_code == 200 and answer.get_json()["props"]["id"] == "page"


@given(path=st.sampled_from(POSTED), body=anything, as_json=st.booleans())
@example("/_dash-update-component", {**ROUTED, "state": 5}, True)
@example("/_dash-update-component", {**ROUTED, "outputs": None}, True)
@example("/_dash-update-component", {**ROUTED, "inputs": [None, None]}, True)
@example("/_dash-update-component", {**ROUTED, "changedPropIds": [1]}, True)
@example("/_dash-update-component", {"output": "x", "inputs": [], "changedPropIds": []}, True)
@short
def test_no_object_makes_the_server_fail(client, path, body, as_json):
    kind = "application/json" if as_json else "text/plain"
    answer = client.post(path, data=json.dumps(body), content_type=kind)
    assert 400 <= answer.status_code < 500 and answer.is_json, (answer.status_code, answer.data[:200])
    said = answer.get_json()
    assert said.get("message") or said.get("problems")


@given(path=st.sampled_from(POSTED), body=st.binary(max_size=60))
@example("/api/notes", b"[" * 9000)
@example("/api/packs", b'{"a":' * 9000)
@example("/_dash-update-component", b"[" * 9000)
@example("/api/notes", b'{"text": "\\ud800", "author": "x", "kind": "note"}')
@example("/api/notes/1/done", b'{"by": ' + b"9" * 5000 + b"}")
@example("/_dash-update-component", b'{"output": "..')
@short
def test_no_body_makes_the_server_fail(client, path, body):
    answer = client.post(path, data=body, content_type="application/json")
    assert 400 <= answer.status_code < 500 and answer.is_json, (answer.status_code, answer.data[:200])


@pytest.mark.parametrize(
    "number", ["0", "99999", "2147483648", "9223372036854775808", "9" * 400, "-1", "1.5", "x"]
)
def test_a_number_that_no_note_has_answers_404(client, number):
    answer = client.post(f"/api/notes/{number}/done", json={"by": "Chair"})
    assert answer.status_code in (404, 405) and answer.get_json()["message"]


def test_a_body_that_is_too_large_is_refused_in_a_sentence(client):
    answer = client.post("/api/packs", data=b"[" + b"1," * 1_000_000 + b"1]", content_type="application/json")
    assert answer.status_code == 413 and "more than" in answer.get_json()["message"]


def test_dashs_router_still_gets_its_page(client):
    """What the browser sends when it has not said in the Referer which page asks."""
    answer = client.post("/_dash-update-component", json=ROUTED)
    assert answer.status_code == 200
    page = answer.get_json()["response"]["_pages_content"]["children"]
    assert page["props"]["data-address"] == "/front-door?to=2018-19"


@pytest.mark.parametrize(
    "host, fine",
    [
        ("localhost", True),
        ("127.0.0.1:8072", True),
        ("[::1]:8072", True),
        ("LOCALHOST:1", True),
        ("evil.example", False),
        ("evil.example:8072", False),
        ("localhost.evil.example", False),
        ("localhost@evil.example", False),
        ("localhost:8072:1", False),
        ("localhost/..", False),
        ("", False),
        ("[::1", False),
    ],
)
def test_only_a_host_that_has_been_allowed_is_answered(host, fine):
    assert is_allowed(host, ("localhost", "127.0.0.1", "[::1]")) is fine


@pytest.mark.parametrize(
    "path", ["/", "/front-door", "/healthz", "/api/scorecard.json", "/_dash-layout", "/assets/x"]
)
def test_a_foreign_host_gets_a_sentence_wherever_it_asks(client, path):
    answer = client.get(path, headers={"Host": "evil.example:8072"})
    assert answer.status_code == 421 and "ALLOWED_HOSTS" in answer.get_data(as_text=True)


def test_a_foreign_host_cannot_write_under_its_own_origin(client):
    """DNS rebinding: Host and Origin agree, and are somebody else's."""
    note = {"indicator_id": "cla_rate", "area_code": "E08000007", "period": "2024-25", "kind": "note"}
    answer = client.post(
        "/api/notes",
        json={**note, "text": "x", "author": "x"},
        headers={"Host": "evil.example:80", "Origin": "http://evil.example:80"},
    )
    assert answer.status_code == 421


def test_links_in_files_begin_with_the_public_address_where_one_is_set(client, monkeypatch):
    from dataclasses import replace

    from components import site

    path = "/api/chart/cla_rate/trend.csv"
    assert "http://localhost/indicator/cla_rate" in client.get(path).get_data(as_text=True)
    open_one = site._site
    public = replace(open_one.settings, public_address="https://safeguarding.example/")
    monkeypatch.setattr(site, "_site", site.Site(open_one.store, public))
    text = client.get(path).get_data(as_text=True)
    assert "https://safeguarding.example/indicator/cla_rate" in text and "localhost" not in text
