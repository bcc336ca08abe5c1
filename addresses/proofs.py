"""Proofs: what a form of ours sends along to show that it is one. No page of another site can know it.

It follows from a secret that the browser holds in a cookie: the session's, or where nobody signs in here one
for forms alone.
"""

import hmac
import secrets

from flask import Response, g, request

from components.site import settings
from safeguarding.access.sessions import proof_for

FORM = "form"  # the cookie that a form is bound to where there is no session


def cookie() -> str:
    """What the session's cookie is called; behind TLS by a name that a browser takes from this host alone."""
    return "__Host-session" if settings().behind_tls else "session"


def proof() -> str:
    """What the forms of the page at hand send along as `proof`; `bound` has to see the answer off."""
    if "bound" not in g:
        g.bound = _secret() or secrets.token_urlsafe(32)
    return proof_for(g.bound)


def bound(response: Response) -> Response:
    """The answer with the cookie that its forms are bound to, where the browser has none yet."""
    if "bound" in g and not _secret():
        response.set_cookie(
            FORM, g.bound, httponly=True, samesite="Lax", secure=settings().behind_tls, path="/"
        )
    return response


def proven() -> bool:
    """Does the request at hand send along what only a page of ours knows?"""
    given, secret = request.headers.get("X-CSRFToken") or request.form.get("proof") or "", _secret()
    return bool(secret) and hmac.compare_digest(given.encode(), proof_for(secret).encode())


def _secret() -> str:
    """The secret that a form of this browser is bound to; empty where it has none."""
    in_session = g.get("by") == "session" and g.get("person") is not None
    return request.cookies.get(cookie() if in_session else FORM, "")
