"""Labels: the names, numbers and words in and around a chart, a kind at a time."""

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from safeguarding.charts.axis import LABEL_GAP, LOWEST, limits, shifts
from safeguarding.charts.chart import Chart, Datum, Kind, Mark
from safeguarding.charts.label import (
    FOOT,
    HANG,
    LEADING,
    NARROW,
    RAISED,
    SIZE,
    Anchor,
    Label,
    apart,
    filled,
)
from safeguarding.charts.naming import names as names_of_spots
from safeguarding.charts.room import clearest
from safeguarding.charts.theme import INK, MUTED, line
from safeguarding.charts.ticks import across, end, tolerated_until
from safeguarding.charts.typeface import width
from safeguarding.vocabulary import Role

FAR = 22  # pixels from the end of a line to names that are led to
STEP = 17  # pixels from one row of events to the next
TIGHT = 130  # pixels of a plot on a phone whose lines have their values beside their names
CHANGED = "Recording changed"
TOLD_APART = 9  # pixels between words above a plot: with fewer two would read as one
ANCHORS: tuple[Anchor, ...] = ("middle", "start", "end")
BEYOND = (46, 60)  # pixels that the words of an event may reach beyond the plot, at its left and its right
TITLE = 240  # pixels of a line of an axis's title, which a phone has room for
BELOW = 20  # pixels from the letters of ticks to the middle of an axis's title
FROM_EDGE = (10, 25, 40)  # pixels from an edge of a tolerance to the middle of its name, nearest first
ALONG = (0.5, 0.25, 0.75)  # of an edge: where the middle of its name may stand
BESIDE_EDGE = 4  # pixels from the ends of an edge to its name
UNDER = 18.75  # pixels from the foot of a plot to the middle of the names under it


def beside(chart: Chart, pixels: float, named: bool, valued: bool) -> list[Label]:
    """What is written at the right of a plot that is `pixels` high, and needs room in its margin; `named`
    where the ends of its lines are.
    """
    match chart.kind:
        case Kind.TREND:
            return _names(chart, pixels, valued) if named else []
        case Kind.CONTROL | Kind.DIFFERENCE:
            return _names_of_limits(chart, pixels, valued)
        case Kind.FUNNEL:
            return _names_of_curves(chart, pixels, valued)
        case Kind.SPINE:
            return _figures(chart)
    return []


def within(chart: Chart, pixels: float, valued: bool, wide: float = 0.0) -> list[Label]:
    """What is written in, over and under a plot that is `pixels` high, and `wide` where that is known."""
    match chart.kind:
        case Kind.TREND:
            return [
                *_tolerance(chart, pixels, valued, wide),
                *over(chart),
                *_absences(chart),
            ]
        case Kind.FUNNEL:
            return [*names_of_spots(chart, pixels, wide), _title(chart)]
        case Kind.SPINE:
            return _meanings(chart)
    return []


def _ends(chart: Chart, x: float, dx: float, pixels: float, highest: float, valued: bool) -> list[Label]:
    """The names at the ends, each moved up or down so that none stands on another; from one that is more than
    a line away from its own a thin line leads there.
    """
    moved = shifts([e.value for e in chart.ends], chart.ticks, pixels, highest)
    led = [abs(up) > LABEL_GAP for up in moved]
    dx = max(dx, FAR) if any(led) else dx
    return [
        Label(
            f"{at.name} {at.printed}" if valued and at.printed else at.name,
            x,
            at.value,
            dx=dx,
            up=round(up, 1),
            colour=MUTED if at.role is None else line(at.role, at.nth).colour,
            bold=at.role is Role.FOCUS,
            lead=_last(chart, x) - at.before if far else None,
        )
        for at, up, far in zip(chart.ends, moved, led, strict=True)
    ]


def _last(chart: Chart, x: float) -> float:
    """Where lines end whose names stand at a place: a range of the next period lies between them."""
    return x - (chart.expected is not None)


def _names(chart: Chart, pixels: float, valued: bool) -> list[Label]:
    return _ends(chart, end(chart), 10, pixels, pixels - LOWEST, valued)


def _names_of_limits(chart: Chart, pixels: float, valued: bool) -> list[Label]:
    return _ends(chart, end(chart), 12, pixels, pixels, valued)


def _names_of_curves(chart: Chart, pixels: float, valued: bool) -> list[Label]:
    largest = max(d.base for s in chart.series for d in s.data)
    return _ends(chart, largest, 6, pixels, pixels, valued)


def over(chart: Chart) -> list[Label]:
    """The words of events and of breaks above the plot, in as few rows as they have room in on a phone.

    A short line leads down from each to its place; it crosses no other's words.
    """
    told = [Label(words, place, None, mark="event") for place, words in chart.events]
    told += [Label(CHANGED, place - 0.5, None, mark="break") for place in chart.breaks]
    told.sort(key=attrgetter("x"))
    for rows in range(1, len(told) + 2):
        if found := _in_rows(chart, told, (), rows):
            return list(found)
    return []


