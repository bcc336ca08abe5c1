"""Columns: the figures of one release in memory, a column each, and the places where a series stands.

All of England is some ten megabytes so; a figure becomes an object when a view asks for it, and no sooner.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, groupby
from math import isnan, nan
from operator import itemgetter
from typing import Any

import numpy as np

from safeguarding import periods
from safeguarding.store.tables import Key, Observation
from safeguarding.vocabulary import Status

NOWHERE = range(0)
STATUSES = {status.value: status for status in Status}
Row = Sequence[Any]  # one figure as it is stored, in the order of the fields of an observation
Pick = Callable[[Any], Iterable[Any]]  # of a column the cells of some rows


class Words:
    """A column of words that come again and again: a number for each, in the order of their coming."""

    def __init__(self) -> None:
        self.places = array("I")
        self.words: list[str] = []
        self._known = _Numbered(self.words)

    def extend(self, words: Iterable[str]) -> None:
        """Add cells."""
        self.places.extend(map(self._known.__getitem__, words))

    def number(self, word: str) -> int | None:
        """The number of a word; None where no cell has it."""
        return self._known.get(word)

    def __getitem__(self, row: int) -> str:
        return self.words[self.places[row]]

    def some(self, pick: Pick) -> Iterator[str]:
        """The words of some rows."""
        return map(self.words.__getitem__, pick(self.places))


class _Numbered(dict[str, int]):
    """The number of each word; one that is new goes to the end of the list."""

    def __init__(self, words: list[str]):
        self._words = words

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self._words)
        self._words.append(word)
        return number


class Columns:
    """The stored figures of a release. Nothing is hidden here: `releases` alone reads them.

    `rows` come by indicator and area, for each the wholes before the parts, oldest first, and in batches of
    any size: a column is kept at a time, which takes a third of the time of a row at a time. A missing number
    is NaN inside, and None outside.
    """

    def __init__(self, rows: Iterable[Sequence[Row]]):
        self._indicator, self._area, self._period = Words(), Words(), Words()
        self._start, self._end, self._status = Words(), Words(), Words()
        self._source, self._breakdown, self._category = Words(), Words(), Words()
        self._value, self._numerator, self._denominator = array("d"), array("d"), array("d")
        self._provisional = bytearray()
        self._rows: dict[tuple[str, str, bool], range] = {}
        self._spans: dict[str, range] = {}  # where an indicator stands, for every area and in parts
        for batch in rows:
            self._keep(batch)

    def _keep(self, batch: Sequence[Row]) -> None:
        first = len(self)
        indicators, areas, periods, starts, ends, values, statuses, provisional, above, below, *rest = zip(
            *batch, strict=True
        )
        sources, breakdowns, categories = rest
        for column, words in (
            (self._indicator, indicators),
            (self._area, areas),
            (self._period, periods),
            (self._start, starts),
            (self._end, ends),
            (self._status, statuses),
            (self._source, sources),
            (self._breakdown, breakdowns),
            (self._category, categories),
        ):
            column.extend(words)
        for held, numbers in (
            (self._value, values),
            (self._numerator, above),
            (self._denominator, below),
        ):
            held.extend(nan if number is None else number for number in numbers)
        self._provisional.extend(map(bool, provisional))
        keys = zip(indicators, areas, map(bool, breakdowns), strict=True)
        end = first
        for key, alike in groupby(keys):
            begin, end = end, end + sum(1 for _ in alike)
            self._rows[key] = range(self._rows.get(key, range(begin, end)).start, end)
            self._spans[key[0]] = range(self._spans.get(key[0], range(begin, end)).start, end)

    def __len__(self) -> int:
        return len(self._value)

    def __iter__(self) -> Iterator[Observation]:
        for rows in self._rows.values():
            yield from self._figures(rows)

    def of(self, indicators: Collection[str]) -> Iterator[Observation]:
        """The figures of some indicators, for every area, for the whole and in parts."""
        for (indicator_id, _, _), rows in self._rows.items():
            if indicator_id in indicators:
                yield from self._figures(rows)

    @property
    def given_by(self) -> set[tuple[str, str]]:
        """Which indicator has a figure from which source."""
        indicator, source = self._indicator, self._source
        pairs = set(zip(indicator.places, source.places, strict=True))
        return {(indicator.words[i], source.words[s]) for i, s in pairs}

    def series(self, indicator_id: str, area_code: str, parts: bool = False) -> Iterator[Observation]:
        """The figures of an indicator for an area, oldest first: for the whole, or with `parts` in parts."""
        return self._figures(self._rows.get((indicator_id, area_code, parts), NOWHERE))

    def at(self, indicator_id: str, area_code: str, period: str) -> Iterator[Observation]:
        """The figures of an indicator for an area as a whole in one period: one for each source."""
        places, number = self._period.places, self._period.number(period)
        rows = self._rows.get((indicator_id, area_code, False), NOWHERE)
        held = (range(row, row + 1) for row in rows if places[row] == number)
        return chain.from_iterable(map(self._figures, held))

    def across(self, indicator_id: str, period: str) -> Iterator[Observation]:
        """The figures of an indicator as a whole in one period, for every area and from every source."""
        rows = self._spans.get(indicator_id, NOWHERE)
        some = slice(rows.start, rows.stop)
        when, whole = self._period.number(period), self._breakdown.number("")
        if when is None or whole is None:
            return iter(())
        found = (np.asarray(self._period.places[some]) == when) & (
            np.asarray(self._breakdown.places[some]) == whole
        )
        return self._figures((np.flatnonzero(found) + rows.start).tolist())

    def values(self, indicator_id: str) -> Iterator[tuple[Key, float]]:
        """The values that are held of an indicator for the whole, each with the figure's name."""
        for area in self._area.words:
            for row in self._rows.get((indicator_id, area, False), NOWHERE):
                if not isnan(value := self._value[row]):
                    yield (
                        (indicator_id, area, self._period[row], "", self._category[row], self._source[row]),
                        value,
                    )

    def periods_held(self, indicator_id: str, area_code: str) -> frozenset[str]:
        """The periods for which there is a figure of an indicator in an area, for the whole or in parts."""
        wholes, parts = (self._rows.get((indicator_id, area_code, p), NOWHERE) for p in (False, True))
        return frozenset(self._period[row] for row in (*wholes, *parts))

    @property
    def in_parts(self) -> frozenset[str]:
        """The indicators whose figures carry a breakdown and a category."""
        return frozenset(indicator_id for indicator_id, _, parts in self._rows if parts)

    def newest_end(self, sources: Iterable[str]) -> date | None:
        """The last day of the newest figure of some sources, of all where none is named; None without one."""
        named, source, end = set(sources), self._source, self._end
        pairs = set(zip(source.places, end.places, strict=True))
        ends = (end.words[e] for s, e in pairs if not named or source.words[s] in named)
        return periods.day(max(ends, default=""))

    def _figures(self, rows: Sequence[int]) -> Iterator[Observation]:
        pick = _of(rows)
        return map(
            Observation,
            self._indicator.some(pick),
            self._area.some(pick),
            self._period.some(pick),
            map(_day, self._start.some(pick)),
            map(_day, self._end.some(pick)),
            map(_number, pick(self._value)),
            map(STATUSES.__getitem__, self._status.some(pick)),
            map(bool, pick(self._provisional)),
            map(_number, pick(self._numerator)),
            map(_number, pick(self._denominator)),
            self._source.some(pick),
            self._breakdown.some(pick),
            self._category.some(pick),
        )


def _of(rows: Sequence[int]) -> Pick:
    if isinstance(rows, range):
        return itemgetter(slice(rows.start, rows.stop))
    return lambda column: [column[row] for row in rows]


def _number(held: float) -> float | None:
    return None if isnan(held) else held


@lru_cache(1024)
def _day(text: str) -> date:
    """A stored day; an undated figure sorts before every other."""
    return periods.day(text) or date.min
