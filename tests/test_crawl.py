"""The review's crawl: every page, payload and file, as anyone may see them, with small counts planted.

Two releases differ in what is hidden alone. Whatever is sent has to be the same of both, to the byte: then
no page, picture, sentence, rank or file depends on a hidden figure. And what is sent, taken as a reader would
take it, leaves none of the hidden counts strictly inside 1 to 5.
"""

import argparse
import csv
import io
import re
import zipfile
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from safeguarding import periods
from safeguarding.desk import Desk
from safeguarding.disclosure.audit import View, audit
from safeguarding.disclosure.hidden import Ledger, Tables
from safeguarding.exports import command
from safeguarding.exports.packing import write
from safeguarding.settings import Settings
from safeguarding.store.tables import Observation
from safeguarding.vocabulary import Status
from tests.conftest import HOME
from tests.disclosure.synthetic import HIDING
from tests.planted import REGION, YEAR, release
from tests.standing_in import asking, store_of

SHOWING = ("cla_count", "cla_rate", "uasc_count", "uasc_pct", "icpc_rate", "assessments_45_days_pct")
PLANTED = (*SHOWING, "cla_long_term_stability_pct", "cin_started_count", "cpp_started_count")
TEXTS = ("text/", "application/json", "image/svg+xml")
LINKED = 60  # addresses of each release, beyond those that the crawl begins with


@pytest.fixture(scope="module")
def stores(folder, tmp_path_factory):
    """The release in its two forms; both may be published."""
    made = [store_of(release(folder, form), tmp_path_factory.mktemp("planted")) for form in (0, 1)]
    assert all(store.published() for store in made)
    return made


def starts() -> list[str]:
    """Where the crawl begins: every kind of address, and the planted figures in every kind of file."""
    found = ["/", "/meeting", "/data", "/methods", "/search?q=children", "/api/scorecard.json"]
    found += ["/api", "/api/scorecard.csv", "/api/indicators.csv", "/api/areas.csv", "/api/openapi.json"]
    found += [f"/api/figures.csv?indicator={','.join(PLANTED)}", "/api/figures.csv?compare=region"]
    found += ["/api/chart/scorecard/page-looked-after-children.svg", "/save/cin_started_count/areas"]
    found += [
        "/api/reconciliation.csv",
        f"/view?indicator={','.join(PLANTED)}",
        f"/?to={YEAR}",
        "/?to=2025-26",
    ]
    found += [f"/meeting?slides={','.join(f'{i},{i}:rank' for i in SHOWING)}"]
    for name in PLANTED:
        found += [f"/indicator/{name}", f"/indicator/{name}?to={YEAR}", f"/indicator/{name}?area={REGION}"]
        found += [f"/api/indicator/{name}.{kind}?to={YEAR}" for kind in ("json", "csv")]
        found += [f"/api/indicator/{name}.{kind}" for kind in ("csv?compare=region", "metadata.json")]
        found += [f"/api/chart/{name}/areas.{kind}?compare=GM" for kind in ("svg", "csv")]
        found += [f"/api/chart/{name}/{c}.svg?intervals=yes&notes=full" for c in ("trend", "rank-0")]
        found.append(f"/api/chart/{name}/trend.metadata.json?to={YEAR}")
        found += [f"/api/indicator/{name}.csv", f"/api/indicator/{name}.csv?area={REGION}"]
        for chart in ("trend", "rank", "rank-1", "control", "funnel", "difference"):
            found += [f"/api/chart/{name}/{chart}.{kind}?to={YEAR}" for kind in ("svg", "csv")]
            found.append(f"/api/figure/{name}/{chart}.json?to={YEAR}")
    for name in ("cla_count-placement", "cpp_started_count-age", "plan_duration"):
        found += [f"/api/chart/{name}/parts.{kind}" for kind in ("svg", "csv")]
    return found


def without(number: str, text: str) -> str:
    """A text without the number of its release, and a refusal without that of its request."""
    return re.sub(r'"request_id": ?"[^"]*"', "", text).replace(number, "N")


def crawl(store) -> dict[str, str]:
    """What every address answers, links followed, without the number of the release and what hangs on it.

    A picture in points is its SVG, drawn, and a workbook is opened below, with the packs: both are left out,
    since the number of the release cannot be taken out of them.
    """
    waiting, found = starts(), {}
    number, most = str(store.published()), len(waiting) + LINKED
    with asking(store) as client:
        while waiting and len(found) < most:
            address = waiting.pop(0)
            if address in found:
                continue
            answer = client.get(address)
            assert answer.status_code in (200, 303, 400, 404), (address, answer.status_code)
            if not answer.mimetype.startswith(TEXTS):
                continue
            body = answer.get_data(as_text=True)
            found[address] = without(number, body)
            if answer.mimetype == "text/html" and "?" not in address:
                links = (unescape(link) for link in re.findall(r'href="([^"#]+)', body))
                # where figures are loaded is not for readers, and each of its forms has a number of its own
                links = (link for link in links if urlsplit(link).path != "/import")
                waiting += [link for link in links if link.startswith("/") and not urlsplit(link).netloc]
    return found


