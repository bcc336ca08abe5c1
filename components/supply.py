"""Supply: the board of who has sent what, as the page Data shows it."""

from datetime import date
from typing import Any

from components.flags import Mark
from components.site import desk
from safeguarding import periods
from safeguarding.query import Query
from safeguarding.store.tables import Agency
from safeguarding.supply import MOST, Return, behind

MARKS = {
    "received": Mark("●", "Received", "none"),
    "expected": Mark("○", "Expected", "none"),
    "late": Mark("△", "Late", "warn"),
}


def board(view: Query, today: date) -> dict[str, Any] | None:
    """Agencies by quarter, the newest quarters last; None where no agency supplies quarters, and for another
    area than the one whose returns they are.
    """
    here = desk()
    found = here.supply(today)
    quarters = sorted({r.quarter for s in found for r in s.returns})[-MOST:]
    if not quarters or view.area != here.settings.home_area:
        return None
    rows = []
    for one in found:
        returns = {r.quarter: r for r in one.returns}
        cells = [_cell(one.agency, returns.get(q)) for q in quarters]
        rows.append({"agency": one.agency, "state": one.agency.state, "cells": cells})
    return {
        "said": behind(found) or "No return is late.",
        "quarters": [(q, periods.quarter_in_words(q)) for q in quarters],
        "rows": rows,
    }


def _cell(agency: Agency, one: Return | None) -> dict[str, Any] | None:
    if one is None:
        return None
    lines = one.lines(desk().corrected(agency.source_id, one.quarter))
    return {"state": one.state, "mark": MARKS[one.state], "lines": lines}
