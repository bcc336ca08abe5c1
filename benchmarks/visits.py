"""A page of six charts in a real Chromium: ours, an ordinary Dash page, and the floor, one after the other.

    .venv/bin/python -m benchmarks.visits --runs 5

The floor is one static file with six calls of plotly.js: nothing that draws in the browser can be quicker.
Read the ratios to it: times depend on the machine. Ends with whole visits a second, replayed by two clients.
"""

import argparse
import contextlib
import http.client
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import brotli
import pandas as pd
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.conftest import ROOT, free_port, serve, stop
from tools.setup import find_browser

INDICATORS = (
    *("referrals_rate", "rereferrals_pct", "referrals_nfa_pct", "referrals_not_in_need_pct"),
    *("assessments_45_days_pct", "referral_source_police_pct"),
)
ENGLAND = "E92000001"
SETTLE = 1000  # milliseconds: a page that was closed goes on for a while, and would count against the next
VIEW = f"/view?indicator={','.join(INDICATORS)}"
BY_PLOTLY = "document.querySelectorAll('.js-plotly-plot .scatterlayer .trace').length"
BY_US = "document.querySelectorAll('svg[data-chart] [data-series]').length"
# when what is waited for stands there, and the frame with it has been painted
WATCH = """(() => { const look = () => { let there = false; try { there = %s; } catch (e) {}
  const now = () => { window.__painted = performance.now(); };
  if (there) requestAnimationFrame(() => requestAnimationFrame(now));
  else requestAnimationFrame(look); }; requestAnimationFrame(look); })();"""
CLICKED = """window.__painted = undefined;
  addEventListener('click', () => { window.__clicked ??= performance.now(); }, { capture: true });"""


@dataclass
class Candidate:
    """A page to measure: its address, how many lines its charts have drawn, what to tick off."""

    name: str
    url: str
    drawn: str
    click: str
    times: dict[str, list[float]] = field(default_factory=dict)

    def add(self, what: str, value: float) -> None:
        """Keep one measure."""
        self.times.setdefault(what, []).append(value)


def figures(url: str) -> pd.DataFrame:
    """What our page draws, as any program gets it."""
    parts = []
    for indicator in INDICATORS:
        with urllib.request.urlopen(f"{url}/api/indicator/{indicator}.csv", timeout=60) as answer:
            table = pd.read_csv(answer)
        parts.append(
            table.assign(indicator=indicator, line=table["area"])[["indicator", "line", "period", "value"]]
        )
    return pd.concat(parts)


@contextlib.contextmanager
def floor(data: pd.DataFrame) -> Iterator[str]:
    """The static page, compressed and kept in memory."""
    charts = [
        [
            {"name": line, "x": list(g["period"]), "y": [None if pd.isna(v) else v for v in g["value"]]}
            | {"mode": "lines", "type": "scatter"}
            for line, g in one.groupby("line", sort=False)
        ]
        for _, one in data.groupby("indicator", sort=False)
    ]
    places = "".join(
        f"<div id=c{n} style='width:48%;height:400px;display:inline-block'></div>" for n in range(len(charts))
    )
    page = (
        "<!doctype html><meta charset=utf-8><title>floor</title><script src=plotly.js></script>"
        f"<label><input type=checkbox id=england checked> England</label>{places}"
        f"<script>const charts={json.dumps(charts)};"
        "const draw=(on)=>charts.forEach((lines,n)=>Plotly.react('c'+n,"
        "lines.filter((l)=>on||l.name!=='England'),{title:'c'+n}));draw(true);"
        "document.getElementById('england').onchange=(e)=>draw(e.target.checked);</script>"
    )
    bundle = (ROOT / "assets" / "vendor" / "plotly-basic.min.js").read_bytes()
    bodies = {
        "/": ("text/html", brotli.compress(page.encode(), quality=5)),
        "/plotly.js": ("text/javascript", brotli.compress(bundle, quality=9)),
    }

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, body = bodies.get(self.path, ("text/plain", brotli.compress(b"")))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Encoding", "br")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@contextlib.contextmanager
def ordinary(data: pd.DataFrame, folder: Path) -> Iterator[str]:
    """The ordinary Dash page, served by as many processes as ours."""
    file, port = folder / "figures.csv", free_port()
    data.to_csv(file, index=False)
    command = [sys.executable, "-m", "gunicorn", "-c", os.devnull, "-w", "2", "-b", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [*command, "benchmarks.ordinary:server"],
        cwd=ROOT,
        env={**os.environ, "FIGURES": str(file)},
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}/"
    for _ in range(300):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=5).read()
            break
        time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(20)


def painted(page: Page) -> float:
    """When it was, on the page's own clock."""
    page.wait_for_function("window.__painted", timeout=60_000)
    return page.evaluate("window.__painted")


