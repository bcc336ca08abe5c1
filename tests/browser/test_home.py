"""Home: it concludes on one screen, says what to discuss, and sorts every measure in one table."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit

AREAS = ["", "?area=E10000016", "?area=E09000001", "?area=E92000001"]


def bottoms(page: Page, of: str) -> list[float]:
    """How far down the page each of these ends."""
    return page.evaluate(
        "of => [...document.querySelectorAll(of)].map(e => e.getBoundingClientRect().bottom)", of
    )


@pytest.mark.parametrize("area", AREAS)
def test_home_concludes_on_one_screen(visit: Visit, area: str):
    page = visit.open(f"/{area}")
    assert page.evaluate("document.documentElement.scrollHeight") <= 2500
    for part in ("#heading .sum", "nav.tally", ".discuss li", ".today aside section"):
        assert max(bottoms(page, part)) <= 1080, part
    assert page.locator(".tiles li").count() == 6
    words = page.evaluate("document.getElementById('main').innerText.split(/\\s+/).length")
    assert words <= 1100
    page.set_viewport_size({"width": 1280, "height": 720})
    assert page.evaluate("document.documentElement.scrollHeight") <= 2500
    assert max(bottoms(page, "nav.tally")) <= 720
    rows = bottoms(page, ".discuss li")
    assert rows == sorted(rows) and rows[2] <= 720


@pytest.mark.parametrize("width", [1000, 1280, 1600, 1920])
@pytest.mark.parametrize("area", AREAS)
def test_a_place_stands_clear_of_what_is_said_beside_it(visit: Visit, area: str, width: int):
    """A range of places (132nd to 134th of 153) once ran into the words to its right on a laptop."""
    page = visit.open(f"/{area}")
    page.set_viewport_size({"width": width, "height": 720})
    over = page.evaluate(
        """() => [...document.querySelectorAll(".discuss li")].map(row => {
          const words = row.querySelector(".stands span"), why = row.querySelector(".why");
          return words ? words.getBoundingClientRect().right - why.getBoundingClientRect().left : -1;
        })"""
    )
    assert over and max(over) <= 0


def test_the_parts_of_the_bar_add_up_and_narrow_the_table(visit: Visit):
    page = visit.open("/")
    counts = [int(text) for text in page.locator("nav.tally b").all_text_contents()]
    assert sum(counts) == int(re.match(r"\d+", page.locator("nav.tally + .small").inner_text())[0])
    page.get_by_role("link", name="borderline").click()
    expect(page.locator("#scores")).to_contain_text("borderline on their proposed tolerance")
    expect(page.locator(".scorecard tr[data-indicator]")).to_have_count(counts[1])
    expect(page.locator(".scorecard tr:not([data-tolerance=near])[data-indicator]")).to_have_count(0)
    assert visit.address == "/?stands=near"
    page.get_by_role("link", name="borderline").click()
    expect(page.locator(".themes tbody tr")).to_have_count(6)


@pytest.mark.parametrize("width", [320, 1280, 1920])
def test_the_parts_of_the_bar_are_as_wide_as_their_numbers(visit: Visit, width: int):
    page = visit.open("/")
    page.set_viewport_size({"width": width, "height": 800})
    counts = [int(text) for text in page.locator("nav.tally b").all_text_contents()]
    widths = page.evaluate(
        "[...document.querySelectorAll('nav.tally .part')].map(e => e.getBoundingClientRect().width)"
    )
    each = sum(widths) / sum(counts)
    assert widths == pytest.approx([n * each for n in counts], abs=0.5)


def test_what_stands_beside_it_leaves_no_hole_when_actions_are_open(visit: Visit):
    page = visit.open("/")
    page.set_viewport_size({"width": 1280, "height": 720})
    tops = page.evaluate(
        """() => {
            const aside = document.querySelector('.today aside');
            aside.prepend(aside.lastElementChild.cloneNode(true));
            return [...aside.children].map(e => e.getBoundingClientRect().top);
        }"""
    )
    assert len(tops) == 4 and len(set(tops)) == 1


def test_what_got_worse_since_last_year_is_one_click(visit: Visit):
    page = visit.open("/")
    expect(page.locator(".scorecard")).to_have_count(0)
    page.get_by_role("link", name="by change, worst first").click()
    first = page.locator(".scorecard tr[data-indicator]")
    expect(first).to_have_count(80)
    expect(first.nth(0)).to_have_attribute("data-indicator", "cpp_subsequent_pct")
    expect(first.nth(0)).to_contain_text("Up 9.0 points")
    expect(page.locator(".rule-of")).to_contain_text("how unusual the change on the year is")
    headed = page.locator(".scorecard .group")
    expect(headed.first).to_contain_text("for the worse")
    assert "for the better" in headed.nth(2).inner_text()
    heights = page.evaluate(
        "[...document.querySelectorAll('.scorecard tr[data-indicator]')].map(r => r.offsetHeight)"
    )
    assert sorted(heights)[len(heights) // 2] <= 37
    page.get_by_role("link", name="by position, worst first").click()
    expect(page.locator(".scorecard[data-order=position]")).to_be_visible()
    page.get_by_role("link", name="fold to themes").click()
    expect(page.locator(".themes tbody tr")).to_have_count(6)
    assert visit.address == "/"


@pytest.mark.parametrize("width", [1280, 1920])
def test_comparing_with_an_area_stands_beside_ones_own_figure(visit: Visit, width: int):
    page = visit.open("/?sort=verdict")
    expect(page.get_by_role("link", name="by difference")).to_have_count(0)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.locator("#filter-compare-more").select_option("E08000006")
    page.set_viewport_size({"width": width, "height": 720})
    head = page.locator(".scorecard thead th")
    expect(head.nth(2)).to_have_text("Salford")
    assert head.all_inner_texts()[1:4] == ["Stockport", "Salford", "Stockport beside Salford"]
    row = page.locator(".scorecard tr[data-indicator=cpp_subsequent_pct] td")
    expect(row.nth(1)).to_have_text("17.6%")
    expect(row.nth(2)).to_contain_text("Worse 10.4 points higher")
    assert row.nth(2).bounding_box()["x"] + row.nth(2).bounding_box()["width"] <= width
    page.locator(".long").evaluate("e => (e.scrollLeft = 500)")
    own, measure = row.nth(0).bounding_box(), head.nth(0).bounding_box()
    assert measure["x"] >= 0 and own["x"] >= measure["x"] + measure["width"]
    assert head.nth(1).bounding_box()["x"] == own["x"]


def test_the_first_screen_says_how_one_stands_beside_a_chosen_area(visit: Visit):
    page = visit.open("/")
    page.locator("#filter-compare-more").select_option("E08000006")
    said = page.locator(".beside-chosen a")
    expect(said).to_contain_text("Beside Salford: better on")
    assert said.bounding_box()["y"] < 720
    assert sum(map(int, re.findall(r"\d+", said.inner_text()))) == 80
    worse = int(re.search(r"worse on (\d+)", said.inner_text())[1])
    said.click()
    expect(page.locator(".scorecard[data-order=difference]")).to_be_visible()
    assert "sort=difference" in visit.address
    rows = page.locator(".scorecard tbody").first.locator("tr")
    expect(rows.first).to_contain_text("Worse than Salford")
    expect(rows).to_have_count(1 + worse)


def test_on_a_phone_the_gap_to_another_area_needs_no_sideways_scroll(visit: Visit):
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("/?compare=E92000001,SN,E08000006&sort=difference")
    box = page.locator(".scorecard tr[data-indicator=cpp_subsequent_pct] .apart").bounding_box()
    region = page.locator("[aria-label='Every measure']").bounding_box()
    assert box["x"] + box["width"] <= region["x"] + region["width"]


def test_the_bar_says_proposed_and_stays_hollow_until_a_tolerance_is_agreed(visit: Visit):
    page = visit.open("/")
    expect(page.locator("nav.tally a.near")).to_contain_text("borderline")
    outside = page.locator("nav.tally .bar .outside")
    assert outside.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"


def test_the_meeting_is_what_is_discussed_with_what_is_added_and_without_what_is_left_out(
    browser: Browser, live: str
):
    """By links alone: a page without scripts has them too."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(live + "/")
        rows = page.locator(".discuss li")
        ids = [li.get_attribute("data-indicator") for li in rows.all()]
        expect(rows.get_by_text("In the meeting")).to_have_count(5)
        expect(page.get_by_text("5 in the meeting")).to_be_visible()
        watched = page.locator("section[aria-labelledby=watch] li").first
        added = watched.get_by_role("link").first.get_attribute("href").removeprefix("/indicator/")
        watched.get_by_role("link", name="Add").click()
        expect(page).to_have_url(f"{live}/?slides={','.join([*ids, added])}")
        expect(page.get_by_text("6 in the meeting")).to_be_visible()
        expect(watched.get_by_text("In the meeting")).to_be_visible()
        rows.nth(1).get_by_role("link", name="leave out").click()
        kept = [ids[0], *ids[2:], added]
        expect(page).to_have_url(f"{live}/?slides={','.join(kept)}")
        expect(rows.nth(1).get_by_text("In the meeting")).to_have_count(0)
        page.get_by_role("link", name="Start meeting").click()
        slides = page.locator(".slide[data-slide-of]").all()
        assert [s.get_attribute("data-slide-of") for s in slides] == kept


