"""Loading: files are read, checked and held against what is published; then published, or nothing happens.

One way for the terminal and the page: `load` with `dry_run` answers what would change, without it the same
transaction is kept.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import pandas as pd

from safeguarding import loader
from safeguarding.desk import Desk
from safeguarding.loader import incoming
from safeguarding.loader.figures import NUMBERS
from safeguarding.loader.incoming import Incoming, Offered
from safeguarding.loader.problems import Problem
from safeguarding.loader.taken import Taken
from safeguarding.questions import Flip, flips, questions, supplied
from safeguarding.refused import Refused
from safeguarding.settings import Settings
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.difference import Difference
from safeguarding.store.drafting import Batch, Draft, drafting
from safeguarding.store.drafts import LONGEST_NAME, printable, unkept
from safeguarding.store.releases import Store
from safeguarding.words import counted

NOBODY, NO_REASON = "the load command", "New figures"
LONGEST_REASON = 600
Tables = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Outcome:
    """What a load found and did. With `problems` nothing was held against anything.

    `base` is the release that it was held against, `release` the one that was published (None: none was).
    `tables` says of each table of the catalogue that changes how many rows come and go. `refused` says why it
    may not be published, or what is still wanted for it.
    """

    problems: tuple[Problem, ...] = ()
    taken: tuple[Taken, ...] = ()
    asked: tuple[str, ...] = ()
    tables: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    found: tuple[Difference, ...] = ()
    flips: tuple[Flip, ...] = ()
    base: int | None = None
    release: int | None = None
    refused: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        """Do the files hold just what is published?"""
        return not self.problems and not self.found and not self.tables

    @property
    def wants_a_reason(self) -> bool:
        """Must somebody say who and why: do published figures change, or is something asked about?"""
        return bool(self.asked or self.tables) or any(d.changed or d.gone for d in self.found)

    @property
    def as_data(self) -> dict[str, Any]:
        """All of it as JSON has it: the report that is written to a file, and that the page shows."""
        return {
            "problems": [asdict(p) for p in self.problems],
            "asked": list(self.asked),
            "files": [
                {
                    "file": t.place,
                    "kind": t.kind,
                    "figures": len(t.figures),
                    "recognised": list(t.recognised) if t.whole else [],
                    "left_alone": list(t.left_alone),
                }
                for t in self.taken
            ],
            "against": self.base,
            "tables": [
                {"table": name, "new": new, "gone": gone} for name, (new, gone) in self.tables.items()
            ],
            "difference": [
                {**asdict(d), "title": self.titles.get(d.indicator_id, d.indicator_id)} for d in self.found
            ],
            "verdicts": [asdict(f) for f in self.flips],
            "wants_a_reason": self.wants_a_reason,
            "release": self.release,
            "refused": list(self.refused),
        }


def load(
    store: Store,
    settings: Settings,
    files: Iterable[Offered],
    by: str = "",
    note: str = "",
    dry_run: bool = False,
    in_full: bool = False,
    upon: int | None = None,
    telling: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Read, check and compare files; publish them as a new release unless `dry_run`, or unless something is
    wrong.

    `in_full` takes out what is held of a file's source and indicators and is not in the file. `upon` is the
    release that somebody has seen them held against: where another has been published since, nothing is.
    `telling` is told what is being done, for whoever waits.
    Raises Refused before the first release. All of it happens in one transaction, or none of it.
    """
    base = store.published()
    if base is None:
        raise Refused(
            ["No release is published yet: start the dashboard once with its data folder in place."]
        )
    tables = store.tables(base)

    def held(indicator_id: str) -> dict[tuple[str, str], str]:
        return {key: f"{value:.15g}" for key, value in store.values(base, indicator_id).items()}

    read = incoming.read(files, tables, loader.schemas(settings.data_folder), held)
    if read.problems:
        return Outcome(read.problems, read.taken, read.asked, base=base)
    telling(f"Holding {counted(read.figures, 'figure')} against release {base}")
    after = _leading(read)
    batches = [_batch(taken, in_full) for taken in read.taken]
    with drafting(store, after, batches, read.hashes) as draft:
        outcome = _compared(draft, settings, read, tables, after)
        outcome = replace(outcome, asked=(*outcome.asked, *_lacking(store, draft.base, read, in_full)))
        if dry_run or outcome.nothing:
            return outcome
        refused = _wanted(outcome, by, note, store.catalogue(draft.base))
        if upon is not None and draft.base != upon:
            refused.append(f"Release {draft.base} has been published since. Look again at what would change.")
        if not refused:
            telling("Looking for what could be worked out of what is hidden, which may take a minute")
            audit = store.refusal if draft.hides() else store.stated_too_well
            refused += audit(draft.release_id)
        if refused:
            return replace(outcome, refused=tuple(refused))
        names = ", ".join(read.hashes)
        draft.publish(printable(by) or NOBODY, printable(note) or f"{NO_REASON}: {names}"[:LONGEST_REASON])
    return replace(outcome, release=draft.release_id)