def visit(browser: Browser, one: Candidate, slow: bool = False) -> None:
    """A first visit with an empty cache, a tick taken off, and the same page once more."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, bypass_csp=True)
    page = context.new_page()
    page.add_init_script(WATCH % f"{one.drawn} >= 24")
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    if slow:
        rate = 10 * 125_000
        speed = {"offline": False, "latency": 40, "downloadThroughput": rate, "uploadThroughput": rate}
        line.send("Network.emulateNetworkConditions", speed)
    moved = [0.0]
    line.on("Network.loadingFinished", lambda e: moved.append(e["encodedDataLength"]))
    page.wait_for_timeout(SETTLE)
    page.goto(one.url, wait_until="commit")
    one.add("charts painted, 10 Mbit/s and 40 ms" if slow else "charts painted", painted(page))
    page.wait_for_timeout(1500)
    if not slow:
        one.add("KB, first visit", sum(moved) / 1024)
        page.evaluate(CLICKED)
        page.evaluate(WATCH % f"{one.drawn} === 18")
        page.locator(one.click).first.click()
        painted(page)
        one.add("click to charts changed", page.evaluate("window.__painted - window.__clicked"))
        moved[:] = [0.0]
        page.goto(one.url, wait_until="commit")
        painted(page)
        page.wait_for_timeout(1500)
        one.add("KB, second visit", sum(moved) / 1024)
    context.close()


def further(browser: Browser, url: str, one: Candidate) -> None:
    """From a theme to the next by its link, and from a slide to the next by a key."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080}, bypass_csp=True)
    page.add_init_script(WATCH % "document.querySelectorAll('svg[data-chart]').length >= 3")
    page.wait_for_timeout(SETTLE)
    page.goto(f"{url}/front-door")
    one.add("a theme page painted", painted(page))
    page.wait_for_timeout(1500)
    page.evaluate("addEventListener('click', () => { sessionStorage.from = Date.now(); }, true);")
    page.get_by_role("link", name="Child protection", exact=True).first.click()
    page.wait_for_url("**/child-protection")
    painted(page)
    came = page.evaluate("performance.timeOrigin + window.__painted - Number(sessionStorage.from)")
    one.add("next page by its link", came)
    page.goto(f"{url}/meeting")
    page.wait_for_selector(".in-meeting .slide.now")
    page.wait_for_timeout(1500)
    one.add(
        "next slide",
        page.evaluate(
            """() => new Promise((done) => {
              const before = document.querySelector('.slide.now'), began = performance.now();
              const look = () => document.querySelector('.slide.now') === before ? requestAnimationFrame(look)
                : requestAnimationFrame(() => done(performance.now() - began));
              document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
              look(); })"""
        ),
    )
    page.close()


def asked_for(browser: Browser, url: str) -> list[tuple[str, str, str, str]]:
    """Every request of a first visit: method, address, type and body."""
    page = browser.new_page()
    found: list[Request] = []
    page.on("request", lambda request: found.append(request))
    page.goto(url)
    page.wait_for_timeout(3000)
    page.close()
    return [
        (r.method, r.url, r.headers.get("content-type", ""), r.post_data or "")
        for r in found
        if r.url.startswith("http")
    ]


def replayed(requests: list[tuple[str, str, str, str]], seconds: float) -> int:
    """How often one client, with a connection that is kept, gets all of them in so many seconds."""
    parts = urlsplit(requests[0][1])
    until, whole = time.monotonic() + seconds, 0
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    while time.monotonic() < until:
        for method, url, kind, body in requests:
            headers = {"Accept-Encoding": "br, gzip", **({"Content-Type": kind} if kind else {})}
            connection.request(method, url.partition(parts.netloc)[2], body or None, headers)
            connection.getresponse().read()
        whole += 1
    return whole


def a_second(requests: list[tuple[str, str, str, str]], seconds: float = 6) -> float:
    """Whole replays a second of two clients at once."""
    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(lambda _: replayed(requests, seconds), range(2))) / seconds


def main(runs: int) -> None:
    """Measure, interleaved, and print a table."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        process, url = serve(folder, DATABASE_URL=f"sqlite:///{folder / 'visits.sqlite'}")
        stack.callback(stop, process)
        data = figures(url)
        ours = Candidate("ours", url + VIEW, BY_US, f'#filter-compare input[value="{ENGLAND}"]')
        dash = Candidate(
            "Dash", stack.enter_context(ordinary(data, folder)), BY_PLOTLY, "#lines input >> nth=1"
        )
        bare = Candidate("floor", stack.enter_context(floor(data)), BY_PLOTLY, "#england")
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox"]
        )
        for _ in range(runs):
            for one in (bare, dash, ours):
                visit(browser, one)
            for one in (bare, ours):
                visit(browser, one, slow=True)
            further(browser, url, ours)
        print(f"{'':36} {'floor':>9} {'Dash':>9} {'ours':>9} {'ours to floor':>14}")
        for what, values in ours.times.items():
            base = bare.times.get(what, [] if what == "next slide" else bare.times["charts painted"])
            cells = (
                f"{median(v):9.0f}" if v else " " * 9
                for v in (bare.times.get(what), dash.times.get(what), values)
            )
            print(f"{what:36} {' '.join(cells)}", f"{median(values) / median(base):14.2f}" if base else "")
        for one in (dash, ours):
            visits = asked_for(browser, one.url)
            whole, page = a_second(visits), a_second(visits[:1])
            print(
                f"{one.name}: {whole:.1f} first visits a second of {len(visits)} requests,",
                f"{page:.0f} pages a second",
            )


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--runs", type=int, default=5)
    main(given.parse_args().runs)
