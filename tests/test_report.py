"""The annual report's figures: all of them held, dated, marked as the report's, and rendered; the journey
strip.
"""

import csv
import io
import re
import urllib.request
from html import unescape

import pytest

from safeguarding import query as queries
from safeguarding.figures import Figures
from safeguarding.journey import journey
from safeguarding.store.catalogue import Catalogue
from tests.conftest import taken_down

HOME = "E08000007"
AREAS = {
    "Stockport": HOME,
    "England": "E92000001",
    "North West": "E12000002",
    "Statistical neighbours": "SN",
    "Greater Manchester": "GM",
}


def year(text: str) -> str:
    return text.replace("/", "-")


def test_every_figure_of_the_report_is_held_with_its_period_unit_and_source(catalogue):
    held = {s.statement_id: s for s in catalogue.stated}
    for fact in taken_down("report_facts.csv"):
        ours = held[fact["fact_id"]]
        assert (ours.value, ours.unit, ours.kind, ours.as_printed, ours.line) == tuple(
            fact[c] for c in ("value", "unit", "kind", "as_printed", "line")
        )
        assert ours.area == AREAS[fact["area"]]
        assert ours.source_id == "stockport_report_2019" and ours.period_as_printed == fact["period"]
        if re.fullmatch(r"\d{4}/\d{2}", fact["period"]):
            assert ours.period == year(fact["period"])
        if re.fullmatch(r"\d{4}/\d{2} Q\d", fact["period"]):
            assert ours.period == year(fact["period"]).replace(" ", "-")
        if " on " in fact["period"]:
            assert ours.period and ours.period_before, "a change keeps both periods"
        if not fact["period"] or "undated" in fact["period"]:
            assert ours.period == "undated"


def test_every_figure_of_the_report_is_rendered_or_said_to_be_hidden(live, catalogue):
    hidden = {s.statement_id for s in catalogue.statements if s.hidden}
    with urllib.request.urlopen(f"{live}/data", timeout=30) as answer:
        page = answer.read().decode()
    for fact in taken_down("report_facts.csv"):
        rows = re.findall(rf'data-statement="{fact["fact_id"]}".*?</tr', page, re.S)
        assert len(rows) == 1, fact["fact_id"]
        text = unescape(rows[0])
        if fact["as_printed"]:
            gone = fact["fact_id"] in hidden
            said = "hidden to protect identity" if gone else fact["as_printed"]
            assert said in text, fact["fact_id"]
        if not fact["period"] or "undated" in fact["period"]:
            assert "date not stated" in text


def test_undated_figures_are_never_drawn_or_judged(catalogue, summary):
    undated = [s for s in catalogue.statements if s.period == "undated"]
    assert len(undated) > 40
    assert not [s for s in undated if s.indicator_id]
    assert "undated" not in summary("cla_count").periods


def test_a_card_shows_both_the_reports_figure_and_the_official_one(live, summary):
    (stated,) = summary("rereferrals_pct").stated
    assert (stated.statement.number, stated.official) == (24.2, 24.3)
    with urllib.request.urlopen(f"{live}/indicator/rereferrals_pct", timeout=30) as answer:
        page = unescape(answer.read().decode())
    assert (
        "Also stated: 24.2% (Stockport Safeguarding Children Board, Annual Report 2018/2019, 2018/19)" in page
    )
    assert "The official figure is 24.3%, a difference of 0.1 points." in page
    assert [(s.statement.number, s.official) for s in summary("cpp_count").stated] == [(247, 246)]
    assert summary("rereferrals_pct", area="E08000003").stated == ()
    assert summary("rereferrals_pct", to="2016-17").stated == ()


def test_small_counts_of_the_report_are_withheld_unless_the_partnership_shows_them(catalogue, folder):
    """FGM and forced marriage by quarter, two unaccompanied children, two private fostering:
    docs/decisions/0018.
    """
    small = [s for s in catalogue.stated if s.counts_children and s.number in (1, 2, 3, 4, 5)]
    assert {"SF090", "SF095", "SF117", "SF118"} <= {s.statement_id for s in small}
    shown = {s.statement_id: s for s in catalogue.statements}
    for statement in small:
        hidden = shown[statement.statement_id]
        assert hidden.hidden and hidden.number is None and not hidden.as_printed and not hidden.note
    assert shown["SF092"].number == 0, "a nought is shown"
    # 2 of 18 and the 16 beside it; 0.1 % and 0.4 % of around 800, and the 0.9 % beside them
    assert {i for i, s in shown.items() if s.hidden} - {s.statement_id for s in small} == {
        *("SF058", "SF028", "SF031", "SF032")
    }
    chosen = [
        {**row, "small_counts": "shown"} if row["source_id"] == "stockport_report_2019" else row
        for row in folder.tables["sources"]
    ]
    assert not any(s.hidden for s in Catalogue({**folder.tables, "sources": chosen}).statements)


