"""Reading: what one key of an address asks for. What is wrong gets a message and a default."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from safeguarding import periods
from safeguarding.query.view import (
    NEIGHBOURS,
    NOTHING,
    PICKED,
    SHORT,
    SHOWS,
    SORTS,
    STANDS,
    Pick,
    default_compare,
)
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.tables import GREATER_MANCHESTER
from safeguarding.vocabulary import CheckResult

MOST_COMPARED, MOST_PICKED = 6, 30
LONGEST_QUESTION = 100  # characters
LONGEST_TITLE = 80  # characters of a pack: a file name has to fit


@dataclass(frozen=True)
class Asked:
    """An address while its keys are read in turn: the fields `found` so far, and `messages` to the reader."""

    address: Mapping[str, object]
    catalogue: Catalogue
    home_area: str
    found: dict[str, Any] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)

    def text(self, key: str) -> str:
        """What the address says for a key; the last where it is repeated, empty where it says nothing."""
        value = self.address.get(key)
        if isinstance(value, list):
            value = value[-1] if value else ""
        return value.strip() if isinstance(value, str) else ""


def area(asked: Asked) -> str:
    """The area, the home area where none or an unknown one is named."""
    code, areas = asked.text("area") or asked.home_area, asked.catalogue.areas
    if code in areas:
        return code
    asked.messages.append(
        f"There is no area with the code “{_quoted(code)}” here, so this shows {areas[asked.home_area].name}."
    )
    return asked.home_area


def _period(asked: Asked, key: str) -> str | None:
    text = asked.text(key)
    if text and (text == periods.UNDATED or not periods.is_period(text)):
        asked.messages.append(
            f"“{_quoted(text)}” is not a period. Periods are written 2018-19; all periods are shown instead."
        )
        return None
    return text or None


def since(asked: Asked) -> str | None:
    """The first period; None for no limit."""
    return _period(asked, "from")


def to(asked: Asked) -> str | None:
    """The last period. Where the first is later, the two change places."""
    first, last = asked.found["since"], _period(asked, "to")
    if first and last and periods.end_of(first) > periods.end_of(last):
        asked.messages.append(
            f"The first period, {first}, is after the last, {last}. They have been swapped."
        )
        asked.found["since"] = last
        return first
    return last


def compare(asked: Asked) -> tuple[str, ...]:
    """The comparators in their order, without the area itself; the default ones where nothing is said."""
    catalogue, own = asked.catalogue, asked.found["area"]
    sets, codes = catalogue.neighbour_sets(own), _listed(asked.text("compare"))
    if not asked.text("compare"):
        return default_compare(catalogue, own)
    comparable = {*catalogue.areas, GREATER_MANCHESTER, NEIGHBOURS, *sets}
    known = [c for c in dict.fromkeys(codes) if c in comparable and c != own]
    unknown = [c for c in codes if c not in comparable and c != NOTHING]
    if NEIGHBOURS in known and not sets:
        known.remove(NEIGHBOURS)
        asked.messages.append(f"No list of statistical neighbours is held for {catalogue.areas[own].name}.")
    if unknown:
        asked.messages.append(f"Nothing to compare with is known as “{_quoted(', '.join(unknown[:3]))}”.")
    if len(known) > MOST_COMPARED:
        asked.messages.append(f"Only the first {MOST_COMPARED} comparators are drawn.")
    return tuple(known[:MOST_COMPARED])


def show(asked: Asked) -> str:
    """What a card shows first."""
    chosen = asked.text("show") or "trend"
    if chosen in SHOWS:
        return chosen
    asked.messages.append(f"There is no view “{_quoted(chosen)}”. The views are {', '.join(SHOWS)}.")
    return "trend"


def only(asked: Asked) -> bool:
    """Are only flagged indicators shown?"""
    chosen = asked.text("only")
    if chosen and chosen != "flagged":
        asked.messages.append(
            f"Part of this link was not understood (“only={_quoted(chosen)}”): all indicators are shown."
        )
    return chosen == "flagged"


def sort(asked: Asked) -> str:
    """The order of the table of all indicators; empty for a row a theme."""
    return _one_of(asked, "sort", SORTS)


def stands(asked: Asked) -> str:
    """What the table of all indicators is narrowed to: a verdict, to watch, better; empty for all."""
    return _one_of(asked, "stands", STANDS)


def _one_of(asked: Asked, key: str, known: Mapping[str, str]) -> str:
    chosen = asked.text(key)
    if not chosen or chosen in known:
        return chosen
    asked.messages.append(
        f"Part of this link was not understood (“{key}={_quoted(chosen)}”); it may be {', '.join(known)}."
    )
    return ""


def theme(asked: Asked) -> str:
    """The subject that checks are narrowed to; empty for all."""
    chosen = asked.text("theme")
    if not chosen or chosen in {c.theme for c in asked.catalogue.checks}:
        return chosen
    asked.messages.append(f"There are no checks of “{_quoted(chosen)}”.")
    return ""


def result(asked: Asked) -> str:
    """The result that checks are narrowed to; empty for all."""
    chosen = asked.text("result")
    if not chosen or chosen in {r.value for r in CheckResult}:
        return chosen
    said = f"“{_quoted(chosen)}” is not a result of a check. They are: {', '.join(CheckResult)}."
    asked.messages.append(said)
    return ""


def indicators(asked: Asked) -> tuple[Pick, ...]:
    """What a view of one's own shows."""
    # what a form adds comes last; an indicator stands in a view once, as the chart last picked for it
    picked = _picked(f"{asked.text('indicator')},{asked.text('add')}", asked)
    return tuple({p.indicator_id: p for p in picked}.values())


