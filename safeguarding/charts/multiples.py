"""Multiples: many small charts on one page, each with its own heading, in rows that are read like text."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from safeguarding.charts.chart import Absence, Chart
from safeguarding.charts.drawn import Placed, placed
from safeguarding.charts.element import number, tag
from safeguarding.charts.key import Entry
from safeguarding.charts.label import LEADING, SIZE
from safeguarding.charts.looks import Pen
from safeguarding.charts.paragraphs import paragraph, wrapped
from safeguarding.charts.theme import INK, STYLES
from safeguarding.charts.ticks import TEXT
from safeguarding.vocabulary import Role

APART = 1.2  # sizes of text between two panels
LOW, WIDEST = (
    130,
    190,
)  # pixels at their full size: the least height of a panel's plot, the least width of a panel


@dataclass(frozen=True)
class Panel:
    """A small chart and its heading."""

    heading: str
    chart: Chart


def alike(charts: Sequence[Chart]) -> list[Chart]:
    """The same charts over one scale: the one that holds them all, so that they can be compared."""
    tallest = max(charts, key=lambda c: c.ticks[-1], default=None)
    return [replace(c, ticks=tallest.ticks) for c in charts] if tallest else []


def small(chart: Chart) -> Chart:
    """A bare trend as a panel has it: its own line and England's, and at the end the latest value alone."""
    kept = tuple(s for s in chart.series if s.role in (Role.FOCUS, Role.ENGLAND))
    ends = tuple(replace(end, name=end.printed, printed="") for end in chart.ends if end.role is Role.FOCUS)
    return replace(chart, series=kept, ends=ends, absences=_wordless(chart))


def _wordless(chart: Chart) -> tuple[Absence, ...]:
    return tuple(replace(absence, word="") for absence in chart.absences)


def key() -> list[Entry]:
    """What the lines of every panel stand for."""
    lines = {Role.FOCUS: "the area", Role.ENGLAND: "England"}
    looks = {role: STYLES[role] for role in lines}
    return [Entry(Pen(look.colour, look.width, look.dash), lines[role]) for role, look in looks.items()]


def panels(held: Sequence[Panel], width: float, height: float, text: float, least: float) -> Placed:
    """Small charts in a box, as many side by side as have room, none with words smaller than `least`.

    What the box has no room for makes it higher. The names of lines are left to the first chart's own.
    """
    size = max(least, 0.8 * text)
    gap, scale = APART * size, size / SIZE
    across = max(1, min(len(held), int((width + gap) / (WIDEST * scale + gap)), 5))
    down = math.ceil(len(held) / across)
    wide = (width - gap * (across - 1)) / across
    heads = [wrapped(one.heading, size, True, wide) for one in held]
    head = max(map(len, heads), default=1) * LEADING * size
    room = max(LOW * scale, (height - gap * (down - 1)) / down - head)
    parts, smallest = [], size
    for k, (one, lines) in enumerate(zip(held, heads, strict=True)):
        left, top = (k % across) * (wide + gap), (k // across) * (room + head + gap)
        made = placed(one.chart, wide, room, size * TEXT / SIZE, least, slim=True)
        smallest = min(smallest, made.words)
        parts.append(paragraph(lines, left, top, size, INK, bold=True))
        parts.append(tag("g", made.svg, transform=f"translate({number(left)} {number(top + head)})"))
    return Placed("".join(parts), down * (room + head + gap) - gap, smallest)
