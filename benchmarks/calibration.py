"""How often does each verdict speak of English authorities, and does it say the same a year later?

    .venv/bin/python benchmarks/calibration.py           prints the tables of docs/methods.md#calibration
    .venv/bin/python benchmarks/calibration.py --write   renews data/calibration.csv and flag_counts.csv too

Every indicator, authority and year of `data/` is judged by the dashboard's own verdicts, as a page judges it.
Any that fails, warns or comes without a reason stops it. Takes some minutes, on all processors. Shuffled
years use SEED.
"""

import argparse
import csv
import os
import random
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from safeguarding import loader, periods  # noqa: E402
from safeguarding.figures import Figures  # noqa: E402
from safeguarding.measures import dispersion, expected, movement  # noqa: E402
from safeguarding.measures.intervals import Interval  # noqa: E402
from safeguarding.measures.rank import quartiles  # noqa: E402
from safeguarding.query import Query  # noqa: E402
from safeguarding.store.releases import Store  # noqa: E402
from safeguarding.summaries import IndicatorSummary, summarise  # noqa: E402
from safeguarding.vocabulary import Change, Comparison, Movement, Polarity, Tolerance  # noqa: E402

SEED = 20261124
LATER = 2024  # the defaults were fitted on years to March 2023, and had not seen this one
JUDGED = (Tolerance.WITHIN, Tolerance.NEAR, Tolerance.OUTSIDE)
COURSES = (Movement.IMPROVING, Movement.WORSENING, Movement.INCREASING, Movement.DECREASING)
DIFFERENT = (Comparison.BETTER, Comparison.WORSE, Comparison.HIGHER, Comparison.LOWER)
UNUSUAL = (Change.UNUSUAL_RISE, Change.UNUSUAL_FALL)
Window = tuple[tuple[float, Interval], ...]


class Verdict(NamedTuple):
    """What the dashboard says of one figure."""

    indicator_id: str
    area: str
    year: int  # in which the period ends
    ended: date
    rule: str
    tolerance: Tolerance
    movement: Movement
    change: Change
    adverse: bool
    england: Comparison
    unusual_gap: bool
    flagged: bool


class Counted(NamedTuple):
    """One indicator: its verdicts, every five years that could be tested, how its expected range did."""

    verdicts: list[Verdict]
    windows: list[Window]
    coverage: expected.Coverage


STORE: Store


def judge(indicator_id: str) -> Counted:
    """Judge one indicator in every authority and year."""
    catalogue = STORE.catalogue(1)
    indicator, figures = catalogue.indicators[indicator_id], Figures.of(STORE, 1)
    verdicts, windows, series = [], [], []
    for area in (a for a in catalogue.areas.values() if a.type == "authority"):
        held = [o for o in figures.series(indicator_id, area.area_code) if area.existed(o.period_end)]
        series.append({o.period_end.year: o.value for o in held if o.value is not None})
        seen: set[str] = set()
        for to in years(held[0].period_end, held[-1].period_end) if held else []:
            one = summarise(indicator, Query(area.area_code, (), to), figures)
            latest = one.judged
            if latest is None or latest.period in seen or not area.existed(latest.period_end):
                continue
            seen.add(latest.period)
            verdicts.append(verdict(one, latest.period_end))
            windows += window(one)
    return Counted(verdicts, windows, expected.back_test(series, indicator.highest))


def years(first: date, last: date) -> list[str]:
    """The years at whose end a view may be as at: from the first figure to the last."""
    return periods.years_between(periods.year(first.year - 1), periods.year(last.year))


def verdict(one: IndicatorSummary, ended: date) -> Verdict:
    """All that is said of one figure, the words too: none may fail."""
    assert one.sentence and one.tolerance.told and one.movement.method and one.change.method
    assert all(c.method or c.reason for c in one.comparisons.values())
    rule = one.catalogue.rule_in_force(one.indicator.indicator_id, ended)
    return Verdict(
        one.indicator.indicator_id,
        one.area.area_code,
        ended.year,
        ended,
        rule.type if rule else "",
        one.tolerance.verdict,
        one.movement.verdict,
        one.change.verdict,
        one.change.adverse,
        one.england.verdict,
        one.england.unusual,
        one.flagged,
    )


