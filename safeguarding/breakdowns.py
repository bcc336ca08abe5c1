"""Breakdowns: the parts of a whole in one period, beside the period before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from safeguarding import periods, words
from safeguarding.figures import Figures, of_one_kind
from safeguarding.measures.intervals import Interval
from safeguarding.query import Query
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.report import Part
from safeguarding.store.tables import ENGLAND, Observation, Source
from safeguarding.vocabulary import Unit, YearType


@dataclass(frozen=True)
class Share:
    """One part in one period: its value, or None with the word for its absence and, where something bounds
    it, its limits.
    """

    value: float | None
    printed: str
    between: Interval | None = None


@dataclass(frozen=True)
class Breakdown:
    """A whole in parts: for each part its name and its share now and before (None where no earlier period is
    held). `stated` where a report said it: that is about the report's year, and not the newest figure.
    """

    breakdown_id: str
    title: str
    unit: str
    period: str
    period_before: str
    parts: tuple[tuple[str, Share, Share | None], ...]
    sources: tuple[Source, ...]
    note: str
    place: str
    stated: bool = False
    area_code: str = ""
    england: tuple[Share, ...] = ()

    @property
    def sentence(self) -> str:
        """The largest part and what is hidden, as the picture's text alternative."""
        known = [(name, now) for name, now, _ in self.parts if now.value is not None]
        hidden = [name.lower() for name, now, _ in self.parts if now.value is None]
        if not known:
            return f"No part is shown for {self.place}, {self.period}."
        name, most = max(known, key=lambda part: part[1].value or 0)
        largest = f"{name[:1].lower()}{name[1:]}, {most.printed}"
        text = f"Largest in {words.the(self.place)}, {self.period}: {largest}."
        return f"{text} Not shown: {words.listed(hidden)}." if hidden else text


def breakdowns(theme: str, query: Query, figures: Figures) -> list[Breakdown]:
    """The breakdowns of a page in this view; one of which nothing is held for the area is left out."""
    catalogue = figures.catalogue
    rows = [p for p in catalogue.parts if p.theme == theme]
    found = (
        _breakdown(list(parts), query, figures) for _, parts in groupby(rows, key=lambda p: p.breakdown_id)
    )
    return [b for b in found if b]


def of_observations(query: Query, catalogue: Catalogue, rows: Sequence[Observation]) -> list[Breakdown]:
    """The breakdowns that observations themselves carry, one for each indicator and breakdown, largest part
    first.
    """
    dated = [
        o
        for o in rows
        if o.period != periods.UNDATED and (query.judged_on is None or o.period_end <= query.judged_on)
    ]
    found = []
    keys = dict.fromkeys((o.indicator_id, o.breakdown) for o in dated)
    for indicator_id, breakdown in keys:
        indicator = catalogue.indicators[indicator_id]
        rows_of = [o for o in dated if (o.indicator_id, o.breakdown) == (indicator_id, breakdown)]
        own = {(o.category, o.period): o for o in of_one_kind(rows_of)}
        held = sorted({period for _, period in own})
        now, before = held[-1], held[-2] if len(held) > 1 else ""

        def share(category: str, period: str, own=own, indicator=indicator) -> Share:  # type: ignore[no-untyped-def]
            row = own.get((category, period))
            if row is None:
                return Share(None, "no figure")
            return Share(
                row.value, words.shown(row.value, indicator) if row.value is not None else row.status.short
            )

        names = sorted({category for category, _ in own}, key=lambda c: (-(share(c, now).value or 0), c))
        shares = tuple((c, share(c, now), share(c, before) if before else None) for c in names)
        sources = dict.fromkeys(o.source_id for o in own.values())
        label = periods.label(now, indicator.year_type)
        label_before = periods.label(before, indicator.year_type) if before else ""
        found.append(
            Breakdown(
                f"{indicator_id}-{re.sub('[^a-z0-9]+', '-', breakdown.lower()).strip('-')}",
                f"{indicator.title}, by {breakdown}",
                indicator.unit.words,
                label,
                label_before,
                shares,
                tuple(catalogue.sources[s] for s in sources),
                "",
                catalogue.areas[query.area].name,
                area_code=query.area,
            )
        )
    return found


