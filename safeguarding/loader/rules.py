"""Rules: what tolerances, statements and events must hold beyond what a schema can say."""

from collections.abc import Callable, Iterator

import pandas as pd

from safeguarding.loader.columns import is_number
from safeguarding.loader.problems import Problem, mistakes
from safeguarding.periods import is_quarter
from safeguarding.store.tables import RULE_PARAMETERS, parse_limits

WORDS = ("benchmark", "band")  # parameters that name something
EDGES = ("low_red", "low_amber", "high_amber", "high_red")
BAND = "england"  # the one band that is worked out: docs/methods.md#margins-and-bands


def check_tolerances(frame: pd.DataFrame) -> Iterator[Problem]:
    """Every rule has exactly the parameters of its type, as numbers where numbers are meant."""
    for row, (kind, limits) in enumerate(zip(frame["type"], frame["limits"], strict=True), start=2):
        for said in _wrong_limits(str(kind), str(limits)):
            yield Problem("tolerances.csv", row, "limits", said)


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


def check_events(frame: pd.DataFrame) -> Iterator[Problem]:
    """What breaks a series, or ends a recording that was incomplete, needs a day to do it on."""
    for column in ("breaks", "under_recorded_before"):
        undated = (frame[column] == "yes") & (frame["from"] == "")
        said = f"is empty though {column} is yes. Give the day, or put no in {column}."
        yield from mistakes("events.csv", undated, "from", _always(said))


def _always(said: str) -> Callable[[int], str]:
    return lambda _: said


def check_agencies(frame: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[Problem]:
    """An agency supplies indicators that are known, from a quarter on."""
    known = set(indicators["indicator_id"])
    for row, (names, first) in enumerate(
        zip(frame["indicators"], frame["first_quarter"], strict=True), start=2
    ):
        for name in filter(None, (part.strip() for part in str(names).split(";"))):
            if name not in known:
                said = f'"{name}" is not in indicators.csv. Add it there, or correct it here.'
                yield Problem("agencies.csv", row, "indicators", said)
        if first and not is_quarter(str(first)):
            yield Problem("agencies.csv", row, "first_quarter", f'"{first}" is no quarter. Write 2025-26-Q2.')


def check_queries(frame: pd.DataFrame) -> Iterator[Problem]:
    """What an agency was asked is about a quarter."""
    wrong = ~frame["quarter"].map(lambda text: is_quarter(str(text))).astype(bool)
    cells = frame["quarter"]
    yield from mistakes(
        "queries.csv", wrong, "quarter", lambda i: f'"{cells[i]}" is no quarter. Write 2025-26-Q2.'
    )
