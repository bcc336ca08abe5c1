"""Ticks: where the axes of a chart end, and what is printed along them."""

from safeguarding import words
from safeguarding.charts.axis import limits, scale
from safeguarding.charts.chart import Chart, Kind, Mark
from safeguarding.charts.label import CLEAR, NARROW, Tick, wrapped
from safeguarding.charts.typeface import width
from safeguarding.vocabulary import Role

TEXT = 15  # pixels of the text of ticks: what everything else is in proportion to
OVER_TIME = (Kind.TREND, Kind.CONTROL, Kind.DIFFERENCE)


def longest(chart: Chart) -> float:
    """The longest part, or as far as a hidden one could reach."""
    reached = [v for s in chart.series for d in s.data for v in (d.value, d.upper) if v is not None]
    return max(reached, default=1.0) or 1.0


def end(chart: Chart) -> int:
    """The place of the last category, or of the next one where something is told of it."""
    return len(chart.categories) - 1 + (chart.expected is not None)


def across(chart: Chart) -> tuple[float, float]:
    """The ends of the horizontal axis, where every word beside a bar stands outside them."""
    if chart.kind in OVER_TIME:
        return -0.3, end(chart) + 0.3
    if chart.kind is Kind.FUNNEL:
        return 0.0, max(d.base for s in chart.series for d in s.data)
    if chart.kind is Kind.SPINE:
        return -1.02, 1.02
    if chart.mark is Mark.PART:
        return 0.0, longest(chart)
    values = [v for s in chart.series for d in s.data for v in (d.value, d.upper) if v is not None]
    return min(0.0, *values, 0.0), max(values, default=1.0) or 1.0


def tolerated_until(chart: Chart) -> float:
    """Where a tolerance ends: it is the latest figure's, and says nothing of the next one."""
    return min(across(chart)[1], len(chart.categories) - 0.5)


def up(chart: Chart) -> tuple[float, float]:
    """The ends of the vertical axis."""
    if chart.ticks:
        return limits(chart.ticks)
    rows = len(chart.categories)
    return (-0.9, rows - 0.4) if chart.kind is Kind.SPINE else (-0.5, rows - 0.5)


def x_ticks(chart: Chart, wide: float = 0.0) -> tuple[Tick, ...]:
    """What is printed along the foot: of periods as many as fit on a phone, nothing under bars.

    On a plot of a width that is known, `wide` pixels, as many as fit on it, and a tick of every one. Each
    name has its middle at its tick; that of a period to come stands a line lower.
    """
    names = chart.categories
    if chart.kind is Kind.FUNNEL:
        return _bases(across(chart)[1])
    if chart.kind not in OVER_TIME or not names:
        return ()
    found = _years(chart, wide) if wide else _ends(chart)
    # the next period's place is too near to the last one's for both names on one line
    return (*found, Tick(end(chart), f"\n{chart.expected.label}")) if chart.expected else found


def _ends(chart: Chart) -> tuple[Tick, ...]:
    """What fits on a phone: the last period, the first, and between them the middle."""
    names, last, pitch = chart.categories, len(chart.categories) - 1, NARROW / (end(chart) + 0.6)

    def clear(one: int, other: int) -> bool:
        return (other - one) * pitch >= CLEAR + (width(names[one], TEXT) + width(names[other], TEXT)) / 2

    middle = len(names) // 2
    places = [0, middle, last] if clear(0, middle) and clear(middle, last) else [0, last]
    if last and not clear(0, last):
        places = [last]
    return tuple(Tick(k, names[k]) for k in sorted(set(places)))


def _years(chart: Chart, wide: float) -> tuple[Tick, ...]:
    """Every period, from the last one back a name as often as there is room."""
    names, last = chart.categories, len(chart.categories) - 1
    pitch, room = wide / (end(chart) + 0.6), CLEAR * 2 + max(width(name, TEXT) for name in names)
    step = max(1, -int(-room // pitch))
    return tuple(Tick(k, names[k] if (last - k) % step == 0 else "") for k in range(last + 1))


def _bases(largest: float) -> tuple[Tick, ...]:
    """Round numbers from nought, as many as fit on a phone."""
    for steps in (4, 3, 2, 1):
        found = [Tick(t, words.number(t, 0)) for t in scale(largest, steps=steps) if t <= largest]
        if len(found) > 1 and NARROW * found[1].at / largest >= CLEAR + width(found[-1].text, TEXT):
            break
    return tuple(found)


def y_ticks(chart: Chart) -> tuple[Tick, ...]:
    """What is printed at the left: round values, or the names of rows from the top down."""
    if chart.ticks:
        return tuple(Tick(t, words.number(t, chart.places) + chart.suffix) for t in chart.ticks)
    rows = len(chart.categories)
    if chart.mark is Mark.BAR:
        bars = chart.series[0].data
        return tuple(
            Tick(rows - 1 - k, name, bars[k].role is not Role.OTHER)
            for k, name in enumerate(chart.categories)
        )
    return tuple(Tick(rows - 1 - k, wrapped(name)) for k, name in enumerate(chart.categories))
