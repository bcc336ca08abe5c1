"""Questions: what of a load looks odd though it may be right. Nothing is blocked; a reason answers it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from safeguarding import periods, words
from safeguarding.desk import Desk
from safeguarding.store.difference import Change, Difference, Place
from safeguarding.store.drafting import Draft
from safeguarding.store.receipts import receipts
from safeguarding.store.tables import Indicator
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Tolerance, Unit

JUMP = 3.0  # times the figure of the year before, or a third of it
# the same of counts that are a hundred or more in both years: of 19,005 such changes on the year of English
# authorities up to 2024-25 one in 180 is as large
MANY, OF_MANY = 100.0, 2.0
FROM = 20.0  # counts below this jump by chance
YEARS = 3  # back in which a year is looked for that a quarter is held against
NAMED = 3  # places that a question names
VERDICTS = ("tolerance", "england", "region", "neighbours", "movement", "change")


@dataclass(frozen=True)
class Flip:
    """One verdict of the home area that a load turns: of which indicator, and from what to what."""

    indicator_id: str
    title: str
    verdict: str
    before: str
    after: str

    def __str__(self) -> str:
        asked = {"movement": "direction of travel", "change": "change on the year"}.get(
            self.verdict, self.verdict
        )
        asked = f"against {asked}" if asked in ("england", "region", "neighbours") else asked
        was, is_ = _plain(self.before), _plain(self.after)
        return f"{self.title}, {asked.replace('england', 'England')}: {was}, now {is_}"


def _plain(verdict: str) -> str:
    return "borderline" if verdict == Tolerance.NEAR else verdict.replace("-", " ")


def flips(before: Desk, after: Desk, names: Sequence[str]) -> list[Flip]:
    """The verdicts of the home area that turn, of the indicators that are named."""
    then, now = _summaries(before, names), _summaries(after, names)
    turned = []
    for name in names:
        for verdict in VERDICTS:
            was, is_ = (_verdict(side.get(name), verdict) for side in (then, now))
            if was != is_:
                turned.append(Flip(name, _title(name, before, after), verdict, was or "none", is_ or "none"))
    return turned


def _title(name: str, *desks: Desk) -> str:
    found = next(
        (d.catalogue.indicators[name] for d in reversed(desks) if name in d.catalogue.indicators), None
    )
    return found.short_title if found else name


def _summaries(desk: Desk, names: Sequence[str]) -> dict[str, IndicatorSummary]:
    held = desk.catalogue.indicators
    reading = desk.reading(desk.read({}))
    return {name: reading.summary(held[name]) for name in names if name in held}


def _verdict(summary: IndicatorSummary | None, name: str) -> str:
    return str(getattr(summary, name).verdict.value) if summary and summary.latest else ""


def questions(draft: Draft, after: Desk, found: Sequence[Difference]) -> list[str]:
    """Everything that looks odd in what a draft changes, a sentence each."""
    asked: list[str] = []
    vanished = draft.vanished
    reading = after.reading(after.read({}))
    for d in found:
        indicator = after.catalogue.indicators.get(d.indicator_id)
        if d.gone:
            title = indicator.short_title if indicator else d.indicator_id
            asked.append(f"{title}: {d.gone:,} figures that are published are gone.")
        if indicator is None:
            continue
        if d.indicator_id in vanished:
            asked.append(f"{indicator.short_title}: {_vanished(after, vanished[d.indicator_id])}")
        given, values = draft.given[d.indicator_id], _values(draft, d.indicator_id)
        asked += _unusual(reading.summary(indicator), given)
        asked += _jumps(after, indicator, given, values)
        asked += _beyond_their_parts(after, indicator, given, values)
        asked += _year_to_date(after, indicator, given, values)
    asked += _more_than_the_whole(draft, after, found)
    return list(dict.fromkeys(asked))


def _values(draft: Draft, indicator_id: str) -> Mapping[tuple[str, str], float]:
    """An indicator's values for the whole that may be shown, by area and period."""
    return draft.store.shown(draft.release_id).values(indicator_id)


