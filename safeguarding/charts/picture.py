"""Picture: a figure with its words as an image that stands alone, SVG or PNG, drawn without a browser.

The figures of this package are plain Plotly dicts of a few kinds: lines and markers, horizontal bars, notes. Matplotlib
draws those kinds here, so that a page, an export, a pack and a scheduled job show the same chart
(docs/decisions/0010). Nothing is ever cut off: margins grow until every word has room.
"""

import io
import re
import threading
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from safeguarding.charts import typeface
from safeguarding.charts.theme import INK, MUTED, PAPER

DESK_TEXT = (
    15  # pixels of text in the figures as they are made: what everything else in them is in proportion to
)
INCH = 96  # CSS pixels in an inch
matplotlib.rcParams.update(
    {
        "svg.fonttype": "none",  # text stays text: it can be searched, read aloud and edited
        "svg.hashsalt": "safeguarding",  # the same figure gives the same bytes
        "text.parse_math": False,
        "hatch.linewidth": 1.5,
    }
)
ONE_AT_A_TIME = threading.Lock()  # Matplotlib is not made for several threads
DASHES = {
    "dash": (3.0, 3.0),
    "dot": (1.2, 1.2),
    "longdash": (5.0, 3.0),
    "dashdot": (3.0, 1.5, 1.2, 1.5),
    "longdashdot": (5.0, 1.5, 1.2, 1.5),
}
MARKERS = {
    "circle": "o",
    "square": "s",
    "square-open": "s",
    "diamond": "D",
    "triangle-up": "^",
    "triangle-down": "v",
}


@dataclass(frozen=True)
class Format:
    """A size of image in pixels, how many of them make an inch, and the size of its text in points."""

    width: int
    height: int
    dpi: int
    points: float


FORMATS = {
    "screen": Format(3200, 1800, 192, 20),  # 1600 by 900 at 2x
    "half-page": Format(1890, 1300, 300, 9),  # 160 by 110 mm, the width of the text on A4
    "full-page": Format(1890, 2835, 300, 10),  # 160 by 240 mm
}


@dataclass(frozen=True)
class Plate:
    """The words around a figure: what was found, what is measured, what to know, where it comes from, and the marking."""

    headline: str
    subtitle: str
    notes: tuple[str, ...]
    source: str
    marking: str = ""
    text: str = ""


def picture(figure: Callable[[int], dict], plate: Plate, size: Format, kind: str) -> bytes:
    """An image of `kind` (svg or png): the plate's words above and below the figure.

    `figure` makes the Plotly dict for a height in desk pixels; where it needs more than there is, all of it is drawn
    smaller. The same arguments give the same bytes.
    """
    with ONE_AT_A_TIME:
        return _picture(figure, plate, size, kind)


def _picture(figure: Callable[[int], dict], plate: Plate, size: Format, kind: str) -> bytes:
    page = Figure(figsize=(size.width / size.dpi, size.height / size.dpi), dpi=size.dpi, facecolor=PAPER)
    canvas = FigureCanvasAgg(page)
    margin = 1.6 * size.points / 72  # inches
    width, height = page.get_size_inches()
    top = height - margin
    if plate.marking:
        page.text(
            1 - margin / width,
            top / height,
            plate.marking,
            ha="right",
            va="top",
            size=0.8 * size.points,
            color=MUTED,
        )
        top -= 1.5 * 0.8 * size.points / 72
    for text, points, weight, colour in (
        (plate.headline, 1.45 * size.points, "bold", INK),
        (plate.subtitle, size.points, "normal", MUTED),
    ):
        top = (
            _paragraph(page, text, margin, top, points, weight, colour, width - 2 * margin)
            - 0.25 * size.points / 72
        )
    bottom = margin
    for text in (plate.source, *reversed(plate.notes)):
        lines = _wrapped(page, text, 0.8 * size.points, "normal", width - 2 * margin)
        bottom += len(lines) * 1.3 * 0.8 * size.points / 72
        _paragraph(page, text, margin, bottom, 0.8 * size.points, "normal", MUTED, width - 2 * margin)
    bottom += 0.8 * size.points / 72
    room = (margin, bottom, width - 2 * margin, top - bottom - 0.3 * size.points / 72)
    plot(page, figure, room, size.points / 72 * INCH / DESK_TEXT)
    body = _bytes(page, canvas, kind, plate)
    return typeface.carried(body) if kind == "svg" else body


