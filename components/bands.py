"""Bands: the parts of a whole over time, side by side on one scale."""

from collections.abc import Sequence

from dash import html

from components import flags
from components.markup import Markup, render
from components.site import desk
from safeguarding import periods, words
from safeguarding.charts.drawn import fluid
from safeguarding.charts.trend import side_by_side
from safeguarding.lines import Point
from safeguarding.query import Query
from safeguarding.so_what import hidden
from safeguarding.store.report import Part
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Role

HEIGHT = 170  # pixels of each chart


def bands(parts: Sequence[Part], summaries: Sequence[IndicatorSummary], view: Query) -> html.Article:
    """The card of one whole, whose `parts` have these summaries: each with its figure, what is judged of it
    and a small chart; one table of all. Each name leads to the page of its indicator, where the rest is.
    """
    whole = parts[0]
    names = {p.indicator_id: p.part for p in parts}
    seen = [
        {
            "s": s,
            "name": names[s.indicator.indicator_id],
            "link": desk().link(f"/indicator/{s.indicator.indicator_id}", view),
            "hooks": flags.hooks(s),
            "marks": [flags.tolerance_chip(s), flags.comparison_chip(s), flags.direction_chip(s)],
            "hidden": hidden(s),
            "drawn": fluid(chart, s.indicator.indicator_id, HEIGHT),
        }
        for s, chart in zip(summaries, side_by_side(summaries), strict=True)
    ]
    held = sorted({p for s in summaries for p in s.periods}, reverse=True)
    kind = summaries[0].indicator.year_type
    table = [(words.capital(periods.label(p, kind)), [(s, _point(s, p)) for s in summaries]) for p in held]
    drawn = {line.role for s in summaries for line in s.lines}
    about = {"area": summaries[0].area.name, "with_england": Role.ENGLAND in drawn}
    body = render("bands", whole=whole, bands=seen, table=table, **about)
    name = whole.breakdown_id
    return html.Article(
        Markup(body, id=f"bands-{name}"), className="card bands", **{"aria-labelledby": f"bands-title-{name}"}
    )


def _point(summary: IndicatorSummary, period: str) -> Point | None:
    """What the area in focus has in a period; None where the indicator is not held there."""
    drawn = summary.periods
    return summary.lines[0].points[drawn.index(period)] if period in drawn else None
