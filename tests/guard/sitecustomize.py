"""Guard: writes down whatever a Python process tries to reach outside of this machine, and stops it.

Python imports it by its name at the start of each process that has this folder on PYTHONPATH: the server, its
workers, and what they begin.
"""

import os
import sys
from ipaddress import ip_address

NEAR = ("localhost", "", None, b"localhost")


def _is_near(host: object) -> bool:
    if host in NEAR:
        return True
    try:
        address = ip_address(host.decode() if isinstance(host, bytes) else host)
    except (ValueError, UnicodeDecodeError):
        return False
    return address.is_loopback or address.is_unspecified


def _guard(event: str, arguments: tuple) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a path is on this machine
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if not _is_near(host):
        with open(os.environ["GUARD"], "a") as tried:  # noqa: PTH123
            tried.write(f"{event} {host!r}\n")
        raise OSError(f"{event} {host!r}: nothing of this dashboard calls out")


sys.addaudithook(_guard)
