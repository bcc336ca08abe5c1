"""Slide: how much a slide of one indicator may say, on the wall and in a file, so that it can be read from
afar.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from safeguarding import periods
from safeguarding.store.notes import Note
from safeguarding.verdicts.rank import Ranking
from safeguarding.vocabulary import Role

MOST_WORDS, MOST_LINES, MOST_BARS = 60, 4, 13
SHORTEST_NOTE = 6  # words of a note that are worth a line


def left(printed: Iterable[str]) -> int:
    """How many words a slide has room for beside what is printed on it already; below nought where it is
    full.
    """
    return MOST_WORDS - sum(len(text.split()) for text in printed)


def newest(noted: Sequence[Note], room: int) -> str:
    """The last note or action in at most `room` words; nothing where that is too little to say anything."""
    if not noted or room < SHORTEST_NOTE:
        return ""
    note = noted[0]
    start = "Note:" if note.kind == "note" else "Action:" if note.open else "Done:"
    end = f"({note.owner}, {periods.in_words(note.due)})" if note.open and note.due else ""
    room -= 1
    if room - len(end.split()) >= SHORTEST_NOTE - 1:
        room -= len(end.split())
    else:
        end = ""
    said = note.text.split()
    if len(said) > room:
        return " ".join([start, *said[: room - 1]]) + " …"
    return " ".join(filter(None, [start, *said, end]))


def around(ranked: Ranking) -> Ranking:
    """As many bars of a ranking as can be read from afar: the area in focus, the benchmarks, and those next
    to the focus.
    """
    bars = ranked.bars
    middle = next((k for k, b in enumerate(bars) if b.role is Role.FOCUS), 0)
    nearest = sorted(range(len(bars)), key=lambda k: (bars[k].role is Role.OTHER, abs(k - middle)))[
        :MOST_BARS
    ]
    return replace(ranked, bars=tuple(bars[k] for k in sorted(nearest)))
