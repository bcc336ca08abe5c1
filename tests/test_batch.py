"""The export command as a scheduled job meets it: names, years, what is there already, packs of a file."""

import hashlib
import re

import pytest

from safeguarding.__main__ import main
from safeguarding.exports.stamp import stamped

pytestmark = pytest.mark.slow  # whole releases and documents


@pytest.fixture
def job(tmp_path, monkeypatch, store):
    """The export command on the store of the tests, into a folder of its own."""
    monkeypatch.setenv("DATABASE_URL", store.engine.url.render_as_string(hide_password=False))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> int:
        return main(["export", *arguments])

    return run


ONE = ("--indicator", "cla_rate", "--format", "xlsx", "--out", "pack")


def names(folder) -> list[str]:
    return sorted(p.name for p in folder.iterdir()) if folder.exists() else []


def test_packs_of_different_years_and_filters_have_different_names(job, tmp_path):
    for more in ([], ["--to", "2018-19"], ["--from", "2015-16"], ["--compare", "GM"], ["--compare", "none"]):
        assert job(*ONE, *more) == 0
    start, end = "OFFICIAL-shareable_View-of-our-own_Stockport", "r1.xlsx"
    assert names(tmp_path / "pack") == sorted(
        f"{start}_{said}_{end}"
        for said in ("2024-25", "to-2018-19", "from-2015-16-2024-25", "2024-25_with-GM", "2024-25_with-none")
    )


def test_nothing_is_overwritten_without_being_asked(job, tmp_path, capsys):
    assert job(*ONE) == 0
    (there,) = (tmp_path / "pack").iterdir()
    there.write_bytes(b"mine")
    assert job(*ONE) == 1
    said = capsys.readouterr().err
    assert f"pack holds {there.name} already" in said and "Say --overwrite" in said
    assert there.read_bytes() == b"mine" and names(tmp_path / "pack") == [there.name]
    assert job(*ONE, "--overwrite") == 0 and there.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("year", ["2025-26", "2031-32", "1995-96"])
def test_a_year_that_is_not_held_is_refused(job, tmp_path, capsys, year):
    assert job(*ONE, "--to", year) == 1
    said = capsys.readouterr().err
    assert year in said and ("No figure of" in said or "nothing" in said.lower()), said
    assert names(tmp_path / "pack") == []


def test_what_is_missing_is_said(job, capsys):
    assert job("--indicator", "cla_rate") == 1
    assert "Say --format and --out" in capsys.readouterr().err


def test_progress_names_format_and_page(job, capsys):
    assert job("--indicator", "cla_rate,cla_count", "--format", "csv,xlsx", "--out", "pack") == 0
    title = "Looked-after children per 10,000 children"
    assert capsys.readouterr().err.splitlines() == [
        f"1 of 4: Excel 1 of 2, {title}",
        "2 of 4: Excel 2 of 2, Looked-after children at 31 March",
        f"3 of 4: CSV 1 of 2, {title}",
        "4 of 4: CSV 2 of 2, Looked-after children at 31 March",
    ]


def test_the_same_request_twice_gives_the_same_bytes(job, tmp_path):
    digests = []
    for out in ("one", "two"):
        asked = ["--theme", "front-door", "--format", "pptx,xlsx,docx,png,csv", "--bundle"]
        assert job(*asked, "--out", out) == 0
        digests.append(
            {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (tmp_path / out).iterdir()}
        )
    assert digests[0] == digests[1] and len(digests[0]) == 4


