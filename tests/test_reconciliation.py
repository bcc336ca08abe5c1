"""The report held against itself and the official figures: tests/data/report_checks.csv is the acceptance
list.
"""

import copy
import csv
import io
import re
import urllib.request
from dataclasses import replace

import pytest

from safeguarding.disclosure.audience import Hiding
from safeguarding.reconciliation import METHODS, reconcile, worst
from safeguarding.store.catalogue import Catalogue
from safeguarding.vocabulary import CheckResult
from tests.conftest import taken_down


@pytest.fixture(scope="module")
def catalogue(folder):
    """All that the report states, its small counts with it: what partners may see."""
    return Catalogue(folder.tables, Hiding(0))


@pytest.fixture(scope="module")
def official(folder):
    held = {(r.indicator_id, r.area_code, r.period): r for r in folder.observations.itertuples(index=False)}

    def look(indicator_id, area, period, field):
        value = getattr(held.get((indicator_id, area, period)), field, None)
        return None if value is None or value != value else float(value)

    return look


def test_every_check_of_the_acceptance_list_gives_its_answer(catalogue, official):
    expected = {r["check_id"]: r["result"] for r in taken_down("report_checks.csv")}
    found = {k: v.value for k, v in worst(reconcile(catalogue, official)).items()}
    assert {k: found.get(k) for k in expected} == expected


def test_computed_findings_carry_numbers_and_judgements_an_author(catalogue, official):
    findings = reconcile(catalogue, official)
    assert sum(f.computed for f in findings) > len(findings) / 2
    for f in findings:
        assert f.reason.endswith(".")
        assert f.numbers if f.computed else f.check.author


def changed(catalogue, official, statement_id: str, value: str) -> set[str]:
    """The checks whose finding changes when one statement's value is another."""
    before = reconcile(catalogue, official)
    other = copy.copy(catalogue)
    other.statements = tuple(
        replace(s, value=value) if s.statement_id == statement_id else s for s in catalogue.statements
    )
    after = reconcile(other, official)
    return {
        b.check.check_id
        for a, b in zip(before, after, strict=True)
        if (a.result, a.numbers) != (b.result, b.numbers)
    }


def spoke(catalogue, official, statement_id: str, value: str) -> set[str]:
    """The checks that were ok and are not any more when one statement's value is another."""
    other = copy.copy(catalogue)
    other.statements = tuple(
        replace(s, value=value) if s.statement_id == statement_id else s for s in catalogue.statements
    )
    before, after = worst(reconcile(catalogue, official)), worst(reconcile(other, official))
    return {k for k in after if before[k] is CheckResult.OK and after[k] is not CheckResult.OK}


@pytest.mark.parametrize(
    "statement_id, value, speaks, depend",
    [
        ("SF055", "196", {"K45"}, {"K05", "K45"}),  # 195 in the category table
        ("SF090", "2", {"K49"}, {"K49"}),  # FGM in quarter 1
        ("SF186", "122", {"K63"}, {"K63"}),  # attendees of one course
        ("SF032", "1.4", set(), {"K11"}),  # a share in quarter 4: now they reach 100
    ],
)
def test_a_changed_figure_makes_exactly_the_checks_that_depend_on_it_speak(
    catalogue, official, statement_id, value, speaks, depend
):
    assert spoke(catalogue, official, statement_id, value) == speaks
    assert changed(catalogue, official, statement_id, value) == depend


def test_a_placeholder_that_is_filled_in_is_one_no_more(catalogue, official):
    other = copy.copy(catalogue)
    other.statements = tuple(
        replace(s, value="112") if s.statement_id == "SF035" else s for s in catalogue.statements
    )
    assert worst(reconcile(other, official))["K26"] is CheckResult.OK


def test_a_check_whose_figure_is_hidden_is_not_checkable(catalogue, official):
    other = copy.copy(catalogue)
    other.statements = tuple(
        replace(s, value="", hidden=True) if s.statement_id == "SF090" else s for s in catalogue.statements
    )
    assert worst(reconcile(other, official))["K49"] is CheckResult.NOT_CHECKABLE


def test_every_method_of_the_table_is_there(catalogue):
    assert {c.method for c in catalogue.checks} - {"judgement"} == set(METHODS)


def test_the_page_narrows_by_subject_and_result_and_the_download_agrees(live, catalogue):
    def read(address: str) -> str:
        with urllib.request.urlopen(live + address, timeout=30) as answer:
            return answer.read().decode()

    page = read("/data?theme=child-protection&result=conflict")
    ids = re.findall(r'data-check="(K\d+|W\d+)"', page)
    rows = list(
        csv.DictReader(io.StringIO(read("/api/reconciliation.csv?theme=child-protection&result=conflict")))
    )
    assert rows and [r["check"] for r in rows] == ids
    assert {r["result"] for r in rows} == {"conflict"} and {r["subject"] for r in rows} == {
        "child-protection"
    }
    everything = list(csv.DictReader(io.StringIO(read("/api/reconciliation.csv"))))
    assert len(everything) == len(catalogue.checks)
    assert not [c for r in everything for c in r.values() if c.startswith(("=", "+", "-", "@"))]
    assert "is not a result of a check" in read("/data?result=nonsense")


def test_the_command_line_prints_conflicts_first(capsys):
    from safeguarding.__main__ import main

    assert main(["reconcile"]) == 0
    said = capsys.readouterr().out
    assert (
        said.startswith("conflict: 26")
        and "K23 Looked-after children currently. 362 v 361; a year before 362." in said
    )
    assert "(a judgement)" in said and "K42" not in said
