"""How often does each rule speak, and does it say the same a year later? Every indicator, English authority
and year.

    .venv/bin/python benchmarks/calibration.py FIGURES NEIGHBOURS [INDICATORS] > table.md

FIGURES is a CSV with indicator_id, area_code, period_end, value, numerator, denominator; NEIGHBOURS one with
area_code, set, rank, neighbour_code; INDICATORS is data/indicators.csv unless given. Prints the tables of
docs/methods.md#calibration. Breaks in recording are not known here: a page judges a little less. Shuffled
years use SEED.
"""

import random
import sys
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from national import National, Series, read  # noqa: E402
from rules import DEFAULTS, DIRECTIONS, FLAGS, RULES, Judge, Rule, Verdicts, trend_of, windows  # noqa: E402

from safeguarding.measures import expected  # noqa: E402

SEED = 20261124
LATER = 2024  # the defaults were fitted on the years to March 2023 and had not seen this one


@dataclass(frozen=True)
class Tally:
    """How often a rule judged, flagged and was near; of two years judged, how often it changed its mind; of
    flags, how many stayed.
    """

    judged: int = 0
    flagged: int = 0
    near: int = 0
    pairs: int = 0
    flips: int = 0
    before: int = 0
    stays: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def cells(self) -> list[str]:
        """Judged, and flags, near, flips and stays in per cent."""
        parts = [
            (self.flagged, self.judged),
            (self.near, self.judged if self.near else 0),
            (self.flips, self.pairs),
            (self.stays, self.before),
        ]
        return [f"{self.judged:,}", *(f"{100 * part / of:.1f}" if of else "–" for part, of in parts)]


def tally(rule: Rule, series: Series, verdicts: Verdicts, since: int = 0) -> Tally:
    """Count a rule's verdicts on one indicator, in the years from `since` on. A flip is from one of flagged,
    near, neither to another.
    """
    flags = {key: rule.flagged(series, verdict) for key, verdict in verdicts.items()}
    near = {key: verdicts[key] == "near" for key in flags}
    here = [key for key in flags if key[1] >= since]
    pairs = [((area, year - 1), (area, year)) for area, year in here if (area, year - 1) in flags]
    return Tally(
        len(here),
        sum(flags[key] for key in here),
        sum(near[key] for key in here),
        len(pairs),
        sum((flags[one], near[one]) != (flags[two], near[two]) for one, two in pairs),
        sum(flags[one] for one, _ in pairs),
        sum(flags[one] and flags[two] for one, two in pairs),
    )


def table(head: list[str], lines: Iterable[list[str]]) -> str:
    """A table in Markdown, and a line after it."""
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---"] * len(head), *lines]) + "\n"


Judged = dict[tuple[Judge, str], Verdicts]
"""The verdicts of each judge on each indicator."""
FOUND = ["judged", "flags %", "near %", "flips %", "stays %"]


def by_rule(national: National, judged: Judged, since: int) -> str:
    """A line a rule: over all its indicators, and the range of its flags among them."""
    lines = []
    for rule in RULES:
        counted = [
            tally(rule, s, judged[rule.judge, s.indicator_id], since)
            for s in national.series
            if rule.applies(s)
        ]
        held = [t for t in counted if t.judged]
        shares = [100 * t.flagged / t.judged for t in held] or [0.0]
        among = f"{min(shares):.1f} to {max(shares):.1f}"
        lines.append([rule.name, str(len(held)), *sum(held, Tally()).cells(), among])
    return table(["rule", "indicators", *FOUND, "flags by indicator"], lines)


def by_indicator(national: National, judged: Judged) -> str:
    """A line an indicator: what its default tolerance does, over all years and in the later ones."""
    lines = []
    for rule in DEFAULTS:
        for s in filter(rule.applies, national.series):
            if verdicts := judged[rule.judge, s.indicator_id]:
                later = tally(rule, s, verdicts, LATER)
                lines.append(
                    [s.indicator_id, rule.name[:2], *tally(rule, s, verdicts).cells(), later.cells()[1]]
                )
    return table(["indicator", "rule", *FOUND, f"flags % from {LATER - 1}-{LATER % 100}"], lines)


def shuffled(national: National, chance: random.Random) -> str:
    """How often a direction is given, on real years and on the same years in random order."""
    real: list[str] = []
    random_order: list[str] = []
    for series in national.series:
        for _, _, window in windows(series):
            real.append(trend_of(window))
            random_order.append(trend_of(chance.sample(window, len(window))))
    lines = []
    for name, words in (("old test alone", (*DIRECTIONS, "unsteady")), ("with the guard", DIRECTIONS)):
        shares = [100 * sum(w in words for w in which) / len(which) for which in (real, random_order)]
        lines.append([name, f"{len(real):,}", *(f"{x:.1f}" for x in shares)])
    return table(["a direction", "windows", "real years %", "shuffled years %"], lines)


def coverage(national: National) -> str:
    """How often next year's figure fell inside the expected range."""
    tests = [expected.back_test(series.values, series.highest) for series in national.series]
    forecasts, hits = sum(t.forecasts for t in tests), sum(t.inside for t in tests)
    shares = [t.share for t in tests if t.share is not None]
    among = f"{min(shares):.1f} to {max(shares):.1f}"
    cells = [f"{forecasts:,}", f"{100 * hits / forecasts:.1f}", among]
    return table(["forecasts", "inside %", "by indicator"], [cells])


def flags_of_authorities(national: National, judged: Judged, year: int) -> str:
    """How many indicators flag by any rule, for the median authority and the quartiles."""
    flagged: dict[str, set[str]] = {}
    for s in national.series:
        for rule in (rule for rule in FLAGS if rule.applies(s)):
            for (area, when), verdict in judged[rule.judge, s.indicator_id].items():
                if when == year:
                    found = flagged.setdefault(area, set())
                    found |= {s.indicator_id} if rule.flagged(s, verdict) else set()
    counts = sorted(len(found) for found in flagged.values())
    quarters = [str(counts[len(counts) * k // 4]) for k in (1, 3)]
    return table(
        ["authorities", "median flags", "quartiles"],
        [[str(len(counts)), f"{median(counts):g}", " to ".join(quarters)]],
    )


def main(figures: str, neighbours: str, indicators: str = str(ROOT / "data" / "indicators.csv")) -> None:
    """Print every table."""
    national = read(Path(figures), Path(neighbours), Path(indicators))
    judged: Judged = {}
    for rule in RULES:
        for series in national.series:
            if rule.applies(series) and (rule.judge, series.indicator_id) not in judged:
                judged[rule.judge, series.indicator_id] = rule.judge(national, series)
    print("All years\n\n" + by_rule(national, judged, 0))
    print(f"Years from {LATER - 1}-{LATER % 100}\n\n" + by_rule(national, judged, LATER))
    print(f"Directions (shuffled with seed {SEED})\n\n" + shuffled(national, random.Random(SEED)))
    print("Expected range, back-tested\n\n" + coverage(national))
    print("Flags of an authority in the latest year\n\n" + flags_of_authorities(national, judged, 2025))
    print("Default tolerances by indicator\n\n" + by_indicator(national, judged))


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
