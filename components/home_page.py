"""Home page: what needs attention, then the scorecard of every indicator."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from dash import html

from components import flags, notes, packs
from components.exports import save
from components.markup import Markup, render
from components.shell import shell
from components.site import MEETING, site
from safeguarding.charts.svg import spark, spine
from safeguarding.drawings import spine_offer
from safeguarding.figures import Figures
from safeguarding.journey import SAME_YEAR, journey
from safeguarding.query import Query
from safeguarding.sentences import theme_sentence
from safeguarding.store.notes import Note
from safeguarding.summaries import IndicatorSummary
from safeguarding.themes import page_of


def home_page(address: Mapping[str, str | list[str]]) -> html.Div:
    """The home page: flagged indicators as a list, and the scorecard by theme (flagged ones alone where the view says so)."""
    here = site()
    view = here.read(address)
    summaries = here.summaries(list(here.catalogue.indicators.values()), view)
    flagged = [s for s in summaries if s.flagged]
    rows = flagged if view.flagged_only else summaries

    def row(summary: IndicatorSummary) -> dict:
        return {
            "s": summary,
            "link": here.link(f"/indicator/{summary.indicator.indicator_id}", view),
            "hooks": flags.hooks(summary),
            "tolerance": flags.tolerance_mark(summary),
            "comparisons": [flags.comparison_mark(c) for c in summary.comparisons.values()],
            "movement": flags.movement_mark(summary),
            "spark": spark(summary),
        }

    made = {s.indicator.indicator_id: row(s) for s in rows}
    groups = [
        {
            "name": name,
            "path": here.link(path, view),
            "rows": [made[s.indicator.indicator_id] for s in members],
        }
        for (name, path), members in _by_theme(rows)
    ]
    region = here.catalogue.region_of(view.area)
    spines = [
        {
            "name": name,
            "rows": [{**made[s.indicator.indicator_id], "spine": spine(s)} for s in members if s.placed],
            "menu": save(spine_offer(name, path.strip("/"), members), view, "/"),
        }
        for (name, path), members in _by_theme([s for s in rows if s.placed])
    ]
    html_ = render(
        "home",
        flagged=[made[s.indicator.indicator_id] for s in flagged],
        groups=groups,
        spines=spines,
        area=here.catalogue.areas[view.area].name,
        region=region.name if region else "Region",
        only=view.flagged_only,
    )
    counted = [here.catalogue.indicators[s.indicator_id] for s in here.catalogue.journey if s.indicator_id]
    figures = Figures.fetch(here.store, here.release, counted, view)
    stages = [
        {"stage": stage, "link": here.link(f"/{stage.step.theme}", view)} for stage in journey(view, figures)
    ]
    actions = [n for noted in here.noted(view).values() for n in noted if n.open]
    strip = Markup(render("journey", stages=stages, caption=SAME_YEAR), id="journey")
    return shell(
        "/",
        "What needs attention",
        view,
        [
            strip,
            *([Markup(_open(actions, view), id="actions")] if actions else []),
            Markup(html_, id="scorecard"),
            Markup(packs.form(view, MEETING), id="packing", className="packing"),
        ],
        lead=theme_sentence(summaries),
        ways=[("Meeting mode", here.link(MEETING, view))],
        without=("show", "compare"),
    )


def _by_theme(summaries: list[IndicatorSummary]) -> list[tuple[tuple[str, str], list[IndicatorSummary]]]:
    """Summaries under the name and the path of their page, in their order."""
    return [
        ((page.name, page.path), list(members))
        for page, members in groupby(summaries, key=lambda s: page_of(s.indicator.theme))
    ]


def _open(actions: list[Note], view: Query) -> str:
    """The open actions, the one that is due first at the top."""
    return render(
        "actions", listed=notes.listed(sorted(actions, key=lambda n: (n.due or date.max, n.note_id)), view)
    )
