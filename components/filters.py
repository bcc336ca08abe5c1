"""Filters: the controls that write the address. The address alone holds their state.

A control is named by the key that it writes, as `filter-area` is; `filter-compare-more` adds to what
`filter-compare` says. A new one is a function here, a row of CONTROLS and its place in `filters`;
assets/dashboard.js knows none of them.
"""

from collections.abc import Collection

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Dash, Input, html

from components.site import desk
from safeguarding import periods
from safeguarding.query import NEIGHBOURS, SHOWS, Query, default_compare
from safeguarding.store.tables import ENGLAND, GREATER_MANCHESTER, Area

CONTROLS = ("area", "from", "to", "show", "only", "compare", "compare-more")
UNSET = "-"  # an option with an empty value shows as blank
AREA_TYPES = {"authority": "", "region": " (region)", "country": ""}
Options = list[dict[str, str]]


def filters(view: Query, years: list[str], without: Collection[str] = ()) -> html.Details:
    """The filter bar for a view; `years` are the periods to choose from, oldest first.

    `without` names keys that a page has no use for: show, only, compare.
    """
    areas = _areas()
    form = html.Form(
        [
            _select("area", "Area", areas, view.area),
            _select("from", "From", _years(years, "first held"), view.since or UNSET),
            _select("to", "As at the end of", _years(years[::-1], "latest"), view.to or UNSET),
            _show(view, hidden="show" in without),
            _only(view, hidden="only" in without),
            # one row of their own where the line breaks
            html.Div(_compare(view, areas, "compare" in without), id="comparing", className="comparing"),
        ],
        id="filters",
        className="filters",
        role="search",
        **{
            "aria-label": "Filters",
            # what a key says where its controls stand as they came: then the address need not name it
            "data-default-compare": ",".join(default_compare(desk().catalogue, view.area)),
        },
    )
    # open where there is room; assets/dashboard.js closes it on a phone
    return html.Details([html.Summary("Filters"), form], id="filtering", className="filtering", open=True)


def name_of(code: str) -> str:
    """What a comparator is called: an area's name, a neighbour set, Greater Manchester."""
    if code == GREATER_MANCHESTER:
        return "Greater Manchester"
    if code.startswith(NEIGHBOURS):
        return "Statistical neighbours" if code == NEIGHBOURS else f"Neighbours, {code[3:]} model"
    return desk().catalogue.areas[code].name


def _areas() -> Options:
    order = list(AREA_TYPES)
    areas = sorted(desk().catalogue.areas.values(), key=lambda a: (order.index(a.type), a.name))
    return [{"label": _label(a), "value": a.area_code} for a in areas]


def _label(area: Area) -> str:
    """Its name, and what tells it from another of that name: that it is a region, or has ended."""
    ended = f" (to {periods.in_words(area.valid_to)})" if area.valid_to else ""
    return area.name + AREA_TYPES[area.type] + ended


def _years(years: list[str], unset: str) -> Options:
    return [{"label": unset, "value": UNSET}, *({"label": y, "value": y} for y in years)]


def _show(view: Query, hidden: bool) -> html.Fieldset:
    options = [{"label": name, "value": key} for key, name in SHOWS.items()]
    control = dbc.RadioItems(id="filter-show", options=options, value=view.show, inline=True)
    return _fieldset("show", "Show", control, hidden)


def _only(view: Query, hidden: bool) -> html.Fieldset:
    chosen = ["flagged"] if view.flagged_only else []
    options = [{"label": "Flagged", "value": "flagged"}]
    control = dbc.Checklist(id="filter-only", options=options, value=chosen, inline=True)
    return _fieldset("only", "Only", control, hidden)


def _compare(view: Query, areas: Options, hidden: bool) -> list[html.Fieldset | html.Div]:
    """The usual comparators and those chosen, to tick, and every other one to add."""
    catalogue = desk().catalogue
    region, sets = catalogue.region_of(view.area), catalogue.neighbour_sets(view.area)
    standing = [
        ENGLAND,
        *([region.area_code] if region else []),
        *([NEIGHBOURS] if sets else []),
        GREATER_MANCHESTER,
    ]
    named = [code for code in dict.fromkeys((*standing, *view.compare)) if code != view.area]
    options = [{"label": name_of(code), "value": code} for code in named]
    ticked = dbc.Checklist(id="filter-compare", options=options, value=list(view.compare), inline=True)
    others = [
        option
        for option in (*({"label": name_of(name), "value": name} for name in sets), *areas)
        if option["value"] not in (*named, view.area)
    ]
    more = [{"label": "another area…", "value": UNSET}, *others]
    return [
        _fieldset("compare", "Compare with", ticked, hidden, "field wide"),
        _select("compare-more", "and with", more, UNSET, hidden),
    ]


def _select(key: str, label: str, options: Options, value: str, hidden: bool = False) -> html.Div:
    name = f"filter-{key}"
    control = dbc.Select(id=name, options=options, value=value)
    field = [html.Label(label, htmlFor=name), control]
    return html.Div(field, id=f"field-{key}", className="field", hidden=hidden)


def _fieldset(
    key: str, legend: str, control: dbc.RadioItems | dbc.Checklist, hidden: bool, kind: str = "field"
) -> html.Fieldset:
    return html.Fieldset([html.Legend(legend), control], id=f"field-{key}", className=kind, hidden=hidden)


def register(app: Dash) -> None:
    """A changed control writes the address; assets/dashboard.js then updates the page in place."""
    app.clientside_callback(
        ClientsideFunction("address", "follow"),
        *(Input(f"filter-{name}", "value") for name in CONTROLS),
        prevent_initial_call=True,
    )
