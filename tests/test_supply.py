"""Who has sent what: due days from agencies.csv, receipts from the releases, and nothing made up.

Returns and dates are synthetic.
"""

import csv
import io
from datetime import date

import pytest
import sqlalchemy as sa

from safeguarding.desk import Desk
from safeguarding.disclosure.audience import Rules
from safeguarding.loader.incoming import Offered
from safeguarding.loading import Outcome, load
from safeguarding.settings import Settings
from safeguarding.store.receipts import Receipt
from safeguarding.store.releases import Store
from safeguarding.store.schema import RELEASE
from safeguarding.store.tables import Agency, Queried
from safeguarding.supply import behind, fed, suppliers
from tests.conftest import HOME
from tests.standing_in import asking, store_of

HEALTH = Agency(
    "health", "Health, all of it", "health_return", ("a_pct", "b_pct"), 45, "2025-26-Q1", "agreed"
)
POLICE = Agency("police", "Police", "police_return", ("c_pct",), 30, "2025-26-Q2", "agreed")
DUE = date(2025, 11, 14)  # 45 days after 30 September
WHO = {"by": "An analyst", "note": "a test"}
HEADING = "indicator_id,area_code,period,value,status,numerator,denominator,source_id\n"
CHECKS = f"cla_health_check_pct,{HOME},2025-26-Q1,,,{{}},400,health_return\n"


def one(today: date, receipts=None, queries=(), agencies=(HEALTH,)):
    return suppliers(agencies, receipts or {}, queries, today)


# --- what stands on a day ---


def test_a_return_is_late_from_the_day_after_it_is_due():
    (health,) = one(DUE)
    assert [r.quarter for r in health.returns] == ["2025-26-Q1", "2025-26-Q2"]
    assert [r.state for r in health.returns] == ["late", "expected"] and health.returns[1].due == DUE
    (health,) = one(date(2025, 11, 15))
    assert [r.state for r in health.returns] == ["late", "late"]
    assert health.returns[1].lines([]) == ["expected by 14 November 2025"]
    (health,) = one(date(2025, 9, 30))
    assert [r.quarter for r in health.returns] == ["2025-26-Q1"], "a quarter is expected once it has ended"


def test_who_is_late_is_said_in_a_sentence_and_of_what_it_feeds():
    receipts = {("health_return", "2025-26-Q1"): Receipt(date(2025, 8, 1), frozenset({"a_pct"}))}
    found = one(date(2025, 12, 1), receipts, agencies=(HEALTH, POLICE))
    assert behind(found) == "Health is one quarter late and police is one quarter late."
    assert fed(found, "a_pct") == "Health is one quarter late." and fed(found, "d_pct") == ""
    assert behind(one(date(2026, 3, 1), receipts)) == "Health is two quarters late."
    assert behind(one(date(2025, 10, 1), receipts)) == ""


def test_what_was_received_queried_and_corrected_is_told_line_by_line():
    queries = (
        Queried("health", "2025-26-Q1", date(2025, 8, 20), "Why so few?", date(2025, 8, 22)),
        Queried("health", "2025-26-Q2", date(2025, 11, 20), "When?", None),
        Queried("police", "2025-26-Q1", date(2025, 11, 20), "Another's", None),
    )
    receipts = {("health_return", "2025-26-Q1"): Receipt(date(2025, 8, 15), frozenset({"a_pct"}))}
    (health,) = one(date(2025, 12, 1), receipts, queries)
    first, second = health.returns
    assert first.lines([date(2025, 9, 1)]) == [
        "on 15 August 2025, 1 day late",
        "1 of 2 measures",
        "corrected on 1 September 2025",
        "queried on 20 August 2025, answered on 22 August 2025: Why so few?",
    ]
    assert second.lines([])[1] == "queried on 20 November 2025, not answered yet: When?"


def test_of_what_was_there_from_the_first_nobody_says_that_it_came_late():
    receipts = {("health_return", "2025-26-Q1"): Receipt(None, frozenset({"a_pct", "b_pct"}))}
    (health,) = one(date(2025, 12, 1), receipts)
    assert health.returns[0].lines([]) == ["in the first release"]


def test_an_agency_without_a_first_quarter_owes_nothing():
    nobody = Agency(*list(vars(HEALTH).values())[:5], "", "proposed")
    assert one(date(2026, 1, 1), agencies=(nobody,)) == () and behind(()) == ""


# --- from the releases ---


def table(rows: list[dict[str, str]], **changed: str) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, **changed} for row in rows)
    return out.getvalue().encode()


def loaded(store: Store, name: str, held: bytes | str, day: str = "") -> Outcome:
    data = held.encode() if isinstance(held, str) else held
    found = load(store, Settings(), [Offered(name, data)], **WHO)
    if day and found.release:
        with store.writing() as connection:
            where = RELEASE.c.release_id == found.release
            connection.execute(sa.update(RELEASE).where(where).values(loaded_at=f"{day}T09:00:00+00:00"))
    return found


