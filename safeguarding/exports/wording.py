"""Wording: what every kind of document says of an indicator and of the pack, in the same words."""

from collections.abc import Collection, Sequence
from typing import Any

from safeguarding import periods, words
from safeguarding.charts.chart import Chart, Kind
from safeguarding.exports.pack import Item, Pack
from safeguarding.sentences import headline
from safeguarding.store.tables import Source, cited
from safeguarding.summaries import IndicatorSummary

PARTS = "Parts of the whole"
NOTES = "Notes and actions"


def rules(summary: IndicatorSummary) -> list[str]:
    """The rule behind each verdict, a line each: what it is of, a colon, the rule."""
    compared = [f"{words.capital(c.name)}: {c.told}" for c in summary.comparisons.values()]
    tolerance = f"Tolerance: {summary.tolerance.told}"
    return [tolerance, *compared, f"Direction of travel: {summary.movement.method}"]


def made(pack: Pack) -> str:
    """Who made the pack, from which release, with which filters, marked as what: a line at the foot."""
    origin = pack.origin
    marked = f"{origin.marking}. " if origin.marking else ""
    return f"{marked}{pack.partnership}. Release {origin.held}. {origin.filters} {address(pack)}".strip()


def address(pack: Pack) -> str:
    """The link to the view, where it says which server: a path alone leads nowhere from a file."""
    return pack.origin.link if "://" in pack.origin.link else ""


def absent(summary: IndicatorSummary) -> list[str]:
    """Why figures are absent, whose, and when: "No value, Stockport: hidden ...: 2012-13, 2013-14."."""
    named = [periods.label(p, summary.indicator.year_type) for p in summary.periods]
    found: dict[str, list[str]] = {}
    for line in summary.lines:
        for period, point in zip(named, line.points, strict=True):
            if point.value is None and point.note and point.note != "no figure":
                found.setdefault(f"{line.name}: {point.note}", []).append(period)
    return [f"No value, {why}: {', '.join(when)}." for why, when in found.items()]


def lines_told(summary: IndicatorSummary, drawn: Collection[str]) -> list[str]:
    """What the lines `drawn` stand for, where a name is not enough: "mean of 10 of 10, 2025 model"."""
    told = []
    for line in (one for one in summary.lines if one.caption and one.name in drawn):
        of = next((p.note for p in reversed(line.points) if p.value is not None and p.note), "")
        before, mean, after = line.caption.partition(" of the statistical neighbours")
        said = f"{of}{after}" if mean and of.startswith(before) else f"{line.caption}, {of}".rstrip(", ")
        told.append(f"{line.name}: {said}.")
    return told


def footing(summary: IndicatorSummary, chart: Chart | None) -> list[str]:
    """What stands at the foot of a slide: gaps of the area in focus, what a mean is of, the source."""
    source = f"Source: {cited(summary.sources)}."
    if chart is None or chart.kind is not Kind.TREND:
        return [source]
    gaps = [text for text in absent(summary) if text.startswith(f"No value, {summary.area.name}:")]
    told = [*gaps, *lines_told(summary, {s.name for s in chart.series})]
    return [" ".join(told), source] if told else [source]


def spoken(one: Item) -> list[str]:
    """What whoever presents an indicator needs beside its slide."""
    summary = one.summary
    lines = [f"To ask: {summary.indicator.question}", summary.sentence, *rules(summary)]
    lines += one.drawing.notes if one.drawing else []
    return lines + [f"{'Action' if n.kind == 'action' else 'Note'} ({n.author}): {n.text}" for n in one.notes]


def score(summary: IndicatorSummary) -> dict[str, Any]:
    """An indicator as a row of the scorecard."""
    row: dict[str, Any] = {
        "indicator": summary.indicator.title,
        "finding": headline(summary),
        "area": summary.area.name,
        "value": summary.value,
        "unit": summary.indicator.unit.words,
        "status": summary.status.short if summary.value is None else "",
        "period": summary.period_label,
        "tolerance": summary.tolerance.words,
    }
    places = max(1, summary.indicator.decimals)
    for key, compared in summary.comparisons.items():
        row[key] = compared.words
        row[f"{key}_value"] = None if compared.seen is None else round(compared.seen, places)
    return {
        **row,
        "direction_of_travel": words.MOVEMENT_WORDS[summary.movement.verdict],
        "change": summary.change.words,
        "flagged": "yes" if summary.flagged else "",
    }


def method(summary: IndicatorSummary) -> dict[str, str]:
    """How an indicator is defined and judged, as a row."""
    i = summary.indicator
    counted = f"Counted: {words.uncapital(i.numerator)}." if i.numerator else ""
    among = f"Out of: {words.uncapital(i.denominator)}." if i.denominator else ""
    return {
        "indicator": i.title,
        "definition": " ".join(filter(None, (i.definition, counted, among, _stopped(i.note)))),
        "rules": " ".join(rules(summary)),
    }


def _stopped(text: str) -> str:
    """A text with a full stop at its end; nothing for none."""
    return f"{text}." if text and text[-1] not in ".!?" else text


def noted(items: Sequence[Item]) -> list[dict[str, Any]]:
    """The notes and actions of the items, a row each."""
    return [
        {
            "indicator": one.summary.indicator.title,
            "period": n.period,
            "kind": n.kind,
            "text": n.text,
            "owner": n.owner,
            "due": n.due,
            "done": "yes" if n.done_by else "",
            "author": n.author,
            "written": n.written_at.date(),
        }
        for one in items
        for n in one.notes
    ]


def sources(pack: Pack) -> list[dict[str, str]]:
    """Every source of the pack once, a row each."""
    held: dict[str, Source] = {s.source_id: s for one in pack.items for s in one.summary.sources}
    held |= {s.source_id: s for whole in pack.wholes for s in whole.sources}
    return [
        {
            "source": s.citation,
            "supplied_by": s.supplier,
            "licence": s.licence,
            "next_due": s.next_due,
            "note": s.note,
        }
        for s in held.values()
    ]
