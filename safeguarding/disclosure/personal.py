"""Personal: what reads like a child's particulars may not be written down. Method: docs/security.md.

It looks for numbers and for words beside dates, on normalised text. It keeps no list of names.
"""

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from safeguarding.disclosure.not_names import WORDS

NEVER = "Write about the figure, never about a person."
NEAR = 40  # characters between a name and a date that read as one person's
PLANNED = 10  # years ahead that a note may speak of

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATES = (
    re.compile(r"\b(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4}|\d{2})\b"),
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b"),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{_MONTH})(?:,?\s+(?P<y>\d{{4}}|\d{{2}}))?\b", re.I
    ),
)
_ANY_DAY = (
    r"(?:the\s+)?(?:\d{1,2}\s?[/.-]|\d{4}\b|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\b|last\b|spring|summer|autumn|winter)"
)
_BIRTH = re.compile(
    r"\bd\.?\s?o\.?\s?b\b\.?|\bdate[\s-]*of[\s-]*birth|\bbirth[\s-]*date|"
    r"\b(?:his|her|their|whose|'s)\s+birthday|\bbirthday\s+is\b|"
    r"(?<!children )(?<!babies )(?<!infants )(?<!those )(?<!people )"
    rf"\bborn\s+(?:on\s+|in\s+|at\s+)?{_ANY_DAY}",
    re.I,
)
_TEN = re.compile(r"(?<!\d)\d(?:[\s.\-–/]{0,2}\d){9}(?![\d])")
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-Z]\b", re.I)
_INSURANCE = re.compile(r"\b[A-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b", re.I)
_POLICE = re.compile(r"\b\d{2}[A-Z]{1,2}/\d{3,6}[A-Z]?/\d{2}\b", re.I)
# a number that a system gives to a case or a person: a word for it, perhaps "number", perhaps letters
_CASE = re.compile(
    r"\b(?:case|ref(?:erence)?|file|client|person|child|pupil|record|lcs|ics|ehm|mosaic|liquid\s?logic|id)\b"
    r"[\s.:#-]*(?:with\s+)?(?:(?:no|number|id|ref(?:erence)?)\b[\s.:#-]*)?(?:(?-i:[A-Z]{1,4})[\s/-]?)?(?P<n>\d{3,})\b",
    re.I,
)
_LONG = re.compile(r"(?<![\d,.])\d{6,}(?![\d,.]*\d)")
_AMOUNT = re.compile(
    r"(?:[£€]|budget|costs?|spend|spent|grant|funding|population|total|estimate|about|around|over|nearly|of)"
    r"\W{1,3}(?:of\W|is\W|was\W)?$",
    re.I,
)
_COUNTED = re.compile(
    r"^\s*(?:pounds|children|people|pupils|residents|contacts|referrals|sessions|families|live|in\s+the)\b",
    re.I,
)
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?\.?")
# what is said of a child, not of a figure
_OF_A_CHILD = re.compile(
    r"\b(?:missing|ran\s+away|runaway|absconded|siblings?|twins?|triplets|sister|brother|mum|mother|dad|father|"
    r"aunt|uncle|lives\s+with|disclosed|pregnant|year[\s-]olds?|aged\s+\d|was\s+placed|foster\s+carers?\s+of|excluded)\b",
    re.I,
)
_DIGITS = dict(
    zip(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        "0123456789",
        strict=True,
    )
)
_SPELT = re.compile(rf"\b(?:{'|'.join(_DIGITS)})\b", re.I)


def refusal(
    text: str, staff: Collection[str] = (), places: Collection[str] = (), today: date | None = None
) -> str:
    """Why `text` may not be kept, as a sentence; empty where nothing in it looks like a child's particulars.

    Refused: NHS numbers by their check digit, unique pupil, National Insurance, crime and case numbers; words
    of a birth; a name or initials beside a past date with its year, or beside any date where something is
    said of a child. `staff` are names that may stand there, as an action's owner; `places` words that name no
    person. It is better to refuse a harmless note, which can be worded again, than to keep a child's name. It
    cannot know every name: none without a date is recognised.
    """
    plain = unicodedata.normalize("NFKC", text)
    for said, found in _numbers(plain):
        return f"“{found.strip()}” looks like {said}. {NEVER}" + (
            " Large figures are written with commas, 250,000." if said == "a case number" else ""
        )
    if birth := _BIRTH.search(plain):
        return f"“{birth[0].strip()}” tells of a birth. {NEVER}"
    if name := _named(plain, staff, {*WORDS, *places}, today or date.today()):
        return f"“{name.strip()}” with a date beside it reads like a person’s particulars. {NEVER}"
    return ""


def place_words(names: Iterable[str]) -> set[str]:
    """The words of which names of areas are made, in small letters: no names of people."""
    return {word.lower() for name in names for word in re.findall(r"\w+", name)}


