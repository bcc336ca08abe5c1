"""The load command: the report and the difference in the terminal, and as a file to send back."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from safeguarding import loader
from safeguarding.disclosure.audience import Rules
from safeguarding.loader import template
from safeguarding.loader.incoming import MOST_BYTES, READ, Offered
from safeguarding.loader.problems import as_csv, told
from safeguarding.loading import Outcome, load
from safeguarding.refused import Refused
from safeguarding.settings import Settings
from safeguarding.store.difference import in_a_line
from safeguarding.store.releases import Store
from safeguarding.words import counted

COMMANDS = ("load", "template")
MOST_FILES = 200


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and what it takes."""
    given = commands.add_parser("load", help="load files: see what would change, and publish it")
    given.add_argument("files", nargs="+", type=Path, help="CSV, Excel, Parquet or folders of them")
    given.add_argument("--dry-run", action="store_true", help="only say what would change")
    given.add_argument("--by", default="", help="who loads it: wanted where published figures change")
    given.add_argument("--note", default="", help="why")
    given.add_argument(
        "--in-full", action="store_true", help="take out what an official file does not have any more"
    )
    given.add_argument(
        "--report", type=Path, help="write the report to a .csv (problems) or .json (all) file"
    )

    given = commands.add_parser("template", help="write the quarterly return that an agency fills in")
    given.add_argument("--quarter", required=True, help="such as 2025-26-Q2")
    given.add_argument("--agency", required=True, help="as agencies.csv names it")
    given.add_argument("--area", default="", help="an area's code (HOME_AREA)")
    given.add_argument("--out", type=Path, default=Path(), help="the folder to write it to (this one)")
    given.add_argument("--format", choices=("xlsx", "csv"), default="xlsx")
    given.add_argument("--overwrite", action="store_true", help="replace a file of the same name")


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Load files, or write a template. Answers 0 where it was done, or with `--dry-run` where it could be; 1
    otherwise.

    Raises Refused where a file cannot be opened, or a template cannot be written.
    """
    if given.command == "template":
        return _template(given, settings)
    files = offered(given.files)
    if given.report:
        _check_report(given.report)
    store = Store(settings.database_url, Rules.of(settings))
    outcome = load(store, settings, files, given.by, given.note, given.dry_run, given.in_full)
    for line in in_words(outcome, given.dry_run):
        print(line)
    if given.report:
        write_report(outcome, given.report)
    return int(bool(outcome.problems or outcome.refused))


def _template(given: argparse.Namespace, settings: Settings) -> int:
    """Write a return, as the tables of the data folder have it."""
    tables = loader.read(settings.data_folder).tables
    name, rows = template.rows(tables, given.agency, given.quarter, given.area or settings.home_area)
    path = given.out / f"{given.agency}_{given.quarter}.{given.format}"
    as_csv = given.format == "csv"
    held = template.as_csv(rows) if as_csv else template.as_workbook(name, rows, given.quarter)
    try:
        with path.open("wb" if given.overwrite else "xb") as file:
            file.write(held)
    except FileExistsError as error:
        said = f"{path} is there already, perhaps filled in, and was left as it is."
        raise Refused([f"{said} Say --overwrite to replace it, or name another folder in --out."]) from error
    except OSError as error:
        raise Refused([f"{path} cannot be written ({error.strerror})."]) from error
    print(f"{path}: {counted(len(rows), 'indicator')} for {name}.")
    print(f"Filled in: python -m safeguarding load {path} --dry-run")
    return 0


def offered(paths: list[Path]) -> list[Offered]:
    """Files by name and bytes; a folder stands for the files in it and in its `observations` that can be
    read, by the ends of their names.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            held = sorted(p for pattern in ("*", "observations/*") for p in path.glob(pattern) if p.is_file())
            found += [p for p in held if p.name.casefold().endswith(READ)]
        else:
            found.append(path)
    if not found:
        raise Refused([f"There is no file to load in that folder: no {', '.join(READ)}."])
    if len(found) > MOST_FILES:
        raise Refused([f"{len(found)} files are too many at once: at most {MOST_FILES}."])
    return [Offered(path.name, _bytes(path)) for path in found]


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(
                [f"{path} is larger than {MOST_BYTES // 1_000_000} MB. Part it into several files."]
            )
        return path.read_bytes()
    except OSError as error:
        raise Refused([f"{path} cannot be opened ({error.strerror}). Check its name."]) from error


def in_words(outcome: Outcome, dry_run: bool = False) -> Iterator[str]:
    """What a load found and did, line by line."""
    for taken in outcome.taken:
        yield f"{taken.place}: {taken.kind}; {counted(len(taken.figures), 'figure')}."
        if taken.whole:
            yield from (f"  recognised: {said}" for said in taken.recognised)
        yield from (f"  left alone: {said}" for said in taken.left_alone)
    if outcome.problems:
        yield told("The load", list(outcome.problems))
        return
    if outcome.nothing:
        yield from (f"Asked about: {said}" for said in outcome.asked)
        yield f"Nothing changes: release {outcome.base} has all of it already."
        return
    yield f"Against release {outcome.base}: {in_a_line(outcome.found)}."
    for name, (new, gone) in outcome.tables.items():
        yield f"  {name}: {counted(new, 'row')} new or changed, {gone} gone or changed"
    for d in outcome.found:
        size = f", by up to {d.largest:.4g}" if d.largest else ""
        title = outcome.titles.get(d.indicator_id, d.indicator_id)
        counts = f"{d.new:,} new, {d.changed:,} changed{size}, {d.gone:,} gone, {d.unchanged:,} unchanged"
        yield f"  {title}: {counts}"
    if outcome.flips:
        yield "Verdicts that turn:"
        yield from (f"  {flip}" for flip in outcome.flips)
    if outcome.asked:
        yield "Asked about:"
        yield from (f"  {said}" for said in outcome.asked)
    yield from outcome.refused
    if outcome.release:
        yield (
            f"Release {outcome.release} is published. Running dashboards show it within seconds. To go back: "
            f"python -m safeguarding rollback {outcome.base} --by NAME --note WHY"
        )
    elif dry_run:
        wanted = " and add --by NAME --note WHY" if outcome.wants_a_reason else ""
        yield f"Nothing was changed. To publish it, leave out --dry-run{wanted}."


def write_report(outcome: Outcome, path: Path) -> None:
    """The report as a file: the problems as CSV, or everything as JSON. Raises Refused where it cannot be
    written.
    """
    as_table = path.suffix == ".csv"
    text = as_csv(outcome.problems) if as_table else json.dumps(outcome.as_data, ensure_ascii=False, indent=1)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        said = f"The load is done as said above; its report {path} cannot be written ({error.strerror})."
        raise Refused([said]) from error


def _check_report(path: Path) -> None:
    """Raises Refused, before anything is loaded, where a report of that name could not be written."""
    if path.suffix not in (".csv", ".json"):
        raise Refused([f"{path.name} is neither .csv nor .json: name the report one of them."])
    if not path.parent.is_dir():
        raise Refused([f"There is no folder {path.parent} for the report: make it, or name another."])
