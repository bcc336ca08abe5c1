"""Worker: gunicorn's worker of threads, with an end to reading, and its log, as JSON where that is wanted.

Whoever sends half a request and then nothing, or a byte at a time, does not hold a thread for ever. gunicorn
itself waits without end. And whoever has its answer and does not hang up holds a thread for two seconds:
gunicorn waits with its one loop, so that nobody else is let in.
"""

import os
from collections.abc import Callable
from time import monotonic
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.http.errors import InvalidHeader, UnsupportedTransferCoding
from gunicorn.workers.gthread import ThreadWorker

from addresses.lines import AsJson, Plain

READING = 20.0  # seconds for a whole request to arrive
LEAST = 50_000  # bytes a second that a large one has to come by: what arrives buys time for the rest


class Worker(ThreadWorker):
    """A thread worker that takes a request that has not arrived in time for one that has been broken off."""

    def handle(self, conn: Any) -> Any:
        """Answer one request of a connection."""
        conn.until = monotonic() + READING
        if not hasattr(conn, "bounded"):
            conn.bounded = True
            begin = conn.init

            def init() -> None:
                already = conn.initialized
                begin()
                if not already and not conn.is_http2:
                    _bound(conn)

            conn.init = init
        goes_on = super().handle(conn)
        if not goes_on:
            conn.close(graceful=True)  # here, in a thread: the loop would wait until the other side hangs up
            conn.close = lambda graceful=False: None  # the loop closes it once more
        return goes_on

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer what could not be read: 400 for a coding that nobody here knows too, which gunicorn takes
        for a fault of the server's (501).
        """
        if isinstance(exc, UnsupportedTransferCoding):
            exc = InvalidHeader("Transfer-Encoding")
        super().handle_error(req, client, addr, exc)


class Log(Logger):
    """What gunicorn itself says, in lines of JSON with LOG=json, and without what a client has sent."""

    def setup(self, cfg: Any) -> None:
        """Take gunicorn's own handlers, and say it our way."""
        super().setup(cfg)
        as_json = os.environ.get("LOG") == "json"
        for handler in self.error_log.handlers:
            handler.setFormatter(AsJson() if as_json else Plain(self.error_fmt, self.datefmt))


def _bound(conn: Any) -> None:
    """Let reading from a connection end when its time is up, as if the other side had hung up."""
    unreader = conn.parser.unreader
    read: Callable[..., bytes] = unreader.chunk

    def chunk(*given: Any, **named: Any) -> bytes:
        left = conn.until - monotonic()
        if left <= 0:
            return b""
        conn.sock.settimeout(left)
        try:
            came = read(*given, **named)
            conn.until += len(came) / LEAST
            return came
        except TimeoutError:
            return b""
        finally:
            conn.sock.settimeout(None)

    unreader.chunk = chunk