def window(one: IndicatorSummary) -> list[Window]:
    """The five points that were tested for a trend; none where nothing was tested."""
    if one.movement.n is None:
        return []
    points = [
        (v, i)
        for o in one.unbroken
        if (v := o.judged(one.indicator)) is not None and (i := one.interval(o).interval)
    ]
    return [tuple(points[-movement.POINTS :])]


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

    @property
    def shares(self) -> list[float | None]:
        """Flags, near, flips and stays in per cent; None of nothing."""
        parts = [
            (self.flagged, self.judged),
            (self.near, self.judged if self.near else 0),
            (self.flips, self.pairs),
            (self.stays, self.before),
        ]
        return [100 * part / of if of else None for part, of in parts]

    def cells(self) -> list[str]:
        """The same as a table prints it."""
        return [f"{self.judged:,}", *(printed(share) for share in self.shares)]


def printed(share: float | None) -> str:
    """A share with one decimal."""
    return "–" if share is None else f"{share:.1f}"


@dataclass(frozen=True)
class Rule:
    """A question that verdicts answer: which of them were asked it, which of those flag."""

    name: str
    asked: Callable[[Verdict], bool]
    flags: Callable[[Verdict], bool]

    def tally(self, verdicts: Sequence[Verdict], since: int = 0) -> Tally:
        """Count the verdicts on one indicator. A flip is from one of flagged, near, neither to another."""
        said = {
            (v.area, v.year): (self.flags(v), v.tolerance is Tolerance.NEAR and self in TOLERANCES)
            for v in verdicts
            if self.asked(v)
        }
        here = [key for key in said if key[1] >= since]
        pairs = [((area, year - 1), (area, year)) for area, year in here if (area, year - 1) in said]
        return Tally(
            len(here),
            sum(said[key][0] for key in here),
            sum(said[key][1] for key in here),
            len(pairs),
            sum(said[one] != said[two] for one, two in pairs),
            sum(said[one][0] for one, _ in pairs),
            sum(said[one][0] and said[two][0] for one, two in pairs),
        )


def _outside(v: Verdict) -> bool:
    return v.tolerance is Tolerance.OUTSIDE


TOLERANCES = [
    Rule(
        "T3: 0.67 of the spread around the neighbours",
        lambda v: v.rule == "T3" and v.tolerance in JUDGED,
        _outside,
    ),
    Rule(
        "T5: centiles of the three years before", lambda v: v.rule == "T5" and v.tolerance in JUDGED, _outside
    ),
]
RULES = [
    *TOLERANCES,
    Rule("a direction", lambda v: v.movement is not Movement.NOT_TESTED, lambda v: v.movement in COURSES),
    Rule(
        "worsening",
        lambda v: (
            v.movement in (Movement.IMPROVING, Movement.WORSENING, Movement.NO_CHANGE, Movement.UNSTEADY)
            and polar(v)
        ),
        lambda v: v.movement is Movement.WORSENING,
    ),
    Rule(
        "goes up and down more than it trends",
        lambda v: v.movement is not Movement.NOT_TESTED,
        lambda v: v.movement is Movement.UNSTEADY,
    ),
    Rule(
        "change on the year: more than chance",
        lambda v: tested(v),
        lambda v: v.change in (*UNUSUAL, Change.MORE_THAN_CHANCE),
    ),
    Rule(
        "change on the year: unusual and more than chance", lambda v: tested(v), lambda v: v.change in UNUSUAL
    ),
    Rule(
        "change on the year: the same, for the worse",
        lambda v: tested(v) and polar(v),
        lambda v: v.change in UNUSUAL and v.adverse,
    ),
    Rule("different from England", lambda v: compared(v), lambda v: v.england in DIFFERENT),
    Rule("different from England by an unusual gap", lambda v: compared(v), lambda v: v.unusual_gap),
    Rule(
        "worse than England by an unusual gap",
        lambda v: compared(v) and polar(v),
        lambda v: v.unusual_gap and v.england is Comparison.WORSE,
    ),
    Rule("flagged for any reason", lambda v: any_asked(v), lambda v: v.flagged),
]
NEUTRAL: set[str] = set()
UNTESTED: set[str] = set()  # indicators whose figures have no interval


