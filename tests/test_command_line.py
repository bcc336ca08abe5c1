import shutil
from pathlib import Path

from safeguarding.__main__ import main

DATA = Path(__file__).resolve().parents[1] / "data"


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


def test_check_names_every_problem_and_fails(capsys, tmp_path):
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    (data / "areas.csv").write_text("area_code\nE1\n")
    assert main(["check", "--data", str(data)]) == 1
    assert "areas.csv, row 1, name: the column is missing" in capsys.readouterr().err


def test_check_says_when_there_is_no_such_indicator(capsys):
    assert main(["check", "nothing"]) == 1
    assert "no nothing" in capsys.readouterr().err
