"""Key: what the marks of a chart stand for, as a line of samples over it."""

from collections.abc import Iterator
from typing import NamedTuple

from safeguarding import words
from safeguarding.charts import looks, theme
from safeguarding.charts.chart import Chart, Kind, Mark, Series
from safeguarding.charts.element import number, tag, worded
from safeguarding.charts.label import LEADING
from safeguarding.charts.looks import Pen, Spot
from safeguarding.charts.paper import RISE, Fixed
from safeguarding.charts.theme import BAND, EXPECTED, INK, INTERVAL, MUTED, PAPER, PROPOSED, STYLES
from safeguarding.charts.typeface import width
from safeguarding.vocabulary import Comparison, Polarity, Role

SAMPLE, BETWEEN, BEFORE = (
    1.5,
    0.4,
    1.2,
)  # sizes of the text: a sample, what follows it, what parts two entries
TEXT = 14.0  # what samples are in proportion to
HIDDEN = "hidden to protect identity"
SPINE = {
    Comparison.BETTER: "better than England",
    Comparison.WORSE: "worse",
    Comparison.HIGHER: "higher",
    Comparison.LOWER: "lower",
    Comparison.SIMILAR: "similar, or not judged",
}


class Box(NamedTuple):
    """A filled rectangle as a sample; with `edge` it has an outline, `open_` it is a bracket."""

    fill: str
    edge: str = ""
    open_: bool = False


class Zone(NamedTuple):
    """A stretch of a zone as a sample, an edge above it and one below."""

    fill: str
    edge: str
    dashes: str


class Entry(NamedTuple):
    """A sample of a mark, and what it stands for."""

    sample: Spot | Pen | Box | Zone
    said: str


class _Bare(Fixed):
    """Paper whose places are pixels."""

    def __init__(self) -> None:
        self.wide = 1.0

    def _across(self, at: float) -> float:
        return at


def key(chart: Chart) -> list[Entry]:
    """The entries of a chart; none where its labels say everything."""
    return list(
        {
            Kind.TREND: _trend,
            Kind.CONTROL: _control,
            Kind.DIFFERENCE: _control,
            Kind.FUNNEL: _funnel,
            Kind.PARTS: _parts,
            Kind.SPINE: _spine,
            Kind.RANK: _rank,
        }[chart.kind](chart)
    )


def _ends(chart: Chart, ends: tuple[float, float]) -> str:
    low, high = (words.number(end, max(1, chart.decimals)) + chart.suffix for end in ends)
    return f"{low} to {high}"


def _trend(chart: Chart) -> Iterator[Entry]:
    if chart.intervals:
        yield Entry(Box(INTERVAL), "95% interval")
    elif chart.interval:
        yield Entry(Box(INTERVAL), f"95% interval, {_ends(chart, chart.interval)}")
    if chart.expected:
        between = _ends(chart, (chart.expected.lower, chart.expected.upper))
        yield Entry(Box(EXPECTED, STYLES[Role.FOCUS].colour), f"expected next, {between}")
    if chart.band:
        yield Entry(Zone(BAND, MUTED, "" if chart.band.agreed else PROPOSED), chart.band.words)
    if chart.absences:
        yield Entry(looks.ABSENT, "no figure")


def _control(chart: Chart) -> Iterator[Entry]:
    sides = {d.verdict for s in chart.series if s.mark is Mark.SIGNALLED for d in s.data}
    for side in (Comparison.HIGHER, Comparison.LOWER):
        if side in sides:
            name = "high" if side is Comparison.HIGHER else "low"
            judged = chart.polarity is not Polarity.NEUTRAL
            better = (side is Comparison.HIGHER) == (chart.polarity is Polarity.HIGHER_BETTER)
            told = f", for the {'better' if better else 'worse'}" if judged else ""
            yield Entry(looks.signal(side, chart.polarity), f"unusually {name}{told}")


