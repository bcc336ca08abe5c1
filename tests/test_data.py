"""The bundled figures: accepted by frictionless, and equal to the shared ones they were carried from."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from safeguarding.vocabulary import Status

ROOT = Path(__file__).resolve().parents[1]
STATUS = {"": "ok", ":": "unstated"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def test_frictionless_accepts_the_data_package():
    frictionless = Path(sys.executable).with_name("frictionless")
    done = subprocess.run(
        [frictionless, "validate", "data/datapackage.json"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_package_lists_every_file():
    listed = {r["path"] for r in json.loads((ROOT / "data/datapackage.json").read_text())["resources"]}
    held = {p.relative_to(ROOT / "data").as_posix() for p in (ROOT / "data").rglob("*.csv")}
    assert listed == held


def test_eighty_indicators_forty_six_areas_and_both_neighbour_sets(catalogue):
    assert len(catalogue.indicators) == 80
    assert len(catalogue.areas) == 46
    assert catalogue.neighbour_sets("E08000007") == ["SN-2021", "SN-2025"]
    names = [catalogue.areas[c].name for c in catalogue.neighbours["E08000007", "SN-2025"]]
    assert names == [
        "Solihull",
        "Trafford",
        "Cheshire West and Chester",
        "Gloucestershire",
        "Hertfordshire",
        "West Sussex",
        "Warwickshire",
        "North Somerset",
        "South Gloucestershire",
        "Cambridgeshire",
    ]


def test_greater_manchester_is_its_ten_boroughs(catalogue):
    assert sorted(a.name for a in catalogue.group("GM")) == [
        "Bolton",
        "Bury",
        "Manchester",
        "Oldham",
        "Rochdale",
        "Salford",
        "Stockport",
        "Tameside",
        "Trafford",
        "Wigan",
    ]


def test_every_indicator_has_a_question_with_its_author_and_a_rule_that_no_one_has_agreed(catalogue):
    for indicator in catalogue.indicators.values():
        assert indicator.question.endswith("?") and indicator.question_author
        (rule,) = catalogue.tolerances[indicator.indicator_id]
        assert rule.state == "proposed" and rule.rationale


@pytest.mark.parametrize("text", ["looked after child", "Looked after child", "UASC", "CIN ", "CPP", " CLA "])
def test_one_spelling_and_no_abbreviation_in_titles(catalogue, text):
    assert not [i.title for i in catalogue.indicators.values() if text in i.title or text in i.short_title]


def test_every_shared_figure_is_held_with_its_status(shared, folder):
    held = {
        (r.indicator_id, r.area_code, r.period_start, r.period_end): r
        for r in folder.observations.itertuples(index=False)
    }
    benchmarks = rows(shared / "benchmarks.csv")
    assert len(benchmarks) == len(held) == 35_994
    for row in benchmarks:
        ours = held[row["indicator_id"], row["area_code"], row["period_start"], row["period_end"]]
        assert ours.status == STATUS.get(row["symbol"], row["symbol"])
        assert ours.source_id == row["source_id"]
        for column in ("value", "numerator", "denominator"):
            theirs = row[column]
            number = getattr(ours, column)
            assert (number != number) if theirs == "" else number == float(theirs), (row, column)


def test_the_distribution_is_held_too(shared, folder):
    theirs = {
        (r["indicator_id"], r["period_end"][:4], r["median"], r["n"], r["hidden"])
        for r in rows(shared / "distribution.csv")
    }
    assert len(theirs) == len(folder.tables["distribution"])
    assert {(r["indicator_id"], r["median"], r["n"], r["hidden"]) for r in folder.tables["distribution"]} == {
        (i, m, n, h) for i, _, m, n, h in theirs
    }


@pytest.mark.parametrize("name", ["b1", "c1", "c3", "d3", "d5", "ons", "cla"])
def test_the_mappings_lead_from_the_official_files_to_our_figures(shared, folder, name):
    """Follow each mapping in a real file for Stockport's newest year and find the figure that is held."""
    found = 0
    for path in sorted((shared / "raw").glob(f"{name}*.csv")):
        official = [
            r
            for r in csv.DictReader(path.open(encoding="utf-8-sig", newline=""))
            if r["new_la_code"] == "E08000007"
        ]
        for mapping in folder.tables["mappings"]:
            if not path.match(mapping["file"]):
                continue
            column, _, value = mapping["where"].partition("=")
            newest = [r for r in official if not column or r[column] == value]
            row = max(newest, key=lambda r: r["time_period"])
            held = folder.observations
            ours = (
                held[(held.indicator_id == mapping["indicator_id"]) & (held.area_code == "E08000007")]
                .sort_values("period_end")
                .iloc[-1]
            )
            for ours_column in ("value", "numerator", "denominator"):
                text = row.get(mapping[ours_column], "") if mapping[ours_column] else ""
                if text.replace(".", "").isdigit():
                    assert getattr(ours, ours_column) == float(text), (mapping, ours_column)
                    found += 1
                elif text == "c":
                    assert ours.status == Status.C
                    found += 1
    assert found
