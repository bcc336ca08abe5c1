"""Each check refuses its bad input by name: a synthetic folder of a few rows, one change, the words of the
answer.
"""

import csv
import gzip
import hashlib
import json
from pathlib import Path

import pytest

from safeguarding import loader
from safeguarding.loader.problems import in_spans
from safeguarding.vocabulary import Status

DATA = Path(__file__).resolve().parents[1] / "data"
FIGURES = "observations/children_in_need.csv"
ENGLAND, TOWN = "E92000001", "E08000007"
AN_INDICATOR = {
    "indicator_id": "repeat_pct",
    "theme": "child-protection",
    "section": "Plans",
    "order": "1",
    "title": "Repeat plans",
    "short_title": "Repeat plans",
    "unit": "percent",
    "decimals": "1",
    "polarity": "lower_better",
    "polarity_basis": "synthetic",
    "year_type": "financial_year",
    "numerator": "plans",
    "definition": "synthetic",
    "question": "Why?",
    "question_author": "synthetic",
    "headline": "no",
    "source_id": "a_return",
}
A_FIGURE = {
    "indicator_id": "repeat_pct",
    "area_code": ENGLAND,
    "period": "2018-19",
    "period_start": "2018-04-01",
    "period_end": "2019-03-31",
    "value": "24.5",
    "status": "ok",
    "source_id": "a_return",
}
A_RULE = {
    "indicator_id": "repeat_pct",
    "type": "T1",
    "limits": "green_at=20; red_at=23",
    "from": "2012-04-01",
    "owner": "synthetic",
    "state": "proposed",
    "rationale": "synthetic",
}
A_STATEMENT = {
    "statement_id": "S1",
    "theme": "child-protection",
    "section": "Plans",
    "measure": "repeat plans",
    "area": TOWN,
    "period": "2018-19",
    "kind": "percent",
    "value": "24.5",
    "unit": "%",
    "line": "1",
    "source_id": "a_return",
}
AN_EVENT = {
    "event_id": "form",
    "from": "2018-04-01",
    "indicators": "*",
    "title": "A new form",
    "text": "Synthetic.",
    "breaks": "yes",
    "under_recorded_before": "no",
}
ROWS = {
    "sources.csv": [
        {
            "source_id": "a_return",
            "publisher": "A council",
            "title": "A return",
            "edition": "2019",
            "licence": "none",
            "supplier": "synthetic",
            "already_public": "yes",
        }
    ],
    "areas.csv": [
        {"area_code": ENGLAND, "name": "England", "type": "country"},
        {"area_code": TOWN, "name": "NA", "type": "authority"},
    ],
    "indicators.csv": [
        AN_INDICATOR,
        {**AN_INDICATOR, "indicator_id": "plans_count", "unit": "count", "part_of": "repeat_pct"},
    ],
    "tolerances.csv": [A_RULE],
    "statements.csv": [A_STATEMENT],
    "events.csv": [AN_EVENT],
    FIGURES: [A_FIGURE, {**A_FIGURE, "area_code": TOWN, "value": "", "status": "c"}],
}