def polar(v: Verdict) -> bool:
    """Is one end better?"""
    return v.indicator_id not in NEUTRAL


def compared(v: Verdict) -> bool:
    """Was it compared with England?"""
    return v.england in (*DIFFERENT, Comparison.SIMILAR)


def tested(v: Verdict) -> bool:
    """Was its change on the year held against chance?"""
    return v.change not in (Change.NOT_TESTED, Change.UNUSUAL_UNTESTED) and compared(v)


def any_asked(v: Verdict) -> bool:
    """Could it have been flagged for some reason?"""
    return v.tolerance in JUDGED or tested(v) or compared(v) or v.movement is not Movement.NOT_TESTED


def table(head: list[str], lines: Iterable[list[str]]) -> str:
    """A table in Markdown, and a line after it."""
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---"] * len(head), *lines]) + "\n"


FOUND = ["judged", "flags %", "near %", "flips %", "stays %"]


def by_rule(counted: Sequence[Counted], since: int) -> str:
    """A line a rule: over all its indicators, and the range of its flags among them."""
    lines = []
    for rule in RULES:
        held = [t for c in counted if (t := rule.tally(c.verdicts, since)).judged]
        shares = [t.shares[0] or 0.0 for t in held] or [0.0]
        among = f"{min(shares):.1f} to {max(shares):.1f}"
        lines.append([rule.name, str(len(held)), *sum(held, Tally()).cells(), among])
    return table(["rule", "indicators", *FOUND, "flags by indicator"], lines)


def by_indicator(counted: Sequence[Counted]) -> str:
    """A line an indicator: what its default tolerance does, over all years and in the later ones."""
    lines = []
    for rule in TOLERANCES:
        for c in counted:
            if (found := rule.tally(c.verdicts)).judged:
                later = rule.tally(c.verdicts, LATER).shares[0]
                lines.append([c.verdicts[0].indicator_id, rule.name[:2], *found.cells(), printed(later)])
    return table(["indicator", "rule", *FOUND, f"flags % from {LATER - 1}-{LATER % 100}"], lines)


def direction(points: Sequence[tuple[float, Interval]]) -> tuple[bool, bool]:
    """Is a direction given by the trend alone, and by the trend with its guard?"""
    values, limits = [v for v, _ in points], [i for _, i in points]
    trend, scatter = movement.recent_trend(values, limits), dispersion.dispersion(values, limits)
    alone = bool(trend and trend.significant)
    return alone, bool(alone and scatter and scatter.trends)


def shuffled(counted: Sequence[Counted], chance: random.Random) -> str:
    """How often a direction is given, on real years and on the same years in random order."""
    windows = [points for c in counted for points in c.windows]
    real = [direction(points) for points in windows]
    random_order = [direction(chance.sample(points, len(points))) for points in windows]
    lines = [
        [
            name,
            f"{len(windows):,}",
            *(f"{100 * sum(found[k] for found in said) / len(said):.1f}" for said in (real, random_order)),
        ]
        for k, name in enumerate(("trend alone", "with the guard"))
    ]
    return table(["a direction", "windows", "real years %", "shuffled years %"], lines)


def forecasts(counted: Sequence[Counted]) -> str:
    """How often the expected range held the next figure."""
    held = [c.coverage for c in counted if c.coverage.forecasts]
    shares = [c.share or 0.0 for c in held]
    total, inside = sum(c.forecasts for c in held), sum(c.inside for c in held)
    line = [f"{total:,}", f"{100 * inside / total:.1f}", f"{min(shares):.1f} to {max(shares):.1f}"]
    return table(["forecasts", "inside %", "by indicator"], [line])


def as_at(verdicts: Sequence[Verdict], to: str) -> list[Verdict]:
    """The verdicts that a view as at the end of a year shows: each authority's newest, a year old at most."""
    limit = periods.end_of(to)
    newest: dict[tuple[str, str], Verdict] = {}
    for v in verdicts:
        key = v.indicator_id, v.area
        if (
            v.ended <= limit
            and (limit - v.ended).days <= 366
            and (key not in newest or newest[key].ended < v.ended)
        ):
            newest[key] = v
    return list(newest.values())


