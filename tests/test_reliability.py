"""Nothing down: what goes on, and what is said, while something under or before the dashboard fails."""

import json
import os
import shutil
import socket
import sqlite3
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest

from addresses import packs
from safeguarding.exports.progress import Progress
from safeguarding.refused import Refused
from safeguarding.store.drawers import FolderDrawer
from safeguarding.store.releases import Store
from tests import faults
from tests.conftest import ROOT, serve, stop
from tests.engines import database
from tests.test_server import NOTE, fetch, post
from tests.test_start import start

if os.name == "nt":
    pytest.skip("gunicorn does not run here", allow_module_level=True)


def half_open(url: str, text: bytes) -> socket.socket:
    host, port = url.removeprefix("http://").split(":")
    sent = socket.create_connection((host, int(port)))
    sent.sendall(text)
    return sent


@pytest.mark.parametrize(
    "text",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-",
        b"POST /api/notes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: 500\r\n\r\n{",
    ],
)
def test_twenty_connections_that_send_half_a_request_stop_nobody(live, text):
    urllib.request.urlopen(f"{live}/front-door", timeout=20).read()
    waiting = [half_open(live, text) for _ in range(20)]
    try:
        for path in ("/healthz", "/front-door") * 4:
            began = time.monotonic()
            assert urllib.request.urlopen(f"{live}{path}", timeout=20).status == 200
            assert time.monotonic() - began < (1 if path == "/healthz" else 5)
    finally:
        for one in waiting:
            one.close()


def test_eight_who_have_their_answer_and_do_not_hang_up_stop_nobody(live):
    """gunicorn itself waits two seconds for each, and lets nobody in meanwhile."""
    ask = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    waiting = [half_open(live, ask) for _ in range(8)]
    try:
        began = time.monotonic()
        assert all(one.recv(15).startswith(b"HTTP/1.1 200") for one in waiting)
        for _ in range(8):
            assert urllib.request.urlopen(f"{live}/healthz", timeout=30).status == 200
        assert time.monotonic() - began < 4, "one after the other they would take eight seconds at least"
    finally:
        for one in waiting:
            one.close()


def test_a_connection_is_closed_where_it_was_answered_and_once(monkeypatch):
    from gunicorn.workers.gthread import ThreadWorker

    from addresses.worker import Worker

    for goes_on, times in ((True, 0), (False, 1)):
        closed = []
        conn = SimpleNamespace(init=lambda: None, close=lambda graceful=False, to=closed: to.append(graceful))
        monkeypatch.setattr(ThreadWorker, "handle", lambda self, conn, so=goes_on: so)
        assert Worker.handle(Worker.__new__(Worker), conn) is goes_on
        assert closed == [True] * times
        if not goes_on:
            conn.close(graceful=True)
            assert closed == [True], "the loop closes it once more, which is nothing"


def test_reading_a_request_ends_when_its_time_is_up_however_slowly_it_comes():
    from addresses.worker import _bound

    here, there = socket.socketpair()
    with here, there:
        unreader = SimpleNamespace(chunk=lambda size=None: here.recv(100))
        conn = SimpleNamespace(parser=SimpleNamespace(unreader=unreader), sock=here)
        conn.until = time.monotonic() + 0.3
        _bound(conn)
        there.sendall(b"a")
        assert unreader.chunk() == b"a" and here.gettimeout() is None
        assert unreader.chunk() == b"", "nothing more came"
        there.sendall(b"b")
        assert unreader.chunk() == b"", "too late"
        conn.until = time.monotonic() + 5
        assert unreader.chunk() == b"b", "the next request has a time of its own"


def soon(seconds: float, found) -> bool:
    """Does it come true within so many seconds?"""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found():
            return True
        time.sleep(0.2)
    return False


def known(url: str) -> None:
    """Have every worker keep the page that is asked for below, and forget none."""
    for _ in range(20):
        assert fetch(f"{url}/front-door").status == 200


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_while_the_store_cannot_be_used_known_pages_go_on_and_say_so(tmp_path, engine):
    """The short form of `make chaos`, which says how long each takes."""
    with database(engine, tmp_path) as held:
        process, url = serve(tmp_path, DATABASE_URL=held.url)
        served = faults.Served(process.pid, url, held.url, held.server)
        try:
            known(url)
            with faults.locked(served):
                began = time.monotonic()
                answer = post(f"{url}/api/notes", NOTE)
                assert answer.status == 503 and "nothing was changed" in answer.read().decode()
                assert answer.headers["Retry-After"] == "5" and time.monotonic() - began < 6
                assert fetch(f"{url}/front-door").status == 200 and fetch(f"{url}/readyz").status == 200
            on_files = (faults.truncated, faults.rubbish, faults.full) if engine == "sqlite" else ()
            for fault in (faults.away, *on_files, faults.another):
                if fault is faults.away and engine == "postgresql" and held.server is None:
                    continue  # a server that is not ours to stop
                with fault(served):
                    time.sleep(2.2)  # until a worker looks again
                    for _ in range(6):
                        began = time.monotonic()
                        assert fetch(f"{url}/healthz").status == 200 and time.monotonic() - began < 1, fault
                        page = fetch(f"{url}/front-door")
                        assert page.status == 200, fault
                        if fault is not faults.full:  # which can be read
                            assert b"cannot be read at the moment" in page.read(), fault
                    if fault is not faults.full:
                        assert json.loads(fetch(f"{url}/readyz").read())["ready"] is False
                    assert post(f"{url}/api/notes", NOTE).status == 503
                assert soon(10, lambda: readable(url)), fault
                assert fetch(f"{url}/readyz").status == 200
                assert post(f"{url}/api/notes", NOTE).status == 201
            assert "Traceback" not in (tmp_path / "server.log").read_text()
        finally:
            stop(process)


