"""Official: files of official statistics, as published, by the rows of mappings.csv.

Explore Education Statistics files, wide (a column a measure) or long (a column that says which measure a row
is), and the Local Authority Interactive Tool's long file. A column that no mapping names is left alone, and
said; a mapping may name a column's several spellings, parted by `|`, since editions rename them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import PurePath

import pandas as pd

from safeguarding import periods
from safeguarding.loader import cells
from safeguarding.loader.problems import NEXT_DUE, Problem
from safeguarding.loader.sheets import Sheet, folded
from safeguarding.loader.taken import FIGURE, Held, Taken, empty
from safeguarding.vocabulary import Status, Unit, YearType, listed

Row = Mapping[str, str]
PERIOD = ("timeperiod", "years")
CODES = ("newlacode", "regioncode", "countrycode")  # the first that is filled names the area
NAMES = ("laandregions",)  # of files without codes
PLACES = {
    *("timeperiod", "timeidentifier", "geographiclevel", "countrycode", "countryname", "regioncode"),
    *("regionname", "oldlacode", "newlacode", "laname", "years", "laandregions", "lanumber", "region"),
    *("dataitem", "category"),
}
PARTS_OF_LONDON = {"E13000001": "Inner London", "E13000002": "Outer London"}
ALSO_LONDON = {"London (Inner)", "London (Outer)", *PARTS_OF_LONDON.values()}
FORMER = "(Pre LG)"  # before a reorganisation of local government


@dataclass(frozen=True)
class Edition:
    """The mappings that a file goes by: the pattern of its name, and whether the name or the columns told."""

    pattern: str
    mappings: tuple[Row, ...]
    by_name: bool


def edition(sheet: Sheet, tables: Mapping[str, Sequence[Row]]) -> Edition | None:
    """Which rows of mappings.csv a file goes by: those of its name, else those whose columns it has.

    None where it is no official file that anybody has mapped.
    """
    by_file: dict[str, list[Row]] = {}
    for row in tables["mappings"]:
        by_file.setdefault(row["file"], []).append(row)
    held = {folded(c) for c in sheet.frame.columns}
    if not held & set(PERIOD):
        return None
    name = PurePath(sheet.file).name.removesuffix(".gz")
    for pattern, rows in by_file.items():
        if fnmatch(name, pattern) or fnmatch(PurePath(name).stem, PurePath(pattern).stem):
            return Edition(pattern, tuple(rows), True)
    # a name of one's own: the columns tell, where they tell one alone
    fits = [
        (pattern, rows)
        for pattern, rows in by_file.items()
        if all(_present(row, held) for row in rows) and _says_which(rows, sheet)
    ]
    most = max((len(_wanted_of(rows)) for _, rows in fits), default=0)
    best = [(pattern, rows) for pattern, rows in fits if len(_wanted_of(rows)) == most]
    return Edition(best[0][0], tuple(best[0][1]), False) if len(best) == 1 else None


def looks_official(sheet: Sheet) -> bool:
    """Has a file the columns of an official one, whether or not it is mapped?"""
    held = {folded(c) for c in sheet.frame.columns}
    return bool(held & set(PERIOD)) and bool(held & {*CODES, *NAMES})


def unmapped(sheet: Sheet) -> list[Problem]:
    """What to do with an official file that mappings.csv does not know."""
    columns = [c for c in sheet.frame.columns if folded(c) not in PLACES]
    name = PurePath(sheet.file).name
    said = (
        "is an official file of which mappings.csv knows nothing. It has the columns "
        f"{', '.join(columns[:12])}{' and more' if len(columns) > 12 else ''}. To take one in, add a row to "
        f"mappings.csv, such as {name},INDICATOR_ID,{columns[0] if columns else 'COLUMN'},,,, and its "
        f"source to sources.csv with {name} in file."
    )
    return [Problem(sheet.place, None, "", said)]


def figures(
    sheet: Sheet, found: Edition, tables: Mapping[str, Sequence[Row]], held: Held
) -> tuple[Taken | None, list[Problem]]:
    """The figures that a file gives to the indicators that its mappings name; None with what is missing.

    `held` gives an indicator's values where a mapping divides by one (`children_population`).
    """
    columns = {folded(c): str(c) for c in sheet.frame.columns}
    indicators = {row["indicator_id"]: row for row in tables["indicators"]}
    source, said = _source(sheet, found, tables, columns)
    if said:
        return None, [Problem(sheet.place, None, "", said)]
    areas, alone = _areas(sheet.frame, columns, tables["areas"])
    parts, recognised, missing, named = [], [], [], {}
    for mapping in found.mappings:
        indicator = indicators[mapping["indicator_id"]]
        lacking = _lacking(mapping, set(columns), indicators)
        if lacking:
            missing.append((mapping, lacking))
            continue
        part = _of_one(sheet.frame, columns, mapping, indicator, areas, held)
        part["source_id"] = source
        parts.append(part)
        recognised.append(_said(mapping, columns, indicator))
        for ours in ("value", "numerator", "denominator"):
            if spelt := _column(mapping[ours], columns):
                named[indicator["indicator_id"], ours] = spelt
        named[indicator["indicator_id"], "period"] = columns[next(p for p in PERIOD if p in columns)]
    every = pd.concat(parts) if parts else empty().assign(row=pd.Series(dtype=int))
    if not len(every):
        wanted = ", ".join(dict.fromkeys(c for _, names in missing for c in names))
        why = f"it has no column {wanted}" if wanted else "no row is of an area that areas.csv knows"
        nothing = f"gives no figure to any indicator of mappings.csv: {why}."
        return None, [Problem(sheet.place, None, "", nothing)]
    every, left = _existing(every, {r["area_code"]: r for r in tables["areas"]})
    taken = Taken(
        place=sheet.place,
        kind=f"official file, by {'its name' if found.by_name else 'its columns'} {found.pattern}",
        figures=every[list(FIGURE)].astype(object).reset_index(drop=True),
        rows=(every["row"] + 2).reset_index(drop=True),
        recognised=tuple(recognised),
        left_alone=(*alone, *left, *_unused(found, columns)),
        asked=tuple(_renamed(sheet.file, m, lacking, columns) for m, lacking in missing),
        whole=True,
        older=_older(source, found, tables),
        values_alone=not any(m["numerator"] or m["denominator"] for m in found.mappings),
        named=named,
    )
    parted = _parted(taken, sheet, columns, found)
    return (None if parted else taken), parted


# --- columns ---


def _column(spellings: str, columns: Mapping[str, str]) -> str:
    """The name in the file of the column that a mapping names, in any of its spellings; empty for none."""
    return next((columns[folded(s)] for s in spellings.split("|") if s and folded(s) in columns), "")


def _conditions(mapping: Row) -> list[tuple[str, str]]:
    """`gender=Total; age=All` as pairs."""
    pairs = (part.partition("=") for part in listed(mapping["where"]))
    return [(column.strip(), value.strip()) for column, _, value in pairs]


def _wanted_of(rows: Sequence[Row]) -> set[str]:
    return {folded(r[c]) for r in rows for c in ("value", "numerator", "denominator") if r[c]}


def _present(mapping: Row, held: set[str]) -> bool:
    """Are all the columns of a mapping in a file? A denominator may be an indicator instead."""
    named = [mapping["value"], mapping["numerator"], *(column for column, _ in _conditions(mapping))]
    return all(any(folded(s) in held for s in name.split("|")) for name in named if name)


def _says_which(rows: Sequence[Row], sheet: Sheet) -> bool:
    """Does a long file hold what the conditions ask for (any of them)?"""
    columns = {folded(c): str(c) for c in sheet.frame.columns}
    asked = [pair for row in rows for pair in _conditions(row)]
    return not asked or any(
        folded(column) in columns and (sheet.frame[columns[folded(column)]] == value).any()
        for column, value in asked
    )


def _lacking(mapping: Row, held: set[str], indicators: Mapping[str, Row]) -> list[str]:
    """The columns of a mapping that a file does not have."""
    named = [mapping["value"], mapping["numerator"], *(column for column, _ in _conditions(mapping))]
    if mapping["denominator"] not in indicators:
        named.append(mapping["denominator"])
    return [n for n in named if n and not any(folded(s) in held for s in n.split("|"))]


def _said(mapping: Row, columns: Mapping[str, str], indicator: Row) -> str:
    named = [_column(mapping[c], columns) or mapping[c] for c in ("value", "numerator", "denominator")]
    where = f" where {mapping['where']}" if mapping["where"] else ""
    return f"{', '.join(dict.fromkeys(filter(None, named)))}{where} for {indicator['indicator_id']}"


def _renamed(file: str, mapping: Row, lacking: Sequence[str], columns: Mapping[str, str]) -> str:
    """That a mapping's column is not in the file, and which may have taken its place."""
    from difflib import get_close_matches

    told = []
    for name in lacking:
        first = name.split("|")[0]
        near = get_close_matches(folded(first), [c for c in columns if c not in PLACES], 1, 0.6)
        instead = f" ({columns[near[0]]} looks alike: write {name}|{columns[near[0]]})" if near else ""
        told.append(f"{name}{instead}")
    return (
        f"{file} has no column {', '.join(told)}, so {mapping['indicator_id']} gets no figures from it. "
        f"If the column was renamed, change its row in mappings.csv."
    )


