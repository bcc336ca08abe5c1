"""Funnel: areas by size against a benchmark, with the limits of chance."""

import math
from collections.abc import Collection

from safeguarding import words
from safeguarding.charts.axis import scale
from safeguarding.charts.chart import Chart, Datum, End, Kind, Mark, Series
from safeguarding.store.tables import Indicator
from safeguarding.verdicts.funnel import OUTSIDE, Funnel, funnel_limits
from safeguarding.vocabulary import Role

STEPS = 40
LEVELS = {"95%": Mark.LIMIT, "99.8%": Mark.OUTER}
ROLES = {
    Role.OTHER: "Other authorities",
    Role.NEIGHBOURS: "Statistical neighbours",
    Role.FOCUS: "Area in focus",
}


def funnel(seen: Funnel, indicator: Indicator, chosen: Collection[str] = ()) -> Chart:
    """The area in focus, the neighbours and the others by their size, around England's figure and the limits
    of chance.

    Named are the area in focus and those `chosen` (codes), and, as far as there is room, who lies outside the
    wider limits: neighbours first, and of others the least likely by chance.
    """
    largest = max(s.base for s in seen.spots) * 1.08
    smallest = min(s.base for s in seen.spots) * 0.6
    bases = [smallest + (largest - smallest) * k / STEPS for k in range(STEPS + 1)]
    curves = {
        level: [funnel_limits(indicator, seen.benchmark, base, level) for base in bases] for level in LEVELS
    }
    # dots are read by position, not by length: the axis may leave nought out, and the text says so
    reached = [*(s.value for s in seen.spots), curves["95%"][0].upper, curves["95%"][0].lower]
    step = scale(max(reached) - min(reached))[1]
    ticks = tuple(
        step * k for k in range(math.floor(min(reached) / step), math.ceil(max(reached) / step) + 1)
    )
    series = [
        Series(
            level,
            Role.OTHER,
            mark,
            tuple(Datum(getattr(at, side), base=b) for at, b in zip(curves[level], bases, strict=True)),
        )
        for level, mark in LEVELS.items()
        for side in ("lower", "upper")
    ]
    across = tuple(Datum(seen.benchmark, base=base) for base in (0, largest))
    series.append(Series("England", Role.ENGLAND, Mark.BENCHMARK, across))
    for role, name in ROLES.items():
        spots = tuple(
            Datum(s.value, s.name, f"{s.name}: {_shown(s.value, indicator)}, {s.where}", base=s.base)
            for s in seen.spots
            if s.role is role
        )
        series.append(Series(name, role, Mark.SPOT, spots))
    others = [s for s in seen.spots if s.role is not Role.FOCUS]
    sure = [s for s in others if s.code in chosen]
    # how far from the benchmark, in what chance alone would do to a place of its size
    outside = sorted(
        (s for s in others if s.where == OUTSIDE and s not in sure),
        key=lambda s: (s.role is Role.OTHER, -abs(s.value - seen.benchmark) * math.sqrt(s.base), s.name),
    )
    return Chart(
        Kind.FUNNEL,
        indicator.unit,
        indicator.polarity,
        indicator.decimals,
        (),
        tuple(series),
        ticks=ticks,
        ends=(
            End(curves["99.8%"][-1].upper, "99.8%"),
            End(seen.benchmark, "England", Role.ENGLAND, _shown(seen.benchmark, indicator)),
            End(curves["99.8%"][-1].lower, "99.8%"),
        ),
        across=(_base_words(indicator),),
        named=tuple(s.name for s in (*sure, *outside)),
        sure=len(sure),
    )


def _shown(value: float, indicator: Indicator) -> str:
    return words.shown(value, indicator, max(1, indicator.decimals))


def _base_words(indicator: Indicator) -> str:
    return indicator.denominator.partition(", ONS")[0]
