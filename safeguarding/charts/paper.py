"""Paper: what a chart is drawn on, in SVG. Both kinds take the same marks, at places of the same layout.

A place is a place of the horizontal axis and pixels down from the top of the plot. `Fluid` is as wide as
whatever holds it: lines stand in a stretched box whose strokes keep their width, everything else is placed in
per cent. `Fixed` has a width of its own, for files: programs that read them know neither.
"""

from collections.abc import Iterable, Sequence

from safeguarding.charts.element import number, tag, worded
from safeguarding.charts.layout import Layout
from safeguarding.charts.looks import Pen, Spot
from safeguarding.charts.outline import outline
from safeguarding.charts.theme import PAPER

Place = tuple[float, float]
# pixels that a line to a name leaves bare of a point, and goes past an expected range; its strokes
BARE, ROUND, FINE = 5, 9, "1 2"
RISE = 0.35  # of its size: from the middle of a line of text down to where its letters stand


class Paper:
    """What both kinds of paper can do."""

    def __init__(self, plan: Layout) -> None:
        self.plan = plan

    def line(self, runs: Iterable[Sequence[Place]], pen: Pen) -> str:
        """Lines, each through its places."""
        way = "".join(self._way(run) for run in runs if run)
        if not way:
            return ""
        return self._stroked(
            way,
            stroke=pen.colour,
            stroke_width=pen.width,
            stroke_dasharray=pen.dashes,
        )

    def text(
        self, at: float, down: float, words: str, anchor: str = "start", dx: float = 0.0, **look: object
    ) -> str:
        """A line of text whose letters stand at a height; `look` are attributes.

        `anchor` is start, middle or end; empty where what is around it says so.
        """
        where = self._texted(at, dx) | {"y": down, "text_anchor": None if anchor in ("", "start") else anchor}
        return tag("text", worded(words), **where, **look)

    def dots(self, places: Sequence[Place], spot: Spot) -> str:
        """Round points of one look."""
        inside = "".join(self.spot(*place, Spot(spot.shape, spot.size, "")) for place in places)
        return tag("g", inside, fill=spot.colour) if inside else ""

    def spot(self, at: float, down: float, spot: Spot) -> str:
        """A point."""
        half = spot.size / 2
        ink: dict[str, object] = {"fill": spot.colour or None}
        if spot.shape.endswith("-open"):
            ink = {"fill": PAPER, "stroke": spot.colour, "stroke_width": 2}
        match spot.shape.removesuffix("-open"):
            case "circle":
                return tag("circle", **self._at("cx", at), cy=down, r=half, **ink)
            case "square":
                return self.box(at, down - half, spot.size, spot.size, -half, **ink)
            case other:
                return self._moved(at, down, tag("path", d=outline(other, half), **ink))

    def box(self, at: float, down: float, wide: float, high: float, dx: float = 0.0, **ink: object) -> str:
        """A rectangle of pixels, `dx` to the right of a place."""
        return tag("rect", **self._at("x", at, dx), y=down, width=wide, height=high, **ink)

    def lead(self, start: Place, at: float, dx: float, up: float, **ink: object) -> str:
        """A fine line from the end of a line, along to a place, and from there to words `dx` pixels to the
        right of it and `up` pixels above.
        """
        ink |= {"stroke_dasharray": FINE}
        along = self.rule(start, (at, start[1]), **ink) if start[0] != at else ""
        begin = f"M0 0L{ROUND} 0 " if along else f"M{BARE} 0L"
        way = f"{begin}{number(dx)} {number(-up)}"
        drawn = along + self._moved(at, start[1], tag("path", d=way, fill="none", **ink))
        return tag("g", drawn, data_mark="lead")

    # what the kinds differ in

    def held(self, lines: str, others: str, **said: object) -> str:
        """An element that holds lines, and over them other marks; nothing where there are none."""
        return tag("g", lines + others, **said) if lines + others else ""

    def bar(self, start: float, end: float, down: float, high: float, **ink: object) -> str:
        """A rectangle from a place to another."""
        raise NotImplementedError

    def rule(self, start: Place, end: Place, **ink: object) -> str:
        """A straight line."""
        raise NotImplementedError

    def _way(self, run: Sequence[Place]) -> str:
        raise NotImplementedError

    def _stroked(self, way: str, **ink: object) -> str:
        raise NotImplementedError

    def _at(self, name: str, at: float, dx: float = 0.0) -> dict[str, object]:
        raise NotImplementedError

    def _texted(self, at: float, dx: float) -> dict[str, object]:
        return self._at("x", at, dx)

    def _moved(self, at: float, down: float, inside: str) -> str:
        raise NotImplementedError


