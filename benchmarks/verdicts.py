"""How long do the verdicts take? Every indicator and year of every tenth area, from a store as pages read it.

    .venv/bin/python benchmarks/verdicts.py

Prints, for one view (an area and a year, all indicators), the median and the slowest time to read its figures
and to judge them, and the time for all views together.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from safeguarding import loader, periods, query
from safeguarding.figures import Figures
from safeguarding.settings import Settings
from safeguarding.store.releases import Store
from safeguarding.summaries import summarise


def main() -> None:
    """Time every view once."""
    settings = Settings()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/benchmark.sqlite")
        began = time.perf_counter()
        loaded = store.load_folder(loader.read(settings.data_folder), "a benchmark", "to be timed")
        print(f"load {loaded.figures:,} figures: {time.perf_counter() - began:.2f} s")
        catalogue = store.catalogue(loaded.release_id)
        indicators = list(catalogue.indicators.values())
        reading, judging = [], []
        for area in [*catalogue.areas][::10]:
            for year in periods.years_between("2012-13", "2024-25"):
                view = query.read({"area": area, "to": year}, catalogue, settings.home_area)
                start = time.perf_counter()
                figures = Figures.of(store, loaded.release_id)
                held = time.perf_counter()
                for indicator in indicators:
                    one = summarise(indicator, view, figures)
                    # each is worked out when it is asked for
                    _ = one.flagged, one.watched, one.placed, one.rankings, one.outlook
                done = time.perf_counter()
                reading.append(held - start)
                judging.append(done - held)
        for name, times in (("read a view", reading), ("judge a view", judging)):
            middle, most = 1000 * median(times), 1000 * max(times)
            print(f"{name} ({len(indicators)} indicators): median {middle:.0f} ms, slowest {most:.0f} ms")
        judgements = len(judging) * len(indicators)
        took = sum(reading) + sum(judging)
        print(f"{len(judging)} views, {judgements:,} judgements of each kind: {took:.0f} s")


if __name__ == "__main__":
    main()
