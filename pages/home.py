"""Home: what needs attention, how a year went from contact to care, and the scorecard of every indicator."""

from datetime import date
from itertools import groupby

import dash
from dash import html

from components import flags, notes, packing
from components.markup import Markup, render
from components.save import save
from components.shell import shell
from components.site import desk
from safeguarding.charts.svg import spark, spine
from safeguarding.desk import MEETING, Reading
from safeguarding.drawings import spine_offer
from safeguarding.journey import SAME_YEAR, journey
from safeguarding.query import Query
from safeguarding.sentences import theme_sentence
from safeguarding.store.notes import Note
from safeguarding.summaries import IndicatorSummary
from safeguarding.themes import Theme, page_of

dash.register_page(__name__, path="/", name="Home", order=0)


def layout(**address: str | list[str]) -> html.Div:
    """The journey, open actions and the scorecard; flagged indicators alone where the view says so."""
    here = desk()
    view = here.read(address)
    every = list(here.catalogue.indicators.values())
    reading = here.reading(view)
    summaries = reading.summaries(every)
    actions = [n for noted in here.noted(view).values() for n in noted if n.open]
    return shell(
        "/",
        "What needs attention",
        view,
        [
            Markup(_journey(reading), id="journey"),
            *([Markup(_open(actions, view), id="actions")] if actions else []),
            Markup(_scorecard(summaries, view), id="scorecard"),
            Markup(packing.form(view, MEETING), id="packing", className="packing"),
        ],
        lead=theme_sentence(summaries),
        ways=[("Meeting mode", here.link(MEETING, view))],
        without=("show", "compare"),
    )


def _journey(reading: Reading) -> str:
    """The strip from contact to care: a count for each step, with the way to its theme."""
    stages = [
        {"stage": stage, "link": desk().link(f"/{stage.step.theme}", reading.view)}
        for stage in journey(reading.view, reading.figures)
    ]
    return render("journey", stages=stages, caption=SAME_YEAR)


def _open(actions: list[Note], view: Query) -> str:
    """The open actions, the one that is due first at the top."""
    due_first = sorted(actions, key=lambda n: (n.due or date.max, n.note_id))
    return render("actions", listed=notes.listed(due_first, view))


def _scorecard(summaries: list[IndicatorSummary], view: Query) -> str:
    """What is flagged as a list, then a table and a spine chart for each theme."""
    here = desk()
    flagged = [s for s in summaries if s.flagged]
    rows = flagged if view.flagged_only else summaries
    made = {s.indicator.indicator_id: _row(s, view) for s in rows}
    groups = [
        {
            "name": page.name,
            "path": here.link(page.path, view),
            "rows": [made[s.indicator.indicator_id] for s in members],
        }
        for page, members in _by_theme(rows)
    ]
    spines = [
        {
            "name": page.name,
            "rows": [{**made[s.indicator.indicator_id], "spine": spine(s)} for s in members if s.placed],
            "menu": save(spine_offer(page.name, page.theme_id, members), view, "/"),
        }
        for page, members in _by_theme([s for s in rows if s.placed])
    ]
    region = here.catalogue.region_of(view.area)
    return render(
        "home",
        flagged=[made[s.indicator.indicator_id] for s in flagged],
        groups=groups,
        spines=spines,
        area=here.catalogue.areas[view.area].name,
        region=region.name if region else "Region",
        only=view.flagged_only,
    )


def _row(summary: IndicatorSummary, view: Query) -> dict:
    """One indicator's row of the scorecard."""
    return {
        "s": summary,
        "link": desk().link(f"/indicator/{summary.indicator.indicator_id}", view),
        "hooks": flags.hooks(summary),
        "tolerance": flags.tolerance_mark(summary),
        "comparisons": [flags.comparison_mark(c) for c in summary.comparisons.values()],
        "movement": flags.movement_mark(summary),
        "spark": spark(summary),
    }


def _by_theme(summaries: list[IndicatorSummary]) -> list[tuple[Theme, list[IndicatorSummary]]]:
    """Summaries under the page of their theme, in their order."""
    grouped = groupby(summaries, key=lambda s: page_of(s.indicator.theme))
    return [(page, list(members)) for page, members in grouped]
