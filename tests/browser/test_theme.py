"""A theme's page: it concludes, is short, its cards align, and what opens on a card moves nothing."""

import pytest
from playwright.sync_api import Browser, Page, expect

from safeguarding.themes import THEMES
from tests.browser.conftest import Visit
from tests.browser.test_accessibility import AXE, RUN
from tests.browser.test_handover import WATCH

PATHS = [theme.path for theme in THEMES.values()]
ROWS = """() => {
    const rows = new Map();
    for (const card of document.querySelectorAll('#cards > .card')) {
        const box = card.getBoundingClientRect();
        const parts = ['.value', '.flags', '.chart', '.tools'].map((part) => {
            const found = card.querySelector(part);
            return found && Math.round(found.getBoundingClientRect().top - box.top);
        });
        const top = Math.round(box.top);
        rows.set(top, [...(rows.get(top) || []), [Math.round(box.height), ...parts]]);
    }
    return [...rows.values()];
}"""


@pytest.mark.parametrize("path", PATHS)
def test_a_theme_is_at_most_3500_pixels(visit: Visit, path: str):
    page = visit.open(path)
    assert page.evaluate("document.documentElement.scrollHeight") <= 3500
    chips = page.evaluate("[...document.querySelectorAll('.cards .flags')].map(e => e.offsetHeight)")
    assert max(chips) <= 40, "the three chips stand on one line"
    assert len(page.locator("#heading .sum").inner_text().split()) <= 25


@pytest.mark.parametrize("width, across", [(1920, 3), (1280, 2), (390, 1)])
@pytest.mark.parametrize("path", ["/front-door", "/child-protection"])
def test_cards_of_a_row_are_equal_in_height_and_aligned(visit: Visit, path: str, width: int, across: int):
    visit.page.set_viewport_size({"width": width, "height": 800})
    rows = visit.open(path).evaluate(ROWS)
    assert rows and max(map(len, rows)) == across
    for row in rows:
        assert all(card == row[0] for card in row), row


def test_the_tiles_are_the_contents_flagged_first(visit: Visit):
    page = visit.open("/child-protection")
    tiles = page.locator(".strip a")
    flagged = [t.get_attribute("class") == "flagged" for t in tiles.all()]
    assert flagged == sorted(flagged, reverse=True) and any(flagged)
    places = [t.get_attribute("href") for t in tiles.all()]
    assert len(places) == len(set(places))
    assert page.evaluate("places => places.every(p => document.querySelector(p))", places)
    tiles.filter(has_text="Section 47 rate").click()
    expect(page.locator("#row-s47_rate")).to_be_visible()


@pytest.mark.parametrize("part", [".flag", ".numbers", ".save"])
def test_what_opens_on_a_card_moves_nothing_and_closes(visit: Visit, part: str):
    page = visit.open("/child-protection")
    where = "[...document.querySelectorAll('#page *')].filter(e => !e.closest('[name=over]'))"
    places = f"{where}.map(e => e.getBoundingClientRect()).map(r => [r.x, r.y, r.width, r.height].join())"
    summary = page.locator(f"#card-cpp_subsequent_pct {part} > summary").first
    summary.scroll_into_view_if_needed()
    page.evaluate(WATCH)
    page.evaluate("window.moved = []")
    before = page.evaluate(places)
    summary.click()
    expect(page.locator("details[name=over][open]")).to_have_count(1)
    assert page.evaluate(places) == before and page.evaluate("window.moved") == []
    page.keyboard.press("Escape")
    expect(page.locator("details[name=over][open]")).to_have_count(0)
    expect(summary).to_be_focused()
    summary.click()
    page.locator("#card-icpc_15_days_pct .flag > summary").first.press("Enter")
    expect(page.locator("details[name=over][open]")).to_have_count(1)
    page.locator("h1").click()
    expect(page.locator("details[name=over][open]")).to_have_count(0)


