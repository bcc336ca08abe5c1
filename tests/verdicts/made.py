"""A made-up country for the tests of verdicts: every area and every figure in it is synthetic.

England, the region Northland with the authorities Aville (in focus) to Hville, and Southland with Zville.
Aville's statistical neighbours are Bville to Eville.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from safeguarding.figures import Figures
from safeguarding.periods import end_of
from safeguarding.query import Query
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.tables import ENGLAND, Observation, Spread
from safeguarding.summaries import IndicatorSummary, summarise
from safeguarding.vocabulary import Status, Unit

AREAS = {
    ENGLAND: ("England", "country", ""),
    "RN": ("Northland", "region", ""),
    "RS": ("Southland", "region", ""),
    **{letter: (f"{letter}ville", "authority", "RN") for letter in "ABCDEFGH"},
    "Z": ("Zville", "authority", "RS"),
}
SETS = {"SN-2021": "BCDE"}
NOW = "2024-25"
# a value; a status; a count and its base; a value with both; None for no row
Given = float | str | tuple[float, float] | tuple[float, float, float] | None
INDICATOR = {
    "indicator_id": "made",
    "theme": "front-door",
    "order": "1",
    "title": "Made-up measure",
    "short_title": "Made up",
    "unit": "percent",
    "decimals": "1",
    "polarity": "lower_better",
    "year_type": "financial_year",
    "source_id": "made_source",
}


def made(
    own: Given | Mapping[str, Given],
    others: Mapping[str, Given | Mapping[str, Given]] | None = None,
    *,
    rule: str = "",
    rules: Sequence[tuple[str, str]] = (),
    to: str | None = None,
    since: str | None = None,
    compare: Sequence[str] = (),
    area: str = "A",
    areas: Mapping[str, tuple[str, ...]] | None = None,
    sets: Mapping[str, str] = SETS,
    events: Sequence[Mapping[str, str]] = (),
    spread: Spread | None = None,
    average: str = "mean",
    bases: Mapping[str, float] | None = None,
    tables: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
    **indicator: str,
) -> IndicatorSummary:
    """The summary of a made-up indicator: figures of the area in focus and of others, of 2024-25 or by year.

    `rule` is a tolerance such as "T1 green_at=10; red_at=20", in force from 2012; `rules` are several with
    their first days. `areas` maps codes to name, type, region, group, first and last day. `bases` are figures
    of the indicator that the made one's `denominator_indicator_id` may name: "base".
    """
    described = {**dict.fromkeys(COLUMNS, ""), **INDICATOR, **indicator}
    base = {**described, "indicator_id": "base", "unit": "count", "part_of": ""}
    tolerances = [
        {
            "indicator_id": "made",
            "type": text.partition(" ")[0],
            "limits": text.partition(" ")[2],
            "from": day,
            "owner": "tests",
            "amber_means": "look again",
            "state": "proposed",
            "rationale": "A test",
        }
        for text, day in ([(rule, "2012-04-01")] if rule else rules)
    ]
    catalogue = Catalogue(
        {
            "indicators": [described, base],
            "areas": [
                dict(zip(AREA, (code, *row, *[""] * 5), strict=False))
                for code, row in {**AREAS, **(areas or {})}.items()
            ],
            "sources": [{**dict.fromkeys(SOURCE, ""), "source_id": s} for s in ("made_source", "other")],
            "neighbours": [
                {"area_code": "A", "set": name, "rank": str(k), "neighbour_code": code}
                for name, codes in sets.items()
                for k, code in enumerate(codes)
            ],
            "tolerances": tolerances,
            "events": [{**EVENT, **e} for e in events],
            **(tables or {}),
        }
    )
    multiplier = Unit(described["unit"]).multiplier or 1
    rows = [
        row(code, period, figure, multiplier)
        for code, held in {area: own, **(others or {})}.items()
        for period, figure in (held if isinstance(held, Mapping) else {NOW: held}).items()
        if figure is not None
    ]
    rows += [row(code, NOW, value, 1, "base") for code, value in (bases or {}).items()]
    view = Query(area, tuple(compare), to, since)
    figures = Figures(catalogue, rows, average)
    if spread:
        figures.spreads["made", NOW] = spread
    return summarise(catalogue.indicators["made"], view, figures)


def row(
    code: str, period: str, figure: Given, multiplier: float = 100, indicator_id: str = "made"
) -> Observation:
    """One figure as the store would give it."""
    value, numerator, denominator, status = None, None, None, Status.OK
    match figure:
        case str():
            status = Status(figure)
        case (value, numerator, denominator):
            pass
        case (numerator, denominator):
            value = round(multiplier * numerator / denominator, 1)
        case _:
            value = figure
    quarter = int(period[-1]) if "Q" in period else 1
    began = date(int(period[:4]) + (quarter == 4), (4, 7, 10, 1)[quarter - 1], 1)
    held = None if value is None else float(value)
    return Observation(
        indicator_id,
        code,
        period,
        began,
        end_of(period),
        held,
        status,
        False,
        numerator,
        denominator,
        "made_source",
    )


def years(*values: Given, last: int = 2024) -> dict[str, Given]:
    """Figures of consecutive years, the last of them 2024-25."""
    first = last - len(values) + 1
    return {f"{y}-{(y + 1) % 100:02d}": v for y, v in enumerate(values, first)}


def quarters(*values: Given, first: int = 2020) -> dict[str, Given]:
    """Figures of consecutive quarters, from Q1 of 2020-21 on."""
    return {
        f"{first + k // 4}-{(first + k // 4 + 1) % 100:02d}-Q{k % 4 + 1}": v for k, v in enumerate(values)
    }


def country(*held: Sequence[float | None], last: int = 2023, base: float | None = None) -> dict[str, Mapping]:
    """`others` and `areas` of as many more authorities as there are values: a sequence of them for each of
    some consecutive years, the last of them 2023-24 unless said; with `base`, shares of so many.
    """
    codes = [f"X{k:03}" for k in range(len(held[0]))]

    def figure(value: float | None) -> Given:
        return value if base is None or value is None else (value, value * base / 100, base)

    return {
        "others": {
            code: years(*(figure(values[k]) for values in held), last=last) for k, code in enumerate(codes)
        },
        "areas": {code: (code, "authority", "RS") for code in codes},
    }


COLUMNS = (
    *(
        "also_on",
        "section",
        "polarity_basis",
        "numerator",
        "denominator",
        "denominator_indicator_id",
        "part_of",
    ),
    *("read_with", "untested_because", "definition", "note", "question", "question_author", "headline"),
)
AREA = ("area_code", "name", "type", "region_code", "group", "valid_from", "valid_to")
SOURCE = (
    *("publisher", "title", "edition", "published_on", "next_due", "licence", "supplier", "already_public"),
    "note",
)
EVENT = {
    "event_id": "made",
    "from": "",
    "until": "",
    "indicators": "made",
    "area_code": "",
    "title": "Made event",
    "text": "Text.",
    "breaks": "no",
    "under_recorded_before": "no",
}
