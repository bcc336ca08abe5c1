"""Rules and series that the bundled figures do not hold yet: made here, and synthetic where they say so."""

import copy
from dataclasses import replace
from datetime import date

import pytest

from safeguarding import query as queries
from safeguarding.figures import Figures
from safeguarding.store.tables import Event, Observation, ToleranceRule, parse_limits
from safeguarding.summaries import summarise
from safeguarding.vocabulary import Movement, Status, Tolerance
from tests.conftest import taken_down

HOME = "E08000007"


@pytest.fixture
def judged(store, catalogue):
    """A function: the tolerance verdict of an indicator under a rule that this test sets."""

    def judge(indicator_id: str, kind: str, limits: str, **address: str):
        own = copy.copy(catalogue)
        own.tolerances = {
            indicator_id: (
                ToleranceRule(
                    indicator_id,
                    kind,
                    parse_limits(limits),
                    date(2012, 4, 1),
                    "tests",
                    "",
                    "agreed",
                    "a test",
                ),
            )
        }
        query = queries.read(address, own, HOME)
        indicator = own.indicators[indicator_id]
        fetched = Figures.of(store, 1)
        fetched.catalogue = own
        return summarise(indicator, query, fetched).tolerance

    return judge


@pytest.mark.parametrize(
    "kind, limits, verdict",
    [
        # docs/methods.md#check-values: re-referrals 21.5 %, one figure under every rule
        ("T1", "green_at=20; red_at=23", "near"),
        ("T2", "target=20; percent=5", "outside"),
        ("T2", "target=20; percent=10", "near"),
        ("T3", "benchmark=SN; points=2", "within"),
        ("T3", "benchmark=SN-2021; points=2", "within"),
        ("T3", "benchmark=E92000001; points=1", "within"),
        ("T4", "", "near"),
        ("T5", "low_red=10; low_amber=15; high_amber=20; high_red=25", "near"),
        ("T3", "benchmark=SN; spread=0.67", "within"),
        ("T5", "band=england", "within"),
        ("T6", "target=30", "not-set"),  # a chart of years sets no verdict
        ("T0", "", "not-set"),
    ],
)
def test_every_rule_type_judges_the_real_figure_and_prints_its_rule(judged, kind, limits, verdict):
    judgement = judged("rereferrals_pct", kind, limits)
    assert judgement.verdict == verdict
    assert judgement.rule.endswith(".") and judgement.state == "agreed"


def test_the_rule_in_force_at_the_period_is_the_one_that_judges(store, catalogue):
    own = copy.copy(catalogue)
    strict = ToleranceRule(
        "rereferrals_pct",
        "T1",
        {"green_at": "1", "red_at": "2"},
        date(2020, 4, 1),
        "tests",
        "",
        "agreed",
        "stricter",
    )
    mild = replace(strict, limits={"green_at": "90", "red_at": "95"}, valid_from=date(2012, 4, 1))
    own.tolerances = {"rereferrals_pct": (mild, strict)}
    indicator = own.indicators["rereferrals_pct"]
    for to, verdict in (("2018-19", Tolerance.WITHIN), ("2024-25", Tolerance.OUTSIDE)):
        query = queries.read({"to": to}, own, HOME)
        fetched = Figures.of(store, 1)
        fetched.catalogue = own
        assert summarise(indicator, query, fetched).tolerance.verdict is verdict


def test_a_hidden_figure_is_not_judged_by_any_rule(judged):
    for kind, limits in (
        ("T1", "green_at=1; red_at=2"),
        ("T2", "target=1; points=1"),
        ("T3", "benchmark=SN; points=2"),
        ("T4", ""),
        ("T6", "target=1"),
    ):
        assert judged("cpp_open_2y_plus_pct", kind, limits).verdict in (Tolerance.NO_VALUE, Tolerance.NOT_SET)


