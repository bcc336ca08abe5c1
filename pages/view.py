"""View: a view of one's own. Which indicators, in which order, as which charts: all of it in the address."""

from collections.abc import Sequence
from dataclasses import replace

import dash
from dash import html

from components import packing
from components.card import card
from components.markup import Markup, render
from components.shell import shell
from components.site import desk
from safeguarding.agenda import in_order
from safeguarding.desk import MEETING, VIEW
from safeguarding.query import PICKED, Pick, Query
from safeguarding.themes import page_of

dash.register_page(__name__, path=VIEW, name="Your view", order=9)


def layout(**address: str | list[str]) -> html.Div:
    """The indicators that the reader has picked, each as the chart picked for it, and what to pick with."""
    here = desk()
    view = here.read(address)
    picks = view.indicators
    indicators = [here.catalogue.indicators[p.indicator_id] for p in picks]
    summaries = here.summaries(indicators, view)
    noted = here.noted(view, indicators)
    cards = [
        card(s, replace(view, show=p.show), noted.get(p.indicator_id, []))
        for p, s in zip(picks, summaries, strict=True)
    ]
    ways = [("Meeting mode", here.link(MEETING, replace(view, slides=picks)))] if picks else []
    return shell(
        VIEW,
        "Your view",
        view,
        [
            Markup(_picker(view), id="picker", className="picker"),
            html.Section(
                [
                    html.H2("The indicators", id="picked-title", className="unseen"),
                    html.Div(cards, id="picked", className="cards"),
                ],
                id="section-picked",
                **{"aria-labelledby": "picked-title"},
            ),
            *([Markup(packing.form(view, VIEW), id="packing", className="packing")] if picks else []),
        ],
        lead=""
        if picks
        else "Pick the indicators that belong together for you. "
        "The address holds the choice: copy the link to keep it or to send it on.",
        without=("show", "only"),
        ways=ways,
    )


def _picker(view: Query) -> str:
    here = desk()
    picks = view.indicators

    def to(changed: Sequence[Pick]) -> str:
        return here.link(VIEW, replace(view, indicators=tuple(changed)))

    rows = []
    for k, pick in enumerate(picks):
        others = [*picks[:k], *picks[k + 1 :]]
        rows.append(
            {
                "title": here.catalogue.indicators[pick.indicator_id].title,
                "up": to([*others[: k - 1], pick, *others[k - 1 :]]) if k else "",
                "down": to([*others[: k + 1], pick, *others[k + 1 :]]) if k < len(picks) - 1 else "",
                "out": to(others),
                "shows": [
                    (name, to([*picks[:k], pick._replace(show=show), *picks[k + 1 :]]), show == pick.show)
                    for show, name in PICKED.items()
                ],
            }
        )
    held = {p.indicator_id for p in picks}
    groups: dict[str, list[tuple[str, str]]] = {}
    for i in in_order(here.catalogue):
        if i.indicator_id not in held:
            groups.setdefault(page_of(i.theme).name, []).append((i.indicator_id, i.title))
    carried = [(k, v) for k, v in here.keys_of(VIEW, view).items() if isinstance(v, str)]
    return render("picker", rows=rows, groups=groups, carried=carried, path=VIEW)
