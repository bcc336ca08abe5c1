"""Indicator page: one indicator in full."""

from collections.abc import Mapping
from dataclasses import replace

from dash import html

from components.card import caption, facts, pictures
from components.flags import hooks
from components.home_page import theme_of
from components.markup import Markup, render
from components.not_found import not_found
from components.shell import shell
from components.site import site
from safeguarding.summaries import Figures, summarise


def indicator_page(indicator_id: str, address: Mapping[str, str | list[str]]) -> html.Div:
    """Trend, rankings, the full table, the definition and the rules of one indicator; a plain message for an unknown one."""
    here = site()
    view = here.read(address)
    indicator = here.catalogue.indicators.get(indicator_id)
    if indicator is None:
        return not_found(f"/indicator/{indicator_id}", address)
    figures = Figures.fetch(here.store, here.release, [indicator], view)
    summary = summarise(indicator, view, figures)
    name, path = theme_of(indicator.theme)
    content = html.Article(
        [
            Markup(facts(summary, view), id=f"facts-{indicator_id}", className="facts"),
            html.Div(pictures(summary, "trend"), id="pictures-trend"),
            html.Section(
                [html.H2("Rank", id="rank-heading"), *pictures(summary, "rank")],
                id="section-rank",
                **{"aria-labelledby": "rank-heading"},
            ),
            Markup(
                render(
                    "indicator",
                    s=summary,
                    caption=caption(summary),
                    rules=here.catalogue.tolerances.get(indicator_id, ()),
                    theme=name,
                    theme_link=here.link(path, view),
                    all_years=here.link(f"/indicator/{indicator_id}", replace(view, since=None)) if view.since else "",
                ),
                id=f"foot-{indicator_id}",
                className="foot",
            ),
        ],
        id=f"card-{indicator_id}",
        className="card whole",
        **hooks(summary),
    )
    return shell(f"/indicator/{indicator_id}", indicator.title, view, [content], without=("show", "only"))
