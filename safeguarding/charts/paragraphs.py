"""Paragraphs: text on a picture, measured so that every word has room."""

from bisect import bisect_left

from safeguarding.charts.element import tag, worded
from safeguarding.charts.label import LEADING
from safeguarding.charts.typeface import width

ASCENT = 0.93  # from the top of a line to where its letters stand


def wrapped(text: str, size: float, bold: bool, room: float) -> list[str]:
    """The text in lines that fit into a room.

    A word that is wider than a line, such as an address, is broken.
    """
    lines: list[str] = []

    def fits(line: str) -> bool:
        return width(line, size, bold) <= room

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
    return lines


def paragraph(lines: list[str], left: float, top: float, size: float, colour: str, bold: bool = False) -> str:
    """Lines of text, the first with its top at a height."""
    look = {"font_size": size, "fill": colour, "font_weight": 700 if bold else None}
    return "".join(
        tag("text", worded(line), x=left, y=top + (ASCENT + k * LEADING) * size, **look)
        for k, line in enumerate(lines)
    )
