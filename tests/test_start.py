"""Starting: on the real data, on broken data, on another area, where it may not listen."""

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from safeguarding.settings import Settings, from_environment, may_listen_on
from tests.conftest import free_port, serve

ROOT = Path(__file__).resolve().parents[1]


def start(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Start gunicorn and wait for it to give up."""
    env = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'start.sqlite'}",
        "PORT": str(free_port()),
        **environment,
    }
    command = [sys.executable, "-m", "gunicorn", "app:server", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.read().decode()


def test_adding_an_indicator_is_one_row_and_its_observations(tmp_path):
    """A synthetic indicator, added as an analyst would, has its card, its page and its line on the methods page."""
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    row = (data / "indicators.csv").read_text().splitlines()[3]
    assert row.startswith("rereferrals_pct,")
    new = row.replace("rereferrals_pct", "synthetic_pct", 1).replace(
        "Re-referrals within 12 months", "A synthetic share", 1
    )
    with (data / "indicators.csv").open("a") as f:
        f.write(new + "\n")
    with (data / "observations" / "synthetic.csv").open("w") as f:
        f.write((data / "observations" / "population.csv").read_text().splitlines()[0] + "\n")
        f.write("synthetic_pct,E08000007,2024-25,2024-04-01,2025-03-31,,,12.3,ok,,123,1000,dfe_cin_c1_2025\n")
        f.write("synthetic_pct,E92000001,2024-25,2024-04-01,2025-03-31,,,22.3,ok,,,,dfe_cin_c1_2025\n")
    process, url = serve(tmp_path, DATA_FOLDER=str(data))
    try:
        page = get(f"{url}/page.json?address=/front-door")
        assert '"data-indicator":"synthetic_pct"' in page.replace('": "', '":"')
        assert "A synthetic share" in page and "12.3%" in page and "better than England (22.3%)" in page
        assert "synthetic_pct" in get(f"{url}/page.json?address=/methods")
        assert "12.3%" in get(f"{url}/page.json?address=/indicator/synthetic_pct")
        assert "A synthetic share" in get(f"{url}/page.json?address=/")
    finally:
        process.terminate()
        process.wait(40)


def test_broken_data_stop_the_start_with_every_problem_and_the_release_stays(tmp_path):
    data = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    process, url = serve(tmp_path, DATA_FOLDER=str(data))
    process.terminate()
    process.wait(40)
    path = data / "observations" / "population.csv"
    path.write_text(path.read_text().replace(",ok,", ",fine,", 2))
    done = start(tmp_path, DATA_FOLDER=str(data), DATABASE_URL=f"sqlite:///{tmp_path / 'served.sqlite'}")
    assert done.returncode != 0
    assert "has 2 problems. Nothing was changed." in done.stderr
    assert 'observations/population.csv, row 2, status: "fine" is not one of' in done.stderr
    assert "observations/population.csv, row 3, status" in done.stderr
    assert "Traceback" not in done.stderr
    shutil.copy(ROOT / "data" / "observations" / "population.csv", path)
    process, url = serve(tmp_path, DATA_FOLDER=str(data))
    assert '"release":1' in get(f"{url}/healthz").replace(" ", "")
    process.terminate()
    process.wait(40)


def test_a_second_start_finds_the_release_there(tmp_path, folder):
    for expected in (f"Loaded {len(folder.observations):,} figures", None):
        process, _ = serve(tmp_path)
        process.terminate()
        process.wait(40)
        log = (tmp_path / "server.log").read_text()
        assert (expected in log) if expected else ("Loaded" not in log)


def test_another_home_area_is_a_setting(tmp_path):
    process, url = serve(tmp_path, HOME_AREA="E08000003", PARTNERSHIP="Manchester Safeguarding Partnership")
    try:
        page = get(f"{url}/page.json?address=/front-door")
        assert "Manchester Safeguarding Partnership" in page and "in Manchester in 2024-25" in page
    finally:
        process.terminate()
        process.wait(40)


@pytest.mark.parametrize(
    "environment, said",
    [
        ({"HOME_AREA": "E99"}, "which is not in areas.csv"),
        ({"PORT": "http"}, "give a number from 1 to 65535"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(tmp_path, environment, said):
    done = start(tmp_path, **environment)
    assert done.returncode != 0 and said in done.stderr


@pytest.mark.parametrize(
    "arguments, environment", [([], {"HOST": "0.0.0.0"}), (["--bind", "0.0.0.0:8123"], {})]
)
def test_it_will_not_listen_beyond_this_machine_unasked(tmp_path, arguments, environment):
    done = start(tmp_path, *arguments, **environment)
    assert done.returncode != 0
    assert re.search(r"will not listen on 0\.0\.0\.0: it has no sign-in yet", done.stderr)


@pytest.mark.parametrize(
    "host, fine",
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("127.9.9.9", True),
        ("0.0.0.0", False),
        ("::", False),
        ("", False),
        ("10.0.0.1", False),
        ("example.org", False),
    ],
)
def test_only_loopback_is_allowed_without_allow_public(host, fine):
    assert may_listen_on(host, allow_public=False) is fine
    assert may_listen_on(host, allow_public=True)


def test_the_settings_have_their_defaults():
    assert from_environment({}) == Settings()
    assert (Settings().host, Settings().port, Settings().home_area) == ("127.0.0.1", 8050, "E08000007")
