"""Callbacks: Dash's own address for them takes only what a browser with a page of ours sends.

Dash does not look first: a body of another shape would make it fail.
"""

from dash import Dash
from flask import Response, request

from addresses.asking import fields, said


def is_well_formed(body: dict[str, object], known: list[str]) -> bool:
    """Does this ask for one of the `known` callbacks, in the shape in which Dash's browser half asks?"""
    match body:
        case {"output": str(output), "inputs": list(inputs), "changedPropIds": list(changed)}:
            given = [*inputs, *(state if isinstance(state := body.get("state", []), list) else [None])]
            return (
                output in known
                and body.get("outputs", []) == []
                and [_place(part) for part in given] == PLACES
                and all(isinstance(name, str) for name in changed)
            )
    return False


PLACES = [("asked", "data"), ("shown", "data")]  # what addresses/follow.py asks the browser for


def _place(part: object) -> tuple[str, str] | None:
    match part:
        case {"id": str(name), "property": str(of)}:
            return name, of
    return None


def register(app: Dash) -> None:
    """Refuse whatever else is sent to Dash's callback address."""

    @app.server.before_request
    def in_its_own_shape() -> Response | None:
        if request.path != "/_dash-update-component" or request.method != "POST":
            return None
        if is_well_formed(fields(), list(app.callback_map)):
            return None
        return said(400, "This is not a request that a page of this dashboard makes.")
