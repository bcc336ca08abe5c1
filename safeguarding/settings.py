"""Settings: everything a partnership may set, read once from the environment."""

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from importlib.util import find_spec
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from safeguarding.refused import Refused

ROOT = Path(__file__).resolve().parents[1]
THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")
ACCESS = ("accounts", "oidc", "proxy", "anyone")  # the ways in that there are: docs/running.md
HOST = re.compile(r"(https?://)?(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.I)  # as a policy takes it


@dataclass(frozen=True)
class Settings:
    """One field a setting; docs/settings.md describes each. Read with `from_environment`."""

    home_area: str = "E08000007"
    partnership: str = ""
    database_url: str = f"sqlite:///{ROOT / 'var' / 'dashboard.sqlite'}"
    data_folder: Path = ROOT / "data"
    host: str = "127.0.0.1"
    port: int = 8050
    access: str = ""
    trusted_proxies: tuple[str, ...] = ()
    proxy_header: str = "X-Forwarded-User"
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_secret: str = field(default="", repr=False)
    oidc_name_claim: str = "email"
    oidc_role_claim: str = "roles"
    allowed_hosts: tuple[str, ...] = THIS_MACHINE
    public_address: str = ""
    neighbour_average: str = "mean"
    data_contact: str = "the partnership's performance team"
    worried_text: str = (
        "Worried about a child? If a child is in immediate danger, call 999. "
        "Otherwise contact the local children's services front door, or the NSPCC helpline."
    )
    worried_contact: str = "0808 800 5000"
    marking: str = "OFFICIAL"
    small_count: int = 5
    partners_see_small_counts: bool = False
    rate_limit: int = 600
    log: str = ""
    metrics_from: tuple[str, ...] = ()
    template_pptx: Path | None = None
    template_docx: Path | None = None
    embed_from: tuple[str, ...] = ()

    @property
    def templates(self) -> dict[str, Path]:
        """The partnership's own templates, by the kind of document."""
        given = {"pptx": self.template_pptx, "docx": self.template_docx}
        return {kind: path for kind, path in given.items() if path is not None}

    @property
    def behind_tls(self) -> bool:
        """Do readers come by https? Then cookies are for https alone, and browsers are told to stay there."""
        return self.public_address.lower().startswith("https://")


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `environment` (the process's own when None), each from its name in capitals.

    Raises Refused with a sentence for each that makes no sense, which says what to mend.
    """
    env = os.environ if environment is None else environment
    read = {f.name: NAMED.get(f.name) or READERS[f.type] for f in fields(Settings)}
    given, problems = {}, []
    for name, reader in read.items():
        if name.upper() in env:
            try:
                given[name] = reader(env[name.upper()])
            except Refused as refused:
                problems += refused.problems
    settings = Settings(**given)  # what is wrong has its default here, and is told below
    try:
        if settings.access == "oidc":
            settings = replace(settings, oidc_secret=settings.oidc_secret or _first_line(env))
    except Refused as refused:
        problems += refused.problems
    problems += _wrong(settings)
    if problems:
        raise Refused(problems)
    if not given.get("allowed_hosts"):
        settings = replace(settings, allowed_hosts=known_by(settings.host))
    return settings


def _wrong(settings: Settings) -> Iterator[str]:
    """What makes no sense in settings that could each be read, a sentence each."""
    if settings.neighbour_average not in ("mean", "median"):
        yield f"NEIGHBOUR_AVERAGE is {settings.neighbour_average!r}: give mean or median."
    if settings.log not in ("", "json"):
        yield f"LOG is {settings.log!r}: give json, or leave it out."
    if settings.public_address and not _is_web(settings.public_address):
        yield (
            f"PUBLIC_ADDRESS is {settings.public_address!r}: give an address that begins with https:// or "
            "http://, such as https://safeguarding.example.gov.uk."
        )
    if settings.access not in ("", *ACCESS):
        yield f"ACCESS is {settings.access!r}: give accounts, oidc, proxy or anyone (docs/running.md)."
    for name in ("trusted_proxies", "metrics_from"):
        for text in getattr(settings, name):
            try:
                ip_network(text)
            except ValueError:
                yield f"{name.upper()} has {text!r}: give addresses or networks, such as 10.1.2.3."
    if settings.access == "proxy" and not settings.trusted_proxies:
        yield "ACCESS is proxy, but TRUSTED_PROXIES is empty: give the addresses that the proxy calls from."
    if settings.access == "oidc":
        yield from _wrong_sign_on(settings)
    for host in settings.embed_from:
        if not HOST.fullmatch(host):
            yield f"EMBED_FROM has {host!r}: give hosts, such as https://example.sharepoint.com."


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _first_line(env: Mapping[str, str]) -> str:
    """The secret of the file that OIDC_SECRET_FILE names; empty without one."""
    path = env.get("OIDC_SECRET_FILE", "")
    try:
        return Path(path).read_text(encoding="utf-8").partition("\n")[0].strip() if path else ""
    except (OSError, UnicodeDecodeError):
        raise Refused([f"OIDC_SECRET_FILE is {path!r}, which cannot be read."]) from None


def _wrong_sign_on(settings: Settings) -> Iterator[str]:
    """What is missing for a sign-on by OpenID Connect, a sentence each."""
    issuer = urlsplit(settings.oidc_issuer)
    near = issuer.scheme == "http" and (issuer.hostname == "localhost" or is_loopback(issuer.hostname or ""))
    if issuer.scheme != "https" and not near:
        yield "OIDC_ISSUER: give the provider's address, beginning with https://."
    if not settings.oidc_client or not settings.oidc_secret:
        yield "OIDC_CLIENT and OIDC_SECRET (or OIDC_SECRET_FILE): give what the provider has issued."
    if not find_spec("authlib"):
        yield "ACCESS is oidc, which needs: .venv/bin/python -m pip install authlib requests"


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise Refused([f"PORT is {text!r}: give a number from 1 to 65535, such as 8050."])
    return int(text)


def _small(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 100):
        raise Refused([f"SMALL_COUNT is {text!r}: give the largest count to hide, from 1 to 99, such as 5."])
    return int(text)


def _often(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 1_000_000):
        raise Refused([f"RATE_LIMIT is {text!r}: give requests a minute, such as 600, or 0 for no limit."])
    return int(text)


def _switch(text: str) -> bool:
    if text not in ("", "0", "1"):
        raise Refused([f"PARTNERS_SEE_SMALL_COUNTS is {text!r}: give 1, or leave it out."])
    return text == "1"


NAMED: dict[str, Callable[[str], Any]] = {
    "small_count": _small,
    "rate_limit": _often,
    "partners_see_small_counts": _switch,
}
READERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    Path: Path,
    Path | None: lambda text: Path(text) if text.strip() else None,
    int: _port,
    tuple[str, ...]: lambda text: tuple(filter(None, (part.strip() for part in text.split(",")))),
}


def check_home(code: str, known: Collection[str]) -> None:
    """Raises Refused where the home area is not among the areas that are known."""
    if code not in known:
        said = f"HOME_AREA is {code!r}, which is not in areas.csv. Give a code from there, such as E08000007."
        raise Refused([said])


def known_by(host: str) -> tuple[str, ...]:
    """What a browser may call a server by that listens on `host`, where nobody has said so.

    This machine's own names, and `host` itself unless it is empty or stands for every interface.
    """
    bare = host.strip("[]")
    try:
        address = ip_address(bare)
    except ValueError:
        own = [bare] if bare else []
    else:
        named = f"[{address}]" if address.version == 6 else str(address)
        own = [] if address.is_unspecified else [named]
    return tuple(dict.fromkeys((*THIS_MACHINE, *own)))


def may_listen_on(host: str, access: str) -> bool:
    """May the server listen on `host`? Loopback always; anything else once `access` says who may come in.

    An empty host means every interface, and a name other than `localhost` is not trusted to be loopback.
    """
    return bool(access) or host == "localhost" or is_loopback(host)


def is_loopback(address: str) -> bool:
    """Is this an address of this machine alone? False for a name, and for nothing."""
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


REFUSAL = (
    "The dashboard will not listen on {host} before it is told who may come in: set ACCESS=accounts (people "
    "sign in), ACCESS=oidc (by the council's sign-on), ACCESS=proxy with TRUSTED_PROXIES (a proxy in front "
    "names them) or ACCESS=anyone (whoever "
    "reaches it reads what is shareable), or leave HOST at 127.0.0.1; docs/running.md says how to choose."
)
