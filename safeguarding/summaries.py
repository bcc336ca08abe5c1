"""Summaries: one card's facts. An indicator, an area and a view go in; value, verdicts, lines and words come
out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from safeguarding.figures import Figures
from safeguarding.lines import Line, Point, lines, shape
from safeguarding.marks import Break, Marked, breaks, marked
from safeguarding.query import Query
from safeguarding.stated import Stated, stated
from safeguarding.store.report import Comment
from safeguarding.store.tables import ENGLAND, Event, Indicator, Source
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.changes import Changed, judge_change
from safeguarding.verdicts.comparison import Compared, compare, compare_with_neighbours, compare_with_region
from safeguarding.verdicts.control import ControlChart, control_chart
from safeguarding.verdicts.funnel import Funnel, funnel
from safeguarding.verdicts.movement import Moved, judge_movement
from safeguarding.verdicts.origins import origins, two_years
from safeguarding.verdicts.outlook import Outlook, needed, outlook
from safeguarding.verdicts.place import Placed, place
from safeguarding.verdicts.quarters import Recent, recent
from safeguarding.verdicts.rank import Ranking, rankings
from safeguarding.verdicts.sentence import reconciled, sentence
from safeguarding.verdicts.signals import Signal, flags, good_news, reassuring, watch
from safeguarding.verdicts.tolerance import Judgement, judge_tolerance
from safeguarding.vocabulary import Role, Status, Unit


class IndicatorSummary(Case):
    """A case with its answers: all that a card, a table, a sentence or a download says about it.

    Each answer is computed when it is first asked for, and kept.
    """

    @cached_property
    def tolerance(self) -> Judgement:
        """Is the figure where the partnership agreed it should be?"""
        return judge_tolerance(self)

    @cached_property
    def england(self) -> Compared:
        """Is it different from England?"""
        return compare(self, self.catalogue.areas[ENGLAND])

    @cached_property
    def region(self) -> Compared:
        """Is it different from the region?"""
        return compare_with_region(self)

    @cached_property
    def neighbours(self) -> Compared:
        """Is it different from the mean of the statistical neighbours?"""
        return compare_with_neighbours(self)

    @property
    def comparisons(self) -> dict[str, Compared]:
        """The three comparisons by the name their hook carries."""
        return {"england": self.england, "region": self.region, "neighbours": self.neighbours}

    @cached_property
    def movement(self) -> Moved:
        """Has it changed, beyond chance?"""
        return judge_movement(self)

    @cached_property
    def change(self) -> Changed:
        """How far is it from the year before: beyond chance, and unusual?"""
        return judge_change(self)

    @cached_property
    def flags(self) -> tuple[Signal, ...]:
        """What needs attention; none where nothing does. Neutral indicators flag by tolerance alone."""
        return flags(self.tolerance, self.england, self.movement, self.change)

    @property
    def flagged(self) -> bool:
        """Does it need attention?"""
        return bool(self.flags)

    @cached_property
    def watched(self) -> tuple[Signal, ...]:
        """What is worth watching though it does not flag."""
        compared = tuple(self.comparisons.values())
        return watch(self, self.tolerance, compared, self.change, self.placed)

    @cached_property
    def good(self) -> tuple[Signal, ...]:
        """What is good about it by the measures that flag."""
        return good_news(self.england, self.movement, self.change)

    @property
    def reassuring(self) -> tuple[Signal, ...]:
        """What speaks for the figure beside its flags."""
        compared = tuple(self.comparisons.values())
        return reassuring(compared, self.movement, self.tolerance, self.change)

    @cached_property
    def outlook(self) -> Outlook | None:
        """The range in which next year's figure is expected; None where that is not known."""
        return outlook(self)

    @cached_property
    def needed(self) -> str:
        """How many children would make it better than England's, as a sentence; empty where that has no
        answer.
        """
        return needed(self, self.england)

    @cached_property
    def recent(self) -> Recent | None:
        """The quarters since the latest year; None where none is held."""
        return recent(self)

    @cached_property
    def two_years(self) -> str:
        """What two years say together; empty where one is enough or they cannot be added up."""
        return two_years(self)

    @cached_property
    def origins(self) -> list[str]:
        """What the change on the year is made of, a sentence each."""
        return origins(self, self.change)

    @cached_property
    def rankings(self) -> tuple[Ranking, ...]:
        """Where it stands in the region, among the neighbours and in England."""
        return rankings(self)

    @cached_property
    def funnel(self) -> Funnel:
        """Authorities by size around England's figure."""
        return funnel(self)

    @cached_property
    def placed(self) -> Placed | None:
        """The quarter of English authorities it lies in; None where their spread is not held."""
        return place(self)

    @cached_property
    def _drawn(self) -> tuple[tuple[str, ...], tuple[Line, ...]]:
        return lines(self)

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """The periods of the trend, oldest first; none where nothing is held in the view."""
        return self._drawn[0]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the trend over `periods`, the area in focus first."""
        return self._drawn[1]

    @cached_property
    def absences(self) -> list[str]:
        """Why points of the trend have no value, each reason once, where more is known than that none is
        held.
        """
        notes = (p.note for line in self.lines for p in line.points if p.value is None)
        return [note for note in dict.fromkeys(notes) if note not in ("", "no figure")]

    @property
    def shape(self) -> str:
        """The lowest and the highest figure that the trend draws, as a sentence; empty without two."""
        return shape(self.lines[0], self.periods, self.indicator) if self.lines else ""

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Where the area's figures come from; the indicator's own source where none is held."""
        ids = dict.fromkeys(o.source_id for o in self.own) or {self.indicator.source_id: None}
        return tuple(self.catalogue.sources[s] for s in ids)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What to know about these years, oldest first; never after the day the view is as at."""
        return tuple(e for e in self.touching if self.limit is None or e.by(self.limit))

    @property
    def marks(self) -> tuple[Marked, ...]:
        """The events to mark above a chart."""
        return marked(self.periods, self.events, self.indicator.year_type)

    @property
    def dotted(self) -> tuple[Break, ...]:
        """The changes in the recording that are drawn as dotted lines."""
        return breaks(self.periods, self.events)

    @property
    def breaks(self) -> tuple[int, ...]:
        """The places in `periods` before which the recording changed."""
        return tuple(sorted({b.place for b in self.dotted}))

    @cached_property
    def control(self) -> ControlChart:
        """The area's own series as a control chart."""
        series = [p.value for p in self.lines[0].points] if self.lines else []
        return control_chart(self.indicator, self.periods, series, self.breaks)

    @cached_property
    def difference(self) -> "Difference | None":
        """How far it lies from England, period by period; None where England is not drawn."""
        return difference_from_england(self)

    @cached_property
    def stated(self) -> tuple[Stated, ...]:
        """What reports state of the same measure, newest period first."""
        return stated(self)

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """What has been said about the figures that the view shows."""
        periods_shown = {o.period for o in self.own}
        about = (self.indicator.indicator_id, self.area.area_code)
        return tuple(
            c
            for c in self.catalogue.commentary
            if (c.indicator_id, c.area_code) == about and c.period in periods_shown
        )

    @property
    def sentence(self) -> str:
        """The card's finding as one or two sentences, made from the verdicts."""
        return sentence(self, self.tolerance, tuple(self.comparisons.values()), self.movement, self.change)

    @property
    def reconciled(self) -> str:
        """Why it is flagged although other questions find nothing wrong, as a sentence; empty where none
        does.
        """
        return reconciled(self.flags, self.tolerance, self.england, self.movement, self.change, self.placed)

    @property
    def alternative(self) -> str:
        """The text alternative of the trend: the finding, and the shape of the line."""
        return f"{self.sentence} {self.shape}".strip()


