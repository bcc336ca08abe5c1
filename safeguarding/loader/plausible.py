"""Plausible: can the figures be? None below nought, no share beyond 0 to 100, no part above its whole, no
value that its own counts do not give.
"""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd

from safeguarding.loader.figures import FOLDER
from safeguarding.loader.problems import REASON, Problem, mistakes
from safeguarding.vocabulary import Unit

MULTIPLIERS = {unit.value: unit.multiplier for unit in Unit if unit.multiplier}
LEAST = 1e-9  # what binary fractions may leave over
# what of an indicator may lie beyond its limits: the column `beyond` of indicators.csv
BELOW, ABOVE = "below_0", "above_100"
EXCEPTIONS = "exceptions.csv"
ABOUT = ["indicator_id", "area_code", "period", "source_id"]


def check_plausible(frames: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """What no file of figures may hold, from tables whose cells are each in order."""
    indicators = frames["indicators.csv"].set_index("indicator_id")[["unit", "decimals", "beyond"]]
    accepted = frames.get(EXCEPTIONS, pd.DataFrame(columns=ABOUT))
    known = set(accepted[ABOUT].itertuples(index=False, name=None))
    for name, frame in frames.items():
        if name.startswith(FOLDER):
            yield from _in_file(name, frame.join(indicators, on="indicator_id"), known)


def _in_file(name: str, frame: pd.DataFrame, known: set[tuple[str, ...]]) -> Iterator[Problem]:
    """The same of one file; `known` are the figures that their source itself publishes so."""
    said = {column: frame[column] for column in ("value", "numerator", "denominator")}
    value, above, below = (pd.to_numeric(cells.replace("", None)) for cells in said.values())
    share = frame["unit"] == Unit.PERCENT.value
    for column, numbers in (("value", value), ("numerator", above), ("denominator", below)):
        low = (numbers < 0) & (frame["beyond"] != BELOW)
        if column == "value":
            low &= ~(above < 0)  # one cause: the value follows from it
        cells = said[column]
        yield from mistakes(name, low, column, _told(cells, "is below zero. Correct it."))
    parts = (frame["unit"] == Unit.COUNT.value) & (frame["decimals"].astype(float) == 0) & (value % 1 > 0)
    yield from mistakes(
        name, parts, "value", _told(said["value"], "is no whole number, and this is a count.")
    )
    high = share & (value > 100) & (frame["beyond"] != ABOVE)
    yield from mistakes(
        name, high, "value", _told(said["value"], "is no share: it must lie from 0 to 100. Correct it.")
    )
    more = share & (above > below) & (frame["beyond"] != ABOVE)
    yield from mistakes(
        name,
        more,
        "numerator",
        lambda i: (
            f"{above[i]:g} is more than its denominator, {below[i]:g}. Correct one of them, or swap them."
        ),
    )
    given, low_end, high_end = _given(frame, above, below)
    apart = (value < low_end - LEAST) | (value > high_end + LEAST)
    wrong = apart & ~(low_end.isna() | more | high)
    about = frame.loc[wrong, ABOUT].itertuples(name=None)
    accepted = [row for row, *figure in about if tuple(figure) in known]
    wrong &= ~frame.index.isin(accepted)
    yield from mistakes(
        name,
        wrong,
        "value",
        lambda i: (
            f"{said['value'][i]} is not what its counts give: {above[i]:g} of {below[i]:g} is "
            f"{given[i]:.{max(1, int(frame['decimals'][i]))}f}. Change value, numerator and denominator "
            f"together; where the source publishes it so, add this row to {EXCEPTIONS}, with the reason: "
            f"{','.join(str(frame.at[i, c]) for c in ABOUT)},{REASON}"
        ),
    )


def _given(
    frame: pd.DataFrame, above: "pd.Series[float]", below: "pd.Series[float]"
) -> tuple["pd.Series[float]", "pd.Series[float]", "pd.Series[float]"]:
    """What the counts of each figure give, and between which ends it may lie, all of them rounded.

    A value is rounded to its decimals; a count that is a multiple of ten or of five may be rounded to it, as
    national ones are, any other to a whole number.
    """
    times = frame["unit"].map(MULTIPLIERS).astype(float)
    counted = (below > 0) & above.notna()
    times = times.where(counted)
    half = 0.5 * 10.0 ** -pd.to_numeric(frame["decimals"])
    room_above, room_below = (_room(counts) for counts in (above, below))
    low = times * (above - room_above) / (below + room_below) - half
    high = times * (above + room_above) / (below - room_below).clip(lower=LEAST) + half
    return times * above / below, low, high


def _room(counts: "pd.Series[float]") -> "pd.Series[float]":
    """By how much a count may have been rounded."""
    room = np.select([counts % 10 == 0, counts % 5 == 0], [5.0, 2.5], 0.5)
    return pd.Series(room, index=counts.index)


def _told(cells: "pd.Series[str]", said: str) -> Callable[[int], str]:
    return lambda i: f"{cells[i]} {said}"
