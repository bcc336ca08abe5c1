"""Tidy: a table with one figure a row, our own CSV and the quarterly template alike.

Columns may stand in any order; days, breakdown, category and status may be left out where they follow from
the rest, and so may a value whose counts are given.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pandas as pd

from safeguarding import periods, words
from safeguarding.disclosure import personal
from safeguarding.loader import cells
from safeguarding.loader.children import particulars
from safeguarding.loader.problems import Problem, in_spans, mistakes
from safeguarding.loader.sheets import Sheet, each, folded
from safeguarding.loader.taken import FIGURE, Taken
from safeguarding.vocabulary import Status, Unit, YearType

Row = Mapping[str, str]
NEEDED = ("indicator_id", "area_code", "period", "source_id")
NUMBERS = ("value", "numerator", "denominator")
COLUMNS = {folded(c) for c in FIGURE}
# columns of the template that are there to be read, not to be filled in
TEMPLATE = {folded(c) for c in ("title", "unit", "what_is_counted", "out_of", "comment")}
YES, NO = {"yes", "y", "true", "1"}, {"", "no", "n", "false", "0"}


def is_tidy(sheet: Sheet) -> bool:
    """Is a table meant to be one of figures? It names indicators, and something else of theirs."""
    held = {folded(c) for c in sheet.frame.columns}
    return folded("indicator_id") in held and len(held & COLUMNS) >= 2


def figures(
    sheet: Sheet, tables: Mapping[str, Sequence[Row]], today: date | None = None
) -> tuple[Taken | None, list[Problem]]:
    """The figures of a table whose cells are understood; each that is not is a problem, its row left out.

    A period that begins after `today` is none.
    """
    named = {folded(c): str(c) for c in sheet.frame.columns}
    missing = [c for c in NEEDED if folded(c) not in named]
    if folded("value") not in named and folded("numerator") not in named:
        missing.append("value")
    if missing:
        said = f"the column is missing. The columns are: {', '.join(FIGURE)}."
        return None, [Problem(sheet.place, 1, column, said) for column in missing]
    frame = pd.DataFrame(
        {c: each(sheet.frame[named[folded(c)]], str.strip) if folded(c) in named else "" for c in FIGURE},
        index=sheet.frame.index,
        dtype=object,
    )
    frame = frame[(frame != "").any(axis=1)]
    if not len(frame):
        said = "has a heading and no rows. Save the table again, rows and all."
        return None, [Problem(sheet.place, None, "", said)]
    problems = list(_personal(sheet, tables))
    indicators = {row["indicator_id"]: row for row in tables["indicators"]}
    _meant(frame, tables)
    loose = ((frame["area_code"] == "") & (frame["period"] == "")) & (frame[list(NUMBERS)] != "").any(axis=1)
    said = "names neither an area nor a period. Take the row out if it is a total; else fill them in."
    problems += mistakes(sheet.place, loose, "", lambda i: said)
    frame = frame[~loose].copy()
    if not len(frame):
        return None, problems
    unit = frame["indicator_id"].map({i: row["unit"] for i, row in indicators.items()}).fillna("")
    frame["status"] = each(frame["status"], str.casefold)
    wrong = pd.Series(False, index=frame.index)
    for column in NUMBERS:
        problems += _understood(sheet, frame, column, unit == Unit.PERCENT.value, wrong)
    problems += _dated(sheet, frame, indicators, wrong, today or date.today())
    flag = each(frame["provisional"], str.casefold)
    frame["provisional"] = each(flag, lambda c: "yes" if c in YES else "" if c in NO else c)
    unfilled = (frame[["value", "numerator", "status"]] == "").all(axis=1) & ~wrong
    of_count = unit == Unit.COUNT.value
    lone = (frame["value"] == "") & (frame["denominator"] == "") & (frame["numerator"] != "")
    in_its_place = lone & of_count & (frame["status"] == "")  # how many: a count
    frame["value"] = frame["value"].mask(in_its_place, frame["numerator"])
    frame["numerator"] = frame["numerator"].mask(in_its_place, "")
    countable = _countable(frame)
    frame["value"] = frame["value"].mask(countable, _counted(frame[countable], indicators))
    # what an unknown indicator's counts give is not known: that it is unknown is all that is wrong
    unknown = ~frame["indicator_id"].isin(indicators) & (frame["value"] == "") & (frame["status"] == "")
    frame["value"] = frame["value"].mask(unknown, frame["numerator"])
    problems += _uncountable(sheet, frame, wrong)
    frame["status"] = frame["status"].mask((frame["status"] == "") & (frame["value"] != ""), Status.OK.value)
    kept = frame[~(wrong | unfilled)]
    other = [name for fold, name in named.items() if fold not in COLUMNS | TEMPLATE]
    taken = Taken(
        place=sheet.place,
        kind="figures, one a row",
        figures=kept[list(FIGURE)].reset_index(drop=True),
        rows=pd.Series(kept.index + 2).reset_index(drop=True),
        recognised=tuple(name for fold, name in named.items() if fold in COLUMNS),
        left_alone=(f"columns {', '.join(other)}",) if other else (),
        asked=(*_unfilled(sheet, frame, unfilled, tables), *_other_days(sheet, kept, indicators)),
        values_alone=not {"numerator", "denominator"}.intersection(named),
    )
    return taken, problems


def _meant(frame: pd.DataFrame, tables: Mapping[str, Sequence[Row]]) -> None:
    """Write indicators and areas as they are kept, in place: a title or a name that one alone has, and a code
    in other letters, are understood.
    """
    for column, table, names in (
        ("indicator_id", "indicators", ("title", "short_title")),
        ("area_code", "areas", ("name",)),
    ):
        meant: dict[str, set[str]] = {}
        for row in tables[table]:
            for name in dict.fromkeys((column, *names)):
                meant.setdefault(row[name].casefold(), set()).add(row[column])
        known = {row[column] for row in tables[table]}

        def one(text: str, known: set[str] = known, meant: Mapping[str, set[str]] = meant) -> str:
            found = () if text in known else meant.get(text.casefold(), ())
            return next(iter(found)) if len(found) == 1 else text

        frame[column] = each(frame[column], one)


def _personal(sheet: Sheet, tables: Mapping[str, Sequence[Row]]) -> Iterator[Problem]:
    """Comments that read like a child's particulars: they are not loaded, but the file would be kept."""
    places = personal.place_words(row["name"] for row in tables["areas"])
    for name in sheet.frame.columns:
        if folded(str(name)) in COLUMNS | TEMPLATE - {"comment"}:
            continue
        yield from particulars(sheet.place, sheet.frame[name], places)


