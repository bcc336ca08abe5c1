"""Policy: the headers that every answer carries."""

from dash import Dash
from flask import Response

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def policy(app: Dash) -> str:
    """The content security policy: nothing comes from, or goes to, any other host.

    The hashes are computed for each answer, since Dash adds inline scripts after start-up; Plotly needs
    inline styles. `unsafe-eval` is for tools that watch the page, not for the page (docs/decisions/0007).
    """
    scripts = " ".join(f"'{h}'" if not h.startswith("'") else h for h in app.csp_hashes())
    parts = (
        "default-src 'self'",
        f"script-src 'self' 'unsafe-eval' {scripts}",
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
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.mimetype == "text/html":
            response.headers.setdefault("Content-Security-Policy", policy(app))
        return response
