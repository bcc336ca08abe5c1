"""Notes: what is said of a figure and what will be done, kept beside the releases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from safeguarding import periods
from safeguarding.refused import Refused
from safeguarding.store.drafts import Draft, problems_of, signed
from safeguarding.store.releases import Store
from safeguarding.store.schema import NOTE

HIGHEST = 2**31 - 1  # what an integer column holds


@dataclass(frozen=True)
class Note:
    """A note or an action about an indicator in an area and a period.

    `done_by` is empty while an action is open; a note has no owner and no due day.
    """

    note_id: int
    indicator_id: str
    area_code: str
    period: str
    kind: str
    text: str
    owner: str
    due: date | None
    author: str
    written_at: datetime
    done_by: str
    done_at: datetime | None

    @property
    def open(self) -> bool:
        """Is it an action that nobody has done yet?"""
        return self.kind == "action" and not self.done_by

    def overdue(self, today: date) -> bool:
        """Is it open after its day?"""
        return self.open and self.due is not None and self.due < today


class Notes:
    """The notes and actions of a store."""

    def __init__(self, store: Store):
        self.store = store

    def revision(self) -> int:
        """A number that grows with every change, so that a page made before it is known to be old."""
        with self.store.engine.connect() as connection:
            return _highest(connection, NOTE.c.revision)

    def write(self, draft: Draft) -> Note:
        """Keep a note or an action about a figure of the published release, with the time.

        Raises Refused with all that is wrong, and then keeps nothing; LookupError before the first load.
        """
        release = self.store.published()
        if release is None:
            raise LookupError("no release is published")
        held = self.store.shown(release).periods_held(draft.indicator_id, draft.area_code)
        if problems := problems_of(draft, self.store.catalogue(release), held):
            raise Refused(problems)
        is_action = draft.kind == "action"
        with self.store.writing() as connection:
            number = _highest(connection, NOTE.c.note_id) + 1
            connection.execute(
                sa.insert(NOTE).values(
                    note_id=number,
                    indicator_id=draft.indicator_id,
                    area_code=draft.area_code,
                    period=draft.period,
                    kind=draft.kind,
                    text=draft.text,
                    owner=draft.owner if is_action else "",
                    due=draft.due if is_action else "",
                    author=draft.author,
                    written_at=_now(),
                    done_by="",
                    done_at="",
                    removed_by="",
                    removed_at="",
                    revision=_highest(connection, NOTE.c.revision) + 1,
                )
            )
        return self.get(number)

    def finish(self, note_id: int, by: str) -> Note:
        """Mark an action as done. Raises KeyError where there is no such action, Refused without a name."""
        self._change(note_id, NOTE.c.kind == "action", done_by=signed(by), done_at=_now())
        return self.get(note_id)

    def reopen(self, note_id: int) -> Note:
        """Mark an action as open again. Raises KeyError where there is no such action."""
        self._change(note_id, NOTE.c.kind == "action", done_by="", done_at="")
        return self.get(note_id)

    def remove(self, note_id: int, by: str) -> None:
        """Take a note away: its text and names are overwritten, who did it and when is kept.

        Raises KeyError where there is none, Refused without a name.
        """
        self._change(
            note_id,
            sa.true(),
            text="",
            owner="",
            author="",
            done_by="",
            removed_by=signed(by),
            removed_at=_now(),
        )

    def get(self, note_id: int) -> Note:
        """One note. Raises KeyError where there is none, or where it has been removed."""
        found = self._read(_numbered(note_id))
        if not found:
            raise KeyError(f"there is no note {note_id}")
        return found[0]

    def about(
        self, area_code: str, indicators: Iterable[str] | None = None, until: date | None = None
    ) -> list[Note]:
        """The notes about an area, newest first.

        Where given, those about some indicators alone, and about periods that end by a day (or are undated).
        """
        wanted = NOTE.c.area_code == area_code
        if indicators is not None:
            wanted &= NOTE.c.indicator_id.in_(sorted(set(indicators)))
        return [
            n
            for n in self._read(wanted)
            if until is None or n.period == periods.UNDATED or periods.end_of(n.period) <= until
        ]

    def _read(self, wanted: sa.ColumnElement[bool]) -> list[Note]:
        """The notes that stand, newest first, without any whose period nobody can read."""
        query = sa.select(NOTE).where(wanted, NOTE.c.removed_at == "").order_by(NOTE.c.note_id.desc())
        with self.store.engine.connect() as connection:
            rows = connection.execute(query).all()
        return [_note(row) for row in rows if periods.is_period(row.period)]

    def _change(self, note_id: int, only: sa.ColumnElement[bool], **values: str) -> None:
        where = _numbered(note_id) & (NOTE.c.removed_at == "") & only
        with self.store.writing() as connection:
            revision = _highest(connection, NOTE.c.revision) + 1
            changed = connection.execute(sa.update(NOTE).where(where).values(**values, revision=revision))
            if not changed.rowcount:
                raise KeyError(f"there is no note {note_id} to change")


def _numbered(note_id: int) -> sa.ColumnElement[bool]:
    """The note of a number; none for a number that the column cannot hold."""
    return NOTE.c.note_id == note_id if 0 < note_id <= HIGHEST else sa.false()


def _highest(connection: sa.Connection, column: sa.Column[int]) -> int:
    return connection.execute(sa.select(sa.func.coalesce(sa.func.max(column), 0))).scalar_one()


def _note(row: sa.Row) -> Note:
    return Note(
        row.note_id,
        row.indicator_id,
        row.area_code,
        row.period,
        row.kind,
        row.text,
        row.owner,
        periods.day(row.due),
        row.author,
        datetime.fromisoformat(row.written_at),
        row.done_by,
        datetime.fromisoformat(row.done_at) if row.done_at else None,
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
