"""What differs between two releases is what comparing figure by figure finds. Figures are synthetic."""

from collections import Counter
from collections.abc import Mapping

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.store.difference import by_indicator, difference, places
from safeguarding.store.releases import Store
from safeguarding.store.schema import METADATA, OBSERVATION, RELEASE

# few words each, so that figures meet: indicator, area, period, breakdown, category, source
KEYS = st.tuples(
    *(st.sampled_from(words) for words in ("ij", "ab", ["2023-24", "2024-25"], ["", "sex"], "c", "xyz"))
)
HELD = st.tuples(
    st.sampled_from([None, 1.0, 2.5]), st.sampled_from(["ok", "c"]), st.booleans(), st.none(), st.none()
)
RELEASES = st.dictionaries(KEYS, HELD, max_size=30)
Figures = Mapping[tuple[str, ...], tuple[object, ...]]


def put(connection: sa.Connection, number: int, figures: Figures) -> None:
    about = {"loaded_at": "2026-01-01T00:00:00+00:00", "author": "a test", "reason": "a test", "files": "{}"}
    connection.execute(sa.insert(RELEASE).values(release_id=number, **about))
    names = ["indicator_id", "area_code", "period", "breakdown", "category", "source_id"]
    names += ["value", "status", "provisional", "numerator", "denominator"]
    days = {"release_id": number, "period_start": "2024-04-01", "period_end": "2025-03-31"}
    rows = [dict(zip(names, (*key, *held), strict=True)) | days for key, held in figures.items()]
    if rows:
        connection.execute(sa.insert(OBSERVATION), rows)


def by_hand(old: Figures, new: Figures) -> tuple[Counter, set]:
    """How many figures are new, changed, gone and unchanged by indicator, and where there is a new value: the
    figures of both by their names, then each that came beside one that went and differs in its source alone.
    """
    counts: Counter = Counter()
    pairs = {key: key for key in new if key in old}
    went = [key for key in old if key not in new]
    for key in sorted(k for k in new if k not in old):
        former = [k for k in sorted(went) if k[:-1] == key[:-1]]
        if former:
            pairs[key] = former[-1]
            went.remove(former[-1])
    given = set()
    for key, held in new.items():
        kind = "new" if key not in pairs else "unchanged" if old[pairs[key]] == held else "changed"
        counts[key[0], kind] += 1
        if kind != "unchanged" and held[0] is not None:
            given.add((key[0], key[1], key[2], key[3] == ""))
    counts.update((key[0], "gone") for key in went)
    return counts, given


def check(engine: sa.Engine, old: Figures, new: Figures) -> None:
    with engine.connect() as connection, connection.begin() as transaction:
        for number, figures in ((1, old), (2, new)):
            put(connection, number, figures)
        found = by_indicator(connection, 1, 2)
        given = places(connection, 1, 2, found)
        transaction.rollback()
    counts, expected = by_hand(old, new)
    differing = {i for (i, kind), n in counts.items() if n and kind != "unchanged"}
    assert set(found) == set(given) == differing
    for d in difference(found):
        told = {kind: getattr(d, kind) for kind in ("new", "changed", "gone", "unchanged")}
        assert told == {kind: counts[d.indicator_id, kind] for kind in told}
    every = [(name, *place) for name, where in given.items() for place in where]
    assert set(every) == expected and len(every) == len(expected)
    for c in (c for one in found.values() for c in one.changed):
        was, now = old[c.key_before], new[c.key]
        assert was != now and (c.before, c.before_status, c.after, c.after_status) == (*was[:2], *now[:2])


@given(RELEASES, RELEASES)
def test_what_the_database_finds_is_what_comparing_each_figure_finds(old, new):
    check(MEMORY, old, new)


MEMORY = sa.create_engine("sqlite://")
METADATA.create_all(MEMORY)


def test_both_engines_find_it(url):
    """A figure that changed, one that is new, one that went, one in another edition with its value, one with
    another, and one that is merely there.
    """
    ok, other = (1.0, "ok", False, None, None), (2.5, "ok", False, None, None)
    keys = [("i", area, "2024-25", "", "", source) for area in "abc" for source in "xy"]
    old = {keys[0]: ok, keys[1]: ok, keys[2]: ok, keys[4]: ok, ("j", *keys[0][1:]): ok}
    new = {keys[0]: other, keys[1]: ok, keys[3]: ok, keys[5]: other, ("k", *keys[0][1:]): ok}
    check(Store(url).engine, old, new)
    counts, _ = by_hand(old, new)
    assert counts["i", "changed"] == counts["i", "unchanged"] == 2
    assert counts["j", "gone"] == counts["k", "new"] == 1
