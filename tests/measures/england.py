"""Official figures of every English authority, for check values: tests/data/england/README.md says what they
are.
"""

import csv
from functools import cache
from pathlib import Path

from safeguarding.measures.intervals import Interval, proportion, rate

FOLDER = Path(__file__).resolve().parents[1] / "data" / "england"
ENGLAND, STOCKPORT, NORTH_WEST = "E92000001", "E08000007", "E12000002"


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def published(indicator_id: str) -> dict[str, dict[int, float]]:
    """Published values by area and year."""
    return {
        r["area_code"]: {year: float(r[str(year)]) for year in range(2021, 2026) if r[str(year)]}
        for r in rows("values_2021_to_2025.csv")
        if r["indicator_id"] == indicator_id
    }


def counts(indicator_id: str, region: str = "") -> dict[str, tuple[float, float]]:
    """Count and base of the authorities (of a region) that have both, year to March 2025."""
    return {
        r["area_code"]: (float(r["numerator"]), float(r["denominator"]))
        for r in rows("year_to_march_2025.csv")
        if r["indicator_id"] == indicator_id
        and r["area_code"] != ENGLAND
        and r["denominator"]
        and r["numerator"]
        and region in ("", r["region_code"])
    }


def england(indicator_id: str) -> float:
    """England's published value, year to March 2025."""
    return next(
        float(r["value"])
        for r in rows("year_to_march_2025.csv")
        if r["indicator_id"] == indicator_id and r["area_code"] == ENGLAND
    )


def interval(count: float, base: float, multiplier: float = 100) -> Interval:
    return proportion(count, base) if multiplier == 100 else rate(count, base, multiplier)
