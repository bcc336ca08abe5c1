"""A new indicator is data: docs/data.md followed to the letter, and nothing else is changed."""

import csv
import json
import shutil
import urllib.request
from pathlib import Path

import pytest

from safeguarding import loader
from safeguarding.__main__ import main
from safeguarding.store.releases import Store
from tests.conftest import HOME, ROOT, serve, stop
from tests.following import blocks

pytestmark = pytest.mark.slow  # seconds each: whole releases, documents, pictures

# synthetic: 123 of 1,000, beside England's 22.3 %
FIGURES = (
    {"area_code": HOME, "value": "12.3", "numerator": "123", "denominator": "1000"},
    {"area_code": "E92000001", "value": "22.3", "numerator": "", "denominator": ""},
)
PERIOD = {
    "period": "2024-25",
    "period_start": "2024-04-01",
    "period_end": "2025-03-31",
    "breakdown": "",
    "category": "",
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def write(path: Path, found: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


def alike(found: list[dict[str, str]], **changed: str) -> dict[str, str]:
    """A row like that of re-referrals, with other words."""
    return {**next(r for r in found if r["indicator_id"] == "rereferrals_pct"), **changed}


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    """A copy of data/ in which the steps of "Add an indicator" have been taken."""
    data = Path(shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("added") / "data"))
    # 1. Add a row to data/indicators.csv, and its rule to data/tolerances.csv.
    words = {"indicator_id": "synthetic_pct", "title": "A synthetic share", "short_title": "Synthetic share"}
    indicators, rules = rows(data / "indicators.csv"), rows(data / "tolerances.csv")
    write(data / "indicators.csv", [*indicators, alike(indicators, **words)])
    write(data / "tolerances.csv", [*rules, alike(rules, indicator_id="synthetic_pct")])
    # or by the folder: put the figures into a CSV file in data/observations/, with all thirteen columns
    package = json.loads((data / "datapackage.json").read_text())
    other = next(r for r in package["resources"] if r["path"] == "observations/population.csv.gz")
    columns = [f["name"] for f in other["schema"]["fields"]]
    assert len(columns) == 13
    common = {**PERIOD, "indicator_id": "synthetic_pct", "status": "ok", "source_id": "dfe_cin_c1_2025"}
    figures = [{c: (common | figure).get(c, "") for c in columns} for figure in FIGURES]
    write(data / "observations" / "synthetic.csv", figures)
    return data


def test_the_loader_and_the_store_take_it(data, tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'added.sqlite'}")
    store.load_folder(loader.read(data), "a test", "an indicator has been added")
    assert store.catalogue(1).indicators["synthetic_pct"].title == "A synthetic share"
    assert [o.value for o in store.observations(1, ["synthetic_pct"], [HOME])] == [12.3]


def test_the_three_files_are_loaded_together(data, tmp_path, monkeypatch, capsys):
    # 2. `indicator_id`, `area_code`, `period`, `value` and `source_id` are enough. 3. Load the three together
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'loaded.sqlite'}")
    store = Store(f"sqlite:///{tmp_path / 'loaded.sqlite'}")
    store.load_folder(loader.read(ROOT / "data"), "a test", "as it comes")
    few = ("indicator_id", "area_code", "period", "value", "source_id")
    found = rows(data / "observations" / "synthetic.csv")
    write(tmp_path / "figures.csv", [{c: row[c] for c in few} for row in found])
    files = [str(data / "indicators.csv"), str(data / "tolerances.csv"), str(tmp_path / "figures.csv")]
    assert main(["load", *files, "--by", "An analyst", "--note", "A new one"]) == 0, capsys.readouterr().err
    assert [o.value for o in store.observations(2, ["synthetic_pct"], [HOME])] == [12.3]


def test_an_agreed_tolerance_is_a_row_as_the_page_writes_it(tmp_path):
    (row,) = (b for b in blocks("data.md", "Agree a tolerance") if b.startswith("rereferrals_pct"))
    copy = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    with (copy / "tolerances.csv").open("a", encoding="utf-8") as f:
        f.write(row)
    last = loader.read(copy).tables["tolerances"][-1]
    assert (last["limits"], last["state"]) == ("green_at=20; red_at=23", "agreed")


def test_the_command_line_reads_it_back(data, capsys):
    # .venv/bin/python -m safeguarding check
    assert main(["check", "--data", str(data)]) == 0
    assert "everything is in order" in capsys.readouterr().out
    assert main(["check", "synthetic_pct", "--data", str(data)]) == 0
    assert "A synthetic share" in capsys.readouterr().out


@pytest.mark.slow
def test_card_chart_table_page_methods_and_data_follow(data, tmp_path):
    # then start the dashboard. Card, chart, table, page and methods entry follow; no code.
    def get(address: str) -> str:
        with urllib.request.urlopen(url + address, timeout=30) as answer:
            return answer.read().decode()

    process, url = serve(tmp_path, DATA_FOLDER=str(data))
    try:
        card = get("/front-door")
        assert 'data-indicator="synthetic_pct"' in card and "A synthetic share" in card
        own = get("/indicator/synthetic_pct")
        assert "12.3%" in card and "12.3%" in own and "better than England (22.3%)" in own
        assert "12.3%" in get("/front-door?show=table")
        assert "synthetic_pct" in get("/methods") and "A synthetic share" in get("/?sort=theme")
        (found,) = (
            i for i in json.loads(get("/api/scorecard.json"))["indicators"] if i["id"] == "synthetic_pct"
        )
        assert found["value"] == 12.3 and found["comparison"]["england"]["verdict"] == "better"
        assert "12.3" in get("/api/indicator/synthetic_pct.csv") and "<svg" in get(
            "/api/chart/synthetic_pct/trend.svg"
        )
        assert "synthetic_pct" in get("/api/search.json?q=synthetic")
    finally:
        stop(process)
