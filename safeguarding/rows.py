"""Rows: the figures of a chart as a table has them, exactly those it draws; the names of columns do not
change.

Every table begins with what its figures are of: indicator, area and period, by code and by name. What is
worked out is rounded to four decimals, what is published is as published.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from safeguarding import periods, words
from safeguarding.breakdowns import Breakdown
from safeguarding.lines import Line
from safeguarding.store.tables import ENGLAND, Area, Observation
from safeguarding.summaries import Difference, IndicatorSummary
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.control import SIGNALS, possible
from safeguarding.verdicts.counts import interval_of
from safeguarding.verdicts.rank import Ranking
from safeguarding.vocabulary import Role

Row = Mapping[str, Any]
TYPES = {Role.NEIGHBOURS: "average of neighbours", Role.GROUP: "group"}


COLUMNS = (
    *("indicator_id", "area_code", "area", "period", "area_type", "period_start", "period_end", "value"),
    *("lower_ci", "upper_ci", "status", "provisional", "numerator", "denominator", "unit", "period_label"),
    *("note", "source_id", "changed"),
)


def of_trend(summary: IndicatorSummary) -> list[Row]:
    """One a line and period, value or status, with dates, counts, interval, note and source."""
    return [row for line in summary.lines for row in _of_line(summary, line)]


def of_areas(case: Case, areas: Sequence[Area]) -> list[Row]:
    """The same of some areas, for each the periods of the view that it has a row of, oldest first."""
    indicator_id, since = case.indicator.indicator_id, case.view.since or ""
    return [
        {
            **_row(case, a.area_code, a.name, a.type, o.period, o.value, o.status.value, o.status.words, o),
            "changed": "",
        }
        for a in areas
        for o in case.figures.once(indicator_id, a.area_code)
        if o.period >= since and (case.limit is None or o.period_end <= case.limit)
    ]


def _of_line(summary: IndicatorSummary, line: Line) -> Iterator[Row]:
    area = summary.catalogue.areas.get(line.code)
    kind = area.type if area else TYPES[line.role]
    for period, point, value in zip(summary.periods, line.points, line.shown, strict=True):
        status = "not held" if point.note == "no figure" else point.status.value
        own = summary.figures.at(summary.indicator.indicator_id, area.area_code, period) if area else None
        note = point.note or line.caption
        changed = words.revised(point.revised, summary.indicator) if point.revised else ""
        row = _row(summary, line.code, line.name, kind, period, value, status, note, own)
        yield {**row, "changed": changed}


def _row(
    case: Case,
    code: str,
    name: str,
    kind: str,
    period: str,
    value: float | None,
    status: str,
    note: str,
    own: Observation | None,
) -> Row:
    indicator = case.indicator
    days = (own.period_start, own.period_end) if own else periods.days_of(period, indicator.year_type)
    begin, end = (day.isoformat() if day > date.min else "" for day in days)  # empty: no date is stated
    around = interval_of(indicator, own, case.figures).interval if own else None
    return {
        "indicator_id": indicator.indicator_id,
        "area_code": code,
        "area": name,
        "period": period,
        "area_type": kind,
        "period_start": begin,
        "period_end": end,
        "value": value,
        "lower_ci": rounded(around.lower) if around else None,
        "upper_ci": rounded(around.upper) if around else None,
        "status": status,
        "provisional": "yes" if own and own.provisional else "",
        "numerator": own.numerator if own else None,
        "denominator": own.denominator if own else None,
        "unit": indicator.unit.words,
        "period_label": periods.label(period, indicator.year_type),
        "note": note,
        "source_id": own.source_id if own else indicator.source_id,
    }


def rounded(value: float | None) -> float | None:
    """What has been worked out, as every table and every JSON gives it."""
    return None if value is None else round(value, 4)


def _about(summary: IndicatorSummary | Difference, code: str, name: str, period: str) -> dict[str, Any]:
    """What every row of a chart begins with."""
    about = {"indicator_id": summary.indicator.indicator_id, "area_code": code, "area": name}
    return {**about, "period": period}


def of_ranking(summary: IndicatorSummary, ranked: Ranking) -> list[Row]:
    """One an area, in its place."""
    period = summary.latest.period if summary.latest else ""
    return [
        {
            **_about(summary, b.code, b.name, period),
            "value": b.value,
            "status": b.status.value,
            "note": b.status.words or ("in focus" if b.role is Role.FOCUS else ""),
            "unit": summary.indicator.unit.words,
        }
        for b in ranked.bars
    ]


def of_control(one: IndicatorSummary | Difference, code: str) -> list[Row]:
    """One a period that has a value, with the limits as they are drawn (None: too few for limits)."""
    name = one.lines[0].name
    return [
        {
            **_about(one, code, name, one.periods[segment.start + k]),
            "value": rounded(value),
            "mean": rounded(limits.mean) if limits else None,
            "lower_limit": rounded(possible(one.indicator, limits).lower) if limits else None,
            "upper_limit": rounded(possible(one.indicator, limits).upper) if limits else None,
            "signal": SIGNALS[signal.rule] if signal else "",
            "unit": one.indicator.unit.words,
        }
        for segment in one.control.segments
        for limits in [segment.limits]
        for k, (value, signal) in enumerate(zip(segment.values, segment.signals, strict=True))
    ]


def of_funnel(summary: IndicatorSummary) -> list[Row]:
    """One an area, by name."""
    period = summary.latest.period if summary.latest else ""
    return [
        {
            **_about(summary, s.code, s.name, period),
            "value": rounded(s.value),
            "denominator": s.base,
            "where": s.where,
            "unit": summary.indicator.unit.words,
        }
        for s in sorted(summary.funnel.spots, key=lambda s: s.name)
    ]


def of_spine(summaries: Sequence[IndicatorSummary]) -> list[Row]:
    """One an indicator that has a place, with the spread of authorities."""
    return [
        {
            **_about(s, s.area.area_code, s.area.name, s.latest.period if s.latest else ""),
            "title": s.indicator.title,
            "value": s.value,
            "status": s.status.value,
            "unit": s.indicator.unit.words,
            "england": rounded(s.placed.england),
            "minimum": rounded(s.placed.spread.minimum),
            "lower_quartile": rounded(s.placed.spread.q1),
            "median": rounded(s.placed.spread.median),
            "upper_quartile": rounded(s.placed.spread.q3),
            "maximum": rounded(s.placed.spread.maximum),
            "authorities": s.placed.spread.n,
            "hidden": s.placed.spread.hidden,
            "compared_with_england": s.england.words,
        }
        for s in summaries
        if s.placed
    ]


def of_parts(whole: Breakdown) -> list[Row]:
    """One a part and period, and England's of the latest."""
    own, england = (whole.area_code, whole.place), (ENGLAND, "England")
    beside = whole.england or (None,) * len(whole.parts)
    return [
        {
            "breakdown_id": whole.breakdown_id,
            "area_code": code,
            "area": name_of,
            "part": name,
            "period": period,
            "value": share.value,
            "printed": share.printed,
            "unit": whole.unit,
        }
        for (name, now, before), other in zip(whole.parts, beside, strict=True)
        for (code, name_of), period, share in (
            (own, whole.period, now),
            (own, whole.period_before, before),
            (england, whole.period, other),
        )
        if share is not None
    ]
