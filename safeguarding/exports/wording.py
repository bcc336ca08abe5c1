"""Wording: what every kind of document says of an indicator and of the pack, in the same words."""

from collections.abc import Sequence
from typing import Any

from safeguarding import words
from safeguarding.exports.pack import Item, Pack
from safeguarding.sentences import headline
from safeguarding.store.tables import Source
from safeguarding.summaries import IndicatorSummary

PARTS = "Parts of the whole"
NOTES = "Notes and actions"


def verdicts(summary: IndicatorSummary) -> list[str]:
    """The three verdicts in words, a line each."""
    lines = [f"Tolerance: {summary.tolerance.words}"]
    for c in summary.comparisons.values():
        value = f" ({c.printed})" if c.printed else ""
        lines.append(f"{words.capital(c.name)}: {c.words.lower()}{value}")
    return [*lines, f"Direction of travel: {words.MOVEMENT_WORDS[summary.movement.verdict].lower()}"]


def rules(summary: IndicatorSummary) -> list[str]:
    """The rule behind each verdict, a line each: what it is of, a colon, the rule."""
    compared = [f"{words.capital(c.name)}: {c.told}" for c in summary.comparisons.values()]
    tolerance = f"Tolerance: {summary.tolerance.told}"
    return [tolerance, *compared, f"Direction of travel: {summary.movement.method}"]


def made(pack: Pack) -> str:
    """Who made the pack, from which release, with which filters, marked as what: a line at the foot."""
    origin = pack.origin
    marked = f"{origin.marking}. " if origin.marking else ""
    return f"{marked}{pack.partnership}. Release {origin.held}. {origin.filters} {origin.link}"


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
        row[f"{key}_value"] = None if compared.benchmark is None else round(compared.benchmark, places)
    return {
        **row,
        "direction_of_travel": words.MOVEMENT_WORDS[summary.movement.verdict],
        "change": summary.movement.change,
        "flagged": "yes" if summary.flagged else "",
    }


def method(summary: IndicatorSummary) -> dict[str, str]:
    """How an indicator is defined and judged, as a row."""
    i = summary.indicator
    return {
        "indicator": i.title,
        "definition": i.definition,
        "counted": i.numerator,
        "out_of": i.denominator,
        "rules": " ".join(rules(summary)),
        "note": i.note,
    }


def noted(items: Sequence[Item]) -> list[dict[str, str]]:
    """The notes and actions of the items, a row each."""
    return [
        {
            "indicator": one.summary.indicator.title,
            "period": n.period,
            "kind": n.kind,
            "text": n.text,
            "owner": n.owner,
            "due": n.due.isoformat() if n.due else "",
            "done": "yes" if n.done_by else "",
            "author": n.author,
            "written": n.written_at.date().isoformat(),
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
