"""Periods: which texts are one, when it ends, what comes before it, and what a reader sees."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding import periods
from safeguarding.vocabulary import YearType


@pytest.mark.parametrize("text", ["2018-19", "1999-00", "2025-26-Q2", "undated"])
def test_years_quarters_and_undated_are_periods(text):
    assert periods.is_period(text)


NO_PERIODS = [
    *["2018-20", "2018/19", "2018", "", "2018-19-Q5", "2018-19-Q0", "2018-19 ", "2018-19\n", "2018-19-q1"],
    *["9999-00", "0000-01-Q1", "1989-90", "2101-02", "0001-02"],
    *["２０１８-１９", "２０１８-19x", "२०१८-१९", "2018-19-Q२"],
]


@pytest.mark.parametrize("text", NO_PERIODS)
def test_anything_else_is_not(text):
    assert not periods.is_period(text)


@pytest.mark.parametrize("text", ["1990-91", "1999-00", "2099-00", "2100-01", "2100-01-Q4"])
def test_years_from_1990_to_2100_are(text):
    assert periods.is_period(text)


@pytest.mark.parametrize("text", [*NO_PERIODS, "undated"])
def test_what_is_no_year_or_quarter_has_no_end_and_nothing_before_it(text):
    for ask in (periods.end_of, periods.year_before, periods.quarter_before):
        with pytest.raises(ValueError, match="such as 2018-19"):
            ask(text)


@given(st.text(max_size=12) | st.from_regex(r"\d{4}-\d{2}(-Q\d)?", fullmatch=True))
def test_no_text_fails_and_what_passes_can_be_computed_with(text):
    fine = periods.is_period(text)
    assert isinstance(periods.tick(text, YearType.FINANCIAL_YEAR), str)
    if fine and text != periods.UNDATED:
        first, end = int(text[:4]), periods.end_of(text)
        assert date(first, 6, 30) <= end <= date(first + 1, 3, 31)
        assert periods.year_before(text)[:4] == str(first - 1)
        assert all(periods.label(text, t) and periods.tick(text, t) for t in YearType)


def test_what_comes_before_a_year_and_a_quarter():
    assert periods.year_before("2018-19") == "2017-18"
    assert periods.year_before("2000-01-Q3") == "1999-00-Q3"
    assert [periods.quarter_before(f"2018-19-Q{q}") for q in (1, 2, 3, 4)] == [
        *["2017-18-Q4", "2018-19-Q1", "2018-19-Q2", "2018-19-Q3"]
    ]
    with pytest.raises(ValueError, match="not a quarter"):
        periods.quarter_before("2018-19")


def test_years_between_are_all_of_them_whatever_the_quarter():
    assert periods.years_between("1998-99", "2001-02-Q2") == ["1998-99", "1999-00", "2000-01", "2001-02"]
    assert periods.years_between("2018-19", "2018-19") == ["2018-19"]


def test_q1_is_april_to_june():
    assert [periods.end_of(f"2018-19-Q{q}") for q in (1, 2, 3, 4)] == [
        date(2018, 6, 30),
        date(2018, 9, 30),
        date(2018, 12, 31),
        date(2019, 3, 31),
    ]


def test_a_financial_year_ends_on_31_march():
    assert periods.end_of("2018-19") == date(2019, 3, 31)


@given(st.integers(1991, 2100))
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
    assert periods.label("2018-19-Q3", YearType.SNAPSHOT_31_MAR) == "quarter 3 of 2018-19"
    assert periods.label("undated", YearType.MID_YEAR) == "date not stated"


def test_an_axis_prints_as_little_as_it_can():
    assert {t.value: periods.tick("1999-00", t) for t in YearType} == {
        "financial_year": "1999-00",
        "snapshot_31_mar": "Mar 2000",
        "academic_year": "1999/00",
        "year_to_30_sep": "Sep 2000",
        "snapshot_30_sep": "Sep 2000",
        "census_january": "Jan 2000",
        "mid_year": "mid-1999",
    }
    assert periods.tick("2018-19-Q3", YearType.SNAPSHOT_31_MAR) == "2018-19-Q3"
    assert periods.tick("undated", YearType.FINANCIAL_YEAR) == "undated"


def test_the_word_before_a_label_fits_it():
    assert {t.value: periods.preposition(t) for t in YearType} == {
        "financial_year": "in",
        "snapshot_31_mar": "at",
        "academic_year": "in the",
        "year_to_30_sep": "in the",
        "snapshot_30_sep": "at",
        "census_january": "in",
        "mid_year": "at",
    }


def test_a_day_is_written_as_british_readers_write_it():
    assert periods.in_words(date(2025, 3, 1)) == "1 March 2025"
