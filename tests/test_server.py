"""The plain HTTP side of the running dashboard."""

import json
import urllib.error
import urllib.request

import pytest


def fetch(url: str, **headers: str):
    try:
        return urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20)
    except urllib.error.HTTPError as error:
        return error


def test_health_names_the_release(live):
    assert json.loads(fetch(f"{live}/healthz").read()) == {"status": "ok", "release": 1}


@pytest.mark.parametrize(
    "path, status", [("/", 200), ("/front-door", 200), ("/indicator/cla_rate", 200), ("/nothing", 404), ("/indicator/x", 404)]
)
def test_the_status_follows_the_path(live, path, status):
    assert fetch(live + path).status == status


@pytest.mark.parametrize("address", ["/front-door?area=%00", "/front-door?to=%F0%9F%98%80", "//evil.example/x", "/indicator/../x", "/front-door?" + "a=1&" * 500,
                                     "/front-door?area=" + "E" * 5000, "", "?", "http://[", "/front-door?compare=,,,,", "/indicator/%2e%2e"])  # fmt: skip
def test_no_address_makes_the_server_fail(live, address):
    from urllib.parse import quote

    answer = fetch(f"{live}/page.json?address={quote(address, safe='')}")
    assert answer.status in (200, 400, 414)
    assert fetch(f"{live}/healthz").status == 200


def test_a_page_names_no_other_host_and_forbids_them(live):
    answer = fetch(f"{live}/front-door")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe-eval" not in policy and "http" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    body = answer.read().decode()
    assert "https://" not in body and "http://" not in body
    assert '<html lang="en-GB">' in body


def test_the_small_plotly_bundle_is_served_and_matches_the_library(live):
    from plotly.offline import get_plotlyjs_version

    body = fetch(f"{live}/front-door").read().decode()
    assert "plotly-basic.min.js" in body
    script = body.split('src="/assets/vendor/plotly-basic')[1].split('"')[0]
    bundle = fetch(f"{live}/assets/vendor/plotly-basic{script}").read().decode()
    assert f"plotly.js (basic - minified) v{get_plotlyjs_version()}" in bundle[:300]


def test_answers_are_compressed(live):
    answer = fetch(f"{live}/page.json?address=/front-door", **{"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"


def test_no_output_has_two_callbacks(live):
    outputs = [c["output"] for c in json.loads(fetch(f"{live}/_dash-dependencies").read()) if c["output"]]
    assert len(outputs) == len(set(outputs)), outputs