def _uncountable(sheet: Sheet, frame: pd.DataFrame, wrong: "pd.Series[bool]") -> Iterator[Problem]:
    """Rows with counts that give no value, and no reason for its absence."""
    none = (frame["value"] == "") & (frame["status"] == "") & (frame["numerator"] != "") & ~wrong
    without, of_none = none & (frame["denominator"] == ""), none & (frame["denominator"] != "")
    wrong |= none
    said = "is empty, so that the numerator gives nothing. Fill it in, or give the value."
    yield from mistakes(sheet.place, without, "denominator", lambda i: said)
    zero = "gives nothing to count out of. Write z in status, and leave the figures empty."
    yield from mistakes(sheet.place, of_none, "denominator", lambda i: f'"{frame["denominator"][i]}" {zero}')


def _unfilled(
    sheet: Sheet, frame: pd.DataFrame, unfilled: "pd.Series[bool]", tables: Mapping[str, Sequence[Row]]
) -> Iterator[str]:
    """That rows have been left empty, and who has sent nothing at all."""
    if not unfilled.any():
        return
    rows = [int(i) + 2 for i in unfilled.index[unfilled]]
    named = f"row {rows[0]} has" if len(rows) == 1 else f"rows {in_spans(rows)} have"
    told = f"{sheet.place}: {named} neither a figure nor a reason."
    if unfilled.all():
        sources = set(frame["source_id"])
        names = [
            row["name"].partition(",")[0] for row in tables.get("agencies", ()) if row["source_id"] in sources
        ]
        told += f" {words.capital(words.listed(names)) or 'Whoever sent it'} has sent nothing."
    yield told


def _other_days(sheet: Sheet, frame: pd.DataFrame, indicators: Mapping[str, Row]) -> Iterator[str]:
    """That days are given which are not those of their period: a page, which names the period alone, would
    say what is of other days.
    """
    columns = ["indicator_id", "period", "period_start", "period_end"]
    about = list(zip(*(frame[c].tolist() for c in columns), strict=True))
    other = {
        (name, period, *given): meant
        for name, period, *given in set(about)
        if name in indicators and all(meant := _days(period, indicators[name])) and tuple(given) != meant
        if all(map(periods.day, given))
    }
    found = [(int(i) + 2, *one) for i, one in zip(frame.index, about, strict=True) if one in other]
    if not found:
        return
    (row, *first), *rest = found
    name, period, *given = first
    days, own = (" to ".join(dict.fromkeys(pair)) for pair in (given, other[tuple(first)]))
    too = ""
    if rest:
        too = f", and so {'does row' if len(rest) == 1 else 'do rows'} {in_spans([r for r, *_ in rest])}"
    yield (
        f"{sheet.place}: row {row} gives {days}, where {period} of {indicators[name]['short_title']} is "
        f"{own}{too}. Pages name the period alone: leave the days out, or correct the period."
    )


