"""Statements: what a report said, figure by figure, on the page it belongs to."""

from itertools import groupby

from components.filters import name_of
from components.markup import Markup, render
from components.site import desk
from safeguarding.query import Query
from safeguarding.reconciliation import Finding
from safeguarding.store.report import Statement


def statements(theme: str, view: Query) -> list[Markup]:
    """The reports' statements of a page about the area of the view, as plain tables by section."""
    catalogue = desk().catalogue
    against: dict[str, list[Finding]] = {}
    for finding in desk().findings:
        for statement_id in finding.check.statements[:1]:
            against.setdefault(statement_id, []).append(finding)
    about = {s.source_id: s for s in catalogue.statements if s.area == view.area}
    found = []
    for source_id in about:
        rows = [
            s
            for s in catalogue.statements
            if s.source_id == source_id and (s.theme == theme or s.theme.startswith(f"{theme}-"))
        ]
        if rows:
            groups = [
                (section, list(members))
                for section, members in groupby(sorted(rows, key=_place), key=lambda s: s.section)
            ]
            html = render(
                "statements",
                source=catalogue.sources[source_id],
                groups=groups,
                areas=_names(rows),
                against=against,
            )
            found.append(Markup(html, id=f"stated-{source_id}", className="stated"))
    return found


def _place(statement: Statement) -> tuple[str, int]:
    return statement.section, int(statement.line)


def _names(rows: list[Statement]) -> dict[str, str]:
    return {s.area: name_of(s.area) for s in rows}