def _compared(draft: Draft, settings: Settings, read: Incoming, before: Tables, after: Tables) -> Outcome:
    """A draft held against the release that it stands on."""
    found = draft.difference()
    then, now = (Desk(draft.store, settings, release) for release in (draft.base, draft.release_id))
    indicators, apart = now.catalogue.indicators, _rows_apart(before, after)
    # a rule, an event or a list of neighbours may turn a verdict whose figures stay
    names = list(dict.fromkeys([*then.catalogue.indicators, *indicators]))
    return Outcome(
        taken=read.taken,
        asked=(*read.asked, *questions(draft, now, found), *supplied(draft, now, _given(read))),
        tables=apart,
        found=tuple(found),
        flips=tuple(flips(then, now, names if apart else [d.indicator_id for d in found])),
        base=draft.base,
        titles={d.indicator_id: i.title for d in found if (i := indicators.get(d.indicator_id))},
    )


def _given(read: Incoming) -> set[tuple[str, str, str, str]]:
    """The figures of all files: indicator, area, period and source."""
    columns = ["indicator_id", "area_code", "period", "source_id"]
    return {row for t in read.taken for row in t.figures[columns].itertuples(index=False, name=None)}


def _leading(read: Incoming) -> Tables:
    """The catalogue, in which a newer edition leads where the older one did."""
    tables: Tables = {name: [dict(row) for row in rows] for name, rows in read.tables.items()}
    for taken in read.taken:
        source = next(iter(taken.figures["source_id"]), "")
        given = set(taken.figures["indicator_id"])
        for row in tables["indicators"]:
            if row["indicator_id"] in given and row["source_id"] in taken.older:
                row["source_id"] = source
    return tables


def _batch(taken: Taken, in_full: bool) -> Batch:
    """A file's figures as they are stored."""
    figures = taken.figures.copy()
    for column in NUMBERS:
        figures[column] = pd.to_numeric(figures[column].replace("", None))
    return Batch(figures, taken.values_alone, taken.older, in_full)


def _rows_apart(before: Tables, after: Tables) -> dict[str, tuple[int, int]]:
    """For each table that differs how many rows come and how many go."""
    found = {}
    for name in after:
        old, new = (
            {tuple(sorted((k, v) for k, v in row.items() if v)) for row in side.get(name, [])}
            for side in (before, after)
        )
        if old != new:
            found[f"{name}.csv"] = len(new - old), len(old - new)
    return found


def _lacking(store: Store, base: int, read: Incoming, in_full: bool) -> list[str]:
    """How many figures are held of a file's own source that the file does not have."""
    asked = []
    for taken in read.taken:
        if not taken.whole or in_full:
            continue
        held = store.held_of(
            base, sorted(set(taken.figures["source_id"])), sorted(set(taken.figures["indicator_id"]))
        )
        columns = ["indicator_id", "area_code", "period", "source_id"]
        given = set(taken.figures[columns].itertuples(index=False, name=None))
        if gone := held - given:
            asked.append(
                f"{taken.place}: {len(gone):,} figures of its source are published and not in it. They stay; "
                "--in-full takes them out."
            )
    return asked


def _wanted(outcome: Outcome, by: str, note: str, catalogue: Catalogue) -> list[str]:
    """What is wanted from who loads it."""
    if len(printable(by)) > LONGEST_NAME or len(printable(note)) > LONGEST_REASON:
        return [f"A name has at most {LONGEST_NAME} characters, a reason {LONGEST_REASON}."]
    if found := unkept(printable(by), printable(note), catalogue):
        return found
    if not outcome.wants_a_reason or (printable(by) and printable(note)):
        return []
    changed = any(d.changed or d.gone for d in outcome.found)
    why = f"published {'figures' if changed else 'rules or descriptions'} change"
    why = "something looks odd" if outcome.asked else why
    return [f"Nothing is published yet: {why}, so say who loads this and why (--by NAME --note WHY)."]
