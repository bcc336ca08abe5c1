"""Periods: `2018-19` and what a reader sees for it.

A period is named by the April it begins in. Its label follows from the indicator's year type: the
same `2018-19` is "2018-19", "31 March 2019" or "academic year 2018/19".
"""

import re
from datetime import date

from safeguarding.vocabulary import YearType

PERIOD = re.compile(r"(\d{4})-(\d{2})(?:-Q([1-4]))?")
UNDATED = "undated"


def is_period(text: str) -> bool:
    """Is `text` written as a year (`2018-19`), a quarter (`2018-19-Q2`) or `undated`?

    The two years must follow each other: `2018-20` is no period.
    """
    if text == UNDATED:
        return True
    match = PERIOD.fullmatch(text)
    return match is not None and (int(match[1]) + 1) % 100 == int(match[2])


def end_of(period: str) -> date:
    """Last day of a financial year or quarter: `2018-19` ends on 31 March 2019, its Q1 on 30 June 2018.

    Raises ValueError for anything that is not a year or a quarter.
    """
    match = PERIOD.fullmatch(period)
    if match is None or not is_period(period):
        raise ValueError(f"{period!r} is not a period such as 2018-19 or 2018-19-Q2")
    year, quarter = int(match[1]), match[3]
    return {
        "1": date(year, 6, 30),
        "2": date(year, 9, 30),
        "3": date(year, 12, 31),
    }.get(quarter or "", date(year + 1, 3, 31))


def year_before(period: str) -> str:
    """The same year or quarter, a year earlier: `2018-19-Q2` gives `2017-18-Q2`."""
    match = PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"{period!r} is not a period such as 2018-19 or 2018-19-Q2")
    year = int(match[1]) - 1
    return f"{year}-{(year + 1) % 100:02d}" + (f"-Q{match[3]}" if match[3] else "")


def quarter_before(period: str) -> str:
    """The quarter before a quarter: `2018-19-Q1` gives `2017-18-Q4`. Raises ValueError for a year."""
    match = PERIOD.fullmatch(period)
    if match is None or not match[3]:
        raise ValueError(f"{period!r} is not a quarter such as 2018-19-Q2")
    return f"{year_before(period)[:7]}-Q4" if match[3] == "1" else f"{period[:-1]}{int(match[3]) - 1}"


def years_between(first: str, last: str) -> list[str]:
    """Every year from `first` to `last`, both included, oldest first. Quarters are not filled in."""
    return [f"{year}-{(year + 1) % 100:02d}" for year in range(int(first[:4]), int(last[:4]) + 1)]


def label(period: str, year_type: YearType) -> str:
    """The period as a reader sees it: `2018-19` of a 31 March snapshot is "31 March 2019"."""
    if period == UNDATED:
        return "date not stated"
    match = PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"{period!r} is not a period such as 2018-19 or 2018-19-Q2")
    if match[3]:
        return f"quarter {match[3]} of {period[:7]}"
    year = int(match[1])
    return {
        YearType.FINANCIAL_YEAR: period,
        YearType.SNAPSHOT_31_MAR: f"31 March {year + 1}",
        YearType.ACADEMIC_YEAR: f"academic year {year}/{match[2]}",
        YearType.YEAR_TO_30_SEP: f"year to 30 September {year + 1}",
        YearType.SNAPSHOT_30_SEP: f"30 September {year + 1}",
        YearType.CENSUS_JANUARY: f"January {year + 1}",
        YearType.MID_YEAR: f"mid-{year}",
    }[year_type]


def preposition(year_type: YearType) -> str:
    """The word that leads to the period's label in a sentence: "in" 2018-19, "at" 31 March 2019."""
    if year_type in (YearType.SNAPSHOT_31_MAR, YearType.SNAPSHOT_30_SEP, YearType.MID_YEAR):
        return "at"
    return "in the" if year_type in (YearType.ACADEMIC_YEAR, YearType.YEAR_TO_30_SEP) else "in"


def tick(period: str, year_type: YearType) -> str:
    """The period as short as an axis can print it: `2018-19`, `Mar 2019`, `2018/19`."""
    match = PERIOD.fullmatch(period)
    if match is None or match[3]:
        return period
    year = int(match[1])
    return {
        YearType.FINANCIAL_YEAR: period,
        YearType.SNAPSHOT_31_MAR: f"Mar {year + 1}",
        YearType.ACADEMIC_YEAR: f"{year}/{match[2]}",
        YearType.YEAR_TO_30_SEP: f"Sep {year + 1}",
        YearType.SNAPSHOT_30_SEP: f"Sep {year + 1}",
        YearType.CENSUS_JANUARY: f"Jan {year + 1}",
        YearType.MID_YEAR: f"mid-{year}",
    }[year_type]


def in_words(when: date) -> str:
    """A day as British readers write it: 31 March 2025."""
    return f"{when.day} {when:%B %Y}"
