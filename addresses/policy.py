"""Policy: the headers that every answer carries."""

from dash import Dash
from flask import Response

from components.site import audience, settings
from safeguarding.disclosure.audience import Audience

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


FRAMED = "X-Framed"  # what an answer says to this room, and to no browser, that others may frame


def policy(app: Dash) -> str:
    """The content security policy: nothing comes from, or goes to, any other host.

    The hashes are computed for each answer, since Dash adds inline scripts after start-up; Plotly needs
    inline styles.
    """
    scripts = " ".join(f"'{h}'" if not h.startswith("'") else h for h in app.csp_hashes())
    parts = (
        "default-src 'self'",
        f"script-src 'self' {scripts}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
    return "; ".join(parts)


def register(app: Dash) -> None:
    """Put the headers on every answer, and the policy on every page."""

    @app.server.after_request
    def headed(response: Response) -> Response:
        framed = response.headers.pop(FRAMED, None)
        for name, value in HEADERS.items():
            if not (framed and name == "X-Frame-Options"):  # which can name no host: the policy does
                response.headers.setdefault(name, value)
        if settings().behind_tls:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if response.mimetype == "text/html":
            response.headers.setdefault("Content-Security-Policy", policy(app))
        if audience() is not Audience.SHAREABLE:
            response.headers["Cache-Control"] = "private, no-store"  # no cache between may keep it for others
        return response
