"""Watched: how much memory a server and its processes take, and the middle of many times."""

from collections.abc import Sequence
from pathlib import Path


def family(pid: int) -> list[int]:
    """A process and all that it has begun, as Linux tells it."""
    found, asked = [], [pid]
    while asked:
        one = asked.pop()
        found.append(one)
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            asked += [int(text) for text in children.read_text().split()]
    return found


def memory(pid: int) -> float:
    """The megabytes of a server and its processes, what they share counted once (PSS)."""
    total = 0
    for one in family(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue  # it has just ended
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def quantile(times: Sequence[float], part: float) -> float:
    """The time below which such a part of them lies."""
    return sorted(times)[min(len(times) - 1, int(part * len(times)))]
