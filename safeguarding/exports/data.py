"""Data: the tables that other programs read: every figure, the catalogue, the scorecard, and what they mean.

What may not be shown to whoever asks is not in any of them: all read the desk's release as its audience may
see it. A table begins at its first line and has the same columns in every view; what explains it is in
`metadata`.
"""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from safeguarding import query
from safeguarding.desk import Desk
from safeguarding.exports.tables import cell
from safeguarding.figures import Figures
from safeguarding.origin import file_name
from safeguarding.query import Query
from safeguarding.refused import Refused
from safeguarding.rows import rounded
from safeguarding.store.tables import ENGLAND, Area, Indicator, Observation
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.counts import interval_of
from safeguarding.vocabulary import Status

WIDE = ("region", "all")  # what `compare` may also be: every authority of the region, or of England
# what each column of a table of figures holds; the first thirteen are those of data/observations
COLUMNS = {
    "indicator_id": "the indicator, as in indicators.csv",
    "area_code": "the ONS code of the area, as in areas.csv; SN-2025 for an average of neighbours, GM for "
    "Greater Manchester together",
    "period": "the year as published, such as 2024-25, or the quarter, such as 2025-26-Q1",
    "period_start": "its first day; of a snapshot the day it was taken; empty where no date is stated",
    "period_end": "its last day",
    "breakdown": "by what the figure is broken down; empty for the whole",
    "category": "which part it is; empty for the whole",
    "value": "as published; empty where it is hidden or missing",
    "status": "ok, or why there is no value: what the codes mean is in each indicator's metadata.json",
    "provisional": "yes where the source may still change it",
    "numerator": "the count behind it, where it is published",
    "denominator": "the base that it rests on, where it is published",
    "source_id": "where it comes from: in full in each indicator's metadata.json",
    "lower_ci": "lower end of the 95% interval, where counts are held: page Methods",
    "upper_ci": "upper end of the 95% interval",
    "release": "the number of the release that the figure is of",
    "area": "the area's name",
    "area_type": "country, region, authority, group or average of neighbours",
    "unit": "what the value is counted in",
    "period_label": "the period as a reader sees it",
    "note": "why there is no value, or what an average is of",
    "changed": "what the release before had, where it has changed",
}
FIGURES = tuple(COLUMNS)[:16]
AT_ONCE = 2000  # rows sent in one piece


@dataclass(frozen=True)
class Wanted:
    """Which figures: of some indicators, of some areas (None: all), of periods from and to."""

    indicators: Collection[str] | None = None
    areas: Collection[str] | None = None
    since: str = ""
    until: date | None = None

    def holds(self, o: Observation) -> bool:
        """Is the figure of such a period?"""
        return o.period >= self.since and (self.until is None or o.period_end <= self.until)


def figures(desk: Desk, wanted: Wanted = Wanted()) -> Iterator[str]:
    """The figures as CSV, piece by piece, so that no more than some thousand rows are held at once."""
    waiting: list[list[Any]] = [list(FIGURES)]
    for rows in every(desk, wanted):
        waiting += ([cell(row[name]) for name in FIGURES] for row in rows)
        if len(waiting) > AT_ONCE:
            yield _lines(waiting)
            waiting = []
    yield _lines(waiting)


def every(desk: Desk, wanted: Wanted = Wanted()) -> Iterator[list[dict[str, Any]]]:
    """The figures that may be shown, with their intervals: in turn those of an indicator in an area."""
    shown, catalogue = desk.store.shown(desk.release, desk.audience), desk.catalogue
    for indicator in catalogue.indicators.values():
        if wanted.indicators is not None and indicator.indicator_id not in wanted.indicators:
            continue
        around = Figures.of(desk.store, desk.release, audience=desk.audience)  # kept for one indicator alone
        for code in catalogue.areas:
            if wanted.areas is not None and code not in wanted.areas:
                continue
            held = [o for parts in (False, True) for o in shown.series(indicator.indicator_id, code, parts)]
            yield [_figure(o, indicator, around, desk.release) for o in held if wanted.holds(o)]


