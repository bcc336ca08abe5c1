"""The look that every figure shares: one meaning, one colour, one dash, on every page."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

INK, MUTED, GRID, PAPER = "#0B0C0C", "#505A5F", "#D9D9D9", "#FFFFFF"
# set-up brings Arimo for page, chart and picture; Arial and Liberation Sans have the same widths
FONT = "Arimo, Arial, 'Liberation Sans', sans-serif"
CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
}
LABEL_GAP = 17  # pixels between two line labels: 1.2 of their size


@dataclass(frozen=True)
class Style:
    """How one role is drawn. Colours hold 4.5:1 on white, so that lines survive a projector and labels can be read."""

    colour: str
    dash: str
    width: float
    marker: float


STYLES = {
    "focus": Style("#12436D", "solid", 4, 8),
    "england": Style("#B8460E", "dash", 2.5, 4),
    "region": Style("#17716A", "dot", 2.5, 4),
    "neighbours": Style("#626A6E", "dashdot", 2.5, 4),
    "group": Style("#801650", "longdash", 2.5, 4),
    "other": Style("#6B5900", "longdashdot", 2, 4),
}
BAR = "#8C969B"


def scale(top: float | None, low: float = 0.0, steps: int = 4) -> list[float]:
    """Tick values from nought (or below, where `low` is negative) to just above `top`, at round steps of 1, 2 or 5."""
    top = top if top and top > 0 else 1.0
    raw = (top - min(0.0, low)) / steps
    magnitude = 10 ** math.floor(math.log10(raw))
    step = next(m * magnitude for m in (1, 2, 2.5, 5, 10) if raw <= m * magnitude * 1.0000001)
    first = math.floor(min(0.0, low) / step)
    return [round(step * k, 10) for k in range(first, math.ceil(top / step * 0.9999999) + 1)]


def spread(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart until neighbours are at least `gap` from each other, as near to where they were as can be.

    Positions and answers are in pixels, in the order given; all answers lie between `low` and `high` where they fit.
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


def frame(height: int, margin: dict[str, int]) -> dict:
    """The layout that every figure begins with: white ground, horizontal text, no legend, no title."""
    return {
        "height": height,
        "margin": margin,
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT, "size": 15, "color": INK},
        "showlegend": False,
        "hovermode": "x unified",
        "hoverlabel": {"bgcolor": PAPER, "font": {"size": 15, "family": FONT, "color": INK}},
        "dragmode": False,
        "annotations": [],
    }
