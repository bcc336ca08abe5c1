"""Following: the commands that a page of the documents gives, taken from it as they stand there."""

import os
import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

from safeguarding.settings import Settings
from tests.conftest import ROOT


def blocks(page: str, heading: str = "") -> list[str]:
    """The indented blocks of a page of docs/, or of one of its sections, without their indent."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    if heading:
        text = re.split(r"^## ", text.partition(f"\n## {heading}\n")[2], maxsplit=1, flags=re.M)[0]
    found = re.findall(r"^    .*\n(?:\n*    .*\n)*", text, re.M)
    return ["".join(line[4:] or "\n" for line in block.splitlines(keepends=True)) for block in found]


def fresh_copy(folder: Path) -> Path:
    """The project as somebody has it who has just set it up: no store, and the same environment."""
    left = shutil.ignore_patterns(".git", ".venv", "node_modules", "var", "__pycache__", ".*_cache", "tests")
    copy = Path(shutil.copytree(ROOT, folder / "copy", ignore=left))
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy


def run(command: str, where: Path, **environment: str) -> str:
    """What a shell without any of our settings prints for a command; fails where it fails."""
    ours = {f.name.upper() for f in fields(Settings)}
    done = subprocess.run(
        ["bash", "-euc", command],
        cwd=where,
        env={k: v for k, v in os.environ.items() if k not in ours} | environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout
