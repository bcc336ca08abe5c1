"""Imports run one way, from the words that all share to app.py, and never in a circle."""

import ast
import graphlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = [
    {"safeguarding.vocabulary", "safeguarding.themes", "safeguarding.refused", "safeguarding.wishes"},
    {"safeguarding.periods", "safeguarding.settings", "safeguarding.measures"},
    {"safeguarding.store.tables", "safeguarding.store.report"},
    {"safeguarding.marks"},
    {"safeguarding.words", "safeguarding.disclosure", "safeguarding.store.typed"},
    {"safeguarding.store.catalogue"},
    {"safeguarding.query", "safeguarding.search", "safeguarding.loader"},
    {"safeguarding.store"},
    {"safeguarding.access"},
    {"safeguarding.figures"},
    {"safeguarding.nation"},
    {"safeguarding.verdicts"},
    {"safeguarding.lines", "safeguarding.stated", "safeguarding.supply"},
    {
        "safeguarding.summaries",
        "safeguarding.journey",
        "safeguarding.reconciliation",
        "safeguarding.breakdowns",
    },
    {"safeguarding.sentences", "safeguarding.origin", "safeguarding.history", "safeguarding.against"},
    {"safeguarding.so_what"},
    {"safeguarding.beside"},
    {"safeguarding.slide"},
    {"safeguarding.charts", "safeguarding.rows"},
    {"safeguarding.discuss"},
    {"safeguarding.agenda", "safeguarding.prominent"},
    {"safeguarding.captions", "safeguarding.drawing"},
    {"safeguarding.drawings"},
    {"safeguarding.desk"},
    {"safeguarding.questions"},
    {"safeguarding.loading"},
    {"safeguarding.exports", "safeguarding.load_command", "safeguarding.releasing"},
    {"safeguarding.staged", "safeguarding.store_command"},
    {"safeguarding.staging"},
    {"components"},
    {"pages"},
    {"addresses"},
    {"app", "safeguarding.__main__"},
]
FILES = sorted(
    [
        *(p for p in ROOT.glob("safeguarding/*/**/*.py") if "migrations" not in p.parts),
        *(p for p in ROOT.glob("safeguarding/*.py") if p.stem != "__init__"),
        *ROOT.glob("components/*.py"),
        *ROOT.glob("pages/*.py"),
        *ROOT.glob("addresses/*.py"),
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


def module_of(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")


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
    module = module_of(path)
    own = layer(module)
    assert own is not None, f"{module} has no layer: give it one"
    for name in imported(path):
        other = layer(name)
        if other is not None:
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


def test_no_module_imports_itself_by_way_of_others():
    modules = {module_of(p): p for p in FILES}
    graph = {
        module: {m for name in imported(path) for m in (name, name.rpartition(".")[0]) if m in modules}
        - {module}
        for module, path in modules.items()
    }
    # raises CycleError, which names the circle
    order = list(graphlib.TopologicalSorter(graph).static_order())
    assert set(order) >= set(modules)
