"""Figures: has each a value or a reason, do its dates fit, does it stand once in all the files?"""

from collections.abc import Iterator, Mapping

import pandas as pd

from safeguarding.loader.problems import MISTAKES_SHOWN, Problem, mistakes
from safeguarding.loader.sheets import each
from safeguarding.periods import UNDATED, is_period
from safeguarding.vocabulary import Status

FOLDER = "observations/"
KEY = ["indicator_id", "area_code", "period", "breakdown", "category", "source_id"]
NUMBERS = ("value", "numerator", "denominator")


def check_figures(name: str, frame: pd.DataFrame) -> Iterator[Problem]:
    """What is wrong with a file of figures whose cells are each in order."""
    yield from _value_or_reason(name, frame)
    yield from _days(name, frame)


def _value_or_reason(name: str, frame: pd.DataFrame) -> Iterator[Problem]:
    """A figure has a value or a reason for its absence, never both."""
    value, status = frame["value"], frame["status"]
    yield from mistakes(
        name,
        (value == "") & (status == Status.OK),
        "value",
        lambda i: (
            "is empty though status is ok. "
            "Put the figure in, or say in status why there is none (c where it is suppressed)."
        ),
    )
    yield from mistakes(
        name,
        (value != "") & status.isin([s.value for s in Status if s is not Status.OK]),
        "value",
        lambda i: f"holds {value[i]} though status is {status[i]}. Empty it, or put ok in status.",
    )


def _days(name: str, frame: pd.DataFrame) -> Iterator[Problem]:
    """A dated figure has both its days; they run forwards, and the last one fits the period."""
    period, start, end = frame["period"], frame["period_start"], frame["period_end"]
    dated = period != UNDATED
    for days in (start, end):
        yield from mistakes(
            name,
            dated & (days == ""),
            str(days.name),
            lambda i: "is empty. Give the day, or write undated in period.",
        )
    both = (start != "") & (end != "")
    yield from mistakes(
        name,
        both & (start > end),
        "period_end",
        lambda i: f"{end[i]} is before period_start {start[i]}.",
    )
    # a period begins in its first calendar year; its last day lies in that year or the next
    begins, ends = (pd.to_numeric(each(days, lambda d: d[:4]), errors="coerce") for days in (period, end))
    known = both & each(period, is_period).astype(bool) & dated & begins.notna() & ends.notna()
    yield from mistakes(
        name,
        known & ~(ends - begins).isin([0, 1]),
        "period",
        lambda i: f"{period[i]} does not fit its last day, {end[i]}.",
    )


def one_row_a_figure(frames: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """No figure stands in two files of figures."""
    every = pd.concat(
        [f[KEY].assign(file=p, row=f.index + 2) for p, f in frames.items() if p.startswith(FOLDER)],
        ignore_index=True,
    )
    again = every[every.duplicated(KEY, keep="first")]
    for found in again.head(MISTAKES_SHOWN).to_dict("records"):
        named = " / ".join(found[column] for column in KEY[:3])
        yield Problem(found["file"], found["row"], KEY[0], f"{named} also stands in another file.")


def all_figures(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The figures of every file in one table, their numbers as floats (NaN where empty)."""
    figures = pd.concat([f for path, f in frames.items() if path.startswith(FOLDER)], ignore_index=True)
    for column in NUMBERS:
        figures[column] = pd.to_numeric(figures[column].replace("", None))
    return figures
