"""Plot: a chart inside a picture, as large as its room allows.

Matplotlib draws the Plotly dict (docs/decisions/0010).
"""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from safeguarding.charts.chart import Chart
from safeguarding.charts.lettering import POINTS
from safeguarding.charts.plot_traces import Ground, bars, dashed, plain, scatter, weight
from safeguarding.charts.plotly import as_plotly
from safeguarding.charts.theme import INK, MUTED

INCH = 96  # CSS pixels in an inch
DESK_TEXT = 15  # pixels of text in a Plotly dict: what everything else in it is in proportion to


def plot(page: Figure, chart: Chart, room: tuple[float, float, float, float], text: float) -> None:
    """Draw a chart into `room` (left, bottom, width, height in inches) with text of `text` CSS pixels.

    Where a chart of rows needs more height than there is, all of it is drawn smaller.
    """
    scale = text / DESK_TEXT
    left, bottom, width, height = room
    drawn = as_plotly(chart, int(height * INCH / scale), valued=True)
    needed = drawn["layout"]["height"]
    scale = min(scale, height * INCH / needed)
    across, up = page.get_size_inches()
    axes = page.add_axes((left / across, bottom / up, width / across, height / up), facecolor="none")
    _draw(axes, drawn, scale * POINTS / INCH)
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


def _draw(axes: Axes, figure: dict, points: float) -> None:
    """Everything in a Plotly dict; `points` is what one of its pixels is in points."""
    data, layout = figure["data"], figure["layout"]
    places = {
        side: {name: k for k, name in enumerate(layout[f"{side}axis"].get("categoryarray", ()))}
        for side in ("x", "y")
    }
    ground = Ground(axes, points, places)
    for side in ("x", "y"):
        _axis(ground, side, layout[f"{side}axis"], layout["font"]["size"])
    rows = [t for t in data if t["type"] == "bar"]
    for n, trace in enumerate(rows):
        bars(ground, trace, n, len(rows), layout.get("bargap", 0.2), layout.get("bargroupgap", 0.0))
    for order, trace in enumerate(t for t in data if t["type"] == "scatter"):
        scatter(ground, trace, order)
    for shape in layout.get("shapes", ()):
        line = shape["line"]
        axes.plot(
            (ground.at("x", shape["x0"]), ground.at("x", shape["x1"])),
            (shape["y0"], shape["y1"]),
            transform=axes.get_xaxis_transform(),
            color=line["color"],
            linewidth=line["width"] * points,
            linestyle=dashed(line),
            clip_on=False,
        )
    for note in layout.get("annotations", ()):
        _note(ground, note)


def _axis(ground: Ground, side: str, said: dict, text: int) -> None:
    axis = ground.axes.xaxis if side == "x" else ground.axes.yaxis
    for edge in ("top", "right") if side == "x" else ():
        ground.axes.spines[edge].set_visible(False)
    near = ground.axes.spines["bottom" if side == "x" else "left"]
    near.set_visible(bool(said.get("linecolor")))
    near.set_color(said.get("linecolor", MUTED))
    near.set_linewidth(ground.points)
    limits = said.get("range") or (-0.5, len(ground.places[side]) - 0.5)
    (ground.axes.set_xlim if side == "x" else ground.axes.set_ylim)(*limits)
    size = text * ground.points
    if said.get("visible") is False:
        axis.set_visible(False)
        return
    if "tickvals" in said:
        named = said.get("ticktext", said["tickvals"])
        axis.set_ticks([ground.at(side, v) for v in said["tickvals"]], [plain(str(t)) for t in named])
        for label, name in zip(axis.get_ticklabels(), named, strict=True):
            label.set_fontweight(weight(str(name)))
    else:
        axis.set_major_locator(MaxNLocator(said.get("nticks", 5)))
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axis.set_tick_params(
        length=5 * ground.points if said.get("ticks") else 0,
        width=ground.points,
        color=said.get("tickcolor", MUTED),
        labelsize=size,
        labelcolor=INK,
        pad=5 * ground.points,
    )
    if said.get("gridcolor") and said.get("showgrid") is not False:
        axis.grid(True, color=said["gridcolor"], linewidth=ground.points)
        ground.axes.set_axisbelow(True)
    if said.get("zeroline") and limits[0] <= 0 <= limits[1]:
        ground.axes.axhline(0, color=said["zerolinecolor"], linewidth=ground.points, zorder=1)
    if said.get("title"):
        axis.set_label_text(
            said["title"]["text"], fontsize=said["title"]["font"]["size"] * ground.points, color=MUTED
        )
        axis.labelpad = 6 * ground.points


def _note(ground: Ground, note: dict) -> None:
    """An annotation: text at a place, moved by pixels, with a thin line where it has an arrow."""
    x, y = ground.at("x", note["x"]), note["y"] if note.get("yref") == "paper" else ground.at("y", note["y"])
    coordinates: str | tuple[str, str] = ("data", "axes fraction") if note.get("yref") == "paper" else "data"
    font = note["font"]
    shift = (note.get("xshift", 0) * ground.points, note.get("yshift", 0) * ground.points)
    arrow = None
    if note.get("showarrow", True):
        shift = (note["ax"] * ground.points, -note["ay"] * ground.points)
        arrow = {"arrowstyle": "-", "color": note["arrowcolor"], "linewidth": ground.points}
    ground.axes.annotate(
        plain(note["text"]),
        (x, y),
        shift,
        xycoords=coordinates,
        textcoords="offset points",
        annotation_clip=False,
        ha=note.get("xanchor", "center"),
        va={"middle": "center"}.get(note.get("yanchor", "middle"), note.get("yanchor", "center")),
        fontsize=font["size"] * ground.points,
        color=font["color"],
        fontweight=weight(note["text"]),
        arrowprops=arrow,
        zorder=20,
        bbox={"facecolor": note["bgcolor"], "edgecolor": "none", "pad": 1.5 * ground.points}
        if note.get("bgcolor")
        else None,
    )
