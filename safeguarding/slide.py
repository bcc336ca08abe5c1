"""Slide: how much a slide of one indicator may say, on the wall and in a file, so that it can be read from
afar.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from safeguarding import periods, words
from safeguarding.beside import Beside, beside
from safeguarding.sentences import headline
from safeguarding.so_what import chosen
from safeguarding.store.notes import Note
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.comparison import Compared
from safeguarding.verdicts.rank import Ranking
from safeguarding.vocabulary import Role, Unit

MOST_WORDS, MOST_LINES, MOST_BARS = 60, 4, 13
SHORTEST_NOTE = 6  # words of a note that are worth a line
LEAST_OF_ACTION = 9  # words of what an open action is, with the mark of what is cut


@dataclass(frozen=True)
class Said:
    """All that a slide says beside its chart, within MOST_WORDS where its finding and verdicts allow.

    `unit` is empty where the figure itself shows it, `rows` are the verdicts: what of, and its word. `note`
    is the last note, cut where there is no room, and empty where there is too little.
    """

    headline: str
    measure: str
    printed: str
    unit: str
    period: str
    rows: tuple[tuple[str, str], ...]
    question: str
    note: str

    @property
    def room(self) -> int:
        """How many words there are for a note."""
        return MOST_WORDS - self.words + len(self.note.split())

    @property
    def words(self) -> int:
        """How many words that are."""
        rows = [part for row in self.rows for part in row]
        said = (self.headline, self.measure, self.printed, self.unit, self.period, self.question, self.note)
        return sum(len(text.split()) for text in (*said, *rows))


def said(summary: IndicatorSummary, noted: Sequence[Note]) -> Said:
    """What the slide of an indicator says, on the wall and in a file."""
    unit = summary.indicator.unit
    short = Said(
        headline(summary),
        summary.indicator.title,
        summary.printed,
        "" if unit in (Unit.PERCENT, Unit.COUNT) or summary.value is None else unit.words,
        summary.period_label,
        tuple(_rows(summary)),
        summary.indicator.question,
        "",
    )
    # the place stands on the first slide and beside its line: it goes first where words are scarce
    whole = replace(short, measure=f"{summary.indicator.title}, {summary.area.name}")
    fitting = whole if whole.words <= MOST_WORDS else short
    return replace(fitting, note=newest(noted, fitting.room))


def _rows(summary: IndicatorSummary) -> Iterable[tuple[str, str]]:
    """The verdicts: tolerance, comparisons, direction, last change."""
    yield words.capital(summary.tolerance.name), summary.tolerance.words
    yield from ((name, said) for name, said, _ in compared(summary))
    yield "Direction", words.MOVEMENT_WORDS[summary.movement.verdict]
    if summary.change.short:
        yield "On the year", words.capital(summary.change.short)


def compared(summary: IndicatorSummary) -> list[tuple[str, str, Compared]]:
    """Whom a slide compares with, what it says of each, and the comparison: England, the region and the
    neighbours by the verdict, or by their figure and why nothing was tested; areas that a reader has added by
    how far this one lies from them. One row where nobody is compared with.
    """
    found = beside(summary)
    if not found:
        return [("Comparison", summary.england.words, summary.england)]
    added = [area.name for area in chosen(summary.view, summary.catalogue)]
    always = [(b.name, _always(b), b.compared) for b in found if b.name not in added]
    others = [
        (b.name, b.said.removeprefix(f"{summary.area.name} "), b.compared) for b in found if b.name in added
    ]
    return [*always, *others[: MOST_LINES - 1]]


def _always(one: Beside) -> str:
    """The verdict against one: "Worse"; where there is none, "15.2, spread not published"."""
    if not one.compared.reason:
        return one.compared.words
    return ", ".join(filter(None, (one.value, one.said)))


def lined(compare: Sequence[str], added: Sequence[str]) -> tuple[str, ...]:
    """Those that a slide has lines for beside the area in focus, in their order: whom a reader has added
    before those who always stand there.
    """
    first = sorted(compare, key=lambda one: one not in added)[: MOST_LINES - 1]
    return tuple(one for one in compare if one in first)


def newest(noted: Sequence[Note], room: int) -> str:
    """The last note or action in at most `room` words; nothing where that is too little to say anything.

    An open action has its owner, its day and LEAST_OF_ACTION words whatever the room (docs/decisions/0036).
    assets/meeting.js does the same for one that has just been kept.
    """
    if not noted:
        return ""
    note = noted[0]
    start = "Note:" if note.kind == "note" else "Action:" if note.open else "Done:"
    end = f"({note.owner}, {periods.in_words(note.due)})" if note.open and note.due else ""
    if end:
        room = max(room, 1 + LEAST_OF_ACTION + len(end.split()))
    if room < SHORTEST_NOTE:
        return ""
    said, left = note.text.split(), room - 1 - len(end.split())
    if len(said) > left:
        said = [*said[: left - 1], "…"]
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
