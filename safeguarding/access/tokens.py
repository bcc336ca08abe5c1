"""Tokens: how Excel, Power BI and scripts come in as somebody, to read data and nothing else."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from safeguarding.access.people import Person, Role, digest
from safeguarding.refused import Refused
from safeguarding.store.audit import write_down
from safeguarding.store.releases import Store
from safeguarding.store.schema import ACCOUNT, TOKEN

PREFIX = "sgd_"  # so that a search finds one that lies where it should not
MOST = 10  # tokens that one person may have at a time


@dataclass(frozen=True)
class Token:
    """A token as a list shows it: never its secret."""

    number: int
    name: str
    title: str
    made_at: datetime
    used_on: str


class Tokens:
    """The personal access tokens of a store."""

    def __init__(self, store: Store):
        self.store = store

    def make(self, name: str, title: str, by: str, address: str = "") -> str:
        """The secret of a new token of somebody: it is shown once, and kept as a digest.

        Raises Refused without a title, without such an account, or where they have too many.
        """
        title, secret = " ".join(title.split())[:100], PREFIX + secrets.token_urlsafe(32)
        if not title:
            raise Refused(["Say what the token is for, such as “Power BI on my desk”."])
        with self.store.writing() as connection:
            if connection.execute(sa.select(ACCOUNT.c.name).where(ACCOUNT.c.name == name)).first() is None:
                raise Refused([f"There is no account {name}."])
            held = sa.select(sa.func.count()).where(TOKEN.c.name == name, TOKEN.c.revoked_at == "")
            if connection.execute(held).scalar_one() >= MOST:
                raise Refused([f"Nobody has more than {MOST} tokens at a time. Revoke one first."])
            number = connection.execute(
                sa.select(sa.func.coalesce(sa.func.max(TOKEN.c.number), 0))
            ).scalar_one()
            row = {"number": number + 1, "secret": digest(secret), "name": name, "title": title}
            made_at = datetime.now(UTC).isoformat(timespec="seconds")
            connection.execute(sa.insert(TOKEN).values(**row, made_at=made_at, used_on="", revoked_at=""))
            write_down(connection, "token made", by, f"{number + 1} of {name}", address)
        return secret

    def revoke(self, number: int, by: str, of: str | None = None, address: str = "") -> None:
        """End a token at once; with `of` only where it is theirs. Raises Refused where there is none."""
        where = (TOKEN.c.number == number) & (TOKEN.c.revoked_at == "")
        if of is not None:
            where &= TOKEN.c.name == of
        with self.store.writing() as connection:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            if connection.execute(sa.update(TOKEN).where(where).values(revoked_at=now)).rowcount == 0:
                raise Refused([f"There is no token {number} to revoke."])
            write_down(connection, "token revoked", by, str(number), address)

    def all(self, of: str | None = None) -> list[Token]:
        """The tokens in use, or somebody's alone, the first first."""
        asked = sa.select(TOKEN).where(TOKEN.c.revoked_at == "").order_by(TOKEN.c.number)
        with self.store.engine.connect() as connection:
            rows = connection.execute(asked.where(TOKEN.c.name == of) if of is not None else asked).all()
        return [Token(r.number, r.name, r.title, datetime.fromisoformat(r.made_at), r.used_on) for r in rows]

    def who(self, secret: str, address: str = "") -> Person | None:
        """Whose token this is; None where it is none, or has been revoked. Its first use of a day is written
        down.
        """
        asked = (
            sa.select(ACCOUNT.c.name, ACCOUNT.c.role, TOKEN.c.number, TOKEN.c.used_on)
            .join(ACCOUNT, ACCOUNT.c.name == TOKEN.c.name)
            .where(TOKEN.c.secret == digest(secret), TOKEN.c.revoked_at == "")
        )
        with self.store.engine.connect() as connection:
            row = connection.execute(asked).first()
        if row is None:
            return None
        today = datetime.now(UTC).date().isoformat()
        if row.used_on != today:
            with self.store.writing() as connection:
                where = TOKEN.c.number == row.number
                connection.execute(sa.update(TOKEN).where(where).values(used_on=today))
                write_down(connection, "token used", row.name, str(row.number), address)
        return Person(row.name, Role(row.role))
