"""How long do the pages take? Start to first answer on an existing store; each page made, kept, its bytes.

    .venv/bin/python -m benchmarks.pages

Starts the dashboard as the README does, twice: the first start loads `data/`, the second is timed.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from statistics import median

from tests.conftest import ROOT, free_port
from tests.watched import quantile

PAGES = ("/", "/front-door", "/indicator/rereferrals_pct", "/meeting", "/methods")
AREAS = ("E08000003", "E08000006", "E08000010", "E10000016", "E06000023")  # nobody has asked for these before


def start(folder: str, port: int, **given: str) -> tuple[subprocess.Popen, float]:
    """The dashboard, and the seconds until it has answered."""
    url = f"sqlite:///{folder}/pages.sqlite"
    env = {**os.environ, "PORT": str(port), "DATABASE_URL": url, **given}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "app:server"], cwd=ROOT, env=env, stderr=subprocess.DEVNULL
    )
    while process.poll() is None:
        try:
            ask(port, "/healthz")
            return process, time.perf_counter() - began
        except OSError:
            time.sleep(0.01)
    raise SystemExit("the dashboard did not start")


def ask(port: int, address: str) -> tuple[float, int]:
    """The milliseconds that an answer took, and its bytes."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{address}", headers={"Accept-Encoding": "br"})
    began = time.perf_counter()
    with urllib.request.urlopen(request) as answer:
        size = len(answer.read())
    return 1000 * (time.perf_counter() - began), size


def held(port: int, address: str, times: int = 300) -> list[float]:
    """The milliseconds of a kept page, again and again on a connection that is held, as a browser does."""
    connection, took = http.client.HTTPConnection("127.0.0.1", port), []
    for _ in range(times):
        began = time.perf_counter()
        connection.request("GET", address, headers={"Accept-Encoding": "br"})
        connection.getresponse().read()
        took.append(1000 * (time.perf_counter() - began))
    connection.close()
    return took


def main() -> None:
    """Time every page a few times."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        process, _ = start(folder, port)
        process.terminate()
        process.wait()
        process, took = start(folder, port)
        print(f"start to first answer on an existing store: {took:.2f} s")
        time.sleep(5)  # the pages that everybody opens are being made
        for page in PAGES:
            made = [ask(port, f"{page}?area={area}")[0] for area in AREAS]
            for area in AREAS:  # the other worker may have to make it as well
                ask(port, f"{page}?area={area}")
            new = [ask(port, f"{page}?area={area}")[0] for area in AREAS for _ in range(8)]
            kept = held(port, f"{page}?area={AREAS[0]}")
            size = ask(port, page)[1]
            print(
                f"{page}: made {median(made):.0f} ms, {size / 1024:.0f} KB; kept {median(kept):.1f} ms, p99",
                f"{quantile(kept, 0.99):.1f}, with a new connection each {median(new):.1f}",
            )
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
