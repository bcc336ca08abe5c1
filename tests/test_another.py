"""Another authority: docs/another-authority.md followed to the letter, and nothing of Stockport shows."""

import html
import json
import re
import urllib.request
from collections.abc import Iterator

import pytest

from safeguarding.store.catalogue import Catalogue
from tests.conftest import serve, stop
from tests.following import blocks, fresh_copy, run

pytestmark = pytest.mark.slow
SALFORD = "E08000006"
PAGES = (
    *("/", "/front-door", "/children-in-need", "/child-protection", "/complex-safeguarding", "/context"),
    *("/looked-after-children", "/meeting", "/data", "/methods", "/accessibility"),
    *("/indicator/factor_self_harm_pct", "/indicator/uasc_count", "/indicator/referrals_rate"),
    "/data?area=E92000001",
)


@pytest.fixture(scope="module")
def salford(tmp_path_factory) -> Iterator[tuple[str, str]]:
    """The address of the dashboard that the page makes, and what its check printed."""
    folder = tmp_path_factory.mktemp("another")
    copy = fresh_copy(folder)
    find, own_folder, settings, event, start = blocks("another-authority.md")
    assert run(find, copy).startswith(SALFORD)
    run(own_folder, copy)
    (copy / "var" / "salford.env").write_text(settings)
    run(event, copy)
    read, check, serving = start.splitlines()
    assert serving == ".venv/bin/gunicorn app:server"
    said = run(f"{read}\n{check}", copy)
    names = [line.partition("=")[0] for line in settings.splitlines()]
    given = run(f"{read}\n" + "\n".join(f'printf "%s\\0" "${name}"' for name in names), copy).split("\0")
    process, url = serve(folder, root=copy, **dict(zip(names, given, strict=False)))
    yield url, said
    stop(process)


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read().decode()


def test_the_folder_is_in_order(salford):
    assert "var/salford: everything is in order." in salford[1]


def test_name_contacts_and_event_are_its_own(salford):
    url, _ = salford
    home = html.unescape(read(url))
    for said in (
        "Salford Safeguarding Children Partnership",
        "Ask the partnership's performance team",
        "Worried about a child in Salford?",
        "NUMBER OF THE FRONT DOOR",
    ):
        assert said in home, said
    assert "AN EXAMPLE: new front door" in read(f"{url}/indicator/referrals_rate")
    assert ">New door<" in read(f"{url}/indicator/referrals_rate"), "it is marked on the chart"
    assert "AN EXAMPLE: new front door" not in read(f"{url}/indicator/referrals_rate?area=E08000007")
    facts = json.loads(read(f"{url}/api/scorecard.json"))
    assert facts["area"] == SALFORD and "Stockport" not in json.dumps(facts)


@pytest.mark.parametrize("path", PAGES)
def test_stockport_is_one_authority_among_others_and_no_more(salford, path):
    """It is named in lists of areas, in rankings and in their charts: never in a sentence."""
    shown = read(salford[0] + path)
    among_others = (
        r"<option[^>]*>[^<]*</option>",
        r"<text[^>]*>Stockport</text>",
        r'data-series="Stockport"',
        r'<th scope="row">Stockport</th>',
    )
    for pattern in among_others:
        shown = re.sub(pattern, "", shown)
    near = [shown[max(0, m.start() - 80) : m.end() + 40] for m in re.finditer("Stockport|E08000007", shown)]
    assert not near


def test_no_note_of_an_indicator_names_a_place(catalogue: Catalogue):
    """What is said of every area's figure names none; what happened in one place is an event of its own."""
    names = {a.name for a in catalogue.areas.values() if a.type == "authority"}
    for i in catalogue.indicators.values():
        words = " ".join((i.title, i.definition, i.note, i.question, i.numerator, i.denominator))
        assert not [n for n in names if re.search(rf"\b{re.escape(n)}\b", words)], i.indicator_id
        # nor the report of one place, nor what only a maintainer reads: a column, a source by its short name
        assert not re.search(r"annual report|\w_\w|[Ss]ource column", i.note), i.indicator_id
