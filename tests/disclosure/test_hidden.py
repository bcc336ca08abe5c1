"""Hidden figures over a whole release: synthetic sets, each answer worked out beside it; random tables."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.disclosure.hidden import hidden_figures
from safeguarding.disclosure.sums import Known, Sum, is_narrow, protect
from safeguarding.measures.intervals import Interval
from safeguarding.vocabulary import Status, Unit
from tests.disclosure.synthetic import area, as_shown, figure, indicator, ledger

COUNT = indicator(Unit.COUNT)


def split(breakdown: str, **counts: float) -> list:
    return [figure(v, breakdown=breakdown, category=name) for name, v in counts.items()]


def hidden_of(shown, *, by=lambda o: o.category or "total") -> str:
    return " ".join(by(o) for o in shown.values() if o.value is None)


@pytest.mark.parametrize(
    "parts, total, hidden",
    [
        # the review's pattern b: 250 + 150 + 82 + 3 = 485
        ({"a": 250, "b": 150, "c": 82, "d": 3}, 485, "c d"),
        # its pattern c: two that are 1 each
        ({"a": 233, "b": 186, "c": 1, "d": 1}, 421, "b c d"),
        # nothing small, nothing hidden; noughts hide nothing and stay
        ({"a": 250, "b": 150}, 400, ""),
        ({"a": 250, "b": 0}, 250, ""),
        ({"a": 3, "b": 0, "c": 40}, 43, "a c"),
        # where there is no other part the total goes
        ({"a": 3, "b": 0}, 3, "total a"),
        ({"a": 3}, 8, "a"),  # parts that do not come to their total give nothing away
    ],
)
def test_a_part_that_could_be_worked_out_takes_another_with_it(parts, total, hidden):
    figures = [figure(total), *split("placement", **parts)]
    assert hidden_of(as_shown(figures, [COUNT])) == hidden


def test_a_share_without_its_numerator_goes_where_its_base_gives_the_count_away():
    """The review's pattern d: 3 unaccompanied children are hidden, 1.0 % of 300 was shown."""
    share = indicator(Unit.PERCENT, indicator_id="pct", decimals="1", denominator_indicator_id="all")
    indicators = [
        indicator(Unit.COUNT, indicator_id="uasc"),
        share,
        indicator(Unit.COUNT, indicator_id="all"),
    ]
    figures = [
        figure(3, indicator_id="uasc"),
        figure(1.0, indicator_id="pct"),
        figure(300, indicator_id="all", source_id="public"),
    ]
    assert hidden_of(as_shown(figures, indicators), by=lambda o: o.indicator_id) == "uasc pct"


def test_a_count_its_rate_and_its_share_go_together():
    told = {"numerator": "Children looked after"}
    indicators = [
        indicator(Unit.COUNT, indicator_id="count", **told),
        indicator(Unit.PER_10000, indicator_id="rate", **told),
        indicator(Unit.PERCENT, indicator_id="share", **told),
    ]
    figures = [
        figure(4, indicator_id="count"),
        figure(0.6, None, 64910, indicator_id="rate"),
        figure(1.3, 4, 300, indicator_id="share"),
    ]
    assert hidden_of(as_shown(figures, indicators), by=lambda o: o.indicator_id) == "count rate share"


def test_shares_of_one_whole_protect_each_other_and_a_share_over_a_hidden_base_goes():
    parts = [indicator(Unit.PERCENT, "all", indicator_id=f"p{k}") for k in range(3)]
    over = indicator(Unit.PERCENT, indicator_id="over", denominator_indicator_id="p1")
    indicators = [indicator(Unit.COUNT, indicator_id="all"), *parts, over]
    counts = (2, 40, 158)
    figures = [figure(200, indicator_id="all")]
    figures += [figure(n / 2, n, 200, indicator_id=f"p{k}") for k, n in enumerate(counts)]
    figures.append(figure(50, 20, 40, indicator_id="over"))
    # 2 is small; 40 goes with it, and so does the share whose base is those 40
    assert hidden_of(as_shown(figures, indicators), by=lambda o: o.indicator_id) == "p0 p1 over"


def test_an_authority_that_its_region_gives_away_takes_another_with_it():
    areas = [area("NW", "region"), *(area(code, region="NW") for code in ("x", "y", "z"))]
    counts = {"NW": 63, "x": 2, "y": 21, "z": 40}
    figures = [figure(v, area_code=code) for code, v in counts.items()]
    assert hidden_of(as_shown(figures, [COUNT], areas), by=lambda o: o.area_code) == "x y"
    # a region that is rounded to ten gives less away: 60 may be 55 to 65, so x is 1 to 6 ...
    rounded = [figure(v, area_code=c) for c, v in {**counts, "NW": 60, "x": 1, "y": 21, "z": 38}.items()]
    assert hidden_of(as_shown(rounded, [COUNT], areas), by=lambda o: o.area_code) == "x"
    # ... and an authority without a figure leaves the rest open
    assert hidden_of(as_shown(figures[:3], [COUNT], areas), by=lambda o: o.area_code) == "x"


