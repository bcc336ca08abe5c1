"""The page /import: who may use it, what is refused, and that nothing of what is refused is kept.

Names, passwords and files are made up.
"""

import io
import os
import re
import stat
import time
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
from flask.testing import FlaskClient

from addresses import imports, problems
from safeguarding import staged
from safeguarding.access.accounts import Accounts
from safeguarding.access.people import Role
from safeguarding.staged import DONE, WORKING, Staged, Step
from safeguarding.store.audit import entries
from safeguarding.store.drawers import FolderChest
from safeguarding.store.releases import Store
from tests.access.test_crossing import HTML, as_, through
from tests.conftest import HOME
from tests.standing_in import store_of

HEADING = "indicator_id,area_code,period,value,source_id\n"
CHANGED = HEADING + f"children_population,{HOME},2024-25,65000,ons_mye_2024\n"
WHO = {"by": "An analyst", "note": "Corrected by the source"}


@pytest.fixture
def small_store(small, tmp_path) -> Store:
    return store_of(small, tmp_path)


@pytest.fixture(autouse=True)
def aside(tmp_path, monkeypatch) -> None:
    """Imports are staged in a folder of the test's own."""
    monkeypatch.setattr(staged, "FOLDER", tmp_path / "imports")


def here() -> FolderChest:
    """Where this machine keeps its imports."""
    return FolderChest(staged.FOLDER)


@pytest.fixture
def client(small_store, steps) -> Iterator[FlaskClient]:
    """A client on the machine itself, where nobody has to sign in."""
    with through(small_store) as asked:
        yield asked


@pytest.fixture
def steps(small_store, monkeypatch) -> None:
    """Steps are done on the test's own store, whose address they find in the environment."""
    with through(small_store):  # the application starts with another
        monkeypatch.setenv("DATABASE_URL", small_store.engine.url.render_as_string(hide_password=False))


def proof_of(client: FlaskClient) -> dict[str, str]:
    """What the form on the page sends along."""
    page = client.get("/import").get_data(as_text=True)
    return {"proof": re.search(r'name="proof" value="([^"]+)"', page)[1]}


def offered(*files: tuple[str, bytes | str]) -> dict[str, list[tuple[io.BytesIO, str]]]:
    held = [(name, text.encode() if isinstance(text, str) else text) for name, text in files]
    return {"files": [(io.BytesIO(data), name) for name, data in held]}


def looked(client: FlaskClient, answer) -> str:
    """The page of a step, once it is done."""
    assert answer.status_code == 303, answer.get_data(as_text=True)
    address = answer.headers["Location"]
    until = time.monotonic() + 90
    while time.monotonic() < until:
        page = client.get(address)
        if "Refresh" not in page.headers:
            return page.get_data(as_text=True)
        time.sleep(0.3)
    raise AssertionError("it is not done")


def check(client: FlaskClient, *files: tuple[str, bytes | str]) -> str:
    return looked(client, client.post("/import", data={**proof_of(client), **offered(*files)}))


def kept(found: Staged | None = None) -> bytes:
    """All that is staged, names and bytes."""
    every = [p for p in staged.FOLDER.rglob("*") if p.is_file()]
    return b"".join(p.name.encode() + p.read_bytes() for p in every)


# --- what is offered ---


