"""Supply: which agency's return of which quarter is expected, received, late, queried or corrected?

What is expected stands in agencies.csv, what was asked in queries.csv; the rest follows from the releases. An
agency without a first quarter owes nothing yet, and is not on the board.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from safeguarding import periods, words
from safeguarding.store.receipts import Receipt
from safeguarding.store.tables import Agency, Queried

MOST = 6  # quarters on the board, the newest
COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Return:
    """An agency's return of a quarter, as it stands on a day.

    `receipt` is None where it has not come; `wanted` is of how many indicators.
    """

    quarter: str
    due: date
    today: date
    wanted: int
    receipt: Receipt | None
    queries: tuple[Queried, ...]

    @property
    def late(self) -> bool:
        """Has it not come, though its day has gone by?"""
        return self.receipt is None and self.today > self.due

    @property
    def state(self) -> str:
        """`expected`, `late` (not come), or `received`."""
        return "received" if self.receipt else "late" if self.late else "expected"

    def lines(self, corrected: Iterable[date]) -> list[str]:
        """All that there is to say of it, a line each; `corrected` are the days on which figures of it were
        changed.
        """
        due = periods.in_words(self.due)
        if self.receipt is None:
            said = [f"by {due}" if not self.late else f"expected by {due}"]
        elif self.receipt.on is None:
            said = ["in the first release"]
        else:
            days = (self.receipt.on - self.due).days
            after = f", {days} {'day' if days == 1 else 'days'} late" if days > 0 else ""
            said = [f"on {periods.in_words(self.receipt.on)}{after}"]
        if self.receipt and len(self.receipt.indicators) < self.wanted:
            said.append(f"{len(self.receipt.indicators)} of {self.wanted} measures")
        said += [f"corrected on {periods.in_words(day)}" for day in corrected]
        for q in self.queries:
            answer = f"answered on {periods.in_words(q.answered_on)}" if q.answered_on else "not answered yet"
            said.append(f"queried on {periods.in_words(q.asked_on)}, {answer}: {q.about}")
        return said


@dataclass(frozen=True)
class Supplier:
    """An agency with its returns, the oldest first."""

    agency: Agency
    returns: tuple[Return, ...]

    @property
    def short_name(self) -> str:
        """Its name as a sentence begins with it: Health, Police."""
        return self.agency.name.partition(",")[0]

    @property
    def owed(self) -> tuple[Return, ...]:
        """The returns that are late."""
        return tuple(r for r in self.returns if r.late)

    @property
    def behind(self) -> str:
        """ "Health is one quarter late"; empty where it is not."""
        count = len(self.owed)
        if not count:
            return ""
        number = COUNTED[count] if count < len(COUNTED) else str(count)
        return f"{self.short_name} is {number} {'quarter' if count == 1 else 'quarters'} late"


def suppliers(
    agencies: Iterable[Agency],
    receipts: Mapping[tuple[str, str], Receipt],
    queries: Sequence[Queried],
    today: date,
) -> tuple[Supplier, ...]:
    """The agencies that supply quarters, with every return from the first one on, as things stand on a day.

    `receipts` are by source and quarter.
    """
    return tuple(
        Supplier(
            a,
            tuple(
                Return(
                    quarter,
                    periods.end_of(quarter) + timedelta(a.due_days),
                    today,
                    len(a.indicators),
                    receipts.get((a.source_id, quarter)),
                    tuple(q for q in queries if (q.agency, q.quarter) == (a.agency, quarter)),
                )
                for quarter in _ended(a.first_quarter, today)
            ),
        )
        for a in agencies
        if a.first_quarter
    )


def _ended(first: str, today: date) -> list[str]:
    """The quarters from one on that have ended by a day, oldest first."""
    found = []
    while periods.end_of(first) < today:
        found.append(first)
        first = periods.quarter_after(first)
    return found


def behind(found: Iterable[Supplier]) -> str:
    """Who is late, as a sentence: "Health is one quarter late, police is two quarters late."; empty where
    nobody is.
    """
    said = [s.behind for s in found if s.owed]
    return f"{words.listed([said[0], *map(words.uncapital, said[1:])])}." if said else ""


def fed(found: Iterable[Supplier], indicator_id: str) -> str:
    """Who is late with an indicator, as a sentence; empty where nobody is."""
    return behind(s for s in found if indicator_id in s.agency.indicators)
