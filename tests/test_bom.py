"""The bill of materials names all that the dashboard runs with, and no licence but those allowed."""

import json
import subprocess
import sys
from email.message import Message

import pytest

from tests.conftest import ROOT
from tools.bom import ALLOWED, bom, licence_of, of_node, of_python, pinned, words


def test_every_package_that_is_pinned_has_a_licence_that_is_allowed():
    parts = [*of_python(), *of_node()]
    assert len(parts) > 40
    for part in parts:
        assert part.licence and words(part.licence) <= ALLOWED, part


def test_the_bill_names_each_once_as_cyclonedx_does():
    done = subprocess.run(
        [sys.executable, "-m", "tools.bom"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    made = json.loads(done.stdout)
    assert made == bom() and (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    parts = made["components"]
    assert len({part["bom-ref"] for part in parts}) == len(parts)
    held = {(part["name"], part["version"]) for part in parts}
    assert held >= set(pinned((ROOT / "requirements" / "run.txt").read_text()))
    assert {name for name, _ in held} >= {
        "bootstrap",
        "@fontsource/arimo",
        "plotly.js-basic-dist-min",
        "dash",
    }
    assert "pkg:npm/%40fontsource/arimo@" in done.stdout and "axe-core" not in done.stdout
    assert "://" not in done.stdout, "no address of a registry"


@pytest.mark.parametrize(
    "given, licence",
    [
        ({"License-Expression": "MIT AND Zlib"}, "MIT AND Zlib"),
        ({"License": "BSD 3-Clause License\n\nCopyright"}, "BSD-3-Clause"),
        ({"License": "see the file", "Classifier": "License :: OSI Approved :: MIT License"}, "MIT"),
        ({"License": "proprietary"}, ""),
        ({}, ""),
    ],
)
def test_a_licence_is_what_a_package_says_or_nothing(given, licence):
    said = Message()
    for name, value in given.items():
        said[name] = value.replace("\n", "\n ")
    assert licence_of(said) == licence
    assert words("MIT OR (GPL-3.0)") - ALLOWED
