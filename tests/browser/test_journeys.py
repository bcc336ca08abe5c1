"""What a person does, in a real browser."""

import re
from io import BytesIO
from urllib.parse import urljoin

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import OWN_TYPEFACE, Visit

PAGES = [
    "/",
    "/accessibility",
    "/front-door",
    "/children-in-need",
    "/child-protection",
    "/complex-safeguarding",
    "/looked-after-children",
    "/context",
    "/data",
    "/methods",
    "/indicator/rereferrals_pct",
    "/view",
    "/search?q=plan",
    "/api",
]


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
    card = visit.card("referrals_rate")
    expect(card).to_have_attribute("data-value", "568.1")
    expect(card).to_have_attribute("data-period-end", "2019-03-31")
    expect(card.locator(".value strong")).to_have_text("568.1")
    row = card.locator("tbody tr").first
    expect(row.locator("th")).to_have_text("2018-19")
    assert [t.strip() for t in row.locator("td").all_text_contents()][:3] == ["568.1", "553.7", "586.0"]


def test_looked_after_children_at_31_march_2025(visit: Visit):
    visit.open("/looked-after-children")
    expect(visit.card("cla_count")).to_have_attribute("data-value", "485")
    expect(visit.card("cla_rate").locator(".period")).to_have_text("31 March 2025")
    expect(visit.card("cla_rate")).to_have_attribute("data-value", "75")


def test_hidden_plans_of_two_years_are_hidden_in_words(visit: Visit):
    visit.open("/child-protection")
    card = visit.card("cpp_open_2y_plus_pct")
    expect(card).to_have_attribute("data-value", "")
    expect(card).to_have_attribute("data-tolerance", "no-value")
    expect(card).to_have_attribute("data-comparison-england", "not-compared")
    expect(card.locator(".value strong")).to_have_text("Hidden")
    visit.open("/indicator/cpp_open_2y_plus_pct")
    expect(card.locator(".value strong")).to_have_text("Hidden")
    expect(card.locator(".finding")).to_contain_text("hidden by the source to protect identity")


def test_a_filter_changes_the_address_and_the_charts_in_place(visit: Visit):
    page = visit.open("/front-door")
    page.evaluate(
        "for (const id of ['card-referrals_rate', 'filter-area']) "
        "document.getElementById(id).dataset.kept = 'yes'; window.scrollTo(0, 60)"
    )
    select = page.locator("#filter-area")
    select.focus()
    select.select_option("E08000003")
    expect(visit.card("referrals_rate").locator(".finding")).to_contain_text("Manchester")
    assert visit.address == "/front-door?area=E08000003"
    expect(page.locator("#filter-area")).to_be_focused()
    assert page.evaluate("window.scrollY") == 60
    assert page.locator("#filter-area").get_attribute("data-kept") == "yes"
    expect(page.locator("#announcement")).to_contain_text("Manchester")
    expect(page).to_have_title("Front door, Manchester – Safeguarding children")
    # another area may have other cards; with the same ones each stays, and only what is in it changes
    page.evaluate("document.getElementById('card-referrals_rate').dataset.kept = 'yes'")
    page.locator("#filter-compare input[value=E92000001]").uncheck()
    expect(visit.card("referrals_rate").locator("[data-series]")).to_have_count(3)
    expect(visit.card("referrals_rate")).to_have_attribute("data-kept", "yes")


def test_back_and_forward_walk_through_the_views(visit: Visit):
    page = visit.open("/front-door")
    page.locator("#filter-to").select_option("2018-19")
    expect(visit.card("referrals_rate")).to_have_attribute("data-value", "568.1")
    page.get_by_role("link", name="Child protection").click()
    expect(page.locator("h1")).to_contain_text("Child protection")
    assert visit.address == "/child-protection?to=2018-19", "the choice follows the reader"
    expect(visit.card("cpp_count")).to_have_attribute("data-value", "246")
    page.go_back()
    expect(visit.card("referrals_rate")).to_have_attribute("data-value", "568.1")
    page.go_back()
    expect(visit.card("referrals_rate")).to_have_attribute("data-value", "566.3")
    expect(page.locator("#filter-to")).to_have_value("-")
    assert visit.address == "/front-door"
    page.go_forward()
    expect(visit.card("referrals_rate")).to_have_attribute("data-value", "568.1")
    expect(page.locator("#filter-to")).to_have_value("2018-19")


