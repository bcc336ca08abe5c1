"""Nothing calls out: the dashboard works in a network without a route, and does not even try to leave it."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT

if os.name == "nt":
    pytest.skip("gunicorn does not run here", allow_module_level=True)


def namespace() -> list[str]:
    """What runs a command in a network of its own, without a route; nothing where this machine forbids it."""
    alone = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and subprocess.run([*alone, "true"], capture_output=True).returncode == 0:
        return alone
    return []


@pytest.mark.slow
def test_it_starts_and_works_without_a_network_and_does_not_look_for_one(tmp_path):
    """Where no namespace can be had, the guard alone stands between: it tells of every try, and stops it."""
    tried = tmp_path / "tried"
    env = {**os.environ, "GUARD": str(tried), "PYTHONPATH": str(ROOT / "tests" / "guard")}
    command = [*namespace(), sys.executable, "-m", "tests.alone"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "nothing of this dashboard calls out" in done.stdout, "the guard is there"
    # the last line of alone.py's own, which shows that the guard tells
    assert tried.read_text() == "socket.getaddrinfo '192.0.2.1'\n"


def test_the_namespace_has_no_way_out():
    alone = namespace()
    if not alone:
        pytest.skip("no namespace can be had here: the guard is all there is, and the test above tries it")
    asked = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run([*alone, sys.executable, "-c", asked], capture_output=True, text=True)
    assert done.returncode != 0 and "unreachable" in done.stderr
