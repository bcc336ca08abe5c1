"""The log: a line a request, by a number that the reader is told, with nothing asked or answered in it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from addresses import log
from addresses.lines import AsJson, Plain
from safeguarding.access.accounts import Accounts
from safeguarding.access.people import Role
from safeguarding.access.tokens import Tokens
from tests.access.test_crossing import NOTE, PASSWORD, as_, through
from tests.standing_in import store_of

HTML = {"Accept": "text/html"}


@pytest.fixture
def form() -> logging.Formatter:
    """How it is logged: as with LOG=json."""
    return AsJson()


@pytest.fixture
def written(monkeypatch, peopled, form) -> Iterator[io.StringIO]:
    """What is logged."""
    with through(peopled):
        pass  # the application is there, and has begun its own log
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(form)
    loggers = [log.LOG, logging.getLogger("app")]
    before = [one.handlers for one in loggers]
    for one in loggers:
        one.handlers = [handler]
    monkeypatch.setattr(log.REQUESTS, "disabled", False)
    yield stream
    for one, handlers in zip(loggers, before, strict=True):
        one.handlers = handlers


def lines(stream: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.fixture(scope="module")
def peopled(folder, tmp_path_factory):
    store = store_of(folder, tmp_path_factory.mktemp("logged"))
    for role in Role:
        Accounts(store).add(role.value, PASSWORD, role, "a test")
    return store


def test_a_request_is_one_line_by_the_number_that_its_answer_has(peopled, written):
    with through(peopled) as client:
        headers = as_(client, Role.ANALYST, peopled)
        answers = [
            client.get("/indicator/cla_rate?to=2018-19"),
            client.get("/nowhere"),
            client.get("/assets/dashboard.css"),
            client.post("/api/notes", json={}, headers=headers),
            client.open("/front-door", method="FROB"),
        ]
    found = [line for line in lines(written) if "status" in line]
    assert [line["request_id"] for line in found] == [a.headers["X-Request-ID"] for a in answers]
    assert [(line["route"], line["method"], line["status"], line["audience"]) for line in found] == [
        ("/indicator/<indicator_id>", "GET", 200, "partners"),
        ("none", "GET", 404, "partners"),
        ("/assets/<path:filename>", "GET", 200, "stranger"),
        ("/api/notes", "POST", 422, "partners"),
        ("none", "other", 403, "stranger"),
    ]
    for line in found:
        assert set(line) == {
            *("time", "level", "request_id", "method", "route", "status", "ms", "release", "audience")
        }
        assert line["ms"] >= 0 and line["release"] == peopled.published()


def test_no_line_holds_a_name_a_figure_a_value_or_a_secret(peopled, written, monkeypatch):
    token = Tokens(peopled).make("viewer", "a test", "a test")
    with through(peopled) as client:
        client.get("/api/indicator/cla_rate.csv?q=Kayla", headers={"Authorization": f"Bearer {token}"})
        headers = as_(client, Role.ANALYST, peopled)
        session = client.get_cookie("session").value
        client.get("/Kayla?q=Kayla", headers={"Referer": "http://localhost/Kayla", "User-Agent": "Kayla"})
        client.post("/api/notes", json={**NOTE, "text": "Kayla, 3 April 2012"}, headers=headers)

        def fails(*_: object, **__: object) -> None:
            raise ValueError("Kayla 37.53")

        monkeypatch.setattr("safeguarding.desk.Desk.read", fails)
        answer = client.get("/data?q=Kayla", headers=HTML)
        client.get("/Kayla")
    logging.getLogger("app").warning("Invalid request from ip=10.0.0.1: Invalid HTTP request line: 'Kayla'")
    said = written.getvalue()
    for secret in ("Kayla", "37.53", token, session, PASSWORD, "analyst", headers["X-CSRFToken"]):
        assert secret not in said, secret
    faults = [line for line in lines(written) if "fault" in line]
    assert {line["fault"] for line in faults} == {"ValueError"} and "test_log" in faults[0]["through"][-1]
    assert answer.status_code == 500 and answer.headers["X-Request-ID"] == faults[0]["request_id"]
    assert faults[0]["request_id"] in answer.get_data(as_text=True)


@pytest.mark.parametrize("form", [Plain("%(message)s")])
def test_a_plain_line_holds_no_more(peopled, written, monkeypatch):
    def fails(*_: object, **__: object) -> None:
        raise ValueError("Kayla 37.53")

    with through(peopled) as client:
        as_(client, Role.ANALYST, peopled)
        monkeypatch.setattr("safeguarding.desk.Desk.read", fails)
        answer = client.get("/data?q=Kayla", headers=HTML)
    logging.getLogger("app").warning("Invalid request from ip=10.0.0.1: Invalid HTTP request line: 'Kayla'")
    said = written.getvalue()
    assert "Kayla" not in said and "37.53" not in said
    assert f"  ValueError, request {answer.headers['X-Request-ID']}\n" in said and "test_log.py:" in said
    assert said.endswith("Invalid request from ip=10.0.0.1\n")


@pytest.mark.parametrize("as_json", [True, False])
def test_the_server_of_a_plain_start_does_not_print_addresses(as_json):
    log.begin(as_json)
    assert logging.getLogger("werkzeug").getEffectiveLevel() == logging.WARNING
    for name in ("app", "dashboard"):
        (handler,) = logging.getLogger(name).handlers
        assert isinstance(handler.formatter, AsJson if as_json else Plain)


@pytest.mark.parametrize(
    "peer, given, taken",
    [
        ("127.0.0.1", "abc-123", True),
        ("10.0.0.9", "abc-123", False),
        ("127.0.0.1", "a b", False),
        ("127.0.0.1", "x" * 65, False),
        ("127.0.0.1", "Kayla\u0301", False),
        ("127.0.0.1", "", False),
    ],
)
def test_a_number_is_taken_from_a_trusted_proxy_alone(peopled, peer, given, taken):
    with through(peopled, access="anyone", trusted_proxies=("127.0.0.1",)) as client:
        answer = client.get(
            "/healthz",
            headers={"X-Request-ID": given.encode().decode("latin-1")},
            environ_base={"REMOTE_ADDR": peer},
        )
        assert (answer.headers["X-Request-ID"] == given) is taken
        assert len(answer.headers["X-Request-ID"]) == (len(given) if taken else 32)


def test_a_problem_says_its_number_to_a_browser_and_in_a_header_to_a_script(peopled):
    with through(peopled, access="anyone") as client:
        page = client.delete("/front-door", headers=HTML)
        assert page.headers["X-Request-ID"] in page.get_data(as_text=True)
        data = client.get("/api/nothing", headers={"Accept": "application/json"})
        assert list(data.get_json()) == ["message"] and len(data.headers["X-Request-ID"]) == 32


def test_a_fault_of_the_store_does_not_quote_what_was_to_be_written(peopled):
    import sqlalchemy as sa

    with peopled.engine.connect() as connection, pytest.raises(sa.exc.OperationalError) as fault:
        connection.execute(sa.text("SELECT * FROM nowhere WHERE x = :x"), {"x": "Kayla"})
    assert "Kayla" not in str(fault.value)
