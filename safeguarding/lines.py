"""Lines: the series of a trend, one for the area and one for each it is compared with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from safeguarding import periods, words
from safeguarding.query import NEIGHBOURS
from safeguarding.store.tables import GREATER_MANCHESTER, Indicator, Observation, Revised
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.neighbours import average, set_name
from safeguarding.vocabulary import Role, Status


@dataclass(frozen=True)
class Point:
    """One line's figure in one period: a value, or None with the reason; `revised` says what it was in the
    release before, where it has changed since.
    """

    value: float | None
    status: Status
    note: str = ""
    provisional: bool = False
    revised: Revised | None = None

    @property
    def absence(self) -> str:
        """The word that a table has in place of a value that is None."""
        return "no figure" if self.note == "no figure" else self.status.short


@dataclass(frozen=True)
class Line:
    """One area (or mean of areas) over the summary's periods, oldest first. `role` decides its colour and
    dash, `code` is what an address calls it: an ONS code, SN-2025, GM.
    """

    name: str
    short_name: str
    role: Role
    points: tuple[Point, ...]
    decimals: int
    caption: str = ""
    code: str = ""

    @property
    def shown(self) -> tuple[float | None, ...]:
        """Its values as every chart and table shows them, rounded to `decimals`; None where there is none."""
        return tuple(None if p.value is None else round(p.value, self.decimals) for p in self.points)


def lines(case: Case) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    """The periods of the chart and its lines, the area in focus first. A count is drawn alone."""
    members = list(_members(case, () if case.indicator.is_count else case.view.compare))
    limit, since, own, quarters = case.limit, case.view.since, case.own, case.quarterly
    held = {
        o.period
        for _, codes in members
        for code in codes
        for o in case.figures.series(case.indicator.indicator_id, code)
        if (limit is None or o.period_end <= limit)
        and (since is None or o.period >= since)
        and o.period != periods.UNDATED
        and (not own or periods.is_quarter(o.period) is quarters)
    }
    if not held:
        return (), ()
    quarterly = any(periods.is_quarter(p) for p in held)
    drawn = tuple(sorted(held) if quarterly else periods.years_between(min(held), max(held)))
    return drawn, tuple(
        replace(line, points=tuple(_point(case, line.role, codes, period) for period in drawn))
        for line, codes in members
    )


def shape(line: Line, drawn: Sequence[str], indicator: Indicator) -> str:
    """The lowest and the highest figure of a line over the periods `drawn`, as a sentence.

    "Lowest 98.7 in 2015-16, highest 191.1 in 2013-14." Of equal figures the latest is named. A period without
    a figure is left out, and then it says that it is of the figures shown, since what is hidden may be lower.
    Empty where fewer than two are shown.
    """
    known = [(value, k) for k, value in enumerate(line.shown) if value is not None]
    if len(known) < 2:
        return ""
    (low, early), (high, late) = min(known, key=lambda at: (at[0], -at[1])), max(known)
    if low == high:
        all_of = "Both" if len(known) == 2 else f"All {len(known)}"
        return f"{all_of} figures shown are {words.shown(low, indicator, line.decimals)}."
    found = (
        f"{name} {words.shown(value, indicator, line.decimals)} "
        f"{periods.preposition(indicator.year_type)} {periods.label(drawn[k], indicator.year_type)}"
        for name, value, k in (("lowest", low, early), ("highest", high, late))
    )
    text = ", ".join(found)
    return f"{words.capital(text if len(known) == len(drawn) else f'of the figures shown, {text}')}."


def _members(case: Case, compare: Sequence[str]) -> Iterator[tuple[Line, Sequence[str]]]:
    """Each line, still without points, with the codes of the areas it stands for."""
    catalogue, area, decimals = case.catalogue, case.area, case.indicator.decimals
    finer = max(1, decimals)  # a mean of whole numbers is not one
    yield (
        Line(area.name, area.name, Role.FOCUS, (), decimals, code=area.area_code),
        [area.area_code],
    )
    when = case.latest.period_end if case.latest else case.limit or date.max
    for code in compare:
        if code.startswith(NEIGHBOURS):
            chosen = catalogue.neighbour_set(area.area_code, when)
            if chosen is None:
                continue
            name, in_force = chosen if code == NEIGHBOURS else (code, True)
            caption = f"{case.figures.average} of the statistical neighbours, {set_name(name)}"
            if not in_force:
                caption += " (not the list then in force)"
            title, short = "Statistical neighbours", "Neighbours"
            if code != NEIGHBOURS:
                title = short = f"Neighbours {name.removeprefix('SN-')}"
            members = catalogue.neighbours[area.area_code, name]
            yield Line(title, short, Role.NEIGHBOURS, (), finer, caption, name), members
        elif code == GREATER_MANCHESTER:
            boroughs = [a.area_code for a in catalogue.group(code)]
            caption = f"the {len(boroughs)} boroughs of Greater Manchester together"
            yield Line("Greater Manchester", "Gtr Manchester", Role.GROUP, (), finer, caption, code), boroughs
        else:
            other = catalogue.areas[code]
            role = {"country": Role.ENGLAND, "region": Role.REGION}.get(other.type, Role.OTHER)
            yield Line(other.name, other.name, role, (), decimals, code=code), [code]


def _point(case: Case, role: Role, codes: Sequence[str], period: str) -> Point:
    """A line's point: one area's figure, the neighbours' average, or the group's counts added up."""
    rows = [case.figures.at(case.indicator.indicator_id, code, period) for code in codes]
    if role is Role.NEIGHBOURS:
        return _average(case, rows, case.figures.average)
    if role is Role.GROUP:
        return _together(case, rows)
    only = rows[0]
    if only is None:
        return Point(None, Status.X, "no figure")
    revised = case.figures.revisions.figures.get(only.key)
    return Point(only.value, only.status, only.status.words, only.provisional, revised)


def _average(case: Case, rows: Sequence[Observation | None], kind: str) -> Point:
    """The average of those that show a figure; the note says how many that is, and how many are not shown."""
    found = average(rows, kind, case.indicator)
    if found.value is None:
        return Point(None, Status.C if found.hidden else Status.X, f"no figure for any of {found.of}")
    note = f", {len(found.hidden)} not shown" if found.hidden else ""
    return Point(found.value, Status.OK, found.words + note)


def _together(case: Case, rows: Sequence[Observation | None]) -> Point:
    """Several areas as one: summed numerators over summed denominators, else a plain mean that says so."""
    multiplier = case.indicator.unit.multiplier
    counts = [
        (r.numerator, r.denominator)
        for r in rows
        if r is not None and r.value is not None and r.numerator is not None and r.denominator
    ]
    if multiplier and len(counts) == len(rows):
        value = multiplier * sum(n for n, _ in counts) / sum(d for _, d in counts)
        return Point(value, Status.OK, f"{len(rows)} boroughs, counts added up")
    return _average(case, rows, "mean")
