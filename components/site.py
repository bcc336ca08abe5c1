"""Site: this process's desk, and where its pages are."""

import time
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from flask import g, has_request_context

from safeguarding.access.accounts import Accounts
from safeguarding.desk import DATA, VIEW, Desk
from safeguarding.disclosure.audience import Audience, Rules
from safeguarding.settings import Settings
from safeguarding.store.database import TROUBLE
from safeguarding.store.notes import Notes
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
    """The store of a process, and the desks of the release that was published when it last looked: one for
    each audience.
    """

    store: Store
    settings: Settings
    _desks: dict[Audience, Desk] = field(default_factory=dict)
    _looked: float = field(default=float("-inf"))
    _revision: int | None = None
    unread_since: datetime | None = None  # since when the store cannot be read; None while it can
    behind: bool = False  # could the data folder not be loaded at the start?

    @cached_property
    def access(self) -> str:
        """Who may come in: one of `settings.ACCESS`; empty for this machine alone. Where nothing is set and
        somebody has an account, people sign in.
        """
        return self.settings.access or ("accounts" if Accounts(self.store).all() else "")

    @property
    def desk(self) -> Desk:
        """The desk of the published release, for everyone."""
        return self.desk_for(Audience.SHAREABLE)

    def desk_for(self, reader: Audience) -> Desk:
        """The desk of the published release, for an audience.

        Raises LookupError before the first load, which the start does.
        """
        if not self._desks or time.monotonic() - self._looked > NOTICE_AFTER:
            try:
                seen = Desk.published(self.store, self.settings)
            except (LookupError, *TROUBLE):
                self._cannot_read(known=bool(self._desks))
                return self._desks[reader]
            if not self._desks or seen.release != self._desks[seen.audience].release:
                self._desks = {a: replace(seen, audience=a) for a in Audience}
            self.store.keep_only(seen.release)  # each time: an answer under way reads the one before again
            self._looked, self.unread_since = time.monotonic(), None
        return self._desks[reader]

    @property
    def release(self) -> int:
        """The number of the release on show; the last one known while the store cannot be read, at once."""
        known = self._desks.get(Audience.SHAREABLE)
        return known.release if known and self.unread_since else self.desk.release

    def notes_revision(self) -> int:
        """The revision of the notes; the last one known while the store cannot be read."""
        if self._revision is None or not self.unread_since:
            try:
                self._revision = Notes(self.store).revision()
            except TROUBLE:
                self._cannot_read(known=self._revision is not None)
        return self._revision or 0

    def _cannot_read(self, known: bool) -> None:
        """Go on with what is known, and ask again soon. Raises what is being handled where nothing is."""
        if not known:
            raise  # noqa: PLE0704
        self._looked, self.unread_since = time.monotonic(), self.unread_since or datetime.now().astimezone()


_site: Site | None = None


def open_site(settings: Settings) -> Site:
    """Open the store and make this process's site. app.py calls it once, before any page is imported."""
    global _site
    _site = Site(Store(settings.database_url, Rules.of(settings)), settings)
    return _site


def audience() -> Audience:
    """Who is asking. The gate sets `g.audience` of a request; of whom it has said nothing may see what is
    shareable.
    """
    return g.get("audience", Audience.SHAREABLE) if has_request_context() else Audience.SHAREABLE


def may_write() -> bool:
    """May whoever is asking write notes? Where the gate has not said so of a request, they may not."""
    return has_request_context() and bool(g.get("writes"))


def settings() -> Settings:
    """The settings of this process's site. Raises RuntimeError before `open_site`."""
    return opened().settings


def opened() -> Site:
    """The site of this process: for what holds no figure. Raises RuntimeError before `open_site`."""
    if _site is None:
        raise RuntimeError("open_site has not been called")
    return _site


def desk() -> Desk:
    """The desk of this process for whoever is asking; the same one to the end of a request, so that no page
    is made of two releases.

    Raises PermissionError in a request that the gate has not let in, where it lets anybody in at all;
    RuntimeError before `open_site`.
    """
    if has_request_context() and opened().access and not g.get("let_in"):
        raise PermissionError("a request that has not passed the gate asks for figures")
    if not has_request_context():
        return opened().desk_for(audience())
    held: dict[Audience, Desk] = g.setdefault("desks", {})
    reader = audience()
    if reader not in held:
        held[reader] = opened().desk_for(reader)
    return held[reader]
