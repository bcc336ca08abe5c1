"""How long do the pages take? Start to first answer on an existing store; each page made, kept, its bytes.

    .venv/bin/python -m benchmarks.pages

Starts the dashboard as the README does, twice: the first start loads `data/`, the second is timed.
"""

import csv
import http.client
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from itertools import islice
from statistics import median

from tests.conftest import ROOT, free_port
from tests.watched import quantile

PAGES = ("/", "/front-door", "/indicator/rereferrals_pct", "/meeting", "/methods")
TIMES = 11


def authorities() -> Iterator[str]:
    """Areas that nobody has asked for before: London's and the counties', not the dashboard's own."""
    with (ROOT / "data" / "areas.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["type"] == "authority" and row["area_code"].startswith(("E09", "E10")):
                yield row["area_code"]


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


def held(port: int, *addresses: str) -> list[float]:
    """The milliseconds of some answers, one after the other on a held connection, as a browser's is."""
    connection, took = http.client.HTTPConnection("127.0.0.1", port), []
    for address in addresses:
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
        areas = authorities()
        visited = list(islice(areas, TIMES))  # each by a reader who opens one page after the other
        visits = [held(port, *(f"{page}?area={area}" for page in PAGES)) for area in visited]
        for page, made in zip(PAGES, zip(*visits, strict=True), strict=True):
            alone = [ask(port, f"{page}?area={area}")[0] for area in islice(areas, TIMES)]
            for area in visited:  # the other worker may have to make it as well
                ask(port, f"{page}?area={area}")
            new = [ask(port, f"{page}?area={area}")[0] for area in visited for _ in range(8)]
            kept = held(port, *[f"{page}?area={visited[0]}"] * 300)
            size = ask(port, page)[1]
            print(
                f"{page}: made {median(made):.0f} ms, by itself {median(alone):.0f}, {size / 1024:.0f} KB;",
                f"kept {median(kept):.1f} ms, p99 {quantile(kept, 0.99):.1f},",
                f"with a new connection each {median(new):.1f}",
            )
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
