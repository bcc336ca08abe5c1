"""Rules: what tolerances, statements and events must hold beyond what a schema can say."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

import pandas as pd

from safeguarding.disclosure.personal import place_words
from safeguarding.loader.children import particulars
from safeguarding.loader.columns import is_number
from safeguarding.loader.problems import Problem, mistakes
from safeguarding.periods import is_quarter
from safeguarding.store.tables import RULE_PARAMETERS, parse_limits
from safeguarding.vocabulary import Polarity, listed

NOT_IN = "is not in {}. Add it there, or correct it here."
WORDS = ("benchmark", "band")  # parameters that name something
MARGINS = ("points", "percent", "spread")
BENCHMARK = re.compile(r"region|SN(-\d{4})?")  # beside an area: the neighbours, or those of a list
EDGES = ("low_red", "low_amber", "high_amber", "high_red")
BAND = "england"  # the one band that is worked out: docs/methods.md#margins-and-bands


def check_tolerances(frame: pd.DataFrame, indicators: pd.DataFrame, areas: pd.DataFrame) -> Iterator[Problem]:
    """Every rule has exactly the parameters of its type, as numbers where numbers are meant, and can be
    applied to its indicator: to one that has a better end, with its limits in the order of that end.
    """
    polarity = dict(zip(indicators["indicator_id"], indicators["polarity"], strict=True))
    known = set(areas["area_code"])
    rows = zip(frame["indicator_id"], frame["type"], frame["limits"], strict=True)
    for row, (name, kind, limits) in enumerate(rows, start=2):
        found = list(_wrong_limits(str(kind), str(limits)))
        if not found and name in polarity:
            found = list(_unfit(str(name), Polarity(polarity[name]), str(kind), parse_limits(limits), known))
        yield from (Problem("tolerances.csv", row, "limits", said) for said in found)


def _unfit(
    name: str, polarity: Polarity, kind: str, limits: Mapping[str, str], areas: Collection[str]
) -> Iterator[str]:
    """What keeps a rule that is written well from being applied to its indicator."""
    if polarity is Polarity.NEUTRAL and kind not in ("T0", "T5"):
        yield f"{kind} needs a better end, and {name} is neutral in indicators.csv. Take T5, or T0 for none."
        return
    if kind == "T1":
        green, red = float(limits["green_at"]), float(limits["red_at"])
        lower = polarity is Polarity.LOWER_BETTER
        if green > red if lower else green < red:
            better = "lower" if lower else "higher"
            yield (
                f"green_at={limits['green_at']} is worse than red_at={limits['red_at']}, since {better} is "
                f"better for {name}. Swap the two."
            )
    for margin in MARGINS:
        if float(limits.get(margin, 0)) < 0:
            yield f"{margin} is {limits[margin]}. A margin is not below nought."
    benchmark = limits.get("benchmark", "region")
    if not BENCHMARK.fullmatch(benchmark) and benchmark not in areas:
        yield f'benchmark is "{benchmark}". Write SN, region or an area_code of areas.csv.'


def _wrong_limits(kind: str, text: str) -> Iterator[str]:
    try:
        limits = parse_limits(text)
    except ValueError as error:
        yield f"{error}. Separate parts with a semicolon."
        return
    allowed = RULE_PARAMETERS[kind]
    if set(limits) not in allowed:
        ways = " or ".join("; ".join(sorted(names)) or "nothing" for names in allowed)
        yield f'"{text}" does not fit {kind}, which takes {ways}.'
        return
    if limits.get("band", BAND) != BAND:
        yield f'band is "{limits["band"]}". Write band={BAND}, or give four edges of your own.'
    wrong = [name for name, value in limits.items() if name not in WORDS and not is_number(value)]
    for name in wrong:
        yield f'{name} is "{limits[name]}", which is not a number.'
    edges = [float(limits[name]) for name in EDGES if name in limits and not wrong]
    if edges != sorted(edges):
        yield f"The edges must rise: {', '.join(EDGES)}."


def check_statements(frame: pd.DataFrame, areas: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[Problem]:
    """A statement's figure is a number unless it is words; its area and its indicator are known."""
    cells = frame["value"]
    wrong = (frame["kind"] != "text") & (cells != "") & ~cells.map(is_number).astype(bool)
    name = "statements.csv"
    yield from mistakes(
        name,
        wrong,
        "value",
        lambda i: f'"{cells[i]}" is not a number. Put words under kind text, or leave value empty.',
    )
    area = frame["area"]
    known = area.isin([*areas["area_code"], "SN", "GM"])
    yield from mistakes(name, ~known, "area", lambda i: f'"{area[i]}" is not in areas.csv, nor SN or GM.')
    base = frame["base"]
    lost = (base != "") & ~base.isin(frame["statement_id"])
    yield from mistakes(name, lost, "base", lambda i: f'"{base[i]}" is no statement_id of this table.')
    column = frame["indicator_id"]
    unknown = (column != "") & ~column.isin(indicators["indicator_id"])
    yield from mistakes(name, unknown, "indicator_id", lambda i: f'"{column[i]}" is not in indicators.csv.')


