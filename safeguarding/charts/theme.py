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
        """Strokes and gaps in turn, in widths of the line; none where it is unbroken."""
        return {
            Dash.DASH: (3.0, 3.0),
            Dash.DOT: (1.2, 1.2),
            Dash.LONG_DASH: (5.0, 3.0),
            Dash.DASH_DOT: (3.0, 1.5, 1.2, 1.5),
            Dash.LONG_DASH_DOT: (5.0, 1.5, 1.2, 1.5),
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
# what figures are held against in their own chart
AGAINST = {
    Mark.MEAN: Style(STYLES[Role.FOCUS].colour, Dash.SOLID, 1.5, 0),
    Mark.LIMIT: Style(MUTED, Dash.DASH, 1.5, 0),
    Mark.OUTER: Style(MUTED, Dash.DOT, 1.5, 0),
}
BAR = "#8C969B"
RANGE, MIDDLE = "#D9DCDE", "#A3ABB0"
# a special cause: none, one that is for the better, for the worse, or neither
ORDINARY, IMPROVEMENT, CONCERN, NEUTRAL = "#626A6E", "#1D5A93", "#B8460E", "#490092"
TONES = {Comparison.BETTER: "#00703C", Comparison.WORSE: "#B8220F"}


def style(series: Series) -> Style:
    """How the line of a series is drawn."""
    return AGAINST.get(series.mark, STYLES[series.role])


def fill(role: Role) -> str:
    """The colour of a bar or a spot: grey for those that the chart is not about."""
    return BAR if role is Role.OTHER else STYLES[role].colour
