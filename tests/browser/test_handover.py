"""What a reader sees before, while and after Dash takes the place of the page that the server has sent."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit

PAGES = [
    "/",
    "/front-door",
    "/child-protection?show=rank&area=E08000003",
    "/complex-safeguarding",
    "/looked-after-children?only=flagged",
    "/indicator/rereferrals_pct",
    "/view?indicator=cla_rate,rereferrals_pct:rank,cpp_rate:control",
    "/data",
    "/methods",
    "/search?q=plan",
    "/meeting",
    "/nowhere",
]
SCREENS = [(1280, 720), (390, 844)]
# how far things that are seen have moved by themselves, and what has run before the first paint
WATCH = """
window.moved = [];
new PerformanceObserver((list) => list.getEntries().forEach((e) => window.moved.push(
    [e.value, ...e.sources.map((s) => s.node && (s.node.id || s.node.className || s.node.nodeName))]
))).observe({ type: "layout-shift", buffered: true });
"""
# a page as it stands in the document, without what makes no difference to anybody
AS_IT_STANDS = """() => {
    const copy = document.getElementById('frame').cloneNode(true);
    const walk = (e) => {
        for (const name of ['selected', 'checked', 'open', 'tabindex']) e.removeAttribute(name);
        const named = [...e.attributes].filter((a) => a.value !== '').map((a) => `${a.name}=${a.value}`);
        const inside = [...e.childNodes].map((n) => n.nodeType === 3 ? n.textContent : walk(n));
        return `<${e.tagName} ${named.sort().join(' ')}>${inside.join('')}`;
    };
    return walk(copy);
}"""


@pytest.fixture
def held(visit: Visit):
    """The routes of Dash's scripts that have been asked for, and wait until they are let go."""
    waiting: list[Route] = []
    visit.page.route("**/dash_renderer*", lambda route: waiting.append(route))
    return waiting


def let_go(page: Page, held: list[Route]) -> None:
    for _ in range(300):  # they are asked for after the first paint
        if held:
            break
        page.wait_for_timeout(50)
    held.pop().continue_()
    expect(page.locator("html[data-dash]")).to_have_count(1)


@pytest.mark.parametrize("width, height", SCREENS)
@pytest.mark.parametrize("address", PAGES)
def test_nothing_moves_and_nothing_changes(
    visit: Visit, held: list[Route], address: str, width: int, height: int
):
    page = visit.page
    page.set_viewport_size({"width": width, "height": height})
    page.add_init_script(WATCH)
    # whether the typeface is there in time depends on how busy the machine is, and what stands in for it on
    # its fonts: here it never comes, so that whatever moves is the page's doing
    page.route("**/*.woff2*", lambda route: route.abort())
    page.goto(visit.live + address, wait_until="commit")
    expect(page.locator("#page")).to_have_count(1)
    before = page.evaluate(AS_IT_STANDS)
    title = page.title()
    if "meeting" in address:  # its script needs no Dash, and hides the other slides
        expect(page.locator(".slide.now")).to_have_count(1)
        before = page.evaluate(AS_IT_STANDS)
    let_go(page, held)
    assert page.evaluate(AS_IT_STANDS) == before
    assert page.title() == title
    assert page.evaluate("window.moved") == []
    visit.complaints = [c for c in visit.complaints if "404" not in c and "ERR_FAILED" not in c]