def _unusual(summary: IndicatorSummary, given: Sequence[Place]) -> Iterator[str]:
    """The home area's latest figure, where it is new and beyond what is usual."""
    latest = summary.latest
    new = latest and any((area, period) == (latest.area_code, latest.period) for area, period, _ in given)
    if new and summary.change.unusual:
        yield (
            f"{summary.indicator.short_title}, {summary.area.name}, {summary.period_label}: "
            f"{summary.printed}, {summary.change.short}, is beyond what is expected from other authorities."
        )


def _jumps(
    desk: Desk, indicator: Indicator, given: Sequence[Place], values: Mapping[tuple[str, str], float]
) -> Iterator[str]:
    """Figures that are three times those of the year before (twice, where many are counted), or a third (a
    half), or none where there were many.
    """
    found = []
    for code, period, whole in given:
        if not whole or period == periods.UNDATED:
            continue
        now, (then, before) = values.get((code, period)), _earlier(indicator, code, period, values)
        if now is None or not then or now < 0:
            continue
        small = max(now, then) < (FROM if indicator.is_count or not now else 0)
        jump = OF_MANY if indicator.is_count and min(now, then) >= MANY else JUMP
        if not small and not 1 / jump < now / then < jump:
            named = desk.catalogue.areas[code].name
            printed = [words.shown(v, indicator) for v in (now, then)]
            found.append(f"{named} {period} {printed[0]}, {before} {printed[1]}")
    if found:
        yield f"{indicator.short_title}: {_some(found)}. Was a digit lost or added?"


def _earlier(
    indicator: Indicator, code: str, period: str, values: Mapping[tuple[str, str], float]
) -> tuple[float | None, str]:
    """What a figure is held against, in its own measure and in words: the year before; for the first quarters
    the last year that is held, of a year's count a quarter.
    """
    then = values.get((code, periods.year_before(period)))
    if then is not None or not periods.is_quarter(period):
        return then, "the year before"
    year = period[:-3]
    last = next((y for y in [year, *periods.years_before(year, YEARS)] if (code, y) in values), "")
    if not last:
        return None, ""
    snapshot = indicator.year_type in periods.SNAPSHOTS
    parts = 4 if indicator.is_count and not snapshot else 1
    return values[code, last] / parts, f"a quarter of {last} is" if parts > 1 else f"{last} had"


def _vanished(desk: Desk, changes: Sequence[Change]) -> str:
    """Which figures are published and have no value any more; no value is told."""
    named = [f"{desk.catalogue.areas[c.area_code].name} {c.period}" for c in changes]
    many = "a figure that is published has" if len(named) == 1 else f"{len(named):,} published figures have"
    return f"{many} no value any more: {_some(named)}. Is that meant?"


def supplied(draft: Draft, desk: Desk, given: Collection[tuple[str, str, str, str]]) -> Iterator[str]:
    """What agencies have not sent for the quarters that are loaded, and what they were not asked for.

    `given` are the figures of the files: indicator, area, period and source.
    """
    agencies, titles = desk.catalogue.agencies, desk.catalogue.indicators
    by_source = {a.source_id: a for a in agencies}
    about = {(area, period) for _, area, period, source in given if source in by_source}
    for area, quarter in sorted(pair for pair in about if periods.is_quarter(pair[1])):
        held = receipts(draft.connection, [draft.release_id], list(by_source), area)
        for agency in agencies:
            name, got = agency.name.partition(",")[0], held.get((agency.source_id, quarter))
            lacking = [i for i in agency.indicators if got and i not in got.indicators and i in titles]
            if lacking:
                named = _some([titles[i].short_title for i in lacking])
                count = f"{len(lacking)} of its {len(agency.indicators)} measures"
                yield f"{name}, {quarter}: {count} are missing: {named}."
            elif got is None and agency.first_quarter and agency.first_quarter <= quarter:
                yield f"{name}, {quarter}: nothing has been sent."
    stray = {
        (s, i) for i, _, _, s in given if s in by_source and i in titles and i not in by_source[s].indicators
    }
    for source, name in sorted(stray):
        agency = by_source[source]
        yield f"{titles[name].short_title} comes from {agency.name}, which agencies.csv does not ask for it."