def test_a_meeting_of_one_cannot_lose_it_and_leads_back_to_what_is_proposed(visit: Visit):
    page = visit.open("/?slides=cpp_subsequent_pct")
    row = page.locator(".discuss li[data-indicator=cpp_subsequent_pct]")
    expect(row.get_by_text("In the meeting")).to_be_visible()
    expect(row.get_by_role("link", name="leave out")).to_have_count(0)
    page.get_by_role("link", name="As proposed").click()
    expect(row.get_by_role("link", name="leave out")).to_be_visible()
    assert visit.address == "/"
    row.get_by_role("link", name="leave out").click()
    expect(row.get_by_role("link", name="Add")).to_be_visible()
    assert visit.address.count(",") == 3 and "cpp_subsequent_pct" not in visit.address


def test_a_meeting_shows_what_is_to_be_discussed_where_nothing_is_chosen(visit: Visit):
    page = visit.open("/")
    wanted = [li.get_attribute("data-indicator") for li in page.locator(".discuss li").all()]
    page.get_by_role("link", name="Start meeting").click()
    expect(page.locator(".slide[data-slide-of]")).to_have_count(5)
    found = [s.get_attribute("data-slide-of") for s in page.locator(".slide[data-slide-of]").all()]
    assert found == wanted


def test_back_from_a_measure_is_where_one_was(visit: Visit):
    page = visit.open("/?sort=theme")
    link = page.locator(".scorecard tr[data-indicator=cla_rate] a")
    link.scroll_into_view_if_needed()
    top = page.evaluate("window.scrollY")
    link.click()
    expect(page.locator("h1")).to_contain_text("Looked-after")
    visit.settled()
    page.go_back()
    expect(page.locator("h1")).to_contain_text("What needs attention")
    visit.settled()
    assert abs(page.evaluate("window.scrollY") - top) <= 2


