"""The look that every chart shares: one meaning, one colour, one dash, on every page."""

from dataclasses import dataclass
from enum import StrEnum

from safeguarding.charts.chart import Mark, Series
from safeguarding.vocabulary import Comparison, Role

INK, MUTED, GRID, PAPER = "#0B0C0C", "#505A5F", "#D9D9D9", "#FFFFFF"
# set-up brings Arimo for page, chart and picture; Arial and Liberation Sans have the same widths
FONT = "Arimo, Arial, 'Liberation Sans', sans-serif"


class Dash(StrEnum):
    """A pattern of a line, by the name that Plotly has for it."""

    SOLID = "solid"
    DASH = "dash"
    DOT = "dot"
    DASH_DOT = "dashdot"
    LONG_DASH = "longdash"
    LONG_DASH_DOT = "longdashdot"

    @property
    def office(self) -> str:
        """The name that PowerPoint and Excel have for it."""
        return {Dash.DOT: "round_dot"}.get(self, self.name.lower())

    @property
    def lengths(self) -> tuple[float, ...]:
        """Strokes and gaps in turn, as Plotly has them: in widths of the line, and of 3 pixels where it is
        thinner; none where it is unbroken.
        """
        return {
            Dash.DASH: (3.0, 3.0),
            Dash.DOT: (1.0, 1.0),
            Dash.LONG_DASH: (5.0, 5.0),
            Dash.DASH_DOT: (3.0, 1.0, 1.0, 1.0),
            Dash.LONG_DASH_DOT: (5.0, 2.0, 2.0, 2.0),
        }.get(self, ())


@dataclass(frozen=True)
class Style:
    """How one role is drawn.

    Colours hold 4.5:1 on white, so that lines survive a projector and labels can be read.
    """

    colour: str
    dash: Dash
    width: float
    marker: float


STYLES = {
    Role.FOCUS: Style("#12436D", Dash.SOLID, 4, 8),
    Role.ENGLAND: Style("#B8460E", Dash.DASH, 2.5, 4),
    Role.REGION: Style("#17716A", Dash.DOT, 2.5, 4),
    Role.NEIGHBOURS: Style("#626A6E", Dash.DASH_DOT, 2.5, 4),
    Role.GROUP: Style("#801650", Dash.LONG_DASH, 2.5, 4),
    Role.OTHER: Style("#6B5900", Dash.LONG_DASH_DOT, 2, 4),
}
# areas that a reader has added: each has a hue and a dash of its own
OTHERS = (
    STYLES[Role.OTHER],
    Style("#6A3D9A", Dash.SOLID, 2, 5),
    Style("#3F6B00", Dash.DASH, 2, 5),
    Style("#A0206B", Dash.DOT, 2.5, 5),
    Style("#1F6FB2", Dash.LONG_DASH, 2, 5),
    Style("#5C4033", Dash.DASH_DOT, 2, 5),
)
# what figures are held against in their own chart
AGAINST = {
    Mark.MEAN: Style(STYLES[Role.FOCUS].colour, Dash.SOLID, 1.5, 0),
    Mark.LIMIT: Style(MUTED, Dash.DASH, 1.5, 0),
    Mark.OUTER: Style(MUTED, Dash.DOT, 1.5, 0),
}
BAR = "#8C969B"
# a tolerance or a usual range; how sure the latest point is; between what the next may lie
BAND, INTERVAL, EXPECTED = "#ECF2F7", "#678FB3", "#F3F6F8"
PROPOSED = "5 3"  # strokes and gaps, in pixels, of the edge of a tolerance that is not agreed
RANGE, MIDDLE = "#D9DCDE", "#A3ABB0"
# a special cause: none, one that is for the better, for the worse, or neither
ORDINARY, IMPROVEMENT, CONCERN, NEUTRAL = "#626A6E", "#1D5A93", "#B8460E", "#490092"
TONES = {Comparison.BETTER: "#00703C", Comparison.WORSE: "#B8220F", Comparison.LOWER: "#1D5A93"}


def style(series: Series) -> Style:
    """How the line of a series is drawn."""
    return AGAINST.get(series.mark) or line(series.role, series.nth)


def line(role: Role, nth: int = 0) -> Style:
    """How a line of a role is drawn, of other areas the `nth`."""
    return OTHERS[nth % len(OTHERS)] if role is Role.OTHER else STYLES[role]


def fill(role: Role) -> str:
    """The colour of a bar or a spot: grey for those that the chart is not about."""
    return BAR if role is Role.OTHER else STYLES[role].colour
