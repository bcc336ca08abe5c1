"""Statements: what a report said, figure by figure, under the theme it belongs to."""

from itertools import groupby

from components.filters import name_of
from components.markup import render
from components.site import desk
from safeguarding.query import Query
from safeguarding.reconciliation import Finding
from safeguarding.store.report import Statement


def reports(theme: str, area: str) -> dict[str, list[Statement]]:
    """What each report that speaks of an area states on the subject of a theme's page, by its source.

    What a report says of England or a region is for the place that it is about, and not for another's pages.
    """
    here = desk()
    statements, places = here.catalogue.statements, here.catalogue.reported_on
    own = (here.settings.home_area, area)
    about = {s.source_id: None for s in statements if s.area == area and places.get(s.source_id) in own}
    found: dict[str, list[Statement]] = {source: [] for source in about}
    for s in statements:
        if s.source_id in found and (s.theme == theme or s.theme.startswith(f"{theme}-")):
            found[s.source_id].append(s)
    return {source: rows for source, rows in found.items() if rows}


def statements(theme: str, view: Query) -> str:
    """The reports' statements on a theme about the area of the view, as plain tables by section; with what
    the checks of each have found.
    """
    catalogue = desk().catalogue
    against: dict[str, list[Finding]] = {}
    for finding in desk().findings:
        for statement_id in finding.check.statements:
            against.setdefault(statement_id, []).append(finding)
    found = []
    for source_id, rows in reports(theme, view.area).items():
        grouped = groupby(sorted(rows, key=_place), key=lambda s: s.section)
        found.append(
            render(
                "statements",
                source=catalogue.sources[source_id],
                groups=[(section, list(members)) for section, members in grouped],
                areas={s.area: name_of(s.area) for s in rows},
                against=against,
            )
        )
    return "".join(found)


def _place(statement: Statement) -> tuple[str, int]:
    return statement.section, int(statement.line)