def test_what_a_reader_has_begun_is_kept(visit: Visit, held: list[Route]):
    page = visit.page
    page.goto(visit.live + "/front-door", wait_until="commit")
    page.locator("#parts > summary").click()
    page.locator("#rest > summary").click()
    page.locator("#card-referrals_rate .flag summary").first.click()
    page.locator("#search").press_sequentially("repe")
    page.evaluate("document.querySelector('#search').setSelectionRange(1, 3); window.scrollTo(0, 900)")
    opened = page.locator("details[open]").count()
    let_go(page, held)
    assert page.locator("details[open]").count() == opened >= 3
    expect(page.locator("#card-referrals_rate .rule").first).to_be_visible()
    expect(page.locator("#search")).to_have_value("repe")
    expect(page.locator("#search")).to_be_focused()
    assert page.evaluate("[document.activeElement.selectionStart, document.activeElement.selectionEnd]") == [
        1,
        3,
    ]
    assert page.evaluate("window.scrollY") == 900
    page.locator("#search").press("End")
    page.keyboard.type("at")
    expect(page.locator("#suggestions li").first).to_contain_text("Second or subsequent")


def test_a_filter_that_was_moved_before_is_followed(visit: Visit, held: list[Route]):
    page = visit.page
    page.goto(visit.live + "/front-door", wait_until="commit")
    page.locator("#filter-area").select_option("E08000003")
    page.locator("#filter-compare input[value=E92000001]").uncheck()
    page.locator("#filter-area").focus()
    let_go(page, held)
    expect(visit.card("referrals_rate").locator(".finding")).to_contain_text("Manchester")
    expect(visit.card("referrals_rate").locator("[data-series]")).to_have_count(3)
    expect(page.locator("#filter-area")).to_be_focused()
    visit.settled()
    assert visit.address == "/front-door?area=E08000003&compare=E12000002,SN"


def test_a_page_whose_scripts_never_come_is_whole(visit: Visit):
    """Blocked by a network, not switched off: then the button of the filters appears after a while."""
    page = visit.page
    page.route("**/_dash-component-suites/**", lambda route: route.abort())
    page.goto(visit.live + "/front-door?to=2018-19")
    expect(visit.card("referrals_rate").locator(".value strong")).to_have_text("568.1")
    expect(visit.card("referrals_rate").locator("svg [data-series]")).to_have_count(4)
    page.locator("#filter-area").select_option("E08000003")
    page.get_by_role("button", name="Apply").click()
    expect(visit.card("referrals_rate").locator(".finding")).to_contain_text("Manchester")
    assert visit.address == "/front-door?area=E08000003&to=2018-19"
    visit.complaints = [c for c in visit.complaints if "ERR_FAILED" not in c]


def test_text_and_charts_are_painted_before_any_script_of_dash_is_asked_for(visit: Visit):
    page = visit.open("/front-door")
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    scripts = page.evaluate(
        "performance.getEntriesByType('resource').filter(e => e.initiatorType === 'script')"
        ".map(e => [new URL(e.name).pathname, e.startTime])"
    )
    first = [path for path, _ in scripts if "start.js" in path]
    later = [(path, at) for path, at in scripts if "start.js" not in path]
    assert len(first) == 1 and len(later) > 8
    assert [path for path, at in later if at < painted] == []


def test_plotly_is_asked_for_when_a_hand_reaches_for_a_chart_and_never_before(visit: Visit):
    asked: list[str] = []
    visit.page.on(
        "request", lambda r: asked.append(r.url) if "plotly" in r.url or "/figure/" in r.url else None
    )
    page = visit.open("/front-door")
    page.locator("#filter-area").select_option("E08000003")
    expect(visit.card("referrals_rate").locator(".finding")).to_contain_text("Manchester")
    page.mouse.move(640, 150)
    page.mouse.wheel(0, 400)
    page.wait_for_timeout(1500)
    assert asked == []
    page.locator("#chart-trend-referrals_rate").focus()
    expect(page.locator("#chart-trend-referrals_rate [data-live]")).to_be_visible()
    assert len(asked) == 2 and any("plotly-basic" in url for url in asked)
    assert any("/api/figure/referrals_rate/trend.json?area=E08000003" in url for url in asked)


