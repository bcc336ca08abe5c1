"""An indicator's page: finding, chart and what follows on one screen; the rest folded, reached by links."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit


@pytest.mark.parametrize("name", ["cpp_subsequent_pct", "cla_rate", "icpc_15_days_pct"])
def test_the_first_screen_answers(visit: Visit, name: str):
    page = visit.open(f"/indicator/{name}")
    for part in (
        ".value strong",
        ".finding",
        f"#chart-trend-{name}",
        "#aside .question",
        ".so-what",
        "#anchors",
    ):
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= 1080, part
    assert page.evaluate("document.documentElement.scrollHeight") <= 2200
    expect(page.locator(".so-what")).to_contain_text("of 24 authorities of the North West")
    expect(page.locator("#pictures-trend .source")).to_contain_text("Source: Department for Education")


def test_a_link_opens_what_it_leads_to(visit: Visit):
    page = visit.open("/indicator/cpp_subsequent_pct")
    for name, shown in (
        ("Rank", "#ranked-cpp_subsequent_pct-0"),
        ("Control chart", "#control-own-title"),
        ("The numbers", "#foot-cpp_subsequent_pct table"),
        ("Notes and actions", ".write"),
    ):
        expect(page.locator(shown).first).to_be_hidden()
        link = page.locator("#anchors").get_by_role("link", name=name)
        link.click()
        expect(page.locator(shown).first).to_be_visible()
        expect(link).to_have_attribute("aria-current", "true")
        expect(page.locator(".fold[open]")).to_have_count(1)
    page = visit.open("/indicator/cpp_subsequent_pct#notes")
    expect(page.locator(".write textarea")).to_be_visible()


def test_each_part_is_named_once_until_it_is_opened(visit: Visit):
    page = visit.open("/indicator/cpp_subsequent_pct")
    expect(page.locator("#anchors a")).to_have_count(8)
    expect(page.locator(".fold > summary").filter(visible=True)).to_have_count(0)
    link = page.locator("#anchors").get_by_role("link", name="Funnel")
    link.click()
    page.locator("#funnel > summary").click()
    expect(page.locator("#funnel-text")).to_be_hidden()
    link.click()  # the address is the same as before
    expect(page.locator("#funnel-text")).to_be_visible()


def test_a_chosen_area_is_an_answer(visit: Visit):
    page = visit.open("/indicator/cpp_subsequent_pct")
    page.locator("#filter-compare-more").select_option("E08000006")
    expect(page.locator(".so-what")).to_contain_text("17.6%; Stockport is 10.4 points higher")


def test_what_was_saved_or_refused_keeps_the_place_and_the_focus(visit: Visit):
    page = visit.open("/indicator/cpp_subsequent_pct#notes")
    page.locator(".write textarea").fill("Looked at in the audit")
    page.get_by_label("Your name or role").first.fill("SYNTHETIC born 3 May 2012")
    save = page.locator(".write").get_by_role("button", name="Save", exact=True)
    save.press("Enter")
    expect(page.locator(".write .refused")).to_contain_text("tells of a birth")
    expect(save).to_be_focused()
    visit.complaints = [c for c in visit.complaints if "422" not in c]
    page.get_by_label("Your name or role").first.fill("SYNTHETIC")
    save.press("Enter")
    expect(page.locator("#notes .noted")).to_contain_text("Looked at in the audit")
    expect(page.locator("#notes > summary")).to_be_focused()
    expect(page.locator(".write textarea")).to_be_visible()
    expect(page.locator("#announcement")).to_contain_text("Saved.")


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_the_verdicts_stand_one_below_the_other(visit: Visit, width: int):
    visit.page.set_viewport_size({"width": width, "height": 844})
    page = visit.open("/indicator/rereferrals_pct")
    assert (
        len(page.locator(".flags").first.evaluate("e => getComputedStyle(e).gridTemplateColumns").split())
        == 1
    )


def test_on_the_narrowest_phone_the_words_of_a_chart_stand_clear_and_whole(visit: Visit):
    visit.page.set_viewport_size({"width": 320, "height": 700})
    page = visit.open("/indicator/icpc_15_days_pct")
    words = page.evaluate(
        """[...document.querySelectorAll('#pictures-trend svg text')].filter(e => e.getClientRects().length)
        .map(e => [e.textContent, e.getBoundingClientRect().toJSON()])"""
    )
    edge = page.locator("#pictures-trend .chart").bounding_box()
    for text, box in words:
        assert box["left"] >= edge["x"] - 20 and box["right"] <= edge["x"] + edge["width"] + 20, text
    years = sorted(box["left"] for text, box in words if text[:4].isdigit())
    ends = {box["left"]: box["right"] for text, box in words if text[:4].isdigit()}
    assert len(years) == 3 and ends[years[0]] < years[1]
    assert page.evaluate("document.documentElement.scrollWidth") == 320