def _unused(found: Edition, columns: Mapping[str, str]) -> list[str]:
    used = {
        folded(s)
        for m in found.mappings
        for c in ("value", "numerator", "denominator")
        for s in m[c].split("|")
    }
    used |= {folded(column) for m in found.mappings for column, _ in _conditions(m)}
    left = [name for fold, name in columns.items() if fold not in used | PLACES]
    if not left:
        return []
    return [
        f"columns {', '.join(left)}. To take one in, add a row to mappings.csv: "
        f"{found.pattern},INDICATOR_ID,{left[0]},,,,"
    ]


# --- source ---


def _source(
    sheet: Sheet, found: Edition, tables: Mapping[str, Sequence[Row]], columns: Mapping[str, str]
) -> tuple[str, str]:
    """The source that a file is, or the row of sources.csv that it wants."""
    name = PurePath(sheet.file).name.removesuffix(".gz")
    stem = PurePath(name).stem if found.by_name else PurePath(found.pattern).stem
    family = [s for s in tables["sources"] if _of_pattern(s["file"], found.pattern)]
    exact = [s for s in family if s["file"] == name] or [s for s in family if s["file"].startswith(stem)]
    newest = _newest(sheet.frame, columns)
    known = exact or ([] if found.by_name else family)
    for s in known:
        year = _year(s["edition"])
        if not year or not newest or "bds_long" in found.pattern or year == newest:
            return s["source_id"], ""
    like = max(family, key=lambda s: s["edition"], default=None)
    if like is None:
        return "", f"has no source. Add a row to sources.csv with {name} in file, and load it with the file."
    wanted = {
        **like,
        "source_id": _renumbered(like["source_id"], _year(like["edition"]), newest),
        "edition": _renumbered(like["edition"], _year(like["edition"]), newest),
        "file": name,
        "published_on": "",
        "next_due": NEXT_DUE,
    }
    row = ",".join(f'"{v}"' if "," in v else v for v in wanted.values())
    return "", (
        f"is of {newest or 'another edition'}, and sources.csv knows the edition of {like['edition']}. Add "
        f"this row to sources.csv, with the day it is next due: {row} Then load both: python -m safeguarding "
        f"load data/sources.csv {sheet.file}"
    )