@pytest.mark.parametrize("width", [1920, 390])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_with_chips_and_folds_open(visit: Visit, path: str, width: int):
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.open(path)
    page.evaluate(
        "document.querySelectorAll('.fold, .card:nth-child(2) .flag:nth-child(2)')"
        ".forEach(d => d.open = true)"
    )
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN)
    assert [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def charts(page: Page) -> list[str]:
    return [c.get_attribute("data-chart") for c in page.locator("#cards svg[data-chart]").all()]


@pytest.mark.parametrize("show", ["rank", "control", "table"])
def test_other_views_show_all_that_there_is(visit: Visit, show: str):
    page = visit.open(f"/child-protection?show={show}")
    expect(page.locator("#rest")).to_have_count(0)
    assert page.locator("#cards > .card").count() == page.locator(".strip li").count()
    if show == "table":
        expect(page.locator("#card-cpp_subsequent_pct .in-place tbody tr").first).to_be_visible()
    else:
        assert charts(page) and all(c.partition(":")[2].startswith(show) for c in charts(page))


def test_what_folds_draws_no_chart_and_opens_without_a_script(browser: Browser, live: str):
    with browser.new_context(java_script_enabled=False, viewport={"width": 1920, "height": 1080}) as context:
        page = context.new_page()
        page.goto(live + "/child-protection")
        row = page.locator("#row-cpp_reviews_on_time_pct")
        expect(row).to_be_hidden()
        page.locator("#rest > summary").click()
        expect(row).to_contain_text("96.0%")
        assert page.locator("#rest svg").count() == 0
        chip = page.locator("#card-cpp_subsequent_pct .flag").first
        chip.locator("summary").click()
        expect(chip.locator(".rule")).to_contain_text("28.0% was judged")


def test_a_count_stands_on_the_card_of_its_rate(visit: Visit):
    visit.open("/front-door")
    rate = visit.card("referrals_rate")
    expect(rate.locator(".value")).to_contain_text("3,676 referrals")
    expect(rate.locator("[data-indicator=referrals_count]")).to_have_attribute("data-value", "3676")


def test_comparing_is_an_answer_on_the_card(visit: Visit):
    page = visit.open("/child-protection?compare=E92000001,E12000002,SN,E08000006")
    said = page.locator("#card-cpp_subsequent_pct .beside")
    expect(said).to_contain_text("England 24.5% (similar)")
    expect(said).to_contain_text("Salford 17.6% (Stockport 10.4 points higher")
    page = visit.open("/front-door")
    untested = page.locator("#card-assessments_45_days_pct .beside")
    expect(untested).to_contain_text("England 85.7% (count not published)")


def test_what_the_report_said_is_one_line_that_leads_to_data(visit: Visit):
    page = visit.open("/front-door")
    expect(page.locator("[data-statement]")).to_have_count(0)
    expect(page.locator("#main")).not_to_contain_text("quarter 4 of 2018-19")
    page.locator(".earlier a").click()
    expect(page.locator("h1")).to_contain_text("Data")
    visit.settled()
    expect(page.locator("#stated-front-door [data-statement]").first).to_be_visible()
    expect(page.locator("#stated-child-protection")).not_to_have_attribute("open", "")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_card_names_its_sources_whole(visit: Visit, width: int):
    visit.page.set_viewport_size({"width": width, "height": 800})
    page = visit.open("/child-protection")
    cut = page.evaluate(
        """[...document.querySelectorAll('.foot > .source')]
        .filter(e => e.scrollWidth > e.clientWidth || getComputedStyle(e).overflow !== 'visible').length"""
    )
    assert page.locator(".foot > .source").count() and cut == 0


def test_a_breakdown_names_the_colour_of_every_bar(visit: Visit):
    page = visit.open("/front-door")
    said = page.locator("[data-breakdown] .unit").first.text_content()
    assert "beneath it England in orange and 2023-24 in grey." in said