def test_a_shared_link_reopens_exactly_that_view(visit: Visit, live: str):
    page = visit.open("/front-door")
    page.get_by_label("Greater Manchester").check()
    page.locator("#filter-show").select_option("rank")
    page.locator("#filter-from").select_option("2016-17")
    expect(page.locator("#ranked-referrals_rate-0")).to_be_visible()
    page.wait_for_url(lambda url: "compare=" in url and "from=" in url and "show=" in url)
    visit.settled()
    before = page.locator("#sections").inner_text()
    address = visit.address
    assert "show=rank" in address and "from=2016-17" in address and "GM" in address
    visit.open(address)
    assert page.locator("#sections").inner_text() == before
    expect(page.get_by_label("Greater Manchester")).to_be_checked()
    expect(page.locator("#filter-show")).to_have_value("rank")


def test_the_link_to_a_view_is_copied(visit: Visit):
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=visit.live)
    page = visit.open("/front-door?to=2018-19")
    page.locator("#filter-area").select_option("E08000003")
    expect(visit.card("referrals_rate").locator(".finding")).to_contain_text("Manchester")
    page.get_by_role("button", name="Copy link to this view").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == f"{visit.live}/front-door?area=E08000003&to=2018-19"
    )


def test_the_report_is_narrowed_in_place(visit: Visit):
    page = visit.open("/data")
    every = page.locator("[data-check]").count()
    narrower = page.get_by_role("link", name=re.compile(r"^Conflicts \(\d+\)$"))
    conflicts = int(re.sub(r"\D", "", narrower.inner_text()))
    narrower.click()
    expect(page.locator("[data-check]")).to_have_count(conflicts)
    assert visit.address == "/data?result=conflict" and every > conflicts > 0
    page.get_by_role("link", name="Child protection", exact=True).first.click()
    expect(page.locator("h1")).to_contain_text("Child protection")
    assert visit.address == "/child-protection", "the narrowing of the checks is carried nowhere else"
    page.go_back()
    expect(page.locator("[data-check]")).to_have_count(conflicts)


def test_quick_changes_end_on_the_last_one(visit: Visit):
    page = visit.open("/front-door")
    for code in ("E08000003", "E08000001", "E08000007", "E08000010"):
        page.locator("#filter-area").select_option(code)
    expect(visit.card("referrals_rate").locator(".finding")).to_contain_text("Wigan")
    visit.settled()
    assert visit.address == "/front-door?area=E08000010"
    findings = page.locator(".finding").all_text_contents()
    assert all("Wigan" in f for f in findings)


def test_flagged_only_keeps_the_flagged_cards(visit: Visit):
    page = visit.open("/child-protection")
    told = page.request.get(urljoin(page.url, "/api/scorecard.json")).json()["indicators"]
    known = {i["id"] for i in told if i["flags"]}
    shown = [c.get_attribute("data-indicator") for c in page.locator(".card").all()]
    flagged = [name for name in shown if name in known]
    assert 0 < len(flagged) < len(shown)
    page.get_by_label("Flagged only").check()
    expect(page.locator(".card")).to_have_count(len(flagged))
    assert visit.address == "/child-protection?only=flagged"
    assert [c.get_attribute("data-indicator") for c in page.locator(".card").all()] == flagged


def test_the_keyboard_reaches_links_filters_flags_and_tables(visit: Visit):
    page = visit.open("/front-door")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "(e => e.id || e.tagName + '.' + (e.parentElement?.className || ''))(document.activeElement)"
            )
        )
    assert {"filter-area", "filter-to", "filter-compare-more"} <= seen
    assert "SUMMARY.flag" in seen and "SUMMARY.numbers" in seen
    page.locator("#card-referrals_rate .flag summary").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card-referrals_rate .rule").nth(1)).to_contain_text("Statistical neighbours")


