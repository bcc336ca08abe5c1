"""Children: a list of children is refused before a single cell of it is kept or named, and so is a sentence
about one.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice, zip_longest

import pandas as pd

from safeguarding.disclosure import personal
from safeguarding.disclosure.personal import is_nhs_number
from safeguarding.loader.problems import Problem, mistakes
from safeguarding.loader.sheets import each, folded

# what a column of a list of people is called, folded, by what it holds: the whole name, or a part of it
HOLDS = {
    "names": (
        {"givenname", "familyname", "fullname", "personname", "clientname", "nameofyoungperson"},
        (
            "forename",
            "firstname",
            "surname",
            "lastname",
            "childname",
            "childsname",
            "nameofchild",
            "pupilname",
        ),
    ),
    "dates of birth": ({"dob", "childdob", "birthday"}, ("dateofbirth", "birthdate")),
    "pupil numbers": ({"upn", "formerupn", "pupilid", "pupilnumber", "upnunknown"}, ("uniquepupilnumber",)),
    "NHS numbers": ({"nhs", "nhsno"}, ("nhsnumber",)),
    "case or person numbers": (
        {"casenumber", "caseid", "caseref", "lcsid", "icsid", "niscode", "ulnnumber", "crn"},
        ("childid", "personid", "clientid", "mosaicid", "personnumber", "childnumber"),
    ),
}
# neither alone names a child, but a column of each together does
CHILD = {"child", "youngperson", "pupil", "initials"}
OF_A_CHILD = {
    *("age", "address", "homeaddress", "placementaddress", "postcode", "homepostcode", "socialworker"),
    *("allocatedworker", "keyworker", "legalstatus"),
}
UPN = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-Z]", re.I)
NHS = re.compile(r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}")
SEPARATORS = re.compile(r"[,;\t|]")
LOOKED_AT = 200  # rows of a table
MOST_LOOKED_AT = 200_000  # bytes of a text
HEADINGS = 20  # rows in which a heading may stand
MOST_SENTENCES = 2_000  # cells of a column
PARTICULARS = "reads like a child's particulars. Take it out, and send the file again."
LONGEST = 40  # characters of a column's name: a sentence that speaks of names is none


def lists_children(rows: Iterable[Sequence[str]]) -> str:
    """What of children a table lists ("names and dates of birth"); empty where it looks like counts.

    `rows` are its cells from the first row on, whatever stands there. Judged by the names of its columns
    (below the first row by two of them at least, as a title may stand above) and by columns of unique pupil
    numbers or NHS numbers. The answer never quotes a cell.
    """
    seen = [list(row) for row in islice(rows, LOOKED_AT)]
    found: list[str] = []
    for place, row in enumerate(seen[:HEADINGS]):
        columns = [folded(cell) for cell in row if len(cell) <= LONGEST]
        held = [kind for column in columns for kind in HOLDS if _is(kind, column)]
        if CHILD & set(columns) and OF_A_CHILD & set(columns):
            held += ["names", "ages, addresses or workers"]
        found += held if place == 0 or len(held) > 1 else []
    for cells in zip_longest(*seen, fillvalue=""):
        if _most(cells, lambda cell: UPN.fullmatch(cell) is not None):
            found.append("pupil numbers")
        if _most(cells, lambda cell: NHS.fullmatch(cell) is not None and is_nhs_number(cell)):
            found.append("NHS numbers")
    *others, last = dict.fromkeys(found) or [""]
    return f"{', '.join(others)} and {last}" if others else last


def rows_of(held: bytes) -> Iterator[list[str]]:
    """The cells of a text, whatever parts them and however it is written: enough to see what it lists."""
    for line in held[:MOST_LOOKED_AT].decode("utf-8-sig", "replace").replace("\0", "").splitlines():
        yield [cell.strip().strip('"') for cell in SEPARATORS.split(line)]


def _is(kind: str, column: str) -> bool:
    whole, parts = HOLDS[kind]
    return column in whole or any(part in column for part in parts)


def _most(cells: Iterable[str], is_one: Callable[[str], bool]) -> bool:
    filled = [c.strip() for c in cells if c and c.strip()]
    hits = sum(is_one(c) for c in filled)
    return hits >= 1 and 2 * hits >= len(filled) - 1


def refusal(name: str, held: str) -> str:
    """The sentence with which a list of children is refused."""
    return (
        f"{name} looks like a list of children ({held}): this dashboard holds counts, never children. "
        "Nothing of it was kept; count first, and send the counts."
    )


def particulars(file: str, sentences: "pd.Series[str]", places: Collection[str]) -> Iterator[Problem]:
    """The cells of a column that read like a child's particulars, none of them quoted.

    `places` are words of areas, which name no person.
    """
    told = each(sentences.head(MOST_SENTENCES), lambda text: personal.refusal(text, places=places))
    yield from mistakes(file, told != "", str(sentences.name), lambda i: PARTICULARS)
