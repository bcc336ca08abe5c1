"""Exported: who has taken which figures out of the dashboard, where they are for partners alone.

A file, or data for a script, that is sent to partners stands in the audit log: its name says measure, place,
period and release. So does whatever a token gets from /api/: a script takes away what a page would draw. What
cannot be written down is not sent.
"""

from flask import Flask, Response, g, request
from werkzeug.http import parse_options_header

from addresses.gate import caller
from addresses.problems import out_of_reach
from components.site import audience, opened
from safeguarding.disclosure.audience import Audience
from safeguarding.store.audit import write_down
from safeguarding.store.database import TROUBLE

WHAT = "partner export"
DATA = ("/api/scorecard.json", "/api/indicator/<indicator_id>.<kind>")  # no files, and all figures


def taken(response: Response) -> str:
    """What of an answer somebody takes away: the name of a file, the path of data; empty where it is neither.

    Half a file is one (206), and that a browser has it already (304) is none.
    """
    if request.method != "GET" or response.status_code not in (200, 206):
        return ""
    kind, options = parse_options_header(response.headers.get("Content-Disposition", ""))
    if kind == "attachment":
        return options.get("filename") or request.path
    of_data = request.url_rule is not None and request.url_rule.rule in DATA
    by_script = g.get("by") == "token" and request.path.startswith("/api/")
    return request.path if of_data or by_script else ""


def register(server: Flask) -> None:
    """Write down what partners take away."""

    @server.after_request
    def written_down(response: Response) -> Response:
        if audience() is not Audience.PARTNERS or not (what := taken(response)):
            return response
        person = g.get("person")
        try:
            with opened().store.writing() as connection:
                write_down(connection, WHAT, person.name if person else "", what, caller())
        except TROUBLE as error:
            return out_of_reach(error)
        return response
