"""Summaries: one card's facts. An indicator, an area and a view go in; value, verdicts, lines and words come out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from safeguarding import periods, words
from safeguarding.figures import Figures
from safeguarding.lines import Line, Point, _lines
from safeguarding.query import Query
from safeguarding.store.tables import ENGLAND, Area, Comment, Event, Indicator, Observation, Source, Statement
from safeguarding.verdicts.comparison import Compared, compare_with_area, compare_with_neighbours
from safeguarding.verdicts.control import ControlChart, control_chart
from safeguarding.verdicts.funnel import Funnel
from safeguarding.verdicts.funnel import funnel as by_size
from safeguarding.verdicts.movement import Moved, judge_movement
from safeguarding.verdicts.rank import Placed, Ranking, place_nationally, rankings
from safeguarding.verdicts.tolerance import Judgement, judge_tolerance
from safeguarding.vocabulary import Comparison, Movement, Status, Tolerance, Unit

A_YEAR = 366


@dataclass(frozen=True)
class Stated:
    """What a report states of the same measure, beside the official figure of the same period (None where there is none)."""

    statement: Statement
    source: Source
    official: float | None


@dataclass(frozen=True)
class IndicatorSummary:
    """All that a card, a table, a sentence or a download says about an indicator for an area in a view."""

    indicator: Indicator
    area: Area
    latest: Observation | None
    last_known: bool
    tolerance: Judgement
    england: Compared
    region: Compared
    neighbours: Compared
    movement: Moved
    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    rankings: tuple[Ranking, ...]
    funnel: Funnel
    placed: Placed | None
    sources: tuple[Source, ...]
    events: tuple[Event, ...]
    stated: tuple[Stated, ...]
    comments: tuple[Comment, ...]

    @property
    def value(self) -> float | None:
        """The latest value as published; None where hidden, missing or not held."""
        return self.latest.value if self.latest else None

    @property
    def status(self) -> Status:
        """Why there is no value; X where no row is held at all."""
        return self.latest.status if self.latest else Status.X

    @property
    def period_label(self) -> str:
        """The period of the latest row as the reader sees it; empty where no row is held."""
        return periods.label(self.latest.period, self.indicator.year_type) if self.latest else ""

    @property
    def when(self) -> str:
        """The period of the latest row as a sentence says it: "in 2024-25", "at 31 March 2025"."""
        return f"{periods.preposition(self.indicator.year_type)} {self.period_label}"

    @property
    def printed(self) -> str:
        """The latest value as printed, or a word for its absence."""
        if self.value is not None:
            return words.shown(self.value, self.indicator)
        return self.status.short.capitalize() if self.latest else "No figure"

    @property
    def comparisons(self) -> dict[str, Compared]:
        """The three comparisons by the name their hook carries."""
        return {"england": self.england, "region": self.region, "neighbours": self.neighbours}

    @property
    def _began(self) -> list[date]:
        """The April that each of `periods` is named by."""
        return [date(int(p[:4]), 4, 1) for p in self.periods]

    @property
    def breaks(self) -> tuple[int, ...]:
        """The places in `periods` before which the recording changed: the first period that begins on the day or later."""
        began = self._began
        places = {
            next((k for k, day in enumerate(began) if day >= e.day), 0)
            for e in self.events
            if e.breaks and e.day
        }
        return tuple(sorted(k for k in places if k))

    @property
    def marks(self) -> tuple[tuple[int, int, Event], ...]:
        """The events to mark on the axis: number, place in `periods`, event. Those before or after what is drawn are left out."""
        began = self._began
        # an event stands at the period that begins nearest to it: one of late March belongs to the year that follows
        dated = [(e.day, e) for e in self.events if e.day and not e.breaks and began]
        distances = [([abs((start - day).days) for start in began], e) for day, e in dated]
        placed = [(away.index(min(away)), e) for away, e in distances if min(away) <= A_YEAR]
        return tuple((n, k, e) for n, (k, e) in enumerate(placed, 1))

    @cached_property
    def control(self) -> ControlChart:
        """The area's own series as a control chart."""
        series = [p.value for p in self.lines[0].points] if self.lines else []
        return control_chart(self.indicator, self.periods, series, self.breaks)

    @property
    def flagged(self) -> bool:
        """Does it need attention: outside tolerance, worse than England, or worsening? Neutral indicators only by tolerance."""
        return (
            self.tolerance.verdict is Tolerance.OUTSIDE
            or self.england.verdict is Comparison.WORSE
            or self.movement.verdict is Movement.WORSENING
        )

    @property
    def sentence(self) -> str:
        """The card's finding as one or two sentences, made from the verdicts. Also the chart's text alternative."""
        name, place = self.indicator.short_title, self.area.name
        if self.latest is None:
            return f"{name}: no figure is held for {place} for this period."
        if self.value is None:
            return f"{name}: the figure for {place} {self.when} is {self.status.words}."
        text = f"{name}: {self.printed}{self._per()} in {words.the(place)} {self.when}"
        if self.last_known:
            return f"{text}. This is the last known figure, more than a year old, and is not judged."
        said: dict[str, list[str]] = {}
        for c in (self.england, self.region):
            if c.verdict in words.COMPARISON_PHRASES:
                said.setdefault(words.COMPARISON_PHRASES[c.verdict], []).append(
                    f"{words.the(c.name)} ({c.printed})"
                )
        parts = (
            [words.listed([f"{phrase} {words.listed(names)}" for phrase, names in said.items()])]
            if said
            else []
        )
        if self.movement.verdict is not Movement.NOT_TESTED:
            parts.append(self.course)
        text += "".join(f", {part}" for part in parts) + "."
        if self.movement.change:
            text += f" {words.capital(self.movement.change)}."
        return text

    @property
    def course(self) -> str:
        """The movement in a sentence: "rising over five years (worsening)", "no clear change over five years"."""
        moved = self.movement
        if not moved.course:
            return f"no clear change {moved.span}".strip()
        judged = moved.verdict in (Movement.IMPROVING, Movement.WORSENING)
        return f"{moved.course} {moved.span}".strip() + (f" ({moved.verdict.value})" if judged else "")

    def _per(self) -> str:
        return (
            f" {self.indicator.unit.words}"
            if self.indicator.unit in (Unit.PER_10000, Unit.PER_100000)
            else ""
        )


