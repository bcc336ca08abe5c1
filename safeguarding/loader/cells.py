"""Cells: what people write for a number, a day or a period, understood where it can mean one thing alone."""

import re
from datetime import date, timedelta
from math import isfinite

from safeguarding import periods
from safeguarding.vocabulary import Status, YearType

THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:[, \u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?")
PLAIN = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(?: 00:00(?::00)?)?")
SERIAL = re.compile(r"[345][0-9]{4}(?:\.0)?")  # Excel's days from 1982 on
LONGEST = 14  # signs of a number that somebody wrote
FAILED = re.compile(r"#(?:DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|N/A)", re.I)  # what Excel writes for a formula
A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}-[A-Za-z]{3}(?:-[0-9]{2,4})?")
FEW = re.compile(r"(?:<|≤|under |less than |fewer than )\s*[0-9]+|1\s*(?:-|–|to)\s*[45]", re.I)
MARKED = re.compile(
    r"[~c]?\.?\s*-?[0-9][0-9,.]*\s*(?:\*+|[ep]|\(?(?:est|estimate|provisional|prov|approx)\.?\)?)", re.I
)
QUARTER = re.compile(r"(?:Q|QTR|Quarter)\s*([1-4])", re.I)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
STRETCH = re.compile(r"([A-Za-z]{3,9})\.?\s*(?:-|–|/|to)\s*([A-Za-z]{3,9})\.?\s*([0-9]{4})")
FINANCIAL = re.compile(r"\b(?:FY|financial year)\b\s*|(?<![A-Za-z])FY(?=[0-9])", re.I)
YEARS = re.compile(r"([0-9]{4})[-/–_ ]?([0-9]{2}|[0-9]{4})(?:[ -]?[Qq]([1-4]))?")
# the symbols of official statistics, as the government's analysts write them, and a dash
SYMBOLS = {
    **{s.value: s for s in Status if s is not Status.OK},
    **{":": Status.UNSTATED, "-": Status.UNSTATED, "–": Status.UNSTATED, "..": Status.X, "[c]": Status.C},
    **{"[x]": Status.X, "[z]": Status.Z, "[u]": Status.U, "[low]": Status.LOW, "[k]": Status.K},
}
EITHER = {"n/a", "na", "#n/a", "n.a.", "null", "none", "nil", "tbc", "?", "*", "suppressed"}


def number(text: str, percent: bool) -> tuple[str, str]:
    """A number as Python writes it, or why a cell is none; `percent` says that a per cent sign may follow.

    `1,234` and `12.5%` (of a share) are understood; `1,23` and a per cent sign on a count are not.
    """
    cell = text.strip().replace("−", "-").lstrip("+")
    if cell.endswith("%"):
        if not percent:
            return "", f'"{text}" has a per cent sign, and this indicator is no share. Give the number alone.'
        cell = cell[:-1].rstrip()
    if THOUSANDS.fullmatch(cell):
        cell = re.sub(r"[, \u00a0\u202f]", "", cell)
    if PLAIN.fullmatch(cell) and isfinite(float(cell)):
        # 30.099999999999998 is how a program writes 30.1
        return (f"{float(cell):.12g}" if len(cell) > LONGEST else cell), ""
    if "," in cell and PLAIN.fullmatch(cell.replace(",", "")):
        return (
            "",
            f'"{text}" could be a decimal comma or a thousands separator. Write 1234.5, without commas.',
        )
    return "", f'"{text}" {_no_number(text.strip())}'


def _no_number(cell: str) -> str:
    """What a cell is that is no number, by what people and Excel write there, and what to write instead."""
    if FAILED.fullmatch(cell):
        return "is what Excel writes where a formula fails. Mend it, or leave it empty and put x in status."
    if A_DAY.fullmatch(cell):
        return "is a day: Excel takes 1-5 for one. Format the cell as a number, and write the number again."
    if FEW.fullmatch(cell):
        return "is not a number but says that it is small. Leave it empty and put c in status."
    if MARKED.fullmatch(cell):
        return "is not a number alone. Take the mark out; where it may still change, put yes in provisional."
    return "is not a number. If the figure is hidden, leave it empty and put c in status."


