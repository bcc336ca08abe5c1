"""How gunicorn serves the dashboard: loopback alone unless ACCESS says who may come in."""

import contextlib
import ctypes
import errno
import gc
import os
import shutil
import socket
import tempfile
from pathlib import Path

from safeguarding.refused import Refused
from safeguarding.settings import REFUSAL, from_environment, may_listen_on

try:
    _settings = from_environment()
except Refused as refused:
    raise SystemExit("\n".join(refused.problems)) from None
ARENAS, ON_ITS_OWN = -8, -3  # M_ARENA_MAX and M_MMAP_THRESHOLD of glibc's malloc.h
with contextlib.suppress(AttributeError, OSError, TypeError):
    # else each thread has a heap of its own, and what pages took stays in all of them: a third of the memory.
    # And a block of 256 KB is given back when it is free: glibc would raise the size from which it does
    # so with each, up to 32 MB, and a heap with holes only grows. Other systems have no such things to set.
    ctypes.CDLL(None).mallopt(ARENAS, 2)
    ctypes.CDLL(None).mallopt(ON_ITS_OWN, 256 * 1024)
# What a start makes stays: to look for garbage in it again and again took a fifth of the start. The workers
# share it, and look through what they make themselves.
gc.disable()
bind = f"{_settings.host}:{_settings.port}"
# `make dev`: one worker, that starts anew when a module, a template, a sheet, a script or data change
reload = os.environ.get("RELOAD") == "1"
reload_extra_files = [
    str(path)
    for folder in (Path("components"), Path("assets"), _settings.data_folder)
    for path in folder.rglob("*.*")
    if reload and path.suffix in (".html", ".css", ".js", ".csv", ".gz", ".json")
]
# a file that is new changes its folder
reload_extra_files += [
    str(folder)
    for folder in (_settings.data_folder, _settings.data_folder / "observations")
    if reload and folder.is_dir()
]
workers = 1 if reload else 2
threads = 32  # a cushion: connections that send nothing hold one for up to 20 seconds
worker_class = "addresses.worker.Worker"
logger_class = "addresses.worker.Log"
preload_app = not reload
timeout = 60
graceful_timeout = 10
control_socket_disable = True

if _settings.metrics_from:  # before the application is imported: its processes add up their measures here
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="dashboard-metrics-")


def on_starting(server):
    """Refuse to listen where anyone could read the figures, whoever set the address, and where somebody else
    listens already.
    """
    # a socket of systemd, or of an older start
    handed_over = {"LISTEN_FDS", "GUNICORN_FD"} & os.environ.keys()
    for host, port in (address for address in server.cfg.address if isinstance(address, tuple)):
        if not may_listen_on(host, _settings.access):
            raise SystemExit(REFUSAL.format(host=host))
        if not handed_over and _is_taken(host, port):
            raise SystemExit(
                f"Port {port} is taken, perhaps by a dashboard that runs: PORT={port + 1} make run"
            )


def _is_taken(host, port):
    """Does somebody listen there? gunicorn would try five times, and say so in ten lines."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


def pre_fork(server, worker):
    """Leave alone what is there before the processes part."""
    gc.freeze()


def post_fork(server, worker):
    """Look for garbage from now on."""
    gc.enable()


def when_ready(server):
    """Say where the dashboard is."""
    server.log.info(
        "Open http://%s:%s in a browser. Ctrl+C stops the dashboard.", _settings.host, _settings.port
    )


def child_exit(server, worker):
    """Forget what a process that has ended was showing; its counts stay."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)


def on_exit(server):
    """Leave no measures behind."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
