"""Search: which indicators speak of something? Over titles, definitions and the field's abbreviations."""

import re
from collections.abc import Iterable

from safeguarding.store.catalogue import Catalogue
from safeguarding.store.tables import Indicator
from safeguarding.themes import page_of

# what practitioners type, and the words that our texts spell out
ABBREVIATIONS = {
    "lac": "looked-after",
    "cla": "looked-after",
    "looked": "looked-after",
    "cin": "children in need",
    "cpp": "protection plan",
    "cp": "protection plan",
    "icpc": "initial conference",
    "s47": "section 47",
    "47": "section 47",
    "uasc": "unaccompanied",
    "nfa": "no further action",
    "sdq": "strengths difficulties",
    "ehcp": "education health care plan",
    "eet": "education employment training",
    "neet": "education employment training",
    "cse": "sexual exploitation",
    "cce": "criminal exploitation",
    "fgm": "female genital mutilation",
    "da": "domestic abuse",
    "dv": "domestic abuse",
    "send": "education health care plan",
    "caseload": "cases worker",
    "turnover": "turnover",
    "dentist": "dental",
    "asylum": "unaccompanied asylum",
}


def search(text: str, catalogue: Catalogue) -> list[Indicator]:
    """The indicators that hold every word of `text`, or begin a word with it, best first.

    Nothing for an empty question. A word in a title weighs more than one in a section, and that more than
    one in a definition; a whole word more than its beginning.
    """
    asked = [w for word in _words(text) for w in _words(ABBREVIATIONS.get(word, word))]
    if not asked:
        return []
    found = [
        (score, n, i) for n, i in enumerate(catalogue.indicators.values()) if (score := _score(asked, i))
    ]
    return [i for _, _, i in sorted(found, key=lambda hit: (-hit[0], hit[1]))]


def _score(asked: Iterable[str], indicator: Indicator) -> int:
    i = indicator
    guest = page_of(i.also_on).name if i.also_on else ""
    fields = (
        (8, _words(f"{i.title} {i.short_title}")),
        (3, _words(f"{i.section} {page_of(i.theme).name} {guest}")),
        (1, _words(f"{i.definition} {i.numerator} {i.denominator} {i.indicator_id}")),
    )
    total = 0
    for word in asked:
        best = max(
            (weight + (word in held) for weight, held in fields if any(h.startswith(word) for h in held)),
            default=0,
        )
        if not best:
            return 0
        total += best
    return total


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())
