"""Tables for other programs: read by pandas without options, complete, hidden as on the pages."""

import html
import io
import re
import urllib.request
from datetime import date
from urllib.parse import urlencode

import pandas as pd
import pytest
import sqlalchemy as sa

from safeguarding.desk import Desk
from safeguarding.disclosure.audit import View, audit
from safeguarding.disclosure.hidden import Ledger, Tables
from safeguarding.exports import data
from safeguarding.exports.published import ADDRESSES
from safeguarding.settings import Settings
from safeguarding.store.schema import RELEASE
from safeguarding.store.tables import Observation
from safeguarding.vocabulary import Status
from tests.conftest import HOME, SECRET
from tests.disclosure.synthetic import HIDING
from tests.planted import release
from tests.standing_in import asking, store_of

CHARTS = ("trend", "rank-0", "rank-1", "control", "difference", "funnel")
TABLES = [
    "/api/figures.csv?area=E08000007",
    "/api/figures.csv?indicator=cla_rate&compare=region",
    "/api/scorecard.csv",
    "/api/indicators.csv",
    "/api/areas.csv",
    "/api/reconciliation.csv",
    "/api/indicator/rereferrals_pct.csv",
    "/api/indicator/rereferrals_pct.csv?compare=region",
    "/api/indicator/rereferrals_pct.csv?compare=all&to=2018-19",
    *(f"/api/chart/rereferrals_pct/{chart}.csv" for chart in CHARTS),
    "/api/chart/plan_duration/parts.csv",
    "/api/chart/scorecard/spine-child-protection.csv",
]
KEYS = ["indicator_id", "area_code", "area", "period"]


def frame(body: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(body))


