"""A funnel names who matters, where a name has room."""

from itertools import combinations

import pytest

from safeguarding.charts.chart import Mark
from safeguarding.charts.drawn import fixed
from safeguarding.charts.layout import layout
from safeguarding.charts.naming import names
from safeguarding.charts.typeface import width
from safeguarding.drawings import drawing
from safeguarding.verdicts.funnel import OUTSIDE
from safeguarding.vocabulary import Role
from tests.laid import laid

CHOSEN = "E08000003,E08000009"
FUNNELS = ["rereferrals_pct", "cla_rate", "cin_rate", "icpc_15_days_pct"]
SIZES = [(1100, 500), (600, 420), (420, 400)]


def boxes(chart, wide: float, high: float) -> dict[str, tuple[float, float, float, float]]:
    """The letters of each spot's name as drawn: left, top, right, foot."""
    spots = {d.printed for s in chart.series if s.mark is Mark.SPOT for d in s.data}
    found = {}
    for mark in laid(fixed(chart, "synthetic", wide, high, 15)):
        if mark.tag == "text" and mark.text in spots:
            x, foot = mark.at()
            long = width(mark.text, mark.size, mark.look.get("font-weight") == "700")
            left = x - long * {"middle": 0.5, "end": 1.0}.get(mark.look.get("text-anchor", "start"), 0.0)
            found[mark.text] = (left, foot - 0.72 * mark.size, left + long, foot + 0.2 * mark.size)
    return found


def meet(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("indicator_id", FUNNELS)
def test_no_name_stands_on_another_or_on_a_spot(summary, indicator_id, size):
    one = summary(indicator_id, compare=f"E92000001,{CHOSEN}")
    chart = drawing(one, "funnel").chart
    found = boxes(chart, *size)
    assert {"Stockport", "Manchester", "Trafford"} <= set(found), "who is in focus, and who was chosen"
    assert len(found) > 3, "there is room for others"
    for (name, a), (other, b) in combinations(found.items(), 2):
        assert not meet(a, b), (name, other)
    points = [m for m in laid(fixed(chart, "synthetic", *size, 15)) if m.tag == "circle"]
    assert len(points) > 10
    for name, box in found.items():
        for point in points:
            (x, y), half = point.at("cx", "cy"), point.scale * float(point.own["r"])
            assert not meet(box, (x - half, y - half, x + half, y + half)), name


@pytest.mark.parametrize("indicator_id", FUNNELS)
def test_only_who_was_chosen_or_lies_outside_the_limits_is_named(summary, indicator_id):
    one = summary(indicator_id, compare=CHOSEN)
    found = set(boxes(drawing(one, "funnel").chart, 1100, 500))
    outside = {s.name for s in one.funnel.spots if s.where == OUTSIDE}
    assert found - {"Stockport", "Manchester", "Trafford"} <= outside
    plain = summary(indicator_id, compare="none")
    named = drawing(plain, "funnel").chart.named
    roles = {s.name: s.role for s in plain.funnel.spots}
    order = [roles[name] is Role.NEIGHBOURS for name in named]
    assert set(named) == outside - {"Stockport"} and order == sorted(order, reverse=True)


def test_on_a_page_of_any_width_no_name_stands_on_another(summary):
    chart = drawing(summary("rereferrals_pct"), "funnel").chart
    plan = layout(chart)
    found = names(chart, plan.pixels)
    assert found[0].text == "Stockport"
    for wide in (160, 320, 640, 1000):
        pitch = wide / plan.x[1]
        spans = [
            (n.begins(pitch), plan.down(n.y) - n.up - 8, n.begins(pitch) + n.width, plan.down(n.y) - n.up + 8)
            for n in found
        ]
        assert not any(meet(a, b) for a, b in combinations(spans, 2))