@pytest.fixture(scope="module")
def crawled(stores) -> list[dict[str, str]]:
    return [crawl(store) for store in stores]


def test_the_two_releases_differ_in_what_is_hidden_and_in_nothing_else(stores):
    one, other = (store.shown(store.published()) for store in stores)
    assert one.hidden.keys() == other.hidden.keys() and len(one.hidden) == 14
    about = {(key[0], key[1]) for key in one.hidden}
    assert {i for i, _ in about} == set(PLANTED) - {"cla_rate"}
    assert ("cin_started_count", HOME) in about and len(
        [a for i, a in about if i == "cin_started_count"]
    ) == 2


def test_whatever_is_sent_is_the_same_whatever_is_hidden(crawled):
    one, other = crawled
    assert one.keys() == other.keys() and one.keys() > set(starts())
    assert sum(len(body) > 500 for body in one.values()) > 120
    assert [address for address in one if one[address] != other[address]] == []


def test_what_is_sent_leaves_no_hidden_count_inside_1_to_5(crawled, catalogue):
    """Every count of the crawl's own files, as rows of a table, and all sums between them at once."""
    told: dict[tuple, Observation] = {}
    for address, body in crawled[0].items():
        found = re.match(r"/api/(indicator|chart)/([\w-]+?)(?:-(placement|age)/parts|/\w+)?\.csv", address)
        if not found or not body.lstrip("\ufeff").startswith(("indicator_id,", "breakdown_id,")):
            continue
        for row in rows_of(body):
            o = as_told(row, found[2], found[3] or "", catalogue)
            if o is not None:
                told.setdefault(o.key, o)
    tables = Tables(catalogue.indicators, catalogue.areas, catalogue.sources)
    ledger = Ledger(told.values(), tables, HIDING)
    found = audit(View(ledger, {}))
    hidden = {o.indicator_id for o in told.values() if o.value is None}
    assert hidden == {i for i in PLANTED if "cla_" not in i} | {"cla_long_term_stability_pct"}, (
        "seen as hidden"
    )
    assert found.of_sources >= 8, "counts and those under shares and rates"
    assert [(e.cell, e.between) for e in found.exposed if e.cell.of in PLANTED] == []


def rows_of(body: str) -> list[dict[str, str]]:
    """The table of a file."""
    return list(csv.DictReader(io.StringIO(body.lstrip("\ufeff"))))


def as_told(row: dict[str, str], subject: str, breakdown: str, catalogue) -> Observation | None:
    """A row of a file as the figure it tells; None for a mean of several areas."""
    code, period = row["area_code"], row["period"][:10]
    if code not in catalogue.areas or subject not in catalogue.indicators or not periods.is_period(period):
        return None
    value = float(row["value"]) if row["value"] else None
    status = Status.OK if value is not None else Status.C
    if value is None and "hidden" not in f"{row.get('status')}{row.get('printed')}{row.get('note')}":
        return None
    end = periods.end_of(period)
    source = catalogue.indicators[subject].source_id
    numbers = (value, status, False, None, None)
    return Observation(subject, code, period, end, end, *numbers, source, breakdown, row.get("part", ""))


@pytest.mark.parametrize("theme", ["looked-after-children", "child-protection"])
def test_a_pack_is_the_same_whatever_is_hidden(stores, theme, tmp_path):
    packs = []
    for n, store in enumerate(stores):
        desk = Desk.published(store, Settings())
        parser = argparse.ArgumentParser()
        command.add(parser.add_subparsers())
        out = tmp_path / str(n)
        given = parser.parse_args(["export", "--theme", theme, "--format", "csv", "--out", str(out)])
        made = write(command.gather(given, desk), ["csv", "svg", "xlsx", "pptx", "docx"], out)
        packs.append({p.name.replace(str(desk.release), "N"): inside(p, str(desk.release)) for p in made})
    assert packs[0].keys() == packs[1].keys() and len(packs[0]) > 10
    assert all("shareable" in name for name in packs[0])
    assert [name for name in packs[0] if packs[0][name] != packs[1][name]] == []


def inside(path: Path, number: str) -> dict[str, bytes]:
    """What a file holds, without the number of its release and the moment of its making."""
    body = path.read_bytes()
    if not zipfile.is_zipfile(path):
        return {"": without(number, body.decode(errors="replace")).encode()}
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            held = archive.read(name)
            if name.endswith(".xlsx"):
                inner = path.with_suffix(f".{len(found)}.xlsx")
                inner.write_bytes(held)
                found |= {f"{name}/{k}": v for k, v in inside(inner, number).items()}
            elif not name.startswith("docProps/") and not name.endswith(".png"):
                found[name] = without(number, held.decode(errors="replace")).encode()
    return found
