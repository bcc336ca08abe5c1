"""Outline: the ways of the shapes that mark a point, on a page, in a file and in a table's small pictures."""

import math

from safeguarding.charts.element import number

ARM = 0.4  # of a half: half the breadth of a cross's arms, as Plotly has them
QUARTERS = {"triangle-up": 0, "triangle-right": 1, "triangle-down": 2, "triangle-left": 3}  # turned clockwise


def outline(shape: str, half: float) -> str:
    """The way of a shape around its middle, by Plotly's name for it: `half` pixels to a point of it.

    A circle and a square are elements of their own and have none: a KeyError, as for any other name.
    """
    if shape == "diamond":
        corners = [(half * 1.3, 0.0), (0.0, half * 1.3), (-half * 1.3, 0.0), (0.0, -half * 1.3)]
    elif shape in ("cross", "x"):
        arm = half * ARM
        corners = [
            turned(x, y, quarter)
            for quarter in range(4)
            for x, y in ((-arm, -half), (arm, -half), (arm, -arm))  # the end of an arm, and the corner after
        ]
        if shape == "x":
            corners = [turned(x, y, 0.5) for x, y in corners]
    else:
        wide = half * 2 / math.sqrt(3)
        upright = ((0.0, -half), (wide, half / 2), (-wide, half / 2))
        corners = [turned(x, y, QUARTERS[shape]) for x, y in upright]
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in corners) + "z"


def turned(x: float, y: float, quarters: float) -> tuple[float, float]:
    """A place turned around the middle, clockwise as one sees it, by so many right angles."""
    angle = quarters * math.pi / 2
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)