def _numbers(text: str) -> list[tuple[str, str]]:
    """What looks like the number of a person or a case, each with what it looks like."""
    found = [("a unique pupil number", m[0]) for m in _UPN.finditer(text)]
    spelt = _SPELT.sub(lambda m: _DIGITS[m[0].lower()], text)
    found += [("an NHS number", m[0]) for m in _TEN.finditer(spelt) if is_nhs_number(m[0])]
    found += [("a National Insurance number", m[0]) for m in _INSURANCE.finditer(text)]
    found += [("a crime number", m[0]) for m in _POLICE.finditer(text)]
    for m in _CASE.finditer(text):
        short = len(m["n"]) == 3 and not re.search(r"\bid\b", m[0], re.I)
        if not short and not re.fullmatch(r"(?:19|20)\d\d", m["n"]):
            found.append(("a case number", m[0]))
    for m in _LONG.finditer(text):
        if not _AMOUNT.search(text[: m.start()]) and not _COUNTED.match(text[m.end() :]):
            found.append(("a case number", m[0]))
    return found


def is_nhs_number(text: str) -> bool:
    """Are ten digits, whatever parts them, an NHS number by their last, the check digit?

    The first nine are weighted 10 to 2; eleven less the rest of their sum by eleven is the tenth.
    Source: NHS Data Dictionary, NHS NUMBER. 943 476 5919 is one.
    """
    digits = [int(c) for c in text if c.isdigit()]
    check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return len(digits) == 10 and check % 11 == digits[9]


def _named(text: str, staff: Collection[str], words: Collection[str], today: date) -> str:
    """What reads like somebody's name beside a date that may be theirs; empty where nothing does."""
    for name in staff:
        text = re.sub(re.escape(name), lambda m: "0" * len(m[0]), text, flags=re.I) if name.strip() else text
    days = [(m.span(), _is_past(m, today)) for pattern in _DATES for m in pattern.finditer(text)]
    if not days:
        return ""
    plain = text
    for (start, end), _ in days:
        plain = plain[:start] + "0" * (end - start) + plain[end:]
    of_a_child = bool(_OF_A_CHILD.search(plain))
    for (start, end), name, sure in _names(plain, words, of_a_child):
        for (first, last), past in days:
            gap = first - end if first >= end else start - last
            if 0 <= gap <= (NEAR if sure else 3) and (past or of_a_child):
                return name
    return ""


def _is_past(m: "re.Match[str]", today: date) -> bool:
    """Does a date say its year, so that it may be a birth, and not lie ahead? A year of two digits is one of
    the last century where it would be further ahead than anything is planned.
    """
    if not m["y"]:
        return False
    month = m["m"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    year = int(m["y"])
    if len(m["y"]) == 2:
        year += 2000 if 2000 + year <= today.year + PLANNED else 1900
    try:
        return date(year, number, int(m["d"])) <= today
    except ValueError:
        return year <= today.year


def _names(text: str, words: Collection[str], of_a_child: bool) -> list[tuple[tuple[int, int], str, bool]]:
    """Runs of words that may be a name, where they stand, and whether one is sure enough to be farther from a
    date: two words with capitals, initials, or one word where something is said of a child. Any other word,
    or two in small letters, must stand beside it.
    """
    tokens = [Token(m.start(), m.end(), m[0]) for m in _WORD.finditer(text)]
    found = []
    for run in _runs(tokens, text):
        said = text[run[0].start : run[-1].end]
        # words of meetings at either end are not part of a name: "Meeting Jane Smith", "April Jones"
        while run and _is_known(run[0].word, words, alone=len(run) == 1):
            run = run[1:]
        while run and _is_known(run[-1].word, words, alone=len(run) == 1):
            run = run[:-1]
        if not run or any(_is_known(t.word, words) for t in run):
            continue
        left = text[run[0].start : run[-1].end]
        initials = all(t.initial for t in run) or re.fullmatch("[A-Z]{2}", left) is not None
        inside = bool(re.search(r"\w\s+$", text[: run[0].start]))
        found.append(((run[0].start, run[-1].end), said, len(run) > 1 or initials or (of_a_child and inside)))
    for pair in itertools.pairwise(tokens):
        one, two = pair
        small = all(t.word.islower() and len(t.word) > 2 and not _is_known(t.word, words) for t in pair)
        if small and re.match(r",\s*0", text[two.end :]):
            found.append(((one.start, two.end), text[one.start : two.end], False))
    return found


class Token(NamedTuple):
    """A word of a text and where it stands."""

    start: int
    end: int
    word: str

    @property
    def capital(self) -> bool:
        """Does it begin as a name does: with a capital, or in a script that has none?"""
        first = self.word[0]
        return first.isupper() or (not first.islower() and not first.isascii())

    @property
    def initial(self) -> bool:
        """Is it one letter, with a full stop or without?"""
        return len(self.word.rstrip(".")) == 1


def _runs(tokens: list[Token], text: str) -> list[list[Token]]:
    """Words with capitals that follow each other, with no more than space or an initial's stop between."""
    runs: list[list[Token]] = []
    last: Token | None = None
    for token in tokens:
        if token.capital:
            ends = last is not None and last.word.endswith(".") and not last.initial
            if runs and last is runs[-1][-1] and not text[last.end : token.start].strip() and not ends:
                runs[-1].append(token)
            else:
                runs.append([token])
        last = token
    return runs


def _is_known(word: str, words: Collection[str], alone: bool = False) -> bool:
    """Is it a word of meetings and no name? One that stands alone may also end as no name does."""
    bare = word.lower().replace("’", "'").rstrip(".").removesuffix("'s").replace("'", "")
    ends = ("ing", "ed", "tion", "ment")
    verb = alone and len(bare) > 5 and bare.endswith(ends)
    return bare in words or bare.rstrip("s") in words or verb
