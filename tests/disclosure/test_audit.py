"""The audit: what a reader can work out of what is hidden, on synthetic releases; answers by hand."""

import itertools
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeguarding.disclosure.audit import Told, View, audit, in_words, refusal
from safeguarding.disclosure.cells import Cell
from safeguarding.disclosure.hidden import hidden_figures
from safeguarding.disclosure.programme import Equation, Programme
from safeguarding.disclosure.settled import settled
from safeguarding.measures.intervals import Interval
from safeguarding.vocabulary import Status, Unit
from tests.disclosure.synthetic import area, figure, indicator, ledger
from tests.disclosure.test_hidden import COUNT, split


def view(figures, indicators=(COUNT,), areas=(), hide=None, name="this release") -> View:
    """A release as a reader sees it: as we would hide it, or with just the categories `hide` hidden."""
    held = ledger(figures, indicators, areas)
    if hide is None:
        return View(held, settled(held), name)
    return View(held, {k: Status.C_PRIMARY for k in held.figures if k[4] in hide.split()}, name)


def exposed(*views: View, stated=()) -> list[tuple]:
    found = audit(*views, stated=stated)
    return [(e.cell.category or e.cell.period, *e.between, e.refused) for e in found.exposed]


TABLE = [figure(485), *split("placement", a=250, b=150, c=82, d=3)]


def test_a_part_that_is_hidden_alone_is_found_and_refused_with_its_name_and_route():
    one = view(TABLE, hide="d")
    assert exposed(one) == [("d", 3, 3, True)]
    (said,) = refusal(audit(one), one.ledger)
    assert said.startswith("a, 2018-19, d is hidden, and can be worked out to be 3. ")
    assert "by placement, the categories add up to the whole (this release)" in said
    assert "put c_secondary in its status" in said


def test_what_we_hide_ourselves_leaves_nothing_to_find():
    assert exposed(view(TABLE)) == []
    assert audit(view(TABLE)).ours == 2


@pytest.mark.parametrize(
    "counts, hide, found",
    [
        # two of 2 are 1 each; two of 5 are 1 to 4; two of 6 may be 1 to 5; three of 6 are 1 to 4
        ({"a": 1, "b": 1, "c": 40}, "a b", [("a", 1, 1, True), ("b", 1, 1, True)]),
        ({"a": 3, "b": 2, "c": 40}, "a b", [("a", 1, 4, True), ("b", 1, 4, True)]),
        ({"a": 3, "b": 3, "c": 40}, "a b", []),
        ({"a": 4, "b": 1, "c": 1}, "a b c", [(n, 1, 4, True) for n in "abc"]),
    ],
)
def test_a_range_strictly_inside_1_to_5_is_found(counts, hide, found):
    figures = [figure(sum(counts.values())), *split("by", **counts)]
    assert exposed(view(figures, hide=hide)) == found


def test_two_sets_that_cross_give_away_together_what_neither_does_alone():
    """Rows a, b and columns x, y, z with their totals: four corners hidden, a fifth cell ties them."""
    areas = [area("R", "region"), area("p", region="R"), area("q", region="R")]
    cells = {("p", "x"): 1, ("p", "y"): 9, ("q", "x"): 9, ("q", "y"): 30}
    figures = [figure(v, area_code=a, breakdown="by", category=c) for (a, c), v in cells.items()]
    for a in "pq":
        figures.append(figure(sum(v for (at, _), v in cells.items() if at == a), area_code=a))
    for c in "xy":
        figures.append(
            figure(
                sum(v for (_, of), v in cells.items() if of == c), area_code="R", breakdown="by", category=c
            )
        )
    held = ledger(figures, [COUNT], areas)
    # R x = 10 is rounded to ten, as official ones may be: 5 to 15
    every = {k: Status.C_PRIMARY for k, o in held.figures.items() if o.category and o.area_code != "R"}
    assert exposed(View(held, every)) == []
    three = {k: v for k, v in every.items() if (k[1], k[4]) != ("q", "y")}
    assert ("x", 1, 1, True) in exposed(View(held, three)), (
        "q x follows from q y, and p x from it or from p y"
    )


def test_a_share_of_a_known_base_gives_its_count_away():
    share = indicator(
        Unit.PERCENT, indicator_id="pct", decimals="1", denominator_indicator_id="all", numerator="n"
    )
    count = indicator(Unit.COUNT, indicator_id="n")
    base = indicator(Unit.COUNT, indicator_id="all")
    figures = [
        figure(3, indicator_id="n"),
        figure(1.0, indicator_id="pct", source_id="public"),
        figure(300, indicator_id="all"),
    ]
    held = ledger(figures, [count, share, base])
    hidden = {k: Status.C_PRIMARY for k in held.figures if k[0] == "n"}
    # 0.95 to 1.05 % of 300 is 2.85 to 3.15
    told = [(o.value, o.source_id) for o in held.telling[Cell("n", "a", "2018-19")]]
    assert told == [(3, "local"), (1.0, "public")]
    assert [k[0] for k in hidden_figures(held)] == ["n"]
    assert audit(View(held, hidden)).ours == 0, "a public source tells it, roughly: it is nobody's secret"


