"""API: the same facts as the pages, as data for Excel, Power BI and scripts (docs/api.md)."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import Flask, Response, abort

from addresses.asking import answer, asked, said
from addresses.data import UNKNOWN, one
from components.site import desk
from safeguarding import rows, words
from safeguarding.disclosure.audience import Audience
from safeguarding.exports.tables import as_csv
from safeguarding.measures.movement import CRITICAL
from safeguarding.query import Query, keys
from safeguarding.rows import rounded
from safeguarding.store.tables import cited
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.comparison import Compared

KEPT = 64  # scorecards


def scorecard(address: Mapping[str, str | list[str]]) -> dict[str, Any]:
    """Every indicator in a view, flagged ones alone where it says so: value, sentence and three verdicts."""
    here = desk()
    view = here.read(address)
    summaries = here.summaries(list(here.catalogue.indicators.values()), view)
    return {
        "release": here.release,
        "audience": here.audience.value,
        "area": view.area,
        "to": view.to,
        "messages": list(view.messages),
        "indicators": [as_data(s) for s in summaries if s.flagged or not view.flagged_only],
    }


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
                "found_by": "a rule" if f.computed else f"judgement of the {f.check.author}",
                "numbers": f.numbers,
                "reason": f.reason,
                "statements": " ".join(f.check.statements),
            }
            for f in desk().narrowed(view)
        ]
    )


def indicator(indicator_id: str, address: Mapping[str, str | list[str]]) -> tuple[IndicatorSummary, Query]:
    """The summary of one indicator in a view, and the view.

    Raises KeyError when there is no such indicator.
    """
    here = desk()
    view = here.read(address)
    (summary,) = here.summaries([here.catalogue.indicators[indicator_id]], view)
    return summary, view


def as_data(summary: IndicatorSummary) -> dict[str, Any]:
    """One indicator as data.

    `value` is as published, None where hidden or missing, with the reason in `status`.
    """
    indicator, moved, changed = summary.indicator, summary.movement, summary.change
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
        "revised": words.revised(summary.revised, indicator) if summary.revised else None,
        "source": cited(summary.sources),
        "sentence": summary.sentence,
        "flagged": summary.flagged,
        "tolerance": {
            "verdict": summary.tolerance.verdict.value,
            "rule": summary.tolerance.rule,
            "state": summary.tolerance.state or None,
            "detail": summary.tolerance.detail or None,
            "calibration": summary.tolerance.calibration or None,
        },
        "comparison": {name: _compared(c) for name, c in summary.comparisons.items()},
        "movement": {
            "verdict": moved.verdict.value,
            "method": moved.method,
            "slope": rounded(moved.slope),
            "chi_squared": rounded(moved.chi_squared),
            "critical": CRITICAL if moved.chi_squared is not None else None,
            "t": rounded(moved.t),
            "p": moved.p,
            "n": moved.n,
        },
        "change": {
            "verdict": changed.verdict.value,
            "words": changed.told or None,
            "difference": rounded(changed.difference),
            "p": changed.p,
            "centile": changed.centile,
            "usual": [rounded(changed.usual.lower), rounded(changed.usual.upper)] if changed.usual else None,
            "method": changed.method or None,
        },
        "flags": [signal.words for signal in summary.flags],
        "watch": [signal.words for signal in summary.watched],
        "quarter": summary.placed.band if summary.placed else None,
        "rank": [
            {"among": r.title, "best": r.best, "worst": r.worst, "n": r.n, "place": r.place}
            for r in summary.rankings
        ],
    }


def _compared(compared: Compared) -> dict[str, Any]:
    found: dict[str, Any] = {
        "verdict": compared.verdict.value,
        "benchmark": rounded(compared.seen),
        "judged_against": rounded(compared.benchmark),
        "interval": [rounded(end) for end in compared.interval] if compared.interval else None,
        "method": compared.method or f"Not compared, because {compared.reason}",
        "unseen_gap": rounded(compared.unseen),
    }
    if compared.differing is not None:
        found |= {
            "unusual": compared.unusual,
            "larger_gaps": compared.larger,
            "authorities_that_differ": compared.differing,
        }
    if compared.neighbour_set:
        between = compared.between if compared.between and all(map(_finite, compared.between)) else None
        found |= {
            "set": compared.neighbour_set,
            "n": compared.n,
            "hidden": compared.hidden,
            "between": [rounded(end) for end in between] if between else None,
        }
    return found


def _finite(value: float) -> bool:
    return abs(value) != float("inf")


@lru_cache(maxsize=KEPT)
def _kept_scorecard(audience: Audience, release: int, search: str) -> str:
    """Kept like a page: it depends on the reader, the release and the view alone."""
    return json.dumps(scorecard(keys(search)), allow_nan=False)


def register(server: Flask) -> None:
    """Add the data addresses to the server."""

    @server.get("/api/scorecard.json")
    def scorecard_as_data() -> Response:
        """Every indicator with its verdicts, for the same query as the pages."""
        here, view = desk(), desk().read(asked())
        text = _kept_scorecard(here.audience, here.release, here.link("/", view).removeprefix("/"))
        if view.messages:  # what could not be read is told on top of the view that is shown instead
            text = json.dumps({**json.loads(text), "messages": list(view.messages)}, allow_nan=False)
        return answer(text, "application/json")

    @server.get("/api/indicator/<indicator_id>.<kind>")
    def indicator_as_data(indicator_id: str, kind: str) -> Response:
        """One indicator in full, as JSON or CSV, for the same query as its page."""
        if kind not in ("json", "csv"):
            abort(404)
        if indicator_id not in desk().catalogue.indicators:
            return said(404, UNKNOWN)
        if kind == "csv":
            return one(indicator_id)
        summary, view = indicator(indicator_id, asked())
        data = {
            "release": desk().release,
            "audience": desk().audience.value,
            "area": view.area,
            "messages": list(view.messages),
            **as_data(summary),
            "series": rows.of_trend(summary),
        }
        return answer(json.dumps(data, allow_nan=False), "application/json")

    @server.get("/api/reconciliation.csv")
    def reconciliation_as_data() -> Response:
        """The checks of the reports, for the same keys as the page /data."""
        return answer(
            reconciliation(desk().read(asked())), "text/csv", f"reconciliation_{desk().audience}.csv"
        )
