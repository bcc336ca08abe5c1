"""Lines: the series of a trend, one for the area and one for each it is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from safeguarding import periods
from safeguarding.figures import Figures
from safeguarding.query import NEIGHBOURS, Query
from safeguarding.store.tables import GREATER_MANCHESTER, Indicator, Observation
from safeguarding.verdicts.comparison import AVERAGES, SETS
from safeguarding.vocabulary import Status


@dataclass(frozen=True)
class Point:
    """One line's figure in one period: a value, or None with the reason."""

    value: float | None
    status: Status
    note: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class Line:
    """One area (or mean of areas) over the summary's periods, oldest first. `role` decides its colour and dash."""

    name: str
    short_name: str
    role: str
    points: tuple[Point, ...]
    decimals: int
    caption: str = ""


def _lines(
    indicator: Indicator, query: Query, figures: Figures, latest: Observation | None
) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    """The periods of the chart and its lines, the area in focus first. A count is drawn alone."""
    catalogue = figures.catalogue
    area, limit = catalogue.areas[query.area], query.judged_on
    when = latest.period_end if latest else limit or date.max
    blank = Line(area.name, area.name, "focus", (), indicator.decimals)
    members: list[tuple[Line, Sequence[str]]] = [(blank, [area.area_code])]
    for code in () if indicator.is_count else query.compare:
        if code.startswith(NEIGHBOURS):
            chosen = catalogue.neighbour_set(area.area_code, when)
            if chosen is None:
                continue
            name = chosen[0] if code == NEIGHBOURS else code
            caption = f"{figures.average} of the statistical neighbours, {SETS.get(name, name)}"
            if code == NEIGHBOURS and not chosen[1]:
                caption += " (not the list then in force)"
            title = "Statistical neighbours" if code == NEIGHBOURS else f"Neighbours {name[3:]}"
            line = Line(
                title,
                "Neighbours" if code == NEIGHBOURS else title,
                "neighbours",
                (),
                max(1, indicator.decimals),
                caption,
            )
            members.append((line, catalogue.neighbours[area.area_code, name]))
        elif code == GREATER_MANCHESTER:
            boroughs = [a.area_code for a in catalogue.group(code)]
            caption = f"the {len(boroughs)} boroughs of Greater Manchester together"
            members.append(
                (
                    Line(
                        "Greater Manchester",
                        "Gtr Manchester",
                        "group",
                        (),
                        max(1, indicator.decimals),
                        caption,
                    ),
                    boroughs,
                )
            )
        else:
            other = catalogue.areas[code]
            role = {"country": "england", "region": "region"}.get(other.type, "other")
            members.append((Line(other.name, other.name, role, (), indicator.decimals), [code]))
    held = {
        o.period
        for _, codes in members
        for code in codes
        for o in figures.series(indicator.indicator_id, code)
        if (limit is None or o.period_end <= limit)
        and (query.since is None or o.period >= query.since)
        and o.period != periods.UNDATED
    }
    if not held:
        return (), ()
    quarterly = any("Q" in p for p in held)
    drawn = tuple(sorted(held) if quarterly else periods.years_between(min(held), max(held)))
    return drawn, tuple(
        replace(line, points=tuple(_at(indicator, line.role, codes, p, figures) for p in drawn))
        for line, codes in members
    )


def _at(indicator: Indicator, role: str, codes: Sequence[str], period: str, figures: Figures) -> Point:
    """A line's point: one area's figure, the neighbours' average, or the group's counts added up."""
    rows = [figures.at(indicator.indicator_id, code, period) for code in codes]
    if role == "neighbours":
        return _average(rows, figures.average)
    if role == "group":
        return _summed(indicator, rows)
    only = rows[0]
    return (
        Point(only.value, only.status, only.status.words, only.provisional)
        if only
        else Point(None, Status.X, "no figure")
    )


def _average(rows: Sequence[Observation | None], average: str) -> Point:
    """Mean (or median) of those with a figure, as DfE's own tools take it; the note says how many that is."""
    known = [o.value for o in rows if o is not None and o.value is not None]
    hidden = sum(o is not None and o.value is None for o in rows)
    if not known:
        return Point(None, Status.C if hidden else Status.X, f"no figure for any of {len(rows)}")
    note = f"{average} of {len(known)} of {len(rows)}" + (f", {hidden} not shown" if hidden else "")
    return Point(AVERAGES[average](known), Status.OK, note)


def _summed(indicator: Indicator, rows: Sequence[Observation | None]) -> Point:
    """Several areas as one: summed numerators over summed denominators, else a plain mean that says so."""
    multiplier = indicator.unit.multiplier
    counts = [
        (o.numerator, o.denominator)
        for o in rows
        if o is not None and o.value is not None and o.numerator is not None and o.denominator
    ]
    if multiplier and len(counts) == len(rows):
        value = multiplier * sum(n for n, _ in counts) / sum(d for _, d in counts)
        return Point(value, Status.OK, f"{len(rows)} boroughs, counts added up")
    return _average(rows, "mean")