def readable(url: str) -> bool:
    """Does every worker read its store?"""
    return all(b"cannot be read" not in fetch(f"{url}/front-door").read() for _ in range(6))


@pytest.mark.slow
def test_a_data_folder_that_is_broken_at_a_restart_leaves_the_last_good_release(tmp_path):
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    stop(serve(tmp_path, DATA_FOLDER=str(data))[0])
    (data / "areas.csv").write_text("area_code\nE1\n")
    process, url = serve(tmp_path, DATA_FOLDER=str(data))
    try:
        log = (tmp_path / "server.log").read_text()
        assert "has one problem. Nothing was changed." in log and "areas.csv" in log
        assert "starts with release 1, the last good one" in log and "Traceback" not in log
        assert fetch(f"{url}/front-door").status == 200
        assert "could not be loaded" in json.loads(fetch(f"{url}/readyz").read())["data"]
    finally:
        stop(process)


def test_a_store_that_cannot_be_opened_is_told_in_a_sentence_without_its_password(tmp_path):
    newer = tmp_path / "newer.sqlite"
    Store(f"sqlite:///{newer}")
    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    (tmp_path / "garbage.sqlite").write_bytes(b"garbage" * 1000)
    for url, said in (
        (f"sqlite:///{newer}", "A newer version of the dashboard has been here"),
        (f"sqlite:///{tmp_path / 'garbage.sqlite'}", "file is not a database"),
        (f"sqlite:///{tmp_path}", "unable to open"),
        ("postgresql://me:secret@127.0.0.1:1/x", "Look at DATABASE_URL"),
        ("nonsense", "Look at DATABASE_URL"),
        ("oracle9://x", "Look at DATABASE_URL"),
    ):
        with pytest.raises(Refused, match=said) as refused:
            Store(url)
        told = str(refused.value)
        assert "secret" not in told and "\n" not in told and told.startswith("The store cannot be opened")


@pytest.mark.slow
def test_the_start_says_so_too(tmp_path):
    (tmp_path / "start.sqlite").write_bytes(b"garbage" * 1000)
    done = start(tmp_path)
    assert done.returncode != 0 and "file is not a database" in done.stderr and "Traceback" not in done.stderr


def made(folder: Path, age: float, size: int = 10) -> Path:
    folder.mkdir(parents=True)
    Progress("done", files=("x.pptx",)).save(FolderDrawer(folder))
    (folder / "x.pptx").write_bytes(b"x" * size)
    (folder / packs.READER).write_text("shareable")
    os.utime(folder, (time.time() - age, time.time() - age))
    return folder


def test_a_pack_is_given_out_for_an_hour_and_all_of_them_have_a_bound(tmp_path, monkeypatch, store):
    from tests.standing_in import asking

    monkeypatch.setattr(packs, "FOLDER", tmp_path)
    old, fresh = made(tmp_path / ("a" * 22), packs.KEPT_FOR + 5), made(tmp_path / ("b" * 22), 5)
    with asking(store) as client:
        assert client.get(f"/api/packs/{old.name}/x.pptx").status_code == 404 and not old.exists()
        assert client.get(f"/api/packs/{fresh.name}/x.pptx").status_code == 200
    monkeypatch.setattr(packs, "MOST_BYTES", 2_500)
    large = [made(tmp_path / (f"c{n}" * 10), 100 * n, 1_000) for n in range(1, 5)]
    packs._tidy()
    assert [p.exists() for p in large] == [True, True, False, False] and fresh.exists()


def test_more_pictures_than_can_be_drawn_wait_and_are_then_refused_with_a_sentence(store, monkeypatch):
    from addresses import charts
    from tests.standing_in import asking

    monkeypatch.setattr(charts, "WAIT", 0.05)
    for _ in range(charts.AT_ONCE):
        charts._drawing.acquire()
    try:
        with asking(store) as client:
            answer = client.get("/api/chart/cla_rate/trend.svg?size=full-page&to=2016-17")
            assert answer.status_code == 503 and "Too many pictures" in answer.get_data(as_text=True)
            assert answer.headers["Retry-After"] == "5"
    finally:
        for _ in range(charts.AT_ONCE):
            charts._drawing.release()
