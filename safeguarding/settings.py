"""Settings: everything a partnership may set, read once from the environment."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from safeguarding.refused import Refused

ROOT = Path(__file__).resolve().parents[1]
THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class Settings:
    """One field a setting; docs/settings.md describes each. Read with `from_environment`."""

    home_area: str = "E08000007"
    partnership: str = ""
    database_url: str = f"sqlite:///{ROOT / 'var' / 'dashboard.sqlite'}"
    data_folder: Path = ROOT / "data"
    host: str = "127.0.0.1"
    port: int = 8050
    allow_public: bool = False
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


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `environment` (the process's own when None), each from its name in capitals.

    Raises Refused with a sentence that says what to mend when PORT or NEIGHBOUR_AVERAGE makes no sense.
    """
    env = os.environ if environment is None else environment
    given = {f.name: READERS[f.type](env[f.name.upper()]) for f in fields(Settings) if f.name.upper() in env}
    settings = Settings(**given)
    if settings.neighbour_average not in ("mean", "median"):
        raise Refused([f"NEIGHBOUR_AVERAGE is {settings.neighbour_average!r}: give mean or median."])
    if not given.get("allowed_hosts"):
        settings = replace(settings, allowed_hosts=known_by(settings.host))
    return settings


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise Refused([f"PORT is {text!r}: give a number from 1 to 65535, such as 8050."])
    return int(text)


READERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    Path: Path,
    int: _port,
    bool: lambda text: text == "1",
    tuple[str, ...]: lambda text: tuple(filter(None, (part.strip() for part in text.split(",")))),
}


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


def may_listen_on(host: str, allow_public: bool) -> bool:
    """May the server listen on `host`? Loopback always; anything else only when `allow_public`.

    There is no sign-in yet, so whoever reaches the address sees every figure. An empty host means
    every interface, and a name other than `localhost` is not trusted to be loopback.
    """
    if allow_public or host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


REFUSAL = (
    "The dashboard will not listen on {host}: it has no sign-in yet, so anyone who can reach that address "
    "could read it. Leave HOST at 127.0.0.1, or set ALLOW_PUBLIC=1 if the network in front of it decides who "
    "gets in."
)
