"""Rows: the figures of a chart as a table has them, exactly those it draws; the names of columns do not
change.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from safeguarding import periods
from safeguarding.breakdowns import Breakdown
from safeguarding.store.tables import cited
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.control import SIGNALS, ControlChart
from safeguarding.verdicts.funnel import Funnel
from safeguarding.verdicts.rank import Ranking
from safeguarding.vocabulary import Role

Row = Mapping[str, Any]


def of_trend(summary: IndicatorSummary) -> list[Row]:
    """One a line and period, value or status, with its note and source."""
    sources = cited(summary.sources)
    licences = "; ".join(dict.fromkeys(s.licence for s in summary.sources))
    return [
        {
            "indicator": summary.indicator.indicator_id,
            "title": summary.indicator.title,
            "unit": summary.indicator.unit.words,
            "area": line.name,
            "period": period,
            "period_label": periods.label(period, summary.indicator.year_type),
            "value": value,
            "status": "not held" if point.note == "no figure" else point.status.value,
            "note": point.note or line.caption,
            "source": sources,
            "licence": licences,
        }
        for line in summary.lines
        for period, point, value in zip(summary.periods, line.points, line.shown, strict=True)
    ]


def of_ranking(ranked: Ranking) -> list[Row]:
    """One an area, in its place."""
    return [
        {
            "area": b.name,
            "value": b.value,
            "status": b.status.value,
            "note": b.status.words or ("in focus" if b.role is Role.FOCUS else ""),
        }
        for b in ranked.bars
    ]


def of_control(seen: ControlChart, drawn: Sequence[str]) -> list[Row]:
    """One a period of `drawn` that has a value, with the limits it was tested against (None: too few for
    limits).
    """
    return [
        {
            "period": drawn[segment.start + k],
            "value": round(value, 4),
            "mean": round(limits.mean, 4) if limits else None,
            "lower_limit": round(limits.lower, 4) if limits else None,
            "upper_limit": round(limits.upper, 4) if limits else None,
            "signal": SIGNALS[signal.rule] if signal else "",
        }
        for segment in seen.segments
        for limits in [segment.limits]
        for k, (value, signal) in enumerate(zip(segment.values, segment.signals, strict=True))
    ]


def of_funnel(seen: Funnel) -> list[Row]:
    """One an area, by name."""
    return [
        {"area": s.name, "base": s.base, "value": round(s.value, 4), "where": s.where}
        for s in sorted(seen.spots, key=lambda s: s.name)
    ]


def of_spine(summaries: Sequence[IndicatorSummary]) -> list[Row]:
    """One an indicator that has a place, with the spread of authorities."""
    return [
        {
            "indicator": s.indicator.title,
            "period": s.period_label,
            "value": s.value,
            "status": s.status.value,
            "england": round(s.placed.england, 4),
            "minimum": s.placed.spread.minimum,
            "lower_quartile": s.placed.spread.q1,
            "median": s.placed.spread.median,
            "upper_quartile": s.placed.spread.q3,
            "maximum": s.placed.spread.maximum,
            "authorities": s.placed.spread.n,
            "compared_with_england": s.england.words,
        }
        for s in summaries
        if s.placed
    ]


def of_parts(whole: Breakdown) -> list[Row]:
    """One a part and period."""
    return [
        {"part": name, "period": period, "value": share.value, "printed": share.printed}
        for name, now, before in whole.parts
        for period, share in ((whole.period, now), (whole.period_before, before))
        if share is not None
    ]
