"""Rank: areas side by side in one period, as horizontal bars from nought."""

from collections.abc import Mapping

from safeguarding import words
from safeguarding.charts.chart import Chart, Datum, Kind, Mark, Series
from safeguarding.measures.intervals import Interval
from safeguarding.store.tables import Indicator
from safeguarding.verdicts.rank import Ranking
from safeguarding.vocabulary import Role


def ranking(
    ranked: Ranking, indicator: Indicator, around: Mapping[str, Interval | None] | None = None
) -> Chart:
    """One ranking, best (or highest) first, each bar with its value; an absent one is a word, not a bar.

    `around` are the 95 % intervals by area, where they are asked for.
    """
    around = around or {}
    bars = tuple(
        Datum(
            b.value,
            b.status.short if b.value is None else words.shown(b.value, indicator),
            role=b.role,
            lower=ends.lower if ends else 0.0,
            upper=ends.upper if ends else None,
        )
        for b in ranked.bars
        for ends in [around.get(b.code)]
    )
    return Chart(
        Kind.RANK,
        indicator.unit,
        indicator.polarity,
        indicator.decimals,
        tuple(b.name for b in ranked.bars),
        (Series(indicator.short_title, Role.OTHER, Mark.BAR, bars, decimals=indicator.decimals),),
    )