def test_a_stamp_holds_for_what_is_within(job, tmp_path):
    import io
    import zipfile
    from datetime import UTC, datetime

    assert job("--indicator", "cla_rate", "--format", "pptx", "--out", "pack") == 0
    (deck,) = (tmp_path / "pack").iterdir()
    body = stamped(deck.read_bytes(), datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        (book,) = (archive.read(n) for n in archive.namelist() if n.endswith(".xlsx"))
        inner = zipfile.ZipFile(io.BytesIO(book))
        for found in (archive, inner):
            assert {entry.date_time for entry in found.infolist()} == {(2020, 2, 3, 4, 5, 6)}
            dates = re.findall(rb"<dcterms:\w+[^>]*>([^<]+)<", found.read("docProps/core.xml"))
            assert dates and set(dates) == {b"2020-02-03T04:05:06Z"}


# --- several packs from one file ---

PACKS = """
[[pack]]
title = "March board"
indicator = "cla_rate"
format = ["xlsx", "csv"]
author = "Jo Smith"
date = 2026-03-17
paper = "short"
out = "board"

[[pack]]
title = "Too early"
indicator = ["cla_rate", "cla_count"]
to = "2031-32"
format = "xlsx"
out = "early"

[[pack]]
title = "For a look"
indicator = "cla_count"
format = "csv"
bundle = true
"""


def test_several_packs_come_from_one_file_with_a_log_and_an_exit_status(job, tmp_path, capsys):
    (tmp_path / "packs.toml").write_text(PACKS)
    assert job("--packs", "packs.toml", "--log", "packs.log") == 1, "one of them could not be made"
    assert names(tmp_path / "board") == [
        "OFFICIAL-shareable_March-board_Stockport_2024-25_r1.xlsx",
        "OFFICIAL-shareable_cla-rate_trend_Stockport_2024-25_r1.csv",
    ]
    assert "OFFICIAL-shareable_For-a-look_Stockport_2024-25_r1.zip" in names(tmp_path)
    log = (tmp_path / "packs.log").read_text().splitlines()
    assert log == capsys.readouterr().out.splitlines() and len(log) == 5
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ", line) for line in log)
    assert "pack 2 of 3 (Too early): FAILED: No figure of 2031-32 is held" in log[2]
    assert log[-1].endswith("2 of 3 packs made")
    (tmp_path / "packs.toml").write_text(PACKS.replace("2031-32", "2018-19"))
    assert job("--packs", "packs.toml") == 1, "what is there is not overwritten"
    assert job("--packs", "packs.toml", "--overwrite") == 0


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "has to hold packs"),
        ("pack = 3", "has to hold packs"),
        ("[[pack]", "is not written as TOML"),
        ('[[pack]]\nfromat = "csv"', "pack 1: “fromat” is not known; theme, format, out"),
        ('[[pack]]\ntheme = "front-door"', "pack 1: format is missing"),
        ('[[pack]]\nformat = "csv"\nnotes = "yes"', "pack 1: notes is 'yes': give true or false"),
        ("[[pack]]\nformat = 3", "pack 1: format is 3: give a text"),
        (
            '[[pack]]\nformat = "csv"\n[[pack]]\nformat = "csv"\ntheme = "x"',
            "pack 2: argument --theme: invalid",
        ),
        ('[[pack]]\nformat = "csv"\ntheme = "front-door"\nindicator = "cla_rate"', "not allowed with"),
    ],
)
def test_a_file_of_packs_that_makes_no_sense_makes_none(job, tmp_path, capsys, text, said):
    (tmp_path / "packs.toml").write_text(text)
    assert job("--packs", "packs.toml") == 1
    assert said in capsys.readouterr().err and names(tmp_path) == ["packs.toml"]


MISTAKEN = """
[[pack]]
indicator = "cla_rate"
format = "csv"

[[pack]]
area = "E99"
indicator = "nothing"
date = "17 March"
format = ["csv", "exe"]

[[pack]]
to = "2024"
format = "csv"
"""


def test_the_mistakes_of_all_packs_are_named_before_any_is_made(job, tmp_path, capsys):
    (tmp_path / "packs.toml").write_text(MISTAKEN)
    assert job("--packs", "packs.toml") == 1
    said = capsys.readouterr().err
    for mistake in (
        "packs.toml, pack 2: There is no area with the code “E99”.",
        "packs.toml, pack 2: No indicator is known as “nothing”.",
        "packs.toml, pack 2: “17 March” is not a date.",
        "packs.toml, pack 2: No format is known as exe.",
        "packs.toml, pack 3: “2024” is not a period.",
    ):
        assert mistake in said
    assert names(tmp_path) == ["packs.toml"]


def test_a_file_of_packs_that_is_not_there_is_said(job, capsys):
    assert job("--packs", "none.toml") == 1
    assert "none.toml cannot be read: No such file" in capsys.readouterr().err
