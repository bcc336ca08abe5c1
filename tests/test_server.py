"""The plain HTTP side of the running dashboard."""

import json
import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def fetch(url: str, **headers: str):
    try:
        return urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20)
    except urllib.error.HTTPError as error:
        return error


def test_health_names_the_release(live):
    assert json.loads(fetch(f"{live}/healthz").read()) == {"status": "ok", "release": 1}


@pytest.mark.parametrize(
    "path, status",
    [
        ("/", 200),
        ("/front-door", 200),
        ("/indicator/cla_rate", 200),
        ("/nothing", 404),
        ("/indicator/x", 404),
    ],
)
def test_the_status_follows_the_path(live, path, status):
    assert fetch(live + path).status == status


@pytest.mark.parametrize(
    "address",
    [
        "/front-door?area=%00",
        "/front-door?to=%F0%9F%98%80",
        "//evil.example/x",
        "/indicator/../x",
        "/front-door?" + "a=1&" * 500,
        "/front-door?area=" + "E" * 5000,
        "",
        "?",
        "http://[",
        "/front-door?compare=,,,,",
        "/indicator/%2e%2e",
    ],
)
def test_no_address_makes_the_server_fail(live, address):
    from urllib.parse import quote

    answer = fetch(f"{live}/{quote(address.removeprefix('/'), safe='/?&=%')}")
    assert answer.status in (200, 400, 404, 414)
    assert fetch(f"{live}/healthz").status == 200


def test_a_page_names_no_other_host_and_forbids_them(live):
    answer = fetch(f"{live}/front-door")
    policy = answer.headers["Content-Security-Policy"]
    scripts = next(part for part in policy.split(";") if "script-src" in part)
    assert "default-src 'self'" in policy and "http" not in policy
    assert "unsafe-inline" not in scripts and "unsafe-eval" not in scripts
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    body = answer.read().decode()
    fetched = re.findall(r'<(?:script|link|img|iframe|source)[^>]*?(?:src|href)="([^"]*)"', body)
    assert len(fetched) > 10 and not [a for a in fetched if not a.startswith(("/", "data:"))]
    assert '<html lang="en-GB">' in body


def test_the_small_plotly_bundle_is_served_and_matches_the_library(live):
    from plotly.offline import get_plotlyjs_version

    body = fetch(f"{live}/front-door").read().decode()
    script = body.split('data-plotly="/assets/vendor/plotly-basic')[1].split('"')[0]
    bundle = fetch(f"{live}/assets/vendor/plotly-basic{script}").read().decode()
    assert f"plotly.js (basic - minified) v{get_plotlyjs_version()}" in bundle[:300]


def test_answers_are_compressed(live):
    for path in ("/front-door", "/front-door?area=nowhere", "/api/scorecard.json"):
        answer = fetch(live + path, **{"Accept-Encoding": "br"})
        assert answer.headers["Content-Encoding"] == "br"


def test_no_output_has_two_callbacks(live):
    outputs = [c["output"] for c in json.loads(fetch(f"{live}/_dash-dependencies").read()) if c["output"]]
    assert len(outputs) == len(set(outputs)), outputs


