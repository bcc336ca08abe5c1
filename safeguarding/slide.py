"""Slide: how much a slide of one indicator may say, on the wall and in a file, so that it can be read from
afar.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from safeguarding import periods, words
from safeguarding.sentences import headline
from safeguarding.store.notes import Note
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.rank import Ranking
from safeguarding.vocabulary import Comparison, Role, Unit

MOST_WORDS, MOST_LINES, MOST_BARS = 60, 4, 13
SHORTEST_NOTE = 6  # words of a note that are worth a line


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
    chosen = whole if whole.words <= MOST_WORDS else short
    return replace(chosen, note=newest(noted, MOST_WORDS - chosen.words))


def _rows(summary: IndicatorSummary) -> Iterable[tuple[str, str]]:
    """The verdicts: tolerance, comparisons (one row where nothing is compared), direction, last change."""
    yield words.capital(summary.tolerance.name), summary.tolerance.words
    compared = summary.comparisons
    if all(c.verdict is Comparison.NOT_COMPARED for c in compared.values()):
        yield "Comparison", summary.england.words
    else:
        names = {"england": "England", "region": summary.region.name, "neighbours": "Neighbours"}
        yield from ((names[key], c.words) for key, c in compared.items())
    yield "Direction", words.MOVEMENT_WORDS[summary.movement.verdict]
    if summary.change.short:
        yield "On the year", words.capital(summary.change.short)


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
