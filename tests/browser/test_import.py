"""The page /import in a browser without scripts: a bad file, its report, the mended file, publish, roll back.

The figures offered are made up, and of no child.
"""

import csv
import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_accessibility import AXE, RUN
from tests.conftest import serve, stop

HEADING = "indicator_id,area_code,period,value,numerator,denominator,source_id\n"
BAD = "cpp_subsequent_pct,E08000007,2024-25,abc,,,dfe_cin_d3_2025\n"
GOOD = "cpp_subsequent_pct,E08000007,2024-25,30,106,353,dfe_cin_d3_2025\n"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard with a store of its own, in which releases are published."""
    process, url = serve(tmp_path_factory.mktemp("imported"))
    yield url
    stop(process)


STEP = 240_000  # milliseconds that a step may take on a busy machine


def waited(page: Page) -> None:
    """Wait until a step is done: its page looks again by itself.

    What it ends with has to be waited for too: the page before it has no progress either.
    """
    expect(page.locator("progress")).to_have_count(0, timeout=STEP)


def figure(page: Page, own: str, value: str) -> Page:
    """The theme page, once every worker shows a figure."""
    card = page.locator("#card-cpp_subsequent_pct")
    until = time.monotonic() + 60
    alike = 0
    while alike < 4 and time.monotonic() < until:
        page.goto(f"{own}/child-protection")
        alike = alike + 1 if card.get_attribute("data-value") == value else 0
        time.sleep(0.5)
    expect(card).to_have_attribute("data-value", value)
    return page


@pytest.mark.browser
def test_a_file_is_offered_mended_published_and_taken_back(browser: Browser, own: str, tmp_path: Path):
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text(HEADING + BAD)
    good.write_text(HEADING + GOOD)
    with browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{own}/data")
        page.get_by_role("link", name="load figures").click()
        page.set_input_files("#files", [bad, good])
        page.get_by_role("button", name="Check them").click()
        waited(page)
        expect(page.locator("h1")).to_contain_text("nothing was changed", timeout=STEP)
        row = page.locator(".problems tbody tr").first
        expect(row.locator("th")).to_have_text("bad.csv")
        expect(row.locator("td")).to_have_text(
            [
                "2",
                "value",
                "abc",
                '"abc" is not a number. If the figure is hidden, leave it empty and put c in status.',
            ]
        )
        with page.expect_download() as download:
            page.get_by_role("link", name="The problems as CSV").click()
        (told,) = csv.DictReader(io.StringIO(Path(download.value.path()).read_text()))
        assert (told["file"], told["row"], told["column"], told["value"]) == ("bad.csv", "2", "value", "abc")

        page.get_by_role("link", name="Offer the mended files").click()
        page.set_input_files("#files", good)
        page.get_by_role("button", name="Check them").click()
        waited(page)
        expect(page.locator(".numbers tbody tr")).to_have_count(1, timeout=STEP)
        expect(page.locator(".numbers tbody td")).to_have_text(["0", "1", "2", "0", "2,105"])
        expect(page.get_by_role("region", name="Verdicts that turn")).to_contain_text("worse")
        page.get_by_label("Why").fill("Corrected in a test")
        page.get_by_role("button", name="Publish", exact=True).click()
        assert page.get_by_label("Your name or role").evaluate("e => !e.validity.valid"), "who is wanted"
        page.get_by_label("Your name or role").fill("An analyst")
        page.get_by_role("button", name="Publish", exact=True).click()
        waited(page)
        expect(page.locator("h1")).to_have_text("Release 2 is published", timeout=STEP)

        figure(page, own, "30")
        card = page.locator("#card-cpp_subsequent_pct")
        expect(card.locator(".value .revised")).to_contain_text(": was 28.0%")
        page.goto(f"{own}/data")
        expect(page.locator("[data-revised] td")).to_have_text(["2024-25", "28.0%", "30.0%"])
        page.goto(f"{own}/import")
        page.get_by_role("link", name="Put it on show").click()
        page.get_by_label("Your name or role").fill("An analyst")
        page.get_by_label("Why").fill("The old figure was right")
        page.get_by_role("button", name="Put release 1 on show").click()
        waited(page)
        expect(page.locator("h1")).to_have_text("Release 1 is published", timeout=STEP)
        figure(page, own, "28")
        expect(page.locator(".revised")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_has_nothing_that_axe_complains_of(browser: Browser, own: str, tmp_path: Path, width: int):
    file = tmp_path / "bad.csv"
    file.write_text(HEADING + BAD)
    with browser.new_context(viewport={"width": width, "height": 844}) as context:
        page = context.new_page()

        def complaints() -> list[str]:
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found = page.evaluate(RUN)
            assert found["passes"] and page.evaluate("document.documentElement.scrollWidth") <= width
            return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"]]

        page.goto(f"{own}/import")
        assert complaints() == []
        page.set_input_files("#files", file)
        page.get_by_role("button", name="Check them").click()
        assert complaints() == [], "while it works"
        waited(page)
        assert complaints() == [], "the report"
        page.goto(f"{own}/import/release/1")
        assert complaints() == []