def test_the_scorecard_as_data_carries_what_the_pages_say(live, catalogue):
    """The verdicts of Stockport 2024-25, as docs/methods.md#check-values works them out."""
    found = json.loads(fetch(f"{live}/api/scorecard.json?to=2024-25").read())
    assert (found["release"], found["area"], found["to"]) == (1, "E08000007", "2024-25")
    by_id = {i["id"]: i for i in found["indicators"]}
    assert set(by_id) == set(catalogue.indicators)
    repeat = by_id["cpp_subsequent_pct"]
    assert (repeat["value"], repeat["status"], repeat["period"], repeat["period_end"]) == (
        28.0,
        "ok",
        "2024-25",
        "2025-03-31",
    )
    england = repeat["comparison"]["england"]
    assert england["verdict"] == "similar" and england["benchmark"] == 24.5
    assert england["interval"] == pytest.approx([23.61, 32.95], abs=0.005)
    assert england["judged_against"] == pytest.approx(24.5, abs=0.05)
    assert (repeat["change"]["verdict"], repeat["change"]["difference"]) == (
        "unusual-rise",
        pytest.approx(9.0),
    )
    assert len(repeat["flags"]) == 1 and repeat["flagged"]
    near = repeat["comparison"]["neighbours"]
    assert (near["set"], near["n"], near["hidden"]) == ("SN-2025", 10, 0)
    assert (
        repeat["comparison"]["region"]["verdict"] == "worse" and repeat["movement"]["verdict"] == "no-change"
    )
    assert by_id["rereferrals_pct"]["movement"]["verdict"] == "unsteady"
    rate = by_id["cla_rate"]["comparison"]
    assert (rate["england"]["verdict"], rate["region"]["verdict"]) == ("higher", "lower")
    hidden = by_id["cpp_open_2y_plus_pct"]
    assert (
        hidden["value"] is None
        and hidden["status"] == "c"
        and hidden["comparison"]["england"]["verdict"] == "not-compared"
    )
    assert all(
        i["tolerance"]["rule"] and i["movement"]["method"] and i["sentence"] and i["source"]
        for i in found["indicators"]
    )


def test_the_data_take_the_same_query_as_the_pages(live):
    found = json.loads(fetch(f"{live}/api/scorecard.json?area=E08000003&only=flagged").read())
    assert (
        found["area"] == "E08000003"
        and found["indicators"]
        and all(i["flagged"] for i in found["indicators"])
    )
    assert json.loads(fetch(f"{live}/api/scorecard.json?area=nowhere").read())["messages"]


def cards(page: str) -> dict[str, dict[str, str]]:
    """The attributes of every card, band, row and joined count of a page, by its indicator."""
    tags = re.findall(r'<(?:article|tr|span|div) [^>]*data-indicator="[^>]*>', page)
    found = [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in tags]
    return {card["data-indicator"]: card for card in found}


def test_cards_and_data_agree(live):
    page = cards(page_text(live, "/child-protection"))
    data = [
        i
        for i in json.loads(fetch(f"{live}/api/scorecard.json").read())["indicators"]
        if i["theme"] == "child-protection"
    ]
    assert {i["id"] for i in data} == set(page)
    for indicator in data:
        card = page[indicator["id"]]
        assert card["data-value"] == ("" if indicator["value"] is None else f"{indicator['value']:g}")
        assert card["data-period-end"] == indicator["period_end"]
        assert card["data-tolerance"] == indicator["tolerance"]["verdict"]
        assert card["data-movement"] == indicator["movement"]["verdict"]
        for name, compared in indicator["comparison"].items():
            assert card[f"data-comparison-{name}"] == compared["verdict"]


def test_one_indicator_as_csv_is_what_its_card_shows(live):
    import csv
    import io

    answer = fetch(f"{live}/api/indicator/rereferrals_pct.csv?to=2018-19")
    assert (
        answer.headers["Content-Disposition"]
        == "attachment; filename=rereferrals_pct_E08000007_2018-19_shareable.csv"
    )
    rows = list(csv.DictReader(io.StringIO(answer.read().decode())))
    found = {(r["area"], r["period"]): r["value"] for r in rows}
    assert (found["Stockport", "2018-19"], found["England", "2018-19"], found["North West", "2018-19"]) == (
        "24.3",
        "22.6",
        "22.6",
    )
    assert all(r["source_id"] and r["indicator_id"] for r in rows) and len(rows) == 7 * 4


def test_a_hidden_figure_is_in_no_download(live):
    import csv
    import io

    rows = csv.DictReader(
        io.StringIO(fetch(f"{live}/api/indicator/cpp_open_2y_plus_pct.csv").read().decode())
    )
    hidden = [
        r for r in rows if r["area"] == "Stockport" and r["period"] in ("2018-19", "2022-23", "2024-25")
    ]
    assert [(r["value"], r["status"]) for r in hidden] == [("", "c")] * 3
    data = json.loads(fetch(f"{live}/api/indicator/cpp_open_2y_plus_pct.json").read())
    assert data["value"] is None and data["comparison"]["england"]["interval"] is None
    assert [s["value"] for s in data["series"] if s["area"] == "Stockport" and s["period"] == "2024-25"] == [
        None
    ]


