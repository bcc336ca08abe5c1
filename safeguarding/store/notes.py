"""Notes: what is said of a figure and what will be done, kept beside the releases."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from safeguarding import periods
from safeguarding.refused import Refused
from safeguarding.store.audit import write_down
from safeguarding.store.drafts import Draft, problems_of, signed
from safeguarding.store.releases import Store
from safeguarding.store.schema import NOTE, NOTE_CHANGE

HIGHEST = 2**31 - 1  # what an integer column holds
MOST_A_DAY = 60  # notes that are written, and as many that are removed, about one area in one day
PAST = {
    "write": "written",
    "done": "marked as done",
    "reopen": "opened again",
    "remove": "removed",
    "restore": "put back",
}  # as the audit log says it
GRACE = timedelta(days=30)  # until the words of a note that was removed are overwritten


@dataclass(frozen=True)
class Note:
    """A note or an action about an indicator in an area and a period.

    `done_by` is empty while an action is open; a note has no owner and no due day. `removed_by` is empty of
    one that stands.
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
    removed_by: str = ""
    removed_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Is it an action that nobody has done yet?"""
        return self.kind == "action" and not self.done_by and not self.removed_by

    def overdue(self, today: date) -> bool:
        """Is it open after its day?"""
        return self.open and self.due is not None and self.due < today


@dataclass(frozen=True)
class Change:
    """A line of the journal: what was done to a note (`write`, `done`, `reopen`, `remove`, `restore`), who
    says so, and when. It holds none of the note's words.
    """

    number: int
    note_id: int
    area_code: str
    what: str
    author: str
    made_at: datetime


class Notes:
    """The notes and actions of a store, and the journal of what was done to them."""

    def __init__(self, store: Store):
        self.store = store

    def revision(self) -> int:
        """A number that grows with every change, so that a page made before it is known to be old."""
        return self.store.notes_revision()

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
            _within_the_day(connection, draft.area_code, "write")
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
            _written_down(connection, number, draft.area_code, "write", draft.author)
            overwrite_removed(connection)
        return self.get(number)

    def finish(self, note_id: int, by: str) -> Note:
        """Mark an action as done. Raises KeyError where there is no such action, Refused without a name."""
        action = (NOTE.c.kind == "action") & STANDING
        self._change(note_id, "done", signed(by), action, done_by=signed(by), done_at=_now())
        return self.get(note_id)

    def reopen(self, note_id: int, by: str) -> Note:
        """Mark an action as open again. Raises KeyError where there is no such action, Refused without a
        name.
        """
        self._change(
            note_id, "reopen", signed(by), (NOTE.c.kind == "action") & STANDING, done_by="", done_at=""
        )
        return self.get(note_id)

    def remove(self, note_id: int, by: str) -> Note:
        """Take a note away: it is marked, and nobody is shown its words any more. It can be put back for a
        month; then its words are overwritten.

        Raises KeyError where there is none, Refused without a name, or where as many have been removed today
        about one area as may be.
        """
        self._change(note_id, "remove", signed(by), STANDING, removed_by=signed(by), removed_at=_now())
        return _without_words(self._read(_numbered(note_id), removed=True)[0])

    def restore(self, note_id: int, by: str) -> Note:
        """Put a note back that was removed within the month. Raises KeyError where there is none, Refused
        without a name.
        """
        within = (NOTE.c.removed_at >= _before(GRACE)) & ~STANDING
        self._change(note_id, "restore", signed(by), within, removed_by="", removed_at="")
        return self.get(note_id)

    def removed(self, area_code: str, indicators: Iterable[str]) -> list[Note]:
        """The notes about some indicators in an area that can be put back, newest first, without their
        words.
        """
        wanted = (NOTE.c.area_code == area_code) & NOTE.c.indicator_id.in_(sorted(set(indicators)))
        found = self._read(wanted & (NOTE.c.removed_at >= _before(GRACE)), removed=True)
        return [_without_words(n) for n in found]

    def overwrite_removed(self) -> None:
        """Overwrite the words of what was removed more than a month ago. A store that holds none of them is
        not written to.
        """
        with self.store.engine.connect() as connection:
            kept = connection.execute(sa.select(NOTE.c.note_id).where(_past(), NOTE.c.text != "")).first()
        if kept:
            with self.store.writing() as connection:
                overwrite_removed(connection)

    def journal(self) -> list[Change]:
        """What was done to notes, the first first."""
        with self.store.engine.connect() as connection:
            rows = connection.execute(sa.select(NOTE_CHANGE).order_by(NOTE_CHANGE.c.number)).all()
        return [
            Change(r.number, r.note_id, r.area_code, r.what, r.author, datetime.fromisoformat(r.made_at))
            for r in rows
        ]

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

    def _read(self, wanted: sa.ColumnElement[bool], removed: bool = False) -> list[Note]:
        """The notes that stand, or those that were removed, newest first, without any whose period nobody can
        read.
        """
        standing = ~STANDING if removed else STANDING
        query = sa.select(NOTE).where(wanted, standing).order_by(NOTE.c.note_id.desc())
        with self.store.engine.connect() as connection:
            rows = connection.execute(query).all()
        return [_note(row) for row in rows if removed or periods.is_period(row.period)]

    def _change(self, note_id: int, what: str, by: str, only: sa.ColumnElement[bool], **values: str) -> None:
        """Change a note and write down that it was; forget what was removed more than a month ago."""
        where = _numbered(note_id) & only
        with self.store.writing() as connection:
            area = connection.execute(sa.select(NOTE.c.area_code).where(where)).scalar()
            if area is None:
                raise KeyError(f"there is no note {note_id} to change")
            if what == "remove":
                _within_the_day(connection, area, what)
            revision = _highest(connection, NOTE.c.revision) + 1
            connection.execute(sa.update(NOTE).where(where).values(**values, revision=revision))
            _written_down(connection, note_id, area, what, by)
            overwrite_removed(connection)


STANDING = NOTE.c.removed_at == ""


def overwrite_removed(connection: sa.Connection) -> None:
    """Overwrite the words of the notes in a store, or a copy of one, that were removed over a month ago."""
    connection.execute(sa.update(NOTE).where(_past()).values(text="", owner="", author="", done_by=""))


def _past() -> sa.ColumnElement[bool]:
    return ~STANDING & (NOTE.c.removed_at < _before(GRACE))


def _within_the_day(connection: sa.Connection, area_code: str, what: str) -> None:
    """Raises Refused where as many have been written, or removed, about an area today as may be."""
    c = NOTE_CHANGE.c
    today = (c.area_code == area_code) & (c.what == what) & (c.made_at >= _now()[:10])
    if connection.execute(sa.select(sa.func.count()).where(today)).scalar_one() >= MOST_A_DAY:
        done = {"write": "written", "remove": "removed"}[what]
        said = (
            f"{MOST_A_DAY} notes have been {done} about this area today, which is the most. Go on tomorrow."
        )
        raise Refused([said])


def _written_down(connection: sa.Connection, note_id: int, area_code: str, what: str, by: str) -> None:
    number = _highest(connection, NOTE_CHANGE.c.number) + 1
    line = {"note_id": note_id, "area_code": area_code, "what": what, "author": by, "made_at": _now()}
    connection.execute(sa.insert(NOTE_CHANGE).values(number=number, **line))
    write_down(connection, f"note {PAST[what]}", by, f"note {note_id}, {area_code}")


def _without_words(note: Note) -> Note:
    return replace(note, text="", owner="", author="", done_by="")


def _before(ago: timedelta) -> str:
    return (datetime.now(UTC) - ago).isoformat(timespec="seconds")


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
        row.removed_by,
        datetime.fromisoformat(row.removed_at) if row.removed_at else None,
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
