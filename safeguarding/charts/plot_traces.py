"""Plot traces: the lines, points and bars of a Plotly dict, drawn by Matplotlib."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from safeguarding.charts.theme import PAPER, Dash

MARKERS = {
    "circle": "o",
    "square": "s",
    "square-open": "s",
    "diamond": "D",
    "triangle-up": "^",
    "triangle-down": "v",
}


@dataclass(frozen=True)
class Ground:
    """Axes to draw on.

    Lengths in a dict are desk pixels: `points` makes them points. `places` are the categories of a side.
    """

    axes: Axes
    points: float
    places: Mapping[str, Mapping[str, int]]

    def at(self, side: str, value: str | float) -> float:
        """Where a value stands on an axis: a category by its place."""
        return self.places[side][value] if isinstance(value, str) else value


def dashed(line: dict) -> str | tuple[int, tuple[float, ...]]:
    """The pattern of a line."""
    lengths = Dash(line.get("dash", "solid")).lengths
    return (0, lengths) if lengths else "-"


def plain(text: str) -> str:
    """The text without the few tags that the labels use."""
    return re.sub(r"</?b>", "", text.replace("<br>", "\n"))


def weight(text: str) -> str:
    """Bold where the text says so."""
    return "bold" if "<b>" in text else "normal"


def _each(value: object, count: int) -> Sequence:
    """One value for all, or a list with one each."""
    return value if isinstance(value, list) else [value] * count


def scatter(ground: Ground, trace: dict, order: int) -> None:
    """A line, points, or both; what comes later in `order` lies over what came before."""
    x = [ground.at("x", v) for v in trace["x"]]
    y = [float("nan") if v is None else ground.at("y", v) for v in trace["y"]]
    marker, line, front = trace.get("marker", {}), trace.get("line", {}), 3 + order
    if "lines" in trace["mode"]:
        ground.axes.plot(
            x,
            y,
            color=line["color"],
            linewidth=line["width"] * ground.points,
            linestyle=dashed(line),
            zorder=front,
            dash_capstyle="butt",
            solid_capstyle="round" if line["width"] < 8 else "butt",
            clip_on=False,
        )
    if "markers" in trace["mode"]:
        colours = _each(marker["color"], len(x))
        symbols = _each(marker.get("symbol", "circle"), len(x))
        for across, up, colour, symbol in zip(x, y, colours, symbols, strict=True):
            hollow = symbol.endswith("-open")
            ground.axes.plot(
                [across],
                [up],
                marker=MARKERS[symbol],
                markersize=marker["size"] * ground.points,
                linestyle="none",
                zorder=front,
                clip_on=False,
                markeredgecolor=colour,
                markeredgewidth=(2 if hollow else 0) * ground.points,
                markerfacecolor=PAPER if hollow else colour,
            )
    for k, text in enumerate(trace.get("text", ())):
        if text:
            place = _each(trace.get("textposition", "top center"), len(x))[k]
            ground.axes.annotate(
                text,
                (x[k], y[k]),
                (0, 8 * ground.points),
                textcoords="offset points",
                va="bottom",
                annotation_clip=False,
                ha="right" if "left" in place else "center",
                fontsize=trace["textfont"]["size"] * ground.points,
                color=trace["textfont"]["color"],
            )


def bars(ground: Ground, trace: dict, place: int, of: int, gap: float, between: float) -> None:
    """Horizontal bars, those of several traces side by side, each with its text at its end."""
    step = (1 - gap) / of
    thick = step * (1 - between)
    y = [ground.at("y", v) + (place - (of - 1) / 2) * step for v in trace["y"]]
    marker, count = trace["marker"], len(y)
    fills = _each(marker["color"], count)
    hatched = _each(marker.get("pattern", {}).get("shape", ""), count)
    edges = _each(marker.get("line", {}).get("color", "none"), count)
    widths = _each(marker.get("line", {}).get("width", 0), count)
    inks = _each(trace["textfont"]["color"], count)
    for k in range(count):
        hatch = {"hatch": hatched[k] * 2, "hatchcolor": edges[k]} if hatched[k] else {}
        ground.axes.barh(
            y[k],
            trace["x"][k],
            thick,
            color=PAPER if hatched[k] else fills[k],
            linewidth=widths[k] * ground.points,
            edgecolor=edges[k] if widths[k] else "none",
            zorder=3,
            **hatch,
        )
        text = trace["text"][k].strip()
        ground.axes.annotate(
            plain(text),
            (max(trace["x"][k], 0), y[k]),
            (5 * ground.points, 0),
            textcoords="offset points",
            va="center",
            ha="left",
            fontsize=trace["textfont"]["size"] * ground.points,
            color=inks[k],
            fontweight=weight(text),
            annotation_clip=False,
        )