@pytest.mark.parametrize(
    "address, words",
    [
        ("/front-door?area=NOWHERE", "There is no area with the code"),
        ("/front-door?to=last+year", "is not a period"),
        ("/front-door?from=2020-21&to=2015-16", "have been swapped"),
        ("/front-door?area=E08000003&area=E08000001", "Bolton"),
        ("/front-door?show=pie", "There is no view"),
        ("/front-door?compare=XX,E92000001", "Nothing to compare with is known"),
        ("/front-door?only=everything", "was not understood"),
        ("/front-door?area=%3Cscript%3Ealert(1)%3C/script%3E", "There is no area with the code"),
        ("/front-door?from=2024-25&to=2024-25", "Front door"),
        ("/indicator/rereferrals_pct?indicator_id=a&indicator_id=b", "Re-referrals within 12 months"),
    ],
)
def test_a_bad_value_gets_a_plain_message_and_never_a_blank_page(visit: Visit, address: str, words: str):
    page = visit.open(address)
    expect(page.locator("#main")).to_contain_text(words)


@pytest.mark.parametrize(
    "address", ["/nowhere", "/indicator/nothing", "/front-door/below", "/assets/nothing.js"]
)
def test_an_unknown_path_answers_404(visit: Visit, address: str):
    answer = visit.page.request.get(visit.live + address)
    assert answer.status == 404
    if "assets" not in address:
        visit.page.goto(visit.live + address)
        expect(visit.page.locator("#main")).to_contain_text("There is no page at this address")
    visit.complaints = [c for c in visit.complaints if "404" not in c]


def test_a_count_is_drawn_alone_and_a_rate_beside_its_benchmarks(visit: Visit):
    visit.open("/indicator/referrals_count")
    expect(visit.page.locator("#chart-trend-referrals_count svg [data-series]")).to_have_count(1)
    visit.open("/front-door")
    expect(visit.card("referrals_rate").locator("svg[data-chart] [data-series]")).to_have_count(4)


def test_charts_stand_on_white_without_mode_bar_or_legend(visit: Visit):
    page = visit.open("/front-door")
    grounds = page.evaluate(
        "[...document.querySelectorAll('.chart')].map(e => getComputedStyle(e).backgroundColor)"
    )
    assert set(grounds) == {"rgb(255, 255, 255)"}
    page.locator("#chart-trend-referrals_rate").hover()
    expect(page.locator("#chart-trend-referrals_rate [data-live]")).to_be_visible()
    expect(page.locator(".modebar-btn")).to_have_count(0)
    expect(page.locator(".infolayer .legend")).to_have_count(0)
    shared = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot')]"
        ".map(e => e._context.showSendToCloud || e._context.displaylogo)"
    )
    assert shared == [False]


def test_every_chart_has_a_name_a_sentence_and_a_table(visit: Visit):
    page = visit.open("/child-protection")
    broken = page.evaluate(
        """[...document.querySelectorAll('.chart')].filter(c => {
            const named = ['aria-labelledby', 'aria-describedby']
                .every(a => document.getElementById(c.getAttribute(a))?.textContent.trim());
            const card = c.closest('.card');
            return !(c.getAttribute('role') === 'img' && named
                && card.querySelector('table caption') && card.querySelector('.source'));
        }).map(c => c.id)"""
    )
    assert broken == []


