"""Filters: the controls that write the address. The address alone holds their state.

A control is named by the key that it writes, as `filter-area` is; `filter-compare-more` adds to what
`filter-compare` says. A new one is a function here, a row of CONTROLS and its place in `filters`;
assets/dashboard.js and addresses/forms.py know none of them.
"""

from collections.abc import Collection

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Dash, Input, State, html

from components.markup import Markup, render
from components.site import desk
from safeguarding import periods, words
from safeguarding.query import NEIGHBOURS, SHOWS, Query, default_compare
from safeguarding.store.tables import ENGLAND, GREATER_MANCHESTER, Area

CONTROLS = ("area", "from", "to", "show", "only", "compare", "compare-more")
UNSET = "-"  # an option with an empty value shows as blank
AREA_TYPES = {"authority": "", "region": " (region)", "country": ""}
Options = list[dict[str, str]]


def filters(path: str, view: Query, years: list[str], without: Collection[str] = ()) -> html.Details:
    """The filter bar of the page at `path` for a view; `years` are the periods to choose from, oldest first.

    `without` names keys that a page has no use for: show, only, compare. Without scripts it is a form like
    any other: addresses/forms.py turns what it sends into an address.
    """
    here = desk()
    areas = _areas()
    standing = ",".join(default_compare(here.catalogue, view.area))
    carried = {k: v for k, v in here.keys_of(path, view).items() if k not in CONTROLS}
    button = render("apply", carried=carried, standing=standing)
    form = html.Form(
        [
            _select("area", "Area", areas, view.area),
            _select("from", "From", _years(years, "first year"), view.since or UNSET),
            _select("to", "To", _years(years[::-1], "latest year"), view.to or UNSET),
            _select("show", "Show", _shows(), view.show, hidden="show" in without),
            _only(view, hidden="only" in without),
            *_compare(view, areas, "compare" in without),
            Markup(button, id="applying"),
        ],
        id="filters",
        action=path,
        method="get",
        autoComplete="off",  # a browser that comes back would put in what stood there when it left
        className="filters",
        role="search",
        **{
            "aria-label": "Filters",
            # what a key says where its controls stand as they came: then the address need not name it
            "data-default-area": here.settings.home_area,
            "data-default-show": "trend",
            "data-default-compare": standing,
        },
    )
    # shut, as a narrow screen shows it; where there is room the style sheet shows what is in it
    summary = html.Summary(_said(view, without), id="filtering-summary")
    return html.Details([summary, form], id="filtering", className="filtering")


def name_of(code: str) -> str:
    """What a comparator is called: an area's name, a neighbour set, Greater Manchester."""
    if code == GREATER_MANCHESTER:
        return "Greater Manchester"
    if code.startswith(NEIGHBOURS):
        return "Neighbours" if code == NEIGHBOURS else f"Neighbours, {code[3:]} model"
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


def _shows() -> Options:
    return [{"label": name, "value": key} for key, name in SHOWS.items()]


def _said(view: Query, without: Collection[str]) -> str:
    """What the controls say, in the one line to which a narrow screen folds them."""
    parts = [desk().catalogue.areas[view.area].name]
    if view.since or view.to:
        parts.append(f"{view.since or 'first year'} to {view.to or 'latest year'}")
    if view.show != "trend" and "show" not in without:
        parts.append(SHOWS[view.show].lower())
    if view.flagged_only and "only" not in without:
        parts.append("flagged only")
    if "compare" not in without:
        others = ["neighbours" if c == NEIGHBOURS else words.the(name_of(c)) for c in view.compare]
        parts.append(f"against {words.listed(others)}" if others else "not compared")
    return f"Filters: {', '.join(parts)}"


def _only(view: Query, hidden: bool) -> html.Fieldset:
    chosen = ["flagged"] if view.flagged_only else []
    options = [{"label": "Flagged only", "value": "flagged"}]
    control = dbc.Checklist(id="filter-only", name="only", options=options, value=chosen, inline=True)
    return _fieldset("only", "Narrow to", control, hidden)


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
    ticked = dbc.Checklist(
        id="filter-compare", name="compare", options=options, value=list(view.compare), inline=True
    )
    others = [
        option
        for option in (*({"label": name_of(name), "value": name} for name in sets), *areas)
        if option["value"] not in (*named, view.area)
    ]
    more = [{"label": "+ another area", "value": UNSET}, *others]
    return [
        _fieldset("compare", "Compare with", ticked, hidden, "field wide"),
        _select("compare-more", "Compare with another", more, UNSET, hidden),
    ]


def _select(key: str, label: str, options: Options, value: str, hidden: bool = False) -> html.Div:
    name = f"filter-{key}"
    control = dbc.Select(id=name, name=key.partition("-")[0], options=options, value=value)
    field = [html.Label(label, htmlFor=name), control]
    return html.Div(field, id=f"field-{key}", className="field", hidden=hidden)


def _fieldset(
    key: str, legend: str, control: dbc.Checklist, hidden: bool, kind: str = "field"
) -> html.Fieldset:
    return html.Fieldset([html.Legend(legend), control], id=f"field-{key}", className=kind, hidden=hidden)


def register(app: Dash) -> None:
    """A changed control says what is wanted; the callback of addresses/follow.py then changes the page."""
    app.clientside_callback(
        ClientsideFunction("address", "choose"),
        *(Input(f"filter-{name}", "value") for name in CONTROLS),
        State("shown", "data"),
        State("asked", "data"),
        prevent_initial_call=True,
    )
