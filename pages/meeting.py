"""Meeting: slides for a projected screen, one indicator each, all of them in the page from the start."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import dash
from dash import html

from components import flags, notes
from components.card import caption
from components.markup import Markup, render
from components.shell import currency
from components.site import desk
from safeguarding import slide
from safeguarding.agenda import of_meeting
from safeguarding.charts.chart import Kind
from safeguarding.charts.picture import inline
from safeguarding.charts.rank import ranking
from safeguarding.desk import MEETING, VIEW, Reading
from safeguarding.drawings import drawing
from safeguarding.query import Pick
from safeguarding.sentences import headline
from safeguarding.store.notes import Note
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Comparison, Unit

# the chart's box at a screen of 1920 by 1080, and its text: 2.8 % of the height, 2.2 % on a narrower screen
WIDTH, HEIGHT, TEXT = 1130, 760, 30
MOST_KEPT = 256  # charts of slides


@dataclass(frozen=True)
class Slide:
    """One indicator on the screen: its facts, its chart as SVG (empty where there is none) and its notes."""

    summary: IndicatorSummary
    headline: str
    measure: str
    chart: str
    chart_text: str
    rows: list[tuple[str, flags.Mark]]
    note: str
    notes: str
    form: str


dash.register_page(__name__, path=MEETING, name="Meeting", order=10)


def layout(**address: str | list[str]) -> html.Div:
    """The slides of the address, else the theme headlines and whatever is flagged, in theme order."""
    here = desk()
    view = here.read(address)
    reading = here.reading(view)
    items = of_meeting(view, here.catalogue, reading.summaries)
    picks, summaries = [p for p, _ in items], [s for _, s in items]
    noted = here.noted(view, [s.indicator for s in summaries])
    slides = [_slide(s, p, noted.get(p.indicator_id, []), reading) for p, s in items]
    area = here.catalogue.areas[view.area]
    actions = [n for s in dict.fromkeys(p.indicator_id for p in picks) for n in noted.get(s, []) if n.open]
    body = render(
        "meeting",
        slides=slides,
        area=area.name,
        settings=here.settings,
        partnership=here.partnership,
        release=here.release,
        to=f"as at the end of {view.to}" if view.to else "",
        messages=(*filter(None, [area.lifetime]), *view.messages),
        actions=actions,
        order=here.link(VIEW, replace(view, indicators=tuple(picks))),
        back=here.link("/", view),
        tables=[caption(s) for s in summaries],
        **currency(here.store.latest_period_end(here.release)),
    )
    return html.Div(
        [Markup(body, id="meeting", className="meeting")],
        id="page",
        **{
            "data-path": MEETING,
            "data-address": here.link(MEETING, view),
            "data-title": f"Meeting, {area.name}",
            "data-said": f"Meeting mode: {len(slides)} slides.",
        },
    )


def _slide(summary: IndicatorSummary, pick: Pick, noted: Sequence[Note], reading: Reading) -> Slide:
    said = headline(summary)
    rows = [("Tolerance", flags.tolerance_mark(summary))]
    if all(c.verdict is Comparison.NOT_COMPARED for c in summary.comparisons.values()):
        rows.append(("Comparison", flags.comparison_mark(summary.england)))
    else:
        names = {"england": "England", "region": summary.region.name, "neighbours": "Neighbours"}
        rows += [(names[key], flags.comparison_mark(c)) for key, c in summary.comparisons.items()]
    rows.append(("Direction", flags.movement_mark(summary)))
    printed = [
        said,
        summary.printed,
        summary.period_label,
        summary.indicator.question,
        *(f"{name} {mark.word}" for name, mark in rows),
    ]
    if summary.indicator.unit not in (Unit.PERCENT, Unit.COUNT):
        printed.append(summary.indicator.unit.words)
    room = slide.left(printed)
    # the place stands on the title slide and beside its line: it goes first where words are scarce
    whole, short = f"{summary.indicator.title}, {summary.area.name}", summary.indicator.title
    measure = whole if len(whole.split()) <= room else short
    svg, text = _chart(pick, reading)
    return Slide(
        summary,
        said,
        measure,
        svg,
        text,
        rows,
        slide.newest(noted, room - len(measure.split())),
        notes.listed(list(noted)),
        notes.form(summary),
    )


_kept: dict[tuple[int, Pick, str], tuple[str, str]] = {}


def _chart(pick: Pick, reading: Reading) -> tuple[str, str]:
    """The chart of a slide as SVG for the page, and its text alternative.

    Kept while notes come and go: it depends on the release, the pick and the view alone.
    """
    here = reading.desk
    key = here.release, pick, here.link("/", replace(reading.view, show="trend", flagged_only=False))
    found = _kept.get(key) or _drawn(pick, reading)
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[key] = found
    return found


def _drawn(pick: Pick, reading: Reading) -> tuple[str, str]:
    view = reading.view
    if pick.show == "trend":
        # four lines at most: the area in focus and the first three to compare with
        view = replace(view, compare=view.compare[: slide.MOST_LINES - 1])
    summary = reading.summary(reading.desk.catalogue.indicators[pick.indicator_id], view)
    drawn_as_bars = [r for r in summary.rankings if r.bars]
    if pick.show == "rank" and drawn_as_bars:
        ranked = slide.around(min(drawn_as_bars, key=lambda r: len(r.bars)))
        chart, text = ranking(ranked, summary.indicator), f"{summary.sentence} {ranked.place}"
    else:
        drawn = drawing(summary, Kind(pick.show)) if pick.show in ("trend", "control") else None
        if drawn is None:
            return "", ""
        chart, text = drawn.chart, drawn.text
    return inline(chart, WIDTH, HEIGHT, TEXT), text