def slides(asked: Asked) -> tuple[Pick, ...]:
    """What a meeting shows: an indicator may come again with another chart."""
    return _picked(asked.text("slides"), asked)


def _picked(text: str, asked: Asked) -> tuple[Pick, ...]:
    """The picks of a list, each indicator and chart once; what is not known gets a message."""
    known: dict[Pick, None] = {}
    unknown, charts = [], []
    for part in _listed(text):
        indicator_id, _, show = part.partition(":")
        if indicator_id not in asked.catalogue.indicators:
            unknown.append(part)
        elif show in ("", *PICKED):
            known[Pick(indicator_id, show or "trend")] = None
        else:
            charts.append(part)
    if charts:
        are = ", ".join(PICKED)
        asked.messages.append(f"There is no chart “{_quoted(', '.join(charts[:3]))}”. The charts are {are}.")
    if unknown:
        asked.messages.append(f"No indicator is known as “{_quoted(', '.join(unknown[:3]))}”.")
    if len(known) > MOST_PICKED:
        asked.messages.append(f"Only the first {MOST_PICKED} indicators are shown.")
    return tuple(known)[:MOST_PICKED]


def question(asked: Asked) -> str:
    """What is searched for: what prints of it, and no more than is any use."""
    return _printed(asked.text("q"), LONGEST_QUESTION)


def title(asked: Asked) -> str:
    """What a pack is called; empty for the name of what it is of."""
    return _printed(asked.text("title"), LONGEST_TITLE)


def author(asked: Asked) -> str:
    """Who made a pack, as its first page says it; empty where nobody is named."""
    return _printed(asked.text("author"), LONGEST_TITLE)


def dated(asked: Asked) -> date | None:
    """The day on the first page of a pack; None where none is said."""
    text = asked.text("date")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        asked.messages.append(f"“{_quoted(text)}” is not a date. Dates are written 2026-03-17.")
        return None


def paper(asked: Asked) -> str:
    """How much a paper holds: SHORT, or empty for all of it."""
    return _one_of(asked, "paper", {SHORT: ""})


def _printed(text: str, longest: int) -> str:
    """What prints of a text, on one line, cut to what there is room for."""
    printable = "".join(c for c in " ".join(text.split()) if c.isprintable())
    return printable[:longest].strip()


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _quoted(text: str) -> str:
    """What the reader typed, shortened, without characters that do not print."""
    printable = "".join(c if c.isprintable() else "?" for c in text)
    return printable if len(printable) <= 40 else printable[:40] + "…"
