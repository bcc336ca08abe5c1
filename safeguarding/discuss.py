"""Discuss: what a meeting should look at first, made from the verdicts alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from safeguarding import words
from safeguarding.charts.spine import row
from safeguarding.sentences import by_evidence
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.rank import english
from safeguarding.verdicts.signals import Signal, evidence
from safeguarding.vocabulary import Polarity, Tolerance

MOST = 5  # rows to discuss: what a meeting has time for
MOST_WORDS = 25  # of the sentence that concludes
STANDINGS = {
    Tolerance.WITHIN: "within",
    Tolerance.NEAR: "near",
    Tolerance.OUTSIDE: "outside",
}
UNJUDGED = "unjudged"
WORST_FIRST = (Tolerance.OUTSIDE, Tolerance.NEAR, Tolerance.WITHIN)


def standing(summary: IndicatorSummary) -> str:
    """Where an indicator stands by its tolerance, as an address names it: within, near, outside, unjudged."""
    return STANDINGS.get(summary.tolerance.verdict, UNJUDGED)


def belongs(summary: IndicatorSummary, stands: str) -> bool:
    """Is an indicator among those that an address names: by where it stands, `watch` or `better` (neither of
    which a flagged one is); any is among those of no name.
    """
    if stands in ("watch", "better"):
        return not summary.flagged and bool(summary.watched if stands == "watch" else summary.good)
    return stands in ("", standing(summary))


@dataclass(frozen=True)
class Tally:
    """How many indicators stand where; `unset` have no tolerance, `barred` one that cannot be applied here,
    `absent` no figure that is shown, `unclear` depend on hidden figures. All of these add up to the
    indicators counted. `ranged` of those within were judged by a usual range, which has no better end.
    """

    within: int
    near: int
    outside: int
    unset: int
    barred: int
    absent: int
    unclear: int
    ranged: int = 0

    @classmethod
    def of(cls, summaries: Sequence[IndicatorSummary]) -> "Tally":
        """The tally of some indicators."""
        found = [s.tolerance for s in summaries]
        said = [f.verdict for f in found]
        barred = sum(f.verdict is Tolerance.NOT_SET and not f.applies for f in found)
        return cls(
            said.count(Tolerance.WITHIN),
            said.count(Tolerance.NEAR),
            said.count(Tolerance.OUTSIDE),
            said.count(Tolerance.NOT_SET) - barred,
            barred,
            said.count(Tolerance.NO_VALUE),
            said.count(Tolerance.RANGE),
            sum(f.verdict is Tolerance.WITHIN and f.two_sided for f in found),
        )

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """How many stand where, by the name that an address has for it; the four add up to all."""
        return (
            ("within", self.within),
            ("near", self.near),
            ("outside", self.outside),
            (UNJUDGED, self.unjudged),
        )

    @property
    def judged(self) -> int:
        """How many have been judged."""
        return self.within + self.near + self.outside

    @property
    def unjudged(self) -> int:
        """How many have not."""
        return self.unset + self.barred + self.absent + self.unclear

    @property
    def why_unjudged(self) -> str:
        """Why some have not been judged: "12 no tolerance, 4 no figure, 3 cannot tell"."""
        parts = (
            (self.unset, "no tolerance"),
            (self.barred, "with a rule that cannot be applied"),
            (self.absent, "no figure"),
            (self.unclear, "cannot tell"),
        )
        return ", ".join(f"{n} {why}" for n, why in parts if n)


def proposed(summaries: Sequence[IndicatorSummary]) -> str:
    """The word that stands before tolerance where one that was applied to these has not been agreed; else
    nothing.
    """
    return "proposed " if any(s.tolerance.state == "proposed" for s in summaries) else ""


def agreement(summaries: Sequence[IndicatorSummary]) -> str:
    """Whether the tolerances by which these were judged are agreed, as a sentence; empty where all are."""
    judged = [s.tolerance.state for s in summaries if standing(s) != UNJUDGED]
    if "proposed" not in judged:
        return ""
    return (
        "No tolerance has been agreed yet."
        if len(set(judged)) == 1
        else "Some tolerances are not yet agreed."
    )


def counted(summaries: Sequence[IndicatorSummary]) -> str:
    """How many measures each count of a paper is out of, as a sentence: those judged by a tolerance and those
    with a place among English authorities, and why the others are neither. Empty where all
    are both.
    """
    tally, sizes = Tally.of(summaries), [s for s in summaries if s.indicator.is_count and not s.placed]
    placed = sum(s.placed is not None for s in summaries)
    if tally.judged == placed == len(summaries):
        return ""
    size = "count, which depends" if len(sizes) == 1 else "counts, which depend"
    parts = (
        (len(sizes), f"{size} on the size of the area"),
        (len(summaries) - placed - len(sizes), "with no spread to stand in"),
    )
    unplaced = " and ".join(f"{n} {why}" for n, why in parts if n)
    judged = f"{tally.judged} can be judged against a tolerance"
    judged += f" (not: {tally.why_unjudged})" if tally.unjudged else ""
    stand = f"{placed} {'has' if placed == 1 else 'have'} a place among English authorities"
    stand += f" (not: {unplaced})" if unplaced else ""
    return f"Of the measures here ({len(summaries)}) {judged}, {stand}."


def to_discuss(summaries: Sequence[IndicatorSummary], most: int = MOST) -> list[IndicatorSummary]:
    """What to discuss: flagged in order of evidence (how many signals agree, then how strong they are, never
    the order of themes), then what is worth watching; `most` at the most, each once.
    """
    return [*by_evidence(summaries), *watched(summaries)][:most]


def watched(summaries: Sequence[IndicatorSummary]) -> list[IndicatorSummary]:
    """What is worth watching and not flagged, in order of evidence."""
    return _by(lambda s: () if s.flagged else s.watched, summaries)


def good_news(summaries: Sequence[IndicatorSummary]) -> list[IndicatorSummary]:
    """What is not flagged and improving, better than England by an unusual gap or changed unusually for the
    better, in order of evidence.
    """
    return _by(lambda s: () if s.flagged else s.good, summaries)


def changed_most(summaries: Sequence[IndicatorSummary]) -> list[IndicatorSummary]:
    """Those whose change on the year can be weighed against those of authorities, the most unusual first."""
    return sorted((s for s in summaries if s.change.strength), key=lambda s: -s.change.strength)


def reason(summary: IndicatorSummary) -> str:
    """Why an indicator is to be discussed, in few words; what speaks for the figure as well."""
    found = [s.short for s in (*summary.flags, *summary.watched)]
    but = [s.short for s in summary.reassuring]
    text = f"{words.capital('; '.join(found))}." if found else ""
    return f"{text} But {words.listed(but)}." if but and text else text


def position(summary: IndicatorSummary) -> str:
    """The place among English authorities in few words, "104th of 153" (1st is the best), "9th highest" or
    "lowest of 153" where neither end is better; a range where hidden figures leave it open, empty where there
    is none.
    """
    found = english(summary, chance=False)
    return f"{found.nearest} of {found.n}" if found and found.nearest else ""


def conclusion(summaries: Sequence[IndicatorSummary]) -> str:
    """What a view of all indicators says, in at most 25 words: the flagged under what flags them, the most
    evidence first, and how many are within their tolerance.
    """
    tally, flagged = Tally.of(summaries), by_evidence(summaries)
    are = "measures is" if tally.within == 1 else "measures are"
    within = f"{tally.within} of {tally.judged} {are} within {proposed(summaries)}tolerance."
    if not tally.judged:
        within = "No measure here has a tolerance that can be judged."
    if not flagged:
        return f"Nothing is flagged. {within}"
    counts = range(len(flagged), 0, -1)
    grouped = (_grouped(flagged[:n], len(flagged) - n) for n in counts if n > 1 or n == len(flagged))
    listed = (_listed(flagged[:n], len(flagged) - n) for n in counts)
    for said in (*grouped, *listed):
        if len(f"{said} {within}".split()) <= MOST_WORDS:
            return f"{said} {within}"
    return f"{len(flagged)} are flagged. {within}"


def _grouped(flagged: Sequence[IndicatorSummary], more: int) -> str:
    """The flagged under what flags each first, as sentences: "Worsening: conferences in 15 working days."."""
    groups: dict[str, list[str]] = {}
    for s in flagged:
        groups.setdefault(s.flags[0].short, []).append(words.uncapital(s.indicator.short_title))
    said = [f"{words.capital(told)}: {words.listed(names)}" for told, names in groups.items()]
    return f"{'. '.join(said)}{f', and {more} more flagged' if more else ''}."


def _listed(flagged: Sequence[IndicatorSummary], more: int) -> str:
    """The flagged by name alone, where there is no room for what flags them."""
    names = [words.uncapital(s.indicator.short_title) for s in flagged]
    return f"Flagged: {words.listed([*names, *([f'{more} more'] if more else [])])}."


# --- the order of the table ---


def by_change(summary: IndicatorSummary) -> tuple[int, float]:
    """For sorting by the change on the year: for the worse first, the most unusual at the top; then those in
    which neither end is better; those for the better, or unchanged; those whose change cannot be weighed.
    """
    changed = summary.change
    if changed.usual is None:
        return 3, 0.0
    if changed.adverse:
        return 0, -changed.strength
    neutral = summary.indicator.polarity is Polarity.NEUTRAL
    return (1, -changed.strength) if neutral else (2, changed.strength)


def by_position(summary: IndicatorSummary) -> tuple[int, float]:
    """For sorting by the place among English authorities: farthest on the worse side of England first; those
    in which neither end is better follow, the farthest first; then those without a place.
    """
    at = row(summary, summary.placed).at if summary.placed else None
    if at is None:
        return 2, 0.0
    return (1, -abs(at)) if summary.indicator.polarity is Polarity.NEUTRAL else (0, at)


def by_verdict(summary: IndicatorSummary) -> tuple[int, int, float]:
    """For sorting by tolerance: outside, near, within, not judged; within each the most evidence first."""
    found = summary.tolerance.verdict
    return (WORST_FIRST.index(found) if found in WORST_FIRST else len(WORST_FIRST), *evidence(summary.flags))


class Order(NamedTuple):
    """An order of the table: what it sorts by, the rule in a line, and what its groups are called (a key
    begins with the number of its group; `{proposed}` stands for that word, while it applies).
    """

    key: Callable[[IndicatorSummary], tuple[Any, ...]]
    rule: str
    groups: tuple[str, ...]


ORDERS = {
    "change": Order(
        by_change,
        "Sorted by how unusual the change on the year is among English authorities, not by its points, nor "
        "by where the figure stands.",
        (
            "Changed for the worse, the most unusual first",
            "Changed, or not, where neither higher nor lower is better, the most unusual first",
            "Unchanged or changed for the better, the most unusual last",
            "No change on the year that can be weighed",
        ),
    ),
    "position": Order(
        by_position,
        "Sorted by the distance from England, within the range of English authorities.",
        (
            "From the worst place to the best",
            "Neither higher nor lower is better, the farthest from England first",
            "No place among English authorities",
        ),
    ),
    "verdict": Order(
        by_verdict,
        "Sorted by tolerance; of those that stand alike, the one with the most flags first.",
        (
            "Outside {proposed}tolerance",
            "Borderline on {proposed}tolerance",
            "Within {proposed}tolerance",
            "Not judged",
        ),
    ),
}


def _by(
    signals: Callable[[IndicatorSummary], Sequence[Signal]], summaries: Sequence[IndicatorSummary]
) -> list[IndicatorSummary]:
    """Those for which any signal speaks, the most evidence first."""
    found = [(evidence(said), s) for s in summaries if (said := signals(s))]
    return [s for _, s in sorted(found, key=lambda pair: pair[0])]
