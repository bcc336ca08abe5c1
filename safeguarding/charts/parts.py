"""Parts of a whole as horizontal bars from nought, each with its value or the word for its absence: a hidden
part has an open bracket of no length, and its limits in words."""

from safeguarding.breakdowns import Breakdown, Share
from safeguarding.charts.chart import Chart, Datum, Kind, Mark, Series
from safeguarding.vocabulary import Polarity, Role, Unit


def parts(whole: Breakdown) -> Chart:
    """The parts in their order: the latest period first, then England, then the period before, as far as they
    are held.
    """
    series = []
    if whole.period_before:
        before = [share or Share(None, "no figure") for _, _, share in whole.parts]
        series.append(_bars(whole.period_before, Role.OTHER, before))
    if whole.england:
        series.append(_bars(f"England, {whole.period}", Role.ENGLAND, list(whole.england)))
    # a report's old year never has the colour of current figures
    now_role = Role.NEIGHBOURS if whole.stated else Role.FOCUS
    series.append(_bars(whole.period, now_role, [now for _, now, _ in whole.parts]))
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
            s.printed,
            s.printed,
        )
        for s in shares
    )
    return Series(name, role, Mark.PART, data)