@pytest.mark.parametrize(
    "path",
    ["/api/indicator/nothing.csv", "/api/indicator/cla_rate.xml", "/api/indicator/cla_rate", "/api/nothing"],
)
def test_unknown_data_addresses_answer_404(live, path):
    assert fetch(live + path).status == 404


@pytest.mark.parametrize(
    "cell, safe",
    [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-3", "'-3"),
        ("@x", "'@x"),
        ("plain", "plain"),
        (-3.5, -3.5),
        (None, None),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_inert(cell, safe):
    from safeguarding.exports.tables import inert

    assert inert(cell) == safe


# --- notes ---

NOTE = {
    "indicator_id": "cla_rate",
    "area_code": "E08000003",
    "period": "2024-25",
    "kind": "action",
    "text": "Ask what is behind <b>the rise</b>.",
    "owner": "Head of placements",
    "due": "2026-12-18",
    "author": "Chair",
}


def post(url: str, fields: object, **headers: str):
    body = json.dumps(fields).encode()
    try:
        request = urllib.request.Request(
            url, body, {"Content-Type": "application/json", **headers}, method="POST"
        )
        return urllib.request.urlopen(request, timeout=20)
    except urllib.error.HTTPError as error:
        return error


def page_text(live: str, address: str) -> str:
    """A page, but for the number of its revision."""
    return re.sub(' data-revision="[^"]*"', "", fetch(live + address).read().decode())


def test_an_action_is_on_every_page_at_once_and_gone_when_removed(live):
    pages = [
        "/?area=E08000003",
        "/looked-after-children?area=E08000003",
        "/indicator/cla_rate?area=E08000003",
    ]
    before = [page_text(live, p) for p in pages]
    assert not any("Ask what is behind" in text for text in before)
    answer = post(f"{live}/api/notes", NOTE)
    assert answer.status == 201
    number = json.loads(answer.read())["html"].split('data-note="')[1].split('"')[0]
    for _ in range(4):  # whichever worker answers
        for page in pages:
            text = page_text(live, page)
            assert "Ask what is behind" in text and "<b>the rise" not in text, page
    assert "Ask what is behind" not in page_text(live, "/"), "it belongs to Manchester"
    assert post(f"{live}/api/notes/{number}/done", {"by": "Chair"}).status == 200
    assert "Ask what is behind" not in page_text(live, pages[0]) and "Done" in page_text(live, pages[2])
    assert post(f"{live}/api/notes/{number}/reopen", {"by": "Chair"}).status == 200
    removed = json.loads(post(f"{live}/api/notes/{number}/remove", {"by": "Chair"}).read())["html"]
    assert "Put it back" in removed and "Ask what is behind" not in removed
    assert [page_text(live, p) for p in pages[:2]] == before[:2]
    assert "Ask what is behind" not in page_text(live, pages[2]) and "Put it back" in page_text(
        live, pages[2]
    )
    assert post(f"{live}/api/notes/{number}/restore", {"by": "Chair"}).status == 200
    assert "Ask what is behind" in page_text(live, pages[0])
    assert post(f"{live}/api/notes/{number}/remove", {"by": "Chair"}).status == 200


def test_a_note_about_a_child_is_refused_with_every_reason(live):
    answer = post(f"{live}/api/notes", {**NOTE, "text": "Jane Smith, born 3/4/2012", "owner": ""})
    assert answer.status == 422
    problems = json.loads(answer.read())["problems"]
    assert len(problems) == 2 and "owner" in problems[0] and "never about a person" in problems[1]


@pytest.mark.parametrize(
    "headers, status",
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Content-Type": "text/plain"}, 403),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 403),
    ],
)
def test_no_other_site_can_write(live, headers, status):
    assert post(f"{live}/api/notes", NOTE, **headers).status == status


def test_a_page_of_ours_can_write_and_hostile_forms_do_not_break_the_server(live):
    assert post(f"{live}/api/notes", {**NOTE, "author": ""}, Origin=live).status == 422
    for fields in (
        [],
        "x",
        None,
        {"text": {"a": 1}},
        {"text": "a" * 20_000},
        {**NOTE, "indicator_id": "'; DROP TABLE note; --"},
    ):
        assert post(f"{live}/api/notes", fields).status in (413, 422)
    assert post(f"{live}/api/notes/1/explode", {"by": "x"}).status == 404
    assert post(f"{live}/api/notes/99999/done", {"by": "Chair"}).status == 404
    assert fetch(f"{live}/api/notes").status in (404, 405)
    assert fetch(f"{live}/healthz").status == 200


# --- charts as files ---


@pytest.mark.parametrize("kind", ["png", "svg", "csv", "xlsx", "txt"])
def test_every_chart_on_a_page_can_be_saved(live, kind):
    """Every address that a page offers answers with a file of its kind and a name that says what it is."""
    import re

    text = page_text(live, "/indicator/rereferrals_pct?to=2018-19") + page_text(
        live, "/child-protection?show=rank&area=E08000003"
    )
    offered = sorted(set(re.findall(rf'/api/chart/[^"]+?\.{kind}[^"]*', text)))
    assert len(offered) >= 20
    for address in offered[:: 4 if kind in ("png", "svg") else 1]:
        answer = fetch(live + address.replace("&amp;", "&"))
        assert answer.status == 200, address
        assert re.fullmatch(
            rf"attachment; filename=OFFICIAL-shareable_[A-Za-z0-9._-]+_r1\.{kind}",
            answer.headers["Content-Disposition"],
        ), address
        assert answer.read(8)


@pytest.mark.parametrize(
    "path",
    [
        "/api/chart/x/trend.png",
        "/api/chart/cla_rate/pie.png",
        "/api/chart/cla_rate/trend.gif",
        "/api/chart/x/parts.svg",
        "/api/chart/cla_count/rank-0.csv",
    ],
)
def test_a_chart_that_does_not_exist_answers_404(live, path):
    assert fetch(live + path).status == 404


def test_a_size_that_there_is_not_is_refused_with_those_that_there_are(live):
    answer = fetch(f"{live}/api/chart/cla_rate/trend.png?size=huge")
    assert answer.status == 400 and "half-page" in json.loads(answer.read())["message"]


@pytest.mark.parametrize(
    "path", ["/api/chart/cla_rate/trend.png", "/api/chart/cla_rate/trend.csv", "/api/indicator/cla_rate.csv"]
)
def test_a_file_for_an_address_that_makes_no_sense_is_refused_with_the_reason(live, path):
    answer = fetch(f"{live}{path}?area=E99&to=2018")
    assert answer.status == 400
    said = json.loads(answer.read())["message"]
    assert "no area with the code “E99”" in said and "“2018” is not a period" in said


def test_data_that_have_not_changed_are_not_sent_again(live):
    for path in ("/api/scorecard.json", "/api/indicator/cla_rate.csv", "/api/chart/cla_rate/trend.png"):
        first = fetch(live + path)
        assert first.headers["Cache-Control"] == "no-cache"
        assert fetch(live + path, **{"If-None-Match": first.headers["ETag"]}).status == 304


# --- packs ---


def made(live: str, name: str) -> dict:
    """How a pack ends."""
    import time

    for _ in range(240):
        far = json.loads(fetch(f"{live}/api/packs/{name}").read())
        if far["state"] != "making":
            return far
        time.sleep(0.25)
    raise AssertionError(f"the pack is still being made: {far}")


def test_a_pack_is_made_and_fetched(live):
    import io

    from pptx import Presentation

    begun = post(
        f"{live}/api/packs", {"theme": "front-door", "area": "E08000003", "to": "2018-19", "format": ["pptx"]}
    )
    assert begun.status == 200
    name = json.loads(begun.read())["pack"]
    end = made(live, name)
    files = ["OFFICIAL-shareable_Front-door_Manchester_to-2018-19_r1.pptx"]
    assert (end["state"], end["files"]) == ("done", files), end
    answer = fetch(f"{live}/api/packs/{name}/{end['files'][0]}")
    deck = Presentation(io.BytesIO(answer.read()))
    assert (
        len(deck.slides) > 15
        and f"{live}/front-door?area=E08000003&to=2018-19" in deck.slides[0].placeholders[1].text_frame.text
    )
    assert fetch(f"{live}/api/packs/{name}/progress.json").status == 404
    assert fetch(f"{live}/api/packs/{name}/..%2F..%2Fdashboard.sqlite").status == 404


def test_a_pack_can_be_cancelled(live):
    name = json.loads(
        post(f"{live}/api/packs", {"theme": "looked-after-children", "format": ["docx", "png"]}).read()
    )["pack"]
    assert post(f"{live}/api/packs/{name}/cancel", {}).status == 200
    end = made(live, name)
    assert (end["state"], end["files"]) == ("cancelled", [])


@pytest.mark.parametrize(
    "fields, said",
    [
        ({"format": []}, "at least one format"),
        ({"format": ["exe"]}, "at least one format"),
        ({"format": "pptx"}, "at least one format"),
        ({"format": ["csv"], "theme": "--out=/tmp"}, "no such theme"),
        ({"format": ["csv"], "area": "--help"}, "no area"),
        ({"format": ["csv"], "indicator": "; rm -rf"}, "No indicator"),
        ({"format": ["csv"], "compare": "$(x)"}, "Nothing to compare with"),
        (None, "at least one format"),
    ],
)
def test_a_hostile_form_makes_no_pack(live, fields, said):
    answer = post(f"{live}/api/packs", fields)
    assert answer.status == 422 and said in json.loads(answer.read())["message"]


def test_no_other_site_can_make_a_pack_and_unknown_packs_answer_404(live):
    assert post(f"{live}/api/packs", {"format": ["csv"]}, Origin="http://evil.example").status == 403
    for name in ("nothing", "..", "a" * 30, "%2e%2e%2f"):
        assert fetch(f"{live}/api/packs/{name}").status == 404


def test_search_is_data_as_well(live):
    hits = json.loads(fetch(f"{live}/api/search.json?q=uasc&area=E08000003").read())
    assert hits[0]["id"] == "uasc_count" and hits[0]["link"] == "/indicator/uasc_count?area=E08000003"
    assert json.loads(fetch(f"{live}/api/search.json?q=%00%F0%9F%98%80").read()) == []


# --- docs/api.md ---


def test_every_address_is_described(tmp_path, monkeypatch):
    """docs/api.md has each route that the server registers, with its method."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'routes.sqlite'}")
    from app import server

    described = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for rule in server.url_map.iter_rules():
        path = re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"<\1>", rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            assert f"`{method} {path}`" in described, f"{method} {path} is not in docs/api.md"


def test_every_page_of_the_documentation_that_code_names_is_there():
    named = {
        (path.relative_to(ROOT).as_posix(), name)
        for folder in ("safeguarding", "components", "pages", "addresses", "assets")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".js", ".html") and "vendor" not in path.parts
        for name in re.findall(r"docs/[\w/.-]*\w", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    missing = [
        (path, name)
        for path, name in named
        if not list((ROOT / "docs").parent.glob(f"{name.removesuffix('.md')}*"))
    ]
    assert missing == []


def test_every_key_of_an_address_is_described():
    from safeguarding.query import KEYS

    described = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert [key.name for key in KEYS if f"`{key.name}`" not in described] == []


def test_every_key_that_goes_along_has_a_control():
    from components.filters import CONTROLS
    from safeguarding.query import KEYS

    assert {name.split("-")[0] for name in CONTROLS} == {key.name for key in KEYS if not key.pages}


@pytest.mark.parametrize(
    "path, accept, said",
    [
        ("/api/nothing", "*/*", '{"message":"There is nothing at this address."}'),
        ("/assets/nothing.css", "*/*", "There is nothing at this address."),
        ("/api/nothing", "application/json", '{"message":"There is nothing at this address."}'),
        ("/api/notes/1/done", "*/*", '{"message":"There is nothing at this address."}'),
    ],
)
def test_a_refusal_is_a_sentence_and_json_for_those_who_speak_it(live, path, accept, said):
    assert fetch(live + path, Accept=accept).read().decode().strip() == said


def test_a_foreign_host_is_not_answered(live):
    answer = fetch(f"{live}/healthz", Host="evil.example")
    assert answer.status == 421 and "ALLOWED_HOSTS" in answer.read().decode()
