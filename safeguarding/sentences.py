"""Sentences: what a group of summaries says as a whole, made from the verdicts."""

from collections.abc import Sequence

from safeguarding import periods, words
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.signals import evidence
from safeguarding.vocabulary import Change, Movement, Tolerance

MOST_WORDS = 10  # in a headline, so that it can be read while someone speaks: docs/methods.md#headlines


def by_evidence(summaries: Sequence[IndicatorSummary]) -> list[IndicatorSummary]:
    """Those that are flagged, in order of evidence: how many signals agree, then how strong they are."""
    return sorted((s for s in summaries if s.flagged), key=lambda s: evidence(s.flags))


def flags_to_expect(summaries: Sequence[IndicatorSummary], to: str | None) -> str:
    """How many are flagged here, beside what English authorities have without anything the matter.

    From flag_counts.csv: the middle half of them as at the end of `to` (None: of the newest year, or the last
    of an area that has ended). Where that year is newer than what has been counted, from calibration.csv: the
    sum, over the indicators judged here, of the share of authorities that each flags. Never both: an
    authority whose measures are all judged has more to be flagged than one of which some are hidden. Empty
    for an area that is no authority and where nothing has been counted. Method: docs/methods.md#flags.
    """
    if not summaries or summaries[0].area.type != "authority":
        return ""
    catalogue, ended = summaries[0].catalogue, summaries[0].area.valid_to
    flagged = sum(s.flagged for s in summaries)
    newest = max(catalogue.flag_counts, default="")
    last = periods.year(ended.year - (ended.month < 4)) if ended else newest
    period = min(to or newest, last)
    counted = catalogue.flag_counts.get(period)
    if counted is not None:
        low, high = counted.lower_quartile, counted.upper_quartile
        has, when = ("have", f"({period})") if period == newest else ("had", f"at the end of {period}")
        return (
            f"{flagged} flagged; half of all {counted.authorities} English authorities {has} "
            f"{low:g} to {high:g} {when}."
        )
    judged = [s for s in summaries if s.judged is not None and s.value is not None]
    rows = [catalogue.calibration.get(s.indicator.indicator_id) for s in judged]
    shares = [c.flagged for c in rows if c is not None and c.flagged is not None]
    if not shares:
        return ""
    return (
        f"{flagged} flagged; of the {len(judged)} measures judged here an English authority has about "
        f"{sum(shares) / 100:.0f} flagged."
    )


def headline(summary: IndicatorSummary) -> str:
    """The finding in at most ten words, from the verdicts alone: what a slide or an image is headed with.

    What is flagged comes first. Where nothing was compared or tested it says what stands out by its tolerance
    (borderline, or outside); else it names the measure, the place and the years, or says that nothing is held
    in them, and finds nothing.
    """
    name, place = summary.indicator.short_title, summary.area.name
    if summary.latest is None:
        return f"{name}: no figure held"
    if summary.value is None:
        return f"{name}: {'hidden to protect identity' if summary.status.hidden else summary.status.short}"
    if summary.last_known:
        return f"{name}: last known figure"
    found = [signal.short for signal in summary.flags]
    if summary.england.verdict in words.COMPARISON_PHRASES:
        found.append(f"{words.COMPARISON_PHRASES[summary.england.verdict]} England")
    moved = summary.movement.verdict
    clear = summary.change.verdict is Change.MORE_THAN_CHANCE and moved is Movement.NO_CHANGE
    calm = moved in (Movement.NO_CHANGE, Movement.UNSTEADY) and (summary.change.unusual or clear)
    if moved is not Movement.NOT_TESTED and not calm:  # a clear change on the year beside "no clear change"
        found.append(words.MOVEMENT_WORDS[summary.movement.verdict].lower())
    if not found and summary.tolerance.verdict in (Tolerance.NEAR, Tolerance.OUTSIDE):
        found.append(summary.tolerance.phrase)
    found = list(dict.fromkeys(found))
    while found:
        text = f"{name}: {', '.join(found)}"
        if len(text.split()) <= MOST_WORDS:
            return text
        found.pop()
    neutral = (f"{name}, {place}, {_years(summary)}", f"{name}, {place}", name)
    if not summary.periods:
        neutral = (f"{name}: nothing held in these years", f"{name}: nothing held", name)
    return next(text for text in neutral if len(text.split()) <= MOST_WORDS or text == name)


def _years(summary: IndicatorSummary) -> str:
    """The first and the last period drawn: "2013-14 to 2024-25", or the only one; empty where nothing is."""
    ends = dict.fromkeys((*summary.periods[:1], *summary.periods[-1:]))
    return " to ".join(periods.tick(p, summary.indicator.year_type) for p in ends)
