"""Limits: how often somebody may ask, so that one reader or script does not take the dashboard from the rest.

A bucket for each person, and for each address of those who have not signed in: it holds a minute's requests
and fills up evenly. Each process counts its own, in memory.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from flask import Response

from addresses.asking import said

MOST = 10_000  # buckets; who has not asked for longest is forgotten first
TOO_OFTEN = "You have asked too often. Wait a moment and try again."


class Buckets:
    """A bucket for each who asks."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock, self._lock = clock, Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, who: str, a_minute: int) -> float:
        """How many seconds `who` has to wait; 0 where they may ask now, which takes one from their bucket."""
        now = self._clock()
        with self._lock:
            left, at = self._left.pop(who, (float(a_minute), now))
            left = min(a_minute, left + (now - at) * a_minute / 60)
            may = left >= 1
            self._left[who] = (left - 1 if may else left, now)
            if len(self._left) > MOST:
                self._left.popitem(last=False)
        return 0.0 if may else (1 - left) * 60 / a_minute


_buckets = Buckets()


def refused(who: str, a_minute: int) -> Response | None:
    """429 with a sentence, where `who` asks more often than so many times a minute; 0 is no limit."""
    seconds = _buckets.wait(who, a_minute) if a_minute else 0.0
    if not seconds:
        return None
    response = said(429, TOO_OFTEN)
    response.headers["Retry-After"] = str(int(seconds) + 1)
    return response