def test_a_view_of_ones_own_is_picked_ordered_and_kept_in_the_address(visit: Visit):
    page = visit.open("/view?to=2018-19")
    expect(page.locator(".card")).to_have_count(0)
    for indicator_id in ("cla_rate", "rereferrals_pct", "cpp_rate"):
        page.locator("#add").select_option(indicator_id)
        page.get_by_role("button", name="Add it").click()
        expect(visit.card(indicator_id)).to_be_visible()
    assert visit.address == "/view?to=2018-19&indicator=cla_rate,rereferrals_pct,cpp_rate"
    page.get_by_role("link", name="Up: Re-referrals within 12 months").click()
    expect(page.locator(".card").first).to_have_attribute("data-indicator", "rereferrals_pct")
    page.get_by_role("link", name="Rank: Re-referrals within 12 months").click()
    expect(page.locator("#ranked-rereferrals_pct-0")).to_be_visible()
    page.get_by_role("link", name="Remove: Children on a child protection plan per 10,000 children").click()
    expect(page.locator(".card")).to_have_count(2)
    page.locator("#filter-area").select_option("E08000003")
    expect(visit.card("cla_rate").locator(".finding")).to_contain_text("Manchester")
    assert visit.address == "/view?area=E08000003&to=2018-19&indicator=rereferrals_pct:rank,cla_rate"
    visit.settled()
    before = page.locator("#picked").inner_text()
    visit.open(visit.address)
    assert page.locator("#picked").inner_text() == before
    page.get_by_role("link", name="Meeting mode").click()
    expect(page.locator(".slide")).to_have_count(4)
    assert visit.address == "/meeting?area=E08000003&to=2018-19&slides=rereferrals_pct:rank,cla_rate"
    page.get_by_role("link", name="Choose and reorder the slides").click()
    expect(page.locator("h1")).to_contain_text("Your view")
    assert visit.address == "/view?area=E08000003&to=2018-19&indicator=rereferrals_pct:rank,cla_rate"


def test_search_is_a_slash_away_from_any_page(visit: Visit):
    page = visit.open("/child-protection?to=2018-19")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("uasc")
    expect(page.locator("#suggestions li")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search")).to_have_attribute("aria-activedescendant", "suggestion-0")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Unaccompanied asylum-seeking children looked after")
    assert visit.address == "/indicator/uasc_count?to=2018-19"
    visit.settled()
    page.keyboard.press("/")
    page.keyboard.type("repeat")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Second or subsequent child protection plans")
    assert visit.address == "/indicator/cpp_subsequent_pct?to=2018-19", "the only one: no step between"
    visit.settled()
    page.keyboard.press("/")
    page.keyboard.type("plans")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Find an indicator")
    expect(page.locator(".hits dt").first).to_be_visible()
    assert visit.address == "/search?to=2018-19&q=plans"
    visit.settled()
    page.keyboard.press("/")
    page.keyboard.type("x<img src=x onerror=alert(1)>")
    page.keyboard.press("Enter")
    expect(page.locator("#heading .sum")).to_contain_text("Nothing found for “x<img src=x")


def test_the_search_box_compares_with_an_area_and_keeps_the_page(visit: Visit):
    page = visit.open("/child-protection")
    page.keyboard.press("/")
    page.keyboard.type("salford")
    offered = page.locator("#suggestions li")
    expect(offered).to_have_text([re.compile("Compare with Salford"), re.compile("Switch to Salford")])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#filter-compare")).to_contain_text("Salford")
    expect(page.locator("h1")).to_contain_text("Child protection Stockport")
    assert visit.address == "/child-protection?compare=E92000001,E12000002,SN,E08000006"


def test_the_search_box_says_that_nothing_was_found_and_offers_the_nearest(visit: Visit):
    page = visit.open("/")
    page.keyboard.press("/")
    page.keyboard.type("plans zebra")
    note = page.locator("#suggestions li").first
    expect(note).to_have_text("Nothing found for “plans zebra”. The nearest:")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search")).to_have_attribute("aria-activedescendant", "suggestion-0")
    page.locator("#search").fill("zzzqqq")
    expect(page.locator("#suggestions li")).to_have_count(1)
    expect(note).to_contain_text("Nothing found for “zzzqqq”. Try one word")