def test_the_table_is_sorted_without_a_script(browser: Browser, live: str):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(live + "/")
        page.get_by_role("link", name="by change, worst first").click()
        expect(page).to_have_url(live + "/?sort=change#scores")
        expect(page.locator(".scorecard tr[data-indicator]")).to_have_count(80)
        page.goto(live + "/?compare=E08000006")
        page.get_by_role("link", name="Beside Salford").click()
        expect(page.locator(".scorecard tbody").first).to_contain_text("Worse than Salford")


def test_the_filters_are_one_line_that_stays_in_sight(visit: Visit):
    page = visit.open("/looked-after-children")
    page.evaluate("window.scrollTo(0, 3000)")
    box = page.locator("#filtering").bounding_box()
    assert box["y"] == 0 and box["height"] <= 56
    expect(page.locator("#filter-compare input").first).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(page.locator("#filter-area")).to_be_hidden()
    page.evaluate("window.scrollTo(0, 2000)")
    before = page.evaluate("document.getElementById('main').offsetTop")
    page.locator("#filtering summary").click()
    expect(page.locator("#filter-area")).to_be_visible()
    assert page.evaluate("document.getElementById('main').offsetTop") == before


def test_on_paper_a_row_is_a_row_and_nothing_asks_to_be_clicked(visit: Visit):
    page = visit.open("/?slides=cpp_subsequent_pct")
    page.set_viewport_size(
        {"width": 718, "height": 1000}
    )  # what is left of A4 when it asks for the narrow layout
    page.emulate_media(media="print")
    for part in (".add", ".sorting", ".brief .in", ".themes tr > :last-child", ".copy"):
        expect(page.locator(part).filter(visible=True)).to_have_count(0)
    tops = page.locator(".discuss li").first.evaluate(
        "e => [...e.children].filter(c => c.offsetParent).map(c => c.getBoundingClientRect())"
        ".map(r => (r.top + r.bottom) / 2)"
    )
    assert len(tops) == 5 and max(tops) - min(tops) < 5
    page = visit.open("/data")
    expect(page.get_by_text("To take figures away")).to_be_hidden()
