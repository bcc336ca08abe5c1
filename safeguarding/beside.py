"""Beside: the figure of everyone a card compares with, and what that says, in a few words each."""

from typing import NamedTuple

from safeguarding import words
from safeguarding.so_what import chosen, gap
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.comparison import Compared, compare
from safeguarding.vocabulary import Comparison

# how a reason begins, and why nothing was tested in at most four words
BRIEF = {
    "the count behind it": "count not published",
    "no figure is held": "no figure held",
    "the figure for": "no figure to compare",
    "the figure is hidden": "own figure hidden",
    "the figure is": "own figure not shown",
    "recording is incomplete": "recording was incomplete",
    "it is an average": "spread not published",
    "it is a difference": "not the same children",
    "it is a share of school": "sessions, not children",
    "a count depends": "depends on size",
    "no neighbour has": "no neighbour has one",
}
UNKNOWN = "no test is possible"
NOBODY = ("lies in no region", "no list of statistical", "compared with itself")


class Beside(NamedTuple):
    """Another area: its name, its figure as printed, and the verdict or why there is none."""

    name: str
    value: str
    said: str
    compared: Compared


def beside(summary: IndicatorSummary) -> list[Beside]:
    """England, the region and the neighbours, as far as there are any, then the areas chosen in the view with
    how far this one lies from them. Nobody stands beside a count, which depends on the size of the place.
    """
    if summary.indicator.is_count:
        return []
    names = {"england": "England", "region": summary.region.name, "neighbours": "Neighbours"}
    found = [
        Beside(names[key], printed(summary, c), verdict_or_why(c), c)
        for key, c in summary.comparisons.items()
        if not any(nobody in c.reason for nobody in NOBODY)
    ]
    for area in chosen(summary.view, summary.catalogue):
        if area.area_code != summary.area.area_code:
            c = compare(summary, area)
            found.append(Beside(area.name, printed(summary, c), _apart(summary, c), c))
    return found


def verdict_or_why(compared: Compared) -> str:
    """The verdict in a word, or why there is none in at most four."""
    if not compared.reason:
        return compared.words.lower()
    return next((said for begins, said in BRIEF.items() if compared.reason.startswith(begins)), UNKNOWN)


def _apart(summary: IndicatorSummary, compared: Compared) -> str:
    """How far this area lies from a chosen one, and what it is worth: "Stockport 10.4 points lower, worse",
    "Stockport 3.8 points higher, count not published"; the direction is said once.
    """
    apart, verdict = gap(summary, compared), verdict_or_why(compared)
    if not apart:
        return verdict
    said = f"{summary.area.name} {apart}"
    once = compared.verdict in (Comparison.HIGHER, Comparison.LOWER)
    return said if once else f"{said}, {verdict}"


def printed(summary: IndicatorSummary, compared: Compared) -> str:
    """The other's own figure, or the neighbours' mean; empty where none is shown."""
    if compared.seen is None:
        return ""
    if compared.neighbour_set and compared.published is None:
        return words.shown_mean(compared.seen, summary.indicator)
    return words.shown(compared.seen, summary.indicator)
