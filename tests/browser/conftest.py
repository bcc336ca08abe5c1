"""A page that fails the test when the console complains or a request leaves this machine."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

TRIES = 5
# are its letters drawn in the typeface that the page brings?
OWN_TYPEFACE = """() => {
    const line = document.createElement('span');
    line.style.cssText = 'position: fixed; visibility: hidden; font: 100px Arimo, monospace';
    line.textContent = 'illi';
    document.body.append(line);
    const own = line.offsetWidth;
    line.style.fontFamily = 'monospace';
    const other = line.offsetWidth;
    line.remove();
    return own !== other;
}"""


class Visit:
    """A browser page on the running dashboard."""

    def __init__(self, page: Page, live: str):
        self.page, self.live = page, live
        self.complaints: list[str] = []
        page.on(
            "console",
            lambda m: (
                self.complaints.append(f"console {m.type}: {m.text}")
                if m.type in ("error", "warning", "trace")
                else None
            ),
        )
        page.on("pageerror", lambda e: self.complaints.append(f"script error: {e}"))
        page.on("request", self._watch)
        page.on(
            "response",
            lambda r: self.complaints.append(f"{r.status} from {r.url}") if r.status >= 500 else None,
        )

    def _watch(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.complaints.append(f"a request left for {request.url}")

    def open(self, address: str) -> Page:
        """Go to an address and wait until Dash has taken the place of the page that the server has sent.

        On a busy machine the typeface can come too late for a first visit, and what stands in for it may be
        wider: then once more, so that every test sees the same lines.
        """
        for _ in range(TRIES):
            self.page.goto(self.live + address)
            self.settled()
            if self.page.evaluate(OWN_TYPEFACE):
                return self.page
            self.page.goto("about:blank")  # else one with a place in it would not be loaded anew
        raise AssertionError(f"{address} never stood in its own typeface")

    def settled(self) -> Page:
        """Wait until the page at hand answers to a hand, and shows what was asked for last."""
        expect(self.page.locator("html[data-dash]")).to_have_count(1)
        expect(self.page.locator("html[data-asking]")).to_have_count(0)
        charts = self.page.locator(".chart").count()
        expect(self.page.locator(".chart svg[data-chart]")).to_have_count(charts)
        return self.page

    def card(self, indicator_id: str):
        """The card of an indicator."""
        return self.page.locator(f'[data-indicator="{indicator_id}"]')

    @property
    def address(self) -> str:
        """The path and query now in the address bar."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.fixture
def visit(page: Page, live: str) -> Iterator[Visit]:
    page.set_default_timeout(15_000)
    expect.set_options(timeout=15_000)
    page.set_viewport_size({"width": 1920, "height": 1080})
    one = Visit(page, live)
    yield one
    assert not one.complaints, one.complaints
