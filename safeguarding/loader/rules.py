"""Rules: what tolerances, statements and events must hold beyond what a schema can say."""

from collections.abc import Iterator

import pandas as pd

from safeguarding.loader.columns import is_number
from safeguarding.loader.problems import Problem, mistakes
from safeguarding.store.tables import RULE_PARAMETERS, parse_limits

WORDS = ("benchmark", "band")  # parameters that name something


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
    for name, value in limits.items():
        if name not in WORDS and not is_number(value):
            yield f'{name} is "{value}", which is not a number.'


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
    column = frame["indicator_id"]
    unknown = (column != "") & ~column.isin(indicators["indicator_id"])
    yield from mistakes(name, unknown, "indicator_id", lambda i: f'"{column[i]}" is not in indicators.csv.')


def check_events(frame: pd.DataFrame) -> Iterator[Problem]:
    """What breaks a series needs a day to break it on."""
    undated = (frame["breaks"] == "yes") & (frame["from"] == "")
    yield from mistakes(
        "events.csv",
        undated,
        "from",
        lambda i: "is empty though breaks is yes. Give the day, or put no in breaks.",
    )
