"""Embed: one chart as a page without a script, for a frame in the pages of a host that EMBED_FROM names.

It shows what anybody may see, whoever looks: a frame does not say whose page it stands in.
"""

from flask import Flask, Response, abort, g

from addresses.asking import answer, asked, reached_at, refused
from addresses.charts import find
from addresses.policy import FRAMED
from components.markup import render
from components.site import desk, settings
from safeguarding.charts.drawn import fluid
from safeguarding.disclosure.audience import Audience

HEIGHT = 380  # pixels of a chart that does not grow with its rows


def framing() -> str:
    """The policy of such a page: styles of its own, our typeface, and who may frame it."""
    hosts = " ".join(("'self'", *settings().embed_from))
    return (
        "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; base-uri 'none'; "
        f"form-action 'none'; frame-ancestors {hosts}"
    )


def register(server: Flask) -> None:
    """Add the address to the server."""

    @server.get("/embed/<subject>/<chart>")
    def embedded(subject: str, chart: str) -> Response:
        """One chart with its words, for the same query as its page. 404 where no host may embed."""
        if not settings().embed_from:
            abort(404)
        g.audience = Audience.SHAREABLE
        here = desk()
        view = here.read(asked())
        if view.messages:
            return refused(view)
        found = find(subject, chart, view)
        if found is None:
            abort(404)
        drawing, path = found
        page = render(
            "embed",
            drawing=drawing,
            picture=fluid(drawing.chart, drawing.subject, HEIGHT, valued=True),
            link=reached_at() + here.link(path, view),
            partnership=here.partnership,
        )
        response = answer(page, "text/html")
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Content-Security-Policy"] = framing()
        response.headers[FRAMED] = "yes"
        return response