def _funnel(chart: Chart) -> Iterator[Entry]:
    seen: dict[str, Entry] = {}
    for series in chart.series:
        if not series.data:
            continue
        if series.mark is Mark.SPOT and series.role is not Role.FOCUS:
            seen[series.name] = Entry(looks.spot(chart, series, series.data[0]), series.name.lower())
        elif series.mark in (Mark.LIMIT, Mark.OUTER):
            seen[series.name] = Entry(looks.pen(chart, series), f"{series.name} limits of chance")
    yield from seen.values()


def _parts(chart: Chart) -> Iterator[Entry]:
    for series in reversed(chart.series):
        yield Entry(Box(theme.fill(series.role)), series.name)
    if any(d.value is None and d.printed.startswith("hidden") for s in chart.series for d in s.data):
        yield Entry(Box(PAPER, MUTED, open_=True), HIDDEN)


def _spine(chart: Chart) -> Iterator[Entry]:
    verdicts = {d.verdict for s in chart.series if s.mark is Mark.SPOT for d in s.data}
    spots = next((s for s in chart.series if s.mark is Mark.SPOT), None)
    for verdict, said in SPINE.items():
        others = {Comparison.NOT_COMPARED, Comparison.DEPENDS_ON_HIDDEN, Comparison.SIMILAR}
        if spots and (verdict in verdicts or (verdict is Comparison.SIMILAR and others & verdicts)):
            yield Entry(looks.spine_spot(verdict), said)
    yield Entry(Box(theme.RANGE), "range of authorities")
    yield Entry(Box(theme.MIDDLE), "middle half")
    bench: Series | None = next((s for s in chart.series if s.mark is Mark.BENCHMARK), None)
    if bench:
        yield Entry(looks.pen(chart, bench), "England (in brackets)")


def _rank(chart: Chart) -> Iterator[Entry]:
    if any(d.upper is not None for s in chart.series for d in s.data):
        yield Entry(Pen(INK, 1.5), "95% interval")


def drawn(entries: list[Entry], left: float, top: float, size: float, room: float) -> tuple[str, float]:
    """The entries in lines that fit into a room, with their left top corner at a place; and how high they
    are.
    """
    found, at, down = "", left, top
    for entry in entries:
        wide = (SAMPLE + BETWEEN) * size + width(entry.said, size)
        if at > left and at + wide > left + room:
            at, down = left, down + LEADING * size
        middle = down + 0.6 * size
        shape = _sample(entry.sample, size / TEXT)
        found += tag("g", shape, transform=f"translate({number(at)} {number(middle)})")
        look = {"font_size": size, "fill": MUTED}
        words_at = {"x": at + (SAMPLE + BETWEEN) * size, "y": middle + RISE * size}
        found += tag("text", worded(entry.said), **words_at, **look)
        at += wide + BEFORE * size
    return found, (down - top + LEADING * size) if entries else 0.0


def _sample(sample: Spot | Pen | Box | Zone, scale: float) -> str:
    wide, paper = SAMPLE * TEXT, _Bare()
    match sample:
        case Spot():
            inside = paper.spot(wide / 2, 0, sample)
        case Pen():
            inside = paper.line([[(0.0, 0.0), (wide, 0.0)]], sample)
        case Box(open_=True):
            inside = tag("path", d=bracket(0, wide, -5, 5), fill="none", stroke=sample.edge, stroke_width=1.5)
        case Zone():
            edges = {"stroke": sample.edge, "stroke_dasharray": sample.dashes or None}
            rails = "".join(tag("line", x1=0, y1=y, x2=wide, y2=y, **edges) for y in (-5, 5))
            inside = tag("rect", x=0, y=-5, width=wide, height=10, fill=sample.fill) + rails
        case _:
            edge = {"stroke": sample.edge or None, "stroke_dasharray": "3 2" if sample.edge else None}
            inside = tag("rect", x=0, y=-5, width=wide, height=10, fill=sample.fill, **edge)
    return tag("g", inside, transform=f"scale({number(scale, 4)})")


def bracket(left: float, right: float, top: float, foot: float) -> str:
    """The way of a bracket that is open at its right: of a part whose length is not known."""
    x, end, y, low = (number(v) for v in (left, right, top, foot))
    return f"M{end} {y}H{x}V{low}H{end}"
