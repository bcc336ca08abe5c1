"""Bill of materials: every package that the dashboard runs with, its version and licence, as CycloneDX.

    python -m tools.bom > bom.json

Versions are those that `requirements/run.txt` and `package-lock.json` pin, licences those that the packages
themselves say. A package whose licence is not known, or not one of `ALLOWED`, fails tests/test_bom.py.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = {
    *("MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "PSF-2.0", "Zlib"),
    *("CC0-1.0", "OFL-1.1", "MPL-2.0"),
}
# how packages write it that do not use the identifiers of SPDX
WRITTEN = {
    "MIT License": "MIT",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "Apache 2": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
# read by hand: packages that say nothing (resvg-py has a file), and those of other platforms than most
READ = {"resvg-py": "MIT", "brotlicffi": "MIT", "cffi": "MIT-0", "pycparser": "BSD-3-Clause"}


class Part(NamedTuple):
    """A package, where it comes from, and its licence as SPDX writes it; empty where it is not known."""

    kind: str
    name: str
    version: str
    licence: str

    @property
    def address(self) -> str:
        """What names it everywhere: its package URL."""
        return f"pkg:{self.kind}/{self.name.replace('@', '%40')}@{self.version}"


def licence_of(said: PackageMetadata) -> str:
    """The licence that a package says it has; empty where it says none that is known here."""
    expression = said.get("License-Expression")
    if expression:
        return expression
    listed = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or [] if c.startswith("License ::")]
    first = (said.get("License") or "").strip().partition("\n")[0].strip()
    for text in (first, *listed):
        if text in ALLOWED or text in WRITTEN:
            return WRITTEN.get(text, text)
    return ""


def pinned(text: str) -> Iterator[tuple[str, str]]:
    """The names and versions of a requirements file."""
    for found in re.finditer(r"^([a-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE):
        yield found[1], found[2]


def of_python() -> Iterator[Part]:
    """The packages of requirements/run.txt."""
    for name, version in pinned((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")):
        try:
            licence = READ.get(name) or licence_of(metadata(name))
        except PackageNotFoundError:
            licence = ""
        yield Part("pypi", name, version, licence)


def of_node() -> Iterator[Part]:
    """The packages whose files the pages use, as package-lock.json pins them."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    for path, found in lock["packages"].items():
        if path and not found.get("dev"):
            yield Part("npm", path.removeprefix("node_modules/"), found["version"], found.get("license", ""))


def words(expression: str) -> set[str]:
    """The licences that an expression names."""
    return set(re.split(r"\s+(?:AND|OR)\s+", expression.strip("()"))) - {""}


def bom() -> dict[str, object]:
    """The bill, in the shape of CycloneDX 1.6."""
    parts = sorted({*of_python(), *of_node()})
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "safeguarding-dashboard"}},
        "components": [
            {
                "type": "library",
                "bom-ref": part.address,
                "name": part.name,
                "version": part.version,
                "purl": part.address,
                **({"licenses": [{"expression": part.licence}]} if part.licence else {}),
            }
            for part in parts
        ],
    }


if __name__ == "__main__":
    json.dump(bom(), sys.stdout, indent=1, ensure_ascii=False)
    print()
