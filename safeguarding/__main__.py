"""The command line: `python -m safeguarding check`, `reconcile`, `export`, `releases`, `diff`, `publish`,
`rollback`, `disclose`, `shareable`, `load`, `template`, `backup`, `restore`, `user`, `token` and `audit`.

They read a data folder back, hold its report against the figures, make a pack, and look after the releases
and those who may come in.
"""

import argparse
import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

if find_spec("sqlalchemy") is None:  # another Python than the one that `make setup` has filled
    raise SystemExit(
        "The packages are not here. Run `make setup` once, then .venv/bin/python -m safeguarding."
    )

from sqlalchemy import make_url

from safeguarding import load_command, loader, periods, releasing, store_command
from safeguarding.access import command as access
from safeguarding.desk import Desk
from safeguarding.disclosure.audience import Rules
from safeguarding.exports import command as export
from safeguarding.reconciliation import OK, RESULTS
from safeguarding.refused import Refused
from safeguarding.settings import Settings, check_home, from_environment
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.database import TROUBLE, is_there, why
from safeguarding.store.difference import in_a_line
from safeguarding.store.releases import Store
from safeguarding.store.tables import Indicator
from safeguarding.themes import THEMES
from safeguarding.words import counted

# they need no store, or make one: an account may come before the first start, a copy in place of a lost file
ANYWAY = (("check", ""), ("reconcile", ""), ("template", ""), ("restore", ""), ("user", "add"))


def main(arguments: list[str] | None = None) -> int:
    """Run a command.

    Answers 0 when all is well, 1 when the data have problems or it cannot be done (each is printed).
    """
    parser = argparse.ArgumentParser(
        prog="python -m safeguarding", description="The safeguarding dashboard's command line."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="read a data folder back, without starting anything")
    check.add_argument("indicator", nargs="*", help="indicators to read back in full")
    check.add_argument("--data", type=Path, default=None, help="the folder (DATA_FOLDER, else data)")
    hold = commands.add_parser(
        "reconcile", help="hold a report's statements against themselves and the official figures"
    )
    hold.add_argument("--data", type=Path, default=None, help="the folder (DATA_FOLDER, else data)")
    hold.add_argument("--all", action="store_true", help="list what agrees as well")
    export.add(commands)
    releasing.add(commands)
    access.add(commands)
    load_command.add(commands)
    store_command.add(commands)
    given = parser.parse_args(arguments)
    try:
        settings = from_environment()
        if (given.command, getattr(given, "what", "")) not in ANYWAY:
            _check_there(settings.database_url)
        if given.command == "export":
            return export.run(given)
        if given.command in releasing.COMMANDS:
            return releasing.run(given, settings)
        if given.command in access.COMMANDS:
            return access.run(given, settings)
        if given.command in load_command.COMMANDS:
            return load_command.run(given, settings)
        if given.command in store_command.COMMANDS:
            return store_command.run(given, settings)
        folder = given.data or settings.data_folder
        if given.command == "reconcile":
            return held_against(folder, given.all, settings)
        return read_back(folder, given.indicator, settings)
    except (Refused, loader.BrokenData) as problem:
        print(problem, file=sys.stderr)
        return 1
    except TROUBLE as trouble:
        kept = "All of it was kept, or nothing: `python -m safeguarding releases` says which."
        print(f"The store cannot be used: {why(trouble)}. {kept} Then try again.", file=sys.stderr)
        return 1


def _check_there(url: str) -> None:
    """Raises Refused where a store is a file that is not there: a command would make an empty one, and a
    nightly job would go well on it for months.
    """
    if not is_there(url):
        file = Path(make_url(url).database or "").resolve()
        raise Refused(
            [
                f"There is no store at {file}, and none was made. Look at DATABASE_URL.",
                "The first start of the dashboard makes a store, and `restore` puts a copy back.",
            ]
        )


