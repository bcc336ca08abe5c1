"""Shareable: a release copied into a store of its own, without a value that may not be shown.

Hiding is done when figures are read, so an ordinary store and its backups hold what is hidden. This one does
not: neither figure nor wording is there to be found.
"""

import json

import pandas as pd
import sqlalchemy as sa

from safeguarding import periods
from safeguarding.loader import Folder
from safeguarding.store.releases import Loaded, Store
from safeguarding.store.schema import CATALOGUE
from safeguarding.store.tables import Observation

GONE = {"value": "", "as_printed": "", "note": "", "hidden": "yes"}


def copied(store: Store, release_id: int, target: Store) -> Loaded:
    """Copy a release as everyone may see it into another store, as a release of it.

    Raises KeyError where there is no such release.
    """
    hidden = store.hidden_statements(release_id)
    asked = sa.select(CATALOGUE).where(CATALOGUE.c.release_id == release_id)
    with store.engine.connect() as connection:
        tables = {row.name: json.loads(row.table_rows) for row in connection.execute(asked)}
    tables["statements"] = [
        {**row, **GONE} if row["statement_id"] in hidden else row for row in tables.get("statements", ())
    ]
    figures = pd.DataFrame(store.shown(release_id).every(), columns=list(Observation._fields))
    for day in ("period_start", "period_end"):
        undated = figures["period"] == periods.UNDATED
        figures[day] = figures[day].map(str).mask(undated, "")
    figures["status"] = figures["status"].map(str)
    figures["provisional"] = figures["provisional"].map({True: "yes", False: ""})
    files = {f"release {release_id}": f"{store.loaded_at(release_id):%Y-%m-%dT%H:%M:%S}"}
    reason = f"Release {release_id} as everyone may see it, without what is hidden"
    return target.load_folder(Folder(tables, figures, files), "the shareable command", reason)