def summarise(indicator: Indicator, view: Query, figures: Figures) -> IndicatorSummary:
    """Everything about `indicator` in this view. Pure: the same figures give the same summary."""
    return IndicatorSummary(indicator, view, figures)


def until(summaries: Iterable[IndicatorSummary]) -> date | None:
    """The day on which the newest of their figures ends; None where none has one."""
    return max((s.latest.period_end for s in summaries if s.latest), default=None)


@dataclass(frozen=True)
class Difference:
    """How far an area lies from England in each period, as a series of its own: one line, in the unit of a
    difference.
    """

    indicator: Indicator
    periods: tuple[str, ...]
    lines: tuple[Line]
    breaks: tuple[int, ...]

    @cached_property
    def control(self) -> ControlChart:
        """The difference as a control chart."""
        return control_chart(
            self.indicator, self.periods, [p.value for p in self.lines[0].points], self.breaks
        )


def difference_from_england(summary: IndicatorSummary) -> Difference | None:
    """The area's line less England's; None where England is not drawn.

    National drift is taken out, so that what is left is the area's own. A period without both is a gap.
    """
    focus = next((line for line in summary.lines if line.role is Role.FOCUS), None)
    england = next((line for line in summary.lines if line.role is Role.ENGLAND), None)
    if focus is None or england is None:
        return None
    pairs = zip(focus.points, england.points, strict=True)
    points = tuple(
        Point(a.value - b.value, Status.OK)
        if a.value is not None and b.value is not None
        else Point(None, Status.X, a.note or b.note)
        for a, b in pairs
    )
    name = f"{summary.area.name}’s gap to England"
    unit = Unit.POINTS if summary.indicator.unit is Unit.PERCENT else summary.indicator.unit
    line = replace(focus, name=name, short_name=name, points=points)
    return Difference(replace(summary.indicator, unit=unit), summary.periods, (line,), summary.breaks)
