"""Parts of a whole as horizontal bars from nought, each with its value or the word for its absence."""

from safeguarding.breakdowns import Breakdown, Share
from safeguarding.charts.chart import Chart, Datum, Kind, Mark, Series
from safeguarding.vocabulary import Polarity, Role, Unit


def parts(whole: Breakdown) -> Chart:
    """The parts in their order, the latest period in front, the one before (where one is held) behind it."""
    series = []
    if whole.period_before:
        before = [share or Share(None, "no figure") for _, _, share in whole.parts]
        series.append(_bars(whole.period_before, Role.OTHER, before))
    series.append(_bars(whole.period, Role.FOCUS, [now for _, now, _ in whole.parts]))
    percent = whole.unit == Unit.PERCENT.words
    return Chart(
        Kind.PARTS,
        Unit.PERCENT if percent else Unit.COUNT,
        Polarity.NEUTRAL,
        1 if percent else 0,
        tuple(name for name, _, _ in whole.parts),
        tuple(series),
    )


def _bars(name: str, role: Role, shares: list[Share]) -> Series:
    data = tuple(
        Datum(
            s.value,
            s.printed if s.value is not None else s.printed.partition(",")[0],
            s.printed,
            upper=s.between.upper if s.between else None,
        )
        for s in shares
    )
    return Series(name, role, Mark.PART, data)
