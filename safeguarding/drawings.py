"""Drawings: a chart with everything that explains it, so that a page, an image, a table and a slide of it say the same."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from safeguarding import periods, words
from safeguarding.breakdowns import Breakdown
from safeguarding.charts.control import control
from safeguarding.charts.funnel import funnel
from safeguarding.charts.parts import parts
from safeguarding.charts.picture import Plate
from safeguarding.charts.rank import ranking
from safeguarding.charts.spine import spine
from safeguarding.charts.trend import trend
from safeguarding.sentences import headline
from safeguarding.store.tables import Source, cited
from safeguarding.summaries import Difference, IndicatorSummary, difference_from_england
from safeguarding.verdicts.control import SIGNALS, ControlChart
from safeguarding.verdicts.funnel import Funnel
from safeguarding.verdicts.rank import Ranking
from safeguarding.vocabulary import Comparison, Status

SHORT = 240  # characters: Power BI and Word cut longer alternatives
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Drawing:
    """One chart. `figure` makes it for a height in pixels; `rows` are exactly the figures it draws, None where there is none.

    `subject` is the indicator or the breakdown, `chart` which of its charts. `text` is the text alternative, `notes`
    what to know before reading it, `period` the latest period in it.
    """

    subject: str
    chart: str
    title: str
    headline: str
    subtitle: str
    text: str
    figure: Callable[[int], dict]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    place: str
    period: str

    @property
    def source(self) -> str:
        """Where the figures come from, as a line under the chart prints it."""
        return f"Source: {cited(self.sources)}."

    @property
    def licence(self) -> str:
        """Under what terms the figures may be used again."""
        return "; ".join(dict.fromkeys(s.licence for s in self.sources))

    @property
    def short_text(self) -> str:
        """The text alternative in at most 240 characters, whole sentences as far as they fit."""
        if len(self.text) <= SHORT:
            return self.text
        kept = ""
        for sentence in re.split(r"(?<=\.) ", self.text):
            if len(kept) + len(sentence) + 1 > SHORT:
                break
            kept = f"{kept} {sentence}".strip()
        return kept or self.text[: SHORT - 1].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True)
class Origin:
    """What an export says of where it was made: the release and when it was loaded, the filters, the link, the marking."""

    release: int
    loaded: datetime
    filters: str
    link: str
    marking: str


def plate(drawing: Drawing, origin: Origin) -> Plate:
    """The words of an image of a drawing."""
    source = (
        f"{drawing.source} {drawing.licence}. Release {origin.release}, loaded {periods.in_words(origin.loaded.date())}. "
        f"{origin.filters} View: {origin.link}"
    )
    return Plate(drawing.headline, drawing.subtitle, drawing.notes, source, origin.marking, drawing.text)


def file_name(drawing: Drawing, origin: Origin, kind: str) -> str:
    """A name that says what is in the file: marking, measure, chart, place, period, release; no spaces or signs."""
    parts_ = (
        origin.marking,
        drawing.subject,
        drawing.chart,
        drawing.place,
        drawing.period,
        f"r{origin.release}",
    )
    return "_".join(re.sub(r"[^A-Za-z0-9]+", "-", p).strip("-") for p in parts_ if p) + f".{kind}"


# --- the charts of an indicator ---


def drawings(summary: IndicatorSummary) -> list[Drawing]:
    """Every chart of an indicator in a view: trend, rankings, control charts, funnel, as far as there is something to draw."""
    found = [trend_drawing(summary)] if summary.periods else []
    found += [_rank(summary, ranked, k) for k, ranked in enumerate(summary.rankings)]
    for name, one in (("control", summary), ("difference", difference_from_england(summary))):
        if one is not None and (seen := one.control).segments:
            found.append(_control(summary, one, seen, name))
    if summary.funnel.spots:
        found.append(_funnel(summary, summary.funnel))
    return found


def series(summary: IndicatorSummary) -> list[dict[str, Any]]:
    """The lines of a trend as rows: one a line and period, value or status, with its note and source."""
    sources = cited(summary.sources)
    licences = "; ".join(dict.fromkeys(s.licence for s in summary.sources))
    return [
        {
            "indicator": summary.indicator.indicator_id,
            "title": summary.indicator.title,
            "unit": summary.indicator.unit.words,
            "area": line.name,
            "period": period,
            "period_label": periods.label(period, summary.indicator.year_type),
            "value": None if point.value is None else round(point.value, line.decimals),
            "status": "not held" if point.note == "no figure" else point.status.value,
            "note": point.note or line.caption,
            "source": sources,
            "licence": licences,
        }
        for line in summary.lines
        for period, point in zip(summary.periods, line.points, strict=True)
    ]


def trend_drawing(summary: IndicatorSummary) -> Drawing:
    """The trend of an indicator. Raises IndexError where no period is held."""
    first, last = (
        periods.label(p, summary.indicator.year_type) for p in (summary.periods[0], summary.periods[-1])
    )
    years = f"{first} to {last}" if first != last else first
    return _of(
        summary,
        "trend",
        headline(summary),
        f"{_measure(summary)}, {years}",
        summary.sentence,
        partial(trend, summary, valued=True),
        series(summary),
        notes=_line_notes(summary),
        period=summary.periods[-1],
    )


def _of(
    summary: IndicatorSummary,
    chart: str,
    head: str,
    subtitle: str,
    text: str,
    figure: Callable[[int], dict],
    rows: list[dict[str, Any]],
    notes: list[str],
    period: str = "",
) -> Drawing:
    indicator = summary.indicator
    known = tuple(notes) + ((f"Before you read it: {indicator.note.rstrip('.')}.",) if indicator.note else ())
    return Drawing(
        indicator.indicator_id,
        chart,
        indicator.title,
        head,
        subtitle,
        text,
        figure,
        tuple(rows),
        known,
        summary.sources,
        summary.area.name,
        period or (summary.latest.period if summary.latest else ""),
    )


def _measure(summary: IndicatorSummary) -> str:
    return words.measured(summary.indicator, summary.area.name)


def _line_notes(summary: IndicatorSummary) -> list[str]:
    """What the lines stand for, what the marks mean, why figures are missing."""
    notes = []
    for line in summary.lines:
        if line.caption:
            last = next((p.note for p in reversed(line.points) if p.value is not None and p.note), "")
            notes.append(f"{line.name}: {line.caption}{f'; latest: {last}' if last else ''}.")
    if summary.marks:
        notes.append("; ".join(m.text for m in summary.marks) + ".")
    notes += [f"{b.text}." for b in summary.dotted]
    absent = dict.fromkeys(
        p.note for p in summary.lines[0].points if p.value is None and p.note and p.note != "no figure"
    )
    if absent:
        notes.append(f"Square: no value, {'; '.join(absent)}.")
    return notes


def _rank(summary: IndicatorSummary, ranked: Ranking, place: int) -> Drawing:
    rows = [
        {
            "area": b.name,
            "value": b.value,
            "status": b.status.value,
            "note": b.status.words or ("in focus" if b.role == "focus" else ""),
        }
        for b in ranked.bars
    ]
    return _of(
        summary,
        f"rank-{place}",
        f"{summary.indicator.short_title}: {ranked.title[:1].lower()}{ranked.title[1:]}",
        f"{_measure(summary)}, {summary.period_label}",
        f"{summary.sentence} {ranked.place}",
        partial(ranking, ranked, summary.indicator),
        rows,
        notes=[ranked.place] if ranked.place else [],
    )


def _control(
    summary: IndicatorSummary, one: IndicatorSummary | Difference, seen: ControlChart, name: str
) -> Drawing:
    rows = []
    for segment in seen.segments:
        for k, (value, signal) in enumerate(zip(segment.values, segment.signals, strict=True)):
            limits = segment.limits
            rows.append(
                {
                    "period": summary.periods[segment.start + k],
                    "value": round(value, 4),
                    "mean": round(limits.mean, 4) if limits else None,
                    "lower_limit": round(limits.lower, 4) if limits else None,
                    "upper_limit": round(limits.upper, 4) if limits else None,
                    "signal": SIGNALS[signal.rule] if signal else "",
                }
            )
    subtitle = words.measured(one.indicator, one.lines[0].name)
    return _of(
        summary,
        name,
        f"{summary.indicator.short_title}, {one.lines[0].name}: control chart",
        subtitle,
        seen.text,
        partial(control, seen, one),
        rows,
        notes=[
            seen.text,
            "A triangle marks a special cause. To look at: an annual control chart sets no verdict.",
        ],
        period=summary.periods[-1],
    )


def _funnel(summary: IndicatorSummary, seen: Funnel) -> Drawing:
    rows = [
        {"area": s.name, "base": s.base, "value": round(s.value, 4), "where": s.where}
        for s in sorted(seen.spots, key=lambda s: s.name)
    ]
    return _of(
        summary,
        "funnel",
        f"{summary.indicator.short_title}: authorities by size",
        f"{_measure(summary)}, {summary.period_label}",
        seen.text,
        partial(funnel, seen, summary.indicator),
        rows,
        notes=[seen.text],
    )


def spine_drawing(name: str, theme: str, summaries: Sequence[IndicatorSummary]) -> Drawing:
    """A theme's rows of the spine chart: the indicators that have a place among English authorities. Raises IndexError where none has."""
    placed = [s for s in summaries if s.placed]
    rows = [
        {
            "indicator": s.indicator.title,
            "period": s.period_label,
            "value": s.value,
            "status": s.status.value,
            "england": round(s.placed.england, 4),
            "minimum": s.placed.spread.minimum,
            "lower_quartile": s.placed.spread.q1,
            "median": s.placed.spread.median,
            "upper_quartile": s.placed.spread.q3,
            "maximum": s.placed.spread.maximum,
            "authorities": s.placed.spread.n,
            "compared_with_england": s.england.words,
        }
        for s in placed
        if s.placed
    ]
    place = placed[0].area.name
    counted = [
        sum(s.england.verdict is verdict for s in placed) for verdict in (Comparison.BETTER, Comparison.WORSE)
    ]
    text = f"{place} among English authorities on {len(placed)} indicators: better than England on {counted[0]}, worse on {counted[1]}."
    notes = (
        "Each row is scaled to its own range, England in the middle, the darker part the middle half of authorities. Better is on the right; where neither end is better, higher is.",
        "Triangle: better than England. Square: worse. Circle: similar, or not judged. In brackets: England.",
    )
    sources = {s.source_id: s for one in placed for s in one.sources}
    return Drawing(
        "scorecard",
        f"spine-{theme}",
        f"{name}: {place} among English authorities",
        f"{name}: {place} among English authorities",
        f"{name}, {place}, latest periods",
        text,
        partial(spine, placed),
        tuple(rows),
        notes,
        tuple(sources.values()),
        place,
        max(s.latest.period for s in placed if s.latest),
    )


def parts_drawing(whole: Breakdown) -> Drawing:
    """The bars of a breakdown."""
    rows = [
        {"part": name, "period": period, "value": share.value, "printed": share.printed}
        for name, now, before in whole.parts
        for period, share in ((whole.period, now), (whole.period_before, before))
        if share is not None
    ]
    notes = [f"Dark: {whole.period}{f', grey: {whole.period_before}' if whole.period_before else ''}."]
    if any(
        s is not None and s.value is None and s.printed.startswith(Status.C.short)
        for _, now, before in whole.parts
        for s in (now, before)
    ):
        notes.append("Hatched: hidden to protect identity, drawn as far as it could reach.")
    return Drawing(
        whole.breakdown_id,
        "parts",
        whole.title,
        whole.sentence if len(whole.sentence.split()) <= 12 else whole.title,
        f"{whole.title}, {whole.unit}, {whole.place}, {whole.period}",
        whole.sentence,
        partial(parts, whole),
        tuple(rows),
        (*notes, *([whole.note] if whole.note else [])),
        whole.sources,
        whole.place,
        whole.period,
    )
