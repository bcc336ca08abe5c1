"""API: the same facts as the pages, as data for Excel, Power BI and scripts."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from components.site import site
from safeguarding import periods
from safeguarding.measures.movement import CRITICAL
from safeguarding.query import Query
from safeguarding.reconciliation import Finding
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts import Compared


def scorecard(address: Mapping[str, str | list[str]]) -> dict[str, Any]:
    """Every indicator in a view (flagged ones alone where it says so), each with its value, sentence and three verdicts."""
    here = site()
    view = here.read(address)
    summaries = here.summaries(list(here.catalogue.indicators.values()), view)
    return {
        "release": here.release,
        "area": view.area,
        "to": view.to,
        "messages": list(view.messages),
        "indicators": [as_data(s) for s in summaries if s.flagged or not view.flagged_only],
    }


def narrowed(view: Query) -> list[Finding]:
    """The findings that the view asks for: of one subject, of one result, or all."""
    return [f for f in site().findings if view.theme in ("", f.check.theme) and view.result in ("", f.result)]


def reconciliation(view: Query) -> str:
    """The findings as CSV; a cell that a spreadsheet would run as a formula is made inert."""
    return as_csv(
        [
            {
                "check": f.check.check_id,
                "rule": f.check.rule,
                "subject": f.check.theme,
                "about": f.check.about,
                "result": f.result.value,
                "found by": "a rule" if f.computed else f"judgement of the {f.check.author}",
                "numbers": f.numbers,
                "reason": f.reason,
                "statements": " ".join(f.check.statements),
            }
            for f in narrowed(view)
        ]
    )


def indicator(indicator_id: str, address: Mapping[str, str | list[str]]) -> tuple[IndicatorSummary, Query]:
    """The summary of one indicator in a view, and the view. Raises KeyError when there is no such indicator."""
    here = site()
    view = here.read(address)
    (summary,) = here.summaries([here.catalogue.indicators[indicator_id]], view)
    return summary, view


def series(summary: IndicatorSummary) -> list[dict[str, Any]]:
    """What the chart and the table of a card show: one row a line and period, value or status, with its note and source."""
    sources = "; ".join(dict.fromkeys(s.citation for s in summary.sources))
    licences = "; ".join(dict.fromkeys(s.licence for s in summary.sources))
    return [
        {
            "indicator": summary.indicator.indicator_id,
            "title": summary.indicator.title,
            "unit": summary.indicator.unit.words,
            "area": line.name,
            "period": period,
            "period_label": periods.label(period, summary.indicator.year_type),
            "value": None if point.value is None else round(point.value, line.decimals),
            "status": "not held" if point.note == "no figure" else point.status.value,
            "note": point.note or line.caption,
            "source": sources,
            "licence": licences,
        }
        for line in summary.lines
        for period, point in zip(summary.periods, line.points, strict=True)
    ]


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV; a cell that a spreadsheet would run as a formula is made inert. Nothing where there are no rows."""
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows([[inert(cell) for cell in row.values()] for row in rows])
    return out.getvalue()


def inert(cell: Any) -> Any:
    """Text that begins like a formula gets an apostrophe; numbers stay numbers, None is an empty cell."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def as_data(summary: IndicatorSummary) -> dict[str, Any]:
    """One indicator as data. `value` is as published, None where hidden or missing, with the reason in `status`."""
    indicator, moved = summary.indicator, summary.movement
    return {
        "id": indicator.indicator_id,
        "title": indicator.title,
        "theme": indicator.theme,
        "unit": indicator.unit.value,
        "polarity": indicator.polarity.value,
        "value": summary.value,
        "status": summary.status.value,
        "period": summary.latest.period if summary.latest else None,
        "period_end": summary.latest.period_end.isoformat() if summary.latest else None,
        "last_known": summary.last_known,
        "source": "; ".join(dict.fromkeys(s.citation for s in summary.sources)),
        "sentence": summary.sentence,
        "flagged": summary.flagged,
        "tolerance": {
            "verdict": summary.tolerance.verdict.value,
            "rule": summary.tolerance.rule,
            "state": summary.tolerance.state or None,
            "detail": summary.tolerance.detail or None,
        },
        "comparison": {name: _compared(c) for name, c in summary.comparisons.items()},
        "movement": {
            "verdict": moved.verdict.value,
            "method": moved.method,
            "change": moved.change or None,
            "slope": moved.slope,
            "chi_squared": moved.chi_squared,
            "critical": CRITICAL if moved.chi_squared is not None else None,
            "n": moved.n,
        },
        "quarter": summary.placed.band if summary.placed else None,
        "rank": [{"among": r.title, "best": r.best, "worst": r.worst, "n": r.n, "place": r.place} for r in summary.rankings],
    }


def _compared(compared: Compared) -> dict[str, Any]:
    found: dict[str, Any] = {
        "verdict": compared.verdict.value,
        "benchmark": compared.benchmark,
        "interval": list(compared.interval) if compared.interval else None,
        "method": compared.method or f"Not compared, because {compared.reason}",
    }
    if compared.neighbour_set:
        between = compared.between if compared.between and all(map(_finite, compared.between)) else None
        found |= {"set": compared.neighbour_set, "n": compared.n, "hidden": compared.hidden, "between": list(between) if between else None}
    return found


def _finite(value: float) -> bool:
    return abs(value) != float("inf")
