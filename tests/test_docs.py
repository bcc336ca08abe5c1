"""The documentation describes what there is: every column, every setting, every rule type, every link."""

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from components.flags import hooks as hooks_of
from safeguarding.settings import Settings
from safeguarding.store.tables import RULE_PARAMETERS
from safeguarding.vocabulary import Comparison, Movement, Tolerance

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("tests/data/*.md")]


def test_every_column_of_every_table_is_described():
    text = (ROOT / "docs/data.md").read_text()
    for resource in json.loads((ROOT / "data/datapackage.json").read_text())["resources"]:
        for field in resource["schema"]["fields"]:
            assert f"`{field['name']}`" in text, (resource["name"], field["name"])
            assert field["description"], (resource["name"], field["name"])


def test_every_setting_is_described():
    text = (ROOT / "docs/settings.md").read_text()
    for field in fields(Settings):
        assert f"`{field.name.upper()}`" in text, field.name


def test_every_rule_type_that_the_data_use_is_described(folder):
    text = (ROOT / "docs/methods.md").read_text()
    for kind in {row["type"] for row in folder.tables["tolerances"]} & set(RULE_PARAMETERS):
        assert f"| {kind} " in text


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_between_the_pages_lead_somewhere(page):
    for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), target


def test_docstrings_that_name_a_section_of_the_methods_page_find_it():
    headings = {
        h.strip().lower().replace(" ", "-")
        for h in re.findall(r"^#+ (.+)$", (ROOT / "docs/methods.md").read_text(), re.M)
    }
    named = {
        a
        for p in ROOT.glob("safeguarding/**/*.py")
        for a in re.findall(r"docs/methods\.md#([a-z0-9-]+)", p.read_text())
    }
    assert named and named <= headings, named - headings


def test_the_hooks_of_a_card_and_their_words_are_described(summary):
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    hooks = hooks_of(summary("cpp_subsequent_pct"))
    described = [*hooks, *(word.value for word in (*Tolerance, *Comparison, *Movement))]
    assert not [name for name in described if f"`{name}`" not in text]
