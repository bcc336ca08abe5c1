"""What a person does, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

PAGES = ["/", "/front-door", "/children-in-need", "/child-protection", "/complex-safeguarding", "/looked-after-children", "/context",
         "/data", "/methods", "/indicator/rereferrals_pct"]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_without_a_complaint(visit: Visit, address: str):
    page = visit.open(address)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("footer")).to_contain_text("next edition due late 2026")
    expect(page.locator(".worried")).to_contain_text("Worried about a child?")
    expect(page).to_have_title(re.compile("Stockport – Safeguarding children"))


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [1920, 1280, 390, 320])
def test_no_page_scrolls_sideways(visit: Visit, address: str, width: int):
    visit.page.set_viewport_size({"width": width, "height": 800})
    page = visit.open(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_reports_year_shows_the_figures_of_2018_19(visit: Visit):
    visit.open("/front-door?to=2018-19")
    card = visit.card("rereferrals_pct")
    expect(card).to_have_attribute("data-value", "24.3")
    expect(card).to_have_attribute("data-period-end", "2019-03-31")
    expect(card.locator(".value strong")).to_have_text("24.3%")
    row = card.locator("tbody tr").first
    expect(row.locator("th")).to_have_text("2018-19")
    assert [t.strip() for t in row.locator("td").all_text_contents()][:3] == ["24.3%", "22.6%", "22.6%"]


def test_looked_after_children_at_31_march_2025(visit: Visit):
    visit.open("/looked-after-children")
    expect(visit.card("cla_count")).to_have_attribute("data-value", "485")
    expect(visit.card("cla_count").locator(".period")).to_have_text("31 March 2025")
    expect(visit.card("cla_rate")).to_have_attribute("data-value", "75")


def test_hidden_plans_of_two_years_are_hidden_in_words(visit: Visit):
    visit.open("/child-protection")
    card = visit.card("cpp_open_2y_plus_pct")
    expect(card).to_have_attribute("data-value", "")
    expect(card).to_have_attribute("data-tolerance", "no-value")
    expect(card).to_have_attribute("data-comparison-england", "not-compared")
    expect(card.locator(".value strong")).to_have_text("Hidden")
    expect(card.locator(".finding")).to_contain_text("hidden by the source to protect identity")


def test_a_filter_changes_the_address_and_the_charts_in_place(visit: Visit):
    page = visit.open("/front-door")
    page.evaluate("document.querySelector('#graph-trend-rereferrals_pct').dataset.kept = 'yes'; window.scrollTo(0, 60)")
    select = page.locator("#filter-area")
    select.focus()
    select.select_option("E08000003")
    expect(visit.card("rereferrals_pct").locator(".finding")).to_contain_text("Manchester")
    assert visit.address == "/front-door?area=E08000003"
    expect(page.locator("#filter-area")).to_be_focused()
    assert page.evaluate("window.scrollY") == 60
    assert page.locator("#graph-trend-rereferrals_pct").get_attribute("data-kept") == "yes", "the chart was made anew"
    expect(page.locator("#announcement")).to_contain_text("Manchester")
    expect(page).to_have_title("Front door, Manchester – Safeguarding children")


def test_back_and_forward_walk_through_the_views(visit: Visit):
    page = visit.open("/front-door")
    page.locator("#filter-to").select_option("2018-19")
    expect(visit.card("rereferrals_pct")).to_have_attribute("data-value", "24.3")
    page.get_by_role("link", name="Child protection").click()
    expect(page.locator("h1")).to_contain_text("Child protection")
    assert visit.address == "/child-protection?to=2018-19", "the choice follows the reader"
    expect(visit.card("cpp_count")).to_have_attribute("data-value", "246")
    page.go_back()
    expect(visit.card("rereferrals_pct")).to_have_attribute("data-value", "24.3")
    page.go_back()
    expect(visit.card("rereferrals_pct")).to_have_attribute("data-value", "21.5")
    expect(page.locator("#filter-to")).to_have_value("-")
    assert visit.address == "/front-door"
    page.go_forward()
    expect(visit.card("rereferrals_pct")).to_have_attribute("data-value", "24.3")
    expect(page.locator("#filter-to")).to_have_value("2018-19")


def test_a_shared_link_reopens_exactly_that_view(visit: Visit, live: str):
    page = visit.open("/front-door")
    page.get_by_label("Greater Manchester").check()
    page.get_by_label("Rank").check()
    page.locator("#filter-since").select_option("2016-17")
    expect(page.locator("#ranked-rereferrals_pct-0")).to_be_visible()
    page.wait_for_url(lambda url: "compare=" in url and "from=" in url and "show=" in url)
    visit.settled()
    before = page.locator("#sections").inner_text()
    address = visit.address
    assert "show=rank" in address and "from=2016-17" in address and "GM" in address
    visit.open(address)
    assert page.locator("#sections").inner_text() == before
    expect(page.get_by_label("Greater Manchester")).to_be_checked()
    expect(page.get_by_label("Rank")).to_be_checked()


def test_the_link_to_a_view_is_copied(visit: Visit):
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=visit.live)
    page = visit.open("/front-door?to=2018-19")
    page.locator("#filter-area").select_option("E08000003")
    expect(visit.card("rereferrals_pct").locator(".finding")).to_contain_text("Manchester")
    page.get_by_role("button", name="Copy link to this view").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{visit.live}/front-door?area=E08000003&to=2018-19"


def test_the_report_is_narrowed_in_place(visit: Visit):
    page = visit.open("/data")
    every = page.locator("[data-check]").count()
    page.get_by_role("link", name="Conflict (27)").click()
    expect(page.locator("[data-check]")).to_have_count(27)
    assert visit.address == "/data?result=conflict" and every == 104
    page.get_by_role("link", name="Child protection", exact=True).first.click()
    expect(page.locator("h1")).to_contain_text("Child protection")
    assert visit.address == "/child-protection", "the narrowing of the checks is carried nowhere else"
    page.go_back()
    expect(page.locator("[data-check]")).to_have_count(27)


def test_quick_changes_end_on_the_last_one(visit: Visit):
    page = visit.open("/front-door")
    for code in ("E08000003", "E08000001", "E08000007", "E08000010"):
        page.locator("#filter-area").select_option(code)
    expect(visit.card("rereferrals_pct").locator(".finding")).to_contain_text("Wigan")
    visit.settled()
    assert visit.address == "/front-door?area=E08000010"
    findings = page.locator(".finding").all_text_contents()
    assert all("Wigan" in f for f in findings)


def test_flagged_only_keeps_the_flagged_cards(visit: Visit):
    page = visit.open("/front-door")
    flagged = [c.get_attribute("data-indicator") for c in page.locator(".card").all()
               if c.get_attribute("data-tolerance") == "outside" or c.get_attribute("data-comparison-england") == "worse"
               or c.get_attribute("data-movement") == "worsening"]  # fmt: skip
    assert flagged
    page.get_by_label("Flagged").check()
    expect(page.locator(".card")).to_have_count(len(flagged))
    assert visit.address == "/front-door?only=flagged"
    assert [c.get_attribute("data-indicator") for c in page.locator(".card").all()] == flagged


def test_the_keyboard_reaches_links_filters_flags_and_tables(visit: Visit):
    page = visit.open("/front-door")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("(e => e.id || e.tagName + '.' + (e.parentElement?.className || ''))(document.activeElement)"))
    assert {"filter-area", "filter-to", "filter-more"} <= seen
    assert "SUMMARY.flag" in seen and "SUMMARY.numbers" in seen
    page.locator("#card-rereferrals_pct .flag summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card-rereferrals_pct .rule").first).to_contain_text("statistical neighbours")


@pytest.mark.parametrize(
    "address, words",
    [
        ("/front-door?area=NOWHERE", "There is no area with the code"),
        ("/front-door?to=last+year", "is not a period"),
        ("/front-door?from=2020-21&to=2015-16", "have been swapped"),
        ("/front-door?area=E08000003&area=E08000001", "Bolton"),
        ("/front-door?show=pie", "There is no view"),
        ("/front-door?compare=XX,E92000001", "Nothing to compare with is known"),
        ("/front-door?only=everything", "is not known"),
        ("/front-door?area=%3Cscript%3Ealert(1)%3C/script%3E", "There is no area with the code"),
        ("/front-door?from=2024-25&to=2024-25", "Front door"),
        ("/indicator/rereferrals_pct?indicator_id=a&indicator_id=b", "Re-referrals within 12 months"),
    ],
)
def test_a_bad_value_gets_a_plain_message_and_never_a_blank_page(visit: Visit, address: str, words: str):
    page = visit.open(address)
    expect(page.locator("#main")).to_contain_text(words)


@pytest.mark.parametrize("address", ["/nowhere", "/indicator/nothing", "/front-door/below", "/assets/nothing.js"])
def test_an_unknown_path_answers_404(visit: Visit, address: str):
    answer = visit.page.request.get(visit.live + address)
    assert answer.status == 404
    if "assets" not in address:
        visit.page.goto(visit.live + address)
        expect(visit.page.locator("#main")).to_contain_text("There is no page at this address")
    visit.complaints = [c for c in visit.complaints if "404" not in c]


def test_a_count_is_drawn_alone_and_a_rate_beside_its_benchmarks(visit: Visit):
    visit.open("/front-door")
    expect(visit.card("referrals_count").locator(".scatterlayer .trace")).to_have_count(1)
    expect(visit.card("referrals_rate").locator(".scatterlayer .trace")).to_have_count(4)


def test_charts_stand_on_white_without_mode_bar_or_legend(visit: Visit):
    page = visit.open("/front-door")
    grounds = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot .main-svg:first-of-type')].map(e => getComputedStyle(e).backgroundColor)"
    )
    assert set(grounds) == {"rgb(255, 255, 255)"}
    expect(page.locator(".modebar-btn")).to_have_count(0)
    expect(page.locator(".legend")).to_have_count(0)
    shared = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot')].some(e => e._context.showSendToCloud || e._context.displaylogo)"
    )
    assert shared is False


def test_every_chart_has_a_name_a_sentence_and_a_table(visit: Visit):
    page = visit.open("/child-protection")
    broken = page.evaluate(
        """[...document.querySelectorAll('.chart')].filter(c => {
            const named = ['aria-labelledby', 'aria-describedby'].every(a => document.getElementById(c.getAttribute(a))?.textContent.trim());
            return !(c.getAttribute('role') === 'img' && named && c.closest('.card').querySelector('table caption') && c.closest('.card').querySelector('.source'));
        }).map(c => c.id)"""
    )
    assert broken == []
