"""Starting: on the real data, on broken data, on another area, where it may not listen."""

import gc
import gzip
import os
import re
import runpy
import shutil
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest

from safeguarding.settings import Settings, from_environment, may_listen_on
from tests.conftest import free_port, serve, stop

ROOT = Path(__file__).resolve().parents[1]


def start(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Start gunicorn and wait for it to give up."""
    env = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'start.sqlite'}",
        "PORT": str(free_port()),
        **environment,
    }
    command = [sys.executable, "-m", "gunicorn", "app:server", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.read().decode()


@pytest.mark.slow
def test_broken_data_stop_the_start_with_every_problem_and_the_release_stays(tmp_path, folder):
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    stop(serve(tmp_path, DATA_FOLDER=str(data))[0])
    assert f"Loaded {len(folder.observations):,} figures" in (tmp_path / "server.log").read_text()
    packed = data / "observations" / "population.csv.gz"
    path, text = packed.with_suffix(""), gzip.decompress(packed.read_bytes()).decode()
    packed.unlink()
    path.write_text(text.replace(",ok,", ",fine,", 1).replace(",ok,", ",well,", 1))
    done = start(tmp_path, DATA_FOLDER=str(data))  # where no release is held yet
    assert done.returncode != 0
    assert "has 2 problems. Nothing was changed." in done.stderr
    assert 'observations/population.csv, row 2, status: "fine" is not one of' in done.stderr
    assert 'observations/population.csv, row 3, status: "well" is not one of' in done.stderr
    assert "Traceback" not in done.stderr
    path.write_text(text)
    process, url = serve(tmp_path, DATA_FOLDER=str(data))
    assert '"release":1' in get(f"{url}/healthz").replace(" ", "")
    assert "Loaded" not in (tmp_path / "server.log").read_text(), "the release was there already"
    stop(process)


@pytest.mark.slow
def test_a_file_that_cannot_be_opened_stops_the_start_with_a_sentence(tmp_path):
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    (data / "sources.csv").unlink()
    (data / "sources.csv").mkdir()
    for folder, said in ((data, "sources.csv: cannot be opened"), (tmp_path / "x", "no such folder")):
        done = start(tmp_path, DATA_FOLDER=str(folder))
        assert done.returncode != 0 and said in done.stderr and "Traceback" not in done.stderr


WORKED_OUT = """
import app
from components.site import opened
shown = opened().store.shown(opened().release)
print(len(shown.worked_out), len(shown.spreads))
"""


@pytest.mark.slow
def test_what_home_needs_is_worked_out_before_the_workers_part(tmp_path):
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'start.sqlite'}"}
    done = subprocess.run(
        [sys.executable, "-c", WORKED_OUT], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert all(int(n) > 0 for n in done.stdout.split()[-2:])


@pytest.mark.slow
def test_another_home_area_is_a_setting(tmp_path):
    process, url = serve(tmp_path, HOME_AREA="E08000003", PARTNERSHIP="Manchester Safeguarding Partnership")
    try:
        page = get(f"{url}/front-door")
        assert "Manchester Safeguarding Partnership" in page and "in Manchester in 2024-25" in page
    finally:
        stop(process)


@pytest.mark.slow
def test_a_wrong_setting_stops_the_start_with_a_sentence(tmp_path):
    for given, said in (
        ({"HOME_AREA": "E99"}, "which is not in areas.csv"),
        (
            {"PORT": "", "LOG": "yes"},
            "PORT is '': give a number from 1 to 65535, such as 8050.\nLOG",
        ),
        ({"TEMPLATE_PPTX": "none.potx"}, "TEMPLATE_PPTX is none.potx: there is no such file."),
    ):
        done = start(tmp_path, **given)
        assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr


def test_a_port_that_is_no_number_is_said():
    with pytest.raises(ValueError, match="give a number from 1 to 65535"):
        from_environment({"PORT": "http"})


@pytest.mark.slow
def test_it_will_not_listen_beyond_this_machine_unasked(tmp_path):
    done = start(tmp_path, "--bind", "0.0.0.0:8123")
    assert done.returncode != 0
    assert re.search(r"will not listen on 0\.0\.0\.0 before it is told who may come in", done.stderr)


@pytest.fixture
def configured(monkeypatch):
    """What gunicorn.conf.py says, for a dashboard that is asked to listen everywhere; it switches the search
    for garbage off.
    """
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.delenv("ACCESS", raising=False)
    try:
        yield runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    finally:
        gc.unfreeze()
        gc.enable()


def test_nor_when_the_setting_asks_it_to(configured):
    host, _, port = configured["bind"].partition(":")
    server = SimpleNamespace(cfg=SimpleNamespace(address=[(host, int(port))]))
    with pytest.raises(SystemExit, match=r"will not listen on 0\.0\.0\.0"):
        configured["on_starting"](server)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_port_that_is_taken_is_said_in_a_line_and_one_that_was_just_let_go_is_free(configured, host):
    with socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as other:
        port = other.getsockname()[1]
        server = SimpleNamespace(cfg=SimpleNamespace(address=[(host, port)]))
        with pytest.raises(SystemExit, match=rf"Port {port} is taken.*: PORT={port + 1} make run"):
            configured["on_starting"](server)
    configured["on_starting"](server)


def test_a_start_leaves_garbage_alone_and_a_worker_does_not(configured):
    assert not gc.isenabled()
    configured["pre_fork"](None, None)
    assert gc.get_freeze_count()
    configured["post_fork"](None, None)
    assert gc.isenabled()


def test_make_dev_watches_every_file_of_the_data_and_where_a_new_one_would_be(monkeypatch):
    monkeypatch.setenv("RELOAD", "1")
    data = ROOT / "data"
    try:
        watched = runpy.run_path(str(ROOT / "gunicorn.conf.py"))["reload_extra_files"]
    finally:
        gc.enable()
    held = [p for p in data.rglob("*") if p.suffix in (".csv", ".gz", ".json")]
    assert {str(p) for p in (data, data / "observations", *held)} <= set(watched)


@pytest.mark.parametrize(
    "host, fine",
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("127.9.9.9", True),
        ("0.0.0.0", False),
        ("::", False),
        ("", False),
        ("10.0.0.1", False),
        ("example.org", False),
    ],
)
def test_only_loopback_is_allowed_without_a_choice(host, fine):
    assert may_listen_on(host, access="") is fine
    assert may_listen_on(host, access="anyone")


def test_the_settings_have_their_defaults():
    assert from_environment({}) == Settings()
    assert (Settings().host, Settings().port, Settings().home_area) == ("127.0.0.1", 8050, "E08000007")
