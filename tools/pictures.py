"""Pictures: the screenshots of README and docs, made anew from a running dashboard.

`.venv/bin/python -m tools.pictures http://127.0.0.1:8050`, once `make test` has brought Playwright.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.setup import find_browser

DOCS = Path(__file__).parents[1] / "docs"
SIZE = {"width": 1920, "height": 1080}
PICTURES = {
    "home.png": "/",
    "child-protection.png": "/child-protection",
    "indicator.png": "/indicator/cpp_subsequent_pct",
    "meeting.png": "/meeting#2",
}


def main(url: str) -> None:
    """Write every picture; each is one screen of 1920 by 1080 at half its size."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, device_scale_factor=0.75)
        for name, address in PICTURES.items():
            page.goto(url + address)
            page.wait_for_selector("html[data-dash]")
            page.mouse.move(0, 0)
            page.screenshot(path=str(DOCS / name), animations="disabled")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
