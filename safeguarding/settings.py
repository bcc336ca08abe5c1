"""Settings: everything a partnership may set, read once from the environment."""

import os
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Settings:
    """One field a setting; docs/settings.md describes each. Read with `from_environment`."""

    home_area: str = "E08000007"
    partnership: str = "Stockport Safeguarding Children Partnership"
    database_url: str = f"sqlite:///{ROOT / 'var' / 'dashboard.sqlite'}"
    data_folder: Path = ROOT / "data"
    host: str = "127.0.0.1"
    port: int = 8050
    allow_public: bool = False
    neighbour_average: str = "mean"
    data_contact: str = "the partnership's performance team"
    worried_text: str = (
        "Worried about a child? If a child is in immediate danger, call 999. "
        "Otherwise contact the local children's services front door, or the NSPCC helpline."
    )
    worried_contact: str = "0808 800 5000"
    marking: str = "OFFICIAL"


def from_environment(environment: dict[str, str] | None = None) -> Settings:
    """Read the settings from `environment` (the process's own when None).

    Raises ValueError with a sentence that says what to mend when PORT or NEIGHBOUR_AVERAGE makes no sense.
    """
    env = dict(os.environ) if environment is None else environment
    default = Settings()
    port = env.get("PORT", str(default.port))
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError(f"PORT is {port!r}: give a number from 1 to 65535, such as 8050.")
    average = env.get("NEIGHBOUR_AVERAGE", default.neighbour_average)
    if average not in ("mean", "median"):
        raise ValueError(f"NEIGHBOUR_AVERAGE is {average!r}: give mean or median.")
    return Settings(
        home_area=env.get("HOME_AREA", default.home_area),
        partnership=env.get("PARTNERSHIP", default.partnership),
        database_url=env.get("DATABASE_URL", default.database_url),
        data_folder=Path(env.get("DATA_FOLDER", str(default.data_folder))),
        host=env.get("HOST", default.host),
        port=int(port),
        allow_public=env.get("ALLOW_PUBLIC") == "1",
        neighbour_average=average,
        data_contact=env.get("DATA_CONTACT", default.data_contact),
        worried_text=env.get("WORRIED_TEXT", default.worried_text),
        worried_contact=env.get("WORRIED_CONTACT", default.worried_contact),
        marking=env.get("MARKING", default.marking),
    )


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
    "The dashboard will not listen on {host}: it has no sign-in yet, so anyone who can reach that address could read it. "
    "Leave HOST at 127.0.0.1, or set ALLOW_PUBLIC=1 if the network in front of it decides who gets in."
)
