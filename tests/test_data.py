"""The bundled figures: accepted by frictionless, and equal to what the official files say."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from safeguarding.figures import Figures
from safeguarding.measures.rank import quartiles
from safeguarding.vocabulary import Status
from tests.conftest import taken_down

ROOT = Path(__file__).resolve().parents[1]
STATUS = {"": "ok", ":": "unstated"}
OFFICIAL = sorted((ROOT / "tests/data/official").glob("*.csv"))


@pytest.mark.slow
def test_frictionless_accepts_the_data_package():
    frictionless = Path(sys.executable).with_name("frictionless")
    done = subprocess.run(
        [frictionless, "validate", "data/datapackage.json"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_package_lists_every_file():
    listed = {r["path"] for r in json.loads((ROOT / "data/datapackage.json").read_text())["resources"]}
    held = {p.relative_to(ROOT / "data").as_posix() for p in (ROOT / "data").rglob("*.csv*")}
    assert listed == held


def test_every_row_of_indicators_and_areas_is_known_and_both_neighbour_sets(folder, catalogue):
    assert list(catalogue.indicators) == [r["indicator_id"] for r in folder.tables["indicators"]]
    assert sorted(catalogue.areas) == sorted(r["area_code"] for r in folder.tables["areas"])
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


def same(held: float, text: str) -> bool:
    """Is a figure what was printed? An absence is no number on one side and empty on the other."""
    return held != held if text == "" else held == float(text)


def test_a_sample_of_every_indicator_is_held_as_published(folder):
    held = {
        (r.indicator_id, r.area_code, r.period_start, r.period_end, r.source_id): r
        for r in folder.observations.itertuples(index=False)
    }
    compared = set()
    for row in taken_down("published.csv"):
        ours = held.get(
            tuple(row[c] for c in ("indicator_id", "area_code", "period_start", "period_end", "source_id"))
        )
        if ours is None:
            continue  # a newer edition has taken its place
        assert ours.status == STATUS.get(row["symbol"], row["symbol"])
        assert all(same(getattr(ours, c), row[c]) for c in ("value", "numerator", "denominator")), row
        compared.add(row["indicator_id"])
    assert len(compared) > len({r["indicator_id"] for r in taken_down("published.csv")}) / 2


def test_the_spread_of_english_authorities_is_that_of_the_national_figures(store):
    """Four indicators of 2024-25, worked out again from every English authority."""
    national, figures = taken_down("national.csv"), Figures.of(store, 1)
    for indicator_id in sorted({r["indicator_id"] for r in national}):
        rows = [r["value"] for r in national if r["indicator_id"] == indicator_id]
        known = sorted(float(v) for v in rows if v)
        spread = figures.spread(indicator_id, "2024-25")
        assert (spread.n, spread.hidden) == (len(known), rows.count(""))
        cuts = spread.minimum, spread.q1, spread.median, spread.q3, spread.maximum
        assert cuts == pytest.approx((known[0], *quartiles(known), known[-1]))
        assert Figures.of(store, 1).spread(indicator_id, "2024-25") is spread, "once a release"


def test_a_year_that_the_nation_has_no_figure_of_has_no_spread(store):
    figures = Figures.of(store, 1)
    assert figures.spread("cin_overall_absence_pct", "2019-20") is None
    assert figures.spread("cin_overall_absence_pct", "1999-00") is None


@pytest.mark.parametrize("path", OFFICIAL, ids=lambda p: p.name.split("_")[0])
def test_the_mappings_lead_from_the_official_files_to_our_figures(folder, path):
    """Follow each mapping through the rows of every authority and year, and find the figure that is held."""
    held = {(r.indicator_id, r.area_code, r.period): r for r in folder.observations.itertuples(index=False)}
    ends = (
        0 if path.name.startswith("ons") else 1
    )  # files are named by the year's end, estimates by its middle
    mappings = [m for m in folder.tables["mappings"] if path.match(m["file"])]
    for mapping in mappings:
        column, _, value = mapping["where"].partition("=")
        found = 0
        for row in taken_down(f"official/{path.name}"):
            began = int(row["time_period"]) - ends
            ours = held.get((mapping["indicator_id"], row["new_la_code"], f"{began}-{(began + 1) % 100:02d}"))
            if ours is None or (column and row[column] != value):
                continue
            for ours_column in ("value", "numerator", "denominator"):
                text = row[mapping[ours_column]] if mapping[ours_column] else ""
                if text.replace(".", "").isdigit():
                    assert getattr(ours, ours_column) == float(text), (mapping, row)
                    found += 1
                elif text == "c" and ours_column == "value":
                    assert ours.status == Status.C, (mapping, row)
        assert found, mapping
    assert mappings


def test_a_default_that_seldom_speaks_or_often_changes_says_why_it_is_kept(folder):
    """docs/methods.md#proposed-defaults: fewer than 2 % outside, more than 15 %, or more than 35 % flips."""
    reasons = {
        r["indicator_id"]: r["rationale"] for r in folder.tables["tolerances"] if r["state"] == "proposed"
    }
    odd = [
        c["indicator_id"]
        for c in folder.tables["calibration"]
        if c["outside"] and (not 2 <= float(c["outside"]) <= 15 or (c["flips"] and float(c["flips"]) > 35))
    ]
    assert odd and not [i for i in odd if "Kept although" not in reasons[i]]


def test_every_rule_that_judges_has_been_counted(folder, catalogue):
    judging = [r for rules in catalogue.tolerances.values() for r in rules if r.type != "T0"]
    assert judging and all(catalogue.calibration_of(r) for r in judging)
