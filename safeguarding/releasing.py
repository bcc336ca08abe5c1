"""Releasing: the terminal's way to see the releases, what one changes, and to publish one or roll back."""

import argparse

from safeguarding import periods
from safeguarding.disclosure.audience import Rules
from safeguarding.disclosure.audit import in_words, refusal
from safeguarding.refused import Refused
from safeguarding.settings import Settings
from safeguarding.store.difference import in_a_line
from safeguarding.store.drafts import unkept
from safeguarding.store.releases import Store
from safeguarding.store.shareable import copied
from safeguarding.vocabulary import Status
from safeguarding.words import counted

REASONS = {True: "small itself, or resting on a small count", False: "so that another cannot be worked out"}
COMMANDS = ("releases", "diff", "publish", "rollback", "disclose", "shareable")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands and what they take."""
    commands.add_parser("releases", help="list the releases, and which of them is published")
    given = commands.add_parser("diff", help="what a release changes: new, changed and gone figures")
    given.add_argument("before", type=int, help="the release to start from")
    given.add_argument("after", type=int, help="the release to end at")
    for name, said in (
        ("publish", "make a release the one that everybody sees"),
        ("rollback", "the same: make an earlier release the one that everybody sees again"),
    ):
        given = commands.add_parser(name, help=said)
        given.add_argument("release", type=int, help="its number, as `releases` lists it")
        given.add_argument("--by", required=True, help="who publishes it")
        given.add_argument("--note", required=True, help="why")

    given = commands.add_parser(
        "disclose", help="what is hidden in a release and why, and what could be worked out"
    )
    given.add_argument(
        "release", type=int, nargs="?", help="its number; the published one where none is given"
    )

    given = commands.add_parser("shareable", help="copy a release into a store that holds nothing hidden")
    given.add_argument(
        "--to", required=True, help="the address of an empty store, sqlite:///shareable.sqlite"
    )
    given.add_argument(
        "release", type=int, nargs="?", help="its number; the published one where none is given"
    )


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Run one of the commands. Answers 0, or 1 where `disclose` finds what may not be published.

    Raises Refused where there is no such release, or where hidden figures of it could be worked out.
    """
    store = Store(settings.database_url, Rules.of(settings))
    try:
        match given.command:
            case "releases":
                _listed(store)
            case "diff":
                _told(store, given.before, given.after)
            case "disclose":
                return _disclosed(store, given.release or store.published() or 0)
            case "shareable":
                target = Store(given.to, Rules.of(settings), "Look at the address in --to.")
                if target.published() is not None:
                    raise Refused([f"{given.to} holds releases already: give the address of an empty store."])
                release = given.release or store.published() or 0
                loaded = copied(store, release, target)
                held = counted(loaded.figures, "figure")
                print(f"{given.to} holds {held} of release {release}, and nothing hidden.")
            case _:
                before = store.published()
                if unsaid := unkept(given.by, given.note, store.catalogue(given.release)):
                    raise Refused([f"Release {given.release} is not published.", *unsaid])
                if refused := store.refusal(given.release):
                    raise Refused([f"Release {given.release} is not published.", *refused])
                store.publish(given.release, given.by, given.note)
                print(f"Release {given.release} is published. Running dashboards show it within seconds.")
                if before is not None and before != given.release:
                    print(f"Against release {before}: {in_a_line(store.difference(before, given.release))}.")
                    print(f"To go back: python -m safeguarding rollback {before} --by NAME --note WHY")
    except KeyError as error:
        said = str(error.args[0]).capitalize()
        raise Refused([f"{said}. `python -m safeguarding releases` lists them."]) from error
    return 0


def _disclosed(store: Store, release: int) -> int:
    """Print what is hidden from everyone, why, and the audit. No figure that is hidden is printed, but what
    anyone can work out of one is.
    """
    catalogue, shown = store.catalogue(release), store.shown(release)
    hidden = store.hidden_statements(release)
    sizes = f"{counted(len(shown.hidden), 'figure')} and {counted(len(hidden), 'statement')}"
    print(f"Release {release}: hidden here are {sizes}.")
    for (indicator_id, area, period, _, category, source), status in shown.hidden.items():
        about = (catalogue.indicators[indicator_id].title, catalogue.areas[area].name, period, category)
        print(f"  {_about(*about)} ({source}): {REASONS[status is Status.C_PRIMARY]}")
    for s in catalogue.stated:
        if s.statement_id in hidden:
            about = (f"{s.statement_id} {s.measure}", s.breakdown, s.period, "")
            print(f"  {_about(*about)} ({s.source_id}): {REASONS[hidden[s.statement_id]]}")
    found, ledger = store.audit(release)
    print("\n".join(in_words(found, ledger)))
    refused = [*refusal(found, ledger), *store.stated_too_well(release)]
    print("It may not be published:" if refused else "It may be published.")
    for line in refused:
        print(f"  {line}")
    return int(bool(refused))


def _about(*said: str) -> str:
    return ", ".join(filter(None, said))


def _listed(store: Store) -> None:
    published, held = store.published(), store.releases()
    if not held:
        print("There is no release yet. The first start of the dashboard makes one from its data folder.")
    for r in held:
        now = ", published" if r.release_id == published else ""
        day = periods.in_words(r.loaded_at.date())
        print(f"{r.release_id}{now}: loaded {day} by {r.author}. {r.reason}")
    for p in store.publications():
        day = periods.in_words(p.published_at.date())
        print(f"  release {p.release_id} made the published one on {day} by {p.author}: {p.reason}")


def _told(store: Store, before: int, after: int) -> None:
    """The difference, an indicator a line; sizes are of published figures alone."""
    indicators = store.catalogue(after).indicators
    store.catalogue(before)
    found = store.difference(before, after)
    for d in found:
        title = indicators[d.indicator_id].title if d.indicator_id in indicators else d.indicator_id
        print(f"{title}: {d.new:,} new, {d.changed:,} changed, {d.gone:,} gone, {d.unchanged:,} unchanged")
    print(f"From release {before} to {after}: {in_a_line(found)}.")
