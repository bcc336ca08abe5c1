"""Funnel: areas by size against a benchmark, with the limits of chance."""

from dataclasses import dataclass

from safeguarding import words
from safeguarding.figures import Figures
from safeguarding.measures import funnel as chance
from safeguarding.measures.intervals import Interval
from safeguarding.store.tables import ENGLAND, Area, Indicator, Observation
from safeguarding.verdicts.counts import counts_of
from safeguarding.vocabulary import Unit


@dataclass(frozen=True)
class Spot:
    """One area in a funnel: its base (children, or cases), its value, and whether it lies inside 95 %, 99.8 % or outside both."""

    name: str
    base: float
    value: float
    role: str
    where: str


@dataclass(frozen=True)
class Funnel:
    """Areas against a benchmark, with the limits of chance for their size. Without `spots`, `text` says why."""

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


def funnel(indicator: Indicator, latest: Observation | None, area: Area, figures: Figures) -> Funnel:
    """The area, its region's other authorities and its neighbours around England's figure, with the limits of chance."""
    catalogue = figures.catalogue
    if latest is None or area.type != "authority":
        return Funnel((), 0.0, "A funnel is drawn for authorities with a figure.")
    england = figures.at(indicator.indicator_id, ENGLAND, latest.period)
    if england is None or england.value is None or indicator.is_count:
        return Funnel(
            (),
            0.0,
            "A count depends on the size of the place."
            if indicator.is_count
            else "England has no figure for this period.",
        )
    region, chosen = (
        catalogue.region_of(area.area_code),
        catalogue.neighbour_set(area.area_code, latest.period_end),
    )
    near = catalogue.neighbours[area.area_code, chosen[0]] if chosen else ()
    members = dict.fromkeys(
        [
            area.area_code,
            *(a.area_code for a in catalogue.authorities_of(area.region_code, latest.period_end)),
            *near,
        ]
    )
    spots, hidden, barred = [], [], ""
    for code in members:
        row = figures.at(indicator.indicator_id, code, latest.period)
        if row is None:
            continue
        counts = counts_of(indicator, row, figures)
        if counts.barred:
            hidden.append(catalogue.areas[code].name)
            barred = counts.barred if code == area.area_code else barred
            continue
        value = row.judged(indicator) or 0.0
        inside = [
            level
            for level in chance.LEVELS
            if (lim := funnel_limits(indicator, england.value, counts.denominator, level)).lower
            <= value
            <= lim.upper
        ]
        role = "focus" if code == area.area_code else "neighbours" if code in near else "other"
        spots.append(
            Spot(
                catalogue.areas[code].name,
                counts.denominator,
                value,
                role,
                f"inside {inside[0]}" if inside else "outside 99.8%",
            )
        )
    if barred or not spots:
        return Funnel(
            (), 0.0, f"No funnel, because {barred or 'no figure with its base is held'}.", tuple(hidden)
        )
    own = next(s for s in spots if s.role == "focus")
    outside = [s.name for s in spots if s.where == "outside 99.8%"]
    place = (
        f"{words.the(region.name)} and the statistical neighbours"
        if region and near
        else words.the(region.name)
        if region
        else "its neighbours"
    )
    text = f"Around England's {words.shown(england.value, indicator)}: {area.name} lies {own.where.replace('inside 99.8%', 'between the 95% and the 99.8% limits')}."
    text += f" Of the {len(spots)} authorities of {place} with a figure, {len(outside)} lie outside the 99.8% limits."
    if hidden:
        text += f" Without a figure: {words.listed(hidden)}."
    text += " The axis need not start at nought."
    return Funnel(tuple(spots), england.value, text, tuple(hidden))
