"""Control chart: a series with its mean and process limits, unusual points marked."""

from safeguarding import periods, words
from safeguarding.charts.axis import scale
from safeguarding.charts.chart import Chart, Datum, End, Kind, Mark, Series
from safeguarding.store.tables import Indicator
from safeguarding.summaries import Difference, IndicatorSummary
from safeguarding.verdicts.control import Segment, possible
from safeguarding.vocabulary import Comparison, Role

UPPER, LOWER, MIDDLE = "upper limit", "lower limit", "mean"


def control(one: IndicatorSummary | Difference, kind: Kind = Kind.CONTROL) -> Chart:
    """The area's own series over its periods; limits and line break where the recording changed.

    A point with a signal is HIGHER or LOWER by the side that the signal is on. The limits are cut to what is
    possible, and were tested uncut. Raises ValueError where there is nothing
    to draw.
    """
    seen, indicator, name = one.control, one.indicator, one.lines[0].name
    values = [v for s in seen.segments for v in s.values]
    limits = [v for s in seen.segments for v in _limits(s, indicator).values()]
    # a share or a rate cannot be below nought, a difference can
    ticks = scale(max(values + limits), min(values + limits) if min(values) < 0 else 0.0)
    last = _limits(seen.segments[-1], indicator)
    return Chart(
        kind,
        indicator.unit,
        indicator.polarity,
        indicator.decimals,
        tuple(periods.tick(p, indicator.year_type) for p in one.periods),
        tuple(
            series
            for segment in seen.segments
            for series in (*_around(segment, indicator), _series(segment, name, indicator.decimals))
        ),
        ticks=tuple(ticks),
        ends=tuple(
            End(last[name], name, None, _shown(one, last[name])) for name in (UPPER, MIDDLE, LOWER) if last
        ),
    )


def _shown(one: IndicatorSummary | Difference, value: float) -> str:
    return words.shown(value, one.indicator, max(1, one.indicator.decimals))


def _limits(segment: Segment, indicator: Indicator) -> dict[str, float]:
    """The mean and the limits of a segment as they are drawn, within what is possible; none where it is too
    short to have them.
    """
    around = segment.limits
    if around is None:
        return {}
    lower, upper = possible(indicator, around)
    return {MIDDLE: around.mean, UPPER: upper, LOWER: lower}


def _around(segment: Segment, indicator: Indicator) -> list[Series]:
    limit = Mark.OUTER if segment.limits and segment.limits.trial else Mark.LIMIT
    return [
        Series(
            name,
            Role.FOCUS if name == MIDDLE else Role.OTHER,
            Mark.MEAN if name == MIDDLE else limit,
            (Datum(value),) * len(segment.values),
            segment.start,
        )
        for name, value in _limits(segment, indicator).items()
    ]


def _series(segment: Segment, name: str, decimals: int) -> Series:
    sides = [
        Comparison.NOT_COMPARED if s is None else Comparison.HIGHER if s.high else Comparison.LOWER
        for s in segment.signals
    ]
    data = tuple(Datum(v, verdict=side) for v, side in zip(segment.values, sides, strict=True))
    return Series(name, Role.FOCUS, Mark.SIGNALLED, data, segment.start, decimals)
