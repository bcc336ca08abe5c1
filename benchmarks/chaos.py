"""Faults under a running dashboard, on SQLite and PostgreSQL: what readers meet, and for how long.

`make chaos` runs it; docs/reliability.md has what it told. What must hold: a page that is known is answered,
`/healthz` too, a note is written or refused with 503, and all is as before within ten seconds. Loads that are
killed have tests of their own.
"""

import argparse
import json
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from tests import faults
from tests.conftest import HOME, serve, stop
from tests.engines import ENGINES, database
from tests.faults import Served

ON_FILES = (faults.truncated, faults.rubbish, faults.full)
FAULTS = (
    *(faults.locked, faults.away, faults.another, *ON_FILES),
    *(faults.filled, faults.killed, faults.half_open),
)
Fault = Callable[[Served], AbstractContextManager[None]]
PAGE = "/front-door"
NOTE = {
    "indicator_id": "cla_rate",
    "area_code": HOME,
    "period": "2024-25",
    "kind": "note",
    "text": "Looked at while something failed.",
    "author": "the chaos",
}


def ask(url: str, body: object = None) -> tuple[int, float, str]:
    """Status, seconds and text of an answer; 0 where there was none."""
    began = time.monotonic()
    headers = {"Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=30) as answer:
            status, text = answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read().decode()
    except OSError as error:
        status, text = 0, str(error)
    return status, time.monotonic() - began, text


def through(served: Served, fault: Fault) -> list[str]:
    """Do it, ask for everything meanwhile, undo it, and print a line; what did not hold."""
    for _ in range(30):  # until each process keeps the page
        ask(served.url + PAGE)
    wrong = []
    with fault(served):
        time.sleep(2.5 if fault is not faults.killed else 0.0)  # until a process looks at its store again
        pages = [ask(served.url + PAGE) for _ in range(10)]
        health = [ask(f"{served.url}/healthz") for _ in range(10)]
        ready = ask(f"{served.url}/readyz")[0]
        note = ask(f"{served.url}/api/notes", NOTE)
    began = time.monotonic()
    while time.monotonic() - began < 30:
        seen = [ask(served.url + PAGE) for _ in range(6)]
        if all(s == 200 and "cannot be read" not in text for s, _, text in seen):
            break
        time.sleep(0.2)
    back = time.monotonic() - began
    told = sum("cannot be read" in text for _, _, text in pages)
    slowest, healthy = (max(t for _, t, _ in asked) for asked in (pages, health))
    print(
        f"  {fault.__name__}: pages {sorted({s for s, _, _ in pages})} in {slowest:.2f} s at most",
        f"{told} of 10 say so",
        f"/healthz in {healthy:.2f} s at most",
        f"/readyz {ready}",
        f"a note {note[0]} in {note[1]:.2f} s",
        f"as before after {back:.1f} s",
        sep="; ",
        flush=True,
    )
    if {s for s, _, _ in pages} != {200}:
        wrong.append("a known page was not answered")
    if {s for s, _, _ in health} != {200}:
        wrong.append("/healthz was not answered")
    if note[0] not in (201, 503):
        wrong.append(f"a note was answered {note[0]}: {note[2][:200]}")
    if back > 10:
        wrong.append(f"it took {back:.0f} s to be as before")
    return [f"{fault.__name__}: {one}" for one in wrong]


def _can_have(engine: str, served: Served, fault: Fault) -> bool:
    """Can an engine have a fault here? What needs a PostgreSQL of ours, or a disk to fill, is told."""
    if engine == "sqlite":
        return fault is not faults.filled
    if fault in ON_FILES:
        return False
    if fault is faults.filled and not (served.server and faults.small_disk(served)):
        print("  filled: not tried, TMPDIR is no small disk of its own (docs/reliability.md)")
        return False
    return fault is not faults.away or served.server is not None


def main(engine: str) -> list[str]:
    """All faults that an engine can have; what did not hold."""
    print(f"{engine}:")
    with tempfile.TemporaryDirectory() as name, database(engine, Path(name)) as held:
        process, url = serve(Path(name), DATABASE_URL=held.url)
        served = Served(process.pid, url, held.url, held.server)
        wrong = []
        try:
            for fault in FAULTS:
                if _can_have(engine, served, fault):
                    wrong += through(served, fault)
        finally:
            stop(process)
        log = (Path(name) / "server.log").read_text()
    print(f"  tracebacks in the log: {log.count('Traceback')}")
    return wrong + (["a traceback in the log"] if "Traceback" in log else [])


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--engine", choices=ENGINES, action="append")
    failed = [f"{engine}: {one}" for engine in given.parse_args().engine or ENGINES for one in main(engine)]
    print("\n".join(failed) or "All held.")
    sys.exit(bool(failed))
