"""Save: what the menu under a chart offers."""

from dataclasses import dataclass, replace

from components.site import desk
from safeguarding.drawing import Offer
from safeguarding.query import Query


@dataclass(frozen=True)
class Save:
    """What the menu under a chart offers: its address, its keys, how many rows, the link to its view."""

    address: str
    keys: str
    rows: int
    link: str
    title: str

    @property
    def dialog(self) -> str:
        """The address of the form with a preview."""
        return self.address.replace("/api/chart", "/save", 1) + self.keys

    def to(self, kind: str, size: str = "screen") -> str:
        """The address of one file."""
        more = f"size={size}" if size != "screen" else ""
        return f"{self.address}.{kind}{self.keys}{('&' if self.keys else '?') + more if more else ''}"


def save(offer: Offer, view: Query, link: str) -> Save:
    """The menu of a chart that a page shows at `link`."""
    stem = f"/api/chart/{offer.subject}/{offer.name}"
    search = desk().link(stem, replace(view, show="trend", flagged_only=False)).removeprefix(stem)
    return Save(stem, search, offer.rows, desk().link(link, view), offer.headline)
