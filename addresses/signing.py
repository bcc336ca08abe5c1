"""Signing: the page to sign in, signing out, one's own account and tokens, and the audit log."""

import hmac
import json
import secrets

from flask import Flask, Response, g, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from addresses import oidc
from addresses.asking import place_of, said
from addresses.gate import SIGN_IN, caller, said_back
from addresses.proofs import FORM, cookie
from components.markup import render
from components.site import opened, settings
from safeguarding.access.accounts import Accounts, TooSoon
from safeguarding.access.people import Person, Role
from safeguarding.access.sessions import ABSOLUTE, Sessions, proof_for
from safeguarding.access.tokens import Tokens
from safeguarding.refused import Refused
from safeguarding.store.audit import entries

PROOF = "_csrf_token"  # a cookie that Dash sends back as X-CSRFToken
NEWEST = 500  # lines of the audit log on its page


def after(asked: str) -> str:
    """Where to go once signed in: an address of ours, else home."""
    is_ours = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable()
    return asked if is_ours and len(asked) < 2000 and not asked.startswith(SIGN_IN) else "/"


def form(status: int = 200, problem: str = "", name: str = "", asked: str = "/") -> Response:
    """The page to sign in, with a cookie that its form has to match."""
    bound = secrets.token_urlsafe(32)
    text = render(
        "sign_in",
        problem=problem,
        name=name,
        next=after(asked),
        proof=proof_for(bound),
        partnership=opened().desk.partnership,
        contact=settings().data_contact,
    )
    response = said_back(Response(text, status, mimetype="text/html"))
    _put(response, FORM, bound)
    return response


def register(server: Flask) -> None:
    """Add the addresses of signing in and out."""

    @server.get(SIGN_IN)
    def sign_in_page() -> BaseResponse:
        """The page to sign in."""
        if opened().access == "oidc":
            return oidc.begin(after(request.args.get("next", "/")))
        if opened().access not in ("accounts", "anyone"):
            return redirect("/", 302)
        return form(asked=request.args.get("next", "/"))

    @server.post(SIGN_IN)
    def sign_in() -> BaseResponse:
        """Begin a session."""
        if opened().access not in ("accounts", "anyone"):
            return said(404, "There is nothing at this address.")
        given, origin = request.form, request.headers.get("Origin")
        bound = request.cookies.get(FORM, "")
        ours = bound and hmac.compare_digest(given.get("proof", "").encode(), proof_for(bound).encode())
        if not ours or (origin is not None and place_of(origin) != request.host):
            return form(403, "Nothing was sent. Type it once more, please.", asked=given.get("next", "/"))
        name = given.get("name", "")[:100]
        try:
            person = Accounts(opened().store).check(name, given.get("password", ""), caller())
        except TooSoon as soon:
            response = form(429, str(soon), name, given.get("next", "/"))
            response.headers["Retry-After"] = str(soon.seconds)
            return response
        except Refused as refused:
            return form(401, str(refused), name, given.get("next", "/"))
        response = _begun(person, given.get("next", "/"))
        response.delete_cookie(FORM)
        return response

    @server.get(oidc.BACK)
    def come_back() -> BaseResponse:
        """Begin a session of whoever a provider names."""
        if opened().access != "oidc":
            return said(404, "There is nothing at this address.")
        found = oidc.come_back()
        response = _begun(*found) if isinstance(found, tuple) else found
        for name in (oidc.BOUND, oidc.ONWARD):
            response.delete_cookie(name, path=SIGN_IN)
        return response

    @server.post("/sign-out")
    def sign_out() -> BaseResponse:
        """End the session."""
        if not opened().access:
            return redirect("/", 303)
        Sessions(opened().store).end(request.cookies.get(cookie(), ""), caller())
        response = said_back(_to(SIGN_IN))
        response.headers["Clear-Site-Data"] = '"cache"'
        response.delete_cookie(cookie(), secure=settings().behind_tls, httponly=True, samesite="Lax")
        response.delete_cookie(PROOF, secure=settings().behind_tls, samesite="Lax")
        return response

    @server.get("/account")
    def account() -> Response:
        """One's own account."""
        return _account()

    @server.post("/account/tokens")
    def make_token() -> Response:
        """Make a token, and show it this once."""
        if g.get("person") is None:
            return _account()
        try:
            name = g.person.name
            return _account(
                secret=Tokens(opened().store).make(name, request.form.get("title", ""), name, caller())
            )
        except Refused as refused:
            return _account(422, str(refused))

    @server.post("/account/tokens/<int:number>/revoke")
    def revoke_token(number: int) -> BaseResponse:
        """End a token of one's own."""
        if g.get("person") is None:
            return _account()
        try:
            Tokens(opened().store).revoke(min(number, 2**31 - 1), g.person.name, g.person.name, caller())
        except Refused as refused:
            return _account(422, str(refused))
        return redirect("/account", 303)

    @server.get("/audit")
    def audit() -> Response:
        """The newest lines of the audit log."""
        found = list(entries(opened().store.engine, NEWEST))
        text = render("audit", entries=found, partnership=opened().desk.partnership)
        return said_back(Response(text, mimetype="text/html"))

    @server.get("/api/audit.jsonl")
    def audit_lines() -> Response:
        """The audit log as JSON lines, the first first."""
        lines = (json.dumps(e.as_data, ensure_ascii=False) + "\n" for e in entries(opened().store.engine))
        return said_back(Response("".join(lines), mimetype="application/x-ndjson"))


def _account(status: int = 200, problem: str = "", secret: str = "") -> Response:
    person = g.get("person")
    if person is None:  # without accounts there is none to show
        return said(404, "Nobody signs in here: this dashboard is open to its own machine alone.")
    text = render(
        "account",
        person=person,
        problem=problem,
        secret=secret,
        signed_in=g.by == "session",
        proof=proof_for(request.cookies.get(cookie(), "")),
        tokens=Tokens(opened().store).all(person.name),
        audited=person.may(Role.ADMINISTRATOR),
        partnership=opened().desk.partnership,
    )
    return said_back(Response(text, status, mimetype="text/html"))


def _begun(person: Person, onward: str) -> Response:
    """A new session, in place of what this browser had."""
    sessions = Sessions(opened().store)
    sessions.end(request.cookies.get(cookie(), ""))
    secret = sessions.begin(person)
    response = said_back(_to(after(onward)))
    _put(response, cookie(), secret)
    _put(response, PROOF, proof_for(secret), seen_by_scripts=True)
    return response


def _to(address: str) -> Response:
    """Send a browser elsewhere after a form."""
    return Response(status=303, headers={"Location": address})


def _put(response: Response, name: str, value: str, seen_by_scripts: bool = False) -> None:
    response.set_cookie(
        name,
        value,
        httponly=not seen_by_scripts,
        samesite="Lax",
        secure=settings().behind_tls,
        path="/",
        max_age=None if name == FORM else int(ABSOLUTE.total_seconds()),
    )
