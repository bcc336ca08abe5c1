"""Files are loaded on what is published, wholly or not at all; what is wrong is named, with its cure."""

import csv
import io
import json
import threading
import zipfile
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from safeguarding import loader
from safeguarding.__main__ import main
from safeguarding.load_command import offered
from safeguarding.loader import cells, children, incoming, template
from safeguarding.loader.incoming import Offered
from safeguarding.loading import Outcome, load
from safeguarding.refused import Refused
from safeguarding.settings import Settings
from safeguarding.store.releases import Store
from safeguarding.vocabulary import YearType
from tests.conftest import HOME, ROOT

DATA = ROOT / "tests" / "data"
HEADING = "indicator_id,area_code,period,value,status,numerator,denominator,source_id"
GOOD = "rereferrals_pct,E08000007,2024-25,21.5,ok,792,3676,dfe_cin_c1_2025"
POPULATION = 'children_population,E08000007,{period},"{value}",ons_mye_2024'
WHO = {"by": "An analyst", "note": "Corrected by the source"}


def tidy(*rows: str, heading: str = HEADING) -> bytes:
    return "\n".join([heading, *rows, ""]).encode()


def population(value: str, period: str = "2024-25") -> Offered:
    row = POPULATION.format(period=period, value=value)
    return Offered("population.csv", tidy(row, heading="indicator_id,area_code,period,value,source_id"))


def loaded(store: Store, *files: Offered, **how: object) -> Outcome:
    return load(store, Settings(), files, **how)


def contents(store: Store) -> tuple[object, ...]:
    """All that a store holds of releases, as a reader or a restore would find it."""
    with store.engine.connect() as c:
        counts = [
            c.execute(sa.text(f"SELECT count(*) FROM {t}")).scalar()
            for t in ("release", "catalogue", "observation", "publication", "published")
        ]
        total = c.execute(sa.text("SELECT sum(value), sum(numerator) FROM observation")).one()
    return *counts, tuple(total), store.published()


@pytest.fixture
def on_small(url, small) -> Store:
    """A store, on either engine, with the population figures alone."""
    store = Store(url)
    store.load_folder(small, "a test", "first")
    return store


# --- see, publish, roll back ---


def test_a_dry_run_says_what_would_change_and_changes_nothing(on_small):
    before = contents(on_small)
    found = loaded(on_small, population("65,000"), dry_run=True)
    (d,) = found.found
    assert (d.new, d.changed, d.gone, d.largest) == (0, 1, 0, 90)
    assert found.base == 1 and found.release is None and found.wants_a_reason
    assert contents(on_small) == before


def test_a_load_is_a_new_release_that_names_its_files_and_is_published(on_small):
    file = population("65,000")
    found = loaded(on_small, file, **WHO)
    assert found.release == on_small.published() == 2
    newest = on_small.releases()[-1]
    assert (newest.author, newest.reason, newest.based_on) == (*WHO.values(), 1)
    assert newest.files == {"population.csv": incoming.hashlib.sha256(file.held).hexdigest()}
    assert [p.author for p in on_small.publications()] == ["An analyst"]
    assert on_small.observations(2, ["children_population"], [HOME])[-1].value == 65_000
    assert on_small.observations(1, ["children_population"], [HOME])[-1].value == 64_910
    on_small.publish(1, "An analyst", "back")
    assert on_small.published() == 1


def test_who_and_why_are_wanted_where_published_figures_change_and_not_for_new_ones(on_small):
    before = contents(on_small)
    found = loaded(on_small, population("65,000"))
    assert "say who loads this and why" in found.refused[0] and contents(on_small) == before
    new = loaded(on_small, population("65100", "2025-26"))
    assert new.release == 2 and new.found[0].new == 1 and not new.refused
    assert on_small.releases()[-1].reason == "New figures: population.csv"


@pytest.mark.parametrize(
    "who",
    [
        {"by": "An analyst", "note": "See the case of NHS 943 476 5919"},
        {"by": "An analyst", "note": "Jane Doe, born 3 May 2012, was counted twice"},
        {"by": "943 476 5919", "note": "Corrected by the source"},
    ],
)
def test_a_reason_that_reads_like_a_childs_particulars_is_not_kept(on_small, who):
    """Synthetic particulars: the NHS Data Dictionary's own example of a number, and an invented name."""
    before = contents(on_small)
    for file in (population("65000"), population("65100", "2025-26")):
        found = loaded(on_small, file, **who)
        assert found.release is None and "never about a person" in found.refused[0]
    assert contents(on_small) == before
    assert loaded(on_small, population("65000"), by="An analyst", note="Stockport was counted twice").release


def test_files_that_hold_what_is_published_make_no_release(on_small):
    before = contents(on_small)
    found = loaded(on_small, population("64910"), **WHO)
    assert found.nothing and found.release is None and contents(on_small) == before


def test_a_load_held_against_a_release_that_is_published_no_more_waits(on_small):
    loaded(on_small, population("65000"), **WHO)
    found = loaded(on_small, population("66000"), upon=1, **WHO)
    assert found.release is None and "Release 2 has been published since" in found.refused[0]


def test_a_table_of_the_catalogue_is_loaded_by_its_name(on_small, small):
    rows = [dict(r) for r in small.tables["sources"]]
    rows[0]["note"] = "Changed"
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    found = loaded(on_small, Offered("sources.csv", out.getvalue().encode()), **WHO)
    assert found.tables == {"sources.csv": (1, 1)} and found.release == 2 and not found.found
    assert on_small.catalogue(2).sources[rows[0]["source_id"]].note == "Changed"


