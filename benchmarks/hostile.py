"""Thousands of hostile requests at a running dashboard: half of a fixed seed, half of a free one.

`make chaos` runs it, and docs/reliability.md has what it told. No answer of 5xx but 503 is right; how long
the slowest took depends on the machine.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.conftest import serve, stop
from tests.hostile import Sent, requests, send
from tests.watched import memory, quantile

FIXED = 7


def main(count: int, free: int, at_once: int = 4) -> int:
    """Send them, and say what came back; 1 where the server failed."""
    with tempfile.TemporaryDirectory() as folder:
        process, url = serve(Path(folder))
        port = int(url.rpartition(":")[2])
        try:
            before = memory(process.pid)
            failed, times, statuses = [], [], Counter()

            def one(sent: Sent) -> tuple[int, float, Sent]:
                began = time.monotonic()
                try:
                    status = send("127.0.0.1", port, sent, 30)
                except OSError as error:
                    print(f"no answer ({error}): {sent}")
                    status = 599
                return status, time.monotonic() - began, sent

            levels = [before]
            for seed in (FIXED, free):
                for part in range(4):
                    some = requests(seed * 10 + part, count // 8)
                    with ThreadPoolExecutor(at_once) as pool:
                        for status, seconds, sent in pool.map(one, some):
                            statuses[status] += 1
                            times.append((seconds, sent))
                            if status >= 500 and status != 503:
                                failed.append((status, sent))
                    levels.append(memory(process.pid))
        finally:
            stop(process)
        log = (Path(folder) / "server.log").read_text()
    times.sort(key=lambda t: -t[0])
    print(f"seeds {FIXED} and {free}: {len(times):,} requests, {len(failed)} failed")
    print("statuses:", ", ".join(f"{s or 'hung up'} {n}" for s, n in sorted(statuses.items())))
    seconds = [t for t, _ in times]
    print(f"seconds: median {quantile(seconds, 0.5):.3f}, p99 {quantile(seconds, 0.99):.3f}")
    print(f"over two seconds: {sum(t > 2 for t in seconds)}")
    for took, sent in times[:3]:
        print(f"  {took:.2f} s: {str(sent)[:200]}")
    print("memory (MB) after each eighth:", ", ".join(f"{m:.0f}" for m in levels))
    print(f"tracebacks in the log: {log.count('Traceback')}")
    for status, sent in failed[:20]:
        print(status, str(sent)[:400])
    return int(bool(failed) or "Traceback" in log)


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--count", type=int, default=5000)
    given.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    chosen = given.parse_args()
    sys.exit(main(chosen.count, chosen.seed))
