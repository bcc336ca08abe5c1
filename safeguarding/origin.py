"""Origin: where an export was made, and what its file is called, so that it can be found and made again."""

import re
from dataclasses import dataclass
from datetime import datetime

from safeguarding import periods


@dataclass(frozen=True)
class Origin:
    """What an export says of where it was made: the release and when it was loaded, the filters, the link,
    the marking. `since` and `compared` are the first period and whom it is compared with, where a reader has
    chosen them: they tell the names of files apart.
    """

    release: int
    loaded: datetime
    filters: str
    link: str
    marking: str
    since: str = ""
    compared: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """Whom it is compared with, as the name of a file says it; nothing where that is as always."""
        return (f"with {self.compared}",) if self.compared else ()

    def of(self, period: str) -> str:
        """The years up to a period, as the name of a file says them."""
        return f"from {self.since} to {period}" if self.since else period

    @property
    def held(self) -> str:
        """The release as a document prints it."""
        return f"{self.release}, loaded {periods.in_words(self.loaded.date())}"


def file_name(*said: str, kind: str) -> str:
    """A name that says what is in the file; no spaces or signs, and nothing for what is empty."""
    return "_".join(re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-") for part in said if part) + f".{kind}"