def test_a_start_knows_that_what_is_published_stands_on_its_folder(on_small, small):
    loaded(on_small, population("65000"), **WHO)
    again = on_small.load_folder(small, "the start", "again")
    assert (again.release_id, again.new, again.published) == (1, False, True)


def test_two_loads_at_once_come_one_after_the_other(on_small):
    """Each stands on the one before: neither is lost."""
    barrier, url = threading.Barrier(2), on_small.engine.url.render_as_string(hide_password=False)

    def one(period: str) -> None:
        store = Store(url)
        barrier.wait()
        loaded(store, population("70000", period), **WHO)

    threads = [threading.Thread(target=one, args=(p,)) for p in ("2023-24", "2024-25")]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert on_small.published() == 3
    assert [o.value for o in on_small.observations(3, ["children_population"], [HOME])][-2:] == [
        70_000,
        70_000,
    ]


def test_a_load_that_fails_half_way_leaves_nothing(on_small, monkeypatch):
    from safeguarding.store import observations

    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    before = contents(on_small)
    monkeypatch.setattr(observations, "keep", full)
    with pytest.raises(OSError, match="No space"):
        loaded(on_small, population("70000"), **WHO)
    monkeypatch.undo()
    assert contents(on_small) == before
    assert loaded(on_small, population("70000"), **WHO).release == 2


# --- official files, as published ---


PUBLISHED = sorted((DATA / "published").glob("*.csv"))


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda p: p.name.split("_")[0])
def test_an_official_file_gives_what_is_published(store, path):
    """Extracts of the published files, byte for byte: every figure of every area in them is held already."""
    found = loaded(store, Offered(path.name, path.read_bytes()), dry_run=True)
    assert not found.problems and not found.found, found.found
    (taken,) = found.taken
    assert HOME in set(taken.figures["area_code"])
    names = {row["indicator_id"] for row in store.tables(1)["mappings"] if path.match(row["file"])}
    assert set(taken.figures["indicator_id"]) == names
    if path.name != "ons_mid-year_population_estimates_2012_to_2024.csv":
        assert any("Inner and Outer London" in said for said in taken.left_alone)
    (asked,) = found.asked
    assert "are published and not in it. They stay" in asked


def altered(path: Path, change: "object") -> bytes:
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(change(rows))
    return out.getvalue().encode()


REPEAT = DATA / "published" / "d3_cpps_subsequent_plan_2013_to_2025.csv"


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: [list(reversed(row)) for row in rows],
        lambda rows: [rows[0], *([f"{int(r[0]) - 1}{r[0][2:]}", *r[1:]] for r in rows[1:])],
        lambda rows: [rows[0], *([f"{int(r[0]) - 1}/{r[0][2:]}", *r[1:]] for r in rows[1:])],
        lambda rows: [[cell.upper() for cell in rows[0]], *rows[1:]],
        lambda rows: [[*row, "more" if n else "a_new_column"] for n, row in enumerate(rows)],
    ],
    ids=["columns in another order", "202425", "2024/25", "capitals", "a column more"],
)
def test_an_official_file_may_be_written_otherwise(store, change):
    held = altered(REPEAT, change)
    assert held != REPEAT.read_bytes()
    for encoded in (held, b"\xef\xbb\xbf" + held):
        found = loaded(store, Offered(REPEAT.name, encoded), dry_run=True)
        assert not found.problems and not found.found
        assert len(found.taken[0].figures) == 208


def test_a_file_of_any_name_is_known_by_its_columns(store):
    found = loaded(store, Offered("data (3).csv", REPEAT.read_bytes()), dry_run=True)
    assert not found.problems and "by its columns" in found.taken[0].kind and not found.found


def test_a_renamed_column_is_asked_about_and_may_stand_beside_its_old_name(store):
    def renamed(rows: list[list[str]]) -> list[list[str]]:
        return [[c.replace("CPP_subsequent_percent", "CPP_subsequent_pct") for c in rows[0]], *rows[1:]]

    file = Offered(REPEAT.name, altered(REPEAT, renamed))
    found = loaded(store, file, dry_run=True)
    (said,) = (a for a in found.asked if "has no column" in a)
    assert "write CPP_subsequent_percent|CPP_subsequent_pct" in said
    out = io.StringIO()
    rows = [dict(r) for r in store.tables(1)["mappings"]]
    for r in rows:
        r["value"] = r["value"].replace("CPP_subsequent_percent", "CPP_subsequent_percent|CPP_subsequent_pct")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    both = loaded(store, file, Offered("mappings.csv", out.getvalue().encode()), dry_run=True)
    assert not both.problems and not both.found and not any("has no column" in a for a in both.asked)


def next_edition(rows: list[list[str]]) -> list[list[str]]:
    """Synthetic: last year's rows again as the year after's, and one figure of Stockport restated."""
    again = [["2026", *row[1:]] for row in rows[1:] if row[0] == "2025"]
    at = rows[0].index("CPP_start")
    restated = [
        [*row[:at], "372", "104", "28"] if row[0] == "2025" and HOME in row else row for row in rows[1:]
    ]
    return [rows[0], *again, *restated]


