"""Sentences: what a group of summaries says as a whole, made from the verdicts."""

from collections.abc import Sequence

from safeguarding import periods, words
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Comparison, Movement, Tolerance

MOST_NAMED = 4
MOST_WORDS = 10  # in a headline, so that it can be read while someone speaks: docs/methods.md#headlines


def theme_sentence(summaries: Sequence[IndicatorSummary]) -> str:
    """What a theme says as a whole: how many were judged, how many lie outside or are worse than England, and
    which.
    """
    place = summaries[0].area.name if summaries else ""
    judged = [
        s for s in summaries if s.tolerance.verdict in (Tolerance.WITHIN, Tolerance.NEAR, Tolerance.OUTSIDE)
    ]
    if not judged:
        none = f"None of these {len(summaries)} indicators has a tolerance that can be judged"
        return f"{none} for {place} in this view."
    within = sum(s.tolerance.verdict is Tolerance.WITHIN for s in judged)
    flagged = [s for s in summaries if s.flagged]
    are = "is" if within == 1 else "are"
    text = f"{place}: {within} of the {len(judged)} indicators that have a tolerance {are} within it."
    if not flagged:
        return f"{text} Nothing is flagged."
    named = [f"{_lower(s.indicator.short_title)} ({_why(s)})" for s in flagged[:MOST_NAMED]]
    if len(flagged) > MOST_NAMED:
        named.append(f"{len(flagged) - MOST_NAMED} more")
    return f"{text} Flagged: {words.listed(named)}."


def headline(summary: IndicatorSummary) -> str:
    """The finding in at most ten words, from the verdicts alone: what a slide or an image is headed with.

    Where nothing was compared or tested it names the measure, the place and the years, or says that
    nothing is held in them, and finds nothing.
    """
    name, place = summary.indicator.short_title, summary.area.name
    if summary.latest is None:
        return f"{name}: no figure held"
    if summary.value is None:
        return f"{name}: {'hidden to protect identity' if summary.status.hidden else summary.status.short}"
    if summary.last_known:
        return f"{name}: last known figure"
    found = []
    if summary.tolerance.verdict is Tolerance.OUTSIDE:
        found.append("outside usual range" if summary.tolerance.two_sided else "outside tolerance")
    if summary.england.verdict in words.COMPARISON_PHRASES:
        found.append(f"{words.COMPARISON_PHRASES[summary.england.verdict]} England")
    if summary.movement.verdict is not Movement.NOT_TESTED:
        found.append(words.MOVEMENT_WORDS[summary.movement.verdict].lower())
    while found:
        text = f"{name}: {', '.join(found)}"
        if len(text.split()) <= MOST_WORDS:
            return text
        # what is flagged is said before what is not
        found.pop(0 if len(found) == 3 and summary.england.verdict is Comparison.WORSE else -1)
    neutral = (f"{name}, {place}, {_years(summary)}", f"{name}, {place}", name)
    if not summary.periods:
        neutral = (f"{name}: nothing held in these years", f"{name}: nothing held", name)
    return next(text for text in neutral if len(text.split()) <= MOST_WORDS or text == name)


def _years(summary: IndicatorSummary) -> str:
    """The first and the last period drawn: "2013-14 to 2024-25", or the only one; empty where nothing is."""
    ends = dict.fromkeys((*summary.periods[:1], *summary.periods[-1:]))
    return " to ".join(periods.tick(p, summary.indicator.year_type) for p in ends)


def _why(summary: IndicatorSummary) -> str:
    reasons = []
    if summary.tolerance.verdict is Tolerance.OUTSIDE:
        reasons.append("outside the usual range" if summary.tolerance.two_sided else "outside tolerance")
    if summary.england.verdict is Comparison.WORSE:
        reasons.append("worse than England")
    return words.listed(reasons) or "worsening"


def _lower(title: str) -> str:
    return title[0].lower() + title[1:] if title[:2].istitle() else title
