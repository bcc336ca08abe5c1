"""Meeting: slides for a projected screen, one indicator each, all of them in the page from the start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

import dash
from dash import html

from components import flags, notes
from components.card import caption
from components.markup import Markup, render
from components.site import desk
from safeguarding import periods, slide
from safeguarding.agenda import in_order, of_meeting
from safeguarding.charts.chart import Kind
from safeguarding.charts.drawn import fixed
from safeguarding.charts.rank import ranking
from safeguarding.desk import MEETING, VIEW, Reading
from safeguarding.disclosure.audience import Audience
from safeguarding.discuss import conclusion
from safeguarding.drawings import drawing
from safeguarding.query import Pick
from safeguarding.so_what import chosen
from safeguarding.store.notes import Note
from safeguarding.summaries import IndicatorSummary, until

# a chart's box and its text: at a screen of 1920 by 1080, where it is 2.8 % of the height (2.2 % on a smaller
# one), and on a phone, which has 358 pixels for it
WIDTH, HEIGHT, TEXT = 1130, 760, 30
ON_PHONE = 350, 330, 16
MOST_KEPT = 256  # charts of slides


@dataclass(frozen=True)
class Slide:
    """One indicator on the screen: what is said of it, its chart as SVG for a screen and for a phone (empty
    where there is none), its verdicts with their marks, and its notes.
    """

    summary: IndicatorSummary
    said: slide.Said
    chart: str
    on_phone: str
    chart_text: str
    rows: list[tuple[str, flags.Mark]]
    notes: str
    form: str


dash.register_page(__name__, path=MEETING, name="Meeting", order=10)


def layout(**address: str | list[str]) -> html.Div:
    """The slides of the address, else what is to be discussed today."""
    here = desk()
    view = here.read(address)
    reading = here.reading(view)
    items = of_meeting(view, here.catalogue, reading.summaries)
    picks, summaries = [p for p, _ in items], [s for _, s in items]
    noted = here.noted(view, [s.indicator for s in summaries])
    slides = [_slide(s, p, noted.get(p.indicator_id, []), reading) for p, s in items]
    area = here.catalogue.areas[view.area]
    today = date.today()
    actions = _open(here.noted(view))
    agreed = [n for n in actions if n.written_at.date() == today]
    body = render(
        "meeting",
        slides=slides,
        area=area.name,
        concluding="" if view.slides else conclusion(reading.summaries(in_order(here.catalogue))),
        settings=here.settings,
        partnership=here.partnership,
        release=here.release,
        audience=here.audience,
        to=f"as at the end of {view.to}" if view.to else "",
        messages=(*filter(None, [here.catalogue.lifetime(view.area)]), *view.messages),
        actions=[n for n in actions if n not in agreed],
        agreed=agreed,
        titles={n.indicator_id: _title(n) for n in actions},
        late=sum(n.overdue(today) for n in actions),
        day=today,
        today=periods.in_words(today),
        order=here.link(VIEW, replace(view, indicators=tuple(picks))),
        back=here.link("/", view),
        tables=[caption(s) for s in summaries],
        until=periods.in_words(last) if (last := until(summaries)) else "",
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


def _open(noted: Mapping[str, list[Note]]) -> list[Note]:
    """The open actions of an area, the one that is due first at the top."""
    found = [n for notes_of in noted.values() for n in notes_of if n.open]
    return sorted(found, key=lambda n: (n.due or date.max, n.note_id))


def _title(note: Note) -> str:
    """The short title of the indicator that a note is about; its id where it is known no more."""
    known = desk().catalogue.indicators.get(note.indicator_id)
    return known.short_title if known else note.indicator_id


def _slide(summary: IndicatorSummary, pick: Pick, noted: Sequence[Note], reading: Reading) -> Slide:
    said = slide.said(summary, noted)
    charts = _charts(pick, reading)
    marks = zip(said.rows, _marks(summary), strict=True)
    rows = [(name, replace(mark, word=word)) for (name, word), mark in marks]
    written = notes.form(summary) or ("" if noted else notes.NONE)
    return Slide(summary, said, *charts, rows, notes.listed(list(noted)), written)


def _marks(summary: IndicatorSummary) -> list[flags.Mark]:
    """The marks of the verdicts that the slide says, in the same order."""
    compared = [flags.comparison_mark(c) for _, _, c in slide.compared(summary)]
    marks = [flags.tolerance_mark(summary), *compared, flags.movement_mark(summary)]
    if summary.change.short:
        marks.append(flags.change_mark(summary) or flags.Mark("", "", "none"))
    return marks


_keeping = Lock()
_kept: dict[tuple[Audience, int, Pick, str], tuple[str, str, str]] = {}


def _charts(pick: Pick, reading: Reading) -> tuple[str, str, str]:
    """The chart of a slide as SVG, for a screen and for a phone, and its text alternative.

    Kept while notes come and go: it depends on the reader, the release, the pick and the view alone.
    """
    here = reading.desk
    shortest = here.link("/", replace(reading.view, show="trend", flagged_only=False))
    key = here.audience, here.release, pick, shortest
    with _keeping:
        found = _kept.get(key)
    if found is None:
        found = _drawn(pick, reading)
        with _keeping:
            _kept[key] = found
            while len(_kept) > MOST_KEPT:  # what was drawn first goes first, with the releases of before
                del _kept[next(iter(_kept))]
    return found


def _drawn(pick: Pick, reading: Reading) -> tuple[str, str, str]:
    view = reading.view
    if pick.show == "trend":
        added = [area.area_code for area in chosen(view, reading.desk.catalogue)]
        view = replace(view, compare=slide.lined(view.compare, added))
    summary = reading.summary(reading.desk.catalogue.indicators[pick.indicator_id], view)
    drawn_as_bars = [r for r in summary.rankings if r.bars]
    if pick.show == "rank" and drawn_as_bars:
        ranked = slide.around(min(drawn_as_bars, key=lambda r: len(r.bars)))
        chart, text = ranking(ranked, summary.indicator), f"{summary.sentence} {ranked.place}"
    else:
        drawn = drawing(summary, Kind(pick.show)) if pick.show not in ("rank", "table") else None
        if drawn is None:
            return "", "", ""
        chart, text = drawn.chart, drawn.text
    name = summary.indicator.indicator_id
    return fixed(chart, name, WIDTH, HEIGHT, TEXT), fixed(chart, name, *ON_PHONE), text
