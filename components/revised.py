"""Revised: what the release on show has changed for readers, as the page Data tells it."""

from collections import Counter
from typing import Any

from components.site import desk
from safeguarding import periods, words
from safeguarding.query import Query
from safeguarding.store.tables import Indicator, Key, Revised

MOST = 40  # rows


def revised(view: Query) -> dict[str, Any] | None:
    """The figures of a view's area that have changed, and how many of each measure everywhere; None where
    nothing has.
    """
    here = desk()
    found = here.store.revisions(here.release, here.audience)
    if not found:
        return None
    indicators = here.catalogue.indicators
    own = [(key, one) for key, one in sorted(found.figures.items()) if key[1] == view.area]
    changed = Counter(key[0] for key in found.figures)
    named = {name: i.title for name, i in indicators.items()}
    return {
        "against": found.against,
        "on": found.on,
        "area": here.catalogue.areas[view.area].name,
        "said": _said(len(found.figures), sum(found.new.values()), sum(found.gone.values())),
        "rows": [_row(key, one, indicators[key[0]], view) for key, one in own[:MOST]],
        "more": max(0, len(own) - MOST),
        "counts": [
            (named.get(name, name), changed[name], found.new.get(name, 0), found.gone.get(name, 0))
            for name in sorted({*changed, *found.new, *found.gone}, key=lambda n: named.get(n, n))
        ],
    }


def _said(changed: int, new: int, gone: int) -> str:
    noun = "figure" if changed == 1 else "figures"
    return f"{changed:,} {noun} changed, {new:,} new, {gone:,} gone"


def _row(key: Key, one: Revised, indicator: Indicator, view: Query) -> dict[str, Any]:
    _, _, period, breakdown, category, _ = key
    was, now = ("no value" if v is None else words.shown(v, indicator) for v in (one.was, one.now))
    return {
        "indicator": indicator,
        "link": desk().link(f"/indicator/{indicator.indicator_id}", view),
        "part": category or breakdown,
        "period": periods.label(period, indicator.year_type),
        "was": was,
        "now": now,
    }