def _breakdown(parts: list[Part], query: Query, figures: Figures) -> Breakdown | None:
    return (
        _of_indicators(parts, query, figures)
        if parts[0].indicator_id
        else _of_statements(parts, query, figures)
    )


def _of_indicators(parts: list[Part], query: Query, figures: Figures) -> Breakdown | None:
    catalogue, limit = figures.catalogue, query.judged_on
    rows = [o for p in parts for o in figures.series(p.indicator_id, query.area)]
    held = {o.period for o in of_one_kind([o for o in rows if limit is None or o.period_end <= limit])}
    if not held:
        return None
    now, year_type = max(held), catalogue.indicators[parts[0].indicator_id].year_type
    before = periods.year_before(now)
    sources: dict[str, None] = {}

    def share(part: Part, period: str, area: str = query.area) -> Share:
        row = figures.at(part.indicator_id, area, period)
        if row is None:
            return Share(None, "no figure")
        sources[row.source_id] = None
        if row.value is not None:
            return Share(row.value, words.shown(row.value, catalogue.indicators[part.indicator_id]))
        between = figures.limits(row)
        bounded = between if between and row.status.hidden and between.upper < 100 else None
        limits = (
            f", {words.number(bounded.lower, 1)}% to {words.number(bounded.upper, 1)}%" if bounded else ""
        )
        return Share(None, f"{row.status.short}{limits}", bounded)

    shares = tuple((p.part, share(p, now), share(p, before) if before in held else None) for p in parts)
    england = () if query.area == ENGLAND else tuple(share(p, now, ENGLAND) for p in parts)
    shares, england = _sorted(shares, england)
    return Breakdown(
        parts[0].breakdown_id,
        parts[0].title,
        Unit.PERCENT.words,
        periods.label(now, year_type),
        periods.label(before, year_type) if before in held else "",
        shares,
        tuple(catalogue.sources[s] for s in sources),
        parts[0].note,
        catalogue.areas[query.area].name,
        area_code=query.area,
        england=england if any(e.value is not None for e in england) else (),
    )


Parted = tuple[tuple[str, Share, Share | None], ...]


def _sorted(shares: Parted, england: tuple[Share, ...] = ()) -> tuple[Parted, tuple[Share, ...]]:
    """The largest part first, hidden ones last; parts that are steps of a scale (their names have numbers)
    keep their order.
    """
    if any(re.search(r"\d", name) for name, _, _ in shares):
        return shares, england
    order = sorted(range(len(shares)), key=lambda k: -(v if (v := shares[k][1].value) is not None else -1.0))
    return tuple(shares[k] for k in order), tuple(england[k] for k in order) if england else ()


def _of_statements(parts: list[Part], query: Query, figures: Figures) -> Breakdown | None:
    catalogue = figures.catalogue
    stated = {
        (s.measure, s.breakdown, s.period): s
        for s in catalogue.statements
        if s.measure in {p.measure for p in parts} and s.area == query.area
    }
    held = sorted(
        {
            p
            for *_, p in stated
            if p != periods.UNDATED and (query.judged_on is None or periods.end_of(p) <= query.judged_on)
        }
    )
    if not held:
        return None
    now, before = held[-1], held[-2] if len(held) > 1 else ""

    def share(part: Part, period: str) -> Share:
        s = stated.get((part.measure, part.breakdown, period))
        if s is None or s.number is None:
            return Share(None, "hidden" if s and s.hidden else "no figure")
        return Share(
            s.number,
            words.number(s.number, len(s.value.partition(".")[2])) + ("%" if s.kind == "percent" else ""),
        )

    first = next(iter(stated.values()))
    unit = Unit.PERCENT.words if first.kind == "percent" else first.unit
    shares, _ = _sorted(tuple((p.part, share(p, now), share(p, before) if before else None) for p in parts))
    return Breakdown(
        parts[0].breakdown_id,
        parts[0].title,
        unit,
        _named(now),
        _named(before),
        shares,
        (catalogue.sources[first.source_id],),
        parts[0].note,
        catalogue.areas[query.area].name,
        stated=True,
        area_code=query.area,
    )


def _named(period: str) -> str:
    return periods.label(period, YearType.FINANCIAL_YEAR) if period else ""
