"""Axis: round ticks that hold the data, and labels beside it that keep their distance."""

import math
from collections.abc import Sequence

LABEL_GAP = 17  # pixels between two line labels: 1.2 of their size
LOWEST = 4  # pixels that a label keeps from the foot of the plot
HEADROOM = 1.04


def scale(top: float | None, low: float = 0.0, steps: int = 4) -> list[float]:
    """Tick values from nought (or below, where `low` is negative) to just above `top`, at round steps of 1, 2
    or 5.
    """
    top = top if top and top > 0 else 1.0
    raw = (top - min(0.0, low)) / steps
    magnitude = 10 ** math.floor(math.log10(raw))
    step = next(m * magnitude for m in (1, 2, 2.5, 5, 10) if raw <= m * magnitude * 1.0000001)
    first = math.floor(min(0.0, low) / step)
    return [round(step * k, 10) for k in range(first, math.ceil(top / step * 0.9999999) + 1)]


def limits(ticks: Sequence[float]) -> tuple[float, float]:
    """The ends of the axis that has these ticks."""
    return ticks[0], ticks[-1] * HEADROOM


def shifts(values: Sequence[float], ticks: Sequence[float], pixels: float, highest: float) -> list[float]:
    """How far, in pixels upwards, the label of each value moves so that none stands on another.

    The axis is `pixels` high; labels lie between LOWEST and `highest` on it.
    """
    low, high = limits(ticks)
    at = [pixels * (value - low) / (high - low) for value in values]
    return [to - was for was, to in zip(at, spread(at, LABEL_GAP, LOWEST, highest), strict=True)]


def spread(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart until neighbours are at least `gap` from each other, as near to where they were as
    can be.

    Positions and answers are in pixels, in the order given; all answers lie between `low` and `high` where
    they fit.
    """
    order = sorted(range(len(positions)), key=lambda k: positions[k])
    # labels that would overlap form a group; a group stands centred on the mean of its members
    groups: list[list[int]] = []
    for k in order:
        groups.append([k])
        while (
            len(groups) > 1
            and _start(groups[-1], positions, gap, low, high)
            < _end(groups[-2], positions, gap, low, high) + gap
        ):
            last = groups.pop()
            groups[-1] += last
    placed = [0.0] * len(positions)
    for group in groups:
        start = _start(group, positions, gap, low, high)
        for n, k in enumerate(group):
            placed[k] = start + n * gap
    return placed


def _start(group: list[int], positions: Sequence[float], gap: float, low: float, high: float) -> float:
    length = gap * (len(group) - 1)
    middle = sum(positions[k] for k in group) / len(group)
    return max(low, min(middle - length / 2, high - length))


def _end(group: list[int], positions: Sequence[float], gap: float, low: float, high: float) -> float:
    return _start(group, positions, gap, low, high) + gap * (len(group) - 1)
