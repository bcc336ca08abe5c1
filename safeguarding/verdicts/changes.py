"""Changes: how far is the figure from that of the year before, and of the quarter before? In words, without
judgement.
"""

from typing import NamedTuple

from safeguarding import periods, words
from safeguarding.store.tables import Observation
from safeguarding.verdicts.case import Case


class Change(NamedTuple):
    """A change as a sentence says it, "up 0.6 points on the year", and as a cell does, "up 0.6 points"."""

    words: str = ""
    short: str = ""


def change(case: Case, latest: Observation) -> Change:
    """The change of the latest figure on the year before; for a quarter, on the quarter before as well.

    None is given across a break in the recording: both periods must lie in the unbroken stretch.
    """
    year = _on(case, latest, periods.year_before(latest.period), "year")
    if "Q" not in latest.period:
        return year
    quarter = _on(case, latest, periods.quarter_before(latest.period), "quarter")
    # of two changes each has to be named, in a cell as well
    both = f"{quarter.words}, {year.words}"
    return Change(both, both)


def _on(case: Case, latest: Observation, period: str, name: str) -> Change:
    before = case.figures.at(case.indicator.indicator_id, case.area.area_code, period)
    if before is None:
        return Change(*[f"no figure for the {name} before"] * 2)
    if before.value is None:
        absent = before.status.words
        return Change(
            f"no change can be given: the figure for the {name} before is {absent}",
            f"{name} before: {absent}",
        )
    if before not in case.unbroken:
        return Change(
            f"no change can be given: the recording changed after the {name} before", "recording changed"
        )
    size = words.change(latest.value or 0.0, before.value, case.indicator)
    return Change(f"{size} on the {name}", size)
