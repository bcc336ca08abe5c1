"""Origin: where an export was made, and what its file is called, so that it can be found and made again."""

import re
from dataclasses import dataclass
from datetime import datetime

from safeguarding import periods, words
from safeguarding.query import NEIGHBOURS, Query
from safeguarding.store.catalogue import Catalogue


@dataclass(frozen=True)
class Origin:
    """What an export says of where it was made: the release and when it was loaded, the filters, the link,
    the marking.
    """

    release: int
    loaded: datetime
    filters: str
    link: str
    marking: str

    @property
    def held(self) -> str:
        """The release as a document prints it."""
        return f"{self.release}, loaded {periods.in_words(self.loaded.date())}"


def filters_in_words(query: Query, catalogue: Catalogue) -> str:
    """The filters of a view as an export prints them."""
    names = [
        "Greater Manchester"
        if code == "GM"
        else "statistical neighbours"
        if code == NEIGHBOURS
        else f"neighbours ({code[3:]} model)"
        if code.startswith(NEIGHBOURS)
        else words.the(catalogue.areas[code].name)
        for code in query.compare
    ]
    said = [
        f"area {catalogue.areas[query.area].name}",
        *([f"from {query.since}"] if query.since else []),
        f"as at the end of {query.to}" if query.to else "latest figures",
        f"compared with {words.listed(names)}" if names else "compared with nothing",
    ]
    return f"Filters: {', '.join(said)}."


def file_name(*said: str, kind: str) -> str:
    """A name that says what is in the file; no spaces or signs, and nothing for what is empty."""
    return "_".join(re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-") for part in said if part) + f".{kind}"