def test_a_chart_is_copied_as_an_image(visit: Visit):
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=visit.live)
    page = visit.open("/indicator/rereferrals_pct?to=2018-19")
    page.locator("#save-trend summary").focus()
    page.keyboard.press("Enter")
    button = page.locator("#save-trend").get_by_role("button", name="Copy the image")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#save-trend").get_by_role("button", name="Image copied")).to_be_visible()
    found = page.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read();
            const image = await createImageBitmap(await item.getType("image/png"));
            return [item.types, image.width, image.height];
        }"""
    )
    assert found == [["image/png"], 3200, 1800]
    page.locator("#save-trend").get_by_role("button", name="Copy link to this view").click()
    expect(page.locator("#save-trend").get_by_role("button", name="Link copied")).to_be_visible()
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == f"{visit.live}/indicator/rereferrals_pct?to=2018-19"
    )


def test_a_saved_svg_keeps_all_its_text_inside_the_picture(visit: Visit):
    """In a browser that may have no font as wide: the letters are in the file."""
    page = visit.page
    for chart in ("trend", "rank-0", "control", "difference", "funnel"):
        for size in ("screen", "half-page", "full-page"):
            page.set_content(
                page.request.get(f"{visit.live}/api/chart/rereferrals_pct/{chart}.svg?size={size}").text()
            )
            outside = page.evaluate(
                """async () => { await Promise.all([...document.fonts].map(f => f.load()));
                const box = document.querySelector('svg').getBoundingClientRect();
                const out = (r) => r.left < box.left || r.right > box.right
                    || r.top < box.top || r.bottom > box.bottom;
                return [...document.querySelectorAll('text')]
                    .filter(e => out(e.getBoundingClientRect())).map(e => e.textContent); }"""
            )
            assert page.locator("text").count() > 5 and outside == [], (chart, size)


def test_a_download_has_the_name_that_says_what_it_is(visit: Visit):
    page = visit.open("/front-door?to=2018-19")
    page.locator("#card-referrals_rate .save summary").click()
    for label, ending in (
        ("PNG, half a page of A4", "half-page_r1.png"),
        ("SVG", "r1.svg"),
        ("Excel, 28 rows", "r1.xlsx"),
        ("CSV, 28 rows", "r1.csv"),
        ("Alternative text", "r1.txt"),
    ):
        with page.expect_download() as download:
            page.locator("#card-referrals_rate .save").get_by_role("link", name=label).click()
        assert (
            download.value.suggested_filename
            == f"OFFICIAL-shareable_referrals-rate_trend_Stockport_2018-19_{ending}"
        )


def test_a_pack_is_made_in_sight_and_can_be_cancelled(visit: Visit):
    page = visit.open("/view?indicator=cla_rate,rereferrals_pct:rank,cpp_count")
    page.locator("#pack summary").click()
    page.get_by_label("Excel workbook").check()
    page.get_by_role("button", name="Make it").click()
    expect(page.locator(".said-of-pack")).to_have_text("The pack is ready.", timeout=60_000)
    links = page.locator(".made a[download]")
    expect(links).to_have_count(2)
    with page.expect_download() as download:
        links.first.click()
    assert download.value.suggested_filename == "OFFICIAL-shareable_View-of-our-own_Stockport_2024-25_r1.pptx"
    for label in ("Word report", "Images (PNG)"):
        page.get_by_label(label).check()
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".said-of-pack")).to_have_text("Cancelled: nothing was kept.", timeout=60_000)
    expect(page.locator(".made li")).to_have_count(0)


def test_a_pack_bears_what_was_filled_in_and_its_address_fills_it_in_again(visit: Visit):
    page = visit.open("/view?indicator=cla_rate,cpp_subsequent_pct")
    page.locator("#pack summary").click()
    page.get_by_label("Title").fill("March board")
    page.get_by_label("Author").fill("Jo Smith")
    page.get_by_label("Date", exact=True).fill("2026-03-17")
    page.get_by_label("a short paper").check()
    page.get_by_role("button", name="Make it").click()
    expect(page.locator(".said-of-pack")).to_have_text("The pack is ready.", timeout=60_000)
    name = "OFFICIAL-shareable_March-board_Stockport_2024-25_short_r1.pptx"
    expect(page.locator(".made a[download]")).to_have_text([name])
    again = page.get_by_role("link", name="The same again next time")
    page = visit.open(again.get_attribute("href"))
    expect(page.get_by_label("Title")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("March board")
    expect(page.get_by_label("Author")).to_have_value("Jo Smith")
    expect(page.get_by_label("Date", exact=True)).to_have_value("2026-03-17")
    expect(page.get_by_label("a short paper")).to_be_checked()
    assert "title=March+board" in page.url, "the address keeps it"
    links = page.locator("#page a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert links and not [href for href in links if "title=" in href], "and no link carries it on"


def test_a_snippet_is_copied_with_the_keyboard(visit: Visit):
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=visit.live)
    page = visit.open("/api")
    for name in ("Power Query", "R", "Python"):
        button = page.get_by_role("button", name=f"Copy for {name}", exact=True)
        shown = page.get_by_role("region", name=f"Text for {name}", exact=True).inner_text()
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#announcement")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()").strip() == shown.strip()
        page.evaluate("document.getElementById('announcement').textContent = ''")


def test_where_no_page_may_copy_a_snippet_is_selected(visit: Visit):
    page = visit.open("/api")
    page.evaluate("""() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
        document.execCommand = () => false;
    }""")
    page.get_by_role("button", name="Copy for Python").click()
    expect(page.locator("#announcement")).to_have_text("Selected: press Ctrl+C")
    shown = page.get_by_role("region", name="Text for Python").inner_text()
    assert page.evaluate("getSelection().toString()").strip() == shown.strip()


def test_a_pack_is_cancelled_before_the_server_has_named_it(visit: Visit):
    page = visit.open("/view?indicator=cla_rate,rereferrals_pct:rank,cpp_count")
    page.locator("#pack summary").click()
    waiting = []
    page.route("**/api/packs", lambda route: waiting.append(route))
    page.get_by_label("Images (PNG)").check()
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".said-of-pack")).to_have_text("Cancelling")
    while not waiting:
        page.wait_for_timeout(20)
    with page.expect_request(lambda asked: asked.url.endswith("/cancel")):
        waiting[0].continue_()
    expect(page.locator(".said-of-pack")).to_have_text("Cancelled: nothing was kept.", timeout=60_000)


def test_on_a_phone_the_menu_shows_which_page_it_is_of(visit: Visit):
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("/data")
    box = page.locator(".masthead nav [aria-current]").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert page.evaluate("[window.scrollX, window.scrollY]") == [0, 0]


def test_a_table_that_goes_on_beyond_its_edge_shows_it(visit: Visit):
    """At 640 pixels the checks ended between two columns, and looked whole."""
    visit.page.set_viewport_size({"width": 640, "height": 900})
    page = visit.open("/data")
    table = page.get_by_role("region", name="Checks of the annual report")
    table.scroll_into_view_if_needed()
    edge = """async (e) => {
        e.scrollLeft = %s;
        await new Promise(requestAnimationFrame);
        return e.getBoundingClientRect().toJSON();
    }"""

    def darkest(at: str) -> int:
        box = table.evaluate(edge % at)
        clip = {"x": box["right"] - 2, "y": max(box["top"], 60) + 2, "width": 1, "height": 12}
        return min(Image.open(BytesIO(page.screenshot(clip=clip))).convert("L").getdata())

    assert darkest("0") < 220 and darkest("9999") > 250


def test_what_stands_outside_is_set_in_the_same_typeface(visit: Visit):
    page = visit.page
    page.goto(f"{visit.live}/save/icpc_15_days_pct/trend")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate(OWN_TYPEFACE)
    edges = page.evaluate(
        "[...document.querySelectorAll('.saved [type=text], .saved select')]"
        ".map(e => getComputedStyle(e).border)"
    )
    assert len(set(edges)) == 1


@pytest.mark.parametrize("width", [1280, 1920])
def test_tab_goes_through_the_head_as_the_eye_does(visit: Visit, width: int):
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.open("/front-door")
    page.locator(".masthead .name").focus()
    place = "() => { const r = document.activeElement.getBoundingClientRect(); return [r.left, r.bottom]; }"
    page.keyboard.press("Tab")
    first = page.evaluate(place)
    places = [first]
    while page.evaluate("document.activeElement.closest('.masthead') !== null"):
        places.append(page.evaluate(place))
        page.keyboard.press("Tab")
    row = [left for left, bottom in places if bottom > first[1] or width == 1920]
    assert len(places) > 10 and row == sorted(row)
