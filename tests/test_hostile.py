"""What a stranger sends never makes the server fail: answers are below 500, and a refusal is a sentence."""

import json
import os
import string
import urllib.request

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given, settings
from hypothesis import strategies as st

from addresses.forms import submitted
from addresses.hosts import is_allowed
from tests import hostile

pytestmark = pytest.mark.slow  # seconds each: whole releases, documents, pictures

PATHS = (*hostile.PATHS, "/_dash-component-suites/nothing/x.js")
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


def asked(client: FlaskClient, address: object = "/front-door?to=2018-19", shown: object = None) -> dict:
    """What the browser sends when it asks for a page, by the callback that the server says it has."""
    (ours,) = (
        c["output"]
        for c in client.get("/_dash-dependencies").get_json()
        if [(i["id"], i["property"]) for i in c["inputs"]] == [("asked", "data")]
    )
    return {
        "output": ours,
        "outputs": [],
        "inputs": [{"id": "asked", "property": "data", "value": {"n": 1, "address": address}}],
        "changedPropIds": ["asked.data"],
        "state": [{"id": "shown", "property": "data", "value": shown}],
    }


text = st.text(max_size=30)
names = st.one_of(st.sampled_from((*hostile.KEYS, "indicator_id", "page")), text)
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
    said = answer.get_data().decode(errors="replace")  # a picture is no text
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

    address = (
        path
        + "?"
        + urlencode([(k.encode("utf-8", "replace"), v.encode("utf-8", "replace")) for k, v in query])
    )
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200 and 'id="page"' in answer.get_data(as_text=True)


@given(path=st.sampled_from(POSTED), body=anything, as_json=st.booleans())
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


def test_no_request_of_a_fixed_seed_makes_the_server_fail(client):
    """The short form of `make chaos`, which sends thousands, of a free seed too, to a real server."""
    for sent in hostile.requests(seed=7, count=400, raw=False):
        headers = [(name, value) for name, value in sent.headers if "\n" not in value]
        answer = client.open(sent.target, method=sent.method, headers=headers, data=sent.body or None)
        assert answer.status_code < 500 or answer.status_code == 503, sent
        answer.close()


def test_no_bytes_make_a_running_server_fail(live):
    port = int(live.rpartition(":")[2])
    statuses = [hostile.send("127.0.0.1", port, hostile.Sent(raw), 25) for raw in hostile.RAW]
    assert max(statuses) < 500, statuses
    assert urllib.request.urlopen(f"{live}/healthz", timeout=20).status == 200


@pytest.mark.parametrize(
    "path, search, led",
    [
        ("/\rx\n", "apply=x", "/%0Dx%0A?compare=none"),
        ("//evil.example", "apply=x", "/evil.example?compare=none"),
        ("/", "apply=-", "/?compare=none"),
        ("/front-door/", "apply=x", "/front-door?compare=none"),
    ],
)
def test_a_form_leads_to_an_address_of_ours_on_one_line(client, path, search, led):
    assert submitted(path, search) == led


@pytest.mark.parametrize(
    "number", ["0", "99999", "2147483648", "9223372036854775808", "9" * 400, "-1", "1.5", "x"]
)
def test_a_number_that_no_note_has_answers_404(client, number):
    answer = client.post(f"/api/notes/{number}/done", json={"by": "Chair"})
    assert answer.status_code in (404, 405) and answer.get_json()["message"]


def test_a_body_that_is_too_large_is_refused_in_a_sentence(client):
    answer = client.post("/api/packs", data=b"[" + b"1," * 1_000_000 + b"1]", content_type="application/json")
    assert answer.status_code == 413 and "more than" in answer.get_json()["message"]


def test_what_a_browser_asks_is_answered(client):
    answer = client.post("/_dash-update-component", json=asked(client))
    assert answer.status_code == 200
    set_there = answer.get_json()["sideUpdate"]
    assert set_there["shown"]["data"]["address"] == "/front-door?to=2018-19"
    assert set_there["place"]["children"]["props"]["data-address"] == "/front-door?to=2018-19"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"state": 5},
        {"state": []},
        {"outputs": {"id": "page", "property": "children"}},
        {"inputs": [None]},
        {"inputs": []},
        {"changedPropIds": [1]},
        {"output": "page.children"},
    ],
)
def test_what_no_browser_asks_is_refused_in_a_sentence(client, spoilt):
    answer = client.post("/_dash-update-component", json={**asked(client), **spoilt})
    assert answer.status_code == 400 and answer.get_json()["message"]


@given(address=anything, shown=anything)
@example("//", {"address": "x", "revision": "1"})
@example("/front-door", {"address": "/front-door?to=9999-00", "revision": "y"})
@example("/%", {"address": 5, "revision": None})
@short
def test_no_question_makes_the_callback_fail(client, address, shown):
    answer = client.post("/_dash-update-component", json=asked(client, address, shown))
    assert answer.status_code in (200, 204)


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

    path = "/api/chart/cla_rate/trend.metadata.json"
    assert "http://localhost/indicator/cla_rate" in client.get(path).get_data(as_text=True)
    open_one = site._site
    public = replace(open_one.settings, public_address="https://safeguarding.example/")
    monkeypatch.setattr(site, "_site", site.Site(open_one.store, public))
    text = client.get(path).get_data(as_text=True)
    assert "https://safeguarding.example/indicator/cla_rate" in text and "localhost" not in text
