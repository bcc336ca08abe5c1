"""Applied: what a tolerance rule comes to for one case."""

from collections.abc import Callable
from typing import NamedTuple

from safeguarding.vocabulary import Tolerance


class Ruled(NamedTuple):
    """What a rule says of a value. `strength` is how far out it lies, in distances to the limit, where that
    has a meaning; `note` what the reader has to know of the verdict; `limit` where what is within ends, in
    the figure's unit (the end nearer to the value of a range); None where that is not one number.
    """

    verdict: Tolerance
    strength: float = 1.0
    note: str = ""
    limit: float | None = None


# a rule in words, and the function that judges a value by it; None where it cannot be applied here
Applied = tuple[str, Callable[[float], Ruled] | None]
