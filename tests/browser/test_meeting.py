"""A meeting, walked through by keyboard on the two screens it is held on."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

LEAST = 2.2  # per cent of the screen's height: docs/meeting.md
SCREENS = [(1920, 1080), (1280, 720)]

# what is on the slide at hand: every text with its box and its size as drawn, and what the slide measures
MEASURE = """() => {
    const slide = document.querySelector('.slide.now');
    const drawn = (e) => e.closest('svg') ? e.getScreenCTM().a : 1;
    const seen = (e) => {
        for (let x = e; x && x !== slide; x = x.parentElement)
            if (x.hidden || getComputedStyle(x).display === 'none') return false;
        return true;
    };
    const unseen = (e) => e.closest('.unseen');
    const texts = [...slide.querySelectorAll('*'), ...document.querySelectorAll('.controls *')]
        .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
        .filter(e => (e.closest('.controls') || seen(e)) && !unseen(e))
        .map(e => {
            const range = document.createRange(); range.selectNodeContents(e);
            const r = e.closest('svg') ? e.getBoundingClientRect() : range.getBoundingClientRect();
            return {text: e.textContent.trim(), size: parseFloat(getComputedStyle(e).fontSize) * drawn(e),
                box: [r.left, r.top, r.right, r.bottom],
                    block: e.closest('svg') ? 'chart' : e.closest('.controls') ? 'controls' : 'words',
                    display: getComputedStyle(e).display};
        });
    const parts = '.headline, .measure, .big, .verdicts, .ask, .last-note:not(:empty), .picture, .source, '
        + 'h1, .over-title, .running, .to-do:not(:empty)';
    const blocks = [...slide.querySelectorAll(parts)].filter(seen)
        .map(e => [e.className || e.tagName, e.getBoundingClientRect()])
        .map(([name, r]) => ({name, box: [r.left, r.top, r.right, r.bottom]}))
        .filter(b => b.box[3] > b.box[1]);
    const outside = [...slide.querySelectorAll('.headline, .measure, .facts')]
        .map(e => e.innerText).join(' ');
    const s = slide.getBoundingClientRect(), d = document.documentElement;
    return {texts, blocks, label: slide.getAttribute('aria-label'),
            words: outside.split(/\\s+/).filter(w => /[\\p{L}\\p{N}]/u.test(w)).length,
            slide: [s.left, s.top, s.right, s.bottom],
            scrolls: [d.scrollHeight > innerHeight, d.scrollWidth > innerWidth,
                      slide.scrollHeight > slide.clientHeight + 1],
            lines: slide.querySelectorAll('.on-screen svg').length, height: innerHeight};
}"""


def measured(page: Page) -> dict:
    return page.evaluate(MEASURE)


def overlap(a: list[float], b: list[float]) -> float:
    """How many pixels two boxes share in their narrower direction."""
    return min(min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1]))


def check(found: dict) -> None:
    small = [
        (t["text"], round(100 * t["size"] / found["height"], 2))
        for t in found["texts"]
        if 100 * t["size"] / found["height"] < LEAST
    ]
    assert small == [], found["label"]
    assert found["scrolls"] == [False, False, False], found["label"]
    left, top, right, bottom = found["slide"]
    clipped = [
        t["text"]
        for t in found["texts"]
        if t["block"] != "controls"
        and not (
            t["box"][0] >= left
            and t["box"][1] >= top
            and t["box"][2] <= right + 0.5
            and t["box"][3] <= bottom + 0.5
        )
    ]
    assert clipped == [], found["label"]
    blocks = found["blocks"]
    crossing = [
        (a["name"], b["name"])
        for k, a in enumerate(blocks)
        for b in blocks[k + 1 :]
        if overlap(a["box"], b["box"]) > 1
    ]
    assert crossing == [], found["label"]
    labels = [t for t in found["texts"] if t["block"] == "chart"]
    # a letter's box is higher than the letter: two lines of labels may share a third of a line
    on_top = [
        (a["text"], b["text"])
        for k, a in enumerate(labels)
        for b in labels[k + 1 :]
        if overlap(a["box"], b["box"]) > a["size"] / 3
    ]
    assert on_top == [], found["label"]
    words = [t for t in found["texts"] if t["block"] == "words"]
    chart = [(a["text"], b["text"]) for a in words for b in labels if overlap(a["box"], b["box"]) > 1]
    assert chart == [], found["label"]


@pytest.mark.parametrize("width, height", SCREENS)
@pytest.mark.parametrize(
    "address",
    [
        "/meeting",
        "/meeting?area=E08000003&to=2018-19",
        "/meeting?slides=rereferrals_pct:rank,icpc_15_days_pct:control,cpp_open_2y_plus_pct,cla_count",
    ],
)
def test_a_whole_meeting_by_keyboard(visit: Visit, width: int, height: int, address: str):
    visit.page.set_viewport_size({"width": width, "height": height})
    page = visit.open(address)
    expect(page.locator(".slide.now h1")).to_be_visible()
    count = page.locator(".slide").count()
    assert count >= 6
    for place in range(1, count + 1):
        found = measured(page)
        assert found["label"] == f"{place} of {count}"
        check(found)
        if 1 < place < count:
            assert found["words"] <= 60 and found["lines"] == 1, found["label"]
            assert len(page.locator(".slide.now .headline").inner_text().split()) <= 10
            expect(page.locator(".slide.now .source")).to_contain_text("Source:")
            for key in "tr":
                page.keyboard.press(key)
                expect(page.locator(".slide.now .over:not([hidden])")).to_be_visible()
                over = page.locator(".slide.now .over:not([hidden])")
                assert over.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), (
                    found["label"],
                    key,
                )
                sizes = over.evaluate(
                    "e => [...e.querySelectorAll('*')]"
                    ".filter(x => [...x.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))"
                    ".map(x => parseFloat(getComputedStyle(x).fontSize))"
                )
                assert 100 * min(sizes) / height >= LEAST, (found["label"], key)
                page.keyboard.press("Escape")
        page.keyboard.press("PageDown" if place % 2 else "ArrowRight")
    assert measured(page)["label"] == f"{count} of {count}", "the last slide stays"


def test_the_keys_and_the_buttons_do_the_same(visit: Visit):
    page = visit.open("/meeting")
    count = page.locator(".slide").count()
    label = page.locator(".controls .count")
    for key, place in [
        ("ArrowRight", 2),
        ("ArrowDown", 3),
        ("PageUp", 2),
        ("ArrowLeft", 1),
        ("ArrowUp", 1),
        ("End", count),
        ("PageDown", count),
        ("Home", 1),
    ]:
        page.keyboard.press(key)
        expect(label).to_have_text(f"{place} of {count}")
    page.get_by_role("button", name="Next").click()
    expect(label).to_have_text(f"2 of {count}")
    for key, name, over in [("t", "Table", "table"), ("r", "Rules", "rules"), ("n", "Notes", "notes")]:
        shown = page.locator(f'.slide.now .over[data-over="{over}"]')
        page.keyboard.press(key)
        expect(shown).to_be_visible()
        page.keyboard.press("Escape")
        expect(shown).to_be_hidden()
        page.get_by_role("button", name=name).click()
        expect(shown).to_be_visible()
        page.keyboard.press("Escape")
    page.keyboard.press("b")
    expect(page.locator(".blanked")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".blanked")).to_be_hidden()
    expect(label).to_have_text(f"2 of {count}")
    page.keyboard.press("f")
    expect(page.locator(":fullscreen")).to_have_count(1)
    page.keyboard.press("f")
    expect(page.locator(":fullscreen")).to_have_count(0)
    page.reload()
    expect(label).to_have_text(f"2 of {count}")


def test_escape_leads_back_to_where_one_came_from(visit: Visit):
    page = visit.open("/child-protection?to=2018-19")
    page.get_by_role("link", name="Meeting mode").click()
    expect(page.locator(".slide.now h1")).to_be_visible()
    assert "slides=s47_rate," in visit.address and "to=2018-19" in visit.address
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_contain_text("Child protection")
    assert visit.address == "/child-protection?to=2018-19"
    page = visit.open("/meeting?to=2018-19")
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_contain_text("What needs attention")
    assert visit.address == "/?to=2018-19"


def test_the_visible_button_leaves_at_once_and_the_key_closes_what_lies_over_first(visit: Visit):
    page = visit.open("/child-protection")
    page.get_by_role("link", name="Meeting mode").click()
    expect(page.locator(".slide.now h1")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    expect(page.locator(".slide.now .over:not([hidden])")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.locator(".slide.now .over:not([hidden])")).to_be_visible()
    page.get_by_role("button", name="Leave", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Child protection")
    assert visit.address == "/child-protection"


def test_the_next_slide_is_there_within_two_frames_and_without_a_network(visit: Visit):
    page = visit.open("/meeting")
    page.context.set_offline(True)
    count = page.locator(".slide").count()
    for place in range(2, count + 1):
        frames = page.evaluate(
            """(label) => new Promise(done => {
                document.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}));
                let n = 0;
                const look = () => {
                    const now = document.querySelector('.slide.now');
                    const there = now.getAttribute('aria-label').startsWith(label)
                        && getComputedStyle(now).visibility === 'visible';
                    if (there || ++n > 30) done(n); else requestAnimationFrame(look);
                };
                requestAnimationFrame(look);
            })""",
            f"{place} of ",
        )
        assert frames <= 1, place
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("n")
    page.locator(".slide.now textarea").fill("Ask the placements team for the reasons.")
    page.locator(".slide.now [name=author]").fill("Chair")
    page.locator(".slide.now").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".slide.now .write .refused")).to_contain_text("Not saved: you are offline")
    expect(page.locator(".slide.now textarea")).to_have_value("Ask the placements team for the reasons.")
    page.context.set_offline(False)
    visit.complaints = [c for c in visit.complaints if "ERR_INTERNET_DISCONNECTED" not in c]


LONG_ACTION = (
    "Bring the reasons for the rise to the next meeting, with what each team has found in its own files, how "
    "many of the children came from other areas, and what the panel would have to do to bring it down."
)


def test_an_action_is_kept_in_the_meeting_and_stands_on_the_home_page(visit: Visit):
    due = (date.today() - timedelta(days=3)).isoformat()
    page = visit.open("/meeting?slides=cla_rate&area=E08000010")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("n")
    form = page.locator(".slide.now .write")
    form.get_by_role("radio", name="An action").check()
    form.locator("textarea").fill("Jane Smith, born 3/4/2012")
    form.locator("[name=owner]").fill("Head of placements")
    form.locator("[name=due]").fill(due)
    form.locator("[name=author]").fill("Chair")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.locator(".refused")).to_contain_text("never about a person")
    form.locator("textarea").fill(LONG_ACTION)
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".slide.now .over [data-note]")).to_contain_text("Bring the reasons")
    page.keyboard.press("Escape")
    last = page.locator(".slide.now .last-note")
    expect(last).to_contain_text("Action: Bring the reasons")
    expect(last).to_contain_text(re.compile(r" … \(Head of placements, \d+ \w+ \d{4}\)$"))
    kept = last.inner_text()
    page.keyboard.press("End")
    expect(page.locator(".slide.now .agreed li")).to_contain_text("Looked-after rate: Bring the reasons")
    expect(page.locator(".slide.now .agreed li")).to_contain_text("Head of placements")
    page.reload()
    expect(page.locator(".slide.now .agreed li")).to_contain_text("Looked-after rate: Bring the reasons")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.locator(".slide.now .last-note").inner_text() == kept
    check(measured(page))
    assert measured(page)["words"] - len(kept.split()) <= 60
    page.set_viewport_size({"width": 1280, "height": 720})
    check(measured(page))
    page.keyboard.press("n")
    form.get_by_role("radio", name="An action").check()
    expect(form.get_by_role("button", name="Save", exact=True)).to_be_in_viewport(ratio=1)
    save = form.get_by_role("button", name="Save", exact=True).bounding_box()
    assert save["y"] + save["height"] <= page.locator(".controls").bounding_box()["y"]
    page.set_viewport_size({"width": 1920, "height": 1080})
    page = visit.open("/?area=E08000010")
    action = page.locator("aside .brief li").first
    expect(action).to_contain_text("Overdue, due")
    expect(action).to_contain_text("Looked-after rate. Head of placements: Bring the reasons")
    action.get_by_role("link").click()
    action = page.locator("[data-note].open")
    expect(action).to_contain_text("Action, overdue.")
    action.locator("summary").click()
    action.locator("[name=by]").fill("Chair")
    action.get_by_role("button", name="Mark as done").click()
    expect(page.locator("[data-note].open")).to_have_count(0)
    visit.open("/?area=E08000010")
    expect(page.locator("#open-actions")).to_have_count(0)
    visit.complaints = [c for c in visit.complaints if "422" not in c]


def test_a_drawer_leaves_the_finding_and_the_chart_in_sight(visit: Visit):
    page = visit.open("/meeting#2")
    chart = page.locator(".slide.now .picture").bounding_box()
    for key in "trn":
        page.keyboard.press(key)
        drawer = page.locator(".slide.now .over:not([hidden])").bounding_box()
        assert drawer["x"] + drawer["width"] <= chart["x"]
        assert page.locator(".slide.now .picture").bounding_box() == chart
        headline = page.locator(".slide.now .headline").bounding_box()
        assert headline["y"] + headline["height"] <= drawer["y"]
        page.keyboard.press("Escape")


# in the drawer of the slide at hand: cells whose words leave them, and whether all columns are in sight
TABLE = """() => {
    const drawer = document.querySelector('.slide.now .over:not([hidden])');
    const words = (cell) => {
        const range = document.createRange(); range.selectNodeContents(cell);
        return range.getBoundingClientRect();
    };
    const cells = [...drawer.querySelectorAll('.figures th, .figures td')];
    const edge = drawer.getBoundingClientRect().right;
    return {cells: cells.length, leave: cells.filter(cell => {
        const [inner, outer] = [words(cell), cell.getBoundingClientRect()];
        return inner.left < outer.left - 0.5 || inner.right > outer.right + 0.5 || inner.right > edge;
    }).map(cell => cell.textContent)};
}"""


@pytest.mark.parametrize("width, height", SCREENS)
@pytest.mark.parametrize("compare", ["", "&compare=E92000001,E12000002,SN,E08000006"])
def test_the_numbers_of_a_slide_stay_in_their_cells(visit: Visit, width: int, height: int, compare: str):
    visit.page.set_viewport_size({"width": width, "height": height})
    page = visit.open(f"/meeting?slides=icpc_15_days_pct,sw_caseload,cla_rate{compare}#2")
    for _ in range(3):
        page.keyboard.press("t")
        found = page.evaluate(TABLE)
        assert found["cells"] > 40 and found["leave"] == []
        page.keyboard.press("Escape")
        page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("width, height", SCREENS)
def test_an_area_that_a_reader_has_added_is_in_the_meeting(visit: Visit, width: int, height: int):
    visit.page.set_viewport_size({"width": width, "height": height})
    compare = "E92000001,E12000002,SN,E08000006"
    page = visit.open(f"/meeting?slides=icpc_15_days_pct,sw_caseload&compare={compare}#2")
    for said in ("7.5 points lower, worse", "1.7 higher, spread not published"):
        slide = page.locator(".slide.now")
        expect(slide.locator(".verdicts div", has_text="Salford")).to_contain_text(said)
        expect(slide.locator(".on-screen [data-series=Salford]")).to_have_count(1)
        assert slide.locator(".on-screen [data-series]").count() == 4
        check(measured(page))
        page.keyboard.press("ArrowRight")


def test_every_slide_says_the_change_on_the_year(visit: Visit):
    page = visit.open("/meeting?slides=icpc_15_days_pct,cpp_subsequent_pct")
    changes = page.locator(".slide .verdicts div", has_text="On the year")
    expect(changes).to_have_text([re.compile("Down 7.2 points"), re.compile("Up 9.0 points")])


@pytest.mark.parametrize("width, height", [(844, 390), (960, 540), (320, 256), (390, 844)])
def test_where_there_is_little_height_a_slide_scrolls_and_all_of_it_can_be_reached(
    visit: Visit, width: int, height: int
):
    """960 by 540 is a screen of 1920 by 1080 at 200 % zoom: no text is smaller than 16 pixels of its own."""
    visit.page.set_viewport_size({"width": width, "height": height})
    page = visit.open("/meeting#2")
    found = measured(page)
    words = [t for t in found["texts"] if t["block"] == "words"]
    assert min(t["size"] for t in words) >= 15.8
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    slide = page.locator(".slide.now")
    slide.evaluate("e => e.scrollTo(0, e.scrollHeight)")
    source, bar = slide.locator(".source").bounding_box(), page.locator(".controls").bounding_box()
    assert source["y"] + source["height"] <= bar["y"] + 1
    for button in page.locator(".controls button:visible").all():
        box = button.bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44
        assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= height


@pytest.mark.parametrize("width, height", [(390, 844), (320, 640), (844, 390)])
def test_the_words_of_a_chart_can_be_read_on_a_phone_and_all_fit(visit: Visit, width: int, height: int):
    visit.page.set_viewport_size({"width": width, "height": height})
    page = visit.open("/meeting?slides=icpc_15_days_pct,cpp_subsequent_pct:rank,sw_caseload#2")
    for _ in range(3):
        texts = [t for t in measured(page)["texts"] if t["block"] == "chart"]
        assert texts and min(t["size"] for t in texts) >= (11 if width > 320 else 10)
        for edge in (0, 1):
            assert all(0 <= t["box"][2 * edge] <= width for t in texts)
        chart = page.locator(".slide.now .picture svg:visible").bounding_box()
        assert chart["height"] <= height - page.locator(".controls").bounding_box()["height"]
        page.keyboard.press("ArrowRight")


def test_on_a_phone_the_table_of_a_slide_is_seen_whole(visit: Visit):
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("/meeting#2")
    page.keyboard.press("t")
    over = page.locator(".slide.now .over:not([hidden])")
    box = over.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert over.locator(".scroll").evaluate("e => e.scrollWidth <= e.clientWidth")


def test_words_set_wider_apart_stand_clear_of_one_another(visit: Visit):
    """WCAG 1.4.12: what then is higher than the screen scrolls."""
    visit.page.set_viewport_size({"width": 1280, "height": 720})
    page = visit.open("/meeting#2")
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
        "word-spacing: 0.16em !important }"
    )
    slide = page.locator(".slide.now")
    ask, source = slide.locator(".ask").bounding_box(), slide.locator(".source").bounding_box()
    assert ask["y"] + ask["height"] <= source["y"]
    slide.locator(".source").scroll_into_view_if_needed()
    assert slide.locator(".source").bounding_box()["y"] < page.locator(".controls").bounding_box()["y"]


def test_what_is_said_of_an_address_takes_no_more_than_its_lines(visit: Visit):
    visit.page.set_viewport_size({"width": 1280, "height": 720})
    page = visit.open("/meeting?slides=nope")
    said, running = (page.locator(f".slide.now {part}").bounding_box() for part in (".message", ".running"))
    assert said["height"] < 80 and running["y"] > said["y"]
    source = page.locator(".slide.now .source").bounding_box()
    assert running["y"] + running["height"] <= source["y"]
