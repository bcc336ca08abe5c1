"""Data: the release on show, and the report held against itself and against the official figures."""

from collections import Counter
from dataclasses import replace
from datetime import date

import dash
from dash import html

from components import flags
from components.markup import Markup, render
from components.parts_card import parts_card
from components.revised import revised
from components.shell import shell
from components.site import desk, may_write, opened
from components.statements import reports, statements
from components.supply import board
from safeguarding import words
from safeguarding.desk import DATA
from safeguarding.query import Query
from safeguarding.reconciliation import RULES
from safeguarding.themes import THEMES, page_of
from safeguarding.vocabulary import CheckResult

NO_REPORT = "No annual report of this partnership is held."

dash.register_page(__name__, path=DATA, name="Data", order=7)


def layout(**address: str | list[str]) -> html.Div:
    """Which release is shown, and what each check of the report finds, narrowed by subject and result."""
    here = desk()
    view = here.read(address)
    every, shown = here.findings, here.narrowed(view)
    results = Counter(f.result for f in every if view.theme in ("", f.check.theme))
    themes = Counter(f.check.theme for f in every if view.result in ("", f.result))
    lines = {s.statement_id: s.line for s in here.catalogue.statements}
    content = render(
        "data",
        release=here.release,
        revised=revised(view),
        board=board(view, date.today()),
        loads=may_write() and opened().access != "anyone",
        loaded=here.loaded_at,
        findings=shown,
        total=len(every),
        lines=[", ".join(dict.fromkeys(lines[i] for i in f.check.statements if i in lines)) for f in shown],
        rules=RULES,
        marks={r: flags.result_mark(r) for r in CheckResult},
        themes=[("", "All subjects", sum(themes.values()))]
        + [(t, page_of(t).name, n) for t, n in sorted(themes.items())],
        results=[("", "All results", sum(results.values()))]
        + [(r.value, words.capital(words.RESULT_WORDS[r][1]), results[r]) for r in CheckResult],
        theme_links={t: here.link(DATA, replace(view, theme=t)) for t in ("", *themes)},
        result_links={r: here.link(DATA, replace(view, result=r)) for r in ("", *CheckResult)},
        events=[
            (e, here.catalogue.areas[e.area_code].name if e.area_code else "Everywhere")
            for e in here.catalogue.events_near(here.settings.home_area, view.area)
        ],
        view=view,
        names={t: page_of(t).name for t in {f.check.theme for f in every}},
        download=here.link(DATA, view).replace(DATA, "/api/reconciliation.csv", 1),
    )
    found = Counter(f.result for f in every)
    lead = ", ".join(f"{n} {words.RESULT_WORDS[r][n > 1].lower()}" for r in CheckResult if (n := found[r]))
    return shell(
        DATA,
        "Data",
        view,
        [
            Markup(content, id="data"),
            *_what_was_stated(view),
        ],
        lead=f"{len(every)} checks of the annual report: {lead}." if every else NO_REPORT,
        filtered=False,
    )


def _what_was_stated(view: Query) -> list[html.Section]:
    """What the report about the view's area said; nothing where none is held."""
    stated = _stated(view)
    heading = html.H2("What the annual report said", id="stated-title")
    labelled = {"aria-labelledby": "stated-title"}
    return [html.Section([heading, *stated], id="stated", **labelled)] if stated else []


def _stated(view: Query) -> list[html.Details]:
    """What the reports said, theme by theme, each folded: their breakdowns as bars and every figure."""
    here, found = desk(), []
    for theme in THEMES.values():
        name = theme.theme_id
        said = reports(name, view.area)
        if not said:
            continue
        wholes = [w for w in here.reading(view).wholes(name) if w.stated]
        cards = [parts_card(whole, view, DATA) for whole in wholes]
        count = sum(len(rows) for rows in said.values())
        found.append(
            html.Details(
                [
                    html.Summary(html.H3(f"{theme.name} ({count})", id=f"stated-{name}-title")),
                    html.Div(cards, id=f"stated-{name}-parts", className="cards of-parts"),
                    Markup(statements(name, view), id=f"stated-{name}-figures", className="stated"),
                ],
                id=f"stated-{name}",
                className="fold more",
            )
        )
    return found
