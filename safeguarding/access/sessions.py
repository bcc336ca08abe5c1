"""Sessions: who has signed in, until they sign out or too much time has gone by.

The browser holds 256 random bits, the store their digest: there is no key to keep, a tampered session is an
unknown one, and a session that has ended cannot be replayed.
"""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from safeguarding.access.people import Person, Role, digest
from safeguarding.store.audit import write_down
from safeguarding.store.releases import Store
from safeguarding.store.schema import ACCOUNT, SESSION

IDLE = timedelta(hours=1)  # a meeting looks at one page for long
ABSOLUTE = timedelta(hours=12)  # a working day
NOTED_EVERY = timedelta(minutes=1)  # how exactly it is known when somebody was last seen


class Sessions:
    """The sessions of a store."""

    def __init__(self, store: Store):
        self.store = store

    def begin(self, person: Person) -> str:
        """The secret of a new session; what has ended long ago is forgotten."""
        secret, now = secrets.token_urlsafe(32), datetime.now(UTC)
        with self.store.writing() as connection:
            connection.execute(sa.delete(SESSION).where(SESSION.c.began_at < _stamp(now - ABSOLUTE)))
            row = {"secret": digest(secret), "name": person.name, "began_at": _stamp(now)}
            connection.execute(sa.insert(SESSION).values(**row, seen_at=_stamp(now)))
        return secret

    def who(self, secret: str, now: datetime | None = None) -> Person | None:
        """Whose session this is, with the role they have now; None where it is none, or has ended."""
        now, c = now or datetime.now(UTC), SESSION.c
        asked = (
            sa.select(ACCOUNT.c.name, ACCOUNT.c.role, c.seen_at)
            .join(ACCOUNT, ACCOUNT.c.name == c.name)
            .where(c.secret == digest(secret))
            .where(c.began_at >= _stamp(now - ABSOLUTE), c.seen_at >= _stamp(now - IDLE))
        )
        with self.store.engine.connect() as connection:
            row = connection.execute(asked).first()
        if row is None:
            return None
        if now - datetime.fromisoformat(row.seen_at) >= NOTED_EVERY:
            self._seen(secret, now)
        return Person(row.name, Role(row.role))

    def _seen(self, secret: str, now: datetime) -> None:
        try:
            with self.store.writing() as connection:
                change = sa.update(SESSION).where(SESSION.c.secret == digest(secret))
                connection.execute(change.values(seen_at=_stamp(now)))
        except sa.exc.OperationalError:
            pass  # somebody is writing: the next request will do

    def end(self, secret: str, address: str = "") -> None:
        """Sign out: nobody can come in with this secret any more."""
        with self.store.writing() as connection:
            where = SESSION.c.secret == digest(secret)
            name = connection.execute(sa.select(SESSION.c.name).where(where)).scalar()
            connection.execute(sa.delete(SESSION).where(where))
            if name is not None:
                write_down(connection, "signed out", name, address=address)


def proof_for(secret: str) -> str:
    """What a page of ours sends along to show that it is one: it follows from the secret, and not the other
    way round.
    """
    return hmac.new(secret.encode(), b"a page of ours", hashlib.sha256).hexdigest()


def _stamp(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
