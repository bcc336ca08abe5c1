"""Accounts: the names that may sign in, each with a password and a role; the wait after wrong passwords."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Lock

import sqlalchemy as sa
from werkzeug.security import check_password_hash, generate_password_hash

from safeguarding.access.people import Person, Role
from safeguarding.refused import Refused
from safeguarding.store.audit import plain, write_down
from safeguarding.store.releases import Store
from safeguarding.store.schema import ACCOUNT, AUDIT, SESSION, TOKEN

NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,99}")
SHORTEST, LONGEST = 12, 200  # characters of a password
FREE = 3  # wrong passwords before anyone has to wait; then 1, 2, 4 ... seconds
LOCKED = 900  # seconds: the longest wait, which ten wrong passwords more lead to
FROM_ONE_PLACE = 50  # wrong passwords from one address within REMEMBERED, before it is locked out
REMEMBERED = timedelta(hours=1)
SIGNED_IN, FAILED, PASSWORD = "signed in", "sign-in failed", "password set"
_one_at_a_time = Lock()  # scrypt takes 32 MB; and no two guesses may pass before either has been counted


class TooSoon(Refused):
    """There have been too many wrong passwords; `seconds` says how long to wait."""

    def __init__(self, seconds: int):
        self.seconds = seconds
        super().__init__([f"There have been too many wrong passwords. Try again in {_in_words(seconds)}."])


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in. Without a password only a proxy in front can say that it is they."""

    name: str
    role: Role
    added_at: datetime
    has_password: bool


