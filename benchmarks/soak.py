"""Readers for half an hour, with loads, publishes and rollbacks between, on SQLite and on PostgreSQL.

    python -m benchmarks.soak --minutes 30 --readers 50

Each load gives one figure of Stockport's another, made-up value, so that it can be held against the release
that the same answer names: one that does not fit is a mixed release. docs/reliability.md has what it told.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path

from safeguarding import loader
from tests.conftest import HOME, ROOT, serve, stop
from tests.engines import ENGINES, database
from tests.watched import memory, quantile

MADE_UP, PERIOD = "sw_caseload", "2024-25"
PAGES = ("/", "/front-door", "/children-in-need", "/child-protection", "/looked-after-children", "/data")
TOLD = ("/context", f"/indicator/{MADE_UP}", "/?sort=theme", f"/view?indicator={MADE_UP}")  # with the figure
DATA = ("/api/scorecard.json", f"/api/indicator/{MADE_UP}.json", "/api/search.json?q=cla")
OTHERS = (*DATA, "/meeting", "/methods")
YEARS = [f"{y}-{y % 100 + 1:02d}" for y in range(2016, 2025)]
HEADER = (
    "indicator_id,area_code,period,period_start,period_end,breakdown,category,value,status,provisional,"
    "numerator,denominator,source_id"
)


class Soak:
    """One engine's hour: what its readers met, and what was changed under them."""

    def __init__(self, url: str, areas: list[str], until: float):
        self.url, self.areas, self.until = url, areas, until
        self.values: dict[int, float] = {}
        self.times: list[float] = []
        self.failed: list[str] = []
        self.seen: Counter[int] = Counter()
        self.mixed: list[str] = []
        self.checked = 0

    def read(self, seed: int, pause: float) -> None:
        """One reader: a page, some thought, the next page."""
        dice = random.Random(seed)
        time.sleep(dice.uniform(0, pause))
        while time.monotonic() < self.until:
            path = self._next(dice)
            began = time.monotonic()
            try:
                with urllib.request.urlopen(self.url + path, timeout=60) as answer:
                    text = answer.read().decode()
            except (OSError, urllib.error.HTTPError) as error:
                self.failed.append(f"{path}: {error}")
            else:
                self.times.append(time.monotonic() - began)
                self._hold(path, text)
            time.sleep(dice.uniform(0.2 * pause, 1.8 * pause))

    def _next(self, dice: random.Random) -> str:
        match dice.randrange(10):
            case 0 | 1 | 2:
                return dice.choice(TOLD)
            case 3 | 4 | 5 | 6:
                return dice.choice(PAGES)
            case 7:
                return f"{dice.choice(PAGES[1:6])}?area={dice.choice(self.areas)}&to={dice.choice(YEARS)}"
            case _:
                return dice.choice(OTHERS)

    def _hold(self, path: str, text: str) -> None:
        """Do release and figure of an answer go together?"""
        if path.startswith("/api/") and text.startswith("{"):
            data = json.loads(text)
            rows = data.get("indicators", [data] if data.get("id") == MADE_UP else [])
            release = data.get("release")
            told = [row["value"] for row in rows if row["id"] == MADE_UP]
        else:
            named = {int(n) for n in re.findall(r'<a href="/data[^"]*">Release (\d+)</a>', text)}
            named |= {int(n) for n in re.findall(r'data-revision="\w+\+?\.(\d+)\.', text)}
            if len(named) > 1:
                self.mixed.append(f"{path}: releases {named}")
            release = next(iter(named), None)
            rows = re.findall(rf'<[^>]*data-indicator="{MADE_UP}"[^>]*>', text)
            told = [float(v) for row in rows for v in re.findall(r'data-value="([^"]+)"', row)]
        if release is None:
            return
        self.seen[release] += 1
        if told and "area=" not in path:
            self.checked += 1
            if set(told) != {self.values[release]}:
                self.mixed.append(f"{path}: release {release} has {told}, not {self.values[release]}")


