"""Data: the release on show, and the report held against itself and against the official figures."""

from collections import Counter
from dataclasses import replace

import dash
from dash import html

from components import flags
from components.markup import Markup, render
from components.shell import shell
from components.site import desk
from safeguarding.desk import DATA
from safeguarding.reconciliation import RULES
from safeguarding.themes import page_of
from safeguarding.vocabulary import CheckResult

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
        loaded=here.store.loaded_at(here.release),
        findings=shown,
        total=len(every),
        lines=[", ".join(dict.fromkeys(lines[i] for i in f.check.statements if i in lines)) for f in shown],
        rules=RULES,
        marks={r: flags.result_mark(r) for r in CheckResult},
        themes=[("", "All subjects", sum(themes.values()))]
        + [(t, page_of(t).name, n) for t, n in sorted(themes.items())],
        results=[("", "All results", sum(results.values()))]
        + [(r.value, r.value.capitalize(), results[r]) for r in CheckResult],
        theme_links={t: here.link(DATA, replace(view, theme=t)) for t in ("", *themes)},
        result_links={r: here.link(DATA, replace(view, result=r)) for r in ("", *CheckResult)},
        events=[
            (e, here.catalogue.areas[e.area_code].name if e.area_code else "Everywhere")
            for e in here.catalogue.events
        ],
        view=view,
        names={t: page_of(t).name for t in {f.check.theme for f in every}},
        download=here.link(DATA, view).replace(DATA, "/api/reconciliation.csv", 1),
    )
    found = Counter(f.result for f in every)
    lead = ", ".join(f"{n} {r.value}" for r in CheckResult if (n := found[r]))
    return shell(
        DATA,
        "Data",
        view,
        [Markup(content, id="data")],
        lead=f"{len(every)} checks of the annual report: {lead}.",
        filtered=False,
    )