def _in_rows(
    chart: Chart, told: Sequence[Label], before: tuple[Label, ...], rows: int
) -> tuple[Label, ...] | None:
    """The words of all that is `told`, those `before` being placed; None where they have no room in so many
    rows.
    """
    if len(before) == len(told):
        return before
    for row in range(rows):
        for anchor in ANCHORS:
            one = replace(told[len(before)], anchor=anchor, up=RAISED + row * STEP)
            meets = any(_meet(other, one, _pitch(chart, TIGHT)) for other in before)
            # in a row of its own each has room, whatever it reaches over
            if meets or not (rows > len(told) or _inside(one, chart)):
                continue
            if found := _in_rows(chart, told, (*before, one), rows):
                return found
    return None


def _inside(one: Label, chart: Chart) -> bool:
    begins = one.begins(_pitch(chart, TIGHT))
    return begins >= -BEYOND[0] and begins + one.width <= TIGHT + BEYOND[1]


def _meet(one: Label, other: Label, pitch: float) -> bool:
    """Do words above the plot touch, or does the line of the higher one cross the words of the other?"""
    if one.up == other.up:
        return not (apart(one, other, pitch, TOLD_APART) or apart(other, one, pitch, TOLD_APART))
    low, high = sorted((one, other), key=lambda e: e.up)
    return low.begins(pitch) < high.x * pitch < low.begins(pitch) + low.width


def _pitch(chart: Chart, wide: float = NARROW) -> float:
    """The pixels from a period to the next in a plot that is so wide; on a phone where it is not said."""
    return wide / (end(chart) + 0.6)


def _absences(chart: Chart) -> list[Label]:
    """The word over the first square of a run, as far as each has room on a phone."""
    found: list[Label] = []
    for absence in chart.absences:
        anchor: Anchor = "middle"
        if absence.place in (0, len(chart.categories) - 1):
            anchor = "end" if absence.place else "start"
        one = Label(absence.word, absence.place, 0.0, anchor, up=15.5, mark="absence")
        if absence.word and (not found or apart(found[-1], one, _pitch(chart))):
            found.append(one)
    return found


def _tolerance(chart: Chart, pixels: float, valued: bool, wide: float) -> list[Label]:
    """The name of the tolerance, at an edge of it or, where that lies beyond the chart, at the end that is
    nearer to it: wherever most room is left by the lines in a plot as `wide`, or 0 for all widths of a page.
    """
    band = chart.band
    if band is None:
        return []
    low, high = limits(chart.ticks)
    text = f"{band.name} {band.printed or band.told}"
    if not valued or width(text, SIZE) > (wide or NARROW):
        text = band.name
    sides: tuple[tuple[Anchor, float, float], ...] = (
        ("start", across(chart)[0], BESIDE_EDGE),
        ("end", tolerated_until(chart), -BESIDE_EDGE),
        *(("middle", (len(chart.categories) - 1) * part, 0) for part in ALONG),
    )
    seen = [edge for edge in band.edges if low <= edge <= high]
    # inside the tolerance before outside it, near its edge before far from it
    ups = [side * far for far in FROM_EDGE for side in (1, -1)]
    rows = [(edge, up if edge == band.lower else -up) for up in ups for edge in seen]
    if not seen:
        above = min(band.edges) > high
        text += ", above the chart" if above else ", below the chart"
        rows = [(high, -up) if above else (low, up) for up in FROM_EDGE]
    room = 7 / pixels * (high - low)
    found = [
        Label(text, x, y, anchor, dx, up, mark="tolerance")
        for y, up in rows
        for anchor, x, dx in sides
        if low + room <= y + up / pixels * (high - low) <= high - room
    ]
    return [clearest(chart, pixels, found, wide)] if found else []


def title(chart: Chart) -> list[str]:
    """What the horizontal axis of a funnel says, line by line."""
    return filled(chart.across[0], SIZE, TITLE)


def _title(chart: Chart) -> Label:
    lines = title(chart)
    middle = max(d.base for s in chart.series for d in s.data) / 2
    up = -HANG - BELOW - (len(lines) - 1) * LEADING * SIZE / 2
    return Label("\n".join(lines), middle, FOOT, "middle", up=up)


def _figures(chart: Chart) -> list[Label]:
    """At the end of each row of a spine the area's figure, and in brackets England's."""
    rows: list[Datum] = [d for s in chart.series if s.mark is Mark.RANGE for d in s.data]
    return [
        Label(
            row.printed,
            1.02,
            len(rows) - 1 - k,
            dx=8,
            colour=INK,
            bold=True,
            after=f"\u00a0 ({row.note})",
        )
        for k, row in enumerate(rows)
    ]


def _meanings(chart: Chart) -> list[Label]:
    """What left, middle and right of a spine mean: beside its middle, where every width has room for them."""
    left, middle, right = chart.across
    return [
        Label(left, 0, FOOT, "end", -6, -UNDER),
        Label(middle, 0, None, "middle", rise="bottom"),
        Label(right, 0, FOOT, "start", 6, -UNDER),
    ]
