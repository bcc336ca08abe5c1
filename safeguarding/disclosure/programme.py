"""Programme: between which whole numbers does a count lie, by all that is known of it and of others at once?

Integer programming by HiGHS, which is brought in where it is asked for: no page and no start needs it.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from safeguarding.measures.intervals import Interval

if TYPE_CHECKING:
    import highspy

MOST = 1e6  # no count here is larger: what reaches it has no upper end
NEAR = 1e-6  # how far from a whole number the solver may stop
C = TypeVar("C", bound=Hashable)  # what names a count


@dataclass(frozen=True)
class Equation(Generic[C]):
    """A sum of counts, each times a number, that lies between two ends. `route` says in words why it does."""

    terms: Mapping[C, float]
    low: float
    high: float
    route: str


@cache
def _silent() -> "type[highspy.Highs]":
    """A solver that is told to be silent before it prints whose it is, as it does when it is made."""
    import highspy

    class Silent(highspy.Highs):
        def enableCallbacks(self) -> None:
            self.silent()
            super().enableCallbacks()

    return Silent


class Programme(Generic[C]):
    """Counts of which each lies between its own ends, and the equations that hold between them."""

    def __init__(self, counts: Mapping[C, Interval], equations: Sequence[Equation[C]]):
        import highspy

        self._column = {count: n for n, count in enumerate(counts)}
        self._kinds = highspy
        self._model = model = _silent()()
        model.setOptionValue("output_flag", False)  # and while it works
        for n, ends in enumerate(counts.values()):
            model.addVar(np.ceil(ends.lower - NEAR), np.floor(min(ends.upper, MOST) + NEAR))
            model.changeColIntegrality(n, highspy.HighsVarType.kInteger)
        for e in equations:
            columns = np.array([self._column[c] for c in e.terms], dtype=np.int32)
            model.addRow(e.low, e.high, len(columns), columns, np.array(list(e.terms.values()), dtype=float))

    def between(self, terms: Mapping[C, float]) -> Interval | None:
        """The least and the most that a sum of counts can be; None where nothing fits all that is said."""
        ends = [self._best(terms, sense) for sense in ("kMinimize", "kMaximize")]
        low, high = ends
        return None if low is None or high is None else Interval(low, inf if high >= MOST - 1 else high)

    def _best(self, terms: Mapping[C, float], sense: str) -> float | None:
        for count, times in terms.items():
            self._model.changeColCost(self._column[count], times)
        self._model.changeObjectiveSense(getattr(self._kinds.ObjSense, sense))
        self._model.run()
        solved = self._model.getModelStatus() == self._kinds.HighsModelStatus.kOptimal
        found = self._model.getInfo().objective_function_value
        for count in terms:
            self._model.changeColCost(self._column[count], 0.0)
        return round(found) if solved else None
