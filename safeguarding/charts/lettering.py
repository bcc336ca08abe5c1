"""Lettering: the labels of a chart, set where the layout has them."""

from collections.abc import Iterator

from safeguarding.charts.element import tag, worded
from safeguarding.charts.label import FOOT, LEADING, PAD, TALL, Label
from safeguarding.charts.layout import Layout
from safeguarding.charts.paper import RISE, Paper
from safeguarding.charts.theme import MUTED, PAPER

ABOVE = 5  # pixels from where letters stand to the foot of their label


def written(plan: Layout, paper: Paper) -> str:
    """The labels of a layout."""
    inside = "".join(part for label in plan.labels for part in _label(label, plan, paper))
    return tag("g", inside, font_size=14, fill=MUTED) if inside else ""


def _label(label: Label, plan: Layout, paper: Paper) -> Iterator[str]:
    at = label.x
    place = 0.0 if label.y is None else plan.pixels if label.y == FOOT else plan.down(label.y)
    down = place - label.up
    step = LEADING * label.size
    first = {
        "middle": down + RISE * label.size - (len(label.lines) - 1) * step / 2,
        "bottom": down - ABOVE - (len(label.lines) - 1) * step,
        "top": down + PAD + label.size,
    }[label.rise]
    inward = {"start": PAD, "middle": 0, "end": -PAD}[label.anchor]
    if label.pointer:
        yield paper.rule((at, place), (at, down), stroke=label.colour)
    if label.lead is not None:
        yield paper.lead((label.lead, place), at, label.dx, label.up, stroke=label.colour)
    # what lies under a word is hidden by a rim around its letters, and no farther
    rim = {"stroke": PAPER, "stroke_width": 4, "paint_order": "stroke"} if label.ground else {}
    look = {
        **rim,
        "font_size": None if label.size == 14 else label.size,
        "fill": None if label.colour == MUTED else label.colour,
        "font_weight": 700 if label.bold else None,
    }
    if label.leads_down:
        leads = paper.rule((at, 0), (at, down + TALL), stroke=MUTED)
        yield tag("g", leads, data_mark=label.mark)
    for k, line in enumerate(label.lines):
        text = paper.text(at, first + k * step, line, label.anchor, label.dx + inward, **look)
        if label.after:
            text = text.replace("</text>", tag("tspan", worded(label.after), font_weight=400) + "</text>")
        yield text
