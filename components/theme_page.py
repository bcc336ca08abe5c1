"""Theme page: a sentence that concludes, tiles as contents, cards for what there is to see, rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dash import html

from components import flags, packing
from components.bands import bands
from components.card import card
from components.markup import Markup, render
from components.parts_card import parts_card
from components.shell import shell
from components.site import desk
from components.statements import reports
from safeguarding import periods, words
from safeguarding.breakdowns import Breakdown
from safeguarding.charts.svg import spark
from safeguarding.desk import DATA, MEETING, Reading
from safeguarding.prominent import Arranged, arranged, counted, folded_in_short, theme_conclusion
from safeguarding.query import Pick, Query
from safeguarding.store.notes import Note
from safeguarding.summaries import IndicatorSummary
from safeguarding.themes import page_of


def theme_page(theme: str, address: Mapping[str, str | list[str]]) -> html.Div:
    """The page of a theme (or `context`, which gathers workforce, population, health and early years).

    Rankings, control charts and tables are shown of all: who asks for them has asked for more than news.
    """
    here = desk()
    view = here.read(address)
    indicators = here.catalogue.theme(theme)
    reading = here.reading(view)
    summaries = reading.summaries(indicators)
    flagged = [s for s in summaries if s.flagged]
    parts = [p for p in here.catalogue.parts if p.theme == theme]
    found = arranged(summaries, parts, folded=view.show == "trend")
    if view.flagged_only:
        found = Arranged(tuple(s for s in found.cards if s.flagged), (), found.counts, {})
    content = [
        Markup(_strip(found), id="strip"),
        *([html.P(guests, id="guests", className="small")] if (guests := _guests(theme, summaries)) else []),
        html.Div(_cards(found, view, here.noted(view, indicators)), id="sections"),
        html.Div(
            [bands([p for p in parts if p.breakdown_id == k], s, view) for k, s in found.bands.items()],
            id="bands",
        ),
        *([] if view.flagged_only else _folds(theme, found, reading)),
        Markup(packing.form(view, f"/{theme}"), id="packing", className="packing"),
    ]
    shown = flagged if view.flagged_only else summaries
    slides = tuple(Pick(s.indicator.indicator_id) for s in shown)
    return shell(
        f"/{theme}",
        page_of(theme).name,
        view,
        content,
        lead=theme_conclusion(summaries),
        ways=[("Meeting mode", here.link(MEETING, replace(view, slides=slides)))] if shown else (),
    )


def _guests(theme: str, summaries: Sequence[IndicatorSummary]) -> str:
    """How many measures stand here too that home counts on their own page, as a sentence."""
    homes = [page_of(s.indicator.theme).name for s in summaries if s.indicator.also_on == theme]
    told = [
        f"{homes.count(name)} of the measures {'is' if homes.count(name) == 1 else 'are'} {name}’s"
        for name in dict.fromkeys(homes)
    ]
    return f"{words.listed(told)}: home counts them there." if told else ""


def _strip(found: Arranged) -> str:
    """Every measure as a tile that leads to its card or its row."""
    tiles = [
        {
            "s": s,
            "to": f"#{'card' if s in found.cards else 'row'}-{s.indicator.indicator_id}",
            "mark": flags.standing_mark(s),
            # "year before: " and why it has no figure is more than a tile has room for
            "moved": s.change.short if s.change.short and ":" not in s.change.short else "–",
        }
        for s in found.shown
    ]
    return render("strip", tiles=tiles)


def _cards(found: Arranged, view: Query, noted: Mapping[str, list[Note]]) -> list:
    """The cards in one grid, three to a row where there is room."""
    if not found.cards:
        nothing = "Nothing on this page is flagged in this view." if view.flagged_only else ""
        return [Markup(f"<p>{nothing}</p>", id="nothing", className="nothing")] if nothing else []
    cards = [
        card(s, view, noted.get(name, []), found.counts.get(name))
        for s in found.cards
        if (name := s.indicator.indicator_id)
    ]
    return [
        html.Section(
            [
                html.H2("What to look at", id="cards-title", className="unseen"),
                html.Div(cards, id="cards", className="cards"),
            ],
            id="section-cards",
            **{"aria-labelledby": "cards-title"},
        )
    ]


def _folds(theme: str, found: Arranged, reading: Reading) -> list:
    """What is folded: the rest as rows, the breakdowns; and the way to what a report said."""
    here, view = desk(), reading.view
    parts: list = []
    if found.rows:
        rows = [_row(s, view, found.counts.get(s.indicator.indicator_id)) for s in found.rows]
        area = here.catalogue.areas[view.area].name
        said = folded_in_short(found.rows)
        body = render("calm", rows=rows, said=said, area=area, open=not found.cards)
        parts.append(Markup(body, id="calm"))
    wholes = [whole for whole in reading.wholes(theme) if not whole.stated]
    if wholes:
        parts.append(_parts(wholes, view, f"/{theme}"))
    told = [(here.catalogue.sources[name], len(rows)) for name, rows in reports(theme, view.area).items()]
    if told:
        link = f"{here.link(DATA, view)}#stated-{theme}"
        parts.append(Markup(render("earlier", reports=told, link=link), id="earlier"))
    return parts


def _parts(wholes: Sequence[Breakdown], view: Query, path: str) -> html.Details:
    """The breakdowns of the page, folded."""
    cards = html.Div(
        [parts_card(w, view, path) for w in wholes], id="parts-cards", className="cards of-parts"
    )
    named = words.listed([words.uncapital(w.title) for w in wholes])
    heading = html.H2(["Breakdowns ", html.Small(named)], id="parts-title")
    return html.Details([html.Summary(heading, id="parts-summary"), cards], id="parts", className="fold more")


def _row(summary: IndicatorSummary, view: Query, count: IndicatorSummary | None) -> dict:
    """A measure of which there is no news, as a row."""
    return {
        "s": summary,
        "link": desk().link(f"/indicator/{summary.indicator.indicator_id}", view),
        "hooks": flags.hooks(summary),
        "count": counted(count, summary) if count else "",
        "count_hooks": flags.hooks(count) if count else {},
        "when": periods.tick(summary.latest.period, summary.indicator.year_type) if summary.latest else "",
        "spark": spark(summary),
        "tolerance": flags.tolerance_chip(summary),
        "comparison": flags.comparison_chip(summary),
        "movement": flags.movement_mark(summary),
    }
