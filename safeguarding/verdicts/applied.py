"""Applied: what a tolerance rule comes to for one case."""

from collections.abc import Callable
from typing import NamedTuple

from safeguarding.measures.intervals import Interval
from safeguarding.vocabulary import Tolerance


class Ruled(NamedTuple):
    """What a rule says of a value. `strength` is how far out it lies, in distances to the limit, where that
    has a meaning; `note` what the reader has to know of the verdict; `within` between which values what is
    within lies, in the figure's unit, infinite where it has no end; None where that is not known.
    """

    verdict: Tolerance
    strength: float = 1.0
    note: str = ""
    within: Interval | None = None


# a rule in words, and the function that judges a value by it; None where it cannot be applied here
Applied = tuple[str, Callable[[float], Ruled] | None]
