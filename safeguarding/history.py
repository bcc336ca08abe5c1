"""History: when was this indicator flagged before, and what followed?"""

from dataclasses import dataclass, replace

from safeguarding import periods, words
from safeguarding.summaries import IndicatorSummary, summarise


@dataclass(frozen=True)
class Past:
    """One earlier period: why it was flagged (empty where it was not)."""

    period: str
    label: str
    reasons: tuple[str, ...]


def history(summary: IndicatorSummary) -> tuple[Past, ...]:
    """The periods before the latest that could be judged, oldest first, each judged as at its own end.

    By today's rules and figures: a figure may have been restated since.
    """
    found = []
    for o in summary.own[:-1]:
        if o.period == periods.UNDATED:
            continue
        to = periods.year(o.period_end.year - (o.period_end.month < 4))
        view = replace(summary.view, to=to, since=None)
        then = summarise(summary.indicator, view, summary.figures)
        if then.judged is not None and then.judged.period == o.period and then.value is not None:
            reasons = tuple(signal.short for signal in then.flags)
            found.append(Past(o.period, then.period_label, reasons))
    return tuple(found)


def told(past: tuple[Past, ...], now: bool) -> str:
    """The history as a sentence or two: which periods were flagged, why, and whether the next was as well.

    `now` says whether the latest period is flagged. Empty without a past.
    """
    if not past:
        return ""
    after = [bool(p.reasons) for p in past[1:]] + [now]
    flagged = [
        f"{p.label} ({words.listed(list(p.reasons))}; {'again' if next_ else 'not'} a year later)"
        for p, next_ in zip(past, after, strict=True)
        if p.reasons
    ]
    years = f"the {len(past)} earlier figures" if len(past) > 1 else "the one earlier figure"
    if not flagged:
        return f"Of {years} none was flagged."
    stayed = sum(bool(p.reasons) and next_ for p, next_ in zip(past, after, strict=True))
    were = "was" if len(flagged) == 1 else "were"
    said = f"Of {years} {len(flagged)} {were} flagged: {words.listed(flagged)}."
    again = f" A flag stood again a year later {stayed} of {len(flagged)} times."
    return said + (again if len(flagged) > 1 else "")