@pytest.mark.slow
def test_files_are_checked_published_and_taken_back(client, small_store):
    first = small_store.published()
    answer = client.post("/import", data={**proof_of(client), **offered(("mine.csv", CHANGED))})
    page = looked(client, answer)
    assert "What would change" in page and "65000" not in page and "0 figures new, 1 changed" in page
    assert small_store.published() == first and len(small_store.releases()) == 1
    (folder,) = staged.FOLDER.iterdir()
    assert {stat.S_IMODE(p.stat().st_mode) & 0o077 for p in (staged.FOLDER, folder)} == {0}
    address = answer.headers["Location"]
    unsigned = client.post(f"{address}/publish", data=proof_of(client))
    assert unsigned.status_code == 422 and "say who publishes it" in unsigned.get_data(as_text=True)
    for by, note, still in (
        ("A <analyst>", "NHS number 943 476 5919", 'value="A &lt;analyst&gt;"'),
        ("", "As sent", ">As sent</textarea>"),
    ):
        typed = {**proof_of(client), "by": by, "note": note}
        again = client.post(f"{address}/publish", data=typed).get_data(as_text=True)
        assert still in again and "943" not in again.partition("<form")[2], (
            "what may be kept stands there still"
        )
    for path in (f"{address}/publish", f"/import/release/{first}"):
        answer = client.post(path, data={**proof_of(client), **WHO, "note": "NHS 943 476 5919 was wrong"})
        assert answer.status_code == 422 and "NHS number" in answer.get_data(as_text=True)
    assert small_store.published() == first
    page = looked(client, client.post(f"{address}/publish", data={**proof_of(client), **WHO}))
    newest = small_store.releases()[-1]
    assert f"Release {newest.release_id} is published" in page and small_store.published() != first
    assert (newest.author, newest.reason) == tuple(WHO.values()) and list(newest.files) == ["mine.csv"]
    assert b"65000" not in kept(), "the files are let go"
    back = client.post(f"/import/release/{first}", data={**proof_of(client), **WHO})
    assert f"Release {first} is published" in looked(client, back) and small_store.published() == first
    told = [e.what for e in entries(small_store.engine)]
    for what in ("files checked", "files to be published", "release loaded", "release published"):
        assert what in told
    assert "release to be published" in told


@pytest.mark.slow
def test_where_another_release_has_come_meanwhile_the_files_are_looked_at_again(client, small_store):
    answer = client.post("/import", data={**proof_of(client), **offered(("mine.csv", CHANGED))})
    looked(client, answer)
    address = answer.headers["Location"]
    other = CHANGED.replace("65000", "66000")
    second = client.post("/import", data={**proof_of(client), **offered(("other.csv", other))})
    looked(client, second)
    looked(client, client.post(f"{second.headers['Location']}/publish", data={**proof_of(client), **WHO}))
    page = looked(client, client.post(f"{address}/publish", data={**proof_of(client), **WHO}))
    assert "has been published since" in page and "Check the same files again" in page
    page = looked(client, client.post(f"{address}/again", data=proof_of(client)))
    assert f"Against release {small_store.published()}" in page and "Publish it" in page
    assert client.post(f"{address}/discard", data=proof_of(client)).headers["Location"] == "/import"
    assert client.get(address).status_code == 404 and b"65000" not in kept()


def test_a_problem_is_told_as_a_page_and_as_files_and_nothing_of_the_file_is_kept(client, small_store):
    wrong = (
        HEADING
        + f'children_population,{HOME},2024-25,"=1+<b>x",ons_mye_2024\n'
        + f"no_such,{HOME},2024-25,77123,ons_mye_2024\n"
    )
    answer = client.post("/import", data={**proof_of(client), **offered(("wrong.csv", wrong))})
    page = looked(client, answer)
    assert "nothing was changed" in page and "=1+&lt;b&gt;x" in page and "<b>x" not in page
    text = client.get(f"{answer.headers['Location']}/problems.csv").get_data(as_text=True)
    assert text.startswith("file,row,column,message,sheet,value,also\n") and "'=1+<b>x" in text
    rows = client.get(f"{answer.headers['Location']}/problems.json").get_json()
    assert {r["file"] for r in rows} == {"wrong.csv"} and b"77123" not in kept()
    assert client.get(f"{answer.headers['Location']}/problems.exe").status_code == 404


def test_a_list_of_children_is_refused_and_nothing_of_it_is_kept(client, small_store):
    children = "Forename,Surname,DOB,indicator_id\nIda,Invented,2014-02-03,cla_rate\n"
    page = check(client, ("good.csv", CHANGED), ("children.csv", children))
    assert "looks like a list of children (names and dates of birth)" in page
    assert "Invented" not in page and "Publish it" not in page
    for word in (b"Invented", b"2014-02-03", b"65000"):
        assert word not in kept()
    assert not any("Invented" in e.about or "children" in e.about for e in entries(small_store.engine))


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 90_000_000)
    return out.getvalue()