def steps(store, catalogue, **address):
    query = queries.read(address, catalogue, HOME)
    return {s.step.title: s for s in journey(query, Figures.of(store, 1))}


def test_the_journey_of_the_reports_year(store, catalogue):
    """Report: 5,339 contacts, 65 % of them on to social care. Official: 3,514, 936, 392, 331."""
    found = steps(store, catalogue, to="2018-19")
    assert [s.printed for s in found.values()] == [
        "5,339",
        "3,514",
        "No count held",
        "936",
        "392",
        "331",
        "159",
    ]
    assert found["Referrals"].share == "65% of contacts, by the report’s own counts"
    assert found["Initial conferences"].share == "42% of section 47 enquiries"  # 392 of 936
    assert (
        found["Section 47 enquiries"].change == "down 129 (12.1%) on the year"
    )  # 1,065 to 936: check K17 of the report
    assert [t for t, s in found.items() if s.step.apart] == ["Started to be looked after"]


def test_more_than_at_the_step_before_is_no_share(store, catalogue):
    """Oldham 2012-13 had more conferences than enquiries: official counts, 184 to 100."""
    found = steps(store, catalogue, area="E08000004", to="2012-13")["Initial conferences"]
    assert found.share == "more than the section 47 enquiries: not the same children, or not counted alike"


def test_the_journey_has_honest_gaps(store, catalogue):
    now = steps(store, catalogue)
    assert now["Contacts"].printed == now["Assessments"].printed == "No count held"
    assert now["Referrals"].share == "" and now["Initial conferences"].share == "38% of section 47 enquiries"
    assert steps(store, catalogue, area="E08000003", to="2018-19")["Contacts"].printed == "No count held"


@pytest.mark.parametrize("column", ["area", "indicator_id", "value"])
def test_a_broken_statement_is_named(tmp_path, column):
    import shutil
    from pathlib import Path

    from safeguarding import loader

    data = Path(shutil.copytree(Path(__file__).resolve().parents[1] / "data", tmp_path / "data"))
    with (data / "statements.csv").open(newline="") as f:
        rows = list(csv.DictReader(f))
    rows[0][column] = "nonsense"
    with (data / "statements.csv").open("w", newline="") as f:
        writer = csv.DictWriter(f, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(loader.BrokenData, match=f'statements.csv, row 2, {column}: "nonsense"'):
        loader.read(data)


def test_words_stand_beside_the_figures_that_now_exist(live):
    with urllib.request.urlopen(f"{live}/data", timeout=30) as answer:
        page = unescape(answer.read().decode())
    row = page.split('data-statement="SF023"')[1].split("</tr>")[0]
    assert "slightly below" in row and "Agrees: 568.1 v 586" in row


def test_commentary_belongs_to_its_indicator_its_area_and_its_period(summary):
    assert [c.commentary_id for c in summary("cla_count").comments] == ["looked-after-rise"]
    assert summary("cla_count", area="E08000003").comments == ()
    assert summary("cla_count", to="2017-18").comments == ()


def test_the_small_counts_are_hidden_everywhere(live):
    def read(address: str) -> str:
        with urllib.request.urlopen(live + address, timeout=30) as answer:
            return unescape(answer.read().decode())

    page = read("/data")
    for statement in ("SF090", "SF094", "SF099", "SF117", "SF118", "SF060"):
        row = page.split(f'data-statement="{statement}"')[1].split("</tr>")[0]
        assert "hidden to protect identity" in row and not re.search(
            r">\s*[1-5] (records|children)|“[1-5]”", row
        ), row
    # the one small category cannot be worked out from the total and the others: another is hidden with it
    beside = page.split('data-statement="SF058"')[1].split("</tr>")[0]
    assert "hidden to protect identity" in beside
    assert "Also stated: hidden to protect identity" in read("/indicator/uasc_count")
    checks = list(csv.DictReader(io.StringIO(read("/api/reconciliation.csv"))))
    depend = [
        c
        for c in checks
        if set(c["statements"].split()) & {"SF060", "SF090", "SF095", "SF100", "SF104"}
        and c["found_by"] == "a rule"
    ]
    assert depend and {c["result"] for c in depend} == {"not checkable"}
    assert not any(c["numbers"] for c in depend)
