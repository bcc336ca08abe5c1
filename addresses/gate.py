"""Gate: who may come in, as what, and what they may do. Every request passes here first, whichever server
hands it over; what is not named here as open to strangers is closed to them.

`components.site.desk` refuses figures to a request that has not passed.
"""

import time
from ipaddress import ip_address, ip_network
from urllib.parse import quote

from flask import Flask, Response, g, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from addresses import limits
from addresses.asking import place_of, said, speaks_json
from addresses.proofs import cookie, proven
from components.site import opened, settings
from safeguarding.access.accounts import NAME, Accounts
from safeguarding.access.people import Person, Role, digest
from safeguarding.access.sessions import Sessions
from safeguarding.access.tokens import Tokens
from safeguarding.disclosure.audience import Audience
from safeguarding.settings import is_loopback
from safeguarding.store.database import TROUBLE

BY_WAY_OF = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")  # what a proxy in between leaves
NO_CHOICE = (
    "This dashboard has not been told who may come in, so it answers its own machine alone. "
    "Whoever runs it sets ACCESS."
)
SIGN_IN, SAFE = "/sign-in", ("GET", "HEAD", "OPTIONS")
REMEMBERED, MOST = 300.0, 1000  # seconds, sessions: who goes on reading while the store cannot be read
_lately: dict[str, tuple[Person, float]] = {}
INSIDE = "safeguarding.inside"  # what the process asks itself, and no header can say
# without a figure, and needed before anybody is known
FOR_STRANGERS = {
    SIGN_IN,
    f"{SIGN_IN}/back",  # from a provider of OpenID Connect
    "/healthz",
    "/readyz",
    "/metrics",  # answered to listed addresses alone, where it is on
    "/sheet.css",
    "/assets/<path:filename>",
    "/static/<path:filename>",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "/_favicon.ico",
}
# what is sent and changes nothing for others, so that whoever may read may send it
FOR_READERS = {"/_dash-update-component", "/api/packs", "/api/packs/<name>/cancel"}
# one's own affairs: no stranger has any
OWN = {"/sign-out", "/account", "/account/tokens", "/account/tokens/<int:number>/revoke"}
FOR_ADMINISTRATORS = {"/audit", "/api/audit.jsonl"}
FOR_ANALYSTS = "/import"  # and whatever stands below it
CLOSED = (
    "This dashboard is open to anyone, so figures are loaded in the terminal of its machine (docs/data.md)."
)


def needed(rule: str, method: str) -> Role:
    """The role that it takes to send a method to a rule of the server's map."""
    if rule in FOR_ADMINISTRATORS:
        return Role.ADMINISTRATOR
    if loads(rule):
        return Role.ANALYST
    return Role.VIEWER if method in SAFE or rule in FOR_READERS | OWN else Role.ANALYST


def loads(rule: str) -> bool:
    """Does a rule belong to the page on which figures are loaded?"""
    return rule == FOR_ANALYSTS or rule.startswith(f"{FOR_ANALYSTS}/")


def audience_of(person: Person | None) -> Audience:
    """Which audience somebody belongs to: whoever is known is a partner, everyone else is not."""
    return Audience.PARTNERS if person else Audience.SHAREABLE


def caller() -> str:
    """The address that a request comes from: the last one that a trusted proxy has seen, else the peer's."""
    peer, passed = request.remote_addr or "", request.headers.get("X-Forwarded-For", "")
    return passed.rpartition(",")[2].strip()[:60] if passed and is_trusted(peer) else peer


def neighbourhood(address: str) -> str:
    """The address, and of IPv6 the 2^64 that one reader has as a rule."""
    try:
        return str(ip_network((address, 64), strict=False)) if ":" in address else address
    except ValueError:
        return address


