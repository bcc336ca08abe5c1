"""People: whoever is asking, and the role that says what they may do."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do; each may do all that the ones before it may."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"

    @property
    def rank(self) -> int:
        """0 for the one who may do least."""
        return list(Role).index(self)

    @property
    def words(self) -> str:
        """What the role is for."""
        return {
            Role.VIEWER: "reads the dashboard and makes packs",
            Role.ANALYST: "reads, makes packs, writes notes, loads and publishes",
            Role.ADMINISTRATOR: "does what an analyst does, and reads the audit log",
        }[self]


@dataclass(frozen=True)
class Person:
    """Somebody who has been let in, and as what."""

    name: str
    role: Role

    def may(self, needed: Role) -> bool:
        """May they do what a role is needed for?"""
        return self.role.rank >= needed.rank


def digest(secret: str) -> str:
    """What the store keeps of the secret of a session or a token: nobody can come in with it."""
    return hashlib.sha256(secret.encode()).hexdigest()
