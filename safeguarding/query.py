"""Query: what an address asks for. The address is the only filter state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode

from safeguarding import periods
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.tables import ENGLAND, GREATER_MANCHESTER
from safeguarding.vocabulary import CheckResult

NEIGHBOURS = "SN"
NOTHING = "none"
SHOWS = {"trend": "Trend", "rank": "Rank", "control": "Control chart", "table": "Table"}
MOST_COMPARED, MOST_PICKED = 6, 30
LONGEST_QUESTION = 100  # characters


class Pick(NamedTuple):
    """An indicator that a reader has picked, and the chart to show of it: `cla_rate`, `cla_rate:rank`."""

    indicator_id: str
    show: str = "trend"

    def __str__(self) -> str:
        """As an address writes it."""
        return self.indicator_id if self.show == "trend" else f"{self.indicator_id}:{self.show}"


@dataclass(frozen=True)
class Query:
    """One view. `to` and `since` are periods such as 2018-19 (since is the address's `from`), None for no limit.

    `theme` and `result` narrow the checks of a report on the page /data, `indicators` (the address's `indicator`) are what /view
    shows and `slides` what /meeting shows, in their order, `q` is what /search looks for; none of them is carried to another page. `compare` holds area codes, SN, SN-2021, SN-2025 or GM, in the order they are drawn. `messages` tells the
    reader, in a sentence each, which parts of the address could not be used.
    """

    area: str
    compare: tuple[str, ...]
    to: str | None = None
    since: str | None = None
    show: str = "trend"
    flagged_only: bool = False
    theme: str = ""
    result: str = ""
    indicators: tuple[Pick, ...] = ()
    slides: tuple[Pick, ...] = ()
    q: str = ""
    messages: tuple[str, ...] = ()

    @property
    def judged_on(self) -> date | None:
        """The day the dashboard is shown as at; None for no limit."""
        return periods.end_of(self.to) if self.to else None


def keys(search: str) -> dict[str, str | list[str]]:
    """The keys of a query string, with or without its question mark: one value as text, several as a list."""
    return {
        k: v[0] if len(v) == 1 else v for k, v in parse_qs(search.lstrip("?"), keep_blank_values=True).items()
    }


def default_compare(catalogue: Catalogue, area: str) -> tuple[str, ...]:
    """England, the area's region and its neighbours, as far as the area has them; never the area itself."""
    region = catalogue.region_of(area)
    wanted = [
        ENGLAND,
        *([region.area_code] if region else []),
        *([NEIGHBOURS] if catalogue.neighbour_sets(area) else []),
    ]
    return tuple(code for code in wanted if code != area)


def read(address: Mapping[str, str | list[str]], catalogue: Catalogue, home_area: str) -> Query:
    """The view that the keys of an address ask for. Unknown keys are ignored; a bad value gets a message and its default.

    A key that is repeated counts once, with its last value. Nothing raises.
    """
    messages: list[str] = []

    def one(key: str) -> str:
        value = address.get(key, "")
        return (
            value[-1] if isinstance(value, list) and value else value if isinstance(value, str) else ""
        ).strip()

    area = one("area") or home_area
    if area not in catalogue.areas:
        messages.append(
            f"There is no area with the code “{_quoted(area)}” here, so this shows {catalogue.areas[home_area].name}."
        )
        area = home_area
    bounds: dict[str, str | None] = {}
    for key in ("from", "to"):
        text = one(key)
        bounds[key] = text or None
        if text and (text == periods.UNDATED or not periods.is_period(text)):
            messages.append(
                f"“{_quoted(text)}” is not a period. Periods are written 2018-19; all periods are shown instead."
            )
            bounds[key] = None
    since, to = bounds["from"], bounds["to"]
    if since and to and periods.end_of(since) > periods.end_of(to):
        messages.append(f"The first period, {since}, is after the last, {to}. They have been swapped.")
        since, to = to, since
    compare = default_compare(catalogue, area)
    asked = one("compare")
    if asked:
        known, unknown = [], []
        for code in filter(None, (c.strip() for c in asked.split(","))):
            if (
                code in catalogue.areas
                or code == GREATER_MANCHESTER
                or code in (NEIGHBOURS, *catalogue.neighbour_sets(area))
            ):
                if code != area and code not in known:
                    known.append(code)
            elif code != NOTHING:
                unknown.append(code)
        if NEIGHBOURS in known and not catalogue.neighbour_sets(area):
            known.remove(NEIGHBOURS)
            messages.append(f"No list of statistical neighbours is held for {catalogue.areas[area].name}.")
        if unknown:
            messages.append(f"Nothing to compare with is known as “{_quoted(', '.join(unknown[:3]))}”.")
        if len(known) > MOST_COMPARED:
            messages.append(f"Only the first {MOST_COMPARED} comparators are drawn.")
        compare = tuple(known[:MOST_COMPARED])
    show = one("show") or "trend"
    if show not in SHOWS:
        messages.append(f"There is no view “{_quoted(show)}”. The views are {', '.join(SHOWS)}.")
        show = "trend"
    only = one("only")
    if only and only != "flagged":
        messages.append(f"“only={_quoted(only)}” is not known; only=flagged is.")
    theme, result = one("theme"), one("result")
    if theme and theme not in {c.theme for c in catalogue.checks}:
        messages.append(f"There are no checks of “{_quoted(theme)}”.")
        theme = ""
    if result and result not in {r.value for r in CheckResult}:
        messages.append(
            f"“{_quoted(result)}” is not a result of a check. They are: {', '.join(CheckResult)}."
        )
        result = ""
    # what a form adds comes last; an indicator stands in a view once, as the chart last picked for it
    picked = _picked(",".join(filter(None, (one("indicator"), one("add")))), catalogue, messages)
    indicators = tuple({p.indicator_id: p for p in picked}.values())
    slides = _picked(one("slides"), catalogue, messages)
    question = "".join(c for c in one("q") if c.isprintable())[:LONGEST_QUESTION]
    return Query(
        area,
        compare,
        to,
        since,
        show,
        only == "flagged",
        theme,
        result,
        indicators,
        slides,
        question,
        tuple(messages),
    )


def _picked(text: str, catalogue: Catalogue, messages: list[str]) -> tuple[Pick, ...]:
    """The picks of a comma-separated list, each indicator and chart once; what is not known gets a message."""
    known: dict[Pick, None] = {}
    unknown = []
    for part in filter(None, (p.strip() for p in text.split(","))):
        indicator_id, _, show = part.partition(":")
        if indicator_id in catalogue.indicators and show in ("", *SHOWS):
            known[Pick(indicator_id, show or "trend")] = None
        else:
            unknown.append(part)
    if unknown:
        messages.append(f"No indicator is known as “{_quoted(', '.join(unknown[:3]))}”.")
    if len(known) > MOST_PICKED:
        messages.append(f"Only the first {MOST_PICKED} indicators are shown.")
    return tuple(known)[:MOST_PICKED]


def write(query: Query, catalogue: Catalogue, home_area: str) -> str:
    """The query string that `read` turns back into this view, defaults left out: `?area=E08000003&to=2019-20` or nothing."""
    parts = {
        "area": query.area if query.area != home_area else "",
        "from": query.since or "",
        "to": query.to or "",
        "compare": ",".join(query.compare) or NOTHING
        if query.compare != default_compare(catalogue, query.area)
        else "",
        "show": query.show if query.show != "trend" else "",
        "only": "flagged" if query.flagged_only else "",
        "theme": query.theme,
        "result": query.result,
        "indicator": ",".join(map(str, query.indicators)),
        "slides": ",".join(map(str, query.slides)),
        "q": query.q,
    }
    text = urlencode({k: v for k, v in parts.items() if v}, safe=",:")
    return f"?{text}" if text else ""


def _quoted(text: str) -> str:
    """What the reader typed, shortened, without characters that do not print."""
    printable = "".join(c if c.isprintable() else "?" for c in text)
    return printable if len(printable) <= 40 else printable[:40] + "…"