def held_against(folder: Path, everything: bool, settings: Settings) -> int:
    """Print what every check of a folder's report finds, conflicts first.

    Raises BrokenData when the folder cannot be loaded.

    The folder is loaded aside, so that what is printed is what the pages of its release would show, and no
    more.
    """
    with tempfile.TemporaryDirectory() as aside:
        store = Store(f"sqlite:///{Path(aside) / 'release.sqlite'}", Rules.of(settings))
        store.load_folder(
            loader.read(folder), author="the reconcile command", reason="To hold it against the report"
        )
        findings = Desk.published(store, settings).findings
    for result in RESULTS:
        found = [f for f in findings if f.result == result]
        print(f"{result}: {len(found)}")
        for f in found if everything or result != OK else []:
            kind = "" if f.computed else " (a judgement)"
            numbers = f"{f.numbers}. " if f.numbers else ""
            print(f"  {f.check.check_id} {f.check.about}{kind}. {numbers}{f.reason}")
    return 0


def read_back(folder: Path, indicators: list[str], settings: Settings) -> int:
    """Print what a data folder holds and what it would change of the published release, or how each named
    indicator is understood.

    Raises BrokenData when it cannot be loaded, and Refused where the home area is not in it.
    """
    read = loader.read(folder)
    catalogue = Catalogue(read.tables)
    check_home(settings.home_area, catalogue.areas)
    unknown = [name for name in indicators if name not in catalogue.indicators]
    if unknown:
        print(f"indicators.csv has no {', '.join(unknown)}.", file=sys.stderr)
        return 1
    if indicators:
        for name in indicators:
            print(in_words(catalogue.indicators[name], catalogue, read))
        return 0
    figures = read.observations
    absent = figures["value"].isna()
    print(f"{folder}: everything is in order.")
    print(
        f"{len(figures):,} figures, {absent.sum():,} of them absent with a reason; "
        f"{len(catalogue.areas)} areas, {len(catalogue.sources)} sources."
    )
    for theme in THEMES.values():
        own = [i for i in catalogue.theme(theme.theme_id) if i.also_on != theme.theme_id]
        print(f"  {theme.name}: {counted(len(own), 'indicator')}")
    agreed = sum(rule.state == "agreed" for rules in catalogue.tolerances.values() for rule in rules)
    print(f"Tolerances: {agreed} agreed, {sum(map(len, catalogue.tolerances.values())) - agreed} proposed.")
    print(would_change(read, settings))
    return 0


def would_change(read: loader.Folder, settings: Settings) -> str:
    """What a start with a data folder would change of what readers see, as a sentence; no store is made."""
    if not is_there(settings.database_url):
        return "No store yet: a start makes this release 1."
    try:
        store = Store(settings.database_url, Rules.of(settings))
        if held := store.held(read.files):
            return f"The store holds this folder as release {held.release_id}: a start changes nothing."
        found = store.would_change(read)
    except (Refused, *TROUBLE) as trouble:
        return f"What it would change is not known, for the store cannot be used: {why(trouble)}."
    return f"Against release {found[0]}: {in_a_line(found[1])}." if found else "No release is published yet."


def in_words(indicator: Indicator, catalogue: Catalogue, read: loader.Folder) -> str:
    """One indicator as the dashboard understands its row, as several lines of text."""
    rows = read.observations[read.observations["indicator_id"] == indicator.indicator_id]
    lines = [
        f"{indicator.indicator_id}: {indicator.title}",
        f"  on the page {indicator.theme}, under “{indicator.section}”"
        + (f", and on {indicator.also_on}" if indicator.also_on else ""),
        f"  measured in {indicator.unit.words}; {indicator.polarity.value.replace('_', ' is ')}",
        f"  counts: {indicator.numerator}"
        + (f"; out of: {indicator.denominator}" if indicator.denominator else ""),
        f"  means: {indicator.definition}",
        f"  asks: {indicator.question} ({indicator.question_author})",
    ]
    if len(rows):
        places = rows["area_code"].nunique()
        first, last = (
            periods.label(p, indicator.year_type) for p in (rows["period"].min(), rows["period"].max())
        )
        lines.append(
            f"  {counted(len(rows), 'figure')} for {counted(places, 'area')}, {first} to {last}; "
            f"{rows['value'].isna().sum()} absent"
        )
    else:
        lines.append("  no figures yet: add them to a file in observations/")
    for rule in catalogue.tolerances.get(indicator.indicator_id, ()):
        limits = ", ".join(f"{k} {v}" for k, v in rule.limits.items()) or "no limits"
        lines.append(
            f"  tolerance {rule.type}, {limits}, from {periods.in_words(rule.valid_from)}, "
            f"{rule.state}: {rule.rationale}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read has seen enough, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    raise SystemExit(code)
