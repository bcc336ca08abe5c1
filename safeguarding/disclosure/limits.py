"""Limits: between which ends does a figure lie that is not shown?"""

from collections.abc import Sequence

from safeguarding.disclosure import bounds
from safeguarding.measures.intervals import Interval
from safeguarding.store.tables import Indicator, Observation
from safeguarding.vocabulary import Status, Unit


def limits(
    observation: Observation, indicator: Indicator, parts: Sequence[Observation | None] = ()
) -> Interval | None:
    """Between which limits a figure lies, in its own unit: no width where it is shown.

    `parts` are the figures of every share that adds up to the same total (`part_of`), its own among them;
    None stands for one of which no row is held. A hidden part is bounded by that total, never tighter than 1
    to 5; a count that its source hid for being small is 1 to 5; any other hidden or unexplained share may be
    anything from 0 to 100. None where no bound can be given at all, as for a count that we hid ourselves.
    Method: docs/methods.md#hidden-figures
    """
    if observation.value is not None:
        return bounds.known(observation.value)
    if observation.status is Status.C_PRIMARY and indicator.is_count:
        return bounds.SMALL_COUNT
    if indicator.unit is not Unit.PERCENT:
        return None
    if observation.denominator and observation.status.hidden:
        return _of_part(observation.denominator, parts) or bounds.ANY_SHARE
    return bounds.ANY_SHARE


def _of_part(total: float, parts: Sequence[Observation | None]) -> Interval | None:
    """The limits of a hidden share by the others' counts; None where one is not held or they do not fit."""
    counts = [p.numerator for p in parts if p is not None and p.value is not None]
    visible = [c for c in counts if c is not None]
    hidden = sum(p is not None and p.value is None for p in parts)
    if not hidden or len(visible) + hidden < len(parts) or total - sum(visible) < hidden:
        return None
    part = bounds.hidden_part(total, sum(visible), hidden)
    return Interval(100 * part.lower / total, min(100 * part.upper / total, 100))