def test_an_earlier_release_that_showed_it_gives_it_away():
    before = view(TABLE, hide="", name="release 1")
    now = view(TABLE)
    assert exposed(now, before) == [("d", 3, 3, True)]
    assert "release 1" in refusal(audit(now, before), now.ledger)[0]
    # revised since: what was shown then says nothing of what it is now; what did not change still does
    revised = view([figure(486), *split("placement", a=250, b=150, c=82, d=4)])
    assert exposed(revised, before) == [("d", 4, 4, True)], "486 less the three that have not changed"
    both = view([figure(488), *split("placement", a=250, b=150, c=84, d=4)])
    assert exposed(both, before) == []
    assert exposed(now, view(TABLE, name="release 1")) == [], "hidden in both"


def test_a_sources_own_hidden_cell_is_reported_where_its_own_tables_give_it_away():
    public = [
        figure(43, source_id="public"),
        figure(40, breakdown="by", category="a", source_id="public"),
        figure(None, status=Status.C, breakdown="by", category="b", source_id="public"),
    ]
    held = ledger(public, [COUNT])
    found = audit(View(held, {}))
    assert [(e.cell.category, *e.between, e.ours, e.refused) for e in found.exposed] == [
        ("b", 3, 3, False, False)
    ]
    assert any(
        "given away by its source's own tables, reported only" in line for line in in_words(found, held)
    )
    assert refusal(found, held) == []


def test_a_sources_hidden_cell_is_refused_where_a_report_gives_it_away():
    held = ledger([figure(None, status=Status.C, source_id="public")], [COUNT])
    report = [
        (Cell("i", "a", "2018-19"), Told(Interval(2, 2), "A board", "“Children” of the report (SF118)"))
    ]
    assert exposed(View(held, {}), stated=report) == [("2018-19", 2, 2, True)]
    assert "SF118" in refusal(audit(View(held, {}), stated=report), held)[0]
    larger = [(Cell("i", "a", "2018-19"), Told(Interval(9, 9), "A board", "said"))]
    assert exposed(View(held, {}), stated=larger) == []


def test_sums_that_cannot_hold_conclude_nothing_and_are_counted():
    wrong = [figure(100), *split("by", a=250, b=150, d=3)]
    found = audit(view(wrong, hide="d"))
    assert not found.exposed and len(found.contradicting) == 1


def test_a_programme_finds_the_least_and_the_most_whole_numbers():
    """x + y = 7, x - z <= 0, z <= 3: x is 1 to 3, y is 4 to 6."""
    ends = {"x": Interval(1, 99), "y": Interval(1, 99), "z": Interval(0, 3)}
    sums = [Equation({"x": 1, "y": 1}, 7, 7, ""), Equation({"x": 1, "z": -1}, -99, 0, "")]
    found = Programme(ends, sums)
    assert [found.between({c: 1}) for c in "xyz"] == [Interval(1, 3), Interval(4, 6), Interval(1, 3)]
    assert Programme(ends, [*sums, Equation({"y": 1}, 1, 2, "")]).between({"x": 1}) is None
    assert Programme({"x": Interval(2, float("inf"))}, []).between({"x": 1}) == Interval(2, float("inf"))


def test_the_solver_prints_nothing_above_what_a_command_says():
    asked = "from safeguarding.disclosure.programme import Programme; Programme({}, []).between({})"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@settings(max_examples=60)
@given(st.lists(st.integers(0, 12), min_size=2, max_size=4), st.integers(2, 9))
def test_the_range_is_that_of_a_search_over_every_table(parts, seed):
    """Every way to put whole numbers from 1 into the hidden parts, so that they come to what is left."""
    names = [f"c{k}" for k in range(len(parts))]
    gone = [n for k, n in enumerate(names) if parts[k] and (seed >> (k % 3)) & 1]
    figures = [figure(sum(parts)), *split("by", **dict(zip(names, parts, strict=True)))]
    one = view(figures, hide=" ".join(gone))
    rest = sum(p for n, p in zip(names, parts, strict=True) if n in gone)
    ways = [w for w in itertools.product(range(1, rest + 1), repeat=len(gone)) if sum(w) == rest]
    for k, name in enumerate(gone):
        low, high = min(w[k] for w in ways), max(w[k] for w in ways)
        small = 1 <= parts[names.index(name)] <= 5
        expected = small and high <= 5 and (low > 1 or high < 5)
        found = {e[0]: e[1:3] for e in exposed(one)}
        assert (found.get(name) == (low, high)) if expected else (name not in found)


@settings(max_examples=60)
@given(
    st.integers(2, 4).flatmap(
        lambda wide: st.lists(
            st.lists(st.integers(0, 25), min_size=wide, max_size=wide), min_size=2, max_size=4
        )
    )
)
def test_no_table_of_areas_and_categories_that_we_hide_is_exposed(rows):
    """Every cell, every margin and the grand total, counts that cross: nothing is left inside 1 to 5."""
    codes = [f"p{k}" for k in range(len(rows))]
    areas = [area("R", "region"), *(area(code, region="R") for code in codes)]
    figures = []
    for code, row in [*zip(codes, rows, strict=True), ("R", [sum(c) + 0.0 for c in zip(*rows, strict=True)])]:
        figures.append(figure(sum(row), area_code=code))
        figures += [figure(v, area_code=code, breakdown="by", category=f"c{k}") for k, v in enumerate(row)]
    assert exposed(view(figures, areas=areas)) == []
