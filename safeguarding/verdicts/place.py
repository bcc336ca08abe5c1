"""Place: in which quarter of English authorities does the figure lie?"""

from dataclasses import dataclass

from safeguarding.measures import rank
from safeguarding.store.tables import ENGLAND, Spread
from safeguarding.verdicts.case import Case
from safeguarding.vocabulary import Polarity

MOST_HIDDEN = 0.1  # with a larger share of authorities hidden, a quarter is not given: docs/methods.md#rank


@dataclass(frozen=True)
class Placed:
    """A figure in the spread of English authorities: the band A to D (None without a polarity), and why not,
    if so.
    """

    spread: Spread
    england: float
    band: rank.Quartile | None
    reason: str


def place(case: Case) -> Placed | None:
    """The quartile band of the latest figure, as published, among English authorities.

    None for a count, for an area that is no authority, and where no spread or England's figure is held.
    """
    latest, england = case.latest, case.at(ENGLAND)
    if latest is None or case.indicator.is_count or case.area.type != "authority":
        return None
    spread = case.figures.spread(case.indicator.indicator_id, latest.period)
    if spread is None or england is None or england.value is None:
        return None
    total = spread.n + spread.hidden
    if latest.value is None:
        return Placed(spread, england.value, None, f"the figure is {latest.status.words}")
    if case.indicator.polarity is Polarity.NEUTRAL:
        return Placed(spread, england.value, None, "neither end is better")
    if spread.hidden > MOST_HIDDEN * total:
        reason = f"{spread.hidden} of {total} authorities have no figure shown"
        return Placed(spread, england.value, None, reason)
    cuts = rank.Cuts(spread.q1, spread.median, spread.q3)
    return Placed(spread, england.value, rank.quartile_band(latest.value, cuts, case.indicator.polarity), "")
