"""Published: the addresses that other programs read, each declared once: for the page /api, for OpenAPI and
for the test that holds them to the routes.
"""

import re
from dataclasses import dataclass
from typing import Any

CSV, JSON = "text/csv", "application/json"
VIEW = ("area", "from", "to", "compare", "only")
WIDER = "codes, SN, GM or none; or region (every authority of the region) or all (of England)"
KEYS = {
    "area": "an ONS code of areas.csv; without it the home area",
    "from": "the first period, such as 2016-17",
    "to": "as at the end of this period: nothing later is given or judged",
    "compare": "codes in their order, SN (statistical neighbours), GM (Greater Manchester), or none",
    "only": "flagged: what needs attention alone",
    "indicator": "indicators, separated by commas; without it all",
    "theme": "what stands on one page: front-door, child-protection and so on",
    "result": "checks with one result",
    "q": "what is looked for",
}


@dataclass(frozen=True)
class Address:
    """One address: what it answers, in which type, which keys narrow it, an example."""

    path: str
    says: str
    answers: str
    keys: tuple[str, ...] = ()
    example: str = ""
    wider: bool = False

    @property
    def at(self) -> str:
        """An address that can be followed."""
        return self.example or self.path

    def described(self, key: str) -> str:
        """What a key says here."""
        return WIDER if key == "compare" and self.wider else KEYS[key]


ADDRESSES = (
    Address(
        "/api/figures.csv",
        "Every figure that may be shown: a row each, with its dates, counts, 95% interval and release. "
        "Without keys all of them, with area or compare those areas alone.",
        CSV,
        ("theme", "indicator", "area", "compare", "from", "to"),
        "/api/figures.csv?indicator=cla_rate&compare=region",
        wider=True,
    ),
    Address("/api/scorecard.csv", "Every indicator with its verdicts, a row each.", CSV, VIEW),
    Address(
        "/api/indicators.csv", "The catalogue: what each indicator measures, in what unit, from where.", CSV
    ),
    Address("/api/areas.csv", "The areas: codes, names, regions, and when they began and ended.", CSV),
    Address(
        "/api/indicator/<indicator_id>.csv",
        "One indicator, a row an area and period: the area, then what it is compared with.",
        CSV,
        ("area", "from", "to", "compare"),
        "/api/indicator/cla_rate.csv?compare=region",
        wider=True,
    ),
    Address(
        "/api/indicator/<indicator_id>.json",
        "The same with the verdicts and their rules.",
        JSON,
        ("area", "from", "to", "compare"),
        "/api/indicator/cla_rate.json",
    ),
    Address(
        "/api/indicator/<indicator_id>.metadata.json",
        "What it means: definition, sources and licences, columns, codes, tolerance rules.",
        JSON,
        ("area",),
        "/api/indicator/cla_rate.metadata.json",
    ),
    Address("/api/scorecard.json", "The scorecard with every rule, in levels.", JSON, VIEW),
    Address(
        "/api/chart/<subject>/<chart>.<kind>",
        "A chart as png, svg, csv, xlsx or txt.",
        "png, svg, csv, xlsx or txt",
        ("area", "from", "to", "compare"),
        "/api/chart/cla_rate/trend.png",
    ),
    Address(
        "/api/chart/<subject>/<chart>.metadata.json",
        "What is to be known of the chart's table: finding, source, licence, caveats, symbols.",
        JSON,
        ("area", "from", "to", "compare"),
        "/api/chart/cla_rate/trend.metadata.json",
    ),
    Address(
        "/api/figure/<subject>/<chart>.json",
        "A chart as Plotly takes it, and what is said at each point.",
        JSON,
        ("area", "from", "to", "compare"),
        "/api/figure/cla_rate/trend.json",
    ),
    Address("/api/reconciliation.csv", "What each check of the reports has found.", CSV, ("theme", "result")),
    Address(
        "/api/search.json", "Up to eight indicators for a few words.", JSON, ("q",), "/api/search.json?q=uasc"
    ),
    Address("/api/openapi.json", "These addresses in OpenAPI 3.1, for programs that write programs.", JSON),
)


def openapi(title: str) -> dict[str, Any]:
    """The addresses in OpenAPI 3.1."""
    paths = {re.sub(r"<(\w+)>", r"{\1}", a.path): {"get": _operation(a)} for a in ADDRESSES}
    message = {"type": "object", "properties": {"message": {"type": "string"}}, "required": ["message"]}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": "1",
            "description": "Read-only. Where people sign in, send a personal access token: docs/api.md.",
        },
        "paths": paths,
        "components": {
            "schemas": {"Message": message},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "password": {"type": "http", "scheme": "basic"},
            },
        },
        "security": [{}, {"token": []}, {"password": []}],
    }


def _operation(address: Address) -> dict[str, Any]:
    named = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"<(\w+)>", address.path)
    ]
    keyed = [
        {
            "name": key,
            "in": "query",
            "required": False,
            "description": address.described(key),
            "schema": {"type": "string"},
        }
        for key in address.keys
    ]
    kind = address.answers if "/" in address.answers else "*/*"
    schema = {"type": "object" if kind == JSON else "string"}
    refused = {"application/json": {"schema": {"$ref": "#/components/schemas/Message"}}}
    return {
        "operationId": re.sub(r"\W+", "_", address.path.removeprefix("/api/")).strip("_"),
        "summary": address.says,
        "parameters": [*named, *keyed],
        "responses": {
            "200": {"description": "It is here, with an ETag.", "content": {kind: {"schema": schema}}},
            "304": {"description": "Nothing has changed since the ETag that was sent."},
            "400": {"description": "The view makes no sense: why, in a sentence.", "content": refused},
            "401": {"description": "Sign in, or send a token.", "content": refused},
            "404": {"description": "There is nothing of that name.", "content": refused},
        },
    }
