"""docs/deploying.md: its restore drill run line by line; its settings and units are what they say."""

import configparser
import re
from dataclasses import fields

import pytest

from safeguarding.__main__ import main
from safeguarding.settings import Settings, from_environment
from safeguarding.store.releases import Store
from tests.conftest import ROOT, made_small, serve, stop
from tests.following import blocks, fresh_copy, run
from tests.loading_apart import WHO, corrected

PAGE = "deploying.md"


@pytest.mark.slow
def test_the_restore_drill_as_it_stands(tmp_path):
    """A store with two releases, its copy put into a new one, and a dashboard that shows it."""
    copy = fresh_copy(tmp_path)
    (copy / "var").mkdir()
    address = f"sqlite:///{copy / 'var' / 'dashboard.sqlite'}"
    store = Store(address)
    store.load_folder(made_small(copy / "data"), "a test", "first")
    file = tmp_path / "population.csv"
    file.write_bytes(corrected(65_000).held)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATABASE_URL", address)
        assert main(["load", str(file), "--by", WHO["by"], "--note", WHO["note"]]) == 0
    drill, clearing = blocks(PAGE, "Restore drill")
    *steps, serving = drill.splitlines()
    assert serving == "PORT=8051 .venv/bin/gunicorn app:server"
    said = run("\n".join(steps), copy)
    assert "Restored: 2 releases" in said and "Release 2 is the published one." in said
    assert WHO["note"] in said
    restored = {"DATABASE_URL": f"sqlite:///{copy / 'var' / 'drill' / 'restored.sqlite'}"}
    process, url = serve(tmp_path, root=copy, **restored)
    stop(process)
    assert Store(restored["DATABASE_URL"]).published() == 2 and url
    run(clearing, copy)
    assert not (copy / "var" / "drill").exists() and store.published() == 2


def test_the_settings_of_the_page_are_settings():
    text = (ROOT / "docs" / PAGE).read_text()
    (environment,) = (b for b in blocks(PAGE, "One machine") if b.startswith("DATABASE_URL="))
    given = dict(line.split("=", 1) for line in environment.splitlines())
    known = {f.name.upper() for f in fields(Settings)}
    assert set(given) <= known and from_environment(given).access == "accounts"
    named = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)[`=]", text)) - {"WANTED_BY"}
    assert named <= known, named - known


def test_the_units_of_the_page_are_units():
    units = [b for b in blocks(PAGE, "One machine") if b.startswith("[Unit]")]
    assert len(units) == 3
    for unit in units:
        read = configparser.ConfigParser(strict=False, interpolation=None)
        read.optionxform = str  # type: ignore[assignment]
        read.read_string(unit)
        assert set(read.sections()) <= {"Unit", "Service", "Timer", "Install"}
        if read.has_section("Service"):
            assert read["Service"]["EnvironmentFile"] == "/etc/safeguarding.env"
