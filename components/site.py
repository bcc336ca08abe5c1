"""Site: this process's desk, and where its pages are."""

import time
from dataclasses import dataclass, field

from safeguarding.desk import DATA, VIEW, Desk
from safeguarding.settings import Settings
from safeguarding.store.releases import Store
from safeguarding.themes import THEMES

METHODS = "/methods"
NOTICE_AFTER = 2.0  # seconds until a worker sees that another release has been published
NAVIGATION = {
    "/": "Home",
    **{theme.path: theme.name for theme in THEMES.values()},
    VIEW: "Your view",
    DATA: "Data",
    METHODS: "Methods",
}


@dataclass
class Site:
    """The store of a process, and the desk of the release that was published when it last looked."""

    store: Store
    settings: Settings
    _desk: Desk | None = None
    _looked: float = field(default=float("-inf"))

    @property
    def desk(self) -> Desk:
        """The desk of the published release.

        Raises LookupError before the first load, which the start does.
        """
        if self._desk is None or time.monotonic() - self._looked > NOTICE_AFTER:
            seen = Desk.published(self.store, self.settings)
            if self._desk is None or seen.release != self._desk.release:
                self._desk = seen
                self.store.keep_only(seen.release)
            self._looked = time.monotonic()
        return self._desk


_site: Site | None = None


def open_site(settings: Settings) -> Site:
    """Open the store and make this process's site. app.py calls it once, before any page is imported."""
    global _site
    _site = Site(Store(settings.database_url), settings)
    return _site


def desk() -> Desk:
    """The desk of this process. Raises RuntimeError before `open_site`."""
    if _site is None:
        raise RuntimeError("open_site has not been called")
    return _site.desk
