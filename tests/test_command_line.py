import csv
import gzip
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from safeguarding import loader
from safeguarding.__main__ import main
from safeguarding.desk import Desk
from safeguarding.exports.progress import Progress
from safeguarding.settings import Settings
from safeguarding.store import observations
from safeguarding.store.drawers import FolderDrawer
from safeguarding.store.releases import Store
from tests.conftest import ROOT

pytestmark = pytest.mark.slow  # seconds each: whole releases, documents, pictures

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture(autouse=True)
def own_store(tmp_path, monkeypatch):
    """No command looks at the store of whoever runs the tests."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'own' / 'store.sqlite'}")
    return tmp_path / "own" / "store.sqlite"


def test_check_reads_the_data_back(capsys, folder):
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    proposed = [r for r in folder.tables["tolerances"] if r["state"] == "proposed"]
    assert "everything is in order" in said
    assert f"{len(folder.observations):,} figures" in said and f"{len(proposed)} proposed" in said


def test_check_reads_one_indicator_back_in_words(capsys):
    assert main(["check", "rereferrals_pct"]) == 0
    said = capsys.readouterr().out
    assert (
        "Re-referrals within 12 months" in said and "2012-13 to 2024-25" in said and "lower is better" in said
    )


def test_check_says_in_a_line_what_a_start_would_change(capsys, folder, own_store):
    assert main(["check"]) == 0 and "No store yet" in capsys.readouterr().out
    assert not own_store.parent.exists(), "nothing is made by looking"
    store = Store(f"sqlite:///{own_store}")
    changed = folder.observations.copy()
    given = changed.index[changed["value"].notna()]
    changed.loc[given[:3], "value"] += 1
    before = replace(folder, observations=changed.drop(index=given[-2:]), files={"synthetic": "1"})
    store.load_folder(before, "a test", "three figures changed and two fewer")
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert "Against release 1: 2 figures new, 3 changed, 0 gone." in said
    assert [r.release_id for r in store.releases()] == [1] == [store.published()], "nothing is kept"
    store.load_folder(folder, "a test", "as it is")
    assert main(["check"]) == 0 and "as release 2: a start changes nothing" in capsys.readouterr().out


def test_check_names_every_problem_and_fails(capsys, tmp_path):
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    (data / "areas.csv").write_text("area_code\nE1\n")
    assert main(["check", "--data", str(data)]) == 1
    assert "areas.csv, row 1: the columns name, type, region_code" in capsys.readouterr().err


def test_check_refuses_a_home_area_that_a_start_would(capsys, monkeypatch):
    monkeypatch.setenv("HOME_AREA", "Salford")
    assert main(["check"]) == 1
    said = capsys.readouterr()
    assert "HOME_AREA is 'Salford', which is not in areas.csv" in said.err and "in order" not in said.out


def test_check_says_when_there_is_no_such_indicator(capsys):
    assert main(["check", "nothing"]) == 1
    assert "no nothing" in capsys.readouterr().err


def test_a_template_is_not_written_over_a_return_that_is_filled_in(capsys, tmp_path):
    asked = ["template", "--quarter", "2025-26-Q2", "--agency", "police", "--out", str(tmp_path)]
    assert main(asked) == 0
    file = tmp_path / "police_2025-26-Q2.xlsx"
    file.write_bytes(b"filled in")
    assert main(asked) == 1
    assert f"{file} is there already" in capsys.readouterr().err and file.read_bytes() == b"filled in"
    assert main([*asked, "--overwrite"]) == 0 and file.read_bytes()[:2] == b"PK"


def rewritten(path: Path, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    """A table of a data folder with each row changed."""
    with path.open(encoding="utf-8", newline="") as f:
        rows = [change(row) for row in csv.DictReader(f)]
    with path.open("w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_reconcile_prints_no_figure_that_the_pages_hide(capsys, tmp_path):
    """Synthetic: the source of one year is made private, and Stockport's count of that year is made 3."""
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    (check,) = (c for c in loader.read(DATA).tables["checks"] if c["check_id"] == "K23")
    of_the_check = (check["indicator_id"], "E08000007", check["period"])

    def small(row: dict[str, str]) -> dict[str, str]:
        named = (row["indicator_id"], row["area_code"], row["period"])
        return row | {"value": "3", "source_id": "synthetic"} if named == of_the_check else row

    packed = data / "observations" / "looked_after_children.csv.gz"
    packed.with_suffix("").write_bytes(gzip.decompress(packed.read_bytes()))
    packed.unlink()
    rewritten(packed.with_suffix(""), small)
    sources = list(csv.DictReader((data / "sources.csv").open(encoding="utf-8", newline="")))
    private = sources[0] | {"source_id": "synthetic", "already_public": "no", "next_due": ""}
    with (data / "sources.csv").open("a", encoding="utf-8", newline="") as f:
        csv.DictWriter(f, list(private), lineterminator="\n").writerow(private)

    assert main(["reconcile", "--all", "--data", str(data)]) == 0
    (said,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("  K23 "))
    assert said.endswith("A figure it needs is not held, or is hidden.") and " v 3" not in said