def _of_pattern(cell: str, pattern: str) -> bool:
    """Does the cell `file` of a source name a file of this pattern?"""
    first = cell.split(",", maxsplit=1)[0].split(";", maxsplit=1)[0].split(" (", maxsplit=1)[0].strip()
    return fnmatch(first, pattern) or fnmatch(PurePath(first).stem, PurePath(pattern).stem)


def _older(source: str, found: Edition, tables: Mapping[str, Sequence[Row]]) -> tuple[str, ...]:
    """The editions of the same file that came before a source's."""
    family = {
        s["source_id"]: _year(s["edition"])
        for s in tables["sources"]
        if _of_pattern(s["file"], found.pattern)
    }
    own = family.get(source)
    return tuple(s for s, year in family.items() if own and year and year < own)


def _newest(frame: pd.DataFrame, columns: Mapping[str, str]) -> int | None:
    """The last year of a file: 2025 for 2025, 202425 and 2024/25."""
    if "timeperiod" not in columns:
        return None
    ends = [_end(text) for text in frame[columns["timeperiod"]].unique()]
    return max((e for e in ends if e), default=None)


def _end(text: str) -> int | None:
    if text.isdecimal() and text.isascii() and len(text) == 4:
        return int(text)
    found = cells.period(text)
    return int(found[:4]) + 1 if periods.is_period(found) and found != periods.UNDATED else None


def _year(text: str) -> int | None:
    digits = [
        t
        for t in text.replace("-", " ").replace("/", " ").split()
        if t.isdecimal() and t.isascii() and len(t) == 4
    ]
    return int(digits[-1]) if digits else None


