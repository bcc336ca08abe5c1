"""How fast are files loaded, in how much memory, and what do ten times as many figures do to the pages?

    .venv/bin/python benchmarks/loading.py            # a file of the interactive tool's size, and England x10
    .venv/bin/python benchmarks/loading.py --pages    # pages as well, of the store as it is and ten times it

Each measurement is a process of its own, so that its peak memory is its own. The files are synthetic in size
and have the figures of `data/`: the long file repeats them under measures that nobody has mapped, as most of
the real one's are; the other one gives every figure nine parts more.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.pages import AREAS, ask, start
from safeguarding import loader
from safeguarding.loader import incoming
from safeguarding.loader.incoming import Offered
from safeguarding.loader.official import FORMER
from safeguarding.loader.sheets import read_csv
from safeguarding.loading import load
from safeguarding.settings import Settings
from safeguarding.store.releases import Store
from tests.conftest import free_port

LAIT_ROWS, PARTS = 641_070, 9
PAGES = ("/", "/child-protection")
WHO = {"by": "The benchmark", "note": "Synthetic"}


def long_file(folder: Path, store: Store) -> Path:
    """A file with the columns and the length of the interactive tool's, the held figures in it."""
    read, areas = loader.read(Settings().data_folder), store.catalogue(1).areas
    codes = {
        row["indicator_id"]: row["where"].partition("=")[2]
        for row in read.tables["mappings"]
        if row["file"].startswith("bds_long") and row["where"]
    }
    figures = read.observations
    held = figures[figures["indicator_id"].isin(list(codes)) & (figures["breakdown"] == "")]
    names = {code: a.name + (f" {FORMER}" if a.valid_to else "") for code, a in areas.items()}
    ends = pd.to_numeric(held["period"].str[:4]) + 1
    rows = pd.DataFrame(
        {
            "Short Desc": held["indicator_id"].map(codes),
            "Data item": "",
            "Years": ends.astype(str),
            "LA and Regions": held["area_code"].map(names),
            "Values": held["value"].map(lambda v: "x" if v != v else f"{v:g}"),
            "LA Number": "",
            "Region": "",
        }
    )
    more = []
    for copy in count(1):
        if (copy + 1) * len(rows) > LAIT_ROWS:
            break
        more.append(rows.assign(**{"Short Desc": rows["Short Desc"] + f"_{copy}"}))
    rest = LAIT_ROWS - len(rows) * (len(more) + 1)
    last = rows.head(rest).assign(**{"Short Desc": "last"})
    path = folder / "bds_long_0.csv"
    pd.concat([rows, *more, last]).to_csv(path, index=False)
    return path


def ten_times(folder: Path) -> list[Path]:
    """Every figure held, nine times more as parts of a synthetic breakdown: a file for each part."""
    figures = loader.read(Settings().data_folder).observations
    paths = []
    for part in range(1, PARTS + 1):
        more = figures.assign(
            breakdown="synthetic", category=figures["breakdown"] + figures["category"] + f"part {part}"
        )
        paths.append(folder / f"part_{part}.csv")
        more.to_csv(paths[-1], index=False)
    return paths


def measure(what: str, url: str, paths: list[str]) -> None:
    """Do one thing with files, and print the seconds and the peak memory (MB) that it took."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    if what == "pandas":
        for path in paths:
            pd.read_csv(path, dtype=str, keep_default_na=False)
    elif what == "read":
        for path in paths:
            read_csv(Path(path).read_bytes(), path)
    else:
        store, settings = Store(url), Settings()
        files = [Offered(Path(p).name, Path(p).read_bytes()) for p in paths]
        if what == "check":

            def held(name: str) -> dict[tuple[str, str], str]:
                return {key: f"{value:.15g}" for key, value in store.values(1, name).items()}

            found = incoming.read(files, store.tables(1), loader.schemas(settings.data_folder), held)
            problems = found.problems
        else:
            problems = load(store, settings, files, **WHO).problems
        if problems:
            raise SystemExit(f"{problems[0]}")
    took, peak = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{took} {peak / 1024} {before / 1024}")


def report(named: str, url: str, paths: list[Path], rows: int) -> None:
    """Measure plain pandas, reading, checking and loading of some files, each with its ratio to the first."""
    plain = 0.0
    for what in ("pandas", "read", "check", "load"):
        command = [sys.executable, __file__, what, url, *map(str, paths)]
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        took, peak, _ = map(float, said.splitlines()[-1].split())
        plain = plain or took
        speed = f"{rows / took:,.0f} rows a second, {took / plain:.1f} times pandas"
        print(f"{named}, {what}: {took:.1f} s, {speed}, peak {peak:.0f} MB", flush=True)


def pages(named: str, url: str) -> None:
    """How long pages take that nobody has asked for, and what the processes of the dashboard hold."""
    os.environ["DATABASE_URL"] = url
    port = free_port()
    process, took = start("", port, DATABASE_URL=url)
    time.sleep(5)
    times = {page: sorted(ask(port, f"{page}?area={a}")[0] for a in AREAS)[len(AREAS) // 2] for page in PAGES}
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    held = max(memory(int(pid)) for pid in workers)
    said = ", ".join(f"{page} {ms:.0f} ms" for page, ms in times.items())
    print(f"{named}: start {took:.1f} s, {said}, a worker holds {held:.0f} MB", flush=True)
    process.terminate()
    process.wait()


def memory(pid: int) -> float:
    """What a process holds, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def main() -> None:
    """Make the files, and measure."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        url = f"sqlite:///{folder / 'loading.sqlite'}"
        store = Store(url)
        store.load_folder(loader.read(Settings().data_folder), "benchmark", "the bundled figures")
        if "--pages" in sys.argv:
            pages("pages, all of England", url)
        report("the interactive tool's size", url, [long_file(folder, store)], LAIT_ROWS)
        paths = ten_times(folder)
        rows = PARTS * store_size(store)
        report("England ten times", url, paths, rows)
        if "--pages" in sys.argv:
            pages("pages, ten times that", url)


def store_size(store: Store) -> int:
    """How many figures release 1 holds."""
    return len(store.shown(1).every())


if __name__ == "__main__":
    if len(sys.argv) > 3:
        measure(sys.argv[1], sys.argv[2], sys.argv[3:])
    else:
        main()
