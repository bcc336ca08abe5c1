"""Notes: what is said of a figure and what will be done, kept beside the releases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from safeguarding import periods
from safeguarding.disclosure.personal import refusal
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.releases import Store
from safeguarding.store.schema import METADATA

NOTE = sa.Table(
    "note",
    METADATA,
    sa.Column("note_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("indicator_id", sa.String(80), nullable=False),
    sa.Column("area_code", sa.String(9), nullable=False),
    sa.Column("period", sa.String(10), nullable=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("owner", sa.String(100), nullable=False),
    sa.Column("due", sa.String(10), nullable=False),
    sa.Column("author", sa.String(100), nullable=False),
    sa.Column("written_at", sa.String(32), nullable=False),
    sa.Column("done_by", sa.String(100), nullable=False),
    sa.Column("done_at", sa.String(32), nullable=False),
    sa.Column("removed_by", sa.String(100), nullable=False),
    sa.Column("removed_at", sa.String(32), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Index("note_about", "area_code", "indicator_id"),
)
KINDS = ("note", "action")
LONGEST, LONGEST_NAME = 600, 100


@dataclass(frozen=True)
class Note:
    """A note or an action about an indicator in an area and a period. `done_by` is empty while an action is open; a note has no owner and no due day."""

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


@dataclass(frozen=True)
class Draft:
    """What somebody wants to write, as it came in: every field is text that nobody has looked at yet."""

    indicator_id: str
    area_code: str
    period: str
    kind: str
    text: str
    owner: str
    due: str
    author: str

    @classmethod
    def read(cls, fields: Mapping[str, object]) -> "Draft":
        """The fields of a form, unknown ones left out; anything but text counts as empty."""
        return cls(**{name: _clean(fields.get(name)) for name in cls.__dataclass_fields__})


class Refused(ValueError):
    """Something that may not be written; `problems` says everything that is wrong, a sentence each."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__(" ".join(problems))


def _clean(value: object) -> str:
    """Text without the characters that do not print, its ends trimmed."""
    text = value if isinstance(value, str) else ""
    return "".join(c for c in text.replace("\r\n", "\n") if c.isprintable() or c == "\n").strip()


def problems_of(draft: Draft, catalogue: Catalogue) -> list[str]:
    """Everything that keeps a draft from being written, a sentence each; nothing where it may be."""
    found = []
    if draft.indicator_id not in catalogue.indicators:
        found.append("The note names no indicator that is held.")
    if draft.area_code not in catalogue.areas:
        found.append("The note names no area that is held.")
    if not periods.is_period(draft.period):
        found.append("The note names no period such as 2024-25.")
    if draft.kind not in KINDS:
        found.append("Say whether it is a note or an action.")
    if not draft.text:
        found.append("Write what was said.")
    if len(draft.text) > LONGEST:
        found.append(f"Shorten it: it has {len(draft.text)} characters, and {LONGEST} are kept.")
    if not draft.author:
        found.append("Give your name or role, so that others know whom to ask.")
    if draft.kind == "action":
        if not draft.owner:
            found.append("Give the action an owner: a role or a team.")
        if _day(draft.due) is None:
            found.append("Give the day the action is due.")
    if max(len(draft.author), len(draft.owner)) > LONGEST_NAME:
        found.append(f"Names have at most {LONGEST_NAME} characters.")
    return found + [
        why for why in dict.fromkeys(refusal(t) for t in (draft.text, draft.owner, draft.author)) if why
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class Notes:
    """The notes and actions of a store."""

    def __init__(self, store: Store):
        self.store = store

    def revision(self) -> int:
        """A number that grows with every change, so that a page made before it is known to be old."""
        with self.store.engine.connect() as connection:
            return connection.execute(
                sa.select(sa.func.coalesce(sa.func.max(NOTE.c.revision), 0))
            ).scalar_one()

    def write(self, draft: Draft, catalogue: Catalogue) -> Note:
        """Keep a note or an action, with the time. Raises Refused with all that is wrong, and then keeps nothing."""
        if problems := problems_of(draft, catalogue):
            raise Refused(problems)
        is_action = draft.kind == "action"
        with self.store.writing() as connection:
            number = (
                connection.execute(sa.select(sa.func.coalesce(sa.func.max(NOTE.c.note_id), 0))).scalar_one()
                + 1
            )
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
                    revision=self._next(connection),
                )
            )
        return self.get(number)

    def finish(self, note_id: int, by: str) -> Note:
        """Mark an action as done. Raises KeyError where there is no such action, Refused without a name."""
        self._change(note_id, NOTE.c.kind == "action", done_by=_signed(by), done_at=_now())
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
            removed_by=_signed(by),
            removed_at=_now(),
        )

    def get(self, note_id: int) -> Note:
        """One note. Raises KeyError where there is none, or where it has been removed."""
        found = self._read(NOTE.c.note_id == note_id)
        if not found:
            raise KeyError(f"there is no note {note_id}")
        return found[0]

    def about(
        self, area_code: str, indicators: Iterable[str] | None = None, until: date | None = None
    ) -> list[Note]:
        """The notes about an area, newest first; about some indicators alone, and periods that end by a day, where given."""
        wanted = NOTE.c.area_code == area_code
        if indicators is not None:
            wanted &= NOTE.c.indicator_id.in_(sorted(set(indicators)))
        return [
            n
            for n in self._read(wanted)
            if until is None or n.period == periods.UNDATED or periods.end_of(n.period) <= until
        ]

    def _read(self, wanted: sa.ColumnElement[bool]) -> list[Note]:
        query = sa.select(NOTE).where(wanted, NOTE.c.removed_at == "").order_by(NOTE.c.note_id.desc())
        with self.store.engine.connect() as connection:
            rows = connection.execute(query).all()
        return [
            Note(
                r.note_id,
                r.indicator_id,
                r.area_code,
                r.period,
                r.kind,
                r.text,
                r.owner,
                _day(r.due),
                r.author,
                datetime.fromisoformat(r.written_at),
                r.done_by,
                datetime.fromisoformat(r.done_at) if r.done_at else None,
            )
            for r in rows
        ]

    def _change(self, note_id: int, only: sa.ColumnElement[bool], **values: str) -> None:
        with self.store.writing() as connection:
            where = (NOTE.c.note_id == note_id) & (NOTE.c.removed_at == "") & only
            if not connection.execute(
                sa.update(NOTE).where(where).values(**values, revision=self._next(connection))
            ).rowcount:
                raise KeyError(f"there is no note {note_id} to change")

    @staticmethod
    def _next(connection: sa.Connection) -> int:
        return (
            connection.execute(sa.select(sa.func.coalesce(sa.func.max(NOTE.c.revision), 0))).scalar_one() + 1
        )


def _signed(by: str) -> str:
    name = _clean(by)
    if not name or len(name) > LONGEST_NAME:
        raise Refused(["Give your name or role, so that others know whom to ask."])
    if why := refusal(name):
        raise Refused([why])
    return name


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
