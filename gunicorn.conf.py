"""How gunicorn serves the dashboard: settings from the environment, loopback unless ALLOW_PUBLIC=1."""

import os
from pathlib import Path

from safeguarding.settings import REFUSAL, from_environment, may_listen_on

_settings = from_environment()
bind = f"{_settings.host}:{_settings.port}"
# `make dev`: one worker, that starts anew when a module, a template, a sheet, a script or data change
reload = os.environ.get("RELOAD") == "1"
reload_extra_files = [
    str(path)
    for folder in (Path("components"), Path("assets"), _settings.data_folder)
    for path in folder.rglob("*.*")
    if reload and path.suffix in (".html", ".css", ".js", ".csv", ".json")
]
workers = 1 if reload else 2
threads = 4
preload_app = not reload
timeout = 60
graceful_timeout = 10
control_socket_disable = True


def on_starting(server):
    """Refuse to listen where anyone could read the figures, whoever set the address."""
    for host, _ in (address for address in server.cfg.address if isinstance(address, tuple)):
        if not may_listen_on(host, _settings.allow_public):
            raise SystemExit(REFUSAL.format(host=host))


def when_ready(server):
    """Say where the dashboard is."""
    server.log.info(
        "Open http://%s:%s in a browser. Ctrl+C stops the dashboard.", _settings.host, _settings.port
    )
