"""Lettering: paragraphs on a picture, measured so that every word has room."""

from bisect import bisect_left

from matplotlib.figure import Figure

POINTS = 72  # in an inch
LEADING = 1.3  # from line to line, in sizes of the text


def wrapped(page: Figure, text: str, points: float, weight: str, width: float) -> list[str]:
    """The text in lines that fit into `width` inches, measured in its own font.

    A word that is wider than a line, such as an address, is broken.
    """
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


def paragraph(
    page: Figure, text: str, left: float, top: float, points: float, weight: str, colour: str, width: float
) -> float:
    """Write a paragraph; answer where it ends, in inches from the bottom."""
    across, up = page.get_size_inches()
    for line in wrapped(page, text, points, weight, width):
        page.text(left / across, top / up, line, size=points, weight=weight, color=colour, va="top")
        top -= LEADING * points / POINTS
    return top
