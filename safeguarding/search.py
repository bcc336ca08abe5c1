"""Search: which indicators, areas and themes speak of something? A misspelt word is taken for the nearest."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from safeguarding.store.catalogue import Catalogue
from safeguarding.store.tables import Area, Indicator
from safeguarding.themes import THEMES, Theme, page_of

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
    "suicide": "self harm",
    "exclusion": "school",
    "exclusions": "school",
    "truancy": "absence",
    "camhs": "mental",
    "fostering": "foster",
    "registration": "plan",  # on the child protection register, which plans took the place of
    "registrations": "plan",
    "deregistration": "plan",
    "deregistrations": "plan",
}
ALIKE = 0.75  # how alike a word has to be to one of ours to be taken for it, by difflib's ratio
DISTANT = 0.6  # and to be offered where nothing has been found
SHORTEST = 3  # letters of a word that is worth looking for alone


def search(text: str, catalogue: Catalogue) -> list[Indicator]:
    """The indicators that hold every word of `text`, or begin a word with it, best first.

    Nothing for an empty question. A word in a title weighs more than one in a section, and that more than
    one in a definition; a whole word more than its beginning. A word that nothing begins with is taken for
    the one of ours that is most like it.
    """
    asked = [w for word in _words(text) for w in _words(ABBREVIATIONS.get(word, word))]
    ours = _vocabulary(tuple(catalogue.indicators.values()))
    asked = [_nearest(word, ours) for word in asked]
    if not asked:
        return []
    found = [
        (score, n, i) for n, i in enumerate(catalogue.indicators.values()) if (score := _score(asked, i))
    ]
    return [i for _, _, i in sorted(found, key=lambda hit: (-hit[0], hit[1]))]


def nearest(text: str, catalogue: Catalogue) -> list[Indicator]:
    """For when `search` finds nothing: the indicators that hold at least one word of `text`, or a word
    somewhat like one, those that hold the most first; none where no word of three letters is like any.
    """
    ours = _vocabulary(tuple(catalogue.indicators.values()))
    asked = [w for word in _words(text) for w in _words(ABBREVIATIONS.get(word, word)) if len(w) >= SHORTEST]
    known = dict.fromkeys(_nearest(word, ours, DISTANT) for word in asked)
    scored = [(sum(_score([w], i) for w in known), n, i) for n, i in enumerate(catalogue.indicators.values())]
    return [i for score, _, i in sorted(scored, key=lambda hit: (-hit[0], hit[1])) if score]


def areas(text: str, catalogue: Catalogue) -> list[Area]:
    """The areas whose name holds every word of `text`, or begins one with it; none for an empty question."""
    asked = _words(text)
    held = ((a, _words(a.name)) for a in catalogue.areas.values())
    return [a for a, name in held if asked and all(any(n.startswith(w) for n in name) for w in asked)]


def themes(text: str) -> list[Theme]:
    """The themes whose name holds every word of `text` or begins a word with it."""
    asked = _words(text)
    held = ((t, _words(t.name)) for t in THEMES.values())
    return [t for t, name in held if asked and all(any(n.startswith(w) for n in name) for w in asked)]


def same(text: str, name: str) -> bool:
    """Are these the same words, whatever their case and what stands between them? No words never are."""
    return bool(_words(text)) and _words(text) == _words(name)


@lru_cache(maxsize=4)
def _vocabulary(indicators: tuple[Indicator, ...]) -> tuple[str, ...]:
    """Every word of titles, sections and definitions, once."""
    texts = (f"{i.title} {i.short_title} {i.section} {i.definition}" for i in indicators)
    return tuple(sorted({w for text in texts for w in _words(text)}))


def _nearest(word: str, ours: tuple[str, ...], alike: float = ALIKE) -> str:
    if len(word) < 4 or any(known.startswith(word) for known in ours):
        return word
    return next(iter(get_close_matches(word, ours, 1, alike)), word)


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
