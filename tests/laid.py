"""What a fixed SVG draws and where: each mark with its place on the page and what it inherits."""

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
MOVES = re.compile(r"(translate|scale)\(([^)]*)\)")
DOWN = (
    "fill",
    "stroke",
    "stroke-width",
    "font-size",
    "font-weight",
    "text-anchor",
    "data-series",
    "data-mark",
)


@dataclass(frozen=True)
class Mark:
    """An element that draws: its name, its words, its own attributes, what it inherits or has itself, and how
    its units lie on the page.
    """

    tag: str
    text: str
    own: dict[str, str]
    look: dict[str, str] = field(repr=False)
    scale: float
    left: float
    top: float

    def at(self, x: str = "x", y: str = "y") -> tuple[float, float]:
        """Where two of its attributes put it on the page."""
        return (
            self.left + self.scale * float(self.own.get(x, 0)),
            self.top + self.scale * float(self.own.get(y, 0)),
        )

    @property
    def size(self) -> float:
        """The size of its text on the page."""
        return self.scale * float(self.look["font-size"])

    @property
    def way(self) -> list[list[tuple[float, float]]]:
        """The places on the page that its lines go through; there are no curves."""
        runs = []
        for run in re.findall(r"M([^M]+)", self.own.get("d", "")):
            numbers = [float(n) for n in re.findall(r"-?[\d.]+", run)]
            places = zip(numbers[::2], numbers[1::2], strict=True)
            runs.append([(self.left + self.scale * x, self.top + self.scale * y) for x, y in places])
        return runs


def laid(svg: bytes | str) -> list[Mark]:
    """Every mark of an SVG, back to front."""
    found: list[Mark] = []

    def walk(element, look, scale, left, top) -> None:
        for move, numbers in MOVES.findall(element.get("transform", "")):
            first, second = [*map(float, numbers.replace(",", " ").split()), 0.0][:2]
            if move == "scale":
                scale *= first
            else:
                left, top = left + scale * first, top + scale * second
        look = look | {name: element.get(name) for name in DOWN if element.get(name) is not None}
        tag = element.tag.removeprefix(SVG)
        if tag in ("path", "rect", "circle", "line", "text"):
            text = "".join(element.itertext())
            found.append(Mark(tag, text, dict(element.attrib), look, scale, left, top))
        if tag != "text":
            for child in element:
                walk(child, look, scale, left, top)

    walk(ElementTree.fromstring(svg), {}, 1.0, 0.0, 0.0)
    return found
