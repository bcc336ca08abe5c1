"""Batch: several packs from one file, for a job that makes the quarter's papers in one go.

    [[pack]]
    title = "March board"
    theme = "child-protection"
    format = ["pptx", "docx"]
    out = "board"

A pack may say whatever the export command takes; docs/exports.md has a whole file.
"""

import argparse
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from safeguarding.exports.gathering import options
from safeguarding.refused import Refused

EXAMPLE = '[[pack]]\ntheme = "child-protection"\nformat = ["pptx", "xlsx"]\nout = "board"'


class _Parser(argparse.ArgumentParser):
    """A parser that raises what is wrong in place of ending the program."""

    def error(self, message: str) -> NoReturn:
        raise Refused([message])


def read(path: Path, out: Path | None, overwrite: bool) -> list[argparse.Namespace]:
    """The packs of a file, each as the export command would be given it.

    Folders are taken from the file's own, or from `out` where it is given. `overwrite` holds for all. Raises
    Refused, with all that is wrong in it, so that no pack is made from half a file.
    """
    try:
        with path.open("rb") as file:
            said = tomllib.load(file)
    except OSError as error:
        raise Refused([f"{path} cannot be read: {error.strerror}."]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused([f"{path} is not written as TOML: {error}. A pack is written\n{EXAMPLE}"]) from error
    packs = said.get("pack")
    if not isinstance(packs, list) or not packs or set(said) != {"pack"}:
        raise Refused([f"{path} has to hold packs and nothing else, each begun with [[pack]]:\n{EXAMPLE}"])
    found, wrong = [], []
    for number, pack in enumerate(packs, 1):
        try:
            one = _one(pack)
            one.out = (out or path.parent) / (one.out or "")
            one.overwrite = one.overwrite or overwrite
            found.append(one)
        except Refused as refused:
            wrong += [f"{path.name}, pack {number}: {problem}" for problem in refused.problems]
    if wrong:
        raise Refused(wrong)
    return found


def _one(pack: Mapping[str, Any]) -> argparse.Namespace:
    parser = _Parser(add_help=False, allow_abbrev=False)
    options(parser)
    known = {action.dest: action for action in parser._actions}
    wrong = [f"“{key}” is not known; {', '.join(known)} are." for key in pack if key not in known]
    arguments = []
    for key, value in pack.items():
        if key not in known:
            continue
        switch = known[key].nargs == 0
        if isinstance(value, date):
            value = value.isoformat()
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = ",".join(value)
        if not isinstance(value, bool if switch else str):
            kind = "true or false" if switch else "a text in quotation marks, or a list of such texts"
            wrong.append(f"{key} is {value!r}: give {kind}.")
        elif not switch:
            arguments.append(f"--{key}={value}")
        elif value:
            arguments.append(f"--{key}")
    if "format" not in pack:
        wrong.append('format is missing, such as format = ["pptx", "docx"].')
    if wrong:
        raise Refused(wrong)
    return parser.parse_args(arguments)
