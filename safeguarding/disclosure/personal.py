"""Personal: what reads like a child's particulars may not be written down."""

import re

# a date as people write one: 03/04/2012, 3.4.12, 2012-04-03, 3 April 2012, 3rd Apr
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:\s+\d{{2,4}})?)"
)
_BORN = re.compile(r"\b(?:d\.?\s?o\.?\s?b\b\.?|date\s+of\s+birth|born|birthday)", re.I)
_DATED = re.compile(rf"\b{_DAY}\b", re.I)
_NAME = re.compile(r"\b[A-Z][\w'’-]*[a-z](?:\s+[A-Z][\w'’-]*[a-z])+\b|\b[A-Z]\.?\s?[A-Z]\.?(?=[\s,(])")
_NHS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-Z]\b", re.I)
_CASE = re.compile(
    r"\b(?:case|ref(?:erence)?|file|client|person|child|pupil|lcs|ics|mosaic|id|number|no)\b[\s.:#-]*(?:no\.?|number|id|ref(?:erence)?)?[\s.:#-]*"
    r"[A-Z]{0,4}[-/]?\d{4,}\b|(?<![\d,.])\d{6,}(?![\d,.]*\d)",
    re.I,
)
# words that make a run of capitals the name of a body, a place or a process rather than of a person
_NO_PERSON = re.compile(
    "(?:partnership|board|group|team|service|council|police|assurance|committee|review|panel|hub|trust|safeguarding|child|school|academy|college|"
    "hospital|health|care|social|audit|plan|report|conference|meeting|executive|quality|strategy|lead|manager|director|officer|department|"
    "england|north|south|east|west|greater|manchester|stockport|government|office|ofsted|massh|marac|monday|tuesday|wednesday|thursday|friday|"
    "saturday|sunday|quarter|early|help)(?:s|ren|['’]s|ren['’]s|ing|ern)?",
    re.I,
)
NEVER = "Notes are never about a child: write what was said of the figure."


def refusal(text: str) -> str:
    """Why `text` may not be kept, as a sentence; empty where nothing in it looks like a child's particulars.

    Refused: a name or initials near a date, a date of birth, NHS numbers, unique pupil numbers, case
    numbers. It is better to refuse a harmless note, which can be worded again, than to keep a child's name.
    It cannot know every name.
    """
    if found := _UPN.search(text):
        return f"“{found[0]}” looks like a unique pupil number. {NEVER}"
    if found := _NHS.search(text):
        return f"“{found[0]}” looks like an NHS number. {NEVER}"
    if found := _CASE.search(text):
        said = f"“{found[0].strip()}” looks like a case number. {NEVER}"
        return f"{said} Large figures are written with commas, 250,000."
    if found := _BORN.search(text):
        return f"“{found[0]}” speaks of a birth. {NEVER}"
    dates = [m.span() for m in _DATED.finditer(text)]
    for name in _NAME.finditer(_DATED.sub(lambda m: "0" * len(m[0]), text)):
        near = any(name.start() - end <= 40 and start - name.end() <= 40 for start, end in dates)
        if near and not any(_NO_PERSON.fullmatch(word) for word in name[0].split()):
            return f"“{name[0].strip()}” with a date beside it reads like a person’s particulars. {NEVER}"
    return ""