@pytest.mark.parametrize("reach", ["hover", "focus", "tap"])
def test_a_chart_turns_live_in_its_place(visit: Visit, reach: str, browser):
    with browser.new_context(has_touch=True, viewport={"width": 1920, "height": 1080}) as context:
        page = context.new_page()
        page.route("**/*.woff2*", lambda route: route.abort())  # as above
        page.goto(visit.live + "/indicator/rereferrals_pct")
        expect(page.locator("html[data-dash]")).to_have_count(1)
        page.evaluate(WATCH)
        assert page.evaluate("window.moved") == []
        page.evaluate("document.querySelectorAll('.fold').forEach(fold => fold.open = true)")
        page.wait_for_timeout(300)
        page.evaluate("window.moved = []")  # what the test has opened moves others
        for chart in ("trend-rereferrals_pct", "control-own-rereferrals_pct", "funnel-rereferrals_pct"):
            box = page.locator(f"#chart-{chart}")
            box.scroll_into_view_if_needed()
            before = box.bounding_box()
            getattr(box, reach)()
            expect(box.locator("[data-live]")).to_be_visible()
            expect(box.locator("svg[data-chart]")).to_be_hidden()
            assert box.bounding_box() == before
            plot = box.locator(".live").bounding_box()
            assert (plot["width"], plot["height"]) == (before["width"], before["height"])
        assert page.evaluate("window.moved") == []


def test_a_live_chart_answers_anywhere_and_gives_way_to_another_view(visit: Visit):
    page = visit.open("/front-door")
    chart = page.locator("#chart-trend-referrals_rate")
    chart.hover()
    expect(chart.locator("[data-live]")).to_be_visible()
    for share in (0.3, 0.5):
        box = chart.bounding_box()
        page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] * 0.6)
        expect(chart.locator(".hoverlayer text")).to_have_count(5)
    said = " ".join(chart.locator(".hoverlayer text").all_text_contents())
    assert all(name in said for name in ("Stockport", "England", "North West", "Neighbours"))
    page.keyboard.press("Escape")  # with the pointer where it is, and focus elsewhere
    expect(chart.locator(".hoverlayer text")).to_have_count(0)
    page.mouse.move(0, 0)  # a hand that stays on a chart reaches for the next view at once
    page.locator("#filter-area").select_option("E08000003")
    expect(chart.locator("svg[data-chart]")).to_be_visible()
    expect(chart.locator("[data-live]")).to_have_count(0)
    chart.hover()
    expect(chart.locator("[data-live]")).to_be_visible()
    box = chart.bounding_box()  # another area may have other cards before it
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.6)
    expect(chart.locator(".hoverlayer")).to_contain_text("Manchester")


def test_the_arrow_keys_read_a_chart_point_by_point(visit: Visit):
    page = visit.open("/front-door?to=2018-19&from=2016-17")
    chart, said = page.locator("#chart-trend-referrals_rate"), page.locator("#announcement")
    chart.focus()
    for key, year in (
        ("ArrowRight", "2016-17"),
        ("ArrowRight", "2017-18"),
        ("End", "2018-19"),
        ("ArrowLeft", "2017-18"),
    ):
        page.keyboard.press(key)
        expect(said).to_contain_text(f"{year}: Stockport")
    page.keyboard.press("End")
    expect(said).to_contain_text("2018-19: Stockport 568.1; England 553.7; North West 586.0")
    expect(chart.locator(".hoverlayer")).to_contain_text("568.1")
    page.keyboard.press("Escape")
    expect(chart.locator(".hoverlayer text")).to_have_count(0)


def test_without_the_bundle_a_chart_stays_as_it_is_drawn(visit: Visit):
    page = visit.page
    page.route("**/plotly-basic*", lambda route: route.abort())
    visit.open("/front-door")
    page.locator("#chart-trend-referrals_rate").hover()
    page.wait_for_timeout(500)
    expect(page.locator("#chart-trend-referrals_rate svg[data-chart]")).to_be_visible()
    visit.complaints = [c for c in visit.complaints if "ERR_FAILED" not in c]
