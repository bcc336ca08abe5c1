"""A load in a process of its own, which ends as it is told to: by itself, killed, or with a full disk."""

import os
import signal
import sys

import sqlalchemy as sa

from safeguarding.loader.incoming import Offered
from safeguarding.loading import load
from safeguarding.settings import Settings
from safeguarding.store.database import TROUBLE
from safeguarding.store.releases import Store

WHO = {"by": "An analyst", "note": "Corrected by the source"}
FULL = 3  # what a process ends with that was told that the disk is full


def corrected(value: int) -> Offered:
    """Synthetic: Stockport's population of 2024-25 with another value."""
    heading = "indicator_id,area_code,period,value,source_id"
    row = f"children_population,E08000007,2024-25,{value},ons_mye_2024"
    return Offered("population.csv", f"{heading}\n{row}\n".encode())


def load_once(url: str, value: int, ends_at: int | None = None, steps: object = None) -> None:
    """Load one figure. With `ends_at` the process kills itself there: two steps a statement, one a commit.

    `steps` is a shared number that is told how many there were.
    """
    store, count = Store(url), 0

    def step(*_: object) -> None:
        nonlocal count
        if count == ends_at:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1

    for event in ("before_cursor_execute", "after_cursor_execute", "commit"):
        sa.event.listen(store.engine, event, step)
    load(store, Settings(), [corrected(value)], **WHO)
    if steps is not None:
        steps.value = count  # type: ignore[attr-defined]


def load_with_room_for(url: str, value: int, most: int) -> None:
    """Load one figure where no file may grow beyond `most` bytes, as on a full disk."""
    import resource

    store = Store(url)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    try:
        load(store, Settings(), [corrected(value)], **WHO)
    except TROUBLE:
        sys.exit(FULL)
