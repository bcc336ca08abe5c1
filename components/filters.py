"""Filters: the controls that write the address. The address alone holds their state."""

from collections.abc import Collection

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Dash, Input, State, html

from components.site import desk
from safeguarding.query import NEIGHBOURS, SHOWS, Query, default_compare
from safeguarding.store.tables import ENGLAND, GREATER_MANCHESTER

UNSET = "-"  # an option with an empty value shows as blank
AREA_TYPES = {"authority": "", "region": " (region)", "country": ""}


def filters(view: Query, years: list[str], without: Collection[str] = ()) -> html.Details:
    """The filter bar for a view; `years` are the periods to choose from, oldest first.

    `without` names controls that a page has no use for: show, only, compare.
    """
    catalogue = desk().catalogue
    order = {"authority": 0, "region": 1, "country": 2}
    areas = sorted(catalogue.areas.values(), key=lambda a: (order[a.type], a.name))
    area_options = [{"label": a.name + AREA_TYPES[a.type], "value": a.area_code} for a in areas]
    region = catalogue.region_of(view.area)
    standing = {
        ENGLAND: "England",
        **({region.area_code: region.name} if region else {}),
        **({NEIGHBOURS: "Statistical neighbours"} if catalogue.neighbour_sets(view.area) else {}),
        GREATER_MANCHESTER: "Greater Manchester",
    }
    standing.pop(view.area, None)
    named = {**standing, **{code: name_of(code) for code in view.compare}}
    more = [
        *(
            {"label": f"Neighbours, {name[3:]} model", "value": name}
            for name in catalogue.neighbour_sets(view.area)
        ),
        *area_options,
    ]
    form = html.Form(
        [
            _field("area", "Area", dbc.Select(id="filter-area", options=area_options, value=view.area)),
            _field(
                "since",
                "From",
                dbc.Select(id="filter-since", options=_years(years, "first held"), value=view.since or UNSET),
            ),
            _field(
                "to",
                "As at the end of",
                dbc.Select(id="filter-to", options=_years(years[::-1], "latest"), value=view.to or UNSET),
            ),
            html.Fieldset(
                [
                    html.Legend("Show"),
                    dbc.RadioItems(
                        id="filter-show",
                        options=[{"label": v, "value": k} for k, v in SHOWS.items()],
                        value=view.show,
                        inline=True,
                    ),
                ],
                id="field-show",
                className="field",
                hidden="show" in without,
            ),
            html.Fieldset(
                [
                    html.Legend("Only"),
                    dbc.Checklist(
                        id="filter-only",
                        options=[{"label": "Flagged", "value": "flagged"}],
                        value=["flagged"] if view.flagged_only else [],
                        inline=True,
                    ),
                ],
                id="field-only",
                className="field",
                hidden="only" in without,
            ),
            # one row of their own where the line breaks
            html.Div(
                [
                    html.Fieldset(
                        [
                            html.Legend("Compare with"),
                            dbc.Checklist(
                                id="filter-compare",
                                options=[{"label": name, "value": code} for code, name in named.items()],
                                value=list(view.compare),
                                inline=True,
                            ),
                        ],
                        id="field-compare",
                        className="field wide",
                        hidden="compare" in without,
                    ),
                    _field(
                        "more",
                        "and with",
                        dbc.Select(
                            id="filter-more",
                            options=[
                                {"label": "another area…", "value": UNSET},
                                *(
                                    option
                                    for option in more
                                    if option["value"] not in named and option["value"] != view.area
                                ),
                            ],
                            value=UNSET,
                        ),
                        hidden="compare" in without,
                    ),
                ],
                id="comparing",
                className="comparing",
            ),
        ],
        id="filters",
        className="filters",
        role="search",
        **{
            "aria-label": "Filters",
            "data-default-compare": ",".join(default_compare(catalogue, view.area)),
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


def _field(name: str, label: str, control: dbc.Select, hidden: bool = False) -> html.Div:
    return html.Div(
        [html.Label(label, htmlFor=f"filter-{name}"), control],
        id=f"field-{name}",
        className="field",
        hidden=hidden,
    )


def _years(years: list[str], unset: str) -> list[dict[str, str]]:
    return [{"label": unset, "value": UNSET}, *({"label": y, "value": y} for y in years)]


def register(app: Dash) -> None:
    """A changed control writes the address; assets/dashboard.js then updates the page in place."""
    app.clientside_callback(
        ClientsideFunction("address", "follow"),
        Input("filter-area", "value"),
        Input("filter-since", "value"),
        Input("filter-to", "value"),
        Input("filter-show", "value"),
        Input("filter-only", "value"),
        Input("filter-compare", "value"),
        Input("filter-more", "value"),
        State("filters", "data-default-compare"),
        prevent_initial_call=True,
    )
