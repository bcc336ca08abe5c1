"""Mutants: would a test notice if a rule were wrong? `make mutants`, or `make mutants of=loader` for some
modules.

Every change that one of cosmic-ray's operators can make to a module is made in memory, in a fork of a process
that has the heavy libraries loaded already, and the module's own fast tests are run on it. A mutant that they
all pass survived. Which modules, tests and operators count stands in pyproject.toml under `tool.mutants`.
Unix
only.
"""

import contextlib
import difflib
import gc
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType

from tools.setup import ROOT, install

SURVIVORS = ROOT / "var" / "mutants.diff"
# nothing that costs time and finds nothing here: tracebacks, other plugins, a second look at memory
OPTIONS = ["-x", "-q", "--tb=no", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:unraisableexception"]
OPTIONS += [
    "-p",
    "xdist.plugin",
    "-p",
    "_hypothesis_pytestplugin",
    "--hypothesis-profile=mutants",
    "--hypothesis-seed=0",
]
OURS = ("safeguarding", "tests")


@dataclass(frozen=True)
class Mutant:
    """A module's source with one change; `diff` shows it."""

    path: Path
    source: str
    diff: str


@dataclass(frozen=True)
class Settings:
    """The table `tool.mutants` of pyproject.toml."""

    operators: Sequence[str]
    leave: Sequence[str]
    without_fixtures: Sequence[str]
    tests: dict[str, list[str]]


def settings() -> Settings:
    """What counts, from pyproject.toml."""
    return Settings(**tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutants"])


def mutants(path: Path, chosen: Settings) -> Iterator[Mutant]:
    """Every mutant of one module, a change at a time."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.operators.provider import OperatorProvider

    source, known, seen = path.read_text("utf-8"), OperatorProvider(), set()
    name = path.relative_to(ROOT).as_posix()
    for operator in (known[operator]() for operator in chosen.operators):
        nodes = [n for n in ast_nodes(get_ast(source)) for _ in operator.mutation_positions(n)]
        for occurrence, node in enumerate(nodes):
            if any(around in chosen.leave for around in _around(node)):
                continue
            changed = mutate_code(source, operator, occurrence)
            if changed in seen:
                continue
            seen.add(changed)
            lines = [text.splitlines(keepends=True) for text in (source, changed)]
            yield Mutant(path, changed, "".join(difflib.unified_diff(*lines, name, name, n=1)))


def _around(node: object) -> Iterator[str]:
    """What a node is part of: the text of the argument it is, and the kind of what holds it."""
    parent = getattr(node, "parent", None)
    if parent is not None:
        yield parent.get_code().strip()
        yield parent.type


class Mutated(importlib.abc.MetaPathFinder):
    """Has Python import the mutant in place of its module."""

    def __init__(self, mutant: Mutant):
        relative = mutant.path.relative_to(ROOT).with_suffix("")
        self.name = ".".join(relative.parts).removesuffix(".__init__")
        self.mutant = mutant

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The mutant's source for its own name, None for every other."""
        if name != self.name:
            return None
        loader = _Source(name, str(self.mutant.path))
        loader.source = self.mutant.source
        return importlib.util.spec_from_file_location(name, self.mutant.path, loader=loader)


class _Source(importlib.machinery.SourceFileLoader):
    source: str

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.source, self.path, "exec")


class Fast:
    """A pytest plugin: leave out the tests which need a server, a store or all of the data; tables before
    properties.
    """

    def __init__(self, without: Sequence[str]):
        self.without = set(without)

    def pytest_collection_modifyitems(self, items: list) -> None:
        """Keep the fast ones, the fastest first: one that fails is enough."""
        kept = [item for item in items if not self.without.intersection(item.fixturenames)]
        items[:] = sorted(kept, key=lambda item: "hypothesis" in item.keywords)


def fork(mutant: Mutant | None, tests: Sequence[str], chosen: Settings, limit: int, log: Path) -> int:
    """Start the tests on a mutant, or on the code as it is, in a process of its own; its number."""
    child = os.fork()
    if child:
        return child
    resource.setrlimit(
        resource.RLIMIT_CPU, (limit, limit)
    )  # the processor's seconds: a busy machine kills nobody
    with log.open("w") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    code = 1
    with contextlib.suppress(BaseException):
        import pytest

        if mutant:
            sys.meta_path.insert(0, Mutated(mutant))
        code = int(pytest.main([*OPTIONS, *tests], plugins=[Fast(chosen.without_fixtures)]))
    os._exit(code)


def survivors(found: Sequence[Mutant], tests: Sequence[str], chosen: Settings, scratch: Path) -> list[Mutant]:
    """Those of the mutants that the tests let pass. Ends the run where they fail on the code as it is."""
    began, log = time.monotonic(), scratch / "clean.log"
    os.waitpid(fork(None, tests, chosen, 600, log), 0)
    if " passed" not in log.read_text("utf-8") or " failed" in log.read_text("utf-8"):
        raise SystemExit(f"The tests fail without any mutant.\n{log.read_text('utf-8')}")
    limit = 10 + int(4 * (time.monotonic() - began))  # a mutant may loop for ever: that is noticed, too
    running: dict[int, Mutant] = {}
    alive = []
    for k in range(len(found) + 1):
        while running and (len(running) >= (os.cpu_count() or 1) or k == len(found)):
            child, status = os.wait()
            mutant = running.pop(child)
            if status == 0:
                alive.append(mutant)
        if k < len(found):
            running[fork(found[k], tests, chosen, limit, scratch / f"{k % 8}.log")] = found[k]
    return sorted(alive, key=found.index)


def warm() -> None:
    """Load what the tests import, then forget our own modules, so that each fork reads them anew."""
    import hypothesis

    os.chdir(ROOT)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.path.insert(0, str(ROOT))
    __import__("tests.conftest")
    # the same examples for every mutant; one that fails is enough, so it is not made smaller
    phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
    hypothesis.settings.register_profile("mutants", database=None, deadline=None, phases=phases)
    for name in [m for m in sys.modules if m.split(".")[0] in OURS]:
        del sys.modules[name]
    gc.freeze()


def main(words: Sequence[str]) -> None:
    """Print a line for each module whose path holds one of `words` (all of them without), write the
    survivors' diffs.
    """
    install("mutants")
    importlib.invalidate_caches()
    chosen = settings()
    warm()
    SURVIVORS.parent.mkdir(exist_ok=True)
    total = dead = 0
    print(f"{'module':44} {'mutants':>8} {'killed':>8} {'survived':>9}")
    with tempfile.TemporaryDirectory() as scratch, SURVIVORS.open("w", encoding="utf-8") as out:
        for place, tests in chosen.tests.items():
            paths = [ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py"))
            for path in paths:
                name = path.relative_to(ROOT).as_posix()
                if words and not any(word in name for word in words):
                    continue
                found = list(mutants(path, chosen))
                if not found:
                    continue
                named = [t.format(module=path.stem) for t in tests]
                alive = survivors(found, [t for t in named if (ROOT / t).exists()], chosen, Path(scratch))
                out.writelines(f"{m.diff}\n" for m in alive)
                out.flush()
                total, dead = total + len(found), dead + len(found) - len(alive)
                print(f"{name:44} {len(found):8} {len(found) - len(alive):8} {len(alive):9}", flush=True)
    if total:
        print(f"{'together':44} {total:8} {dead:8} {total - dead:9}   {100 * dead / total:.0f} % killed")
        print(f"The survivors are in {SURVIVORS.relative_to(ROOT)}.")


if __name__ == "__main__":
    main(sys.argv[1:])
