"""SVG: small pictures inside a table row, as data addresses. They are decoration: the figures stand in the same row."""

from base64 import b64encode

from safeguarding.charts.theme import STYLES
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.place import Placed
from safeguarding.vocabulary import Comparison, Polarity

SPARK = (120, 30, 4)
SPINE = (280, 26, 6)
TONES = {Comparison.BETTER: "#00703C", Comparison.WORSE: "#B8220F"}


def _address(width: int, height: int, inside: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">{inside}</svg>'
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def spark(summary: IndicatorSummary) -> str | None:
    """The focus line from nought up, gaps left open, the last point marked; None where there is nothing to draw."""
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
    colour = STYLES["focus"].colour
    return _address(
        width,
        height,
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/><circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>',
    )


def spine(summary: IndicatorSummary, placed: Placed) -> str:
    """One row of the spine chart: the range of authorities, the middle half darker, England in the middle, the area as a marker.

    The row is scaled so that the farther extreme reaches the edge, and turned so that better is on the right;
    for a neutral indicator higher is on the right. A hidden local figure has no marker.
    """
    width, height, edge = SPINE
    spread, england = placed.spread, placed.england
    reach = max(england - spread.minimum, spread.maximum - england) or 1.0
    sign = -1 if summary.indicator.polarity is Polarity.LOWER_BETTER else 1

    def x(value: float) -> float:
        return width / 2 + sign * (value - england) / reach * (width / 2 - edge)

    def bar(low: float, high: float, colour: str, thick: int) -> str:
        left, right = sorted((x(low), x(high)))
        return f'<rect x="{left:.1f}" y="{(height - thick) / 2}" width="{max(1.0, right - left):.1f}" height="{thick}" fill="{colour}"/>'

    inside = bar(spread.minimum, spread.maximum, "#D9DCDE", 14) + bar(spread.q1, spread.q3, "#A3ABB0", 14)
    inside += (
        f'<path d="M{width / 2} 1V{height - 1}" stroke="{STYLES["england"].colour}" stroke-width="2.5"/>'
    )
    if summary.value is not None:
        spot = min(max(x(summary.value), edge), width - edge)
        colour = TONES.get(summary.england.verdict, STYLES["focus"].colour)
        middle = height / 2
        if summary.england.verdict is Comparison.WORSE:
            inside += f'<rect x="{spot - 6:.1f}" y="{middle - 6}" width="12" height="12" fill="{colour}" stroke="#fff" stroke-width="1.5"/>'
        elif summary.england.verdict is Comparison.BETTER:
            inside += f'<path d="M{spot:.1f} {middle - 8}l7 13h-14z" fill="{colour}" stroke="#fff" stroke-width="1.5"/>'
        else:
            inside += f'<circle cx="{spot:.1f}" cy="{middle}" r="6.5" fill="{colour}" stroke="#fff" stroke-width="1.5"/>'
    return _address(width, height, inside)
