"""Signing in, seen: with and without scripts, narrow and wide, and what axe finds."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.test_accessibility import AXE, RUN
from tests.conftest import ROOT, serve, stop

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard into which one analyst may sign in."""
    tmp = tmp_path_factory.mktemp("closed")
    store = {"DATABASE_URL": f"sqlite:///{tmp / 'served.sqlite'}"}
    command = [sys.executable, "-m", "safeguarding", "user", "add", "anna", "--role", "administrator"]
    subprocess.run(command, cwd=ROOT, env=store, input=PASSWORD + "\n", text=True, check=True)
    process, url = serve(tmp, ACCESS="accounts")
    yield url
    stop(process)


@pytest.mark.browser
@pytest.mark.parametrize("scripts, width", [(False, 390), (True, 1280)])
def test_somebody_signs_in_looks_and_signs_out(browser: Browser, closed: str, scripts: bool, width: int):
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 844})
    page = context.new_page()

    def complaints() -> list[str]:
        if not scripts:
            return []
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(RUN)
        assert found["passes"] and page.evaluate("document.documentElement.scrollWidth") <= width
        return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"]]

    page.goto(f"{closed}/front-door?to=2018-19")
    assert "/sign-in" in page.url and complaints() == []
    page.get_by_label("Name").fill("anna")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    assert "do not go together" in page.get_by_role("alert").inner_text() and complaints() == []
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#page")
    assert page.url == f"{closed}/front-door?to=2018-19"
    if scripts:  # a note is written by one, in the name of whoever has signed in
        page.goto(f"{closed}/indicator/cla_rate")
        page.wait_for_selector("html[data-dash]")
        answer = page.evaluate(
            """async () => (await fetch("/api/notes/1/done", {method: "POST", body: "{}",
            headers: {"Content-Type": "application/json"}})).status"""
        )
        assert answer == 403, "without what a page of ours sends along"
    page.get_by_role("link", name="Your account").click()
    page.get_by_label("What it is for").fill("Power BI")
    page.get_by_role("button", name="Make a token").click()
    assert "sgd_" in page.get_by_role("status").inner_text() and complaints() == []
    page.goto(f"{closed}/audit")
    assert "sign-in failed" in page.inner_text("table") and complaints() == []
    page.goto(f"{closed}/account")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    page.goto(f"{closed}/front-door")
    assert "/sign-in" in page.url
    context.close()