def _figure(o: Observation, indicator: Indicator, around: Figures, release: int) -> dict[str, Any]:
    # a part has no interval of its own: what its share rests on is held for wholes alone
    limits = None if o.breakdown else interval_of(indicator, o, around).interval
    dated = o.period_end > date.min
    return {
        "indicator_id": o.indicator_id,
        "area_code": o.area_code,
        "period": o.period,
        "period_start": o.period_start.isoformat() if dated else None,
        "period_end": o.period_end.isoformat() if dated else None,
        "breakdown": o.breakdown,
        "category": o.category,
        "value": o.value,
        "status": o.status.value,
        "provisional": "yes" if o.provisional else "",
        "numerator": o.numerator,
        "denominator": o.denominator,
        "source_id": o.source_id,
        "lower_ci": rounded(limits.lower) if limits else None,
        "upper_ci": rounded(limits.upper) if limits else None,
        "release": release,
    }


def _lines(rows: Any) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def beside(desk: Desk, view: Query, wide: str) -> list[Area]:
    """The area of a view, then every authority of its region or (`all`) of England by name, then the region
    and England. Those that have ended are among them.
    """
    areas, own = desk.catalogue.areas, desk.catalogue.areas[view.area]
    region = own.area_code if own.type == "region" else own.region_code
    near = [
        a
        for a in areas.values()
        if a.type == "authority" and a != own and (wide == "all" or a.region_code == region)
    ]
    regions = [a for a in areas.values() if a.type == "region" and (wide == "all" or a.area_code == region)]
    found = [own, *sorted(near, key=lambda a: (a.name, a.area_code)), *regions, areas[ENGLAND]]
    return list(dict.fromkeys(found))


def indicators(desk: Desk) -> list[dict[str, Any]]:
    """The catalogue of indicators, a row each."""
    return [{**_described(i), "release": desk.release} for i in desk.catalogue.indicators.values()]


def _described(i: Indicator) -> dict[str, Any]:
    return {
        "indicator_id": i.indicator_id,
        "theme": i.theme,
        "section": i.section,
        "order": i.order,
        "title": i.title,
        "short_title": i.short_title,
        "unit": i.unit.words,
        "decimals": i.decimals,
        "polarity": i.polarity.value,
        "year_type": i.year_type.value,
        "counted": i.numerator,
        "out_of": i.denominator,
        "definition": i.definition,
        "note": i.note,
        "question": i.question,
        "source_id": i.source_id,
    }


def areas(desk: Desk) -> list[dict[str, Any]]:
    """The areas, a row each, with the name of the region."""
    held = desk.catalogue.areas
    return [
        {
            "area_code": a.area_code,
            "area": a.name,
            "area_type": a.type,
            "region_code": a.region_code,
            "region": held[a.region_code].name if a.region_code in held else "",
            "group": a.group,
            "valid_from": a.valid_from.isoformat() if a.valid_from else "",
            "valid_to": a.valid_to.isoformat() if a.valid_to else "",
            "successors": ";".join(a.successors),
            "release": desk.release,
        }
        for a in held.values()
    ]


def scorecard(desk: Desk, summaries: Sequence[IndicatorSummary]) -> list[dict[str, Any]]:
    """The verdicts on some indicators in a view, a row each, without a level below."""
    return [_score(s, desk.release) for s in summaries]


