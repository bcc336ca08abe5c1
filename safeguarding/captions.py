"""Captions: the words of a drawing. What heads it, what it measures, what to know before reading it."""

from safeguarding import periods, words
from safeguarding.breakdowns import Breakdown
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Status

MOST_WORDS = 12  # in the heading of a breakdown
SPINE = (
    "Each row is scaled to its own range, England in the middle, the darker part the middle half of "
    "authorities. Better is on the right; where neither end is better, higher is.",
    "Triangle: better than England. Square: worse. Circle: similar, or not judged. In brackets: England.",
)
CONTROL = "A triangle marks a special cause. To look at: an annual control chart sets no verdict."


def latest(summary: IndicatorSummary) -> str:
    """What is measured, where and when, of a chart of one period."""
    return f"{words.measured(summary.indicator, summary.area.name)}, {summary.period_label}"


def years(summary: IndicatorSummary) -> str:
    """What is measured, where and from when to when, of a chart over time. There must be a period."""
    kind = summary.indicator.year_type
    first, last = periods.label(summary.periods[0], kind), periods.label(summary.periods[-1], kind)
    measured = words.measured(summary.indicator, summary.area.name)
    return f"{measured}, {first} to {last}" if first != last else f"{measured}, {first}"


def of_lines(summary: IndicatorSummary) -> list[str]:
    """What the lines stand for, what the marks mean, why figures are missing."""
    notes = []
    for line in summary.lines:
        if line.caption:
            last = next((p.note for p in reversed(line.points) if p.value is not None and p.note), "")
            notes.append(f"{line.name}: {line.caption}{f'; latest: {last}' if last else ''}.")
    if summary.marks:
        notes.append("; ".join(m.text for m in summary.marks) + ".")
    notes += [f"{b.text}." for b in summary.dotted]
    missing = [p for p in summary.lines[0].points if p.value is None]
    absent = dict.fromkeys(p.note for p in missing if p.note and p.note != "no figure")
    if absent:
        notes.append(f"Square: no value, {'; '.join(absent)}.")
    return notes


def before_reading(summary: IndicatorSummary) -> list[str]:
    """What is to be known of the indicator before any chart of it is read."""
    note = summary.indicator.note
    return [f"Before you read it: {note.rstrip('.')}."] if note else []


def of_parts(whole: Breakdown) -> list[str]:
    """What dark, grey and hatched bars are."""
    notes = [f"Dark: {whole.period}{f', grey: {whole.period_before}' if whole.period_before else ''}."]
    shares = [s for _, now, before in whole.parts for s in (now, before) if s is not None]
    if any(s.value is None and s.printed.startswith(Status.C.short) for s in shares):
        notes.append("Hatched: hidden to protect identity, drawn as far as it could reach.")
    return [*notes, *([whole.note] if whole.note else [])]


def heading_of_parts(whole: Breakdown) -> str:
    """The finding of a breakdown, or its title where that is too long."""
    return whole.sentence if len(whole.sentence.split()) <= MOST_WORDS else whole.title
