"""Drawing: a chart with everything that explains it, so that page, image, table and slide say the same."""

import re
from dataclasses import dataclass

from safeguarding.charts.chart import Chart
from safeguarding.charts.multiples import Panel
from safeguarding.rows import Row
from safeguarding.store.tables import Source, cited

SHORT = 240  # characters: Power BI and Word cut longer alternatives


@dataclass(frozen=True)
class Offer:
    """A chart that there is, before it is made: whose, its name in an address, its heading, how many rows its
    table has.
    """

    subject: str
    name: str
    headline: str
    rows: int


@dataclass(frozen=True)
class Drawing:
    """One chart. `rows` are exactly the figures it draws, None where there is none.

    `subject` is the indicator or the breakdown, `name` which of its charts. `text` is the text alternative,
    `notes` what to know before reading it, `brief` those that its own
    marks need, `period` the latest period in it. With `panels` it is many small charts; `chart` is the first.
    """

    subject: str
    name: str
    title: str
    headline: str
    subtitle: str
    text: str
    chart: Chart
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    place: str
    period: str
    brief: tuple[str, ...] = ()
    panels: tuple[Panel, ...] = ()

    @property
    def source(self) -> str:
        """Where the figures come from, as a line under the chart prints it."""
        return f"Source: {cited(self.sources)}."

    @property
    def licence(self) -> str:
        """Under what terms the figures may be used again."""
        return "; ".join(dict.fromkeys(s.licence for s in self.sources))

    @property
    def short_text(self) -> str:
        """The text alternative in at most 240 characters, whole sentences as far as they fit."""
        if len(self.text) <= SHORT:
            return self.text
        kept = ""
        for sentence in re.split(r"(?<=\.) ", self.text):
            if len(kept) + len(sentence) + 1 > SHORT:
                break
            kept = f"{kept} {sentence}".strip()
        return kept or self.text[: SHORT - 1].rsplit(" ", 1)[0] + "…"