def _beyond_their_parts(
    desk: Desk, indicator: Indicator, given: Sequence[Place], values: Mapping[tuple[str, str], float]
) -> Iterator[str]:
    """A region's or England's share or rate that no authority of it reaches: a sum given as a rate?"""
    if indicator.unit.multiplier is None:
        return
    areas = desk.catalogue.areas
    for code, period in dict.fromkeys(place[:2] for place in given):
        area, value = areas.get(code), values.get((code, period))
        if area is None or area.type == "authority" or value is None:
            continue
        inside = [
            values[inner, period]
            for inner, a in areas.items()
            if a.type == "authority"
            and (area.type == "country" or a.region_code == area.region_code)
            and (inner, period) in values
        ]
        room = 10.0**-indicator.decimals
        if len(inside) >= NAMED and not min(inside) - room <= value <= max(inside) + room:
            printed = [words.shown(v, indicator) for v in (value, min(inside), max(inside))]
            yield (
                f"{indicator.short_title}, {area.name}, {period}: {printed[0]} lies outside its "
                f"authorities' {printed[1]} to {printed[2]}. Is it a sum, given as a rate?"
            )


def _year_to_date(
    desk: Desk, indicator: Indicator, given: Sequence[Place], values: Mapping[tuple[str, str], float]
) -> Iterator[str]:
    """A quarter's count that is at least what the three before it had together: a year to date?"""
    if not indicator.is_count or indicator.year_type.value not in ("financial_year", "academic_year"):
        return
    for code, period in dict.fromkeys(place[:2] for place in given):
        if not periods.is_quarter(period) or period.endswith("Q1"):
            continue
        now, before = values.get((code, period), 0), period
        sums = 0.0
        while not before.endswith("Q1"):
            before = periods.quarter_before(before)
            sums += values.get((code, before), 0)
        if sums and now >= sums:
            named = desk.catalogue.areas[code].name
            yield (
                f"{indicator.short_title}, {named}, {period}: {words.shown(now, indicator)} is as much as "
                "the quarters before it together. Is it the year to date? A quarter has its own three months."
            )


def _more_than_the_whole(draft: Draft, desk: Desk, found: Sequence[Difference]) -> Iterator[str]:
    """Parts whose counts, or whose shares, together exceed the whole that they are parts of."""
    indicators = desk.catalogue.indicators
    wholes = {i.part_of for d in found if (i := indicators.get(d.indicator_id)) and i.part_of}
    for whole in sorted(wholes):
        members = [i for i in indicators.values() if i.part_of == whole and i.unit is Unit.PERCENT]
        touched = {
            (area, period)
            for m in members
            for area, period, of_all in draft.given.get(m.indicator_id, ())
            if of_all
        }
        values = {m.indicator_id: _values(draft, m.indicator_id) for m in members}
        over = []
        for area, period in sorted(touched):
            shares = [v for m in members if (v := values[m.indicator_id].get((area, period))) is not None]
            room = sum(0.5 * 10.0**-m.decimals for m in members) + 0.5
            if sum(shares) > 100 + room:
                over.append(f"{desk.catalogue.areas[area].name} {period} {sum(shares):.1f}%")
        if over:
            names = words.listed([m.short_title for m in members])
            yield f"{names} are parts of one whole and come to more than all of it: {_some(over)}."


def _some(found: Sequence[str]) -> str:
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return "; ".join(found[:NAMED]) + more
