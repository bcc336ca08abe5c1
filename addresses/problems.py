"""Problems: what somebody is told whose request cannot be answered: a sentence, never a traceback."""

from dash.exceptions import DependencyException
from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from addresses.asking import said
from safeguarding.staged import MOST_UPLOADED
from safeguarding.store.database import TROUBLE, why

LARGEST_BODY = 1_048_576  # bytes that anyone may send at once
LOADING = "/import"  # where an analyst may send files, with some room for the form around them
LARGEST_FILES = MOST_UPLOADED + LARGEST_BODY
READ_ON = 400_000_000  # bytes of what is too large: a browser hears no answer before it has sent it all
TOO_LARGE = (
    f"These files are larger than {MOST_UPLOADED // 1_000_000} MB together, and nothing of them was read. "
    "Pack a CSV with gzip (.csv.gz), offer fewer at once, or load them in the terminal."
)
SENTENCES = {
    400: "This request could not be read.",
    403: "Only a page of this dashboard may ask for that.",
    404: "There is nothing at this address.",
    405: "This address does not take that kind of request.",
    413: "That is more than can be taken at once.",
    415: "Send it as JSON.",
    500: "Something went wrong here, and nothing was changed. The server's log says what.",
}


def out_of_reach(error: Exception) -> Response:
    """What is answered while the store cannot be used; the log says why."""
    current_app.logger.warning("The store cannot be used: %s", why(error))
    response = said(503, "The store cannot be used at the moment, and nothing was changed. Try again soon.")
    response.headers["Retry-After"] = "5"
    return response


def limit(server: Flask) -> None:
    """Take no more at once than anyone needs to send: before the gate, which reads forms."""
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY

    @server.before_request
    def room_for_files() -> None:
        if request.method == "POST" and request.path == LOADING:
            request.max_content_length = LARGEST_FILES


def _read_on() -> None:
    """Read what is too large to its end, and keep none of it."""
    body, left = request.environ["wsgi.input"], min(request.content_length or 0, READ_ON)
    while left > 0 and (read := body.read(min(left, 65536))):
        left -= len(read)


def register(server: Flask) -> None:
    """Answer every error with a sentence of ours."""

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
        if status == 413 and request.path == LOADING:
            _read_on()
            return said(413, TOO_LARGE)
        response = said(status, SENTENCES.get(status) or error.description or SENTENCES[400])
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                response.headers[name] = value
        return response

    for kind in TROUBLE:
        server.register_error_handler(kind, out_of_reach)

    @server.errorhandler(DependencyException)
    def no_such_file(_: DependencyException) -> Response:
        """Dash raises it for a file that none of its packages has."""
        return said(404, SENTENCES[404])