def test_a_quarter_that_its_year_gives_away_takes_another_with_it():
    figures = [figure(v, period=f"2018-19-Q{k}") for k, v in enumerate((3, 12, 30, 9), start=1)]
    figures.append(figure(54, period="2018-19"))
    assert hidden_of(as_shown(figures, [COUNT]), by=lambda o: o.period) == "2018-19-Q1 2018-19-Q4"
    assert hidden_of(as_shown(figures[:4], [COUNT]), by=lambda o: o.period) == "2018-19-Q1"


def test_what_a_quarter_adds_to_the_year_so_far_is_a_count_too():
    """10, 13, 40, 60 are the year so far: quarter 2 added 3. Quarter 4 is the year, which tells so."""
    figures = [figure(v, period=f"2018-19-Q{k}") for k, v in enumerate((10, 13, 40, 60), start=1)]
    figures.append(figure(60, period="2018-19"))
    shown = as_shown(figures, [COUNT])
    assert hidden_of(shown, by=lambda o: o.period) == "2018-19-Q1"
    # 13 + quarter 3 = 40: nothing else leads to quarter 2


def test_what_a_public_source_tells_is_not_protected_and_its_own_hidden_cells_count_as_hidden():
    figures = [figure(485), *split("by", a=250, b=150, c=82)]
    lone = figure(3, breakdown="by", category="d", source_id="public")
    assert hidden_of(as_shown([*figures, lone], [COUNT])) == "", "anyone can read it"
    hidden = figure(None, breakdown="by", category="e", status=Status.C, source_id="public")
    local = figure(3, breakdown="by", category="d")
    total = figure(495)
    # 495 - 482 = 13: ours is 1 to 12 beside the one that its source hides
    assert hidden_of(as_shown([total, *figures[1:], local, hidden], [COUNT])) == "d e"


def test_why_a_figure_is_hidden_is_known_to_us_and_not_told():
    figures = [figure(485), *split("by", a=250, b=150, c=82, d=3)]
    held = ledger(figures, [COUNT])
    why = {k[4]: status for k, status in hidden_figures(held).items()}
    assert why == {"d": Status.C_PRIMARY, "c": Status.C_SECONDARY}
    assert {o.status for o in as_shown(figures, [COUNT]).values()} == {Status.OK, Status.C_LOCAL}


counts = st.lists(st.integers(0, 30), min_size=2, max_size=8)


@given(counts)
def test_after_hiding_no_set_leaves_a_small_count_better_known_than_1_to_5(parts):
    """By a search over every table that a reader could not tell from the true one."""
    names = [f"c{k}" for k in range(len(parts))]
    figures = [figure(sum(parts)), *split("by", **dict(zip(names, parts, strict=True)))]
    shown = {o.category or "total": o.value for o in as_shown(figures, [COUNT]).values()}
    hidden = [n for n in names if shown[n] is None]
    assert all(shown[n] is None for n, v in zip(names, parts, strict=True) if 1 <= v <= 5)
    if shown["total"] is None or not hidden:
        return
    rest = shown["total"] - sum(shown[n] for n in names if shown[n] is not None)
    # each hidden part is at least 1, and they come to the rest: by hand, 1 to rest - (n - 1)
    least, most = (1, rest - (len(hidden) - 1)) if len(hidden) > 1 else (rest, rest)
    assert not is_narrow(Interval(least, most), 5), (parts, shown)


@given(st.lists(counts.filter(lambda row: len(row) >= 3), min_size=2, max_size=4))
def test_hiding_ends_and_hides_no_nought(rows):
    wide = min(map(len, rows))
    table = {(r, c): float(rows[r][c]) for r in range(len(rows)) for c in range(wide)}
    sums = [Sum(tuple((r, c) for c in range(wide)), ("row", r), "") for r in range(len(rows))]
    sums += [Sum(tuple((r, c) for r in range(len(rows))), ("column", c), "") for c in range(wide)]
    totals = {s.total: sum(table[p] for p in s.parts) for s in sums}
    known = {k: Known(Interval(v, v), True) for k, v in {**table, **totals}.items()}
    small = {k for k, v in {**table, **totals}.items() if 1 <= v <= 5}
    more = list(protect(known, sums, small, 5))
    assert len(more) == len({*more}) and not small.intersection(more)
    assert all(known[k].value > 0 for k in more)


@pytest.mark.parametrize(
    "low, high, narrow",
    [(1, 5, False), (1, 4, True), (2, 5, True), (3, 3, True), (1, 6, False), (0, 3, False), (1, inf, False)],
)
def test_narrow_is_strictly_inside_1_to_5(low, high, narrow):
    assert is_narrow(Interval(low, high), 5) is narrow