def check_events(frame: pd.DataFrame, areas: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[Problem]:
    """What breaks a series, or ends a recording that was incomplete, needs a day to do it on; an event
    touches indicators that are known, ends after it begins, and tells of no child.
    """
    for column in ("breaks", "under_recorded_before"):
        undated = (frame[column] == "yes") & (frame["from"] == "")
        said = f"is empty though {column} is yes. Give the day, or put no in {column}."
        yield from mistakes("events.csv", undated, "from", _always(said))
    known = set(indicators["indicator_id"])
    for row, names in enumerate(frame["indicators"], start=2):
        for name in listed(names):
            if "*" not in name and name not in known:  # a pattern may await measures that are to come
                yield Problem("events.csv", row, "indicators", f'"{name}" {NOT_IN.format("indicators.csv")}')
    ends = (frame["until"] != "") & (frame["until"] < frame["from"])
    yield from mistakes("events.csv", ends, "until", _always("is before from. Correct one of the two."))
    for column in ("title", "text"):
        yield from particulars("events.csv", frame[column], place_words(areas["name"]))


def _always(said: str) -> Callable[[int], str]:
    return lambda _: said


def check_agencies(frame: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[Problem]:
    """An agency supplies indicators that are known, from a quarter on."""
    known = set(indicators["indicator_id"])
    for row, (names, first) in enumerate(
        zip(frame["indicators"], frame["first_quarter"], strict=True), start=2
    ):
        for name in listed(names):
            if name not in known:
                said = f'"{name}" {NOT_IN.format("indicators.csv")}'
                yield Problem("agencies.csv", row, "indicators", said)
        if first and not is_quarter(str(first)):
            yield Problem("agencies.csv", row, "first_quarter", f'"{first}" is no quarter. Write 2025-26-Q2.')


def check_queries(frame: pd.DataFrame, areas: pd.DataFrame, today: date | None = None) -> Iterator[Problem]:
    """What an agency was asked is about a quarter and not about a child; it was asked before it was answered,
    and by `today` (None: the day it is).
    """
    wrong = ~frame["quarter"].map(lambda text: is_quarter(str(text))).astype(bool)
    cells = frame["quarter"]
    yield from mistakes(
        "queries.csv", wrong, "quarter", lambda i: f'"{cells[i]}" is no quarter. Write 2025-26-Q2.'
    )
    asked, answered = frame["asked_on"], frame["answered_on"]
    ahead = asked > (today or date.today()).isoformat()
    yield from mistakes("queries.csv", ahead, "asked_on", lambda i: f'"{asked[i]}" is to come.')
    early = (answered != "") & (answered < asked)
    said = "is before asked_on. Correct one of the two."
    yield from mistakes("queries.csv", early, "answered_on", _always(said))
    yield from particulars("queries.csv", frame["about"], place_words(areas["name"]))