def _score(s: IndicatorSummary, release: int) -> dict[str, Any]:
    latest, around = s.latest, s.interval(s.latest).interval if s.latest else None
    row: dict[str, Any] = {
        "indicator_id": s.indicator.indicator_id,
        "area_code": s.area.area_code,
        "area": s.area.name,
        "period": latest.period if latest else "",
        "period_start": latest.period_start.isoformat() if latest else "",
        "period_end": latest.period_end.isoformat() if latest else "",
        "title": s.indicator.title,
        "theme": s.indicator.theme,
        "unit": s.indicator.unit.words,
        "polarity": s.indicator.polarity.value,
        "value": s.value,
        "lower_ci": rounded(around.lower) if around else None,
        "upper_ci": rounded(around.upper) if around else None,
        "status": s.status.value,
        "tolerance": s.tolerance.verdict.value,
        "tolerance_state": s.tolerance.state or "",
    }
    for name, compared in s.comparisons.items():
        row[f"compared_with_{name}"] = compared.verdict.value
        row[f"{name}_value"] = rounded(compared.seen)
    return {
        **row,
        "movement": s.movement.verdict.value,
        "change": s.change.verdict.value,
        "change_difference": rounded(s.change.difference),
        "quarter": s.placed.band if s.placed else None,
        "flagged": "yes" if s.flagged else "",
        "flags": "; ".join(signal.words for signal in s.flags),
        "watch": "; ".join(signal.words for signal in s.watched),
        "sentence": s.sentence,
        "source_id": latest.source_id if latest else s.indicator.source_id,
        "release": release,
    }


def metadata(desk: Desk, indicator: Indicator, view: Query) -> dict[str, Any]:
    """What an indicator's figures mean: definition, sources with their licences, columns, codes, rules."""
    catalogue = desk.catalogue
    given = {
        s for i, s in desk.store.shown(desk.release, desk.audience).given_by if i == indicator.indicator_id
    }
    rules = catalogue.tolerances.get(indicator.indicator_id, ())
    return {
        **stamp(desk, view),
        **_described(indicator),
        "polarity_basis": indicator.polarity_basis,
        "untested_because": indicator.untested_because or None,
        "sources": [source(desk, name) for name in sorted({*given, indicator.source_id})],
        "tolerances": [
            {
                "type": rule.type,
                "limits": dict(rule.limits),
                "from": rule.valid_from.isoformat(),
                "state": rule.state,
                "owner": rule.owner,
                "rationale": rule.rationale,
            }
            for rule in rules
        ],
        "columns": COLUMNS,
        "statuses": {s.value: s.words or "a figure is shown" for s in Status},
    }


def stamp(desk: Desk, view: Query) -> dict[str, Any]:
    """Of which release an answer is, for whom, and what it was narrowed to."""
    marking = ", ".join(filter(None, (desk.settings.marking, desk.audience.words)))
    return {
        "release": desk.release,
        "loaded": desk.loaded_at.date().isoformat(),
        "audience": desk.audience.value,
        "marking": marking,
        "view": query.in_words(view, desk.catalogue),
    }


def source(desk: Desk, source_id: str) -> Mapping[str, Any]:
    """A source in full."""
    s = desk.catalogue.sources[source_id]
    return {
        "source_id": s.source_id,
        "publisher": s.publisher,
        "title": s.title,
        "edition": s.edition,
        "published_on": s.published_on,
        "next_due": s.next_due,
        "licence": s.licence,
        "supplier": s.supplier,
        "note": s.note,
    }


def write(desk: Desk, kind: str, folder: Path) -> Path:
    """Every figure as one file in a folder, csv or parquet; the file. Nothing is left of half a file.

    Raises Refused where parquet is asked for and duckdb is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    said = (desk.settings.marking, "figures", desk.audience.words, f"r{desk.release}")
    path = folder / file_name(*said, kind=kind)
    half = path.with_suffix(".half")
    try:
        if kind == "csv":
            with half.open("w", encoding="utf-8", newline="") as file:
                file.writelines(figures(desk))
        else:
            _parquet(desk, half)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return path


def _parquet(desk: Desk, path: Path) -> None:
    table = pd.DataFrame([row for rows in every(desk) for row in rows], columns=list(FIGURES))
    for name in ("period_start", "period_end"):
        table[name] = pd.to_datetime(table[name])
    for name in ("value", "numerator", "denominator", "lower_ci", "upper_ci"):
        table[name] = table[name].astype("float64")
    try:
        import duckdb
    except ImportError:
        said = "Parquet needs a package: .venv/bin/python -m pip install duckdb, or take --figures csv."
        raise Refused([said]) from None
    with duckdb.connect() as engine:
        engine.from_df(table).write_parquet(str(path))
