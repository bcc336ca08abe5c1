"""Drafts: what somebody wants to write about a figure, and all that keeps it from being written."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from safeguarding import periods
from safeguarding.disclosure.personal import place_words, refusal
from safeguarding.refused import Refused
from safeguarding.store.catalogue import Catalogue

KINDS = ("note", "action")
LONGEST, LONGEST_NAME = 600, 100  # characters
WITHOUT_NAME = "Give your name or role, so that others know whom to ask."


@dataclass(frozen=True)
class Draft:
    """What somebody wants to write, as it came in: every field is text that nobody has looked at yet."""

    indicator_id: str
    area_code: str
    period: str
    kind: str
    text: str
    owner: str
    due: str
    author: str

    @classmethod
    def read(cls, form: Mapping[str, object]) -> "Draft":
        """The fields of a form, unknown ones left out; anything but text counts as empty."""
        return cls(**{f.name: printable(form.get(f.name)) for f in fields(cls)})


def problems_of(draft: Draft, catalogue: Catalogue, held: Collection[str]) -> list[str]:
    """Everything that keeps a draft from being written, a sentence each; nothing where it may be.

    `held` are the periods for which a figure of its indicator is held in its area.
    """
    found = [*_about(draft, catalogue, held), *_said(draft)]
    if draft.kind == "action":
        found += _to_do(draft)
    if max(len(draft.author), len(draft.owner)) > LONGEST_NAME:
        found.append(f"Names have at most {LONGEST_NAME} characters.")
    places = _places(catalogue)
    # a member of staff may be named in the text who is named as the owner or the author
    staff = [re.split(r"[,(]", name)[0].strip() for name in (draft.owner, draft.author)]
    screened = [refusal(draft.text, staff, places)]
    screened += [refusal(name, places=places) for name in (draft.owner, draft.author)]
    return [*found, *dict.fromkeys(filter(None, screened))]


def unkept(by: str, reason: str, catalogue: Catalogue) -> list[str]:
    """Why the name and the reason that a release is published with may not be kept, a sentence each.

    They are screened as a note is: both stay with the release for ever, and in every copy of the store.
    """
    places, staff = _places(catalogue), [re.split(r"[,(]", by)[0].strip()]
    screened = [refusal(reason, staff, places), refusal(by, places=places)]
    return list(dict.fromkeys(filter(None, screened)))


def _places(catalogue: Catalogue) -> set[str]:
    """The words that are no names of people: those of areas."""
    return place_words(area.name for area in catalogue.areas.values())


def _about(draft: Draft, catalogue: Catalogue, held: Collection[str]) -> list[str]:
    found = []
    if draft.indicator_id not in catalogue.indicators:
        found.append("The note names no indicator that is held.")
    if draft.area_code not in catalogue.areas:
        found.append("The note names no area that is held.")
    if draft.period not in held:
        found.append("The note names no period, such as 2024-25, for which that figure is held.")
    return found


def _said(draft: Draft) -> list[str]:
    found = []
    if draft.kind not in KINDS:
        found.append("Say whether it is a note or an action.")
    if not draft.text:
        found.append("Write what was said.")
    if len(draft.text) > LONGEST:
        found.append(f"Shorten it: it has {len(draft.text)} characters, and {LONGEST} are kept.")
    if not draft.author:
        found.append(WITHOUT_NAME)
    return found


def _to_do(draft: Draft) -> list[str]:
    found = []
    if not draft.owner:
        found.append("Give the action an owner: a role or a team.")
    if periods.day(draft.due) is None:
        found.append("Give the day the action is due, written 2026-12-31.")
    return found


def signed(by: object) -> str:
    """The name that a change is signed with. Raises Refused for none, or one that reads like a child's."""
    name = printable(by)
    if not name or len(name) > LONGEST_NAME:
        raise Refused([WITHOUT_NAME])
    if why := refusal(name):
        raise Refused([why])
    return name


def printable(value: object) -> str:
    """Text without the characters that do not print, its ends trimmed; empty for anything but text."""
    text = value if isinstance(value, str) else ""
    return "".join(c for c in text.replace("\r\n", "\n") if c.isprintable() or c == "\n").strip()
