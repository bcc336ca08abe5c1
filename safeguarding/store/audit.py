"""Audit: a log of who came in, or tried to, and of who changed what. It is only added to: the database
itself refuses any other change (migrations/versions/0006_access.py).

It holds no figure, no word of a note, no password and no token.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from safeguarding.store.schema import AUDIT


@dataclass(frozen=True)
class Entry:
    """A line of the log: when (UTC), what was done or tried, by whom, about what, from which address."""

    number: int
    made_at: str
    what: str
    who: str
    about: str
    address: str

    @property
    def as_data(self) -> dict[str, object]:
        """The line as JSON has it."""
        return asdict(self)


def write_down(connection: sa.Connection, what: str, who: str, about: str = "", address: str = "") -> None:
    """Add a line, in the transaction that does what it tells of: both happen, or neither. The transaction
    has to be one of `writing`, which holds off every other writer.

    What is longer than its column is cut.
    """
    number = connection.execute(sa.select(sa.func.coalesce(sa.func.max(AUDIT.c.number), 0))).scalar_one() + 1
    line = {
        "what": what[:40],
        "who": plain(who)[:200],
        "about": plain(about)[:200],
        "address": address[:60],
    }
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(sa.insert(AUDIT).values(number=number, made_at=made_at, **line))


def entries(engine: sa.Engine, newest: int | None = None) -> Iterator[Entry]:
    """The lines, the first first; with `newest` so many of the last ones, the last first."""
    asked = sa.select(AUDIT).order_by(AUDIT.c.number)
    if newest is not None:
        asked = sa.select(AUDIT).order_by(AUDIT.c.number.desc()).limit(newest)
    with engine.connect() as connection:
        for row in connection.execute(asked):
            yield Entry(*row)


def plain(text: str) -> str:
    """Text that neither breaks a line nor stops a database."""
    return "".join(c if c.isprintable() else "?" for c in text)
