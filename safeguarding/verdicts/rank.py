"""Rank: where does the figure stand among others?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from safeguarding import words
from safeguarding.disclosure import bounds
from safeguarding.figures import NATIONAL
from safeguarding.measures.places import Estimate, Places, places
from safeguarding.nation import Known
from safeguarding.store.tables import ENGLAND, Area
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.neighbours import set_name, withheld
from safeguarding.vocabulary import Polarity, Role, Status

FEWEST_WITH_AN_INTERVAL = 2
ORDER = {
    Polarity.LOWER_BETTER: "1 is the lowest, which is best",
    Polarity.HIGHER_BETTER: "1 is the highest, which is best",
    Polarity.NEUTRAL: "1 is the highest; neither end is better",
}


@dataclass(frozen=True)
class Bar:
    """One area in a rank chart: its value, or None with the reason."""

    name: str
    value: float | None
    status: Status
    role: Role
    code: str = ""


@dataclass(frozen=True)
class Ranking:
    """Areas side by side in one period, best (or highest) first, those without a figure last.

    `best` and `worst` are the places the area can have; equal where nothing hidden could change it, None
    where it cannot be ranked. `from_lowest` are the same counted from the other end, where neither is better
    (1 is the lowest). `chance` are the places that chance alone could have put it (95 %), among the
    `with_interval` that have one; None where fewer than two have. All of England has no `bars`: it is told,
    not drawn.
    """

    title: str
    bars: tuple[Bar, ...]
    place: str
    best: int | None = None
    worst: int | None = None
    n: int = 0
    from_lowest: tuple[int, int] | None = None
    chance: Places | None = None
    with_interval: int = 0

    @property
    def places(self) -> str:
        """The places it can have, in words: "121st", "60th to 61st"; empty where it cannot be ranked."""
        return _told((self.best, self.worst)) if self.best and self.worst else ""

    @property
    def nearest(self) -> str:
        """The same, but from the nearer end where neither is better: "9th highest", "17th to 18th lowest",
        "lowest".
        """
        if not self.best or not self.worst or not self.from_lowest:
            return self.places
        found, end = min(((self.best, self.worst), "highest"), (self.from_lowest, "lowest"))
        return end if found == (1, 1) else f"{_told(found)} {end}"


def _told(places: tuple[int, int]) -> str:
    return " to ".join(map(words.ordinal, dict.fromkeys(places)))


def rankings(case: Case) -> tuple[Ranking, ...]:
    """The area among its region's authorities, among its neighbours, and among all English authorities: those
    that existed on the last day of the period, or whose place the source gives under a later code.
    """
    latest, own = case.latest, case.area.area_code
    if latest is None or case.indicator.is_count or case.area.type != "authority":
        return ()
    found = []
    region = case.catalogue.region_of(own)
    members = regional(case)
    if region and len(members) > 1:
        title = f"Authorities of {words.the(region.name)}"
        found.append(_ranking(case, title, members, region))
    chosen = case.catalogue.neighbour_set(own, latest.period_end)
    if chosen:
        codes = [own, *case.catalogue.neighbours[own, chosen[0]]]
        found.append(_ranking(case, f"Statistical neighbours ({set_name(*chosen)})", codes))
    nation = english(case)
    return tuple(found) if nation is None else (*found, nation)


def regional(case: Case) -> list[str]:
    """The codes of the authorities of the area's region, by name: those that have a figure of the latest
    period or a reason why not, and those that existed on its last day and have no row.
    """
    areas, latest = case.catalogue.areas, case.latest
    region = areas[case.area.area_code].region_code
    if latest is None or not region:
        return []
    counted = case.nation.members(latest.period, region)
    there = [a.area_code for a in case.catalogue.authorities_of(region, latest.period_end)]
    gone = {code for code in there if set(areas[code].successors).intersection(counted)}
    return sorted({*counted, *there} - gone, key=lambda code: areas[code].name)


def english(case: Case, chance: bool = True) -> Ranking | None:
    """The area among all English authorities that count in the period; None for what has no
    rank, and where hardly any of them has a row. Without `chance` the places that it allows are left out.
    """
    latest = case.latest
    if latest is None or case.indicator.is_count or case.area.type != "authority":
        return None
    held = _rows(case, case.nation.members(latest.period))
    if len(held) < NATIONAL:
        return None
    return _placed(case, held, Ranking("English authorities", (), ""), chance)


def _rows(case: Case, members: Iterable[str]) -> dict[str, Known | Status | None]:
    """What is held of `members` in the period of the latest: a figure, why there is none, or no row.

    A neighbour may have a figure of a time when it was no authority yet: some sources work them out.
    """
    period = case.latest.period if case.latest else ""
    known, without = case.nation.figures(period), case.nation.without(period)
    rows = {code: known.get(code) or without.get(code) for code in members}
    for code in [code for code, row in rows.items() if row is None]:
        if held := case.at(code):
            rows[code] = held.status if held.value is None else case.known(held)
    return rows


def _ranking(case: Case, title: str, members: Sequence[str], region: Area | None = None) -> Ranking:
    """The area in focus among `members`, with England and, where it is given, the region beside them."""
    areas, rows = case.catalogue.areas, _rows(case, members)
    bars = [
        Bar(
            areas[code].name,
            row.value if isinstance(row, Known) else None,
            row if isinstance(row, Status) else Status.OK if row else Status.X,
            Role.FOCUS if code == case.area.area_code else Role.OTHER,
            code,
        )
        for code, row in rows.items()
    ]
    for role, benchmark in ((Role.REGION, region), (Role.ENGLAND, areas[ENGLAND])):
        beside = case.at(benchmark.area_code) if benchmark else None
        if benchmark and beside and beside.value is not None:
            bars.append(Bar(benchmark.name, beside.value, beside.status, role, benchmark.area_code))
    sign = 1 if case.indicator.polarity is Polarity.LOWER_BETTER else -1
    bars.sort(key=lambda b: (b.value is None, sign * (b.value or 0), b.name))
    return _placed(case, rows, Ranking(title, tuple(bars), ""))


def _placed(
    case: Case, rows: Mapping[str, Known | Status | None], ranking: Ranking, with_chance: bool = True
) -> Ranking:
    """The ranking with the place of the area among `rows`, a range where hidden figures could change it, and
    in words.
    """
    name, order = case.area.name, ORDER[case.indicator.polarity]
    known = {code: row for code, row in rows.items() if isinstance(row, Known)}
    own = known.pop(case.area.area_code, None)
    if own is None:
        if case.area.area_code not in rows:
            return replace(ranking, place=f"{name} is not ranked: it was not among these authorities then.")
        row = rows[case.area.area_code]
        why = row.words if isinstance(row, Status) else "not held"
        return replace(ranking, place=f"{name} cannot be ranked: its figure is {why}.")
    hidden = withheld(case.at(code) for code, row in rows.items() if isinstance(row, Status))
    limits = [case.figures.limits(row) or bounds.ANY_RATE for row in hidden]
    others = [*(bounds.known(row.judged) for row in known.values()), *limits]
    best, worst = bounds.rank_range(own.judged, others, case.indicator.polarity)
    n = len(others) + 1
    if best == worst:
        text = f"{name} is number {best} of {n} ({order})."
        text += f" The {len(hidden)} hidden could not change that." if hidden else ""
    else:
        text = f"{name} is somewhere from number {best} to {worst} of {n} ({order})"
        text += f", depending on {len(hidden)} hidden."
    counted = sum(o.limits is not None for o in (own, *known.values()))
    chance = _chance(own, known.values(), case.indicator.polarity) if with_chance else None
    if chance is not None and chance.best < chance.worst:
        of = "" if counted == n else f" of the {counted} with an interval"
        text += f" Chance alone could have put it anywhere from number {chance.best} to {chance.worst}{of}."
    neutral = case.indicator.polarity is Polarity.NEUTRAL
    return replace(
        ranking,
        place=text,
        best=best,
        worst=worst,
        n=n,
        from_lowest=bounds.rank_range(own.judged, others, Polarity.LOWER_BETTER) if neutral else None,
        chance=chance,
        with_interval=counted,
    )


def _chance(own: Known, others: Iterable[Known], polarity: Polarity) -> Places | None:
    """The places that chance allows among those whose figures have an interval; None where the area has none,
    or hardly anyone. Method: docs/methods.md#range-of-places.
    """
    estimates = [Estimate(o.judged, o.limits) for o in others if o.limits is not None]
    if own.limits is None or len(estimates) < FEWEST_WITH_AN_INTERVAL:
        return None
    return places(Estimate(own.judged, own.limits), estimates, polarity)