class Accounts:
    """The accounts of a store."""

    def __init__(self, store: Store):
        self.store = store

    def all(self) -> list[Account]:
        """Every account, by name."""
        with self.store.engine.connect() as connection:
            rows = connection.execute(sa.select(ACCOUNT).order_by(ACCOUNT.c.name)).all()
        return [
            Account(r.name, Role(r.role), datetime.fromisoformat(r.added_at), bool(r.password)) for r in rows
        ]

    def find(self, name: str) -> Person | None:
        """Whoever has a name; None where nobody has."""
        asked = sa.select(ACCOUNT.c.name, ACCOUNT.c.role).where(ACCOUNT.c.name == name.lower())
        with self.store.engine.connect() as connection:
            row = connection.execute(asked).first()
        return Person(row.name, Role(row.role)) if row else None

    def add(self, name: str, password: str | None, role: Role, by: str) -> None:
        """Add an account; without a password for those alone whom a proxy names.

        Raises Refused with all that is wrong.
        """
        name = name.lower()
        problems = [] if NAME.fullmatch(name) else [f"{name!r} is no name: use letters, digits and . _ @ + -"]
        problems += [] if password is None else problems_of(password, name)
        if not problems and self.find(name):
            problems = [f"There is an account {name} already."]
        if problems:
            raise Refused(problems)
        kept = _hashed(password) if password is not None else ""
        with self.store.writing() as connection:
            row = {"name": name, "password": kept, "role": role.value, "added_at": _stamp(datetime.now(UTC))}
            connection.execute(sa.insert(ACCOUNT).values(**row))
            write_down(connection, "account added", by, f"{name} as {role}")

    def remove(self, name: str, by: str) -> None:
        """Take an account away, with its sessions and tokens. Raises Refused where there is none."""
        with self.store.writing() as connection:
            self._changed(connection, sa.delete(ACCOUNT).where(ACCOUNT.c.name == name.lower()), name)
            for table in (SESSION, TOKEN):
                connection.execute(sa.delete(table).where(table.c.name == name.lower()))
            write_down(connection, "account removed", by, name.lower())

    def set_role(self, name: str, role: Role, by: str) -> None:
        """Give somebody another role, at once. Raises Refused where there is no such account."""
        with self.store.writing() as connection:
            change = sa.update(ACCOUNT).where(ACCOUNT.c.name == name.lower()).values(role=role.value)
            self._changed(connection, change, name)
            write_down(connection, "role changed", by, f"{name.lower()} to {role}")

    def set_password(self, name: str, password: str, by: str) -> None:
        """Give somebody another password, end their sessions, and forget the wrong ones.

        Raises Refused where there is no such account, or the password will not do.
        """
        if problems := problems_of(password, name.lower()):
            raise Refused(problems)
        with self.store.writing() as connection:
            change = sa.update(ACCOUNT).where(ACCOUNT.c.name == name.lower())
            self._changed(connection, change.values(password=_hashed(password)), name)
            connection.execute(sa.delete(SESSION).where(SESSION.c.name == name.lower()))
            write_down(connection, PASSWORD, by, name.lower())

    @staticmethod
    def _changed(connection: sa.Connection, change: sa.Update | sa.Delete, name: str) -> None:
        if connection.execute(change).rowcount == 0:
            raise Refused([f"There is no account {name}. `python -m safeguarding user list` names them all."])

    def check(self, name: str, password: str, address: str) -> Person:
        """Whoever has this name and password; what was tried is written down.

        Raises TooSoon where there have been too many wrong ones for the name or from the address, and looks
        at no password then; Refused where it is wrong. An unknown name is answered as a known one is.
        """
        name = plain(name.strip().lower())[:100]
        with _one_at_a_time:
            if wait := self.wait(name, address):
                raise TooSoon(wait)
            with self.store.engine.connect() as connection:
                row = connection.execute(sa.select(ACCOUNT).where(ACCOUNT.c.name == name)).first()
            right = check_password_hash(
                row.password if row and row.password else _nobody(), password[:LONGEST]
            )
            good = right and row is not None and bool(row.password)
            with self.store.writing() as connection:
                write_down(connection, SIGNED_IN if good else FAILED, name, address=address)
        if row is None or not good:
            raise Refused(["That name and password do not go together."])
        return Person(row.name, Role(row.role))

    def wait(self, name: str, address: str, now: datetime | None = None) -> int:
        """How many seconds to wait before another password is looked at."""
        now, c = now or datetime.now(UTC), AUDIT.c
        failed = (c.what == FAILED) & (c.made_at >= _stamp(now - REMEMBERED))
        good = ((c.what == SIGNED_IN) & (c.who == name)) | ((c.what == PASSWORD) & (c.about == name))
        last_good = sa.select(sa.func.coalesce(sa.func.max(c.number), 0)).where(good).scalar_subquery()
        counted = sa.select(sa.func.count(), sa.func.max(c.made_at))
        with self.store.engine.connect() as connection:
            own, when = connection.execute(counted.where(failed, c.who == name, c.number > last_good)).one()
            here, lately = connection.execute(counted.where(failed, c.address == address)).one()
        waits = [(min(2 ** (own - FREE), LOCKED), when)] if own >= FREE else []
        waits += [(LOCKED, lately)] if here >= FROM_ONE_PLACE else []
        left = [seconds - (now - datetime.fromisoformat(since)).total_seconds() for seconds, since in waits]
        return max(0, *(int(seconds) + 1 if seconds > 0 else 0 for seconds in left), 0)


def problems_of(password: str, name: str) -> list[str]:
    """What is wrong with a password: length and the obvious alone, as the National Cyber Security Centre
    advises.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        return [f"A password has {SHORTEST} to {LONGEST} characters: three words that you can remember do."]
    if len(set(password)) < 5 or password.lower() in (name, name.partition("@")[0]):
        return ["That password is too easy to guess: three words that you can remember do."]
    return []


def _hashed(password: str) -> str:
    return generate_password_hash(password, method="scrypt")


@cache
def _nobody() -> str:
    """A hash that no password fits, for it takes as long to say no to a name that nobody has."""
    return _hashed("")


def _stamp(when: datetime) -> str:
    return when.isoformat(timespec="seconds")


def _in_words(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} second{'s' * (seconds != 1)}"
    return f"{-(-seconds // 60)} minutes"