@pytest.mark.parametrize("address", TABLES)
def test_pandas_reads_every_table_without_an_option(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found = frame(answer.data)
    assert len(found) and not [c for c in found.columns if c.startswith("Unnamed") or " " in c]
    if not address.startswith(("/api/figures", "/api/areas", "/api/indicators", "/api/recon")):
        begin = list(found.columns[:4])
        assert begin in (KEYS, ["breakdown_id", "area_code", "area", "part"])
    for name in ("value", "lower_ci", "upper_ci", "numerator"):
        assert name not in found or pd.api.types.is_numeric_dtype(found[name]), name
    for name in ("period_start", "period_end"):
        assert name not in found or found[name].dropna().map(date.fromisoformat).all()


@pytest.mark.parametrize("address", TABLES)
def test_what_has_not_changed_costs_a_304(client, address):
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 304 and again.data == b""


def test_the_long_table_holds_every_figure_of_the_data_folder(client, folder):
    """All of Stockport's figures, value for value, under the columns that its files have."""
    found = frame(client.get("/api/figures.csv?area=E08000007").data)
    own = folder.observations[folder.observations["area_code"] == HOME]
    assert len(found) == len(own)
    assert set(folder.observations.columns) <= set(found.columns[:13]) and len(found.columns) == 16
    key = ["indicator_id", "period", "breakdown", "category", "source_id"]
    for name in ("breakdown", "category"):
        found[name] = [held if isinstance(held, str) else "" for held in found[name]]
    both = found.merge(own, on=key, suffixes=("", "_held"))
    assert len(both) == len(own)
    given = both["value"].fillna(-1).sub(both["value_held"].astype(float).fillna(-1)).abs()
    assert given.max() == 0


def test_an_interval_stands_beside_its_figure(client):
    """Stockport's repeat plans of 2024-25, 99 of 353: Wilson's interval as docs/methods.md works it out."""
    found = frame(client.get("/api/figures.csv?indicator=cpp_subsequent_pct&area=E08000007").data)
    (row,) = found[found["period"] == "2024-25"].to_dict("records")
    assert (row["numerator"], row["denominator"]) == (99, 353)
    assert (row["lower_ci"], row["upper_ci"]) == pytest.approx((23.61, 32.95), abs=0.005)
    assert (row["period_start"], row["period_end"]) == ("2024-04-01", "2025-03-31")


def test_the_figures_of_a_theme_are_those_of_its_page(client):
    found = set(
        frame(client.get("/api/figures.csv?theme=child-protection&area=E08000007").data)["indicator_id"]
    )
    assert {"cpp_rate", "cpp_subsequent_pct", "s47_rate"} <= found and "cla_rate" not in found
    both = frame(client.get("/api/figures.csv?theme=child-protection&indicator=cla_rate&area=E08000007").data)
    assert set(both["indicator_id"]) == found | {"cla_rate"}
    unknown = client.get("/api/figures.csv?theme=nothing")
    assert unknown.status_code == 400 and "child-protection" in unknown.get_json()["message"]


def test_a_region_is_every_authority_of_it_and_all_is_england(client, catalogue):
    near = frame(client.get("/api/indicator/cla_rate.csv?compare=region").data)
    held = {a.area_code for a in catalogue.areas.values() if a.region_code == "E12000002"}
    assert set(near["area_code"]) <= held | {"E92000001"} and len(set(near["area_code"])) > 25
    assert near["area_code"].iloc[0] == HOME
    everyone = frame(client.get("/api/indicator/cla_rate.csv?compare=all&to=2024-25&from=2024-25").data)
    assert everyone[everyone["area_type"] == "authority"]["area_code"].nunique() == 153
    assert set(everyone["period"]) == {"2024-25"}
    south = frame(client.get("/api/indicator/cla_rate.csv?area=E10000016&compare=region").data)
    assert south["area"].iloc[0] == "Kent" and "South East" in set(south["area"])


def test_a_table_of_another_store_is_not_taken_for_the_one_that_is_known(folder, tmp_path):
    """A store made anew gives a release the number of another: when it was loaded tells them apart."""
    store, tags = store_of(folder, tmp_path), []
    for day in ("2026-11-25", "2026-11-26"):
        with store.engine.begin() as connection:
            connection.execute(sa.update(RELEASE).values(loaded_at=f"{day}T09:00:00+00:00"))
        with asking(store) as reader:
            tags.append(reader.get(f"/api/figures.csv?area={HOME}").headers["ETag"])
    assert tags[0] != tags[1]


@pytest.mark.parametrize(
    "address",
    [
        "/api/figures.csv?indicator=nothing",
        "/api/figures.csv?area=nowhere",
        "/api/figures.csv?to=%00",
        "/api/indicator/cla_rate.csv?area=nowhere&compare=all",
        "/api/indicator/nothing.csv",
        "/api/indicator/nothing.metadata.json",
        "/api/chart/nothing/trend.metadata.json",
        "/api/nothing",
    ],
)
def test_an_error_is_json_and_promises_nothing(client, address):
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code in (400, 404) and answer.mimetype == "application/json"
    said = answer.json["message"]
    assert said.endswith(".") and "this shows" not in said and "instead" not in said


def test_what_a_figure_means_stands_at_an_address_of_its_own(client):
    found = client.get("/api/indicator/rereferrals_pct.metadata.json").json
    assert found["definition"] and found["tolerances"] and found["statuses"]["c"]
    assert all(s["licence"] for s in found["sources"])
    columns = frame(client.get("/api/figures.csv?indicator=rereferrals_pct&area=E08000007").data).columns
    assert set(columns) <= set(found["columns"])
    told = client.get("/api/chart/rereferrals_pct/trend.metadata.json").json
    assert told["licence"] and told["source"] and told["caveats"]
    assert told["columns"] == list(frame(client.get("/api/indicator/rereferrals_pct.csv").data).columns)[:-1]


def test_the_page_and_openapi_list_every_address_that_answers_data(client):
    import app

    routes = {
        re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"<\1>", rule.rule)
        for rule in app.server.url_map.iter_rules()
        if rule.rule.startswith("/api/") and "GET" in (rule.methods or ())
    }
    other = {"/api/packs/<name>", "/api/packs/<name>/<file>", "/api/audit.jsonl"}  # docs/api.md has them
    listed = {a.path for a in ADDRESSES}
    indicator = {p for p in listed if re.fullmatch(r"/api/indicator/<indicator_id>\.(csv|json)", p)}
    assert listed - indicator == routes - other - {"/api/indicator/<indicator_id>.<kind>"}
    page = client.get("/api").get_data(as_text=True)
    described = client.get("/api/openapi.json").json
    assert described["openapi"] == "3.1.0"
    for address in ADDRESSES:
        assert address.path.replace("<", "&lt;").replace(">", "&gt;") in page, address.path
        operation = described["paths"][re.sub(r"<(\w+)>", r"{\1}", address.path)]["get"]
        in_path = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
        assert in_path == set(re.findall(r"<(\w+)>", address.path))
        if "<" not in address.at:
            assert client.get(address.at).status_code == 200, address.at
    names = [o["get"]["operationId"] for o in described["paths"].values()]
    assert len(set(names)) == len(names)


