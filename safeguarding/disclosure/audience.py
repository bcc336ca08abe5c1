"""Audience: who is to read a release, and what is hidden from them. Two audiences read the same release."""

from dataclasses import dataclass
from enum import StrEnum

from safeguarding.settings import Settings
from safeguarding.store.tables import Source


class Audience(StrEnum):
    """Who reads: signed-in partners, or everyone else and whoever a file is sent on to."""

    SHAREABLE = "shareable"
    PARTNERS = "partners"

    @property
    def words(self) -> str:
        """As a footer and the name of a file say it."""
        return {Audience.SHAREABLE: "shareable", Audience.PARTNERS: "for partners only"}[self]


@dataclass(frozen=True)
class Hiding:
    """What is hidden from somebody: counts of 1 to `largest` of the sources that hide them. 0 hides none."""

    largest: int = 5

    def of(self, source: Source) -> bool:
        """Are the small counts of a source hidden?"""
        return self.largest > 0 and source.hides_small

    def is_small(self, count: float | None) -> bool:
        """May a count not be shown? True above 0, so that an averaged count is no way round."""
        return count is not None and 0 < count <= self.largest


@dataclass(frozen=True)
class Rules:
    """What the partnership has chosen: the largest small count, and whether partners may see such counts."""

    largest: int = 5
    partners_see: bool = False

    def hiding(self, audience: Audience) -> Hiding:
        """What is hidden from an audience."""
        return Hiding(0 if audience is Audience.PARTNERS and self.partners_see else self.largest)

    @classmethod
    def of(cls, settings: Settings) -> "Rules":
        """The rules that the settings set."""
        return cls(settings.small_count, settings.partners_see_small_counts)
