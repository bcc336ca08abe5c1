"""SVG: small pictures inside a table row, as data addresses.

They are decoration: the figures stand in the same row.
"""

from base64 import b64encode
from typing import NamedTuple

from safeguarding import periods, words
from safeguarding.charts.looks import spine_spot
from safeguarding.charts.outline import outline
from safeguarding.charts.spine import Row, row
from safeguarding.charts.theme import MIDDLE, RANGE, STYLES
from safeguarding.lines import Line
from safeguarding.summaries import IndicatorSummary
from safeguarding.vocabulary import Comparison, Role

SPARK = (120, 30, 4)
COURSE = (240, 64, 6)
SPINE = (280, 26, 6)
THICK = 14


def _address(width: int, height: int, inside: str) -> str:
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{inside}</svg>'
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def spark(summary: IndicatorSummary) -> str | None:
    """The focus line from nought up, gaps left open, the last point marked; None where there is nothing to
    draw.
    """
    width, height, edge = SPARK
    values = [p.value for p in summary.lines[0].points] if summary.lines else []
    known = [v for v in values if v is not None]
    if len(known) < 2:
        return None
    top, low = max(known) or 1.0, min(0.0, *known)
    step = (width - 2 * edge) / max(1, len(values) - 1)
    at = [
        None
        if v is None
        else (edge + k * step, height - edge - (v - low) / (top - low or 1) * (height - 2 * edge))
        for k, v in enumerate(values)
    ]
    path, pen_down = "", False
    for spot in at:
        if spot is not None:
            path += f"{'L' if pen_down else 'M'}{spot[0]:.1f} {spot[1]:.1f}"
        pen_down = spot is not None
    x, y = next(spot for spot in reversed(at) if spot is not None)
    colour = STYLES[Role.FOCUS].colour
    line = f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    return _address(width, height, f'{line}<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>')


def course(summary: IndicatorSummary) -> "Course | None":
    """The focus line with England's in grey behind it, on one scale from nought up, and what stands at its
    ends; None where there are not two figures to draw.
    """
    own = summary.lines[0] if summary.lines else None
    known = [(k, p.value) for k, p in enumerate(own.points) if p.value is not None] if own else []
    if own is None or len(known) < 2:
        return None
    width, height, edge = COURSE
    england = next((line for line in summary.lines if line.role is Role.ENGLAND), None)
    drawn = [own, *([england] if england else [])]
    held = [p.value for line in drawn for p in line.points if p.value is not None]
    top, low = max(held), min(0.0, *held)
    step, stretch = (width - 2 * edge) / (len(own.points) - 1), (height - 2 * edge) / (top - low or 1)

    def path(line: Line, style: str) -> str:
        found, pen_down = "", False
        for k, p in enumerate(line.points):
            if p.value is not None:
                y = height - edge - (p.value - low) * stretch
                found += f"{'L' if pen_down else 'M'}{edge + k * step:.1f} {y:.1f}"
            pen_down = p.value is not None
        return f'<path d="{found}" fill="none" {style}/>'

    colour, (last, value) = STYLES[Role.FOCUS].colour, known[-1]
    inside = path(england, f'stroke="{MIDDLE}" stroke-width="2"') if england else ""
    inside += path(own, f'stroke="{colour}" stroke-width="3" stroke-linejoin="round"')
    x, y = edge + last * step, height - edge - (value - low) * stretch
    inside += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{colour}"/>'
    ends = [
        (periods.tick(summary.periods[k], summary.indicator.year_type), words.shown(v, summary.indicator))
        for k, v in (known[0], known[-1])
    ]
    return Course(_address(width, height, inside), *ends)


class Course(NamedTuple):
    """A line as a picture, and the period and the value at each of its ends, as printed."""

    picture: str
    first: tuple[str, str]
    last: tuple[str, str]


def spine(summary: IndicatorSummary) -> str | None:
    """One row of the spine chart; None for an indicator without a place.

    A hidden local figure has no marker.
    """
    if summary.placed is None:
        return None
    seen = row(summary, summary.placed)
    width, height, _ = SPINE
    inside = _bar(seen.low, seen.high, RANGE)
    if seen.q1 is not None and seen.q3 is not None:
        inside += _bar(seen.q1, seen.q3, MIDDLE)
    england = STYLES[Role.ENGLAND].colour
    inside += f'<path d="M{width / 2} 1V{height - 1}" stroke="{england}" stroke-width="2.5"/>'
    return _address(width, height, inside + _marker(seen, summary.england.verdict))


def _across(at: float) -> float:
    width, _, edge = SPINE
    return width / 2 + at * (width / 2 - edge)


def _bar(low: float, high: float, colour: str) -> str:
    left, right = sorted((_across(low), _across(high)))
    top = (SPINE[1] - THICK) / 2
    box = f'x="{left:.1f}" y="{top}" width="{max(1.0, right - left):.1f}" height="{THICK}"'
    return f'<rect {box} fill="{colour}"/>'


def _marker(seen: Row, verdict: Comparison) -> str:
    """The area, in the shape that the spine chart has for how it compares with England."""
    if seen.at is None:
        return ""
    x, y = _across(seen.at), SPINE[1] / 2
    spot = spine_spot(verdict)
    look = f'fill="{spot.colour}" stroke="#fff" stroke-width="1.5"'
    if spot.shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y}" r="6.5" {look}/>'
    return f'<path transform="translate({x:.1f} {y})" d="{outline(spot.shape, 9.5)}" {look}/>'
