"""Foot: what stands under a picture: a line of notes and a line of source, as much of each as has room."""

from collections.abc import Iterator, Sequence

from safeguarding.charts.typeface import width

MORE = "More on the chart’s page."


def noted(notes: Sequence[str], size: float, room: float) -> str:
    """The notes as one line of text of a size: all, or those that it has room for, the first before others,
    and where the rest stands. A first note that is longer than the line is cut at a word.
    """
    whole = " ".join(notes)
    if width(whole, size) <= room:
        return whole
    kept: list[str] = []
    for note in notes:
        if width(" ".join([*kept, note, MORE]), size) <= room:
            kept.append(note)
    return " ".join([*kept, MORE]) if kept else next(_cut(notes[0], size, room), "")


def _cut(note: str, size: float, room: float) -> Iterator[str]:
    """The note, ever shorter, as far as it fits: with where the rest stands, else without."""
    said = note.split()
    for ending in (f" {MORE}", ""):
        for end in range(len(said) - 1, 0, -1):
            line = " ".join(said[:end]).rstrip(",;:") + "…" + ending
            if width(line, size) <= room:
                yield line


def credited(ways: Sequence[str], size: float, room: float) -> str:
    """The longest of the ways to name a source, long to short, that fits into a line; the last where none
    does.
    """
    return next((way for way in ways if width(way, size) <= room), ways[-1])
