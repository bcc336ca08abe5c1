"""Alone: the dashboard started, read and made to work in a network that has nothing but itself.

tests/test_alone.py runs it, where it can in a namespace of its own, whose loopback has to be brought up.
"""

import contextlib
import json
import socket
import struct
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.conftest import serve, stop
from tests.test_server import post

WALK = (
    *(
        "/",
        "/front-door",
        "/indicator/cla_rate",
        "/meeting",
        "/data",
        "/methods",
        "/search?q=uasc",
        "/nothing",
    ),
    *("/api/scorecard.json", "/api/indicator/cla_rate.csv", "/api/chart/cla_rate/trend.xlsx"),
    *("/api/chart/cla_rate/trend.png", "/api/figure/cla_rate/trend.json", "/metrics", "/readyz"),
)


def bring_up_loopback() -> None:
    """What `ip link set lo up` does; a machine's own loopback is up already."""
    if sys.platform == "linux":
        import fcntl

        with socket.socket() as any_socket, contextlib.suppress(OSError):
            fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS


def main() -> None:
    """Do it all. Raises where anything fails."""
    bring_up_loopback()
    with tempfile.TemporaryDirectory() as name:
        process, url = serve(Path(name), METRICS_FROM="127.0.0.1", LOG="json")
        try:
            for path in WALK:
                try:
                    with urllib.request.urlopen(url + path, timeout=60) as answer:
                        assert answer.read(), path
                except urllib.error.HTTPError as error:
                    assert error.code == 404 and path == "/nothing", (path, error.code)
            wanted = {"theme": "context", "format": ["pptx", "docx", "xlsx"]}
            made = json.load(post(f"{url}/api/packs", wanted))
            for _ in range(600):
                with urllib.request.urlopen(f"{url}/api/packs/{made['pack']}", timeout=60) as answer:
                    state = json.load(answer)
                if state["state"] != "making":
                    break
                time.sleep(0.2)
            assert state["state"] == "done", state
        finally:
            stop(process)
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=1).close()  # an address of documentation
    except OSError as error:
        print("out:", error)


if __name__ == "__main__":
    main()