@pytest.fixture
def kept(tmp_path, monkeypatch, store) -> None:
    """The export command on the store of the tests."""
    monkeypatch.setenv("DATABASE_URL", store.engine.url.render_as_string(hide_password=False))


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--area", "E99"], "There is no area with the code “E99”.\n"),
        (["--area", "salford"], "There is no area with the code “salford”. Salford is E08000006.\n"),
        (["--to", "9999-00"], "“9999-00” is not a period"),
        (["--indicator", "nothing"], "No indicator is known as “nothing”"),
    ],
)
def test_export_says_what_is_wrong_with_what_was_asked(kept, capsys, tmp_path, arguments, said):
    assert main(["export", "--format", "csv", "--out", str(tmp_path / "out"), *arguments]) == 1
    printed = capsys.readouterr().err
    assert said in printed and "Traceback" not in printed and not (tmp_path / "out").exists()


def test_export_says_that_there_is_no_such_format(kept, capsys, tmp_path):
    arguments = ["--theme", "front-door", "--format", "exe", "--out", str(tmp_path / "out")]
    assert main(["export", *arguments]) == 1
    assert "No format is known as exe" in capsys.readouterr().err


def test_a_view_without_a_figure_is_exported_as_one(kept, capsys, tmp_path):
    arguments = ["--from", "2030-31", "--indicator", "cla_count", "--format", "csv", "--out", str(tmp_path)]
    assert main(["export", *arguments]) in (0, 1)
    printed = capsys.readouterr()
    assert "index out of range" not in printed.err and "Traceback" not in printed.err


def test_a_fault_of_ours_is_not_taken_for_a_readers(kept, tmp_path, monkeypatch):
    """It is raised for the log, and whoever waits for the pack is told that it has failed."""

    def broken(*_: object) -> None:
        raise LookupError("a fault of ours")

    monkeypatch.setattr("safeguarding.exports.command.gather", broken)
    with pytest.raises(LookupError):
        main(["export", "--report", "--format", "csv", "--out", str(tmp_path)])
    assert Progress.load(FolderDrawer(tmp_path)).state == "failed"


def test_a_setting_that_makes_no_sense_is_a_sentence(capsys, monkeypatch):
    monkeypatch.setenv("PORT", "http")
    assert main(["check"]) == 1
    assert "give a number from 1 to 65535" in capsys.readouterr().err


def test_a_meeting_and_a_pack_read_the_database_no_more_than_once(store, catalogue, monkeypatch):
    """A release is read once; slides come from the summaries that chose them."""
    from safeguarding.agenda import of_meeting

    store.keep_only(0)
    reads, read = [], observations.read
    monkeypatch.setattr(observations, "read", lambda *given: reads.append(1) or read(*given))
    desk = Desk(store, Settings(), 1)
    view = desk.read({})
    meeting = desk.reading(view)
    items = of_meeting(view, catalogue, meeting.summaries)
    assert meeting.summary(items[0][1].indicator) is items[0][1], "made once"
    theme = catalogue.theme("child-protection")
    assert desk.reading(view) is meeting, "kept for who goes on to a theme"
    assert meeting.summaries(theme) and meeting.wholes("child-protection") and len(reads) == 1


