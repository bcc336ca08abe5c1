"""Problems: what somebody is told whose request cannot be answered: a sentence, never a traceback."""

from dash.exceptions import DependencyException
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from addresses.asking import said

LARGEST_BODY = 1_048_576  # bytes that anyone may send at once
SENTENCES = {
    400: "This request could not be read.",
    403: "Only a page of this dashboard may ask for that.",
    404: "There is nothing at this address.",
    405: "This address does not take that kind of request.",
    413: "That is more than can be taken at once.",
    415: "Send it as JSON.",
    500: "Something went wrong here, and nothing was changed. The server's log says what.",
}


def register(server: Flask) -> None:
    """Answer every error with a sentence of ours."""
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY

    @server.before_request
    def no_page_among_data() -> Response | None:
        """Dash answers every address that nothing else does with the index of a page."""
        rule = request.url_rule
        if rule is None or rule.rule != "/<path:path>" or not request.path.startswith("/api/"):
            return None
        return said(404, SENTENCES[404])

    @server.errorhandler(HTTPException)
    def told(error: HTTPException) -> Response:
        status = error.code or 500
        if status < 400:  # a redirect
            return Response(error.get_body(), status, error.get_headers())
        response = said(status, SENTENCES.get(status) or error.description or SENTENCES[400])
        for name, value in error.get_headers():
            if name == "Allow":
                response.headers[name] = value
        return response

    @server.errorhandler(DependencyException)
    def no_such_file(_: DependencyException) -> Response:
        """Dash raises it for a file that none of its packages has."""
        return said(404, SENTENCES[404])
