"""Measures: off unless set, told to listed addresses alone, added up over processes."""

import re
import urllib.error
import urllib.request

import pytest

from addresses.metrics import measures
from tests.conftest import serve, stop
from tests.standing_in import asking


def value(text: str, name: str, **labels: str) -> float:
    """The sum of a measure over all that bear these labels."""
    found = 0.0
    for line in text.splitlines():
        if line.startswith((f"{name}{{", f"{name} ")) and all(
            f'{k}="{v}"' in line for k, v in labels.items()
        ):
            found += float(line.rsplit(" ", 1)[1])
    return found


def test_nothing_is_measured_unless_it_is_set(store):
    with asking(store) as client:
        assert client.get("/metrics").status_code == 404


def test_requests_are_counted_by_what_nobody_can_invent(store):
    with asking(store, metrics_from=("127.0.0.1",)) as client:
        before = client.get("/metrics").get_data(as_text=True)
        for path in ("/front-door?to=2018-19", "/front-door?area=E08000003&q=Kayla", "/Kayla", "/Kayla/2"):
            client.get(path)
        client.open("/front-door", method="KAYLA")
        after = client.get("/metrics")
    text = after.get_data(as_text=True)
    assert after.headers["Content-Type"].startswith("text/plain") and "Kayla" not in text

    def more(name: str, **labels: str) -> float:
        return value(text, name, **labels) - value(before, name, **labels)

    assert more("dashboard_requests_total", route="/front-door", status="200") == 2
    assert more("dashboard_requests_total", route="none", method="GET", status="404") == 2
    assert more("dashboard_requests_total", method="other") == 1
    assert more("dashboard_request_seconds_count", route="/front-door") == 2
    assert value(text, "dashboard_store_readable") == 1
    assert value(text, "dashboard_release") == store.published()


def test_a_process_that_has_answered_nobody_says_that_its_store_can_be_read(store):
    with asking(store, metrics_from=("127.0.0.1",)) as client:
        measures().readable.set(0)
        measures().release.set(0)
        text = client.get("/metrics").get_data(as_text=True)
    assert value(text, "dashboard_store_readable") == 1
    assert value(text, "dashboard_release") == store.published()


@pytest.mark.parametrize(
    "peer, headers, status",
    [
        ("127.0.0.1", {}, 200),
        ("10.1.2.3", {}, 200),
        ("10.2.2.3", {}, 403),
        ("127.0.0.2", {}, 403),
        ("", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 403),
        ("127.0.0.1", {"Via": "x"}, 403),
    ],
)
def test_they_are_told_to_listed_addresses_that_come_straight(store, peer, headers, status):
    settings = {"access": "anyone", "metrics_from": ("127.0.0.1", "10.1.0.0/16")}
    with asking(store, None, **settings) as client:
        answer = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": peer})
    assert answer.status_code == status and ("dashboard_requests" in answer.get_data(as_text=True)) is (
        status == 200
    )


@pytest.mark.slow
def test_processes_are_added_up_and_leave_nothing_behind(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    process, url = serve(tmp_path, METRICS_FROM="127.0.0.1", TMPDIR=str(folder))
    try:
        assert [p.name.startswith("dashboard-metrics-") for p in folder.iterdir()].count(True) == 1
        for _ in range(40):  # each by a connection of its own, to whichever process takes it
            urllib.request.urlopen(f"{url}/readyz", timeout=20).read()
        texts = [urllib.request.urlopen(f"{url}/metrics", timeout=20).read().decode() for _ in range(8)]
        assert {value(t, "dashboard_requests_total", route="/readyz") for t in texts} == {40}
        assert {value(t, "dashboard_release") for t in texts} == {1}
        assert not re.search(r'pid="', texts[0])
    finally:
        stop(process)
    assert not [p for p in folder.iterdir() if p.name.startswith("dashboard-metrics-")]
