"""Nothing is done twice: a page is made once, its bytes are kept within a bound, and dropped when old."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import brotli
import pytest
from flask.testing import FlaskClient

from addresses import kept
from addresses.kept import Kept, Shelf
from addresses.pages import Key
from safeguarding.disclosure.audience import Audience

NOTE = {
    "indicator_id": "cla_rate",
    "area_code": "E08000002",
    "period": "2024-25",
    "kind": "note",
    "text": "Ask the placements team.",
    "author": "Chair",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The application, asked without a server in between."""
    os.environ["DATABASE_URL"] = f"sqlite:///{tmp_path_factory.mktemp('kept') / 'kept.sqlite'}"
    import app

    return app.server.test_client()


@pytest.fixture
def made(monkeypatch) -> list[object]:
    """The pages that are written as HTML from now on."""
    pages: list[object] = []
    write = kept.as_html
    monkeypatch.setattr(kept, "as_html", lambda page: pages.append(page) or write(page))
    return pages


def of(pages: list[object], address: str) -> int:
    """How many of the pages are the one at an address; another worker thread may make others meanwhile."""
    return sum(getattr(p.children[0].children, "data-address") == address for p in pages)


def test_a_page_is_made_once_however_its_address_is_written(client, made):
    canonical = "/front-door?area=E08000002&to=2019-20"
    answers = [
        client.get(address)
        for address in (
            canonical,
            "/front-door?to=2019-20&area=E08000002",
            "/front-door/?area=E08000001&area=E08000002&to=2019-20&show=trend&utm=x",
        )
    ]
    assert of(made, canonical) == 1
    assert len({a.headers["ETag"] for a in answers}) == len({a.data for a in answers}) == 1
    other = client.get("/front-door?area=E08000002&to=2018-19")
    assert other.headers["ETag"] != answers[0].headers["ETag"]


def test_readers_who_want_one_page_at_once_wait_for_one_making(client, monkeypatch):
    import dash

    entry = dash.page_registry["pages.child_protection"]
    layout, begun, together = entry["layout"], [], Barrier(6)

    def slow(**given):
        begun.append(given)
        time.sleep(0.3)
        return layout(**given)

    monkeypatch.setitem(entry, "layout", slow)

    def ask(_):
        together.wait()
        return client.application.test_client().get("/child-protection?area=E09000033").status_code

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(ask, range(6))) == [200] * 6
    assert len(begun) == 1


def test_a_page_made_anew_is_the_same_bytes(client, monkeypatch):
    first = client.get("/data?area=E08000002")
    monkeypatch.setattr(Shelf, "get", lambda *_: None)
    assert client.get("/data?area=E08000002").data == first.data


def test_a_browser_that_has_the_page_is_told_so(client, made):
    packed = client.get("/methods?area=E08000002", headers={"Accept-Encoding": "br"})
    plain = client.get("/methods?area=E08000002")
    assert brotli.decompress(packed.data) == plain.data and len(packed.data) < len(plain.data) / 3
    assert packed.headers["Cache-Control"] == "no-cache" and "Accept-Encoding" in packed.headers["Vary"]
    tag = packed.headers["ETag"]
    assert not tag.startswith("W/") and tag != plain.headers["ETag"], "other bytes have another tag"
    again = client.get("/methods?area=E08000002", headers={"Accept-Encoding": "br", "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    old = client.get("/methods?area=E08000002", headers={"Accept-Encoding": "br", "If-None-Match": '"x"'})
    assert old.status_code == 200 and of(made, "/methods?area=E08000002") == 1


def test_a_note_changes_the_page_at_once(client):
    address = "/indicator/cla_rate?area=E08000002"
    before = client.get(address)
    written = client.post("/api/notes", json=NOTE)
    assert written.status_code == 201
    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200 and b"Ask the placements team." in after.data
    assert b"Ask the placements team." not in before.data


@pytest.mark.parametrize(
    "address", ["/front-door?area=nowhere", "/front-door?to=x", "/nothing", "/indicator/x"]
)
def test_what_anyone_can_invent_is_not_kept(client, made, address):
    for _ in range(2):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers
    assert len(made) >= 2


def test_the_shelf_holds_so_many_and_drops_what_is_old():
    shelf = Shelf(2)

    def key(release: int, path: str, day: int = 1, audience: Audience = Audience.SHAREABLE) -> Key:
        return Key(audience, False, release, 0, date(2026, 11, day), path, "")

    for path in "abc":
        shelf.put(key(1, path), Kept(path.encode(), path))
        shelf.get(key(1, "a"))  # asked for again and again
    assert [shelf.get(key(1, path)) is not None for path in "abc"] == [True, False, True]
    shelf.put(key(1, "d", day=2), Kept(b"d", "d"))
    assert not any(shelf.get(key(1, path)) for path in "abc"), "yesterday"
    shelf.put(key(2, "e", day=2), Kept(b"e", "e"))
    assert shelf.get(key(1, "d", day=2)) is None and shelf.get(key(2, "e", day=2)), "published anew"
    assert shelf.get(key(2, "e", 2, Audience.PARTNERS)) is None, "made for somebody else"
    shelf.put(key(1, "f", 1, Audience.PARTNERS), Kept(b"f", "f"))
    assert shelf.get(key(2, "e", day=2)), "what partners read ages by itself"


def test_threads_may_share_a_shelf():
    """A reader met it as a fault: one thread looked through the shelf while another put a page on it."""
    shelf, switching = Shelf(50), sys.getswitchinterval()

    def use(thread: int) -> None:
        for n in range(400):
            key = Key(Audience.SHAREABLE, False, n % 3, 0, date(2026, 11, 1), f"{thread} {n % 40}", "")
            shelf.put(key, Kept(b"", ""))
            shelf.get(key)

    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(use, range(8)))
    finally:
        sys.setswitchinterval(switching)


@pytest.mark.parametrize(
    "sent, canonical",
    [
        ("/front-door?area=E08000007&from=-&to=-&show=trend&compare=A&compare=-&apply=A", "/front-door"),
        (
            "/front-door?to=2018-19&show=rank&only=flagged&compare=SN&compare=-&apply=A",
            "/front-door?to=2018-19&compare=SN&show=rank&only=flagged",
        ),
        ("/front-door?compare=-&apply=A", "/front-door?compare=none"),
        (
            "/front-door?compare=SN&compare=GM&compare=E08000003&apply=A",
            "/front-door?compare=SN,GM,E08000003",
        ),
        ("/view?indicator=cla_rate&add=cpp_rate", "/view?indicator=cla_rate,cpp_rate"),
    ],
)
def test_what_a_form_sends_leads_to_the_address_that_a_script_would_write(client, sent, canonical):
    answer = client.get(sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, canonical)


def test_a_form_with_something_wrong_in_it_gets_its_message(client):
    answer = client.get("/front-door?area=nowhere&compare=SN&apply=A")
    assert answer.status_code == 200 and "There is no area with the code" in answer.get_data(as_text=True)


def test_a_request_reads_one_release_to_its_end(client, monkeypatch):
    """However soon another one is published, and noticed by this process."""
    from components import site

    monkeypatch.setattr(site, "NOTICE_AFTER", -1.0)
    real = site.Site.desk_for
    shown = []

    def noticing(self, reader):
        found = real(self, reader)
        shown.append(found)
        return found if len(shown) == 1 else None  # whoever asks again would get another one

    client.get("/healthz")
    with client.application.test_request_context("/front-door?area=E08000004"):
        monkeypatch.setattr(site.Site, "desk_for", noticing)
        first = site.desk()
        assert site.desk() is first and len(shown) == 1