@pytest.fixture
def supplied(small, tmp_path) -> Store:
    """A store in which health supplies quarters from April 2025 on."""
    store = store_of(small, tmp_path, Rules())
    rows = [{**r, "first_quarter": "2025-26-Q1"} for r in small.tables["agencies"] if r["agency"] == "health"]
    assert loaded(store, "agencies.csv", table(rows), "2025-04-01").release
    return store


def test_receipts_and_corrections_follow_from_loads(supplied):
    late = f"cla_health_check_pct,{HOME},2025-26-Q1,,late,,,health_return\n"
    loaded(supplied, "late.csv", HEADING + late, "2025-07-20")
    desk = Desk.published(supplied, Settings())
    assert desk.supply(date(2025, 8, 1))[0].returns[0].state == "expected", "it is said to come later"
    loaded(supplied, "first.csv", HEADING + CHECKS.format(360), "2025-08-10")
    loaded(supplied, "again.csv", HEADING + CHECKS.format(380), "2025-09-01")
    desk = Desk.published(supplied, Settings())
    (health,) = desk.supply(date(2025, 10, 1))
    (first, _) = health.returns
    assert first.receipt.on == date(2025, 8, 10) and len(first.receipt.altered) == 1
    assert desk.corrected("health_return", "2025-26-Q1") == [date(2025, 9, 1)]
    assert desk.corrected("health_return", "2025-26-Q2") == []
    view = desk.read({})
    assert desk.late(view, date(2025, 12, 1)) == "Health is one quarter late."
    assert desk.late(view, date(2025, 12, 1), "cla_health_check_pct") and not desk.late(
        view, date(2025, 12, 1), "cla_rate"
    )
    assert desk.late(desk.read({"area": "E08000003"}), date(2025, 12, 1)) == ""
    assert desk.late(desk.read({"to": "2018-19"}), date(2025, 12, 1)) == ""


def test_of_a_hidden_figure_the_board_does_not_say_that_it_was_corrected(supplied):
    small_count = CHECKS.replace("400", "100")
    loaded(supplied, "first.csv", HEADING + small_count.format(3), "2025-08-10")
    found = loaded(supplied, "again.csv", HEADING + small_count.format(4), "2025-09-01")
    assert found.release
    desk = Desk.published(supplied, Settings())
    assert desk.supply(date(2025, 10, 1))[0].returns[0].receipt.altered == (found.release,)
    assert desk.corrected("health_return", "2025-26-Q1") == []


def test_pages_show_the_board_where_quarters_are_supplied_and_else_nothing(supplied, small, tmp_path):
    queries = "agency,quarter,asked_on,about,answered_on\nhealth,2025-26-Q1,2025-08-20,<b>When?,\n"
    assert loaded(supplied, "queries.csv", queries).release
    with asking(supplied) as client:
        page = client.get("/data").get_data(as_text=True)
        assert 'data-agency="health"' in page and 'data-supply="late"' in page
        assert "expected by 14 August 2025" in page and "not answered yet: &lt;b&gt;When?" in page
        assert "Health is " in client.get("/").get_data(as_text=True)
        assert "Health is " in client.get("/indicator/cla_health_check_pct").get_data(as_text=True)
        assert "Health is " not in client.get("/indicator/cla_rate").get_data(as_text=True)
        assert "data-agency" not in client.get("/data?area=E08000003").get_data(as_text=True)
    other = tmp_path / "other"
    other.mkdir()
    with asking(store_of(small, other)) as client:
        assert "Who has sent what" not in client.get("/data").get_data(as_text=True)
        assert 'class="small late"' not in client.get("/").get_data(as_text=True)


@pytest.mark.parametrize(
    "row, said",
    [
        ("health,2025,2025-08-20,x,", '"2025" is no quarter'),
        ("nobody,2025-26-Q1,2025-08-20,x,", "agencies.csv"),
        ("health,2025-26-Q1,20/8,x,", "20/8"),
        ("health,2025-26-Q1,2999-01-01,x,", '"2999-01-01" is to come'),
        ("health,2025-26-Q1,2025-08-20,x,2025-08-19", "answered_on: is before asked_on"),
        ("health,2025-26-Q1,2025-08-20,why Jo Smith NHS number 943 476 5919,", "particulars"),
    ],
)
def test_a_query_that_makes_no_sense_is_named(supplied, row, said):
    found = loaded(supplied, "queries.csv", f"agency,quarter,asked_on,about,answered_on\n{row}\n")
    assert found.problems and said in str(found.problems[0]) and "943" not in str(found.problems[0])
