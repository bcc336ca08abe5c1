"""Against: how an area lies from one that is chosen to compare with, over many measures."""

from collections.abc import Sequence

from safeguarding import words
from safeguarding.store.tables import Area
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.comparison import Compared, compare
from safeguarding.vocabulary import Comparison, Polarity

TESTED = (Comparison.WORSE, Comparison.SIMILAR, Comparison.BETTER)
DIRECTIONS = (Comparison.HIGHER, Comparison.LOWER)
NEITHER, UNTESTED = len(TESTED), len(TESTED) + 1  # the groups after those of TESTED


def by_difference(summary: IndicatorSummary, compared: Compared) -> tuple[int, float]:
    """For sorting by the difference from another area: worse, similar, better; then where neither end is
    better; then what was not tested, or is not shown.

    In the first three the farthest for the worse stands first and the farthest for the better last, where
    neither is better the farthest first. How far is told in spreads of English authorities, so that
    different units may be sorted together; where that spread is not held a row is last of its group.
    """
    far, neutral = _apart(summary, compared), summary.indicator.polarity is Polarity.NEUTRAL
    if compared.verdict not in (*TESTED, *DIRECTIONS):
        return UNTESTED, 0.0
    group = NEITHER if neutral else TESTED.index(compared.verdict)
    if far is None:
        return group, float("inf")
    if neutral:
        return group, -abs(far)
    return group, far if summary.indicator.polarity is Polarity.HIGHER_BETTER else -far


def beside_in_short(summaries: Sequence[IndicatorSummary], area: Area) -> str:
    """How many measures are better and worse than in another area, allowing for chance: "Beside Salford:
    better on 12, worse on 9, similar on 8, lower or higher on 6, not compared on 45". All of them add up to
    the measures counted; what is on none is left out.
    """
    found = [compare(s, area).verdict for s in summaries]
    counted = (
        ("better", found.count(Comparison.BETTER)),
        ("worse", found.count(Comparison.WORSE)),
        ("similar", found.count(Comparison.SIMILAR)),
        ("lower or higher", sum(v in DIRECTIONS for v in found)),
        ("not compared", sum(v not in (*TESTED, *DIRECTIONS) for v in found)),
    )
    return f"Beside {words.the(area.name)}: {', '.join(f'{said} on {n}' for said, n in counted if n)}"


RULE = "Sorted by how wide the difference is beside that among English authorities."


def headings(area: Area) -> tuple[str, ...]:
    """What the groups of `by_difference` are called, in their order."""
    name = words.the(area.name)
    return (
        f"Worse than {name}, farthest first",
        f"Similar to {name}: chance alone could explain the difference",
        f"Better than {name}, farthest last",
        "Neither higher nor lower is better, farthest first",
        "Not compared: no test is possible, or a figure is not shown",
    )


def _apart(summary: IndicatorSummary, compared: Compared) -> float | None:
    """How far the figure lies from another's, above as positive, in the width of the middle half of English
    authorities (of all of them where that is none); None without both figures or a spread.
    """
    if summary.latest is None or summary.value is None or compared.seen is None:
        return None
    spread = summary.figures.spread(summary.indicator.indicator_id, summary.latest.period)
    width = (spread.q3 - spread.q1 or spread.maximum - spread.minimum) if spread else 0.0
    return (summary.value - compared.seen) / width if width else None
