"""Synthetic rows: an indicator of a unit, a source that is or is not public, a figure, a statement."""

from collections.abc import Iterable, Mapping

from safeguarding import periods
from safeguarding.disclosure.audience import Hiding
from safeguarding.disclosure.hidden import Ledger, Tables, hidden_figures
from safeguarding.store.report import Check, Statement
from safeguarding.store.tables import Area, Indicator, Observation, Source
from safeguarding.store.typed import typed
from safeguarding.vocabulary import Status, Unit

FIXED = {"polarity": "neutral", "year_type": "financial_year"}
LOCAL = typed(Source, {"source_id": "local", "already_public": "no"})
PUBLIC = typed(Source, {"source_id": "public", "already_public": "yes", "small_counts": "shown"})
SOURCES = {"local": LOCAL, "public": PUBLIC}
HIDING = Hiding()


def indicator(unit: Unit, part_of: str = "", indicator_id: str = "i", **more: str) -> Indicator:
    row = {"indicator_id": indicator_id, "unit": unit.value, "part_of": part_of, "numerator": indicator_id}
    return typed(Indicator, {**FIXED, **row, **more})


def area(area_code: str, kind: str = "authority", region: str = "") -> Area:
    return typed(Area, {"area_code": area_code, "name": area_code, "type": kind, "region_code": region})


def figure(
    value: float | None,
    numerator: float | None = None,
    denominator: float | None = None,
    status: Status = Status.OK,
    **more: str,
) -> Observation:
    about = {"indicator_id": "i", "area_code": "a", "period": "2018-19", "source_id": "local", **more}
    end = periods.end_of(about["period"])
    days = (end.replace(day=1), end)
    counts = (numerator, denominator)
    key = (about["indicator_id"], about["area_code"], about["period"])
    split = (about.get("breakdown", ""), about.get("category", ""))
    return Observation(*key, *days, value, status, False, *counts, about["source_id"], *split)


def ledger(
    figures: Iterable[Observation],
    indicators: Iterable[Indicator],
    areas: Iterable[Area] = (),
    hiding: Hiding = HIDING,
) -> Ledger:
    named = {a.area_code: a for a in (area("a"), *areas)}
    tables = Tables({i.indicator_id: i for i in indicators}, named, SOURCES)
    return Ledger(figures, tables, hiding)


def as_shown(figures: Iterable[Observation], *about: Iterable) -> Mapping[tuple, Observation]:
    """The figures as they may be shown, by their keys."""
    held = ledger(list(figures), *about)
    hidden = hidden_figures(held)
    absent = {"value": None, "status": Status.C_LOCAL, "numerator": None, "denominator": None}
    return {k: o._replace(**absent) if k in hidden else o for k, o in held.figures.items()}


def statement(statement_id: str, value: str, **more: str) -> Statement:
    row = {"kind": "count", "counts_children": "yes", "source_id": "local", **more}
    said = {"as_printed": f"{value} children", "note": f"{value} in words"}
    return typed(Statement, {**said, **row, "statement_id": statement_id, "value": value})


def total(*statements: str, method: str = "total") -> Check:
    return typed(Check, {"method": method, "statements": ";".join(statements)})