def test_releases_are_listed_told_apart_published_and_rolled_back(capsys, tmp_path, folder, monkeypatch):
    address = f"sqlite:///{tmp_path / 'store.sqlite'}"
    monkeypatch.setenv("DATABASE_URL", address)
    store, few = Store(address), folder.observations.head(50)
    assert main(["releases"]) == 0
    assert "There is no release yet" in capsys.readouterr().out
    store.load_folder(replace(folder, observations=few), "a test", "fifty figures")
    other = replace(folder, observations=few.iloc[1:], files={"areas.csv": "0" * 64})
    store.load_folder(other, "a test", "one less")
    assert main(["diff", "1", "2"]) == 0
    assert "From release 1 to 2: 0 figures new, 0 changed, 1 gone." in capsys.readouterr().out
    particulars = "NHS 943 476 5919 was lost"  # the Data Dictionary's own example
    assert main(["rollback", "1", "--by", "An analyst", "--note", particulars]) == 1
    said = capsys.readouterr().err
    assert "NHS number" in said and store.published() == 2
    assert main(["rollback", "1", "--by", "An analyst", "--note", "A figure was lost"]) == 0
    said = capsys.readouterr().out
    assert "Release 1 is published." in said and "Against release 2: 1 figure new, 0 changed, 0 gone." in said
    assert "python -m safeguarding rollback 2" in said and store.published() == 1
    assert main(["releases"]) == 0
    said = capsys.readouterr().out
    assert "1, published: loaded" in said and "by An analyst: A figure was lost" in said
    assert main(["publish", "7", "--by", "An analyst", "--note", "why"]) == 1
    assert "There is no release 7. `python -m safeguarding releases` lists them." in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["publish", "2", "--by", "An analyst"])  # why is needed


@pytest.mark.parametrize(
    "command",
    [
        "releases",
        "diff 1 2",
        "rollback 1 --by x --note y",
        "publish 1 --by x --note y",
        "disclose",
        "shareable --to sqlite:///elsewhere.sqlite",
        "backup copy.sqlite",
        "load areas.csv --dry-run",
        "export --format csv --out out",
        "user list",
        "token add x y",
        "audit",
    ],
)
def test_a_command_on_a_store_that_is_not_there_makes_none(capsys, tmp_path, monkeypatch, own_store, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "areas.csv").write_bytes((DATA / "areas.csv").read_bytes())
    assert main(command.split()) == 1
    said = capsys.readouterr().err
    assert f"There is no store at {own_store}" in said and "DATABASE_URL" in said
    assert [p.name for p in tmp_path.iterdir()] == ["areas.csv"]


def test_a_copy_of_a_store_without_a_release_is_refused(capsys, tmp_path, own_store):
    Store(f"sqlite:///{own_store}")
    assert main(["backup", str(tmp_path / "copy.sqlite")]) == 1
    assert "The store holds no release, so no copy was made" in capsys.readouterr().err
    assert not (tmp_path / "copy.sqlite").exists()


def test_a_copy_that_is_not_there_is_said_and_no_store_is_made(capsys, tmp_path, own_store):
    assert main(["restore", str(tmp_path / "none.sqlite"), "--by", "A tester"]) == 1
    assert f"There is no file {tmp_path / 'none.sqlite'}." in capsys.readouterr().err
    assert not own_store.parent.exists()


def test_a_store_that_cannot_be_opened_is_said_with_its_own_cure(capsys, monkeypatch, own_store):
    Store(f"sqlite:///{own_store}")
    assert main(["shareable", "--to", "shareable.sqlite"]) == 1
    said = capsys.readouterr().err
    assert "Look at the address in --to." in said and "DATABASE_URL" not in said
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1/none")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert main(["releases"]) == 1
    said = capsys.readouterr().err
    assert "PostgreSQL needs its driver: .venv/bin/python -m pip install 'psycopg[binary]'." in said


@pytest.mark.parametrize("asked", ["user add x --role boss", "user role x boss", "export --audience boss"])
def test_a_word_that_is_not_known_is_told_as_words_are_written(capsys, asked):
    with pytest.raises(SystemExit):
        main(asked.split())
    said = capsys.readouterr().err
    assert "'boss'" in said and "<" not in said


def test_what_is_no_address_is_said_by_every_command(capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "var/dashboard.sqlite")
    assert main(["releases"]) == 1
    assert "Could not parse" in capsys.readouterr().err
    assert main(["check"]) == 0
    assert "the store cannot be used: " in capsys.readouterr().out


def test_another_python_than_the_dashboards_own_is_said():
    command = [sys.executable, "-S", "-m", "safeguarding", "check"]  # -S: without what is installed
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "Run `make setup` once, then .venv/bin/python -m" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_whoever_stops_reading_gets_no_traceback():
    """As `python -m safeguarding check | head -0` does."""
    command = [sys.executable, "-m", "safeguarding", "check"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        said = process.stderr.read().decode()
    assert process.returncode == 1 and not said