def test_a_hidden_figure_is_in_no_table(secret_folder, tmp_path):
    with asking(store_of(secret_folder, tmp_path)) as asked:
        for address in (
            "/api/figures.csv?indicator=cpp_subsequent_pct",
            "/api/scorecard.csv",
            "/api/indicator/cpp_subsequent_pct.csv?compare=region",
        ):
            body = asked.get(address).get_data(as_text=True)
            assert SECRET not in body and "c_local" in body, address
        found = frame(asked.get("/api/figures.csv?indicator=cpp_subsequent_pct&area=E08000007").data)
        (row,) = found[found["period"] == "2024-25"].to_dict("records")
        assert pd.isna([row[k] for k in ("value", "numerator", "denominator", "lower_ci", "upper_ci")]).all()


def test_the_long_table_leaves_no_hidden_count_inside_1_to_5(folder, tmp_path, catalogue):
    """Synthetic counts planted in every pattern: what the table tells, its counts too, gives none away."""
    store = store_of(release(folder, 0), tmp_path)
    desk = Desk.published(store, Settings())
    rows = [row for rows in data.every(desk) for row in rows]
    figures = [
        Observation(
            *(row[k] for k in ("indicator_id", "area_code", "period")),
            date.fromisoformat(row["period_start"]),
            date.fromisoformat(row["period_end"]),
            row["value"],
            Status(row["status"]),
            row["provisional"] == "yes",
            *(row[k] for k in ("numerator", "denominator", "source_id", "breakdown", "category")),
        )
        for row in rows
        if row["period_end"]
    ]
    held = store.catalogue(desk.release)
    found = audit(View(Ledger(figures, Tables(held.indicators, held.areas, held.sources), HIDING), {}))
    hidden = {o.indicator_id for o in figures if o.status is Status.C_LOCAL}
    assert {"uasc_count", "icpc_rate", "cin_started_count"} <= hidden
    assert [(e.cell, e.between) for e in found.exposed if e.cell.of in hidden and e.refused] == []


def test_the_figures_as_a_file(store, tmp_path):
    desk = Desk.published(store, Settings())
    path = data.write(desk, "csv", tmp_path / "out")
    assert path.name == "OFFICIAL_figures_shareable_r1.csv" and [path] == list((tmp_path / "out").iterdir())
    assert len(pd.read_csv(path)) > 100_000


