"""Spark: the shape of a series in a table cell, as a small SVG."""

from base64 import b64encode

from safeguarding.figures.theme import STYLES
from safeguarding.summaries import IndicatorSummary

WIDTH, HEIGHT, EDGE = 120, 30, 4


def spark(summary: IndicatorSummary) -> str | None:
    """The focus line as an SVG data address, gaps left open, the last point marked; None where there is nothing to draw.

    The line starts at nought like every other chart. It is decoration: the figures stand in the same row.
    """
    points = summary.lines[0].points if summary.lines else ()
    values = [p.value for p in points]
    known = [v for v in values if v is not None]
    if len(known) < 2:
        return None
    top, low = max(known) or 1.0, min(0.0, *known)
    step = (WIDTH - 2 * EDGE) / max(1, len(values) - 1)
    at = [
        None if v is None else (EDGE + k * step, HEIGHT - EDGE - (v - low) / (top - low or 1) * (HEIGHT - 2 * EDGE))
        for k, v in enumerate(values)
    ]
    path, pen_down = "", False
    for spot in at:
        if spot is not None:
            path += f"{'L' if pen_down else 'M'}{spot[0]:.1f} {spot[1]:.1f}"
        pen_down = spot is not None
    x, y = next(spot for spot in reversed(at) if spot is not None)
    colour = STYLES["focus"].colour
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/><circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/></svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
