"""Rank: where does the figure stand among others?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from safeguarding import words
from safeguarding.disclosure import bounds
from safeguarding.figures import NATIONAL, Figures
from safeguarding.measures import rank
from safeguarding.store.tables import ENGLAND, Area, Indicator, Observation, Spread
from safeguarding.verdicts.comparison import SETS
from safeguarding.vocabulary import Polarity, Status

MOST_HIDDEN = 0.1  # with a larger share of authorities hidden, a national band is not given


@dataclass(frozen=True)
class Bar:
    """One area in a rank chart: its value, or None with the reason."""

    name: str
    value: float | None
    status: Status
    role: str


@dataclass(frozen=True)
class Ranking:
    """Areas side by side in one period, best (or highest) first, those without a figure last.

    `best` and `worst` are the places the area can have; equal where nothing hidden could change it, None
    where it cannot be ranked.
    """

    title: str
    bars: tuple[Bar, ...]
    place: str
    best: int | None = None
    worst: int | None = None
    n: int = 0


def rankings(indicator: Indicator, latest: Observation, area: Area, figures: Figures) -> tuple[Ranking, ...]:
    """The area among its region's authorities, among its neighbours, and among all authorities once they are loaded."""
    catalogue = figures.catalogue
    if indicator.is_count or area.type != "authority":
        return ()
    found = []
    region = catalogue.region_of(area.area_code)
    if region:
        members = [a.area_code for a in catalogue.authorities_of(region.area_code, latest.period_end)]
        if len(members) > 1:
            found.append(
                _ranking(
                    f"Authorities of {words.the(region.name)}",
                    indicator,
                    latest,
                    area,
                    members,
                    figures,
                    region,
                )
            )
    chosen = catalogue.neighbour_set(area.area_code, latest.period_end)
    if chosen:
        note = "" if chosen[1] else ", not the list then in force"
        members = [area.area_code, *catalogue.neighbours[area.area_code, chosen[0]]]
        found.append(
            _ranking(
                f"Statistical neighbours ({SETS.get(chosen[0], chosen[0])}{note})",
                indicator,
                latest,
                area,
                members,
                figures,
                None,
            )
        )
    everyone = [a.area_code for a in catalogue.areas.values() if a.type == "authority"]
    if len(everyone) >= NATIONAL:
        members = [c for c in everyone if figures.at(indicator.indicator_id, c, latest.period)]
        whole = _ranking("English authorities", indicator, latest, area, members, figures, None)
        found.append(replace(whole, bars=()))
    return tuple(found)


def _ranking(
    title: str,
    indicator: Indicator,
    latest: Observation,
    area: Area,
    members: Sequence[str],
    figures: Figures,
    region: Area | None,
) -> Ranking:
    catalogue = figures.catalogue
    rows = {code: figures.at(indicator.indicator_id, code, latest.period) for code in members}
    bars = [
        Bar(
            catalogue.areas[c].name,
            r.value if r else None,
            r.status if r else Status.X,
            "focus" if c == area.area_code else "other",
        )
        for c, r in rows.items()
    ]
    for benchmark in filter(None, (region, catalogue.areas[ENGLAND])):
        row = figures.at(indicator.indicator_id, benchmark.area_code, latest.period)
        if row is not None and row.value is not None:
            bars.append(
                Bar(
                    benchmark.name,
                    row.value,
                    row.status,
                    {"country": "england", "region": "region"}[benchmark.type],
                )
            )
    sign = 1 if indicator.polarity is Polarity.LOWER_BETTER else -1
    bars.sort(key=lambda b: (b.value is None, sign * (b.value or 0), b.name))
    return Ranking(title, tuple(bars), **_place(indicator, area, rows, figures))


def _place(indicator: Indicator, area: Area, rows: dict[str, Observation | None], figures: Figures) -> dict:
    """The place of the area among `rows`, as a range where hidden figures could change it, and in words."""
    judged = {c: v for c, r in rows.items() if r and (v := r.judged(indicator)) is not None}
    own = judged.pop(area.area_code, None)
    if own is None:
        row = rows.get(area.area_code)
        return {
            "place": f"{area.name} cannot be ranked: its figure is {row.status.words if row else 'not held'}."
        }
    order = {
        Polarity.LOWER_BETTER: "1 is the lowest, which is best",
        Polarity.HIGHER_BETTER: "1 is the highest, which is best",
    }.get(indicator.polarity, "1 is the highest; neither end is better")
    absent = [
        r
        for c, r in rows.items()
        if r is not None and r.value is None and r.status is not Status.X and c != area.area_code
    ]
    limits = [figures.limits(r) for r in absent]
    if any(limit is None for limit in limits):
        return {
            "place": f"{area.name} cannot be ranked: {len(absent)} of {len(rows)} have no figure shown, and nothing bounds them."
        }
    others = [*map(bounds.known, judged.values()), *(limit for limit in limits if limit)]
    best, worst = bounds.rank_range(own, others, indicator.polarity)
    n = len(others) + 1
    if best == worst:
        text = f"{area.name} is number {best} of {n} ({order})."
        if absent:
            text += f" The {len(absent)} hidden could not change that."
    else:
        text = f"{area.name} is somewhere from number {best} to {worst} of {n} ({order}), depending on {len(absent)} hidden."
    return {"place": text, "best": best, "worst": worst, "n": n}


@dataclass(frozen=True)
class Placed:
    """Where a figure stands in the spread of English authorities: the band A to D (None without a polarity), and why not, if so."""

    spread: Spread
    england: float
    band: rank.Quartile | None
    reason: str


def place_nationally(
    indicator: Indicator, latest: Observation | None, area: Area, figures: Figures
) -> Placed | None:
    """The quartile band of the latest figure among English authorities; None where their spread or England's figure is not held."""
    spread = figures.catalogue.spreads.get((indicator.indicator_id, latest.period)) if latest else None
    england = figures.at(indicator.indicator_id, ENGLAND, latest.period) if latest else None
    if (
        latest is None
        or spread is None
        or england is None
        or england.value is None
        or indicator.is_count
        or area.type != "authority"
    ):
        return None
    total = spread.n + spread.hidden
    if latest.value is None:
        return Placed(spread, england.value, None, f"the figure is {latest.status.words}")
    if indicator.polarity is Polarity.NEUTRAL:
        return Placed(spread, england.value, None, "neither end is better")
    if spread.hidden > MOST_HIDDEN * total:
        return Placed(
            spread, england.value, None, f"{spread.hidden} of {total} authorities have no figure shown"
        )
    return Placed(
        spread,
        england.value,
        rank.quartile_band(latest.value, rank.Cuts(spread.q1, spread.median, spread.q3), indicator.polarity),
        "",
    )
