"""Funnel: areas by size against a benchmark, with the limits of chance."""

from dataclasses import dataclass

from safeguarding import words
from safeguarding.measures import funnel as chance
from safeguarding.measures.intervals import Interval
from safeguarding.store.tables import ENGLAND, Indicator
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.rank import regional
from safeguarding.vocabulary import Role, Unit

OUTSIDE = "outside 99.8%"
WHERE = {
    "inside 95%": "inside the 95% limits",
    "inside 99.8%": "between the 95% and the 99.8% limits",
    OUTSIDE: "outside the 99.8% limits",
}
# of the other authorities, and at least so many of them: chance alone would leave two in a thousand outside
MANY, FEWEST = 0.1, 3
OVERDISPERSED = "Authorities differ by more than chance here: to lie outside is not unusual in itself."


@dataclass(frozen=True)
class Spot:
    """One area in a funnel: its base (children, or cases), its value, and `where` it lies.

    `where` is "inside 95%", "inside 99.8%" (between the two limits) or "outside 99.8%".
    """

    name: str
    base: float
    value: float
    role: Role
    where: str
    code: str = ""


@dataclass(frozen=True)
class Funnel:
    """Areas against a benchmark, with the limits of chance for their size. Without `spots`, `text` says why.

    `hidden` names the areas that have a row but no figure with its base.
    """

    spots: tuple[Spot, ...]
    benchmark: float
    text: str
    hidden: tuple[str, ...] = ()


def funnel_limits(indicator: Indicator, benchmark: float, base: float, level: str) -> Interval:
    """The limits of chance at a level ("95%" or "99.8%") around a benchmark for a place with this base."""
    z, alpha = chance.LEVELS[level]
    if indicator.unit is Unit.PERCENT:
        return chance.proportion_limits(benchmark, base, z)
    return chance.rate_limits(benchmark, base, indicator.unit.multiplier or 1.0, z, alpha)


def funnel(case: Case) -> Funnel:
    """The area, its region's other authorities and its neighbours around England's figure, with the limits of
    chance.
    """
    if case.latest is None or case.area.type != "authority":
        return Funnel((), 0.0, "A funnel is drawn for authorities with a figure.")
    if case.indicator.is_count:
        return Funnel((), 0.0, "A count depends on the size of the place.")
    england = case.at(ENGLAND)
    benchmark = england.judged(case.indicator) if england else None
    if benchmark is None:
        return Funnel((), 0.0, "England has no figure for this period.")
    reason = case.counts(case.latest).barred
    spots, hidden = [], []
    members = _members(case)
    for code, role in members.items():
        row, name = case.at(code), case.catalogue.areas[code].name
        if row is None:
            continue
        counts, value = case.counts(row), row.judged(case.indicator)
        if counts.barred or value is None:
            hidden.append(name)
            continue
        where = _where(case.indicator, benchmark, counts.denominator, value)
        spots.append(Spot(name, counts.denominator, value, role, where, code))
    if reason:
        return Funnel((), 0.0, f"No funnel, because {reason}.", tuple(hidden))
    near = Role.NEIGHBOURS in members.values()
    return Funnel(tuple(spots), benchmark, _told(case, benchmark, spots, hidden, near), tuple(hidden))


def _members(case: Case) -> dict[str, Role]:
    """The codes of the areas to draw, the one in focus first, then its region's, then its neighbours."""
    own, chosen = case.area.area_code, None
    if case.latest:
        chosen = case.catalogue.neighbour_set(own, case.latest.period_end)
    near = case.catalogue.neighbours[own, chosen[0]] if chosen else ()
    codes = [own, *regional(case), *near]
    roles = {code: Role.NEIGHBOURS if code in near else Role.OTHER for code in codes}
    return roles | {own: Role.FOCUS}


def _where(indicator: Indicator, benchmark: float, base: float, value: float) -> str:
    """Inside the narrowest limits that hold a value, or outside all of them. A value on a limit is inside."""
    for level in chance.LEVELS:
        limits = funnel_limits(indicator, benchmark, base, level)
        if limits.lower <= value <= limits.upper:
            return f"inside {level}"
    return OUTSIDE


def _told(case: Case, england: float, spots: list[Spot], hidden: list[str], near: bool) -> str:
    own = next(s for s in spots if s.role is Role.FOCUS)
    outside = [s for s in spots if s.where == OUTSIDE]
    region = case.catalogue.region_of(case.area.area_code)
    where = WHERE[own.where]
    place = words.the(region.name) if region else "its neighbours"
    if region and near:
        place += " and the statistical neighbours"
    text = (
        f"Around England's {words.shown(england, case.indicator)}: {case.area.name} lies {where}. "
        f"Of the {len(spots)} authorities of {place} with a figure, "
        f"{len(outside)} {'lies' if len(outside) == 1 else 'lie'} outside the 99.8% limits."
    )
    others = sum(s is not own for s in outside)
    if others >= FEWEST and others > MANY * len(spots):
        text += f" {OVERDISPERSED}"
    return text + (f" Without a count or figure: {words.listed(hidden)}." if hidden else "")