def _renumbered(text: str, old: int | None, new: int | None) -> str:
    return text.replace(str(old), str(new)) if old and new else text


# --- areas and periods ---


def _areas(
    frame: pd.DataFrame, columns: Mapping[str, str], areas: Sequence[Row]
) -> tuple[pd.Series, list[str]]:
    """The code of each row's area, empty where it is none of ours, and who those are."""
    known = {a["area_code"] for a in areas}
    code = pd.Series("", index=frame.index, dtype=object)
    if any(c in columns for c in CODES):
        for column in (columns[c] for c in CODES if c in columns):
            code = code.where(code != "", frame[column].str.strip())
        name = frame[columns["laname"]] if "laname" in columns else code
    else:
        name = frame[columns[NAMES[0]]].str.strip()
        code = _by_name(name, areas)
    strange = ~code.isin(known | set(PARTS_OF_LONDON)) & ~name.isin({*ALSO_LONDON, ""})
    told = []
    if code.isin(set(PARTS_OF_LONDON)).any() or name.isin(ALSO_LONDON).any():
        told.append("Inner and Outer London, which London holds already")
    unknown = sorted({f"{c} {n}".strip() for c, n in zip(code[strange], name[strange], strict=True)})
    if unknown:
        said = f"areas that areas.csv does not know: {'; '.join(unknown[:5])}"
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        first = unknown[0]
        row = f"{first.partition(' ')[0]},{first.partition(' ')[2]},authority,REGION_CODE,,,,"
        told.append(f"{said}{more}. To take one in, add a row to areas.csv: {row}")
    return code.where(code.isin(known), ""), told


def _by_name(names: "pd.Series[str]", areas: Sequence[Row]) -> "pd.Series[str]":
    """The code of each named area, however the name is turned: Herefordshire is Herefordshire, County of.

    Of two areas of one name the one that is still there, unless the file says that it means the one before.
    """
    codes = {}
    for name in names.unique():
        named = [a for a in areas if a["name"] == name] or [
            a for a in areas if _plain(a["name"]) == _plain(name)
        ]
        chosen = sorted(named, key=lambda a: bool(a["valid_to"]) is not (FORMER in name))
        codes[name] = chosen[0]["area_code"] if chosen else ""
    return names.map(codes)


def _plain(name: str) -> frozenset[str]:
    """A name as its words, without those that one publisher writes and another does not."""
    letters = name.replace(FORMER, "").casefold()
    words = "".join(c if c.isalnum() else " " for c in letters).split()
    return frozenset(words) - {"county", "city", "borough", "of", "and", "the"}


def _of_one(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    mapping: Row,
    indicator: Row,
    areas: "pd.Series[str]",
    held: Held,
) -> pd.DataFrame:
    """The figures of one mapping, a row of the file each."""
    chosen = areas != ""
    for column, value in _conditions(mapping):
        chosen &= frame[_column(column, columns)].str.strip() == value
    rows, code = frame[chosen], areas[chosen]
    year_type = YearType(indicator["year_type"])
    written = rows[columns[next(p for p in PERIOD if p in columns)]]
    period = written.map({text: cells.period_of(text, year_type) for text in written.unique()})
    days = {p: periods.days_of(p, year_type) for p in period.unique() if p}
    found = pd.DataFrame(
        {
            "indicator_id": indicator["indicator_id"],
            "area_code": code,
            "period": period,
            "period_start": period.map({p: start.isoformat() for p, (start, _) in days.items()}),
            "period_end": period.map({p: end.isoformat() for p, (_, end) in days.items()}),
            "breakdown": "",
            "category": "",
            "status": Status.OK.value,
            "provisional": "",
            "row": rows.index,
        },
        index=rows.index,
    )
    above, why_above = _numbers(rows, _column(mapping["numerator"], columns))
    if spelt := _column(mapping["denominator"], columns):
        below, why_below = _numbers(rows, spelt)
        if not mapping["value"]:
            above = above.where(below != "", "")  # a part of what is not shown
    elif mapping["denominator"]:
        values = held(mapping["denominator"])
        pairs = zip(code, period, strict=True)
        below = pd.Series([values.get(pair, "") for pair in pairs], index=rows.index, dtype=object)
        why_below = below.map(lambda cell: "" if cell else Status.UNSTATED.value)
    else:
        below = why_below = _nothing(rows)
    if mapping["value"]:
        printed, reasons = _numbers(rows, _column(mapping["value"], columns))
    else:
        printed = _worked_out(above, below, indicator)
        reasons = why_above.where(why_above != "", why_below)
        reasons = reasons.mask((printed == "") & (reasons == ""), Status.Z.value)  # out of none
    found["value"] = printed
    found["status"] = reasons.mask(printed != "", Status.OK.value)
    found["numerator"] = above
    found["denominator"] = below
    return found[found["period"] != ""]


