"""Metrics: how many requests, how they ended and how long they took, as Prometheus reads them.

Off unless METRICS_FROM names who may read them. Under gunicorn the processes add theirs up through files of a
folder that gunicorn.conf.py makes, so that any of them answers for all.
"""

import os
import time
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from flask import Flask, Response, abort, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from addresses.asking import said
from addresses.gate import BY_WAY_OF, INSIDE
from addresses.log import METHODS, route
from components.site import opened, settings
from safeguarding.store.database import TROUBLE

PATH = "/metrics"
SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5)  # the bounds that requests are counted below


class Measures(NamedTuple):
    """What is measured: by route, method and status, none of which a caller can invent."""

    requests: Counter
    seconds: Histogram
    release: Gauge
    readable: Gauge


@lru_cache(maxsize=1)
def measures() -> Measures:
    """The measures of this process, made when they are first wanted."""
    return Measures(
        Counter("dashboard_requests", "Requests answered", ("route", "method", "status")),
        Histogram("dashboard_request_seconds", "Until an answer began", ("route",), buckets=SECONDS),
        Gauge("dashboard_release", "The release on show", multiprocess_mode="livemostrecent"),
        Gauge("dashboard_store_readable", "1 while the store can be read", multiprocess_mode="livemin"),
    )


def may_read(peer: str) -> bool:
    """May this address read them? Nobody whom a proxy has handed on."""
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    listed = any(address in ip_network(text) for text in settings().metrics_from)
    return listed and not any(name in request.headers for name in BY_WAY_OF)


def _look(here: Measures) -> None:
    """Measure what this process shows, and whether it can read its store."""
    try:
        here.release.set(opened().release)
    except (LookupError, *TROUBLE):
        pass  # before the first load
    here.readable.set(opened().unread_since is None)


def register(server: Flask) -> None:
    """Count every request, and add the address that tells the counts."""

    @server.after_request
    def counted(response: Response) -> Response:
        if not settings().metrics_from or INSIDE in request.environ or "began" not in g:
            return response
        method, here = request.method if request.method in METHODS else "other", measures()
        here.requests.labels(route(), method, response.status_code).inc()
        here.seconds.labels(route()).observe(time.perf_counter() - g.began)
        _look(here)
        return response

    @server.get(PATH)
    def metrics() -> Response:
        """The measures of all processes, in Prometheus's own text."""
        if not settings().metrics_from:
            abort(404)
        if not may_read(request.remote_addr or ""):
            return said(403, "Only addresses that METRICS_FROM names are told this.")
        _look(measures())  # a process that has answered nobody yet has looked at nothing
        registry = REGISTRY
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
