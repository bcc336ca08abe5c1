"""Rank: areas side by side in one period, as horizontal bars from nought."""

from safeguarding import words
from safeguarding.charts.chart import Chart, Datum, Kind, Mark, Series
from safeguarding.store.tables import Indicator
from safeguarding.verdicts.rank import Ranking
from safeguarding.vocabulary import Role


def ranking(ranked: Ranking, indicator: Indicator) -> Chart:
    """One ranking, best (or highest) first, each bar with its value; an absent one is a word, not a bar."""
    bars = tuple(
        Datum(b.value, b.status.short if b.value is None else words.shown(b.value, indicator), role=b.role)
        for b in ranked.bars
    )
    return Chart(
        Kind.RANK,
        indicator.unit,
        indicator.polarity,
        indicator.decimals,
        tuple(b.name for b in ranked.bars),
        (Series(indicator.short_title, Role.OTHER, Mark.BAR, bars, decimals=indicator.decimals),),
    )
