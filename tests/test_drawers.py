"""The files of packs and imports are found by every process of a store that is asked. Figures are made up."""

import http.cookiejar
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from safeguarding.store.copies import back_up
from safeguarding.store.drawers import Chest, FolderChest, TableChest, chest, tidy
from safeguarding.store.releases import Store
from tests.conftest import HOME, made_small, serve, stop
from tests.following import fresh_copy

CHANGED = (
    f"indicator_id,area_code,period,value,source_id\nchildren_population,{HOME},2024-25,65000,ons_mye_2024\n"
)


# --- one drawer ---


@pytest.fixture
def held(url, tmp_path) -> Chest:
    return chest(Store(url).engine, "pack", tmp_path / "packs")


def test_where_they_are_held_follows_from_the_store(held, url):
    assert isinstance(held, TableChest if url.startswith("postgresql") else FolderChest)


def test_a_file_is_put_in_found_put_anew_and_taken_out(held):
    one = held.new()
    one.write("a.csv", b"first")
    one.write("b.pptx", bytes(range(256)))
    again = held.named(one.name)
    assert again == one and again.read("a.csv") == b"first" and again.read("b.pptx") == bytes(range(256))
    one.write("a.csv", b"second")
    assert again.read("a.csv") == b"second" and again.size == 6 + 256 and 0 <= again.age < 60
    assert again.has("a.csv") and not again.has("c")
    again.remove("a.csv")
    again.remove("a.csv")
    with pytest.raises(FileNotFoundError):
        one.read("a.csv")
    one.clear()
    assert held.named(one.name) is None and held.drawers() == []


def test_drawers_keep_apart_and_only_their_names_open_them(held, url, tmp_path):
    one, other = held.new(), held.new()
    for drawer in (one, other):
        drawer.write("a", drawer.name.encode())
    assert {d.name for d in held.drawers()} == {one.name, other.name}
    assert other.read("a") == other.name.encode()
    imports = chest(Store(url).engine, "import", tmp_path / "imports")
    assert imports.named(one.name) is None and imports.drawers() == []
    for name in ("", "..", "../../etc", "a" * 41, "a" * 20, f"{one.name}/"):
        assert held.named(name) is None
    one.clear()
    assert held.named(other.name) == other


def test_the_old_and_the_oldest_give_way_and_none_that_is_busy(held):
    drawers = [held.new() for _ in range(3)]
    for drawer in drawers:
        drawer.write("much", b"x" * 1000)
        time.sleep(0.02)
    first, _, third = drawers
    tidy(held, 3600, 5000, lambda _: False)
    assert len(held.drawers()) == 3
    tidy(held, 3600, 1500, lambda d: d == first)
    assert {d.name for d in held.drawers()} == {first.name, third.name}, "the second gave way"
    tidy(held, -1, 5000, lambda _: True)
    assert held.drawers() == []


def test_no_copy_of_the_store_holds_them(held, url, tmp_path):
    held.new().write("a", b"somebody waits for it")
    back_up(Store(url), tmp_path / "copy.sqlite")
    assert b"somebody waits for it" not in (tmp_path / "copy.sqlite").read_bytes()


# --- two machines ---


class Machine(NamedTuple):
    """A dashboard with a folder of its own, and somebody who looks at it."""

    url: str
    folder: Path
    browser: urllib.request.OpenerDirector

    def ask(self, path: str, data: bytes | None = None, **headers: str) -> Any:
        """An answer, whatever its status; redirections are followed."""
        asked = urllib.request.Request(self.url + path, data, headers)
        try:
            return self.browser.open(asked, timeout=60)
        except urllib.error.HTTPError as error:
            return error

    def json(self, path: str, given: object | None = None) -> Any:
        data = None if given is None else json.dumps(given).encode()
        return json.loads(self.ask(path, data, **{"Content-Type": "application/json"}).read())

    def page(self, path: str, **form: str) -> str:
        """A page, or the one that a form leads to, once nothing is being worked on."""
        answer = self.ask(path, urllib.parse.urlencode(form).encode() if form else None)
        for _ in range(300):
            text = answer.read().decode()
            if "Refresh" not in answer.headers:
                return text
            time.sleep(0.3)
            answer = self.ask(urllib.parse.urlsplit(answer.url).path)
        raise AssertionError("it is not done")


@pytest.fixture
def machines(url, tmp_path) -> Iterator[tuple[Machine, Machine]]:
    """Two copies of the project, each serving the same store from its own folder; the population alone."""
    jar = http.cookiejar.CookieJar()  # one reader, whom a balancer sends here and there
    started, found = [], []
    try:
        for name in ("one", "other"):
            folder = tmp_path / name
            folder.mkdir()
            copy = fresh_copy(folder)
            made_small(copy / "data")
            process, address = serve(folder, root=copy, DATABASE_URL=url)
            started.append(process)
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
            found.append(Machine(address, copy, browser))
        yield found[0], found[1]
    finally:
        for process in started:
            stop(process)


def ended(machine: Machine, name: str) -> dict[str, Any]:
    for _ in range(300):
        far = machine.json(f"/api/packs/{name}")
        if far["state"] != "making":
            return far
        time.sleep(0.2)
    raise AssertionError(f"it is still being made: {far}")


@pytest.mark.slow
@pytest.mark.parametrize("url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_what_is_begun_at_one_machine_goes_on_at_the_other(machines):
    one, other = machines
    # a pack is begun here, followed and fetched there
    asked = {"indicator": "children_population", "format": ["csv", "xlsx"]}
    name = one.json("/api/packs", asked)["pack"]
    assert other.json(f"/api/packs/{name}")["state"] in ("making", "done")
    end = ended(other, name)
    assert end["state"] == "done" and len(end["files"]) == 2, end
    for machine in machines:
        fetched = [machine.ask(f"/api/packs/{name}/{file}") for file in end["files"]]
        assert all(
            a.status == 200 and file in a.headers["Content-Disposition"]
            for a, file in zip(fetched, end["files"], strict=True)
        )
        assert {a.read(2) for a in fetched} == {b"PK"}, "a workbook, and the tables in an archive"
    assert (one.folder / "var" / "packs" / name).is_dir() and not (other.folder / "var" / "packs").exists()
    # one is cancelled where it was not begun
    name = one.json("/api/packs", {"theme": "context", "format": ["docx", "png", "pptx"]})["pack"]
    other.json(f"/api/packs/{name}/cancel", {})
    assert ended(one, name)["state"] == ended(other, name)["state"] == "cancelled"

    # files are offered here, looked at, published and taken back there
    proof = re.search(r'name="proof" value="([^"]+)"', one.page("/import"))[1]
    body = "\r\n".join(
        [
            *("--part", 'Content-Disposition: form-data; name="proof"', "", proof),
            *("--part", 'Content-Disposition: form-data; name="files"; filename="mine.csv"', "", CHANGED),
            "--part--\r\n",
        ]
    )
    begun = one.ask("/import", body.encode(), **{"Content-Type": "multipart/form-data; boundary=part"})
    address = urllib.parse.urlsplit(begun.url).path
    assert re.fullmatch(r"/import/[\w-]+", address)
    assert "0 figures new, 1 changed" in other.page(address)
    page = other.page(f"{address}/publish", proof=proof, by="An analyst", note="Corrected by the source")
    assert "Release 2 is published" in page and "Release 2 is published" in one.page(address)
    assert not list((one.folder / "var").rglob("file-*")) and not list((other.folder / "var").rglob("file-*"))
    page = one.page("/import/release/1", proof=proof, by="An analyst", note="Back again")
    assert "Release 1 is published" in page
