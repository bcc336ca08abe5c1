"""Children: a list of children is refused before a single cell of it is kept or named."""

import re
from collections.abc import Callable, Iterable

import pandas as pd

from safeguarding.disclosure.personal import is_nhs_number
from safeguarding.loader.sheets import folded

# what a column of a list of people is called, folded, by what it holds
HOLDS = {
    "names": {
        *("forename", "forenames", "firstname", "givenname", "surname", "lastname", "familyname", "fullname"),
        *("childname", "nameofchild", "personname", "pupilname", "clientname", "childsname"),
    },
    "dates of birth": {"dob", "dateofbirth", "birthdate", "personbirthdate", "childdob", "birthday"},
    "pupil numbers": {"upn", "uniquepupilnumber", "formerupn", "pupilid", "pupilnumber", "upnunknown"},
    "NHS numbers": {"nhs", "nhsno", "nhsnumber"},
    "case or person numbers": {
        *("lachildid", "childid", "personid", "clientid", "casenumber", "caseid", "caseref", "swisspersonid"),
        *("personnumber", "childnumber", "lcsid", "icsid", "mosaicid", "niscode", "ulnnumber", "crn"),
    },
}
UPN = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-Z]", re.I)
NHS = re.compile(r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}")
LOOKED_AT = 200  # cells of a column


def lists_children(frame: pd.DataFrame) -> str:
    """What of children a table lists ("names and dates of birth"); empty where it looks like counts.

    Judged by the names of its columns, the first row too where there is no heading, and by cells that are
    unique pupil numbers or NHS numbers. The answer never quotes a cell.
    """
    columns = {folded(str(name)) for name in frame.columns}
    found = [held for held, names in HOLDS.items() if columns & names]
    for name in frame.columns:
        cells = [str(name), *frame[name].iloc[:LOOKED_AT]]
        if _most(cells, lambda cell: UPN.fullmatch(cell) is not None):
            found.append("pupil numbers")
        if _most(cells, lambda cell: NHS.fullmatch(cell) is not None and is_nhs_number(cell)):
            found.append("NHS numbers")
    *others, last = dict.fromkeys(found) or [""]
    return f"{', '.join(others)} and {last}" if others else last


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
