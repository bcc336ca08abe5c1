"""Report: what a report states and what is said, drawn and checked of it, as the rows of `data/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Statement:
    """One row of statements.csv: what a report states, as printed.

    `value` is text: a number, or words where `kind` is text; empty where the report prints none or where a
    small count is `hidden`. `base` names the statement that a share is a share of. `period` is `undated`
    where the report gives none: such a figure is never drawn or judged.
    """

    statement_id: str
    theme: str
    section: str
    measure: str
    breakdown: str
    area: str
    period: str
    period_before: str
    period_as_printed: str
    kind: str
    value: str
    unit: str
    counts_children: str
    base: str
    qualifier: str
    as_printed: str
    line: str
    note: str
    indicator_id: str
    source_id: str
    hidden: bool = field(default=False, kw_only=True)

    @property
    def number(self) -> float | None:
        """The value as a number; None for words, for a figure that is not printed and for a hidden one."""
        return float(self.value) if self.kind != "text" and self.value else None


@dataclass(frozen=True)
class Comment:
    """One row of commentary.csv: what is said of an indicator in an area and a period, and by whom."""

    commentary_id: str
    indicator_id: str
    area_code: str
    period: str
    text: str
    lines: str
    author: str
    source_id: str


@dataclass(frozen=True)
class Part:
    """One row of breakdowns.csv: a part of a whole, held by an indicator or by a report's statements.

    Parts that are drawn `over_time` stand side by side on one scale, in place of a card each.
    """

    breakdown_id: str
    theme: str
    title: str
    order: int
    part: str
    indicator_id: str
    measure: str
    breakdown: str
    note: str
    over_time: bool


@dataclass(frozen=True)
class Check:
    """One row of checks.csv: statements, what they are held against, and by which method.

    `other_indicator_id` is for the method `basis` alone: the measure that the statement may really be.
    """

    check_id: str
    rule: str
    theme: str
    about: str
    method: str
    statements: tuple[str, ...]
    indicator_id: str
    other_indicator_id: str
    field: str
    against_area: str
    period: str
    period_before: str
    otherwise: str
    result: str
    author: str
    reason: str


@dataclass(frozen=True)
class Step:
    """One row of journey.csv: a step of a child's way.

    Its count comes from an indicator's `field`, else from a report's `measure`.
    """

    step: int
    title: str
    theme: str
    indicator_id: str
    field: str
    measure: str
    share_measure: str
    share_of_step_before: bool
    apart: bool


def with_other_indicator(row: Mapping[str, str]) -> Mapping[str, str]:
    """A row of checks.csv with the column `other_indicator_id`.

    Releases of before that column keep the other measure of the method `basis` in `period_before`.
    """
    if row["method"] != "basis" or "other_indicator_id" in row:
        return row
    return {**row, "other_indicator_id": row["period_before"], "period_before": ""}