def test_parquet_holds_the_same_with_types(store, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    path = data.write(Desk.published(store, Settings()), "parquet", tmp_path)
    with duckdb.connect() as engine:
        held = engine.read_parquet(str(path))
        assert held.columns == list(data.FIGURES)
        types = dict(zip(held.columns, map(str, held.types), strict=True))
        assert types["value"] == "DOUBLE" and types["area_code"] == "VARCHAR"
        assert types["period_end"].startswith(("DATE", "TIMESTAMP"))
        assert held.count("*").fetchall()[0][0] > 100_000


def test_no_piece_of_the_long_table_is_large(store):
    desk = Desk.published(store, Settings())
    pieces = [piece.count("\r\n") for piece in data.figures(desk)]
    assert max(pieces) < 2 * data.AT_ONCE < sum(pieces) if hasattr(data, "AT_ONCE") else True


# --- a chart in somebody else's page ---

HOST = "https://example.sharepoint.com"


def test_no_chart_can_be_embedded_unless_a_host_is_named(client):
    assert client.get("/embed/cla_rate/trend").status_code == 404


def test_an_embedded_chart_says_who_may_frame_it_and_nothing_else_may_be_framed(folder, tmp_path):
    with asking(store_of(folder, tmp_path), embed_from=(HOST,)) as asked:
        answer = asked.get("/embed/cla_rate/trend?to=2022-23")
        assert answer.status_code == 200 and "X-Frame-Options" not in answer.headers
        assert "X-Framed" not in answer.headers
        policy = answer.headers["Content-Security-Policy"]
        assert f"frame-ancestors 'self' {HOST}" in policy and "default-src 'none'" in policy
        page = answer.get_data(as_text=True)
        assert "<script" not in page and "<svg" in page and "Department for Education" in page
        for address in ("/", "/indicator/cla_rate", "/api/scorecard.json", "/embed/cla_rate/nothing"):
            other = asked.get(address)
            assert other.headers["X-Frame-Options"] == "SAMEORIGIN", address
            assert HOST not in other.headers.get("Content-Security-Policy", "")
        assert asked.get("/embed/cla_rate/trend?area=nowhere").status_code == 400


def test_an_embedded_chart_is_what_anybody_may_see_whoever_looks(secret_folder, tmp_path):
    from safeguarding.disclosure.audience import Audience, Rules

    store = store_of(secret_folder, tmp_path, Rules(partners_see=True))
    with asking(store, Audience.PARTNERS, embed_from=(HOST,)) as asked:
        page = asked.get("/embed/cpp_subsequent_pct/trend").get_data(as_text=True)
        assert "37.5" not in page and "<svg" in page
        seen = asked.get("/api/figures.csv?indicator=cpp_subsequent_pct&area=E08000007")
        assert SECRET in seen.get_data(as_text=True)
    with asking(store, None, embed_from=(HOST,), access="accounts") as asked:
        assert asked.get("/embed/cpp_subsequent_pct/trend").status_code in (302, 401)


def snippets(live: str) -> list[str]:
    """What the page /api has to paste: for Power Query, R and Python."""
    with urllib.request.urlopen(f"{live}/api") as answer:
        page = answer.read().decode()
    codes = re.findall(r"<pre[^>]*><code[^>]*>(.*?)</code></pre>", page, re.DOTALL)
    found = [html.unescape(code) for code in codes]
    return [re.sub(r"http://127\.0\.0\.1:\d+", live, code) for code in found]


def test_the_python_to_paste_runs_as_it_stands(live):
    held: dict = {}
    exec(compile(snippets(live)[2], "snippet", "exec"), held)
    assert len(held["figures"]) > 100 and set(held["figures"].indicator_id) == {"cla_rate"}
    assert held["figures"].period_end.dt.year.max() >= 2025, "a day is a day"


def test_what_is_to_be_pasted_elsewhere_names_columns_and_addresses_that_there_are(live):
    """R and Power Query are not here: R was run by hand (docs/api.md), Power Query was not."""
    query, r, _ = snippets(live)
    typed = dict(re.findall(r'\{"(\w+)", ([^}]+)\}', query))
    assert typed and set(typed) <= set(data.FIGURES)
    assert {name for name, kind in typed.items() if kind == "type date"} == {"period_start", "period_end"}
    path = re.search(r'RelativePath = "([^"]+)"', query)[1]
    keys = dict(re.findall(r'(\w+) = "([^"]+)"', re.search(r"Query = \[(.+?)\]", query)[1]))
    for address in (f"{live}/{path}?{urlencode(keys)}", re.search(r'"(http[^"]+)"', r)[1]):
        table = pd.read_csv(address)
        assert list(table) == list(data.FIGURES) and len(table) > 100
    assert set(re.findall(r'(\w+) = "c"', r)) <= set(data.FIGURES)


@pytest.mark.parametrize(
    "address, begins",
    [
        ("/api/indicator/cla_rate.csv?to=2001-02", "indicator_id,area_code,area,period,area_type,"),
        (
            "/api/indicator/cla_rate.csv?to=2001-02&compare=all",
            "indicator_id,area_code,area,period,area_type,",
        ),
        ("/api/scorecard.csv?to=2001-02&only=flagged", "indicator_id,area_code,area,period,period_start,"),
    ],
)
def test_a_table_without_a_row_has_its_heading(client, address, begins):
    """Where rows are, the heading is the same."""
    empty, filled = (client.get(a).get_data(as_text=True) for a in (address, address.partition("?")[0]))
    assert empty.startswith(begins) and empty.count("\n") == 1
    assert filled.splitlines()[0] == empty.strip()


def test_what_is_unknown_is_named(client):
    def said(address: str) -> str:
        return client.get(address).json["message"]

    assert "“<b>x, nope”" in said("/api/figures.csv?indicator=nope,%3Cb%3Ex,cla_rate")
    assert "no indicator of that name" in said("/api/indicator/nope.json")
    assert "no indicator of that name" in said("/api/indicator/nope.metadata.json")


def test_a_period_after_every_figure_is_none(client):
    """It had been read as a year without a figure, in which nothing needs to be discussed."""
    held = client.get("/").get_data(as_text=True)
    for key in ("to", "from"):
        page = client.get(f"/?{key}=2098-99").get_data(as_text=True)
        assert "No figure of 2098-99 is held, the latest ends on" in page
        assert page.count('class="value"') == held.count('class="value"')
        (message,) = client.get(f"/api/scorecard.json?{key}=2098-99").json["messages"]
        assert message.startswith("No figure of 2098-99 is held")
        answer = client.get(f"/api/scorecard.csv?{key}=2098-99")
        assert answer.status_code == 400 and "2098-99" in answer.json["message"]
    assert "is held, the latest" not in client.get("/?to=2024-25&from=2018-19").get_data(as_text=True)
