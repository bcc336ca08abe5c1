"""The dashboard with scripts switched off: nothing is missing but what needs a hand on a live chart."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_journeys import PAGES


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=False, viewport={"width": 1920, "height": 1080}) as context:
        yield context.new_page()


@pytest.mark.parametrize("path", [*PAGES, "/indicator/cla_count", "/front-door?show=rank", "/nowhere"])
def test_every_page_is_there(page: Page, live: str, path: str):
    page.goto(live + path)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("footer .worried")).to_contain_text("Worried about a child?")
    expect(page.get_by_role("navigation", name="Pages").get_by_role("link")).to_have_count(10)
    for fold in page.locator(".fold > summary").all():
        fold.click()
    for chart in page.locator(".chart").all():
        expect(chart.locator("svg[data-chart]")).to_be_visible()
        assert chart.locator("svg[data-chart] [data-series]").count() > 0
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    if "/nowhere" not in path:
        expect(page).to_have_title(re.compile(".+, Stockport – Safeguarding children"))


def test_links_menus_and_tables_work(page: Page, live: str):
    page.goto(live + "/front-door?to=2018-19")
    card = page.locator("#card-referrals_rate")
    card.locator(".flag summary").nth(1).click()
    expect(card.locator(".rule").nth(1)).to_contain_text("Statistical neighbours")
    card.locator(".numbers > summary").click()
    expect(card.locator("tbody tr").first.locator("th")).to_have_text("2018-19")
    expect(card.locator("tbody tr").first.locator("td").first).to_have_text("568.1")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Child protection").click()
    expect(page).to_have_url(live + "/child-protection?to=2018-19")
    expect(page.locator("[data-indicator=cpp_count]")).to_have_attribute("data-value", "246")
    page.go_back()
    expect(card).to_have_attribute("data-value", "568.1")


def test_filters_are_a_form_with_a_button(page: Page, live: str):
    page.goto(live + "/front-door")
    page.locator("#filter-to").select_option("2018-19")
    page.locator("#filter-show").select_option("rank")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(live + "/front-door?to=2018-19&show=rank")
    expect(page.locator("#ranked-referrals_rate-0 svg[data-chart]")).to_be_visible()
    page.locator("#filter-show").select_option("trend")
    page.locator("#filter-compare input[value=E92000001]").uncheck()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(live + "/front-door?to=2018-19&compare=E12000002,SN")
    expect(page.locator("#card-referrals_rate [data-series]")).to_have_count(3)
    expect(page.locator("#filter-compare input[value=E92000001]")).not_to_be_checked()
    for code in ("E12000002", "SN"):
        page.locator(f"#filter-compare input[value={code}]").uncheck()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(live + "/front-door?to=2018-19&compare=none")
    expect(page.locator("#card-referrals_rate [data-series]")).to_have_count(1)
    page.locator("#filter-compare-more").select_option("E08000001")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(live + "/front-door?to=2018-19&compare=E08000001")
    expect(page.locator("#filter-compare input[value=E08000001]")).to_be_checked()


def test_another_area_brings_its_own_region_and_neighbours(page: Page, live: str):
    page.goto(live + "/front-door")
    page.locator("#filter-area").select_option("E10000016")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(live + "/front-door?area=E10000016")
    expect(page.locator("#filter-compare input[value=E12000008]")).to_be_checked()
    page.get_by_label("Flagged only").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(live + "/front-door?area=E10000016&only=flagged")


def test_a_view_is_put_together_and_filtered(page: Page, live: str):
    page.goto(live + "/view?to=2018-19")
    for indicator in ("cla_rate", "rereferrals_pct"):
        page.locator("#add").select_option(indicator)
        page.get_by_role("button", name="Add it").click()
    expect(page).to_have_url(live + "/view?to=2018-19&indicator=cla_rate,rereferrals_pct")
    page.locator("#filter-area").select_option("E08000003")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(live + "/view?area=E08000003&to=2018-19&indicator=cla_rate,rereferrals_pct")
    page.get_by_role("link", name="Up: Re-referrals within 12 months").click()
    expect(page.locator(".card").first).to_have_attribute("data-indicator", "rereferrals_pct")


@pytest.mark.parametrize(
    "path, fold, said",
    [
        ("/indicator/rereferrals_pct", "notes", "To write a note scripts have to be on"),
        ("/child-protection", "pack", "To make a pack here scripts have to be on"),
    ],
)
def test_what_scripts_are_needed_for_says_so(page: Page, live: str, path: str, fold: str, said: str):
    page.goto(live + path)
    page.locator(f"#{fold} > summary").click()
    told = page.locator(f"#{fold} noscript p")
    expect(told).to_be_visible()
    assert told.inner_text().startswith(said)


def test_an_indicator_is_found(page: Page, live: str):
    page.goto(live + "/child-protection?to=2018-19")
    page.locator("#search").fill("uasc")
    page.keyboard.press("Enter")
    expect(page).to_have_url(live + "/search?to=2018-19&q=uasc")
    page.locator(".hits a").first.click()
    expect(page.locator("h1")).to_contain_text("Unaccompanied asylum-seeking children looked after")


def test_a_meeting_shows_its_slides_one_after_another(page: Page, live: str):
    page.goto(live + "/meeting?slides=cla_rate,rereferrals_pct:rank")
    slides = page.locator(".slide")
    expect(slides).to_have_count(4)
    tops = [slide.bounding_box()["y"] for slide in slides.all()]
    assert tops == sorted(tops) and len(set(tops)) == 4 and tops[0] >= 0
    for slide in slides.all():
        expect(slide.locator("h1, h2").first).to_be_visible()
    expect(slides.nth(2).locator("svg:visible")).to_have_count(1)  # the other is a phone's


def test_on_a_phone_the_filters_are_folded_and_open(browser: Browser, live: str):
    with browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}) as context:
        phone = context.new_page()
        phone.goto(live + "/front-door")
        expect(phone.locator("#filter-area")).to_be_hidden()
        phone.locator("#filtering summary").click()
        expect(phone.locator("#filter-area")).to_be_visible()
        phone.locator("#filter-area").select_option("E08000003")
        phone.get_by_role("button", name="Apply").click()
        expect(phone.locator("#card-referrals_rate .finding")).to_contain_text("Manchester")
