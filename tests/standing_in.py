"""Standing in: the application over another store than its own, asked as one audience or the other."""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from flask import g
from flask.testing import FlaskClient

from components import site
from safeguarding.disclosure.audience import Audience, Rules
from safeguarding.loader import Folder
from safeguarding.settings import Settings
from safeguarding.store.releases import Store
from safeguarding.store.schema import RELEASE

_numbers = count(
    70_001_001, 100
)  # what the application keeps, it keeps by release: no two stores may share a number

_own = TemporaryDirectory(ignore_cleanup_errors=True)  # of the store that the application opens for itself
atexit.register(_own.cleanup)


def store_of(folder: Folder, path: Path, rules: Rules | None = None) -> Store:
    """A store with one release, of a number that no other store of this process has."""
    store, number = (
        Store(f"sqlite:///{path / f'store{next(_numbers)}.sqlite'}", rules or Rules()),
        next(_numbers),
    )
    with store.writing() as connection:
        row = {"release_id": number, "loaded_at": "2026-01-01T00:00:00+00:00"}
        connection.execute(sa.insert(RELEASE).values(**row, author="tests", reason="a number", files="{}"))
    store.load_folder(folder, "tests", "synthetic figures")
    with store.writing() as connection:
        connection.execute(sa.delete(RELEASE).where(RELEASE.c.release_id == number))
    return store


@contextmanager
def asking(
    store: Store, reader: Audience | None = Audience.SHAREABLE, **settings: Any
) -> Iterator[FlaskClient]:
    """A client of the application that reads `store` under these settings, let in as `reader`; with None it
    has to find its own way in.
    """
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{_own.name}/own.sqlite")
    import app

    def gate() -> None:
        if reader is not None:
            g.audience = reader

    own, gates = site._site, app.server.before_request_funcs.setdefault(None, [])
    gates.insert(0, gate)
    rules = {"small_count": store.rules.largest, "partners_see_small_counts": store.rules.partners_see}
    site._site = site.Site(store, Settings(**{**rules, **settings}))
    try:
        yield app.server.test_client()
    finally:
        site._site = own
        gates.remove(gate)
