"""View: what a page is asked to show."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from safeguarding import periods
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.tables import ENGLAND

NEIGHBOURS = "SN"
NOTHING = "none"
SHOWS = {"trend": "Trend", "rank": "Rank", "control": "Control chart", "table": "Table"}
# the charts that an indicator may be picked as: those of a card, and those of its own page
PICKED = {**SHOWS, "difference": "Difference from England", "funnel": "Funnel"}
SORTS = {
    "theme": "by theme",
    "change": "by change, worst first",
    "position": "by position, worst first",
    "verdict": "by tolerance, outside first",
    "difference": "by difference",  # from the first area that is chosen to compare with
}
STANDS = {  # `proposed` is a word of its own, or nothing once a tolerance is agreed
    "within": "within their {proposed}tolerance",
    "near": "borderline on their {proposed}tolerance",
    "outside": "outside their {proposed}tolerance",
    "unjudged": "not judged",
    "watch": "to watch",
    "better": "better",
}
SHORT = "short"  # of a paper: its findings, its scorecard and what is flagged


class Pick(NamedTuple):
    """An indicator that a reader has picked, and the chart to show of it: `cla_rate`, `cla_rate:rank`."""

    indicator_id: str
    show: str = "trend"

    def __str__(self) -> str:
        """As an address writes it."""
        return self.indicator_id if self.show == "trend" else f"{self.indicator_id}:{self.show}"


@dataclass(frozen=True)
class Query:
    """One view. `to` and `since` are periods such as 2018-19, None for no limit.

    `compare` holds area codes, SN, SN-2021, SN-2025 or GM, in the order they are drawn. `sort` is the order
    of the table of all indicators (empty: folded to a row a theme), `stands` the verdict that it is narrowed
    to, or what is to be watched or better. `theme` and `result` narrow the checks of a report, `indicators`
    and `slides` are what a view of one's own and a meeting show, in their order, `q` is what is searched for.
    `title`, `author` and `dated` stand on the first page of a pack; a `paper` is SHORT or, empty, whole.
    `messages` tells the reader, in a sentence each, which parts of the address could not be used.
    """

    area: str
    compare: tuple[str, ...]
    to: str | None = None
    since: str | None = None
    show: str = "trend"
    flagged_only: bool = False
    sort: str = ""
    stands: str = ""
    theme: str = ""
    result: str = ""
    indicators: tuple[Pick, ...] = ()
    slides: tuple[Pick, ...] = ()
    q: str = ""
    title: str = ""
    author: str = ""
    dated: date | None = None
    paper: str = ""
    messages: tuple[str, ...] = ()

    @property
    def judged_on(self) -> date | None:
        """The day the dashboard is shown as at; None for no limit."""
        return periods.end_of(self.to) if self.to else None


def default_compare(catalogue: Catalogue, area: str) -> tuple[str, ...]:
    """England, the area's region and its neighbours, as far as the area has them; never the area itself."""
    region = catalogue.region_of(area)
    wanted = [
        ENGLAND,
        *([region.area_code] if region else []),
        *([NEIGHBOURS] if catalogue.neighbour_sets(area) else []),
    ]
    return tuple(code for code in wanted if code != area)
