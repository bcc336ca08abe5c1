"""Imports run one way: catalogue, store, measures, summaries, figures, components, pages, app."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = [
    {"safeguarding.vocabulary"},
    {"safeguarding.periods", "safeguarding.settings"},
    {"safeguarding.catalogue"},
    {"safeguarding.loader"},
    {"safeguarding.store"},
    {
        "safeguarding.query",
        "safeguarding.words",
        "safeguarding.measures",
        "safeguarding.notes",
        "safeguarding.search",
    },
    {"safeguarding.series"},
    {"safeguarding.verdicts"},
    {
        "safeguarding.summaries",
        "safeguarding.journey",
        "safeguarding.reconciliation",
        "safeguarding.breakdowns",
    },
    {"safeguarding.sentences", "safeguarding.agenda"},
    {"safeguarding.figures"},
    {"safeguarding.drawings"},
    {"safeguarding.exports"},
    {"components"},
    {"pages"},
    {"app", "safeguarding.__main__"},
]
FILES = sorted(
    [
        *ROOT.glob("safeguarding/**/*.py"),
        *ROOT.glob("components/*.py"),
        *ROOT.glob("pages/*.py"),
        ROOT / "app.py",
    ]
)


def layer(module: str) -> int | None:
    """The place of a module in the order; None for what is not ours."""
    return next(
        (
            n
            for n, names in enumerate(LAYERS)
            for name in names
            if module == name or module.startswith(f"{name}.")
        ),
        None,
    )


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_point_only_to_the_left(path: Path):
    module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    own = layer(module)
    for name in imported(path):
        other = layer(name)
        if own is not None and other is not None:
            assert other <= own, f"{module} imports {name}, which stands to its right"


@pytest.mark.parametrize(
    "path", [p for p in FILES if "safeguarding" in p.parts], ids=lambda p: p.relative_to(ROOT).as_posix()
)
def test_the_domain_knows_no_dash_and_no_browser(path: Path):
    assert not {name.partition(".")[0] for name in imported(path)} & {
        "dash",
        "flask",
        "dash_bootstrap_components",
        "components",
        "pages",
        "app",
    }


def test_the_walk_has_found_the_code():
    assert len(FILES) > 30