def book(*extra: tuple[str, str], formula: str = "") -> bytes:
    made = openpyxl.Workbook()
    made.active.append(["indicator_id", "area_code", "period", "value", "source_id"])
    made.active.append(["children_population", HOME, "2024-25", formula or 65000, "ons_mye_2024"])
    out = io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out, "a") as packed:
        for name, held in extra:
            packed.writestr(name, held)
    return out.getvalue()


@pytest.mark.slow
def test_bombs_macros_links_and_formulas_are_refused(client, small_store):
    before = len(small_store.releases())
    page = check(
        client,
        ("bomb.xlsx", bomb()),
        ("macro.xlsm", book(("xl/vbaProject.bin", "x"))),
        ("linked.xlsx", book(("xl/externalLinks/externalLink1.xml", "<x/>"))),
        ("formula.xlsx", book(formula='=WEBSERVICE("http://evil.example")')),
        ("no.exe", b"MZ\x00\x01"),
    )
    for said in ("unpacks to more than 60 MB", "holds macros", "is linked to other files"):
        assert said in page
    assert "holds a formula without its value" in page and "is not UTF-8 text" in page
    assert "Publish it" not in page and len(small_store.releases()) == before


def test_what_takes_too_much_memory_ends_its_own_process_alone(client, monkeypatch):
    def torn(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(imports, "packed", torn)
    answer = client.post("/import", data={**proof_of(client), **offered(("mine.csv", CHANGED))})
    assert "nothing was changed" in looked(client, answer)


def test_too_large_is_said_in_a_sentence(client, monkeypatch):
    monkeypatch.setattr(problems, "LARGEST_FILES", 10_000)
    given = {**proof_of(client), **offered(("large.csv", b"x" * 20_000))}
    answer = client.post("/import", data=given, headers=HTML)
    assert answer.status_code == 413 and "larger than 60 MB together" in answer.get_data(as_text=True)
    assert not kept()
    too_many = offered(*((f"{n}.csv", CHANGED) for n in range(21)))
    answer = client.post("/import", data={**proof_of(client), **too_many})
    assert answer.status_code == 422 and "21 files are too many" in answer.get_data(as_text=True)
    assert client.post("/import", data=proof_of(client)).status_code == 422, "no file"


def test_two_at_once_are_enough(client):
    for _ in range(2):
        Staged.begin(here(), Step("check"))
    answer = client.post("/import", data={**proof_of(client), **offered(("mine.csv", CHANGED))})
    assert answer.status_code == 429


# --- who may ---


def test_a_form_that_is_not_ours_is_refused(client):
    given = {**proof_of(client), **WHO}
    for path in ("/import", "/import/abcdefghijklmnopqrst/publish", "/import/release/1"):
        assert client.post(path, data=WHO).status_code == 403, "no proof"
        assert client.post(path, data={"proof": "0" * 64}).status_code == 403
        for origin in ("http://evil.example", "null"):
            assert client.post(path, data=given, headers={"Origin": origin}).status_code == 403
    other = client.application.test_client()
    assert other.post("/import", data=given).status_code == 403, "another browser's proof"
    assert client.get("/import", headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 403
    assert client.get("/import", environ_base={"REMOTE_ADDR": "10.0.0.1"}).status_code == 403


@pytest.mark.slow
def test_with_accounts_analysts_load_and_nobody_else(small_store, steps):
    for role in Role:
        Accounts(small_store).add(role.value, "correct horse battery", role, "a test")
    with through(small_store) as client:
        paths = (
            "/import",
            "/import/abcdefghijklmnopqrst",
            "/import/release/1",
            "/import/abcdefghijklmnopqrst/problems.csv",
        )
        for path in paths:
            assert client.get(path).status_code in (302, 401), "a stranger"
        assert client.post("/import", data=offered(("mine.csv", CHANGED))).status_code == 401
        ours = {"proof": as_(client, Role.VIEWER, small_store)["X-CSRFToken"]}
        for path in paths:
            assert client.get(path).status_code == 403, "a viewer"
        answer = client.post("/import", data={**ours, **offered(("mine.csv", CHANGED))})
        assert answer.status_code == 403 and not kept()
        assert "/import" not in client.get("/data").get_data(as_text=True)
        ours = {"proof": as_(client, Role.ANALYST, small_store)["X-CSRFToken"]}
        assert 'href="/import"' in client.get("/data").get_data(as_text=True)
        assert client.post("/import", data=offered(("mine.csv", CHANGED))).status_code == 403, "no proof"
        answer = client.post("/import", data={**ours, **offered(("mine.csv", CHANGED))})
        page = looked(client, answer)
        assert "Published in the name of <b>analyst</b>" in page
        address = answer.headers["Location"]
        looked(client, client.post(f"{address}/publish", data={**ours, "by": "Somebody else", "note": "why"}))
        assert small_store.releases()[-1].author == "analyst"


def test_behind_a_proxy_a_form_of_ours_is_known_by_its_cookie(small_store, steps):
    Accounts(small_store).add("anna", "correct horse battery", Role.ANALYST, "a test")
    with through(small_store, access="proxy", trusted_proxies=("10.1.0.0/16",)) as client:
        named = {"headers": {"X-Forwarded-User": "anna"}, "environ_base": {"REMOTE_ADDR": "10.1.2.3"}}
        page = client.get("/import", **named).get_data(as_text=True)
        proof = re.search(r'name="proof" value="([^"]+)"', page)[1]
        assert client.post("/import", data={"proof": "0" * 64}, **named).status_code == 403
        assert client.post("/import", data={"proof": proof}, **named).status_code == 422, "no file"
        other = {**named, "headers": {"X-Forwarded-User": "somebody"}}
        assert client.get("/import", **other).status_code == 403


def test_where_anyone_may_read_nobody_loads_here(small_store):
    Accounts(small_store).add("anna", "correct horse battery", Role.ADMINISTRATOR, "a test")
    with through(small_store, access="anyone") as client:
        assert client.get("/import").status_code == 403
        assert "/import" not in client.get("/data").get_data(as_text=True)
        as_(client, Role.ADMINISTRATOR, small_store)
        assert client.get("/import").status_code == 403 and client.get("/import/release/1").status_code == 403


# --- what is staged ---


def test_what_is_staged_is_bounded_by_age_and_room(monkeypatch):
    old, large, fresh = (Staged.begin(here(), Step("check", DONE)) for _ in range(3))
    assert Staged.named(here(), old.name) == old
    monkeypatch.setattr(staged, "MOST_BYTES", 1000)
    large.drawer.write("much", b"x" * 2000)
    for one, age in ((old, staged.KEPT_FOR + 1), (large, 5)):
        os.utime(one.drawer.path, (time.time() - age, time.time() - age))
    assert Staged.named(here(), old.name) is None
    staged.tidy(here())
    assert here().drawers() == [fresh.drawer]
    for name in ("..", "../../etc", "a" * 41, ""):
        assert Staged.named(here(), name) is None


def test_a_step_that_has_long_been_silent_has_failed(monkeypatch):
    one = Staged.begin(here(), Step("check"))
    assert one.step.state == WORKING and staged.at_work(here()) == 1
    monkeypatch.setattr(staged, "LONGEST", -11)
    assert "without a word" in one.step.message and staged.at_work(here()) == 0


def test_names_of_files_are_names_alone():
    assert imports._plain("../../etc/passwd") == "passwd" and imports._plain("C:\\x\\y.csv") == "y.csv"
    assert imports._plain("\x00\n") == imports._plain(None) == "file"
