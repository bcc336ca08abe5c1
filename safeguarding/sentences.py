"""Sentences: what a group of summaries says as a whole, made from the verdicts."""

from collections.abc import Sequence

from safeguarding import words
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Comparison, Tolerance

MOST_NAMED = 4


def theme_sentence(summaries: Sequence[IndicatorSummary]) -> str:
    """What a theme says as a whole: how many were judged, how many lie outside or are worse than England, and which."""
    place = summaries[0].area.name if summaries else ""
    judged = [s for s in summaries if s.tolerance.verdict in (Tolerance.WITHIN, Tolerance.NEAR, Tolerance.OUTSIDE)]
    if not judged:
        return f"None of these {len(summaries)} indicators has a tolerance that can be judged for {place} in this view."
    within = sum(s.tolerance.verdict is Tolerance.WITHIN for s in judged)
    flagged = [s for s in summaries if s.flagged]
    text = f"{place}: {within} of the {len(judged)} indicators that have a tolerance {'is' if within == 1 else 'are'} within it."
    if not flagged:
        return f"{text} Nothing is flagged."
    named = [f"{_lower(s.indicator.short_title)} ({_why(s)})" for s in flagged[:MOST_NAMED]]
    if len(flagged) > MOST_NAMED:
        named.append(f"{len(flagged) - MOST_NAMED} more")
    return f"{text} Flagged: {words.listed(named)}."


def _why(summary: IndicatorSummary) -> str:
    reasons = []
    if summary.tolerance.verdict is Tolerance.OUTSIDE:
        reasons.append("outside the usual range" if summary.tolerance.two_sided else "outside tolerance")
    if summary.england.verdict is Comparison.WORSE:
        reasons.append("worse than England")
    return words.listed(reasons) or "worsening"


def _lower(title: str) -> str:
    return title[0].lower() + title[1:] if title[:2].istitle() or title[1:2].islower() else title
