"""Periods: `2018-19` and what a reader sees for it.

A period is named by the April it begins in. Its label follows from the indicator's year type: the
same `2018-19` is "2018-19", "31 March 2019" or "academic year 2018/19".
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from safeguarding.vocabulary import YearType

PERIOD = re.compile(r"([0-9]{4})-([0-9]{2})(?:-Q([1-4]))?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR, LAST_YEAR = 1990, 2100  # of the Aprils that a period may begin in
UNDATED = "undated"
SNAPSHOTS = (YearType.SNAPSHOT_31_MAR, YearType.SNAPSHOT_30_SEP, YearType.MID_YEAR)


def is_period(text: str) -> bool:
    """Is `text` written as a year (`2018-19`), a quarter (`2018-19-Q2`) or `undated`?

    The two years must follow each other: `2018-20` is no period. Nor is one that begins before 1990 or after
    2100, so that whatever passes can be computed with.
    """
    return text == UNDATED or _parsed(text) is not None


@lru_cache(1024)
def _parsed(text: str) -> tuple[int, int | None] | None:
    """The year a period begins in and its quarter (None for a year); None for what is no year or quarter."""
    match = PERIOD.fullmatch(text)
    if match is None:
        return None
    year, quarter = int(match[1]), match[3]
    if not FIRST_YEAR <= year <= LAST_YEAR or (year + 1) % 100 != int(match[2]):
        return None
    return year, int(quarter) if quarter else None


def _certain(period: str) -> tuple[int, int | None]:
    """The same, of what must be one. Raises ValueError for anything that is not a year or a quarter."""
    found = _parsed(period)
    if found is None:
        raise ValueError(f"{period!r} is not a period such as 2018-19 or 2018-19-Q2")
    return found


def year(beginning: int) -> str:
    """The year that begins in April of `beginning`: 2018 gives `2018-19`."""
    return f"{beginning}-{(beginning + 1) % 100:02d}"


def end_of(period: str) -> date:
    """Last day of a financial year or quarter: `2018-19` ends on 31 March 2019, its Q1 on 30 June 2018.

    Raises ValueError for anything that is not a year or a quarter.
    """
    first, quarter = _certain(period)
    if quarter in (None, 4):
        return date(first + 1, 3, 31)
    return {1: date(first, 6, 30), 2: date(first, 9, 30)}.get(quarter, date(first, 12, 31))


def begins(period: str) -> date:
    """First day of a financial year or quarter. Raises ValueError as `end_of` does."""
    return days_of(period, YearType.FINANCIAL_YEAR)[0]


def days_of(period: str, year_type: YearType) -> tuple[date, date]:
    """First and last day of a period of a year type; the same day twice for a snapshot.

    A quarter's are its own, of a snapshot its last day. Raises ValueError for anything that is not a year or
    a quarter.
    """
    first, quarter = _certain(period)
    if quarter:
        end = end_of(period)
        begun = date(first, 4, 1) if quarter == 1 else end_of(f"{year(first)}-Q{quarter - 1}") + timedelta(1)
        return (end, end) if year_type in SNAPSHOTS else (begun, end)
    return {
        YearType.FINANCIAL_YEAR: (date(first, 4, 1), date(first + 1, 3, 31)),
        YearType.SNAPSHOT_31_MAR: (date(first + 1, 3, 31), date(first + 1, 3, 31)),
        YearType.ACADEMIC_YEAR: (date(first, 9, 1), date(first + 1, 8, 31)),
        YearType.YEAR_TO_30_SEP: (date(first, 10, 1), date(first + 1, 9, 30)),
        YearType.SNAPSHOT_30_SEP: (date(first + 1, 9, 30), date(first + 1, 9, 30)),
        YearType.CENSUS_JANUARY: (date(first + 1, 1, 1), date(first + 1, 1, 31)),
        YearType.MID_YEAR: (date(first, 6, 30), date(first, 6, 30)),
    }[year_type]


def is_quarter(period: str) -> bool:
    """Is a period a quarter, such as `2025-26-Q2`?"""
    found = _parsed(period)
    return found is not None and found[1] is not None


def year_before(period: str) -> str:
    """The same year or quarter, a year earlier: `2018-19-Q2` gives `2017-18-Q2`.

    Raises ValueError for anything that is not a year or a quarter.
    """
    first, quarter = _certain(period)
    return year(first - 1) + (f"-Q{quarter}" if quarter else "")


def years_before(period: str, years: int) -> list[str]:
    """So many of the same year or quarter before a period, the nearest first: two before `2018-19` are
    `2017-18` and `2016-17`.

    Raises ValueError for anything that is not a year or a quarter.
    """
    found: list[str] = []
    for _ in range(years):
        period = year_before(period)
        found.append(period)
    return found


def year_after(period: str) -> str:
    """The same year or quarter, a year later: `2018-19` gives `2019-20`.

    Raises ValueError for anything that is not a year or a quarter.
    """
    first, quarter = _certain(period)
    return year(first + 1) + (f"-Q{quarter}" if quarter else "")


def quarter_before(period: str) -> str:
    """The quarter before a quarter: `2018-19-Q1` gives `2017-18-Q4`. Raises ValueError for a year."""
    first, quarter = _certain(period)
    if quarter is None:
        raise ValueError(f"{period!r} is not a quarter such as 2018-19-Q2")
    return f"{year(first - 1)}-Q4" if quarter == 1 else f"{year(first)}-Q{quarter - 1}"


def quarter_after(period: str) -> str:
    """The quarter after a quarter: `2018-19-Q4` gives `2019-20-Q1`. Raises ValueError for a year."""
    first, quarter = _certain(period)
    if quarter is None:
        raise ValueError(f"{period!r} is not a quarter such as 2018-19-Q2")
    return f"{year(first + 1)}-Q1" if quarter == 4 else f"{year(first)}-Q{quarter + 1}"


def quarter_in_words(period: str) -> str:
    """A quarter as those who do not count from April read it: `2025-26-Q2` is "July to September 2025".

    Raises ValueError for anything that is not a year or a quarter.
    """
    first, last = days_of(period, YearType.FINANCIAL_YEAR)
    return f"{first:%B} to {last:%B} {last.year}"


def years_between(first: str, last: str) -> list[str]:
    """Every year from `first` to `last`, both included, oldest first. Quarters are not filled in.

    Raises ValueError where either is not a year or a quarter.
    """
    return [year(beginning) for beginning in range(_certain(first)[0], _certain(last)[0] + 1)]


@lru_cache(1024)
def label(period: str, year_type: YearType) -> str:
    """The period as a reader sees it: `2018-19` of a 31 March snapshot is "31 March 2019"."""
    if period == UNDATED:
        return "date not stated"
    first, quarter = _certain(period)
    if quarter:
        return f"quarter {quarter} of {year(first)}"
    return {
        YearType.FINANCIAL_YEAR: period,
        YearType.SNAPSHOT_31_MAR: f"31 March {first + 1}",
        YearType.ACADEMIC_YEAR: f"academic year {period.replace('-', '/')}",
        YearType.YEAR_TO_30_SEP: f"year to 30 September {first + 1}",
        YearType.SNAPSHOT_30_SEP: f"30 September {first + 1}",
        YearType.CENSUS_JANUARY: f"January {first + 1}",
        YearType.MID_YEAR: f"mid-{first}",
    }[year_type]


def preposition(year_type: YearType) -> str:
    """The word that leads to the period's label in a sentence: "in" 2018-19, "at" 31 March 2019."""
    if year_type in (YearType.SNAPSHOT_31_MAR, YearType.SNAPSHOT_30_SEP, YearType.MID_YEAR):
        return "at"
    return "in the" if year_type in (YearType.ACADEMIC_YEAR, YearType.YEAR_TO_30_SEP) else "in"


@lru_cache(1024)
def tick(period: str, year_type: YearType) -> str:
    """The period as short as an axis can print it: `2018-19`, `Mar 2019`, `2018/19`."""
    found = _parsed(period)
    if found is None or found[1]:
        return period
    first = found[0]
    return {
        YearType.FINANCIAL_YEAR: period,
        YearType.SNAPSHOT_31_MAR: f"Mar {first + 1}",
        YearType.ACADEMIC_YEAR: period.replace("-", "/"),
        YearType.YEAR_TO_30_SEP: f"Sep {first + 1}",
        YearType.SNAPSHOT_30_SEP: f"Sep {first + 1}",
        YearType.CENSUS_JANUARY: f"Jan {first + 1}",
        YearType.MID_YEAR: f"mid-{first}",
    }[year_type]


def day(text: str) -> date | None:
    """The day that a text names as 2019-03-31; None for an empty text and for any other way to write one."""
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def in_words(when: date) -> str:
    """A day as British readers write it: 31 March 2025."""
    return f"{when.day} {when:%B %Y}"
