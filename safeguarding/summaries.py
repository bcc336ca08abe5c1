"""Summaries: one card's facts. An indicator, an area and a view go in; value, verdicts, lines and words come out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from safeguarding import periods, verdicts, words
from safeguarding.catalogue import (
    ENGLAND,
    GREATER_MANCHESTER,
    Area,
    Comment,
    Event,
    Indicator,
    Source,
    Statement,
)
from safeguarding.measures import control
from safeguarding.query import NEIGHBOURS, Query
from safeguarding.series import Figures
from safeguarding.store import Observation
from safeguarding.verdicts import AVERAGES, SETS, Compared, Funnel, Judgement, Moved, Placed, Ranking
from safeguarding.vocabulary import Comparison, Movement, Status, Tolerance, Unit

A_YEAR = 366


@dataclass(frozen=True)
class Point:
    """One line's figure in one period: a value, or None with the reason."""

    value: float | None
    status: Status
    note: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class Line:
    """One area (or mean of areas) over the summary's periods, oldest first. `role` decides its colour and dash."""

    name: str
    short_name: str
    role: str
    points: tuple[Point, ...]
    decimals: int
    caption: str = ""


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
        nearest = [
            (min(range(len(began)), key=lambda k, day=day: abs(began[k] - day)), day, e) for day, e in dated
        ]  # type: ignore[misc]
        placed = [(k, e) for k, day, e in nearest if abs((began[k] - day).days) <= A_YEAR]
        return tuple((n, k, e) for n, (k, e) in enumerate(placed, 1))

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
        with_region = verdicts.compare_with_area(indicator, latest, area, region, figures, barred)
    else:
        with_region = Compared(Comparison.NOT_COMPARED, "Region", reason=f"{area.name} lies in no region")
    source_ids = {o.source_id: None for o in own} or {indicator.source_id: None}
    return IndicatorSummary(
        indicator=indicator,
        area=area,
        latest=latest,
        last_known=last_known,
        tolerance=verdicts.judge_tolerance(indicator, own, area, figures, barred),
        england=verdicts.compare_with_area(
            indicator, latest, area, catalogue.areas[ENGLAND], figures, barred
        ),
        region=with_region,
        neighbours=verdicts.compare_with_neighbours(indicator, latest, area, figures, barred),
        movement=verdicts.judge_movement(indicator, own, area, figures, barred),
        periods=drawn,
        lines=lines,
        rankings=verdicts.rankings(indicator, latest, area, figures) if latest else (),
        funnel=verdicts.funnel(indicator, latest, area, figures),
        placed=verdicts.place_nationally(indicator, latest, area, figures),
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


@dataclass(frozen=True)
class Segment:
    """A stretch of a control chart between breaks: places in the summary's periods, values, limits (None below six points), signals."""

    start: int
    values: tuple[float, ...]
    limits: control.Limits | None
    signals: tuple[control.Signal | None, ...]


@dataclass(frozen=True)
class ControlChart:
    """A series as a control chart sees it. `segments` is empty where it cannot be drawn, and `text` says why."""

    segments: tuple[Segment, ...]
    text: str


SIGNALS = {
    1: "outside the limits",
    2: "seven or more on one side of the mean",
    3: "seven that rise or fall",
    4: "two of three near a limit",
}


def control_chart(summary: IndicatorSummary) -> ControlChart:
    """The area's own series as a control chart, begun anew at each break in its recording. To look at: it sets no verdict."""
    indicator, points = summary.indicator, summary.lines[0].points if summary.lines else ()
    known = [k for k, p in enumerate(points) if p.value is not None]
    if not known:
        return ControlChart((), "There are no figures to draw.")
    starts = [known[0], *(b for b in summary.breaks if known[0] < b <= known[-1])]
    segments = []
    for start, stop in zip(starts, [*starts[1:], known[-1] + 1], strict=True):
        values = [p.value for p in points[start:stop] if p.value is not None]
        if len(values) < stop - start:
            return ControlChart(
                (), "A control chart cannot have gaps, and some of these figures are hidden or missing."
            )
        around = control.limits(values)
        found = control.signals(values, around) if around else [None] * len(values)
        segments.append(Segment(start, tuple(values), around, tuple(found)))
    last = segments[-1]
    if last.limits is None:
        return ControlChart(
            tuple(segments), f"No limits: {len(last.values)} points since the last break, and six are needed."
        )
    limit = last.limits
    text = (
        f"Mean {words.shown(limit.mean, indicator, max(1, indicator.decimals))}, process limits "
        f"{words.shown(limit.lower, indicator, max(1, indicator.decimals))} to {words.shown(limit.upper, indicator, max(1, indicator.decimals))}"
        f"{', trial limits: fewer than 12 points' if limit.trial else ''}. "
    )
    special = [
        f"{periods.label(summary.periods[s.start + k], indicator.year_type)} ({SIGNALS[signal.rule]}, {'high' if signal.high else 'low'})"
        for s in segments
        for k, signal in enumerate(s.signals)
        if signal
    ]
    latest = last.signals[-1]
    text += f"The latest point is {'a special cause: ' + SIGNALS[latest.rule] if latest else 'common cause: nothing out of the ordinary'}."
    if special:
        text += f" Special causes: {words.listed(special)}."
    return ControlChart(tuple(segments), text)


# --- lines ---


def _lines(
    indicator: Indicator, query: Query, figures: Figures, latest: Observation | None
) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    """The periods of the chart and its lines, the area in focus first. A count is drawn alone."""
    catalogue = figures.catalogue
    area, limit = catalogue.areas[query.area], query.judged_on
    when = latest.period_end if latest else limit or date.max
    blank = Line(area.name, area.name, "focus", (), indicator.decimals)
    members: list[tuple[Line, Sequence[str]]] = [(blank, [area.area_code])]
    for code in () if indicator.is_count else query.compare:
        if code.startswith(NEIGHBOURS):
            chosen = catalogue.neighbour_set(area.area_code, when)
            if chosen is None:
                continue
            name = chosen[0] if code == NEIGHBOURS else code
            caption = f"{figures.average} of the statistical neighbours, {SETS.get(name, name)}"
            if code == NEIGHBOURS and not chosen[1]:
                caption += " (not the list then in force)"
            title = "Statistical neighbours" if code == NEIGHBOURS else f"Neighbours {name[3:]}"
            line = Line(
                title,
                "Neighbours" if code == NEIGHBOURS else title,
                "neighbours",
                (),
                max(1, indicator.decimals),
                caption,
            )
            members.append((line, catalogue.neighbours[area.area_code, name]))
        elif code == GREATER_MANCHESTER:
            boroughs = [a.area_code for a in catalogue.group(code)]
            caption = f"the {len(boroughs)} boroughs of Greater Manchester together"
            members.append(
                (
                    Line(
                        "Greater Manchester",
                        "Gtr Manchester",
                        "group",
                        (),
                        max(1, indicator.decimals),
                        caption,
                    ),
                    boroughs,
                )
            )
        else:
            other = catalogue.areas[code]
            role = {"country": "england", "region": "region"}.get(other.type, "other")
            members.append((Line(other.name, other.name, role, (), indicator.decimals), [code]))
    held = {
        o.period
        for _, codes in members
        for code in codes
        for o in figures.series(indicator.indicator_id, code)
        if (limit is None or o.period_end <= limit)
        and (query.since is None or o.period >= query.since)
        and o.period != periods.UNDATED
    }
    if not held:
        return (), ()
    quarterly = any("Q" in p for p in held)
    drawn = tuple(sorted(held) if quarterly else periods.years_between(min(held), max(held)))
    return drawn, tuple(
        replace(line, points=tuple(_at(indicator, line.role, codes, p, figures) for p in drawn))
        for line, codes in members
    )


def _at(indicator: Indicator, role: str, codes: Sequence[str], period: str, figures: Figures) -> Point:
    """A line's point: one area's figure, the neighbours' average, or the group's counts added up."""
    rows = [figures.at(indicator.indicator_id, code, period) for code in codes]
    if role == "neighbours":
        return _average(rows, figures.average)
    if role == "group":
        return _summed(indicator, rows)
    only = rows[0]
    return (
        Point(only.value, only.status, only.status.words, only.provisional)
        if only
        else Point(None, Status.X, "no figure")
    )


def _average(rows: Sequence[Observation | None], average: str) -> Point:
    """Mean (or median) of those with a figure, as DfE's own tools take it; the note says how many that is."""
    known = [o.value for o in rows if o is not None and o.value is not None]
    hidden = sum(o is not None and o.value is None for o in rows)
    if not known:
        return Point(None, Status.C if hidden else Status.X, f"no figure for any of {len(rows)}")
    note = f"{average} of {len(known)} of {len(rows)}" + (f", {hidden} not shown" if hidden else "")
    return Point(AVERAGES[average](known), Status.OK, note)


def _summed(indicator: Indicator, rows: Sequence[Observation | None]) -> Point:
    """Several areas as one: summed numerators over summed denominators, else a plain mean that says so."""
    multiplier = indicator.unit.multiplier
    counts = [
        (o.numerator, o.denominator)
        for o in rows
        if o is not None and o.value is not None and o.numerator is not None and o.denominator
    ]
    if multiplier and len(counts) == len(rows):
        value = multiplier * sum(n for n, _ in counts) / sum(d for _, d in counts)
        return Point(value, Status.OK, f"{len(rows)} boroughs, counts added up")
    return _average(rows, "mean")
