"""Indicator: one indicator in full."""

from dataclasses import replace

import dash
from dash import html

from components import notes
from components.card import caption, chart, csv_address, facts, pictures
from components.flags import hooks
from components.markup import Markup, render
from components.not_found import not_found
from components.save import save
from components.shell import shell
from components.site import desk
from safeguarding.charts.chart import Kind
from safeguarding.charts.control import control
from safeguarding.charts.funnel import funnel
from safeguarding.drawings import offers
from safeguarding.query import Query
from safeguarding.summaries import IndicatorSummary
from safeguarding.themes import page_of


def exists(indicator_id: str) -> bool:
    """Is there such a page? The server answers for one that is not with status 404."""
    return indicator_id in desk().catalogue.indicators


dash.register_page(
    __name__, path_template="/indicator/<indicator_id>", name="Indicator", order=9, exists=exists
)


def layout(indicator_id: str | list[str] = "", **address: str | list[str]) -> html.Div:
    """Trend, rankings, the full table, the definition and the rules of one indicator.

    A plain message for an unknown one, and where the address carries a key of the same name.
    """
    if not isinstance(indicator_id, str) or not exists(indicator_id):
        return not_found(f"/indicator/{indicator_id if isinstance(indicator_id, str) else ''}", address)
    here = desk()
    view = here.read(address)
    indicator = here.catalogue.indicators[indicator_id]
    partner = here.catalogue.indicators.get(indicator.read_with)
    summary, *together = here.summaries([indicator, *([partner] if partner else [])], view)
    page = page_of(indicator.theme)
    noted = here.noted(view, [indicator]).get(indicator_id, [])
    content = html.Article(
        [
            Markup(facts(summary, view), id=f"facts-{indicator_id}", className="facts"),
            html.Div([*pictures(summary, "trend"), *_menus(summary, view, Kind.TREND)], id="pictures-trend"),
            *[_together(other, view) for other in together],
            _process(summary, view),
            _by_size(summary, view),
            html.Section(
                [
                    html.H2("Rank", id="rank-heading"),
                    *pictures(summary, "rank", html.H3),
                    *_menus(summary, view, Kind.RANK),
                ],
                id="section-rank",
                **{"aria-labelledby": "rank-heading"},
            ),
            html.Section(
                [
                    html.H2("Notes and actions", id="notes"),
                    Markup(notes.listed(noted) + notes.form(summary), id="noted"),
                ],
                id="section-notes",
                **{"aria-labelledby": "notes"},
            ),
            Markup(
                render(
                    "indicator",
                    s=summary,
                    caption=caption(summary),
                    csv=csv_address(summary, view),
                    rules=here.catalogue.tolerances.get(indicator_id, ()),
                    theme=page.name,
                    theme_link=here.link(page.path, view),
                    all_years=here.link(f"/indicator/{indicator_id}", replace(view, since=None))
                    if view.since
                    else "",
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


def _menus(summary: IndicatorSummary, view: Query, kind: Kind) -> list[Markup]:
    """The ways to take away the charts of a kind."""
    name = summary.indicator.indicator_id
    return [
        Markup(
            render("saving", menu=save(o, view, f"/indicator/{name}")), id=f"save-{o.name}", className="foot"
        )
        for o in offers(summary, kind)
    ]


def _together(other: IndicatorSummary, view: Query) -> html.Section:
    """The indicator that must be read together with this one, drawn beneath it."""
    link = desk().link(f"/indicator/{other.indicator.indicator_id}", view)
    top = Markup(render("together", s=other, link=link), id="together-top", className="facts")
    return html.Section(
        [top, html.Div(pictures(other, "trend"), id="pictures-together")],
        id="section-together",
        **{"aria-labelledby": "together"},
    )


def _process(summary: IndicatorSummary, view: Query) -> html.Section:
    """The control chart of the area's own series, and of its difference from England."""
    name = summary.indicator.indicator_id
    parts: list = [html.H2("Control chart", id="control-heading")]
    apart = summary.difference
    charts = (
        ("own", Kind.CONTROL, f"{summary.area.name}, year by year", summary),
        ("gap", Kind.DIFFERENCE, f"{summary.area.name} less England", apart),
    )
    for key, kind, title, one in charts:
        if one is None:
            continue
        seen = one.control
        parts += [
            html.H3(title, id=f"control-{key}-title"),
            html.P(seen.text, id=f"control-{key}-text", className="small"),
        ]
        if seen.segments:
            parts.append(
                chart(
                    control(one, kind), f"control-{key}-{name}", f"control-{key}-title", f"control-{key}-text"
                )
            )
            parts += _menus(summary, view, kind)
    parts.append(
        html.P(
            "To look at: an annual control chart never sets the verdict. A triangle marks a special cause.",
            className="small",
        )
    )
    return html.Section(parts, id="section-control", **{"aria-labelledby": "control-heading"})


def _by_size(summary: IndicatorSummary, view: Query) -> html.Section:
    """The funnel, its sentence and its table."""
    name, seen = summary.indicator.indicator_id, summary.funnel
    parts: list = [
        html.H2("Funnel", id="funnel-heading"),
        html.P(seen.text, id="funnel-text", className="small"),
    ]
    if seen.spots:
        parts.append(
            chart(funnel(seen, summary.indicator), f"funnel-{name}", "funnel-heading", "funnel-text")
        )
        parts.append(Markup(render("funnel", s=summary, f=seen), id="funnel-table", className="foot"))
        parts += _menus(summary, view, Kind.FUNNEL)
    return html.Section(parts, id="section-funnel", **{"aria-labelledby": "funnel-heading"})