def write(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as f:
        writer = csv.DictWriter(f, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


class Small:
    """A folder described as `data/` is, with the tables of ROWS alone."""

    def __init__(self, path: Path):
        self.path = path
        (path / "observations").mkdir(parents=True)
        package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
        every = [{**r, "path": r["path"].removesuffix(".gz")} for r in package["resources"]]
        package["resources"] = [r for r in every if r["path"] in ROWS]
        (path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
        self.columns = {r["path"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
        for name, rows in ROWS.items():
            self.put(name, rows)

    def put(self, name: str, rows: list[dict[str, str]]) -> None:
        """Write a table's rows."""
        write(self.path / name, self.columns.get(name, self.columns[FIGURES]), rows)

    def change(self, name: str, cells: dict[str, str]) -> None:
        """Change cells of a table's first row."""
        first, *rest = ROWS[name]
        self.put(name, [first | cells, *rest])

    def problems(self) -> list[str]:
        """What the loader says of the folder: nothing where it takes it."""
        try:
            loader.read(self.path)
        except loader.BrokenData as error:
            return [str(p) for p in error.problems]
        return []


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path / "data")


def test_a_clean_folder_is_read_as_text_and_figures_as_numbers(small):
    read = loader.read(small.path)
    assert list(read.observations["value"].fillna(-1)) == [24.5, -1]
    assert list(read.observations["status"]) == ["ok", "c"]
    assert {"areas", "indicators", "statements"} < set(read.tables)
    assert not any("observations" in name for name in read.tables)
    assert read.tables["areas"][1] == ROWS["areas.csv"][1] | dict.fromkeys(
        ("region_code", "group", "valid_from", "valid_to", "successors"), ""
    )


def test_each_file_has_its_fingerprint(small):
    found = loader.read(small.path).files
    assert {*small.columns, "datapackage.json"} == set(found)
    assert found[FIGURES] == hashlib.sha256((small.path / FIGURES).read_bytes()).hexdigest()


# the change to the first row of a table, and how the only problem begins; "" where the row may be so
@pytest.mark.parametrize(
    "name, cells, said",
    [
        # what cannot be: F of the analyst's reading, each with the cells to change
        (FIGURES, {"value": "-3"}, "row 2, value: -3 is below zero. Correct it."),
        (FIGURES, {"value": "276"}, "row 2, value: 276 is no share: it must lie from 0 to 100. Correct it."),
        (FIGURES, {"value": "100"}, ""),
        (FIGURES, {"value": "0"}, ""),
        (FIGURES, {"numerator": "-1"}, "row 2, numerator: -1 is below zero. Correct it."),
        (
            FIGURES,
            {"numerator": "3676", "denominator": "792"},
            "row 2, numerator: 3676 is more than its denominator, 792. Correct one of them, or swap them.",
        ),
        (
            FIGURES,
            {"value": "31.5", "numerator": "792", "denominator": "3676"},
            "row 2, value: 31.5 is not what its counts give: 792 of 3676 is 21.5. Change value, numerator "
            "and "
            "denominator together; where the source publishes it so, add this row to exceptions.csv, with "
            f"the reason: repeat_pct,{ENGLAND},2018-19,a_return,REASON",
        ),
        (FIGURES, {"value": "21.5", "numerator": "792", "denominator": "3676"}, ""),
        (
            FIGURES,
            {"value": "21.6", "numerator": "792", "denominator": "3676"},
            "",
        ),  # 792.5 of 3,675.5 is 21.56
        (
            FIGURES,
            {"value": "21.7", "numerator": "792", "denominator": "3676"},
            "row 2, value: 21.7 is not what its counts give",
        ),
        # counts of tens may be rounded to tens: from 785 of 3,685 to 795 of 3,675
        (FIGURES, {"value": "21.3", "numerator": "790", "denominator": "3680"}, ""),
        (
            FIGURES,
            {"value": "21.1", "numerator": "790", "denominator": "3680"},
            "row 2, value: 21.1 is not what",
        ),
        (
            FIGURES,
            {"value": "24.5", "numerator": "5", "denominator": "0"},
            "row 2, numerator: 5 is more than",
        ),
        (FIGURES, {"value": "", "status": "c", "numerator": "5", "denominator": "10"}, ""),
        # numbers
        (
            FIGURES,
            {"value": "c"},
            'row 2, value: "c" is not a number. '
            "If the figure is suppressed, leave value empty and put c in status.",
        ),
        (FIGURES, {"value": "nan"}, 'row 2, value: "nan" is not a number.'),
        (FIGURES, {"value": "inf"}, 'row 2, value: "inf" is not a number.'),
        (FIGURES, {"value": "-inf"}, 'row 2, value: "-inf" is not a number.'),
        (FIGURES, {"value": "0"}, ""),
        (FIGURES, {"value": "1.5e1"}, ""),
        (FIGURES, {"numerator": "some"}, 'row 2, numerator: "some" is not a number.'),
        (FIGURES, {"numerator": "1.5"}, ""),
        ("indicators.csv", {"order": "1.5"}, 'row 2, order: "1.5" is not a whole number.'),
        ("indicators.csv", {"order": "first"}, 'row 2, order: "first" is not a whole number.'),
        ("indicators.csv", {"order": "2.0"}, ""),
        # required cells, words and patterns
        (FIGURES, {"status": ""}, "row 2, status: is empty. It must hold: "),
        (FIGURES, {"status": "-"}, 'row 2, status: "-" is not one of: ok, c, '),
        (
            "areas.csv",
            {"type": "planet"},
            'row 2, type: "planet" is not one of: country, region, authority.',
        ),
        ("areas.csv", {"name": ""}, "row 2, name: is empty. It must hold: "),
        (
            "sources.csv",
            {"next_due": "NEXT_DUE"},
            "row 2, next_due: NEXT_DUE stands for what only you can say. It must hold: When the next edition",
        ),
        ("sources.csv", {"note": "REASON"}, "row 2, note: REASON stands for what only you can say."),
        ("areas.csv", {"successors": f"{TOWN}; "}, ""),
        (
            "areas.csv",
            {"successors": f"{TOWN}; E99"},
            'row 2, successors: "E99" is no area_code of this table.',
        ),
        (
            "areas.csv",
            {"region_code": "E13000001"},
            'row 2, region_code: "E13000001" is no region of this table.',
        ),
        (
            "indicators.csv",
            {"indicator_id": "repeat-pct"},
            'row 2, indicator_id: "repeat-pct" is not written as it should be.',
        ),
        # days and periods
        (
            FIGURES,
            {"period_end": "31/03/2019"},
            'row 2, period_end: "31/03/2019" is not a date. Write it as 2019-03-31.',
        ),
        ("sources.csv", {"published_on": "2019-02-30"}, 'row 2, published_on: "2019-02-30" is not a date.'),
        (
            FIGURES,
            {"period": "2018-20"},
            'row 2, period: "2018-20" is not a period. Write 2018-19, 2018-19-Q2',
        ),
        (FIGURES, {"period": "2018-19-Q4"}, ""),
        # a value or a reason
        (
            FIGURES,
            {"value": ""},
            "row 2, value: is empty though status is ok. Put the figure in, or say in status",
        ),
        *[
            (FIGURES, {"status": s.value}, f"row 2, value: holds 24.5 though status is {s.value}. Empty it,")
            for s in Status
            if s not in (Status.OK, Status.C_LOCAL)  # the latter is ours alone: no file may hold it
        ],
        (FIGURES, {"value": "", "status": "x"}, ""),
        # days that run forwards and fit
        (
            FIGURES,
            {"period_start": ""},
            "row 2, period_start: is empty. Give the day, or write undated in period.",
        ),
        (
            FIGURES,
            {"period_end": ""},
            "row 2, period_end: is empty. Give the day, or write undated in period.",
        ),
        (FIGURES, {"period": "undated", "period_start": "", "period_end": ""}, ""),
        (
            FIGURES,
            {"period_start": "2019-04-01"},
            "row 2, period_end: 2019-03-31 is before period_start 2019-04-01.",
        ),
        (FIGURES, {"period_start": "2019-03-31"}, ""),
        (
            FIGURES,
            {"period_end": "2017-12-31", "period_start": "2017-01-01"},
            "row 2, period: 2018-19 does not fit its last day, 2017-12-31.",
        ),
        (FIGURES, {"period_end": "2018-06-30"}, ""),
        (FIGURES, {"period_end": "2019-12-31"}, ""),
        (
            FIGURES,
            {"period_end": "2020-01-01"},
            "row 2, period: 2018-19 does not fit its last day, 2020-01-01.",
        ),
        (FIGURES, {"period": "undated", "period_end": "2020-01-01"}, ""),
        # what is named is there
        (
            FIGURES,
            {"area_code": "E99999999"},
            'row 2, area_code: "E99999999" is not in areas.csv. Add it there',
        ),
        (FIGURES, {"indicator_id": "none"}, 'row 2, indicator_id: "none" is not in indicators.csv.'),
        (FIGURES, {"source_id": "rumour"}, 'row 2, source_id: "rumour" is not in sources.csv.'),
        ("indicators.csv", {"source_id": "rumour"}, 'row 2, source_id: "rumour" is not in sources.csv.'),
        *[
            ("indicators.csv", {column: "none"}, f'row 2, {column}: "none" is no indicator_id of this table.')
            for column in ("denominator_indicator_id", "part_of", "read_with")
        ],
        ("indicators.csv", {"read_with": "plans_count"}, ""),
        # statements
        (
            "statements.csv",
            {"value": "many"},
            'row 2, value: "many" is not a number. Put words under kind text, or leave value empty.',
        ),
        ("statements.csv", {"value": "many", "kind": "text"}, ""),
        ("statements.csv", {"value": ""}, ""),
        ("statements.csv", {"area": "SN"}, ""),
        ("statements.csv", {"area": "GM"}, ""),
        ("statements.csv", {"area": "Mars"}, 'row 2, area: "Mars" is not in areas.csv, nor SN or GM.'),
        ("statements.csv", {"indicator_id": "none"}, 'row 2, indicator_id: "none" is not in indicators.csv.'),
        ("statements.csv", {"indicator_id": "plans_count"}, ""),
        # events
        (
            "events.csv",
            {"from": ""},
            "row 2, from: is empty though breaks is yes. Give the day, or put no in breaks.",
        ),
        ("events.csv", {"from": "", "breaks": "no"}, ""),
        (
            "events.csv",
            {"from": "", "breaks": "no", "under_recorded_before": "yes"},
            "row 2, from: is empty though under_recorded_before is yes. Give the day, or put no in under_",
        ),
        ("events.csv", {"area_code": "E0800000X"}, 'row 2, area_code: "E0800000X" is not in areas.csv. Add'),
        ("events.csv", {"source_id": "zzz"}, 'row 2, source_id: "zzz" is not in sources.csv. Add it there'),
        ("events.csv", {"indicators": "repeat_pct; repaet"}, 'row 2, indicators: "repaet" is not in indic'),
        ("events.csv", {"indicators": "to_come_*"}, ""),
        ("events.csv", {"until": "2018-03-31"}, "row 2, until: is before from. Correct one of the two."),
        (
            "events.csv",
            {"text": "Jo Smith, DOB 3 May 2012"},
            "row 2, text: reads like a child's particulars.",
        ),
        # a measure whose figures cannot be printed
        ("indicators.csv", {"decimals": "-1"}, 'row 2, decimals: "-1" is below 0.'),
    ],
)
def test_a_wrong_cell_is_named_with_its_place_and_its_cure(small, name, cells, said):
    small.change(name, cells)
    found = small.problems()
    assert len(found) == (said != ""), found
    assert not said or found[0].startswith(f"{name}, {said}"), found


def test_only_a_value_is_told_how_to_hide(small):
    small.change(FIGURES, {"numerator": "c"})
    assert small.problems() == [f'{FIGURES}, row 2, numerator: "c" is not a number.']


@pytest.mark.parametrize(
    "kind, limits, said",
    [
        ("T0", "", ""),
        ("T0", "points=2", '"points=2" does not fit T0, which takes nothing.'),
        ("T1", "green_at=20; red_at=23", ""),
        ("T1", "green_at=20", '"green_at=20" does not fit T1, which takes green_at; red_at.'),
        ("T1", "green_at=low; red_at=23", 'green_at is "low", which is not a number.'),
        ("T2", "target=20; percent=5", ""),
        ("T2", "target=20; points=5", ""),
        (
            "T2",
            "target=20",
            '"target=20" does not fit T2, which takes percent; target or points; target.',
        ),
        ("T2", "target=20; points=5; percent=5", '"target=20; points=5; percent=5" does not fit T2'),
        ("T3", "benchmark=SN; points=2", ""),
        ("T3", "benchmark=SN; percent=2", ""),
        ("T3", "benchmark=SN; points=two", 'points is "two", which is not a number.'),
        ("T3", "benchmark", "'benchmark' is not written name=value. Separate parts with a semicolon."),
        ("T4", "", ""),
        ("T4", "target=1", '"target=1" does not fit T4, which takes nothing.'),
        ("T3", "benchmark=SN; spread=0.67", ""),
        ("T5", "band=england", ""),
        ("T5", "band=region", 'band is "region". Write band=england, or give four edges of your own.'),
        ("T5", "low_red=1; low_amber=2; high_amber=3; high_red=4", ""),
        (
            "T5",
            "low_red=4; low_amber=2; high_amber=3; high_red=5",
            "The edges must rise: low_red, low_amber, high_amber, high_red.",
        ),
        ("T5", "low_red=1; low_amber=2", '"low_red=1; low_amber=2" does not fit T5, which takes band or '),
        ("T6", "target=20", ""),
        ("T6", "", '"" does not fit T6, which takes target.'),
    ],
)
def test_a_rule_has_the_parameters_of_its_type(small, kind, limits, said):
    small.put("tolerances.csv", [A_RULE, {**A_RULE, "from": "2019-04-01", "type": kind, "limits": limits}])
    found = small.problems()
    assert len(found) == (said != ""), found
    assert not said or found[0].startswith(f"tolerances.csv, row 3, limits: {said}"), found


@pytest.mark.parametrize(
    "polarity, kind, limits, said",
    [
        ("higher_better", "T1", "green_at=23; red_at=20", ""),
        ("higher_better", "T1", "green_at=20; red_at=20", ""),
        (
            "lower_better",
            "T1",
            "green_at=23; red_at=20",
            "green_at=23 is worse than red_at=20, since lower is",
        ),
        (
            "higher_better",
            "T1",
            "green_at=20; red_at=23",
            "green_at=20 is worse than red_at=23, since higher",
        ),
        (
            "neutral",
            "T1",
            "green_at=20; red_at=23",
            "T1 needs a better end, and repeat_pct is neutral in ind",
        ),
        ("neutral", "T2", "target=20; points=2", "T2 needs a better end"),
        ("neutral", "T3", "benchmark=SN; spread=0.67", "T3 needs a better end"),
        ("neutral", "T4", "", "T4 needs a better end"),
        ("neutral", "T6", "target=20", "T6 needs a better end"),
        ("neutral", "T5", "band=england", ""),
        ("lower_better", "T2", "target=20; points=-2", "points is -2. A margin is not below nought."),
        ("lower_better", "T3", "benchmark=SN; spread=-1", "spread is -1. A margin is not below nought."),
        ("lower_better", "T3", "benchmark=SN; percent=0", ""),
        ("lower_better", "T3", "benchmark=region; points=2", ""),
        ("lower_better", "T3", "benchmark=SN-2021; points=2", ""),
        ("lower_better", "T3", f"benchmark={ENGLAND}; points=2", ""),
        (
            "lower_better",
            "T3",
            "benchmark=E99; points=2",
            'benchmark is "E99". Write SN, region or an area_code',
        ),
    ],
)
def test_a_rule_that_cannot_be_applied_to_its_indicator_is_named(small, polarity, kind, limits, said):
    """Each of them had been published, and then no page of the indicator could be made."""
    small.change("indicators.csv", {"polarity": polarity})
    rule = {**A_RULE, "type": kind, "limits": limits}
    small.put("tolerances.csv", [rule])
    found = small.problems()
    assert len(found) == (said != ""), found
    assert not said or found[0].startswith(f"tolerances.csv, row 2, limits: {said}"), found


def test_every_wrong_rule_is_named(small):
    wrong = ["target", "points=2", "green_at=low; red_at=high"]
    days = ["2012-04-01", "2013-04-01", "2014-04-01"]
    small.put(
        "tolerances.csv", [{**A_RULE, "limits": w, "from": d} for w, d in zip(wrong, days, strict=True)]
    )
    assert [p.split(",")[1] for p in small.problems()] == [" row 2", " row 3", " row 4", " row 4"]


def test_a_figure_that_stands_twice_is_named(small):
    small.put(FIGURES, [A_FIGURE, A_FIGURE, {**A_FIGURE, "period": "undated"}])
    key = "indicator_id, area_code, period, breakdown, category, source_id"
    said = f"repeat_pct / {ENGLAND} / 2018-19 / a_return stands in row 2 too, alike. Keep one row."
    assert small.problems() == [f"{FIGURES}, row 3, {key}: {said}"]


def test_a_figure_that_stands_in_two_files_is_named(small):
    again = [{**A_FIGURE, "period": "undated"}, A_FIGURE]
    small.put("observations/more.csv", again)
    said = f"repeat_pct / {ENGLAND} / 2018-19 also stands in another file."
    assert small.problems() == [f"observations/more.csv, row 3, indicator_id: {said}"]


def test_a_file_that_the_package_does_not_describe_is_checked_and_read(small):
    more = {**A_FIGURE, "period": "2017-18", "period_start": "2017-04-01", "period_end": "2018-03-31"}
    small.put("observations/more.csv", [more])
    assert len(loader.read(small.path).observations) == 3
    small.put("observations/more.csv", [{**more, "area_code": "E99999999"}])
    assert small.problems() == [
        'observations/more.csv, row 2, area_code: "E99999999" is not in areas.csv. '
        "Add it there, or correct it here."
    ]


@pytest.mark.parametrize("wrong, named, rest", [(20, 20, None), (21, 20, 1), (30, 20, 10)])
def test_many_mistakes_of_one_kind_are_counted(small, wrong, named, rest):
    small.put(FIGURES, [{**A_FIGURE, "category": str(k), "value": f"many {k}"} for k in range(wrong)])
    found = small.problems()
    assert [p for p in found if "is not a number" in p] == found[:named]
    assert found[named - 1].startswith(f"{FIGURES}, row 21, value: ")
    assert found[named:] == ([f"{FIGURES}, value: and {rest} more rows of the same kind."] if rest else [])


def test_one_mistake_in_many_rows_is_one_problem_that_names_them(small):
    values = ["many", "1", "many", "many", "few"]
    small.put(FIGURES, [{**A_FIGURE, "category": str(k), "value": v} for k, v in enumerate(values)])
    many, few = small.problems()
    assert many.startswith(f'{FIGURES}, rows 2 and 4 to 5, value: "many" is not a number.')
    assert few.startswith(f'{FIGURES}, row 6, value: "few" is not a number.')


@pytest.mark.parametrize(
    "rows, said",
    [
        ([3], "3"),
        ([4, 3], "3 to 4"),
        ([2, 4, 5, 6, 9], "2, 4 to 6 and 9"),
        (range(2, 50, 2), "2, 4, 6, 8, 10, 12, 14, 16, 18, 20 and 14 more"),
    ],
)
def test_rows_are_named_as_people_name_them(rows, said):
    assert in_spans(rows) == said


def test_many_figures_in_two_files_are_not_all_named(small):
    rows = [{**A_FIGURE, "category": str(k)} for k in range(25)]
    small.put(FIGURES, rows)
    small.put("observations/more.csv", rows)
    assert len(small.problems()) == 20


def test_a_missing_and_an_unknown_column_are_named(small):
    text = (small.path / "areas.csv").read_text().replace("area_code,name", "area_code,nom", 1)
    (small.path / "areas.csv").write_text(text)
    missing, unknown = small.problems()
    assert missing.startswith(
        "areas.csv, row 1, name: the column is missing. The columns are: area_code, name, "
    )
    assert unknown == "areas.csv, row 1, nom: is not a column of this table. Remove it or correct its name."


@pytest.mark.parametrize(
    "content, said",
    [
        (
            "area_code,name\nE1,Caf\xe9\n".encode("latin-1"),
            ": is not UTF-8 text. In Excel, save it as 'CSV UTF-8 (Comma delimited)'.",
        ),
        (b"", ": is empty. Save the table again: its first row names the columns."),
        (b"area_code,name\nE1,a\nE2,b,c\n", ", row 3: has 3 cells where the heading has 2. Take out what"),
        (b"area_code,name\nE1,a,b\nE2,b,c\n", ", row 2: has 3 cells where the heading has 2. Take out what"),
        (b'area_code,name\nE1,a\n"E2,b\n', ', row 3: opens a quote (") that nothing closes.'),
        (b"area_code;name\nE1;a\n", ": parts its cells by semicolons. In Excel, save it as"),
        (None, ": the file is missing. Restore it, or take it out of datapackage.json."),
    ],
    ids=["encoding", "empty", "a cell too many", "one in every row", "quote", "semicolons", "missing"],
)
def test_a_file_that_cannot_be_read_is_named(small, content, said):
    path = small.path / "areas.csv"
    path.unlink() if content is None else path.write_bytes(content)
    (found,) = small.problems()
    assert found.startswith(f"areas.csv{said}")


def test_a_blank_line_is_a_row_whose_cells_are_empty(small):
    path = small.path / "areas.csv"
    heading, *rows = path.read_text().splitlines()
    path.write_text("\n".join([heading, "", *rows]) + "\n")
    assert any(p.startswith("areas.csv, row 2, area_code: is empty.") for p in small.problems())


@pytest.mark.parametrize("content", [None, "{", "{}"], ids=["missing", "no JSON", "no tables"])
def test_a_package_that_cannot_be_read_is_named(small, content):
    path = small.path / "datapackage.json"
    path.unlink() if content is None else path.write_text(content)
    (found,) = small.problems()
    assert found.startswith("datapackage.json: cannot be read") and found.endswith(
        "Restore it from the repository."
    )


def test_a_package_without_figures_is_named(small):
    path = small.path / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = [r for r in package["resources"] if r["path"] != FIGURES]
    path.write_text(json.dumps(package), encoding="utf-8")
    assert small.problems() == [
        "datapackage.json: describes no file of figures. Restore it from the repository."
    ]


def test_all_problems_are_named_at_once_and_counted(small):
    small.change(FIGURES, {"value": "c"})
    with pytest.raises(loader.BrokenData, match=r"has one problem\. Nothing was changed\.\n  observations/"):
        loader.read(small.path)
    small.change("areas.csv", {"type": "planet"})
    with pytest.raises(loader.BrokenData, match=r"has 2 problems\. Nothing was changed\.") as caught:
        loader.read(small.path)
    assert [p.file for p in caught.value.problems] == ["areas.csv", FIGURES]


def test_the_real_data_have_no_problem(folder):
    packed = (DATA / "observations").glob("*.csv.gz")
    held = sum(len(gzip.decompress(p.read_bytes()).splitlines()) - 1 for p in packed)
    assert len(folder.observations) == held > 0


def pack(path: Path) -> Path:
    """Pack a file and take the plain one away, as what is shipped."""
    packed = path.with_name(f"{path.name}.gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    return packed


def test_a_packed_file_is_read_as_the_plain_one_listed_either_way(small):
    plain = loader.read(small.path)
    pack(small.path / FIGURES)
    packed = loader.read(small.path)
    assert packed.observations.equals(plain.observations)
    assert packed.files == plain.files, "to pack a file makes no new release"
    package = small.path / "datapackage.json"
    package.write_text(package.read_text().replace(FIGURES, f"{FIGURES}.gz"))
    assert loader.read(small.path).observations.equals(plain.observations)
    (small.path / FIGURES).write_bytes(gzip.decompress((small.path / f"{FIGURES}.gz").read_bytes()))
    (small.path / f"{FIGURES}.gz").unlink()
    assert loader.read(small.path).observations.equals(plain.observations), "unpacked, to be edited"


def test_a_mistake_in_a_packed_file_is_named_by_its_row(small):
    small.change(FIGURES, {"value": "c"})
    pack(small.path / FIGURES)
    (found,) = small.problems()
    assert found.startswith(f'{FIGURES}, row 2, value: "c" is not a number.')


def test_a_file_that_stands_packed_and_plain_is_refused(small):
    path = small.path / FIGURES
    text = path.read_bytes()
    pack(path)
    path.write_bytes(text)
    name = f"{path.name}.gz"
    assert small.problems() == [
        f"{FIGURES}: stands beside {name}. Delete {name} if you have edited the CSV, else the CSV."
    ]


@pytest.mark.parametrize(
    "damage", [lambda b: b[: len(b) // 2], lambda b: b"no gzip" + b, lambda b: b[:-4] + b"1234"]
)
def test_a_packed_file_that_does_not_unpack_is_refused(small, damage):
    packed = pack(small.path / FIGURES)
    packed.write_bytes(damage(packed.read_bytes()))
    (found,) = small.problems()
    assert found.startswith(f"{FIGURES}: cannot be unpacked (")
    assert found.endswith("Restore it, or pack it again with gzip.")


@pytest.mark.parametrize("name", ["areas.csv", "observations/children_in_need.csv", f"{FIGURES}.gz"])
def test_what_cannot_be_opened_is_named_with_its_file(small, name):
    path = small.path / name
    (small.path / name.removesuffix(".gz")).unlink()
    path.mkdir()  # permissions do not bind whoever is root
    assert small.problems() == [
        f"{name.removesuffix('.gz')}: cannot be opened (Is a directory). "
        "Put a file there that the dashboard may read."
    ]
    with pytest.raises(loader.BrokenData, match="one problem"):
        loader.fingerprint(small.path)


def test_a_folder_that_is_not_there_is_named_with_its_setting(small):
    with pytest.raises(loader.BrokenData, match=r"/nowhere: there is no such folder.* Look at DATA_FOLDER"):
        loader.read(Path("/nowhere"))


def test_a_packed_file_larger_than_any_table_is_refused(small, monkeypatch):
    monkeypatch.setattr("safeguarding.loader.files.MOST_UNPACKED", 2_000_000)
    packed = pack(small.path / FIGURES)
    packed.write_bytes(gzip.compress(b"," * 2_000_001))
    assert small.problems() == [f"{FIGURES}: unpacks to more than 2 MB. Part it into several files."]


def test_figures_read_as_numbers_and_absences_as_no_number(folder):
    held = folder.observations.set_index(["indicator_id", "area_code", "period"])
    assert held.loc[("rereferrals_pct", "E08000007", "2018-19"), "value"] == 24.3
    hidden = held.loc[("cpp_open_2y_plus_pct", "E08000007", "2024-25")]
    assert hidden["value"] != hidden["value"] and hidden["status"] == "c"


@pytest.mark.parametrize(
    "cells, meant",
    [
        ({"indicator_id": "repeat_pc"}, "repeat_pct"),
        ({"indicator_id": "Repeat_PCT"}, "repeat_pct"),
        ({"area_code": "Englnd"}, ENGLAND),
        ({"source_id": "a_retrun"}, "a_return"),
        ({"source_id": "unlike"}, ""),
    ],
)
def test_what_is_nearly_a_code_or_a_name_is_asked_about(small, cells, meant):
    small.change(FIGURES, cells)
    (said,) = small.problems()
    assert said.endswith(
        f"Add it there, or correct it here. Is {meant} meant?" if meant else "correct it here."
    )
