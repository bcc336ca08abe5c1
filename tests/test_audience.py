"""Two audiences of one release: what each may see, and that neither is given what was made for the other.

The secret is synthetic: 37.53 % repeat plans, 3 of 8, of a source that is not public.
"""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from components.chart import FIGURES
from safeguarding.disclosure.audience import Audience, Hiding, Rules
from safeguarding.store.drawers import FolderDrawer
from tests.conftest import SECRET
from tests.standing_in import asking, store_of

PAGE = "/indicator/cpp_subsequent_pct"
FILES = [
    "/api/indicator/cpp_subsequent_pct.json",
    "/api/indicator/cpp_subsequent_pct.csv",
    "/api/scorecard.json",
    "/api/chart/cpp_subsequent_pct/trend.csv",
    "/api/chart/cpp_subsequent_pct/trend.svg",
    f"{FIGURES}/cpp_subsequent_pct/trend.json",
    "/api/figures.csv?indicator=cpp_subsequent_pct&area=E08000007",
    "/api/scorecard.csv",
    "/api/indicator/cpp_subsequent_pct.csv?compare=region",
]
WRITTEN = r"[>, ]37\.5[%,]"
STRANGER, PARTNER = Audience.SHAREABLE, Audience.PARTNERS


@pytest.fixture(scope="module")
def seen(secret_folder, tmp_path_factory):
    """A store with the secret, under a rule that lets partners see small counts."""
    return store_of(secret_folder, tmp_path_factory.mktemp("seen"), Rules(partners_see=True))


@pytest.fixture(scope="module")
def unseen(secret_folder, tmp_path_factory):
    """The same without that rule."""
    return store_of(secret_folder, tmp_path_factory.mktemp("unseen"))


def read(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code in (200, 404), address
    return unescape(answer.get_data(as_text=True))


def test_partners_see_a_small_count_where_the_setting_allows_and_nobody_else_ever_does(seen):
    for reader in (STRANGER, PARTNER, STRANGER):
        for address in (PAGE, "/child-protection", *FILES):
            with asking(seen, reader) as client:
                said = read(client, address)
            if reader is PARTNER:
                assert SECRET in said or re.search(WRITTEN, said), address
            else:
                assert SECRET not in said and not re.search(WRITTEN, said), address


def test_without_the_setting_partners_see_what_everyone_sees(unseen):
    for reader in (STRANGER, PARTNER):
        with asking(unseen, reader) as client:
            for address in (PAGE, *FILES):
                said = read(client, address)
                assert SECRET not in said and "37.5%" not in said, (reader, address)


@pytest.mark.parametrize(
    "reader, words, footer",
    [
        (STRANGER, "shareable", "counts of 1 to 5 and whatever would give them away"),
        (PARTNER, "for-partners-only", "Small numbers of children are shown to you."),
    ],
)
def test_every_page_and_every_file_says_for_whom_it_is(seen, reader, words, footer):
    with asking(seen, reader) as client:
        for address in ("/", PAGE, "/methods", "/data", "/meeting", "/view?indicator=cla_rate", "/nowhere"):
            said = read(client, address)
            assert f'data-audience="{reader}"' in said, address
            assert footer in said or address == "/meeting", address
        for address in FILES[1:2] + FILES[3:5]:
            answer = client.get(address)
            assert reader.value in answer.headers["Content-Disposition"].replace("for-partners-only", reader)
            assert words.replace("-", " ") in answer.text or address.startswith("/api/indicator"), address
        for address in (FILES[0], FILES[2]):
            assert json.loads(read(client, address))["audience"] == reader
        cached = client.get(PAGE).headers["Cache-Control"]
        assert cached == ("no-cache" if reader is STRANGER else "private, no-store")


def test_a_pack_that_was_made_for_partners_is_not_there_for_anybody_else(seen, monkeypatch, tmp_path):
    from addresses import packs

    monkeypatch.setattr(packs, "FOLDER", tmp_path)
    folder = tmp_path / "abcdefghijklmnopqrst"
    folder.mkdir()
    packs.Progress("done", 1, 1, "", ("a.csv",)).save(FolderDrawer(folder))
    (folder / "a.csv").write_text("37.53", encoding="utf-8")
    for made_for, found in (("partners", False), ("", False), ("shareable", True)):
        (folder / packs.READER).write_text(made_for, encoding="utf-8")
        with asking(seen, STRANGER) as client:
            for address in (f"/api/packs/{folder.name}", f"/api/packs/{folder.name}/a.csv"):
                assert (client.get(address).status_code == 200) is found
    (folder / packs.READER).unlink()
    with asking(seen, STRANGER) as client:
        assert client.get(f"/api/packs/{folder.name}/a.csv").status_code == 404


def test_a_pack_is_made_for_whoever_asks(seen):
    from addresses import packs

    with asking(seen, PARTNER):
        import app

        with app.server.test_request_context():
            from flask import g

            g.audience = PARTNER
            made = packs.command({"format": ["csv"], "theme": "child-protection"}, packs.FOLDER / "x", "")
    assert made[made.index("--audience") + 1] == "partners"


def test_who_says_nothing_of_the_audience_gets_what_may_be_shared(secret):
    (row,) = [
        o for o in secret.observations(1, ["cpp_subsequent_pct"], ["E08000007"]) if o.period == "2024-25"
    ]
    assert row.value is None
    across = secret.shown(1).across("cpp_subsequent_pct", "2024-25")
    assert [o for o in across if o.key == row.key] == [row]
    assert secret.shown(1, PARTNER) is secret.shown(1), "partners may not see more: there is one of each"
    assert replace(Hiding(), largest=5) == Rules().hiding(PARTNER)
