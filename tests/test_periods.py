from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding import periods
from safeguarding.vocabulary import YearType


@pytest.mark.parametrize("text", ["2018-19", "1999-00", "2025-26-Q2", "undated"])
def test_years_quarters_and_undated_are_periods(text):
    assert periods.is_period(text)


@pytest.mark.parametrize("text", ["2018-20", "2018/19", "2018", "", "2018-19-Q5", "2018-19 ", "２０１８-19x"])
def test_anything_else_is_not(text):
    assert not periods.is_period(text)


def test_q1_is_april_to_june():
    assert [periods.end_of(f"2018-19-Q{q}") for q in (1, 2, 3, 4)] == [
        date(2018, 6, 30),
        date(2018, 9, 30),
        date(2018, 12, 31),
        date(2019, 3, 31),
    ]


def test_a_financial_year_ends_on_31_march():
    assert periods.end_of("2018-19") == date(2019, 3, 31)


@given(st.integers(1990, 2090))
def test_the_year_before_ends_a_year_earlier(year):
    period = f"{year}-{(year + 1) % 100:02d}"
    assert periods.end_of(periods.year_before(period)) == date(year, 3, 31)


def test_the_year_type_decides_what_a_reader_sees():
    assert {t.value: periods.label("2018-19", t) for t in YearType} == {
        "financial_year": "2018-19",
        "snapshot_31_mar": "31 March 2019",
        "academic_year": "academic year 2018/19",
        "year_to_30_sep": "year to 30 September 2019",
        "snapshot_30_sep": "30 September 2019",
        "census_january": "January 2019",
        "mid_year": "mid-2018",
    }