def bare(figure: Callable[[int], dict], width: int, height: int, text: int, kind: str = "svg") -> bytes:
    """The figure alone in `width` by `height` CSS pixels with text of `text` pixels: for a page or a slide that has the words beside it."""
    with ONE_AT_A_TIME:
        page = Figure(figsize=(width / INCH, height / INCH), dpi=INCH, facecolor="none")
        canvas = FigureCanvasAgg(page)
        plot(page, figure, (0.02, 0.02, width / INCH - 0.04, height / INCH - 0.04), text / DESK_TEXT)
        return _bytes(page, canvas, kind, Plate("", "", (), ""))


def _bytes(page: Figure, canvas: FigureCanvasAgg, kind: str, plate: Plate) -> bytes:
    out = io.BytesIO()
    if kind == "svg":
        told = {"Title": plate.headline, "Description": plate.text}
        page.savefig(
            out,
            format="svg",
            metadata={**{k: v for k, v in told.items() if v}, "Date": None, "Creator": None},
        )
        return typeface.anywhere(out.getvalue())
    canvas.print_png(
        out,
        metadata={
            "Title": plate.headline,
            "Description": plate.text,
            "Source": plate.source,
            "Software": None,
        },
    )
    return out.getvalue()


def _wrapped(page: Figure, text: str, points: float, weight: str, width: float) -> list[str]:
    """The text in lines that fit into `width` inches, measured in its own font; a word that is wider than a line, such as an address, is broken."""
    lines: list[str] = []
    probe = page.text(0, 0, "", size=points, weight=weight)

    def fits(line: str) -> bool:
        probe.set_text(line)
        return probe.get_window_extent().width <= width * page.dpi

    for word in text.split():
        if lines and fits(f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
            continue
        rest = word
        while not fits(rest):
            longest = max(1, bisect_left(range(1, len(rest)), True, key=lambda k: not fits(rest[:k])))
            lines.append(rest[:longest])
            rest = rest[longest:]
        lines.append(rest)
    probe.remove()
    return lines


def _paragraph(
    page: Figure, text: str, left: float, top: float, points: float, weight: str, colour: str, width: float
) -> float:
    """Write a paragraph; answer where it ends, in inches from the bottom."""
    across, up = page.get_size_inches()
    for line in _wrapped(page, text, points, weight, width):
        page.text(left / across, top / up, line, size=points, weight=weight, color=colour, va="top")
        top -= 1.3 * points / 72
    return top


# --- the figure ---


def plot(
    page: Figure, figure: Callable[[int], dict], room: tuple[float, float, float, float], scale: float
) -> None:
    """Draw a figure into `room` (left, bottom, width, height in inches); `scale` turns its desk pixels into CSS pixels."""
    left, bottom, width, height = room
    drawn = figure(int(height * INCH / scale))
    needed = drawn["layout"]["height"]
    scale = min(scale, height * INCH / needed)
    across, up = page.get_size_inches()
    axes = page.add_axes((left / across, bottom / up, width / across, height / up), facecolor="none")
    _Drawn(axes, drawn, scale).everything()
    # the plot shrinks until its labels lie inside the room
    edges = [left, bottom, left + width, bottom + height]
    for _ in range(3):
        page.draw_without_rendering()
        box = axes.get_tightbbox()
        if box is None:
            break
        inside = axes.get_window_extent()
        over = [inside.x0 - box.x0, inside.y0 - box.y0, box.x1 - inside.x1, box.y1 - inside.y1]
        x0, y0 = edges[0] + over[0] / page.dpi, edges[1] + over[1] / page.dpi
        x1, y1 = edges[2] - over[2] / page.dpi, edges[3] - over[3] / page.dpi
        axes.set_position((x0 / across, y0 / up, max(x1 - x0, 0.2) / across, max(y1 - y0, 0.2) / up))


class _Drawn:
    """One Plotly dict on one set of axes. Lengths in the dict are desk pixels; `scale` makes them CSS pixels, `points` points."""

    def __init__(self, axes: Axes, figure: dict, scale: float):
        self.axes, self.data, self.layout = axes, figure["data"], figure["layout"]
        self.points = scale * 72 / INCH
        self.categories = {
            side: {name: k for k, name in enumerate(self.layout[f"{side}axis"].get("categoryarray", ()))}
            for side in ("x", "y")
        }

    def everything(self) -> None:
        for side in ("x", "y"):
            self.axis(side)
        bars = [t for t in self.data if t["type"] == "bar"]
        for n, trace in enumerate(bars):
            self.bars(trace, n, len(bars))
        for order, trace in enumerate(t for t in self.data if t["type"] == "scatter"):
            self.scatter(trace, order)
        for shape in self.layout.get("shapes", ()):
            x = (self.at("x", shape["x0"]), self.at("x", shape["x1"]))
            line = shape["line"]
            self.axes.plot(
                x,
                (shape["y0"], shape["y1"]),
                transform=self.axes.get_xaxis_transform(),
                color=line["color"],
                linewidth=line["width"] * self.points,
                linestyle=self.dash(line),
                clip_on=False,
            )
        for note in self.layout.get("annotations", ()):
            self.note(note)

    def at(self, side: str, value: str | float) -> float:
        """Where a value stands on an axis: a category by its place."""
        return self.categories[side][value] if isinstance(value, str) else value

    def dash(self, line: dict) -> str | tuple[int, tuple[float, ...]]:
        pattern = DASHES.get(line.get("dash", "solid"))
        return (0, pattern) if pattern else "-"

    def axis(self, side: str) -> None:
        said = self.layout[f"{side}axis"]
        axis = self.axes.xaxis if side == "x" else self.axes.yaxis
        for edge in ("top", "right") if side == "x" else ():
            self.axes.spines[edge].set_visible(False)
        near = self.axes.spines["bottom" if side == "x" else "left"]
        near.set_visible(bool(said.get("linecolor")))
        near.set_color(said.get("linecolor", MUTED))
        near.set_linewidth(self.points)
        limits = said.get("range") or (-0.5, len(self.categories[side]) - 0.5)
        (self.axes.set_xlim if side == "x" else self.axes.set_ylim)(*limits)
        size = self.layout["font"]["size"] * self.points
        if said.get("visible") is False:
            axis.set_visible(False)
            return
        if "tickvals" in said:
            named = said.get("ticktext", said["tickvals"])
            axis.set_ticks([self.at(side, v) for v in said["tickvals"]], [_plain(str(t)) for t in named])
            for label, text in zip(axis.get_ticklabels(), named, strict=True):
                label.set_fontweight("bold" if str(text).startswith("<b>") else "normal")
        else:
            axis.set_major_locator(MaxNLocator(said.get("nticks", 5)))
            axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axis.set_tick_params(
            length=5 * self.points if said.get("ticks") else 0,
            width=self.points,
            color=said.get("tickcolor", MUTED),
            labelsize=size,
            labelcolor=INK,
            pad=5 * self.points,
        )
        if said.get("gridcolor") and said.get("showgrid") is not False:
            axis.grid(True, color=said["gridcolor"], linewidth=self.points)
            self.axes.set_axisbelow(True)
        if said.get("zeroline") and limits[0] <= 0 <= limits[1]:
            self.axes.axhline(0, color=said["zerolinecolor"], linewidth=self.points, zorder=1)
        if said.get("title"):
            axis.set_label_text(
                said["title"]["text"], fontsize=said["title"]["font"]["size"] * self.points, color=MUTED
            )
            axis.labelpad = 6 * self.points

    def scatter(self, trace: dict, order: int) -> None:
        x = [self.at("x", v) for v in trace["x"]]
        y = [float("nan") if v is None else self.at("y", v) for v in trace["y"]]
        marker, line, front = trace.get("marker", {}), trace.get("line", {}), 3 + order
        if "lines" in trace["mode"]:
            self.axes.plot(
                x,
                y,
                color=line["color"],
                linewidth=line["width"] * self.points,
                linestyle=self.dash(line),
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
                self.axes.plot(
                    [across],
                    [up],
                    marker=MARKERS[symbol],
                    markersize=marker["size"] * self.points,
                    linestyle="none",
                    zorder=front,
                    clip_on=False,
                    markeredgecolor=colour,
                    markeredgewidth=(2 if hollow else 0) * self.points,
                    markerfacecolor=PAPER if hollow else colour,
                )
        for k, text in enumerate(trace.get("text", ())):
            if text:
                place = _each(trace.get("textposition", "top center"), len(x))[k]
                self.axes.annotate(
                    text,
                    (x[k], y[k]),
                    (0, 8 * self.points),
                    textcoords="offset points",
                    va="bottom",
                    annotation_clip=False,
                    ha="right" if "left" in place else "center",
                    fontsize=trace["textfont"]["size"] * self.points,
                    color=trace["textfont"]["color"],
                )

    def bars(self, trace: dict, place: int, of: int) -> None:
        """Horizontal bars, those of several traces side by side, each with its text at its end."""
        gap, between = self.layout.get("bargap", 0.2), self.layout.get("bargroupgap", 0.0)
        step = (1 - gap) / of
        thick = step * (1 - between)
        y = [self.at("y", v) + (place - (of - 1) / 2) * step for v in trace["y"]]
        marker, count = trace["marker"], len(y)
        fills = _each(marker["color"], count)
        hatched = _each(marker.get("pattern", {}).get("shape", ""), count)
        edges = _each(marker.get("line", {}).get("color", "none"), count)
        widths = _each(marker.get("line", {}).get("width", 0), count)
        inks = _each(trace["textfont"]["color"], count)
        for k in range(count):
            hatch = {"hatch": hatched[k] * 2, "hatchcolor": edges[k]} if hatched[k] else {}
            self.axes.barh(
                y[k],
                trace["x"][k],
                thick,
                color=PAPER if hatched[k] else fills[k],
                linewidth=widths[k] * self.points,
                edgecolor=edges[k] if widths[k] else "none",
                zorder=3,
                **hatch,
            )
            text = trace["text"][k].strip()
            self.axes.annotate(
                _plain(text),
                (max(trace["x"][k], 0), y[k]),
                (5 * self.points, 0),
                textcoords="offset points",
                va="center",
                ha="left",
                fontsize=trace["textfont"]["size"] * self.points,
                color=inks[k],
                fontweight="bold" if "<b>" in text else "normal",
                annotation_clip=False,
            )

    def note(self, note: dict) -> None:
        """An annotation: text at a place, moved by pixels, with a thin line where it has an arrow."""
        x, y = self.at("x", note["x"]), note["y"] if note.get("yref") == "paper" else self.at("y", note["y"])
        coordinates: str | tuple[str, str] = (
            ("data", "axes fraction") if note.get("yref") == "paper" else "data"
        )
        font = note["font"]
        shift = (note.get("xshift", 0) * self.points, note.get("yshift", 0) * self.points)
        arrow = None
        if note.get("showarrow", True):
            shift = (note["ax"] * self.points, -note["ay"] * self.points)
            arrow = {"arrowstyle": "-", "color": note["arrowcolor"], "linewidth": self.points}
        self.axes.annotate(
            _plain(note["text"]),
            (x, y),
            shift,
            xycoords=coordinates,
            textcoords="offset points",
            annotation_clip=False,
            ha=note.get("xanchor", "center"),
            va={"middle": "center"}.get(note.get("yanchor", "middle"), note.get("yanchor", "center")),
            fontsize=font["size"] * self.points,
            color=font["color"],
            fontweight="bold" if "<b>" in note["text"] else "normal",
            arrowprops=arrow,
            zorder=20,
            bbox={"facecolor": note["bgcolor"], "edgecolor": "none", "pad": 1.5 * self.points}
            if note.get("bgcolor")
            else None,
        )


def _each(value: object, count: int) -> Sequence:
    """One value for all, or a list with one each."""
    return value if isinstance(value, list) else [value] * count


def _plain(text: str) -> str:
    """The text without the few tags that the figures use."""
    return re.sub(r"</?b>", "", text.replace("<br>", "\n"))