def quarterly(catalogue, values: list[float | None], events: tuple[Event, ...] = ()):
    """The summary of a synthetic quarterly series of re-referrals, from Q1 of 2020-21 on."""
    own = copy.copy(catalogue)
    own.events = events
    rows = []
    for k, value in enumerate(values):
        year, quarter = 2020 + k // 4, k % 4 + 1
        start = date(year + (quarter == 4), (4, 7, 10, 1)[quarter - 1], 1)
        end = {1: date(year, 6, 30), 2: date(year, 9, 30), 3: date(year, 12, 31), 4: date(year + 1, 3, 31)}[
            quarter
        ]
        status = Status.OK if value is not None else Status.C
        rows.append(
            Observation(
                "rereferrals_pct",
                HOME,
                f"{year}-{(year + 1) % 100:02d}-Q{quarter}",
                start,
                end,
                value,
                status,
                False,
                None,
                None,
                "dfe_cin_c1_2025",
            )
        )
    query = queries.read({}, own, HOME)
    return summarise(own.indicators["rereferrals_pct"], query, Figures(own, rows))


STEADY = [20.0, 21.0, 20.5, 19.5, 20.2, 21.1, 19.8, 20.4, 20.9, 19.7, 20.3, 20.1]


def test_twelve_quarters_are_judged_by_the_control_chart(catalogue):
    calm = quarterly(catalogue, STEADY).movement
    assert calm.verdict is Movement.NO_CHANGE and "Control chart of 12 quarters" in calm.method
    jumped = quarterly(catalogue, [*STEADY, 40.0]).movement
    assert jumped.verdict is Movement.WORSENING and jumped.course == "rising"


def test_fewer_than_twelve_quarters_are_not_tested(catalogue):
    moved = quarterly(catalogue, STEADY[:11]).movement
    assert moved.verdict is Movement.NOT_TESTED and "needs 12 quarters" in moved.method


def test_quarters_with_a_hidden_one_among_them_are_not_tested(catalogue):
    moved = quarterly(catalogue, [*STEADY[:5], None, *STEADY[6:]]).movement
    assert moved.verdict is Movement.NOT_TESTED and "cannot have gaps" in moved.method


def test_a_dated_break_begins_the_limits_anew(catalogue):
    new_system = Event(
        "synthetic", date(2021, 4, 1), None, ("*",), "", "", "A new system", "A test.", True, False
    )
    moved = quarterly(catalogue, STEADY, (new_system,)).movement
    assert (
        moved.verdict is Movement.NOT_TESTED
        and "since the recording changed in 2021-22-Q1" in moved.method
        and "there are 8" in moved.method
    )


def test_a_quarter_gives_two_changes(catalogue):
    assert (
        quarterly(catalogue, STEADY).change.words
        == "down 0.2 points on the quarter, down 0.3 points on the year"
    )


def test_national_ranks_once_the_national_set_is_loaded(catalogue):
    """Repeat plans 121 of 153, re-referrals 95 of 153: places in a sheet of every authority's figure."""
    own = copy.copy(catalogue)
    own.areas = dict(catalogue.areas)
    rows = []
    for r in taken_down("national.csv"):
        code = r["area_code"]
        own.areas.setdefault(
            code,
            replace(
                catalogue.areas["E92000001"],
                area_code=code,
                name=r["area_name"],
                type="authority",
                region_code=r["region_code"],
            ),
        )
        value = float(r["value"]) if r["value"] else None
        symbol = {"": "ok", ":": "unstated"}.get(r["symbol"], r["symbol"])
        rows.append(
            Observation(
                r["indicator_id"],
                code,
                "2024-25",
                date(2024, 4, 1),
                date(2025, 3, 31),
                value,
                Status(symbol),
                False,
                None,
                None,
                "dfe_cin_c1_2025",
            )
        )
    query = queries.read({}, own, HOME)
    for indicator_id, place in (("cpp_subsequent_pct", 121), ("rereferrals_pct", 95)):
        ranked = summarise(own.indicators[indicator_id], query, Figures(own, rows)).rankings[-1]
        assert ranked.title == "English authorities"
        assert (ranked.best, ranked.worst, ranked.n) == (place, place, 153)


def test_a_count_that_we_hid_ourselves_is_bounded_by_one_and_five(catalogue):
    from safeguarding.disclosure.bounds import SMALL_COUNT

    row = Observation(
        "uasc_count",
        HOME,
        "2018-19",
        date(2019, 3, 31),
        date(2019, 3, 31),
        None,
        Status.C_PRIMARY,
        False,
        None,
        None,
        "dfe_lait_2026",
    )
    assert Figures(catalogue, [row]).limits(row) == SMALL_COUNT
    assert Figures(catalogue, [row]).limits(row._replace(status=Status.C)) is None