def register(server: Flask) -> None:
    """Put the gate before everything else that answers."""

    @server.before_request
    def gate() -> BaseResponse | None:
        inside, access = request.environ.get(INSIDE), opened().access
        if isinstance(inside, Audience):
            g.let_in, g.audience, g.writes = True, inside, not access
            return None
        if not access:
            g.writes = True
            return None if from_this_machine() else said(403, NO_CHOICE)
        rule = request.url_rule.rule if request.url_rule else ""
        if rule in FOR_STRANGERS:  # files, and what a monitor asks, are never counted
            return _too_often() if rule.startswith(SIGN_IN) else None
        if access == "anyone" and loads(rule):
            return said(403, CLOSED)
        if access == "proxy" and not is_trusted(request.remote_addr or ""):
            return said(403, "Come by way of the proxy in front of this dashboard, please.")
        g.person, g.by = _known(access)
        if too_often := _too_often():
            return too_often
        if g.person is None and (
            access != "anyone" or "Authorization" in request.headers or not _open_to_anyone(rule)
        ):
            return _turned_away(access)
        if g.person and not g.person.may(needed(rule, request.method)):
            return said(403, f"A {g.person.role} may not do that. Ask an administrator of the dashboard.")
        if request.method not in SAFE and not _sent_by_a_page_of_ours():
            return said(
                403, "Only a page of this dashboard may ask for that. Open it again and try once more."
            )
        g.let_in, g.audience = True, audience_of(g.person)
        g.writes = g.person is not None and g.person.may(Role.ANALYST)
        return None


def from_this_machine() -> bool:
    """Has this machine sent the request, with no proxy in between? False where nobody can tell."""
    return is_loopback(request.remote_addr or "") and not any(name in request.headers for name in BY_WAY_OF)


def _too_often() -> Response | None:
    """429 for a person, or an address of strangers, that asks too often."""
    person = g.get("person")
    who = f"person {person.name}" if person else f"address {neighbourhood(caller())}"
    return limits.refused(who, settings().rate_limit)


def _open_to_anyone(rule: str) -> bool:
    """May a stranger, where anyone may read, send this?"""
    return rule not in OWN and needed(rule, request.method) is Role.VIEWER


def _known(access: str) -> tuple[Person | None, str]:
    """Who is asking, and how they are known: by `proxy`, `token` or `session`."""
    store = opened().store
    if access == "proxy":
        name = request.headers.get(settings().proxy_header, "").lower()
        person = (Accounts(store).find(name) or Person(name, Role.VIEWER)) if NAME.fullmatch(name) else None
        return person, "proxy"
    given = request.authorization
    if given is not None:
        # Excel and Power Query send a token as the password of any name
        secret = (given.token if given.type == "bearer" else given.password) or ""
        person = Tokens(store).who(secret, caller()) if _may_take_a_token() else None
        return (Person(person.name, Role.VIEWER) if person else None), "token"
    return _in_session(request.cookies.get(cookie(), "")), "session"


def _in_session(secret: str) -> Person | None:
    """Whose session this is; while the store cannot be read, whose it was a moment ago."""
    key = digest(secret)
    try:
        person = Sessions(opened().store).who(secret)
    except TROUBLE:
        known = _lately.get(key)
        if known and time.monotonic() - known[1] < REMEMBERED:
            return known[0]
        raise
    _lately.pop(key, None)
    if person:
        _lately[key] = person, time.monotonic()
        for long_ago in list(_lately)[:-MOST]:
            _lately.pop(long_ago, None)
    return person


def _may_take_a_token() -> bool:
    return request.path.startswith("/api/") and request.method in SAFE


def _turned_away(access: str) -> BaseResponse:
    """To the page to sign in, where somebody looks at a page; else 401."""
    is_page = request.method in ("GET", "HEAD") and not request.path.startswith(("/api/", "/_"))
    if access != "proxy" and is_page and not speaks_json() and "Authorization" not in request.headers:
        return redirect(f"{SIGN_IN}?next={quote(request.full_path.rstrip('?'))}", 302)
    how = "The proxy in front has named nobody." if access == "proxy" else "Sign in first, or send a token."
    response = said(401, how)
    response.headers["WWW-Authenticate"] = 'Bearer realm="Safeguarding children"'
    return response


def _sent_by_a_page_of_ours() -> bool:
    """Does a change come from a page of ours? A session has to be shown by what only such a page knows."""
    origin = request.headers.get("Origin")
    if origin is not None and place_of(origin) != request.host:
        return False
    if g.by != "session" or g.person is None:
        return request.is_json or proven()
    return proven()


def is_trusted(peer: str) -> bool:
    """Is this the address of a proxy that a partnership has said it trusts?"""
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    return any(address in ip_network(text) for text in settings().trusted_proxies)


def said_back(response: Response) -> Response:
    """An answer that nobody keeps."""
    response.headers["Cache-Control"] = "no-store"
    return response
