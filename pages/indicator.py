"""Indicator: one indicator in full."""

from dataclasses import replace

import dash
from dash import html

from components import notes
from components.card import caption, csv_address, facts, pictures
from components.chart import chart
from components.flags import hooks
from components.markup import Markup, render
from components.not_found import not_found
from components.save import save
from components.shell import shell
from components.site import desk, may_write
from safeguarding import words
from safeguarding.captions import CUT
from safeguarding.charts.chart import Kind
from safeguarding.charts.control import control
from safeguarding.charts.funnel import funnel
from safeguarding.drawings import offers
from safeguarding.history import history, told
from safeguarding.query import Query
from safeguarding.so_what import so_what
from safeguarding.summaries import IndicatorSummary
from safeguarding.themes import page_of
from safeguarding.verdicts.counts import Confidence


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
    written = [*noted, *here.removed(view, indicator)]
    source = Markup(render("source", s=summary), id="source-trend")
    charts = html.Div(
        [*pictures(summary, "trend"), source, *_menus(summary, view, Kind.TREND)], id="pictures-trend"
    )
    folds = [
        *[_fold("together", "Read together with", [_together(other, view)]) for other in together],
        _fold("rank", "Rank", [*pictures(summary, "rank", html.H3), *_menus(summary, view, Kind.RANK)]),
        _fold("control", "Control chart", _process(summary, view)),
        _fold("funnel", "Funnel", _by_size(summary, view)),
        _fold("weight", "What the figure can bear", [_weight(summary)]),
        _fold("numbers", "The numbers", [_numbers(summary, view)]),
        _fold("meaning", "What it means, and its tolerance", [_meaning(summary)]),
        _fold(
            "notes",
            f"Notes and actions{f' ({len(noted)})' if noted else ''}",
            [
                Markup(
                    (notes.listed(written) + notes.form(summary)) or notes.NONE,
                    id="noted",
                )
            ],
        ),
    ]
    so = render(
        "so_what", s=summary, facts=so_what(summary), note=next(iter(noted), None), writes=may_write()
    )
    back = render("back", theme=page.name, link=here.link(page.path, view))
    content = html.Article(
        [
            html.Div(
                [
                    html.Div(
                        [Markup(facts(summary, view), id=f"facts-{indicator_id}", className="facts"), charts],
                        id="seen",
                    ),
                    html.Section(Markup(so, id="so"), id="aside", **{"aria-labelledby": "so-what"}),
                ],
                id="first",
                className="first",
            ),
            Markup(render("anchors", places=[(f.id, _name(f)) for f in folds]), id="anchors"),
            html.Div(folds, id="folds", className="folds"),
            Markup(back, id="back"),
        ],
        id=f"card-{indicator_id}",
        className="card whole",
        **hooks(summary),
    )
    return shell(f"/indicator/{indicator_id}", indicator.title, view, [content], without=("show", "only"))


def _fold(name: str, title: str, parts: list) -> html.Details:
    """What is folded until a reader opens it, or follows a link to it; paper shows it all."""
    heading = html.H2(title, id=f"{name}-heading")
    return html.Details(
        [html.Summary(heading, id=f"{name}-summary"), html.Div(parts, id=f"{name}-parts")],
        id=name,
        className="fold",
    )


def _name(fold: html.Details) -> str:
    return fold.children[0].children.children


def _numbers(summary: IndicatorSummary, view: Query) -> Markup:
    """Every figure as a table, with its sources, and what to know about these years."""
    name = summary.indicator.indicator_id
    body = render(
        "numbers",
        s=summary,
        caption=caption(summary),
        csv=csv_address(summary, view),
        all_years=desk().link(f"/indicator/{name}", replace(view, since=None)) if view.since else "",
    )
    return Markup(body, id=f"foot-{name}", className="foot")


def _meaning(summary: IndicatorSummary) -> Markup:
    """The definition, and the tolerance with its rules over time."""
    rules = desk().catalogue.tolerances.get(summary.indicator.indicator_id, ())
    return Markup(render("meaning", s=summary, rules=rules), id="meant")


def _menus(summary: IndicatorSummary, view: Query, kind: Kind) -> list[Markup]:
    """The ways to take away the charts of a kind."""
    name, found = summary.indicator.indicator_id, offers(summary, kind)
    return [
        Markup(
            # two rankings side by side: which one is saved has to be seen
            render("saving", menu=save(o, view, f"/indicator/{name}"), one_of=len(found)),
            id=f"save-{o.name}",
            className="foot",
        )
        for o in found
    ]


def _together(other: IndicatorSummary, view: Query) -> html.Div:
    """The indicator that must be read together with this one, drawn beneath it."""
    link = desk().link(f"/indicator/{other.indicator.indicator_id}", view)
    top = Markup(render("together", s=other, link=link), id="together-top", className="facts")
    return html.Div([top, html.Div(pictures(other, "trend"), id="pictures-together")], id="joined")


def _weight(summary: IndicatorSummary) -> Markup:
    """How sure the figure is, where its change comes from, what to expect, when it was flagged before."""
    seen = summary.interval(summary.latest) if summary.latest else Confidence(None)
    method, around = seen.method, seen.interval
    if around:
        decimals = max(1, summary.indicator.decimals)
        method += f", {' to '.join(words.shown(end, summary.indicator, decimals) for end in around)}"
    unseen = next((c.worth for c in summary.comparisons.values() if c.unseen is not None), "")
    past = told(history(summary), summary.flagged)
    body = render("weight", s=summary, interval=method, unseen=unseen, history=past)
    return Markup(body, id="weighed", className="weighed")


def _process(summary: IndicatorSummary, view: Query) -> list:
    """The control chart of the area's own series, and of its difference from England."""
    name = summary.indicator.indicator_id
    parts: list = []
    apart = summary.difference
    # what is left of England's drift is the area's own: that comes first
    charts = (
        ("gap", Kind.DIFFERENCE, f"{summary.area.name}’s gap to England", apart),
        ("own", Kind.CONTROL, f"{summary.area.name}, year by year", summary),
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
                    control(one, kind),
                    name,
                    kind.value,
                    view,
                    f"control-{key}-{name}",
                    f"control-{key}-title",
                    f"control-{key}-text",
                )
            )
            parts += _menus(summary, view, kind)
    if any(one is not None and one.control.segments for *_, one in charts):
        said = "A triangle marks a point that is unusual against its own past. It decides no verdict."
        parts.append(html.P(said, className="small"))
    return parts


def _by_size(summary: IndicatorSummary, view: Query) -> list:
    """The funnel, its sentence and its table."""
    name, seen = summary.indicator.indicator_id, summary.funnel
    drawn = funnel(seen, summary.indicator, view.compare) if seen.spots else None
    cut = f" {CUT}" if drawn and drawn.ticks[0] else ""
    parts: list = [html.P(seen.text + cut, id="funnel-text", className="small")]
    if drawn:
        parts.append(
            chart(
                drawn,
                name,
                "funnel",
                view,
                f"funnel-{name}",
                "funnel-heading",
                "funnel-text",
            )
        )
        parts.append(Markup(render("funnel", s=summary, f=seen), id="funnel-table", className="foot"))
        parts += _menus(summary, view, Kind.FUNNEL)
    return parts