def command(database_url: str, *arguments: str) -> None:
    """Run the command line as an analyst would. Raises CalledProcessError where it refuses."""
    env = {**os.environ, "DATABASE_URL": database_url}
    whole = [sys.executable, "-m", "safeguarding", *arguments]
    subprocess.run(whole, cwd=ROOT, env=env, check=True, capture_output=True, text=True)


def change(soak: Soak, database_url: str, folder: Path, every: float, done: Counter[str]) -> None:
    """Load, roll back and publish, one after the other, until the time is up."""
    newest, dice = 1, random.Random(1)
    by = ("--by", "the soak", "--note", "a made-up figure")
    while time.monotonic() + every < soak.until:
        time.sleep(every)
        what = dice.choice(("load", "rollback", "publish"))
        try:
            if what == "load":
                newest += 1
                soak.values[newest] = round(15 + newest / 10, 1)
                file = folder / "made_up.csv"
                value = soak.values[newest]
                row = f"{MADE_UP},{HOME},{PERIOD},2025-09-30,2025-09-30,,,{value},ok,,,,dfe_lait_2026"
                file.write_text(f"{HEADER}\n{row}\n")
                command(database_url, "load", str(file), *by)
            else:
                command(database_url, what, str(dice.randint(1, newest)), *by)
            done[what] += 1
        except subprocess.CalledProcessError as error:
            soak.failed.append(f"{what}: {(error.stdout + error.stderr)[-400:]}")


def main(engine: str, minutes: float, readers: int, pause: float, every: float) -> bool:
    """Soak one engine and print what came of it; whether nothing failed."""
    areas = [row["area_code"] for row in loader.read(ROOT / "data").tables["areas"]][:40]
    with tempfile.TemporaryDirectory() as name, database(engine, Path(name)) as held:
        process, url = serve(Path(name), DATABASE_URL=held.url)
        soak = Soak(url, areas, time.monotonic() + minutes * 60)
        with urllib.request.urlopen(f"{url}/api/indicator/{MADE_UP}.json", timeout=60) as answer:
            soak.values[1] = json.load(answer)["value"]
        done: Counter[str] = Counter()
        args = (soak, held.url, Path(name), every, done)
        threads = [threading.Thread(target=soak.read, args=(n, pause)) for n in range(readers)]
        threads.append(threading.Thread(target=change, args=args))
        for thread in threads:
            thread.start()
        levels = []
        while any(thread.is_alive() for thread in threads):
            levels.append(memory(process.pid))
            time.sleep(min(30.0, minutes * 6))
        stop(process)
        log = (Path(name) / "server.log").read_text()
    print(f"{engine}: {minutes:g} minutes, {readers} readers")
    print(f"  {len(soak.times):,} answers, {len(soak.failed)} failed")
    print(f"  changes between: {', '.join(f'{n} {what}' for what, n in done.items())}")
    print(f"  {len(soak.seen)} releases seen")
    print(f"  {soak.checked:,} figures held against the release of their answer, {len(soak.mixed)} mixed")
    halves = quantile(soak.times, 0.5), quantile(soak.times, 0.99), max(soak.times)
    print("  seconds: median {:.3f}, p99 {:.2f}, slowest {:.2f}".format(*halves))
    print(f"  memory (MB): {', '.join(f'{m:.0f}' for m in levels)}")
    print(f"  tracebacks in the log: {log.count('Traceback')}")
    for fault in log.split("Traceback")[1:][:3]:
        print("   ", fault[-1500:])
    for line in (soak.failed + soak.mixed)[:20]:
        print("  ", line[:600])
    return not soak.failed and not soak.mixed and "Traceback" not in log


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--minutes", type=float, default=30)
    given.add_argument("--readers", type=int, default=50)
    given.add_argument("--pause", type=float, default=6.0, help="seconds that a reader looks at a page")
    given.add_argument("--every", type=float, default=20.0, help="seconds from one change to the next")
    given.add_argument("--engine", choices=ENGINES, action="append")
    chosen = given.parse_args()
    fine = [
        main(one, chosen.minutes, chosen.readers, chosen.pause, chosen.every)
        for one in chosen.engine or ENGINES
    ]
    sys.exit(0 if all(fine) else 1)