def test_next_years_edition_asks_for_its_source_and_then_takes_the_place_of_this_one(store, catalogue):
    file = Offered("d3_cpps_subsequent_plan_2013_to_2026.csv", altered(REPEAT, next_edition))
    (problem,) = loaded(store, file, dry_run=True).problems
    assert "sources.csv knows the edition of 2025. Add this row to sources.csv" in problem.message
    row = problem.message.partition("next due: ")[2].partition(" Then load both")[0]
    assert row.startswith("dfe_cin_d3_2026,Department for Education,Children in need,2026,")
    rows = store.tables(1)["sources"]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    sources = Offered("sources.csv", (out.getvalue() + row.replace("NEXT_DUE", "late 2027") + "\n").encode())
    exceptions = [
        ",".join(p.message.rpartition("reason: ")[2].split(",")[:4])
        for p in loaded(store, file, sources, dry_run=True).problems
    ]
    assert exceptions and all("dfe_cin_d3_2026" in e for e in exceptions)
    held = store.tables(1)["exceptions"]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(held[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(held)
    known = out.getvalue() + "".join(f"{e},As published\n" for e in exceptions)
    found = loaded(store, file, sources, Offered("exceptions.csv", known.encode()), dry_run=True)
    assert not found.problems
    of_it = {d.indicator_id: d for d in found.found}["cpp_subsequent_pct"]
    areas = 8  # of the extract, in 2025
    assert (of_it.new, of_it.gone) == (areas, 0) and of_it.changed >= 1
    assert "sources.csv" in found.tables and found.tables["indicators.csv"] == (2, 2), "it leads now"
    assert any(flip.indicator_id == "cpp_subsequent_pct" for flip in found.flips)


def test_what_a_file_has_no_more_stays_unless_it_is_taken_out(store):
    lines = REPEAT.read_bytes().split(b"\n")
    file = Offered(REPEAT.name, b"\n".join(lines[:30]))
    stays = loaded(store, file, dry_run=True)
    assert not stays.found and "figures of its source are published and not in it" in stays.asked[-1]
    out = loaded(store, file, dry_run=True, in_full=True)
    assert {d.indicator_id for d in out.found} == {"cpp_started_count", "cpp_subsequent_pct"}
    assert all(d.gone > 1000 for d in out.found) and any("are gone" in a for a in out.asked)


# --- what is wrong is named, and how to mend it ---

SAID = [line.split("\t") for line in (DATA / "bad_said.tsv").read_text(encoding="utf-8").splitlines()]


def test_every_bad_file_says_something():
    assert sorted(p.name for p in (DATA / "bad").iterdir()) == sorted(name for name, _ in SAID)


@pytest.mark.parametrize("name, said", SAID, ids=[name for name, _ in SAID])
def test_a_bad_file_gives_its_one_message_and_leaves_the_store_as_it_was(store, name, said):
    before = contents(store)
    found = loaded(store, Offered(name, (DATA / "bad" / name).read_bytes()), **WHO)
    (problem,) = found.problems
    assert str(problem).removeprefix(name).lstrip(",: ").startswith(said)
    assert found.release is None and contents(store) == before
    words = str(problem).casefold()
    assert not any(w in words for w in ("pandas", "tokeniz", "c error", "traceback", "dtype", "openpyxl"))


def test_a_list_of_children_leaves_nothing_of_itself(store, capsys):
    names = [n for n, _ in SAID if n.startswith("children_by")]
    for name in names:
        held = (DATA / "bad" / name).read_bytes()
        found = loaded(store, Offered(name, held), **WHO)
        said = repr(found) + str(found.problems[0])
        for cell in held.decode().replace("\n", ",").split(",")[3:]:
            assert len(cell) < 3 or cell not in said, "no cell is quoted"
        assert not found.taken
    assert capsys.readouterr() == ("", "")


CHILD = ("Jonathan", "Smithson", "02/03/2015")
ROW = ",".join(CHILD)


def sheet_of_children(page):
    hidden = page.parent.create_sheet("List")
    for row in (("Monthly list",), ("Forename", "Surname", "D.O.B."), CHILD):
        hidden.append(row)
    hidden.sheet_state = "hidden"


@pytest.mark.parametrize(
    "name, held",
    [
        ("title.csv", f"Monthly list,,\n\nForename,Surname,DOB\n{ROW}\n".encode()),
        ("semicolons.csv", f"Forename;Surname;DOB\n{ROW}\n".replace(",", ";").encode()),
        ("latin.csv", f"Forename,Surname,DOB\n{ROW},Zo\xeb\n".encode("latin-1")),
        ("torn.csv", f"Forename,Surname,DOB\n{ROW},more\n".encode()),
        ("open.csv", f'Forename,Surname,DOB\n"{ROW}\n'.encode()),
        ("words.csv", f"Child's First Name,Child's Last Name,Seen\n{ROW}\n".encode()),
        ("system.csv", f"CLA_LA_child_ID,Name,Seen\n{ROW}\n".encode()),
        ("child.csv", f"Child,Social worker,Seen\n{ROW}\n".encode()),
        ("beside.csv", f"{HEADING},child_name\n{GOOD},{CHILD[1]}\n".encode()),
    ],
)
def test_a_list_of_children_is_known_however_it_is_written(store, name, held):
    found = loaded(store, Offered(name, held), **WHO)
    (problem,) = found.problems
    assert problem.message.startswith("This file looks like a list of children")
    assert not any(cell in repr(found) for cell in CHILD)


def test_a_list_of_children_on_a_hidden_sheet_is_refused_with_its_figures(store):
    found = loaded(store, Offered("return.xlsx", workbook(sheet_of_children)), **WHO)
    assert [p.message[:39] for p in found.problems] == ["This file looks like a list of children"]
    assert not any(cell in repr(found) for cell in CHILD)


@pytest.mark.parametrize("name", ["Jonathan Smithson 02-03-2015", "jonathan_smithson_dob", "a20150203"])
def test_a_file_named_after_a_child_is_refused_and_its_name_not_repeated(store, name):
    file = population("65000")
    found = loaded(store, file, Offered(f"{name}.csv", file.held), **WHO)
    (problem,) = found.problems
    assert (problem.file, problem.message[:11]) == ("file 2", "has a name ")
    assert name not in repr(found) and store.releases()[-1].files.keys().isdisjoint({f"{name}.csv"})


@pytest.mark.parametrize(
    "name", ["Police Q2 return 12-07-2025", "GMP 2025-10", "Stockport MASSH 30 Sept 2025"]
)
def test_a_day_in_the_name_of_a_file_is_no_childs(on_small, name):
    file = population("65000")
    assert not loaded(on_small, Offered(f"{name}.csv", file.held), dry_run=True).problems


def test_of_a_file_that_is_not_known_no_cell_is_repeated(store):
    """It may be a list of people without a heading."""
    found = loaded(store, Offered("a.csv", f"{ROW}\n{ROW}\n".encode()), **WHO)
    (problem,) = found.problems
    assert problem.message.startswith("is no table that is known") and "it has none" in problem.message
    assert not any(cell in repr(found) for cell in CHILD)


def test_the_tables_of_the_folder_list_no_children():
    for path in sorted((ROOT / "data").glob("*.csv")):
        assert not children.lists_children(children.rows_of(path.read_bytes())), path.name


@pytest.mark.parametrize("above", ["\n\n", "Return of the police,,\nQuarter 2,,\n\n", "sep=,\n"])
def test_a_heading_may_stand_under_a_title(store, above):
    held = above.encode() + tidy(GOOD, GOOD.replace("21.5", "abc").replace("2024-25", "2023-24"))
    (problem,) = loaded(store, Offered("a.csv", held), dry_run=True).problems
    assert (problem.row, problem.value) == (above.count("\n") + 3, "abc")


def test_columns_without_name_and_cells_are_left_out_and_stray_cells_named(store):
    heading, good = f"{HEADING},,", f"{GOOD},,"
    assert loaded(store, Offered("a.csv", tidy(good, heading=heading)), dry_run=True).nothing
    (problem,) = loaded(store, Offered("a.csv", tidy(f"{GOOD},,x", heading=heading)), dry_run=True).problems
    assert str(problem).startswith("a.csv, row 2: has a cell in column 10, which has no name.")


def test_two_columns_of_one_name_are_named_however_they_are_written(store):
    held = tidy(f"{GOOD},21.5", heading=f"{HEADING},value")
    (problem,) = loaded(store, Offered("a.csv", held), dry_run=True).problems
    assert problem.message.startswith("two columns have the same name")


@pytest.mark.parametrize(
    "held, kind",
    [(b"%PDF-1.7\n%\xe2", "a PDF"), (b"\x89PNG\r\n\x1a\n\0", "a picture"), (b"<html><table>", "a web page")],
)
def test_what_is_no_table_is_called_what_it_is(store, held, kind):
    (problem,) = loaded(store, Offered("return.csv", held), dry_run=True).problems
    assert problem.message.startswith(f"is {kind}, no table. Send the table itself")


@pytest.mark.parametrize(
    "text, percent, number",
    [
        ("1,234", False, "1234"),
        ("12,345,678.5", False, "12345678.5"),
        ("1 234", False, "1234"),
        ("12.5%", True, "12.5"),
        ("12.5 %", True, "12.5"),
        ("12.5%", False, None),
        ("1,23", False, None),
        ("1,2345", False, None),
        ("−5", False, "-5"),
        ("+5", False, "5"),
        ("30.099999999999998", True, "30.1"),
        ("0x10", False, None),
        ("1_000", False, None),
        ("", False, None),
    ],
)
def test_a_number_is_understood_where_it_can_mean_one_thing(text, percent, number):
    found, why = cells.number(text, percent)
    assert (found == number) if number else why and not found


@pytest.mark.parametrize(
    "text, period",
    [
        ("2018/19", "2018-19"),
        ("201819", "2018-19"),
        ("2018-2019", "2018-19"),
        ("2025-26-Q2", "2025-26-Q2"),
        ("2025/26 q2", "2025-26-Q2"),
        ("Q2 2025-26", "2025-26-Q2"),
        ("2025/26 Quarter 2", "2025-26-Q2"),
        ("Quarter 4 (2025-26)", "2025-26-Q4"),
        ("FY2025/26", "2025-26"),
        ("Jul-Sep 2025", "2025-26-Q2"),
        ("January to March 2026", "2025-26-Q4"),
        ("Aug-Oct 2025", "Aug-Oct 2025"),
        ("Q5 2025-26", "Q5 2025-26"),
        ("2025-Q2", "2025-Q2"),
        ("Q2", "Q2"),
        ("2019", "2019"),
        ("2018-20", "2018-20"),
        ("2016-18", "2016-18"),
        ("undated", "undated"),
    ],
)
def test_a_period_is_understood(text, period):
    assert cells.period(text) == period


@pytest.mark.parametrize(
    "text, year_type, period",
    [
        ("2019", YearType.FINANCIAL_YEAR, "2018-19"),
        ("2019", YearType.SNAPSHOT_31_MAR, "2018-19"),
        ("2019", YearType.MID_YEAR, "2019-20"),
        ("2018 (Rev)", YearType.FINANCIAL_YEAR, "2017-18"),
        ("2018-19 (OT)", YearType.ACADEMIC_YEAR, "2018-19"),
        ("2016-18", YearType.FINANCIAL_YEAR, ""),
        ("0", YearType.FINANCIAL_YEAR, ""),
    ],
)
def test_a_period_of_an_official_file(text, year_type, period):
    assert cells.period_of(text, year_type) == period


def test_days_as_numbers_and_as_britons_write_them_are_understood(store):
    heading = f"{HEADING},period_start,period_end"
    for days in ("45383,45747", "01/04/2024,31/03/2025", "2024-04-01,2025-03-31", ","):
        found = loaded(store, Offered("a.csv", tidy(f"{GOOD},{days}", heading=heading)), dry_run=True)
        assert not found.problems and found.nothing, (days, found.problems)


def test_days_that_are_not_those_of_their_period_are_asked_about(store):
    heading = f"{HEADING},period_start,period_end"

    def ask(*rows: str) -> list[str]:
        offered = Offered("a.csv", tidy(*rows, heading=heading))
        return [a for a in loaded(store, offered, dry_run=True).asked if "Pages name the period" in a]

    assert not ask(f"{GOOD},2024-04-01,2025-03-31") and not ask(f"{GOOD},,")
    assert ask(f"{GOOD},2024-01-01,2024-12-31") == [
        "a.csv: row 2 gives 2024-01-01 to 2024-12-31, where 2024-25 of Re-referrals is 2024-04-01 to "
        "2025-03-31. Pages name the period alone: leave the days out, or correct the period."
    ]
    snapshot = "cla_rate,E08000007,2024-25,75,ok,,,dfe_cla_2025"
    (said,) = ask(f"{GOOD},,", f"{snapshot},2024-12-31,2024-12-31", f"{GOOD},2024-04-01,2025-03-30")
    told = "row 3 gives 2024-12-31, where 2024-25 of Looked-after rate is 2025-03-31, and so does row 4."
    assert told in said


@pytest.mark.parametrize(
    "mark, status", [("c", "c"), (":", "unstated"), ("-", "unstated"), ("[c]", "c"), ("Z", "z")]
)
def test_a_symbol_in_place_of_a_number_is_its_reason(store, mark, status):
    row = f"rereferrals_pct,E08000007,2025-26,{mark},,,,dfe_cin_c1_2025"
    found = loaded(store, Offered("a.csv", tidy(row)), dry_run=True)
    assert not found.problems
    assert list(found.taken[0].figures["status"]) == [status] and found.found[0].new == 1


def test_a_value_is_worked_out_of_its_counts(store):
    row = "rereferrals_pct,E08000007,2025-26,,,800,4000,dfe_cin_c1_2025"
    found = loaded(store, Offered("a.csv", tidy(row)), dry_run=True)
    assert list(found.taken[0].figures["value"]) == ["20.0"]


def test_a_rule_that_changes_says_which_verdicts_turn(store):
    """No figure changes, and re-referrals would be outside a tolerance that they were within."""
    held = (ROOT / "data" / "tolerances.csv").read_text(encoding="utf-8")
    rule = "rereferrals_pct,T1,green_at=10; red_at=12,2024-04-01,SYNTHETIC,,agreed,synthetic\n"
    found = loaded(store, Offered("tolerances.csv", (held + rule).encode()))
    assert [(f.indicator_id, f.verdict, f.before, f.after) for f in found.flips] == [
        ("rereferrals_pct", "tolerance", "within", "outside")
    ]
    assert found.release is None and "published rules or descriptions change" in found.refused[0]


def test_a_value_alone_that_is_held_leaves_its_counts_and_another_does_not(store):
    held = store.observations(store.published(), ["rereferrals_pct"], ["E08000007"])
    one = next(o for o in held if o.period == "2024-25" and not o.breakdown)
    assert one.numerator and one.denominator
    for value, alike in ((one.value, True), (one.value + 0.1, False)):
        row = f"rereferrals_pct,E08000007,2024-25,{value},{one.source_id}"
        file = Offered("a.csv", f"indicator_id,area_code,period,value,source_id\n{row}\n".encode())
        assert loaded(store, file, dry_run=True).nothing is alike


def test_of_an_unknown_indicator_with_counts_alone_its_name_is_what_is_wrong(store):
    held = tidy("cla_misssing_pct,E08000007,2024-25,,,30,480,dfe_lait_2026")
    (problem,) = loaded(store, Offered("a.csv", held), dry_run=True).problems
    assert str(problem).startswith('a.csv, row 2, indicator_id: "cla_misssing_pct" is not in indicators.csv.')


def test_one_figure_in_two_files_is_named_once_with_both_places(store):
    one, other = Offered("one.csv", tidy(GOOD)), Offered("other.csv", tidy(GOOD.replace("21.5", "21.6")))
    (problem,) = loaded(store, one, other, dry_run=True).problems
    assert str(problem) == (
        "other.csv, row 2: gives a figure that one.csv gives too, with another value; the first "
        "is rereferrals_pct / E08000007 / 2024-25, row 2 there. Leave one of the two out."
    )


def test_what_looks_odd_is_asked_about_and_not_blocked(store):
    def ask(row: str) -> str:
        return " ".join(loaded(store, Offered("a.csv", tidy(row)), dry_run=True).asked)

    assert "Was a digit lost or added?" in ask("referrals_count,E08000007,2025-26,36760,ok,,,dfe_cin_c1_2025")
    # 3,676 the year before
    assert "Was a digit lost or added?" in ask("referrals_count,E08000007,2025-26,7352,ok,,,dfe_cin_c1_2025")
    assert "Was a digit lost or added?" in ask("referrals_count,E08000007,2025-26,1838,ok,,,dfe_cin_c1_2025")
    assert not ask("referrals_count,E08000007,2025-26,7351,ok,,,dfe_cin_c1_2025")
    assert "beyond what is expected" in ask(
        "rereferrals_pct,E08000007,2024-25,31.5,ok,1157,3676,dfe_cin_c1_2025"
    )
    assert "Is it a sum, given as a rate?" in ask("cin_rate,E12000002,2024-25,9000,ok,,,dfe_cin_b1_2025")
    assert "come to more than all of it" in ask(
        "cpp_open_3m_or_less_pct,E08000007,2024-25,90,ok,,,dfe_cin_d5_2025"
    )
    assert "Stockport 2025-26-Q2 90,000, a quarter of 2024-25 is 919" in ask(
        "referrals_count,E08000007,2025-26-Q2,90000,ok,,,council_return"
    )
    assert "Stockport 2025-26-Q2 0.2%, 2024-25 had 21.5%" in ask(
        "rereferrals_pct,E08000007,2025-26-Q2,0.2,ok,,,council_return"
    )
    assert "Stockport 2025-26 0, the year before 3,676" in ask(
        "referrals_count,E08000007,2025-26,0,ok,,,dfe_cin_c1_2025"
    )
    assert "no value any more: Stockport 2024-25. Is that meant?" in ask(
        "rereferrals_pct,E08000007,2024-25,,c,,,dfe_cin_c1_2025"
    )
    partly = ask("cla_missing_pct,E08000007,2025-26-Q2,12.0,ok,60,500,police_return")
    assert "Police, 2025-26-Q2: 3 of its 4 measures are missing: Referrals from police" in partly
    assert "which agencies.csv does not ask for it" in ask(
        "cla_dental_check_pct,E08000007,2025-26-Q2,80.0,ok,400,500,police_return"
    )
    assert not ask("rereferrals_pct,E08000007,2025-26,21.6,ok,,,dfe_cin_c1_2025")


@pytest.mark.parametrize(
    "row, said",
    [
        ("#DIV/0!,,,", 'row 2, value: "#DIV/0!" is what Excel writes where a formula fails.'),
        ("<5,,,", 'row 2, value: "<5" is not a number but says that it is small.'),
        ("20 (est),,,", 'row 2, value: "20 (est)" is not a number alone. Take the mark out;'),
        ("2025-05-01,,,", 'row 2, value: "2025-05-01" is a day: Excel takes 1-5 for one.'),
        (",,100,", "row 2, denominator: is empty, so that the numerator gives nothing."),
        (",,0,0", 'row 2, denominator: "0" gives nothing to count out of. Write z in status'),
        (",,-1,400", "row 2, numerator: -1 is below zero."),
    ],
)
def test_what_people_write_is_called_what_it_is(store, row, said):
    held = tidy(f"rereferrals_pct,E08000007,2025-26-Q2,{row},council_return")
    (problem,) = loaded(store, Offered("a.csv", held), dry_run=True).problems
    assert str(problem).startswith(f"a.csv, {said}")


@pytest.mark.parametrize(
    "period, said",
    [
        ("2025", "It may be 2024-25 or 2025-26: write which."),
        ("Q2", "It does not say of which year"),
        ("2025-09-30", "It is a day"),
        ("2098-99", "begins on 1 April 2098, which is to come."),
        ("2098-99-Q4", "begins on 1 January 2099, which is to come."),
    ],
)
def test_a_period_that_may_be_two_or_none_says_what_to_write(store, period, said):
    held = tidy(f"referrals_count,E08000007,{period},900,ok,,,council_return")
    (problem,) = loaded(store, Offered("a.csv", held), dry_run=True).problems
    assert said in problem.message and problem.row == 2


@pytest.mark.parametrize("n", ["Re-referrals within 12 months", "RereferralS_pct"])
@pytest.mark.parametrize("area", ["Stockport", " e08000007"])
def test_names_and_titles_of_one_alone_are_understood(store, n, area):
    row = GOOD.replace("rereferrals_pct", n, 1).replace("E08000007", area)
    assert loaded(store, Offered("a.csv", tidy(row)), dry_run=True).nothing


def test_a_count_is_whole_and_may_stand_in_either_column(store):
    def read(row: str) -> Outcome:
        held = tidy(f"referrals_count,E08000007,2025-26-Q2,{row},council_return")
        return loaded(store, Offered("a.csv", held), dry_run=True)

    (problem,) = read("900.5,ok,,").problems
    assert problem.message == "900.5 is no whole number, and this is a count."
    figure = read(",,900,").taken[0].figures.iloc[0]
    assert (figure["value"], figure["numerator"], figure["status"]) == ("900", "", "ok")


def test_a_row_of_totals_is_one_problem(store):
    (problem,) = loaded(store, Offered("a.csv", tidy(GOOD, "Total,,,,,792,3676,")), dry_run=True).problems
    assert str(problem).startswith("a.csv, row 3: names neither an area nor a period.")


def test_the_same_cell_in_many_rows_is_one_problem_with_the_rows_of_the_file(store):
    rows = [f"referrals_count,E08000007,20{y}-{y + 1},n/a,,,,dfe_cin_c1_2025" for y in range(12, 20)]
    (problem,) = loaded(store, Offered("a.csv", b"A title\n" + tidy(*rows)), dry_run=True).problems
    assert str(problem).startswith('a.csv, rows 3 to 10, value: "n/a" may mean')
    assert problem.also == tuple(range(4, 11))


def test_a_comment_or_a_cell_that_tells_of_a_child_is_refused_and_not_repeated(store):
    told = "Jonathan Smithson born 2/3/2015"
    heading = f"{HEADING},comment"
    (problem,) = loaded(store, Offered("a.csv", tidy(f"{GOOD},{told}", heading=heading)), **WHO).problems
    assert str(problem).startswith("a.csv, row 2, comment: reads like a child's particulars.")
    cell = loaded(store, Offered("a.csv", tidy(GOOD.replace("21.5", told))), dry_run=True)
    assert str(cell.problems[0]).startswith("a.csv, row 2, value: The cell is not a number.")
    assert "Smithson" not in repr(cell) + repr(problem)


# --- workbooks ---


def workbook(fill: "object") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Figures"
    for row in (HEADING.split(","), [int(c) if c.isdigit() else c for c in GOOD.split(",")]):
        page.append(row)
    fill(page)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(held: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO(held)
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def test_a_workbook_is_read_wherever_its_heading_stands(store):
    def above(page: "object") -> None:
        page.insert_rows(1, 3)
        page["A1"] = "Quarterly return"
        page["D5"] = 0.215
        page["D5"].number_format = "0.0%"

    for fill in (lambda page: None, above):
        found = loaded(store, Offered("return.xlsx", workbook(fill)), dry_run=True)
        assert not found.problems and found.nothing


@pytest.mark.parametrize(
    "held, said",
    [
        (with_part(workbook(lambda p: None), "xl/vbaProject.bin", b"x"), "holds macros."),
        (
            with_part(workbook(lambda p: None), "xl/externalLinks/externalLink1.xml", b"<x/>"),
            "is linked to other",
        ),
        (
            with_part(workbook(lambda p: None), "xl/more.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]>"),
            "holds what no",
        ),
        (
            with_part(workbook(lambda p: None), "xl/more.bin", b"0" * 61_000_000),
            "unpacks to more than 60 MB.",
        ),
        (b"PK\x03\x04 not a zip", "is damaged, or no Excel workbook."),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "is of an Excel before 2007, or protected by a password."),
        (workbook(lambda p: p.merge_cells("A2:A3")), "has merged cells (A2:A3)."),
        (workbook(lambda p: p.__setitem__("D2", "=1+1")), "holds a formula without its value."),
        (workbook(lambda p: p.merge_cells("A1:B1")), "the heading has merged, empty or repeated cells."),
        (workbook(lambda p: p.__setitem__("J2", "stray")), "has cells beyond the heading."),
    ],
    ids=["macros", "links", "entities", "bomb", "damaged", "old", "joined", "formula", "merged", "stray"],
)
def test_a_workbook_that_may_harm_or_mislead_is_refused(store, held, said):
    (problem,) = loaded(store, Offered("return.xlsx", held), dry_run=True).problems
    assert problem.message.startswith(said)


def test_hidden_rows_are_asked_about(store):
    held = workbook(lambda page: setattr(page.row_dimensions[2], "hidden", True))
    found = loaded(store, Offered("return.xlsx", held), dry_run=True)
    assert "one row is hidden" in found.asked[0]


def test_hidden_columns_and_sheets_are_asked_about(store):
    def hide(page):
        page.column_dimensions["E"].hidden = True
        other = page.parent.create_sheet("Before")
        other.append(HEADING.split(","))
        other.sheet_state = "hidden"

    found = loaded(store, Offered("return.xlsx", workbook(hide)), dry_run=True)
    assert "return.xlsx, sheet Figures: column E is hidden, and read as the others." in found.asked
    assert "return.xlsx: the sheet Before is hidden, and is not read." in found.asked


# --- the quarterly return ---


def filled(held: bytes, cells_: dict[tuple[str, str], object]) -> bytes:
    """A return with cells filled in, by indicator and column."""
    book = openpyxl.load_workbook(io.BytesIO(held))
    page = book["Figures"]
    places = {cell.value: cell.column for cell in page[1]}
    for row in page.iter_rows(min_row=2):
        for (indicator, column), value in cells_.items():
            if row[0].value == indicator:
                page.cell(row[0].row, places[column]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("agency", ["council", "health", "police"])
def test_a_return_is_written_filled_in_and_loaded(store, agency):
    """Synthetic counts, large enough not to be hidden."""
    name, rows = template.rows(store.tables(1), agency, "2025-26-Q2", HOME)
    held = template.as_workbook(name, rows, "2025-26-Q2")
    empty = loaded(store, Offered("return.xlsx", held), dry_run=True)
    assert not empty.problems and empty.nothing
    assert (
        f"rows 2 to {len(rows) + 1} have neither a figure nor a reason. {agency.title()} has sent nothing."
        in (empty.asked[0])
    )
    first = next(r["indicator_id"] for r in rows if r["indicator_id"].endswith("_pct"))
    answers = {(first, "numerator"): 96, (first, "denominator"): 400, (first, "provisional"): "yes"}
    found = loaded(store, Offered("return.xlsx", filled(held, answers)), dry_run=True)
    assert not found.problems
    (figure,) = found.taken[0].figures.to_dict("records")
    assert (figure["indicator_id"], figure["value"], figure["provisional"]) == (first, "24.0", "yes")
    assert (figure["period_start"], figure["period_end"]) == ("2025-07-01", "2025-09-30")
    assert figure["source_id"] == f"{agency}_return" and found.found[0].new == 1
    written = loaded(store, Offered("return.csv", template.as_csv(rows)), dry_run=True)
    assert not written.problems and written.nothing


def test_a_return_of_nobody_or_of_no_quarter_is_refused(store):
    with pytest.raises(
        Refused, match=r"No agency is known as “polce”: agencies.csv has council, health, police"
    ):
        template.rows(store.tables(1), "polce", "2025-26-Q2", HOME)
    with pytest.raises(Refused, match=r"is no quarter\. Write 2025-26-Q2"):
        template.rows(store.tables(1), "police", "2025-26", HOME)


def test_a_year_to_date_is_asked_about(store):
    rows = [
        f"referrals_count,E08000007,2025-26-Q{q},{n},ok,,,council_return" for q, n in ((1, 900), (2, 1800))
    ]
    found = loaded(store, Offered("a.csv", tidy(*rows)), dry_run=True)
    assert any("Is it the year to date?" in a for a in found.asked)


# --- corruptions that nobody has thought of ---


class Reads:
    """The files that somebody offers, read beside the published catalogue."""

    def __init__(self, store: Store):
        self.beside = store.tables(1), loader.schemas(ROOT / "data")

    def __call__(self, name: str, held: bytes) -> incoming.Incoming:
        return incoming.read([Offered(name, held)], *self.beside, lambda _: {})


@pytest.fixture(scope="module")
def reads(store) -> Reads:
    return Reads(store)


LINES = REPEAT.read_bytes().split(b"\n")
GOOD_FILES = {
    "good.csv": tidy(GOOD, GOOD.replace("2024-25", "2023-24").replace("21.5,ok,792,3676", "20.9,ok,,")),
    REPEAT.name: b"\n".join(LINES[:12]),
    "return.xlsx": workbook(lambda page: None),
}


@settings(max_examples=150)
@given(
    name=st.sampled_from(sorted(GOOD_FILES)),
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.sampled_from(["cut", "put", "swap", "double"]), st.binary(max_size=6)),
        min_size=1,
        max_size=4,
    ),
)
def test_no_corruption_of_a_good_file_raises(reads, name, edits):
    """Each is read, or refused with a problem that says so; a problem is never a library's."""
    held = GOOD_FILES[name]
    for where, how, what in edits:
        at = int(where * len(held))
        held = {
            "cut": held[:at],
            "put": held[:at] + what + held[at:],
            "swap": held[:at] + what + held[at + len(what) :],
            "double": held[:at] + held[at // 2 :],
        }[how]
    found = reads(name, held)
    assert isinstance(found.figures, int)
    assert all((p.message and p.message[-1] in ".?N0123456789") or p.message for p in found.problems)


@settings(max_examples=150)
@given(cells_=st.lists(st.text(max_size=12), min_size=8, max_size=8))
def test_no_row_of_any_cells_raises(reads, cells_):
    out = io.StringIO()
    csv.writer(out).writerows([HEADING.split(","), cells_])
    found = reads("a.csv", out.getvalue().encode("utf-8", "replace"))
    assert found.problems or found.figures in (0, 1)


# --- the terminal ---


def test_a_folder_stands_for_every_file_in_it_that_can_be_read(tmp_path):
    (tmp_path / "observations").mkdir()
    names = ("a.csv", "b.csv.gz", "C.XLSX", "d.parquet", "observations/e.csv.gz", "README.md", ".hidden")
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    assert {o.name for o in offered([tmp_path])} == {"a.csv", "b.csv.gz", "C.XLSX", "d.parquet", "e.csv.gz"}
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refused, match="no file to load"):
        offered([tmp_path / "empty"])


@pytest.mark.slow
def test_the_terminal_loads_and_writes_its_report(tmp_path, monkeypatch, capsys, small):
    url = f"sqlite:///{tmp_path / 'a.sqlite'}"
    monkeypatch.setenv("DATABASE_URL", url)
    file = tmp_path / "population.csv"
    file.write_bytes(population("65,000").held)
    store = Store(url)
    assert main(["load", str(file)]) == 1
    assert "No release is published yet" in capsys.readouterr().err
    store.load_folder(small, "a test", "first")
    report = tmp_path / "report.json"
    assert main(["load", str(file), "--dry-run", "--report", str(report)]) == 0
    said = capsys.readouterr().out
    assert "0 figures new, 1 changed, 0 gone" in said and "--by NAME --note WHY" in said
    assert json.loads(report.read_text())["difference"][0]["changed"] == 1
    assert main(["load", str(file)]) == 1
    assert main(["load", str(file), "--by", "An analyst", "--note", "Corrected"]) == 0
    assert "Release 2 is published." in capsys.readouterr().out
    file.write_bytes(population("-5").held)
    bad = tmp_path / "report.csv"
    assert main(["load", str(file), "--report", str(bad)]) == 1
    assert "population.csv, row 2, value: -5 is below zero." in capsys.readouterr().out
    (row,) = csv.DictReader(io.StringIO(bad.read_text()))
    assert (row["file"], row["row"], row["column"]) == ("population.csv", "2", "value")
    for name, said in (
        ("report.txt", "neither .csv nor .json"),
        ("nowhere/report.csv", "There is no folder"),
    ):
        file.write_bytes(population("64,000").held)
        asked = ["load", str(file), "--by", "An analyst", "--note", "Corrected", "--report"]
        assert main([*asked, str(tmp_path / name)]) == 1
        assert said in capsys.readouterr().err and Store(url).published() == 2, "before anything is loaded"
    assert main(["load", str(tmp_path / "none.csv")]) == 1
    assert "cannot be opened" in capsys.readouterr().err
