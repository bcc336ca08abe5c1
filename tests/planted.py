"""Planted: synthetic small counts in every pattern, among otherwise real figures of the North West.

Each pattern has two forms that differ in what is hidden alone: what a reader is shown must be the same of
both.
"""

from dataclasses import replace

import pandas as pd

from safeguarding.loader import Folder
from tests.conftest import HOME

REGION, YEAR = "E12000002", "2024-25"
LOCAL = "synthetic_local"


def release(folder: Folder, form: int) -> Folder:
    """The release in one of its two forms, 0 or 1."""
    areas = folder.tables["areas"]
    near = [a["area_code"] for a in areas if REGION in (a["area_code"], a["region_code"])]
    held = folder.observations
    held = held[held["area_code"].isin(["E92000001", *near])]
    for plant in (_shares_and_rates, _region):
        held = plant(held, form)
    held = pd.concat([held, *_parts(held, form), _quarters(held, form)], ignore_index=True)
    source = {**folder.tables["sources"][0], "source_id": LOCAL, "title": "Synthetic local return"}
    tables = {
        **folder.tables,
        "sources": [*folder.tables["sources"], {**source, "already_public": "no"}],
        "statements": [_statement(s, form) for s in folder.tables["statements"]],
    }
    return replace(folder, tables=tables, observations=held, files={f"planted {form}": "1"})


def _at(held: pd.DataFrame, indicator: str, area: str = HOME) -> pd.Series:
    return (held["indicator_id"] == indicator) & (held["area_code"] == area) & (held["period"] == YEAR)


def _shares_and_rates(held: pd.DataFrame, form: int) -> pd.DataFrame:
    """A count and its share of a known base, a rate, a share whose rest is small, one of a small base."""
    held = held.copy()
    for indicator, value, above, below in (
        ("uasc_count", (3, 4), (None, None), None),
        ("uasc_pct", (0.6, 0.8), (None, None), None),
        ("icpc_rate", (0.6, 0.3), (4, 2), 64910),
        ("assessments_45_days_pct", (99.0, 99.3), (297, 298), 300),
        ("cla_long_term_stability_pct", (75.0, 25.0), (3, 1), 4),
    ):
        at = _at(held, indicator)
        assert at.sum() == 1, indicator
        row = [float(value[form]), above[form], below, "ok", LOCAL]
        held.loc[at, ["value", "numerator", "denominator", "status", "source_id"]] = row
    return held


def _region(held: pd.DataFrame, form: int) -> pd.DataFrame:
    """A count of every authority and its region: Stockport's is small, Knowsley's the next smallest."""
    held = held.copy()
    at = (held["indicator_id"] == "cin_started_count") & (held["period"] == YEAR)
    held.loc[at & (held["area_code"] != "E92000001"), "source_id"] = LOCAL
    held.loc[_at(held, "cin_started_count"), "value"] = (2.0, 4.0)[form]
    held.loc[_at(held, "cin_started_count", "E08000011"), "value"] = (31.0, 29.0)[form]
    own = at & ~held["area_code"].isin(["E92000001", REGION])
    total = held.loc[own, "value"].sum()
    assert total % 10, "a total that is rounded gives less away"
    held.loc[_at(held, "cin_started_count", REGION), "value"] = total
    return held


def _parts(held: pd.DataFrame, form: int) -> list[pd.DataFrame]:
    """Parts of a whole: one small, and two that are small together."""
    found = []
    for indicator, breakdown, parts in (
        ("cla_count", "placement", ((250, 150, 82, 3), (250, 150, 80, 5))),
        ("cpp_started_count", "age", ((233, 118, 1, 1), (233, 115, 2, 3))),
    ):
        (whole,) = (held[_at(held, indicator)],)
        assert whole["value"].sum() == sum(parts[form]), indicator
        for k, count in enumerate(parts[form]):
            about = {"breakdown": breakdown, "category": f"Part {k}", "source_id": LOCAL}
            found.append(whole.assign(value=float(count), **about))
    return found


def _quarters(held: pd.DataFrame, form: int) -> pd.DataFrame:
    """The quarters of a year and the year."""
    whole = held[_at(held, "cpp_started_count")]
    days = [("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31"), ("01-01", "03-31")]
    counts = ((3, 40, 30, 9), (5, 40, 30, 7))[form]
    rows = [
        whole.assign(
            period=f"2025-26-Q{k + 1}",
            period_start=f"{2025 + (k == 3)}-{days[k][0]}",
            period_end=f"{2025 + (k == 3)}-{days[k][1]}",
            value=float(count),
            source_id=LOCAL,
        )
        for k, count in enumerate(counts)
    ]
    year = {"period": "2025-26", "period_start": "2025-04-01", "period_end": "2026-03-31"}
    return pd.concat([*rows, whole.assign(value=82.0, source_id=LOCAL, **year)])


def _statement(row: dict[str, str], form: int) -> dict[str, str]:
    """The report's own small counts, and other ones that would look the same."""
    other = {
        "SF118": "5",
        "SF117": "1",
        "SF060": "4",
        "SF058": "14",
        "SF090": "2",
        "SF094": "4",
        "SF028": "0.2",
    }
    if not form or row["statement_id"] not in other:
        return row
    value = other[row["statement_id"]]
    return {**row, "value": value, "as_printed": value, "note": f"{value} of something"}