def _understood(
    sheet: Sheet, frame: pd.DataFrame, column: str, percent: "pd.Series[bool]", wrong: "pd.Series[bool]"
) -> Iterator[Problem]:
    """Turn a column's cells into numbers or reasons, in place; mark and name those that are neither."""
    written = frame[column].copy()
    texts = [str(t) for t in written.unique() if t]
    symbols = {t: status.value for t in texts if (status := cells.symbol(t))}
    if column == "value":
        pairs_of = zip(frame["status"].tolist(), written.tolist(), strict=True)
        frame["status"] = [status or symbols.get(text, "") for status, text in pairs_of]
    either = {t for t in texts if t not in symbols and cells.ambiguous(t)}
    unclear = written.isin(either) & frame["status"].isin(["", Status.OK.value])
    pairs = list(zip(written.tolist(), percent.tolist(), strict=True))
    found = {
        (t, share): cells.number(t, share and column == "value")
        for t, share in set(pairs)
        if t and t not in symbols and t not in either
    }
    understood = [found.get(pair, ("", "")) for pair in pairs]
    frame[column] = [number for number, _ in understood]
    said = pd.Series([said for _, said in understood], index=written.index, dtype=object)
    bad = (said != "") | unclear
    wrong |= bad

    def told(i: int) -> str:
        text = str(written[i])
        if text in either:
            return (
                f'"{text}" may mean that the figure does not apply, is not available or is hidden. Leave it '
                "empty and write z, x or c in status."
            )
        why = str(said[i])
        return why if column == "value" else why.partition(" If the figure")[0]

    return mistakes(sheet.place, bad, column, told)


def _begins(period: str) -> str:
    """The first day of a financial year or quarter; empty for what is none."""
    if period == periods.UNDATED or not periods.is_period(period):
        return ""
    return periods.begins(period).isoformat()


def _dated(
    sheet: Sheet, frame: pd.DataFrame, indicators: Mapping[str, Row], wrong: "pd.Series[bool]", today: date
) -> Iterator[Problem]:
    """Write periods and days as they are kept, and fill in the days that follow from the period."""
    written = frame["period"]
    frame["period"] = each(written, cells.period)
    bad = ~each(frame["period"], lambda p: p == "" or periods.is_period(p)).astype(bool)
    wrong |= bad
    yield from mistakes(
        sheet.place,
        bad,
        "period",
        lambda i: f'"{written[i]!s}" is not a period. {cells.no_period(str(written[i]))}',
    )
    begins = each(frame["period"], _begins)
    ahead = ~bad & (begins > today.isoformat())
    wrong |= ahead
    yield from mistakes(
        sheet.place,
        ahead,
        "period",
        lambda i: (
            f'"{written[i]!s}" begins on {periods.in_words(date.fromisoformat(begins[i]))}, '
            "which is to come. Correct the year."
        ),
    )
    about = list(zip(frame["indicator_id"].tolist(), frame["period"].tolist(), strict=True))
    meant = {pair: _days(pair[1], indicators.get(pair[0])) for pair in set(about)}
    for place, column in enumerate(("period_start", "period_end")):
        pairs = [(text, meant[pair][place]) for text, pair in zip(frame[column].tolist(), about, strict=True)]
        found = {(text, day): cells.day(text, periods.day(day)) if text else day for text, day in set(pairs)}
        frame[column] = [found[pair] for pair in pairs]


def _days(period: str, indicator: Row | None) -> tuple[str, str]:
    """The days that follow from a period; empty where none do.

    Those of an indicator that nobody knows are a financial year's, so that it is all that is wrong.
    """
    if period == periods.UNDATED or not periods.is_period(period):
        return "", ""
    year_type = YearType(indicator["year_type"]) if indicator else YearType.FINANCIAL_YEAR
    first, last = periods.days_of(period, year_type)
    return first.isoformat(), last.isoformat()


def _countable(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Which rows have counts and neither a value nor a reason?"""
    given = (frame["numerator"] != "") & (frame["denominator"] != "")
    return given & (frame["value"] == "") & frame["status"].isin(["", Status.OK.value])


def _counted(frame: pd.DataFrame, indicators: Mapping[str, Row]) -> "pd.Series[str]":
    """What the counts of each row give, rounded as the indicator is; empty where they give nothing."""
    times = {i: Unit(row["unit"]).multiplier for i, row in indicators.items()}
    values = []
    for name, above, below in zip(
        frame["indicator_id"], frame["numerator"], frame["denominator"], strict=True
    ):
        factor = times.get(name)
        try:
            exact = factor * float(above) / float(below) if factor and float(below) > 0 else None
        except ValueError:
            exact = None
        values.append("" if exact is None else f"{exact:.{int(indicators[name]['decimals'])}f}")
    return pd.Series(values, index=frame.index, dtype=object)
