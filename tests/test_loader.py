"""Each check has one bad file, made from the real data by one change."""

import shutil
from pathlib import Path

import pytest

from safeguarding import loader

DATA = Path(__file__).resolve().parents[1] / "data"
POPULATION = "observations/population.csv"
FIRST = "children_population,E92000001,2012-13,2012-06-30,2012-06-30,,,11491480,ok,,,,ons_mye_2024"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def problems(folder: Path) -> list[str]:
    with pytest.raises(loader.BrokenData) as caught:
        loader.read(folder)
    return [str(p) for p in caught.value.problems]


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def first_row(folder: Path) -> str:
    return (folder / POPULATION).read_text(encoding="utf-8").splitlines()[1]


def changed(folder: Path, **cells: str) -> None:
    """Change cells of the first row of the population file."""
    lines = (folder / POPULATION).read_text(encoding="utf-8").splitlines()
    row = dict(zip(lines[0].split(","), lines[1].split(","), strict=True)) | cells
    (folder / POPULATION).write_text(
        "\n".join([lines[0], ",".join(row.values()), *lines[2:]]) + "\n", encoding="utf-8"
    )


@pytest.mark.parametrize(
    "cells, said",
    [
        (
            {"value": "c"},
            f'{POPULATION}, row 2, value: "c" is not a number. If the figure is suppressed, leave value empty and put c in status.',
        ),
        ({"value": "nan"}, f'{POPULATION}, row 2, value: "nan" is not a number.'),
        ({"value": "inf"}, f'{POPULATION}, row 2, value: "inf" is not a number.'),
        ({"value": ""}, f"{POPULATION}, row 2, value: is empty though status is ok."),
        ({"status": "c"}, f"{POPULATION}, row 2, value: holds "),
        ({"status": "-"}, f'{POPULATION}, row 2, status: "-" is not one of: ok, c,'),
        ({"status": ""}, f"{POPULATION}, row 2, status: is empty. It must hold:"),
        ({"period": "2012-14"}, f'{POPULATION}, row 2, period: "2012-14" is not a period. Write 2018-19'),
        (
            {"period": "2018-19"},
            f"{POPULATION}, row 2, period: 2018-19 does not fit its last day, 2012-06-30.",
        ),
        (
            {"period_end": "30/06/2012"},
            f'{POPULATION}, row 2, period_end: "30/06/2012" is not a date. Write it as 2019-03-31.',
        ),
        (
            {"period_start": "2012-07-01"},
            f"{POPULATION}, row 2, period_end: 2012-06-30 is before period_start 2012-07-01.",
        ),
        ({"area_code": "E99999999"}, f'{POPULATION}, row 2, area_code: "E99999999" is not in areas.csv.'),
        (
            {"indicator_id": "no_such"},
            f'{POPULATION}, row 2, indicator_id: "no_such" is not in indicators.csv.',
        ),
        ({"source_id": "rumour"}, f'{POPULATION}, row 2, source_id: "rumour" is not in sources.csv.'),
    ],
    ids=lambda x: next(iter(x.items())).__str__() if isinstance(x, dict) else "",
)
def test_a_wrong_cell_is_named_with_its_place_and_its_cure(copy, cells, said):
    changed(copy, **cells)
    assert any(p.startswith(said) for p in problems(copy)), problems(copy)


def test_a_figure_that_stands_twice_is_named(copy):
    path = copy / POPULATION
    path.write_text(path.read_text() + first_row(copy) + "\n")
    assert any("children_population / E92000001" in p and "stands twice" in p for p in problems(copy))


def test_a_figure_that_stands_in_two_files_is_named(copy):
    path = copy / "observations" / "more.csv"
    path.write_text((copy / POPULATION).read_text().splitlines()[0] + "\n" + first_row(copy) + "\n")
    assert any("also stands in another file" in p for p in problems(copy))


def test_a_missing_and_an_unknown_column_are_named(copy):
    edit(copy, "areas.csv", "area_code,name", "area_code,nom")
    found = problems(copy)
    assert any(p.startswith("areas.csv, row 1, name: the column is missing.") for p in found)
    assert any(p.startswith("areas.csv, row 1, nom: is not a column of this table.") for p in found)


def test_a_file_that_is_not_utf_8_is_named(copy):
    (copy / "areas.csv").write_bytes("area_code,name\nE1,Caf\xe9\n".encode("latin-1"))
    assert any(
        p.startswith("areas.csv: is not UTF-8 text. In Excel, save it as 'CSV UTF-8'.")
        for p in problems(copy)
    )


def test_a_missing_file_is_named(copy):
    (copy / "sources.csv").unlink()
    assert any(p.startswith("sources.csv: the file is missing.") for p in problems(copy))


def test_a_missing_package_is_named(copy):
    (copy / "datapackage.json").unlink()
    assert any(p.startswith("datapackage.json: cannot be read") for p in problems(copy))


@pytest.mark.parametrize(
    "limits, said",
    [
        ("points=2", "does not fit T3"),
        ("benchmark=SN; points=two", 'points is "two", which is not a number'),
        ("benchmark", "is not written name=value"),
    ],
)
def test_a_rule_without_its_parameters_is_named(copy, limits, said):
    edit(copy, "tolerances.csv", "benchmark=SN; points=2", limits)
    assert any(said in p for p in problems(copy)), problems(copy)


def test_all_problems_are_named_at_once(copy):
    changed(copy, value="c")
    edit(copy, "areas.csv", "country", "planet")
    found = problems(copy)
    assert any(p.startswith(POPULATION) for p in found) and any(p.startswith("areas.csv") for p in found)


def test_an_event_that_breaks_a_series_needs_a_day(copy):
    path = copy / "events.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "factor-recording-stockport,2019-04-01,", "factor-recording-stockport,,", 1
        ),
        encoding="utf-8",
    )
    assert problems(copy) == [
        "events.csv, row 3, from: is empty though breaks is yes. Give the day, or put no in breaks."
    ]


def test_many_mistakes_of_one_kind_are_counted(copy):
    path = copy / POPULATION
    path.write_text(path.read_text().replace(",ok,", ",fine,"))
    found = problems(copy)
    assert len(found) == loader.MISTAKES_SHOWN + 1
    assert "more rows of the same kind" in found[-1]


def test_the_real_data_have_no_problem(folder):
    held = sum(len(p.read_text().splitlines()) - 1 for p in (DATA / "observations").glob("*.csv"))
    assert len(folder.observations) == held > 0


def test_figures_read_as_numbers_and_absences_as_no_number(folder):
    held = folder.observations.set_index(["indicator_id", "area_code", "period"])
    assert held.loc[("rereferrals_pct", "E08000007", "2018-19"), "value"] == 24.3
    hidden = held.loc[("cpp_open_2y_plus_pct", "E08000007", "2024-25")]
    assert hidden["value"] != hidden["value"] and hidden["status"] == "c"
