"""Synthetic rows: an indicator of a unit, a source that is or is not public, a figure, a statement."""

from datetime import date

from safeguarding.store.report import Check, Statement
from safeguarding.store.tables import Indicator, Observation, Source
from safeguarding.store.typed import typed
from safeguarding.vocabulary import Status, Unit

FIXED = {"polarity": "neutral", "year_type": "financial_year"}
LOCAL = typed(Source, {"source_id": "local", "already_public": "no"})
PUBLIC = typed(Source, {"source_id": "public", "already_public": "yes"})


def indicator(unit: Unit, part_of: str = "") -> Indicator:
    return typed(Indicator, {**FIXED, "indicator_id": "i", "unit": unit.value, "part_of": part_of})


def figure(
    value: float | None,
    numerator: float | None = None,
    denominator: float | None = None,
    status: Status = Status.OK,
) -> Observation:
    days = (date(2018, 4, 1), date(2019, 3, 31))
    counts = (numerator, denominator)
    return Observation("i", "a", "2018-19", *days, value, status, False, *counts, "local")


def statement(statement_id: str, value: str, **more: str) -> Statement:
    row = {"kind": "count", "counts_children": "yes", "source_id": "local", **more}
    said = {"as_printed": f"{value} children", "note": f"{value} in words"}
    return typed(Statement, {**said, **row, "statement_id": statement_id, "value": value})


def total(*statements: str, method: str = "total") -> Check:
    return typed(Check, {"method": method, "statements": ";".join(statements)})
