"""Notes: what was said about a figure, and who does what by when. Never about a child.

They stand beside the releases, not in them: loading, publishing and rolling back figures leave them as they are.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from safeguarding import periods
from safeguarding.catalogue import Catalogue
from safeguarding.store import METADATA, Store

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
LONGEST, LONGEST_NAME = 600, 100
KINDS = ("note", "action")


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


# --- what may not be written ---

# a date as people write one: 03/04/2012, 3.4.12, 2012-04-03, 3 April 2012, 3rd Apr
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:\s+\d{{2,4}})?)"
_BORN = re.compile(r"\b(?:d\.?\s?o\.?\s?b\b\.?|date\s+of\s+birth|born|birthday)", re.I)
_DATED = re.compile(rf"\b{_DAY}\b", re.I)
_NAME = re.compile(r"\b[A-Z][\w'’-]*[a-z](?:\s+[A-Z][\w'’-]*[a-z])+\b|\b[A-Z]\.?\s?[A-Z]\.?(?=[\s,(])")
_NHS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-Z]\b", re.I)
_CASE = re.compile(
    r"\b(?:case|ref(?:erence)?|file|client|person|child|pupil|lcs|ics|mosaic|id|number|no)\b[\s.:#-]*(?:no\.?|number|id|ref(?:erence)?)?[\s.:#-]*"
    r"[A-Z]{0,4}[-/]?\d{4,}\b|(?<![\d,.])\d{6,}(?![\d,.]*\d)",
    re.I,
)
# words that make a run of capitals the name of a body, a place or a process rather than of a person
_NO_PERSON = re.compile(
    "(?:partnership|board|group|team|service|council|police|assurance|committee|review|panel|hub|trust|safeguarding|child|school|academy|college|"
    "hospital|health|care|social|audit|plan|report|conference|meeting|executive|quality|strategy|lead|manager|director|officer|department|"
    "england|north|south|east|west|greater|manchester|stockport|government|office|ofsted|massh|marac|monday|tuesday|wednesday|thursday|friday|"
    "saturday|sunday|quarter|early|help)(?:s|ren|['’]s|ren['’]s|ing|ern)?",
    re.I,
)
NEVER = "Notes are never about a child: write what was said of the figure."


def refusal(text: str) -> str:
    """Why `text` may not be kept, as a sentence; empty where nothing in it looks like a child's particulars.

    Refused: a name or initials near a date, a date of birth, NHS numbers, unique pupil numbers, case numbers. It is better to
    refuse a harmless note, which can be worded again, than to keep a child's name. It cannot know every name.
    """
    if found := _UPN.search(text):
        return f"“{found[0]}” looks like a unique pupil number. {NEVER}"
    if found := _NHS.search(text):
        return f"“{found[0]}” looks like an NHS number. {NEVER}"
    if found := _CASE.search(text):
        return f"“{found[0].strip()}” looks like a case number. {NEVER} Large figures are written with commas, 250,000."
    if found := _BORN.search(text):
        return f"“{found[0]}” speaks of a birth. {NEVER}"
    dates = [m.span() for m in _DATED.finditer(text)]
    for name in _NAME.finditer(_DATED.sub(lambda m: "0" * len(m[0]), text)):
        near = any(name.start() - end <= 40 and start - name.end() <= 40 for start, end in dates)
        if near and not any(_NO_PERSON.fullmatch(word) for word in name[0].split()):
            return f"“{name[0].strip()}” with a date beside it reads like a person’s particulars. {NEVER}"
    return ""


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


# --- the store's side ---


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
