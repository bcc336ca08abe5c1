"""Label: words in and around a chart, where they stand, and how they are broken into lines."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from safeguarding.charts.theme import MUTED
from safeguarding.charts.typeface import width

FOOT = float("-inf")
HANG = 24  # pixels from the plot's foot to where the letters of its ticks stand
LEADING = 1.3  # from line to line, in sizes of the text
SIZE = 14  # pixels of the text of labels
PAD = 2  # pixels that Plotly leaves around a label
LONGEST = 24  # letters of a name on one line
NARROW = 160  # pixels of a plot on a phone: what must keep apart keeps apart there
CLEAR = 4  # pixels between two words on one line
RAISED, TALL = 14.0, 9.0  # pixels: how high events stand above a plot, half the height of their words


Anchor = Literal["start", "middle", "end"]
BEFORE: dict[Anchor, float] = {"start": 0, "middle": 0.5, "end": 1}  # the share of words before their place


class Tick(NamedTuple):
    """A tick: where on its axis, what is printed at it (in lines), whether it stands out."""

    at: float
    text: str
    bold: bool = False


@dataclass(frozen=True)
class Label:
    """Words at a place of the axes, `y` None: at the top of the plot, minus infinity: at its foot.

    They begin, end or have their middle `dx` pixels to the right of it, and stand `up` pixels above, with
    their middle, their foot or their top there. `after` goes on in plain type. `pointer` says that a thin
    line leads to the place, `mark` what they are the name of where it is no series. `lead` is where on the
    horizontal axis a line ends that they are far above or below: a thin line leads there; None where they
    stand beside it.
    """

    text: str
    x: float
    y: float | None
    anchor: Anchor = "start"
    dx: float = 0.0
    up: float = 0.0
    rise: Literal["middle", "bottom", "top"] = "middle"
    size: float = SIZE
    colour: str = MUTED
    bold: bool = False
    after: str = ""
    ground: bool = False
    pointer: bool = False
    mark: str = ""
    lead: float | None = None

    @property
    def leads_down(self) -> bool:
        """Do they stand above the plot, with a line down to their place?"""
        return self.mark in ("event", "break")

    @property
    def lines(self) -> list[str]:
        """The words, line by line."""
        return self.text.split("\n")

    @cached_property
    def width(self) -> float:
        """Pixels of the longest line."""
        whole = max(width(line, self.size, self.bold) for line in self.lines)
        return whole + width(self.after, self.size)

    def begins(self, pitch: float) -> float:
        """Where its words begin, where a step of the axis is `pitch` pixels."""
        return self.x * pitch + self.dx - BEFORE[self.anchor] * self.width


def wrapped(name: str) -> str:
    """A long name on two lines, parted near its middle."""
    if len(name) <= LONGEST:
        return name
    blanks = [k for k, c in enumerate(name) if c == " "]
    at = min(blanks, key=lambda k: abs(k - len(name) / 2), default=len(name))
    return f"{name[:at]}\n{name[at + 1 :]}"


def filled(text: str, size: float, room: float) -> list[str]:
    """The text in lines that fit into a room, as far as its words do."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def apart(one: Label, other: Label, pitch: float, clear: float = CLEAR) -> bool:
    """Does a label end `clear` pixels before another begins, where a step of the axis is `pitch` pixels?"""
    return one.begins(pitch) + one.width + clear <= other.begins(pitch)