def symbol(text: str) -> Status | None:
    """The reason that a symbol in place of a number gives; None where the cell is no symbol."""
    return SYMBOLS.get(text.strip().casefold())


def ambiguous(text: str) -> bool:
    """May a cell mean either that a figure does not apply or that it is not available?"""
    return text.strip().casefold() in EITHER


def period(text: str) -> str:
    """A period as it is written here: 2018/19, 201819, 2018-2019, FY2018-19, 2025-26 q2, Quarter 2 2025/26
    and Jul-Sep 2025 are understood.

    The text as it is where it may mean two things (2019) or is no period.
    """
    cell = text.strip()
    plain = FINANCIAL.sub("", cell).strip()
    if found := QUARTER.search(plain):
        plain = f"{QUARTER.sub('', plain, count=1).strip(' ,()-')} Q{found[1]}"
    elif found := STRETCH.fullmatch(plain):
        return _of_months(*found.groups()) or cell
    match = YEARS.fullmatch(plain)
    if match is None:
        return cell
    year, following, quarter = match[1], match[2][-2:], match[3]
    meant = f"{year}-{following}" + (f"-Q{quarter}" if quarter else "")
    return meant if periods.is_period(meant) else cell


def _of_months(first: str, last: str, year: str) -> str:
    """The quarter from one month to another of a calendar year; empty where they bound none."""
    places = [MONTHS.index(m) if (m := name[:3].casefold()) in MONTHS else -1 for name in (first, last)]
    begins, ends = places
    if begins < 0 or begins % 3 or ends != begins + 2:
        return ""
    quarter = (begins // 3 - 1) % 4 + 1
    meant = f"{periods.year(int(year) - (quarter == 4))}-Q{quarter}"
    return meant if periods.is_period(meant) else ""


def no_period(text: str) -> str:
    """How to mend a cell that is no period."""
    cell = text.strip()
    if re.fullmatch(r"(?:19|20)[0-9]{2}", cell):
        before, after = periods.year(int(cell) - 1), periods.year(int(cell))
        return f"It may be {before} or {after}: write which."
    if QUARTER.fullmatch(cell):
        return "It does not say of which year: write 2025-26-Q2 for July to September 2025."
    if A_DAY.fullmatch(cell) or SERIAL.fullmatch(cell):
        return "It is a day: write the year or the quarter that it ends, such as 2024-25 or 2025-26-Q2."
    return "Write 2018-19 for a year from April, 2018-19-Q2 for its second quarter, or undated."


def period_of(text: str, year_type: YearType) -> str:
    """The period of an official file's cell: 2019 is the year that ends then (a mid-year begins then).

    `2019 (Rev)` and `2018-19 (OT)` are their years. Empty where it is no single year.
    """
    cell = text.partition("(")[0].strip()
    if re.fullmatch(r"[0-9]{4}", cell):
        return periods.year(int(cell) - (year_type is not YearType.MID_YEAR)) if _sound(cell) else ""
    found = period(cell)
    return found if periods.is_period(found) and found != periods.UNDATED else ""


def _sound(cell: str) -> bool:
    return periods.FIRST_YEAR < int(cell) <= periods.LAST_YEAR


def day(text: str, expected: date | None) -> str:
    """A day as 2019-03-31: Excel's number for it and 31/03/2019 are understood, 01/04/2018 where it is
    `expected`.

    The text as it is where it may mean two days or is none.
    """
    cell = text.strip()
    if cell.endswith(("T00:00:00", " 00:00:00")):
        cell = cell[:-9]
    if SERIAL.fullmatch(cell):
        return (date(1899, 12, 30) + timedelta(days=int(float(cell)))).isoformat()
    if match := DAY_FIRST.fullmatch(cell):
        first, second, year = (int(part) for part in match.groups())
        try:
            meant = date(year, second, first)
        except ValueError:
            return cell
        if first > 12 or first == second or meant == expected:
            return meant.isoformat()
    return cell