def _numbers(rows: pd.DataFrame, column: str) -> "tuple[pd.Series[str], pd.Series[str]]":
    """A column's numbers as text, empty where there is none, and the reason for each that is absent.

    What is neither number nor symbol stays as it is, for the checks to name.
    """
    if not column:
        return _nothing(rows), _nothing(rows)
    written = rows[column]
    numbers, reasons = {}, {}
    for text in written.unique():
        status = cells.symbol(text) if text.strip() else Status.X
        found, _ = cells.number(text, percent=True)
        numbers[text] = "" if status else found or text
        reasons[text] = status.value if status else ""
    return written.map(numbers), written.map(reasons)


def _nothing(rows: pd.DataFrame) -> "pd.Series[str]":
    return pd.Series("", index=rows.index, dtype=object)


def _worked_out(above: "pd.Series[str]", below: "pd.Series[str]", indicator: Row) -> "pd.Series[str]":
    """Shares and rates of two counts, rounded to the indicator's decimals; empty where there is none."""
    times = Unit(indicator["unit"]).multiplier or 1.0
    top, bottom = pd.to_numeric(above, errors="coerce"), pd.to_numeric(below, errors="coerce")
    exact = times * top / bottom.where(bottom > 0)
    decimals = int(indicator["decimals"])
    return exact.map(
        lambda v: "" if v != v else f"{round(v + 1e-9, decimals):g}" if v < 1e5 else f"{v:.{decimals}f}"
    )


def _existing(every: pd.DataFrame, areas: Mapping[str, Row]) -> tuple[pd.DataFrame, list[str]]:
    """Figures of areas that were there; an absent figure of one that was not is left alone."""
    begun = every["area_code"].map({code: a["valid_from"] for code, a in areas.items()}).fillna("")
    ended = every["area_code"].map({code: a["valid_to"] for code, a in areas.items()}).fillna("")
    gone = (ended != "") & (every["period_start"] > ended)
    early = (begun != "") & (every["period_end"] < begun)
    empty_ones = every["value"] == ""
    strangers = (gone | early) & empty_ones
    told = (
        [f"{int(strangers.sum())} empty figures of areas that were not there then"] if strangers.any() else []
    )
    asked = empty_ones & every["status"].isin([Status.X.value, Status.Z.value])
    never = asked.groupby([every["indicator_id"], every["period"]]).transform("all") & ~strangers
    for (indicator, period), _ in every[never].groupby(["indicator_id", "period"]):
        told.append(f"{indicator} in {period}, which the file has for nobody")
    return every[~(strangers | never)], told


def _parted(taken: Taken, sheet: Sheet, columns: Mapping[str, str], found: Edition) -> list[Problem]:
    """A file that parts what we take as a whole (by sex, say), named once with the condition it wants."""
    keys = ["indicator_id", "area_code", "period"]
    twice = taken.figures.duplicated(keys, keep=False)
    if not twice.any():
        return []
    first = taken.figures.loc[twice, keys].iloc[0]
    same = (taken.figures[keys] == first).all(axis=1)
    rows = sheet.frame.loc[taken.rows[same] - 2]
    values = {
        folded(v)
        for m in found.mappings
        for c in ("value", "numerator", "denominator")
        for v in m[c].split("|")
    }
    varies = [c for f, c in columns.items() if rows[c].nunique() > 1 and f not in values and f not in PERIOD]
    words = [c for c in varies if not pd.to_numeric(rows[c], errors="coerce").notna().all()]
    if not words:
        return []
    column, seen = words[0], list(rows[words[0]].unique()[:4])
    whole = next((s for s in seen if s.casefold() in ("total", "all", "all children", "persons")), seen[0])
    said = (
        f"parts what is taken as a whole by {column} ({', '.join(seen)}): {len(rows)} rows for "
        f"{' / '.join(first)}. Say which is meant in the column where of mappings.csv: {column}={whole}."
    )
    return [Problem(sheet.place, int(taken.rows[same].iloc[0]), column, said)]