def summarise(indicator: Indicator, query: Query, figures: Figures) -> IndicatorSummary:
    """Everything about `indicator` in this view. Pure: the same figures give the same summary."""
    catalogue = figures.catalogue
    area, limit = catalogue.areas[query.area], query.judged_on
    own = [
        o
        for o in figures.series(indicator.indicator_id, area.area_code)
        if limit is None or o.period_end <= limit
    ]
    latest = own[-1] if own else None
    last_known = bool(latest and limit and (limit - latest.period_end).days > A_YEAR)
    barred = (
        "the last known figure is more than a year old"
        if last_known
        else ""
        if latest
        else "no figure is held"
    )
    drawn, lines = _lines(indicator, query, figures, latest)
    region = catalogue.region_of(area.area_code)
    if region:
        with_region = compare_with_area(indicator, latest, area, region, figures, barred)
    else:
        with_region = Compared(Comparison.NOT_COMPARED, "Region", reason=f"{area.name} lies in no region")
    source_ids = {o.source_id: None for o in own} or {indicator.source_id: None}
    return IndicatorSummary(
        indicator=indicator,
        area=area,
        latest=latest,
        last_known=last_known,
        tolerance=judge_tolerance(indicator, own, area, figures, barred),
        england=compare_with_area(indicator, latest, area, catalogue.areas[ENGLAND], figures, barred),
        region=with_region,
        neighbours=compare_with_neighbours(indicator, latest, area, figures, barred),
        movement=judge_movement(indicator, own, area, figures, barred),
        periods=drawn,
        lines=lines,
        rankings=rankings(indicator, latest, area, figures) if latest else (),
        funnel=by_size(indicator, latest, area, figures),
        placed=place_nationally(indicator, latest, area, figures),
        sources=tuple(catalogue.sources[s] for s in source_ids),
        stated=_stated(indicator, query, own, figures),
        comments=tuple(
            c
            for c in catalogue.commentary
            if (c.indicator_id, c.area_code) == (indicator.indicator_id, area.area_code)
            and any(o.period == c.period for o in own)
        ),
        events=tuple(
            e
            for e in catalogue.events_for(indicator.indicator_id, area.area_code)
            if limit is None or e.by(limit)
        ),
    )


def difference_from_england(summary: IndicatorSummary) -> IndicatorSummary | None:
    """The same summary with one line, how far the area lies from England in each period; None where England is not drawn.

    National drift is taken out, so that what is left is the area's own. Periods without both figures are gaps.
    """
    focus = next((line for line in summary.lines if line.role == "focus"), None)
    england = next((line for line in summary.lines if line.role == "england"), None)
    if focus is None or england is None:
        return None
    pairs = zip(focus.points, england.points, strict=True)
    points = tuple(
        Point(a.value - b.value, Status.OK)
        if a.value is not None and b.value is not None
        else Point(None, Status.X, a.note or b.note)
        for a, b in pairs
    )
    name = f"{summary.area.name} less England"
    unit = Unit.POINTS if summary.indicator.unit is Unit.PERCENT else summary.indicator.unit
    return replace(
        summary,
        indicator=replace(summary.indicator, unit=unit),
        lines=(replace(focus, name=name, short_name=name, points=points),),
    )


def _stated(
    indicator: Indicator, query: Query, own: Sequence[Observation], figures: Figures
) -> tuple[Stated, ...]:
    """The reports' figures of this indicator for the area, newest period first; never after the day the view is as at."""
    official = {o.period: o.value for o in own}
    found = [
        Stated(s, figures.catalogue.sources[s.source_id], official.get(s.period))
        for s in figures.catalogue.statements
        if s.indicator_id == indicator.indicator_id
        and s.area == query.area
        and s.period in official
        and (s.number is not None or s.hidden)
    ]
    unique = {(s.statement.period, s.statement.value): s for s in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda s: s.statement.period, reverse=True))
