"""OpenID Connect: signing in by a provider of the council's own, such as Entra ID, with ACCESS=oidc.

The authorization code flow with PKCE. What has to match when the browser comes back follows from a secret in
its cookie, so that nothing is kept here meanwhile. Whoever has no role in the provider's claim stays outside.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from addresses.asking import said
from addresses.gate import caller, said_back
from components.site import opened, settings
from safeguarding.access.accounts import NAME, Accounts
from safeguarding.access.people import Person, Role
from safeguarding.settings import Settings
from safeguarding.store.audit import write_down

BACK = "/sign-in/back"
BOUND, ONWARD = "bound", "onward"  # cookies for the way to the provider and back
ALGORITHMS = ["RS256", "PS256", "ES256"]
PATIENCE = 10.0  # seconds that a provider may take
NOT_NOW = "The sign-on of your council does not answer at the moment. Try again in a minute."
NOT_OURS = "Signing in did not come back to where it began. Nobody was signed in: begin again, please."
NO_ROLE = (
    "Your council's sign-on knows you, but gives you no role here. Ask whoever looks after the dashboard."
)


def derived(bound: str, what: str) -> str:
    """What stands for a browser's secret on the way: nobody can tell the secret from it."""
    found = hmac.new(bound.encode(), what.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(found).decode().rstrip("=")


def role_in(claims: dict[str, Any], name: str) -> Role | None:
    """The highest role that a claim gives, which is one word or a list of them; None where it gives none."""
    given = claims.get(name)
    words = given if isinstance(given, list) else str(given or "").split()
    return max((role for role in Role if role.value in words), key=lambda role: role.rank, default=None)


def begin(asked: str) -> BaseResponse:
    """Send a browser to the provider."""
    here, bound = settings(), secrets.token_urlsafe(32)
    try:
        provider = discovered(here.oidc_issuer)
    except OSError:
        return _later()
    client = _client(here)
    address, _ = client.create_authorization_url(
        provider["authorization_endpoint"],
        state=derived(bound, "state"),
        nonce=derived(bound, "nonce"),
        code_verifier=derived(bound, "verifier"),
    )
    response = said_back(Response(status=302, headers={"Location": address}))
    for name, value in ((BOUND, bound), (ONWARD, asked)):
        response.set_cookie(
            name, value, max_age=600, httponly=True, samesite="Lax", secure=here.behind_tls, path="/sign-in"
        )
    return response


def come_back() -> tuple[Person, str] | Response:
    """Who has come back from the provider, and where they wanted to go; else what they are told."""
    bound, given = request.cookies.get(BOUND, ""), request.args.get("state", "")
    if not bound or not hmac.compare_digest(given.encode(), derived(bound, "state").encode()):
        return said(403, NOT_OURS)
    if "code" not in request.args:
        return said(401, "Your council's sign-on has signed nobody in.")
    try:
        claims = claimed(settings(), request.args["code"], bound)
    except OSError:
        return _later()
    except ValueError as error:
        return _failed("", str(error), NOT_OURS, 403)
    name = str(claims.get(settings().oidc_name_claim) or "").lower()
    role = role_in(claims, settings().oidc_role_claim)
    if not NAME.fullmatch(name) or claims.get("email_verified") is False:
        return _failed("", "no name", NO_ROLE, 403)
    if role is None:
        return _failed(name, "no role", NO_ROLE, 403)
    return known(name, role), request.cookies.get(ONWARD, "/")


def known(name: str, role: Role) -> Person:
    """Whoever the provider names, with the role that it gives: their account is made or changed to fit."""
    accounts, by = Accounts(opened().store), "the sign-on"
    found = accounts.find(name)
    if found is None:
        accounts.add(name, None, role, by)
    elif found.role is not role:
        accounts.set_role(name, role, by)
    with opened().store.writing() as connection:
        write_down(connection, "signed in", name, "by the sign-on", caller())
    return Person(name, role)


def claimed(here: Settings, code: str, bound: str) -> dict[str, Any]:
    """What the provider says of whoever brought a code, checked by its signature.

    Raises OSError where it does not answer, ValueError where what it says is not for this browser.
    """
    from authlib.common.errors import AuthlibBaseError
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    provider = discovered(here.oidc_issuer)
    try:
        token = _client(here).fetch_token(
            provider["token_endpoint"], code=code, code_verifier=derived(bound, "verifier")
        )
        held: Any = _got(provider["jwks_uri"])
        keys = KeySet.import_key_set(held)
        found = jwt.decode(token.get("id_token", ""), keys, algorithms=ALGORITHMS)
        jwt.JWTClaimsRegistry(
            leeway=60,
            iss={"essential": True, "value": here.oidc_issuer},
            aud={"essential": True, "value": here.oidc_client},
            exp={"essential": True},
            nonce={"essential": True, "value": derived(bound, "nonce")},
        ).validate(found.claims)
    except (AuthlibBaseError, JoseError, KeyError, TypeError) as error:
        raise ValueError(type(error).__name__) from error
    return dict(found.claims)


@lru_cache(maxsize=4)
def discovered(issuer: str) -> dict[str, Any]:
    """What a provider says of itself. Raises OSError where it does not answer, or answers for another."""
    found = _got(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != issuer:
        raise OSError("the provider calls itself something else than OIDC_ISSUER")
    return found


def _got(address: str) -> dict[str, Any]:
    import requests

    answer = requests.get(address, timeout=PATIENCE, allow_redirects=False)
    answer.raise_for_status()
    try:
        return dict(answer.json())
    except (ValueError, TypeError) as error:
        raise OSError("the provider has sent no JSON") from error


def _client(here: Settings) -> Any:
    from authlib.integrations.requests_client import OAuth2Session

    root = here.public_address.rstrip("/") or request.host_url.rstrip("/")
    return OAuth2Session(
        here.oidc_client,
        here.oidc_secret,
        scope="openid profile email",
        redirect_uri=root + BACK,
        code_challenge_method="S256",
        default_timeout=PATIENCE,
    )


def _failed(name: str, why: str, told: str, status: int) -> Response:
    with opened().store.writing() as connection:
        write_down(connection, "sign-in failed", name, f"by the sign-on: {why}", caller())
    return said(status, told)


def _later() -> Response:
    response = said(503, NOT_NOW)
    response.headers["Retry-After"] = "60"
    return response
