"""axe on every page and view, and what axe cannot see."""

from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.browser.test_journeys import PAGES

RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
RUN = f"axe.run(document, {{runOnly: {RULES}}})"
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
VIEWS = [
    *PAGES,
    "/front-door?show=rank",
    "/child-protection?show=table&to=2018-19",
    "/looked-after-children?only=flagged",
    "/front-door?area=X",
    "/nowhere",
    "/indicator/cpp_open_2y_plus_pct",
    "/complex-safeguarding?area=E92000001",
    "/view?indicator=cla_rate,rereferrals_pct:rank,cpp_subsequent_pct:control",
    "/front-door?show=control",
    "/meeting",
    "/meeting?slides=cla_rate#2",
    "/search?q=nonsense",
]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", VIEWS)
def test_axe_finds_nothing(visit: Visit, address: str, width: int):
    visit.page.set_viewport_size({"width": width, "height": 844})
    page = visit.open(address)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN)
    assert found["passes"], "axe did not run"
    assert [f"{v['id']}: {v['help']} ({v['nodes'][0]['html'][:160]})" for v in found["violations"]] == []
    visit.complaints = [c for c in visit.complaints if "404" not in c]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["/", "/child-protection", "/indicator/rereferrals_pct", "/meeting#3"])
def test_axe_finds_nothing_where_everything_is_open(visit: Visit, address: str, width: int):
    """The menus, the tables, the forms for notes and packs, and what lies over a slide."""
    visit.page.set_viewport_size({"width": width, "height": 844})
    page = visit.open(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    if "meeting" in address:
        page.keyboard.press("n")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN)
    assert [f"{v['id']}: {v['help']} ({v['nodes'][0]['html'][:160]})" for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough_to_hit(visit: Visit):
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, but for links in a sentence or a table row."""
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("/front-door")
    page.locator("#filtering summary").click()
    small = page.evaluate(
        """[...document.querySelectorAll('nav a, summary, select, input, .masthead a')]
        .filter(e => e.offsetParent).map(e => [e, e.getBoundingClientRect()])
        .filter(([e, r]) => r.height < 24 && r.width < 24).map(([e]) => e.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_text_is_never_smaller_than_14_pixels(visit: Visit):
    page = visit.open("/child-protection")
    smallest = page.evaluate(
        """Math.min(...[...document.querySelectorAll('#page *')]
        .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
        .filter(e => e.offsetParent !== null || e.ownerSVGElement)
        .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    )
    assert smallest >= 14


def test_focus_is_visible_and_not_hidden(visit: Visit):
    page = visit.open("/front-door")
    page.locator("#filter-area").focus()
    page.keyboard.press("Tab")
    style = page.evaluate(
        "(s => [s.outlineStyle, parseFloat(s.outlineWidth)])(getComputedStyle(document.activeElement))"
    )
    assert style[0] == "solid" and style[1] >= 3


def test_charts_and_bars_are_seen_in_the_readers_own_colours(visit: Visit):
    """Forced colours take grounds away: a chart keeps its paper, and a part of a bar has an edge."""
    visit.page.emulate_media(forced_colors="active", color_scheme="dark")
    page = visit.open("/meeting#2")
    paper = "e => getComputedStyle(e).backgroundColor"
    assert page.locator(".slide.now .on-screen svg").evaluate(paper) == "rgb(255, 255, 255)"
    page = visit.open("/")
    edges = page.evaluate(
        "[...document.querySelectorAll('.bar .part')].map(e => getComputedStyle(e).borderTopStyle)"
    )
    assert edges and set(edges) == {"solid"}


def test_the_box_of_a_note_cuts_nothing_of_the_ring_around_what_is_written(visit: Visit):
    page = visit.open("/indicator/rereferrals_pct#notes")
    label = page.locator(".write label.long")
    assert label.evaluate("e => getComputedStyle(e).overflow") == "visible"