def flag_counts(counted: Sequence[Counted]) -> list[dict[str, object]]:
    """How many flags authorities have, as at the end of each year with at least 140 of them."""
    verdicts = [v for c in counted for v in c.verdicts]
    found = []
    for year in sorted({v.year for v in verdicts}):
        to = periods.year(year - 1)
        counts: dict[str, int] = {}
        for v in as_at(verdicts, to):
            counts[v.area] = counts.get(v.area, 0) + v.flagged
        # the newest figures of some indicators are of later in the year than March
        if len(counts) >= 140 and year <= max(v.year for v in verdicts if v.ended.month == 3):
            cuts = quartiles(list(counts.values()))
            found.append(
                {
                    "period": to,
                    "authorities": len(counts),
                    "lower_quartile": f"{cuts.q1:g}",
                    "median": f"{cuts.median:g}",
                    "upper_quartile": f"{cuts.q3:g}",
                }
            )
    return found


def calibration(counted: Sequence[Counted]) -> list[dict[str, object]]:
    """The rows of data/calibration.csv: what the rule in force does, and how many the indicator flags now."""
    found = []
    for c in counted:
        if not c.verdicts:
            continue
        name = c.verdicts[0].indicator_id
        rule = STORE.catalogue(1).tolerances[name][-1]
        judged = next((t for r in TOLERANCES if (t := r.tally(c.verdicts)).judged), Tally())
        newest = max(v.year for v in c.verdicts)
        now = [v for v in c.verdicts if v.year == newest and any_asked(v)]
        flagged = 100 * sum(v.flagged for v in now) / len(now) if now else None
        cells = ["" if share is None else f"{share:.1f}" for share in (*judged.shares, flagged)]
        limits = "; ".join(f"{k}={v}" for k, v in rule.limits.items())
        found.append(
            dict(
                zip(
                    (
                        "indicator_id",
                        "type",
                        "limits",
                        "judged",
                        "outside",
                        "near",
                        "flips",
                        "stays",
                        "flagged",
                    ),
                    (name, rule.type, limits, judged.judged, *cells),
                    strict=True,
                )
            )
        )
    return found


def write(name: str, rows: list[dict[str, object]]) -> None:
    """Renew a table of `data/`, dated today."""
    with (ROOT / "data" / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [*rows[0], "counted_on"], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "counted_on": date.today().isoformat()} for row in rows)


def main() -> None:
    """Judge everything, then print the tables and write what is asked for."""
    global STORE
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--write", action="store_true", help="renew the tables of data/ as well")
    options = asked.parse_args()
    warnings.simplefilter("error")
    with tempfile.TemporaryDirectory() as folder:
        STORE = Store(f"sqlite:///{folder}/calibration.sqlite")
        STORE.load_folder(loader.read(ROOT / "data"), "calibration", "every figure of data/")
        STORE.shown(1)
        indicators = {i: row for i, row in STORE.catalogue(1).indicators.items() if not row.is_count}
        NEUTRAL.update(i for i, row in indicators.items() if row.polarity is Polarity.NEUTRAL)
        with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork")) as pool:
            counted = list(pool.map(judge, indicators))
        print(f"{sum(len(c.verdicts) for c in counted):,} figures of {len(counted)} indicators.\n")
        for title, text in (
            ("All years", by_rule(counted, 0)),
            (f"Years from {LATER - 1}-{LATER % 100}", by_rule(counted, LATER)),
            (f"Directions (shuffled with seed {SEED})", shuffled(counted, random.Random(SEED))),
            ("Expected range, back-tested", forecasts(counted)),
            (
                "Flags of an authority",
                table(
                    ["as at the end of", "authorities", "lower quartile", "median", "upper quartile"],
                    ([str(cell) for cell in row.values()] for row in flag_counts(counted)),
                ),
            ),
            ("Default tolerances by indicator", by_indicator(counted)),
        ):
            print(f"### {title}\n\n{text}")
        if options.write:
            write("calibration.csv", calibration(counted))
            write("flag_counts.csv", flag_counts(counted))


if __name__ == "__main__":
    main()