class Fluid(Paper):
    """Paper as wide as what holds it."""

    def bar(self, start: float, end: float, down: float, high: float, **ink: object) -> str:
        """A rectangle from a place to another."""
        left = self.plan.across(start)
        wide = _percent(self.plan.across(end) - left)
        return tag("rect", x=_percent(left), y=down, width=wide, height=high, **ink)

    def rule(self, start: Place, end: Place, **ink: object) -> str:
        """A straight line."""
        (x1, x2), (y1, y2) = (map(self._across, (start[0], end[0]))), (start[1], end[1])
        return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, **ink)

    def _way(self, run: Sequence[Place]) -> str:
        return _way(run)

    def held(self, lines: str, others: str, **said: object) -> str:
        """An element that holds lines in a stretched box, and over them other marks."""
        if not lines:
            return super().held(lines, others, **said)
        low, high = self.plan.x
        view = f"{number(low)} 0 {number(high - low)} {self.plan.pixels}"
        box = {"viewBox": view, "preserveAspectRatio": "none", "overflow": "visible"}
        return (
            tag("g", tag("svg", lines, **box) + others, **said)
            if others
            else tag("svg", lines, **said, **box)
        )

    def _stroked(self, way: str, **ink: object) -> str:
        return tag("path", d=way, fill="none", vector_effect="non-scaling-stroke", **ink)

    def _across(self, at: float) -> str | None:
        return _percent(self.plan.across(at)) if at != self.plan.x[0] else None

    def _at(self, name: str, at: float, dx: float = 0.0) -> dict[str, object]:
        return {name: _percent(self.plan.across(at)), "transform": f"translate({number(dx)})" if dx else None}

    def _texted(self, at: float, dx: float) -> dict[str, object]:
        across = self._across(at)
        return {"x": across, "dx": dx or None} if across else {"x": dx or None}

    def _moved(self, at: float, down: float, inside: str) -> str:
        return tag("svg", inside, **self._at("x", at), y=down, overflow="visible")


class Fixed(Paper):
    """Paper of a plot `wide` pixels across."""

    def __init__(self, plan: Layout, wide: float) -> None:
        super().__init__(plan)
        self.wide = wide

    def bar(self, start: float, end: float, down: float, high: float, **ink: object) -> str:
        """A rectangle from a place to another."""
        left = self._across(start)
        return tag("rect", x=left, y=down, width=self._across(end) - left, height=high, **ink)

    def rule(self, start: Place, end: Place, **ink: object) -> str:
        """A straight line."""
        ends = {"x1": self._across(start[0]), "y1": start[1], "x2": self._across(end[0]), "y2": end[1]}
        return tag("line", **ends, **ink)

    def _way(self, run: Sequence[Place]) -> str:
        return _way([(self._across(at), down) for at, down in run])

    def _stroked(self, way: str, **ink: object) -> str:
        return tag("path", d=way, fill="none", **ink)

    def _across(self, at: float) -> float:
        return self.plan.across(at) * self.wide

    def _at(self, name: str, at: float, dx: float = 0.0) -> dict[str, object]:
        return {name: self._across(at) + dx}

    def _moved(self, at: float, down: float, inside: str) -> str:
        return tag("g", inside, transform=f"translate({number(self._across(at))} {number(down)})")


def _percent(share: float) -> str:
    return f"{number(100 * share)}%"


def _way(places: Sequence[Place]) -> str:
    first, *rest = (f"{number(x)} {number(y, 1)}" for x, y in places)
    return f"M{first}" + (f"L{' '.join(rest)}" if rest else "")
