"""Prominent: which measures of a theme stand as cards, which fold to rows, and which counts join a rate."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from safeguarding import discuss, words
from safeguarding.sentences import by_evidence
from safeguarding.store.report import Part
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.sentence import turned
from safeguarding.vocabulary import Change, Comparison, Movement

CHANGED = (Change.UNUSUAL_RISE, Change.UNUSUAL_FALL, Change.UNUSUAL_UNTESTED, Change.MORE_THAN_CHANCE)
MOVED = (Movement.IMPROVING, Movement.WORSENING, Movement.INCREASING, Movement.DECREASING)
IN_A_WORD = ("better than England", "without clear change", "with no test of change", "not judged")
MOST_WORDS = discuss.MOST_WORDS


@dataclass(frozen=True)
class Arranged:
    """A theme's measures in the order in which its page shows them: `cards`, then `rows`.

    `counts` are the counts that stand on the card or in the row of their share or rate, by its id: no count
    of these has a card or a row of its own. `bands` are parts of a whole that stand side by side, by what
    they are parts of.
    """

    cards: tuple[IndicatorSummary, ...]
    rows: tuple[IndicatorSummary, ...]
    counts: dict[str, IndicatorSummary]
    bands: dict[str, tuple[IndicatorSummary, ...]]

    @property
    def shown(self) -> tuple[IndicatorSummary, ...]:
        """All of them, each once, cards first."""
        banded = (s for band in self.bands.values() for s in band if s not in self.cards)
        return (*self.cards, *banded, *self.rows)


def arranged(
    summaries: Sequence[IndicatorSummary], parts: Sequence[Part] = (), folded: bool = True
) -> Arranged:
    """The flagged first, by evidence, then what to watch, then what has changed and the theme's headline
    figure; what is none of these folds to a row. Not `folded`, all of them are cards.

    The `parts` of a whole that are drawn over time stand side by side; one that is flagged or to be watched
    has a card too.
    """
    counts = joined(summaries)
    joining = {id(s) for s in counts.values()}
    own = [s for s in summaries if id(s) not in joining]
    first = [*by_evidence(own), *discuss.watched(own)]
    rest = [s for s in own if s not in first]
    bands = _bands(summaries, parts) if folded else {}
    banded = {s.indicator.indicator_id for band in bands.values() for s in band}
    rest = [s for s in rest if s.indicator.indicator_id not in banded]
    kept = [s for s in rest if has_changed(s) or s.indicator.headline or not folded]
    return Arranged((*first, *kept), tuple(s for s in rest if s not in kept), counts, bands)


def _bands(
    summaries: Sequence[IndicatorSummary], parts: Sequence[Part]
) -> dict[str, tuple[IndicatorSummary, ...]]:
    """The parts that are drawn over time, in their order, by the whole; none of which nothing is held."""
    by_id = {s.indicator.indicator_id: s for s in summaries}
    found: dict[str, tuple[IndicatorSummary, ...]] = {}
    for part in parts:
        if part.over_time and (s := by_id.get(part.indicator_id)) and s.periods:
            found[part.breakdown_id] = (*found.get(part.breakdown_id, ()), s)
    return found


def has_changed(summary: IndicatorSummary) -> bool:
    """Has it moved over the years, or changed on the last by more than chance or unusually?"""
    return summary.movement.verdict in MOVED or summary.change.verdict in CHANGED


def joined(summaries: Sequence[IndicatorSummary]) -> dict[str, IndicatorSummary]:
    """The counts of what a share or rate among these is of, by the id of that: one thing counted on one day
    has one card. A count that is flagged or to be watched stays by itself.
    """
    found: dict[str, IndicatorSummary] = {}
    for count in summaries:
        if not count.indicator.is_count or not count.indicator.numerator or count.flagged or count.watched:
            continue
        of = next((s for s in summaries if _same(s, count) and s.indicator.indicator_id not in found), None)
        if of is not None:
            found[of.indicator.indicator_id] = count
    return found


def _same(summary: IndicatorSummary, count: IndicatorSummary) -> bool:
    one, other = summary.indicator, count.indicator
    return not one.is_count and (one.numerator, one.year_type) == (other.numerator, other.year_type)


def counted(count: IndicatorSummary, rate: IndicatorSummary) -> str:
    """A count beside its rate: "3,676 referrals"; with its year where that is another, in words where it is
    not shown.
    """
    name = words.uncapital(count.indicator.short_title)
    when = "" if count.period_label == rate.period_label else f" ({count.period_label})"
    if count.value is None:
        return f"{name}: {count.printed.lower()}{when}"
    return f"{count.printed} {name}{when}"


def folded_in_short(rows: Sequence[IndicatorSummary]) -> str:
    """What is in a fold, each row counted once: "1 better than England, 3 without clear change, 2 not
    judged"; empty where there are no rows. Not judged is what no rule, comparison or test says anything of.
    """
    counts = Counter(_in_a_word(s) for s in rows)
    return ", ".join(f"{counts[said]} {said}" for said in IN_A_WORD if counts[said])


def _in_a_word(summary: IndicatorSummary) -> str:
    """The first of IN_A_WORD that holds of it."""
    if summary.england.verdict is Comparison.BETTER:
        return IN_A_WORD[0]
    still = (Movement.NO_CHANGE, Movement.UNSTEADY)
    if summary.movement.verdict in still or summary.change.verdict is Change.USUAL:
        return IN_A_WORD[1]
    compared = any(c.verdict in words.COMPARISON_PHRASES for c in summary.comparisons.values())
    return IN_A_WORD[2 if compared or discuss.standing(summary) != discuss.UNJUDGED else 3]


def theme_conclusion(summaries: Sequence[IndicatorSummary]) -> str:
    """What a theme says, in at most 25 words: what is flagged under what flags it or, where nothing is, what
    to watch; and how many are within their tolerance.
    """
    watch = discuss.watched(summaries)
    said = discuss.conclusion(summaries)
    calm = "Nothing is flagged."
    if not said.startswith(calm) or not watch:
        return said
    names = [words.uncapital(s.indicator.short_title) for s in watch]
    for n in range(len(names), 0, -1):
        more = [f"{len(names) - n} more"] if n < len(names) else []
        text = f"{calm} To watch: {words.listed([*names[:n], *more])}.{said.removeprefix(calm)}"
        if len(text.split()) <= MOST_WORDS:
            return text
    return said


def course(summary: IndicatorSummary) -> str:
    """Where a figure is going, where its years and its last year say different things, as one sentence: "Up
    over five years, although down 1.2 points in the last."; empty where they agree or either is unknown.
    """
    changed, moved = summary.change, summary.movement
    if not turned(moved, changed) or not moved.span.startswith("over the five years"):
        return ""
    way = "Up" if moved.course == "rising" else "Down"
    return f"{way} over five years, although {changed.short} in the last."
