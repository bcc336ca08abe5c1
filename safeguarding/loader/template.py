"""Template: the quarterly return that an agency fills in, and `load` reads back as it is.

One row for each indicator that the agency supplies. What is fixed is filled in; what is asked for has lists
to choose from and a word of help. Nothing in it is a formula.
"""

import csv
import io
from collections.abc import Mapping, Sequence

from safeguarding import periods
from safeguarding.refused import Refused
from safeguarding.vocabulary import Status, Unit, listed

Row = Mapping[str, str]
COLUMNS = (
    *("indicator_id", "title", "unit", "what_is_counted", "out_of", "area_code", "period", "numerator"),
    *("denominator", "value", "status", "provisional", "comment", "source_id"),
)
ASKED = ("numerator", "denominator", "value", "status", "provisional", "comment")
HELP = {
    "numerator": "How many: the count behind the share or rate",
    "denominator": "Out of how many",
    "value": "The count; for a share or rate leave it empty where both counts are given",
    "status": "Only where there is no figure: why",
    "provisional": "yes where it may still change",
    "comment": "For whoever reads the return; it is not loaded",
}
REASONS = {s.value: s.words for s in (Status.C, Status.X, Status.Z, Status.U, Status.LATE)}
WIDTHS = {"title": 46, "what_is_counted": 34, "out_of": 30, "indicator_id": 26, "comment": 30}


def rows(
    tables: Mapping[str, Sequence[Row]], agency: str, quarter: str, area: str
) -> tuple[str, list[dict[str, str]]]:
    """The agency's name, and the rows of its return for a quarter and an area.

    Raises Refused for an unknown agency, what is no quarter, or an unknown area.
    """
    problems = []
    agencies = {row["agency"]: row for row in tables.get("agencies", ())}
    if agency not in agencies:
        named = ", ".join(agencies) or "none yet"
        problems.append(f"No agency is known as “{agency}”: agencies.csv has {named}.")
    if not periods.is_quarter(quarter):
        problems.append(f"“{quarter}” is no quarter. Write 2025-26-Q2 for July to September 2025.")
    if area not in {row["area_code"] for row in tables["areas"]}:
        problems.append(f"There is no area with the code “{area}” in areas.csv.")
    if problems:
        raise Refused(problems)
    given = agencies[agency]
    indicators = {row["indicator_id"]: row for row in tables["indicators"]}
    wanted = listed(given["indicators"])
    return given["name"], [
        {
            "indicator_id": name,
            "title": indicators[name]["title"],
            "unit": Unit(indicators[name]["unit"]).words,
            "what_is_counted": indicators[name]["numerator"],
            "out_of": indicators[name]["denominator"],
            "area_code": area,
            "period": quarter,
            "source_id": given["source_id"],
        }
        for name in wanted
        if name in indicators
    ]


def as_csv(found: Sequence[Row]) -> bytes:
    """A return as CSV that Excel opens as it is."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(name: str, found: Sequence[Row], quarter: str) -> bytes:
    """A return as an Excel workbook with drop-down lists, and help on a second sheet."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet("Figures")
    head = book.add_format({"bold": True, "bottom": 1})
    fixed = book.add_format({"font_color": "#555555", "text_wrap": True, "valign": "top"})
    asked = book.add_format({"bg_color": "#FFF8DC", "border": 1, "border_color": "#CCCCCC", "valign": "top"})
    last = max(1, len(found))
    for place, column in enumerate(COLUMNS):
        page.write_string(0, place, column, head)
        page.set_column(place, place, WIDTHS.get(column, 13))
        for row, cells in enumerate(found, start=1):
            if column in ASKED:
                page.write_blank(row, place, None, asked)
            else:
                page.write_string(row, place, cells.get(column, ""), fixed)
        if column in ("numerator", "denominator", "value"):
            rule = {"validate": "decimal", "criteria": ">=", "value": 0, "input_message": HELP[column]}
        elif column in ("status", "provisional"):
            choices = list(REASONS) if column == "status" else ["yes"]
            rule = {"validate": "list", "source": choices, "input_message": HELP[column]}
        else:
            continue
        page.data_validation(1, place, last, place, {**rule, "input_title": column})
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    told = book.add_worksheet("Help")
    told.set_column(0, 0, 18)
    told.set_column(1, 1, 90)
    told.write_string(0, 0, name, head)
    told.write_string(0, 1, f"Return for {quarter}", head)
    lines = [
        *HELP.items(),
        *((f"status {mark}", said) for mark, said in REASONS.items()),
        ("A quarter", "has its own three months; never the year to date. A snapshot is of its last day."),
        ("Counts only", "never names, dates of birth or numbers of children: such a file is refused."),
    ]
    for row, (about, said) in enumerate(lines, start=2):
        told.write_string(row, 0, about)
        told.write_string(row, 1, said)
    book.close()
    return out.getvalue()
