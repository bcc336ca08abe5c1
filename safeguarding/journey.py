"""Journey: how many children came to each step of the way in a year. Same year, not the same children."""

from dataclasses import dataclass

from safeguarding import periods, words
from safeguarding.figures import Figures, of_one_kind
from safeguarding.query import Query
from safeguarding.store.report import Statement, Step
from safeguarding.store.tables import Observation
from safeguarding.verdicts.counts import as_count


@dataclass(frozen=True)
class Stage:
    """One step in a view: its count as printed (or a word for its absence), its period, the change.

    `share` is of the step before, empty where none may be given. `source` says whose count it is.
    """

    step: Step
    printed: str
    period: str
    change: str
    share: str
    source: str


def journey(query: Query, figures: Figures) -> tuple[Stage, ...]:
    """The steps of journey.csv in this view, in their order; a step without a count is an honest gap."""
    catalogue = figures.catalogue
    stages: list[Stage] = []
    before: tuple[float, str] | None = None
    came_from = ""
    latest = {s.step: _latest(s, query, figures) for s in catalogue.journey}
    years = [o.period for o in latest.values() if o is not None]
    year = max(years, default="")
    for step in catalogue.journey:
        row, count, change, source = latest[step.step], None, "", ""
        period = year
        if row is not None:
            indicator = catalogue.indicators[step.indicator_id]
            count, period, source = _count(row, step), row.period, catalogue.sources[row.source_id].citation
            previous = figures.at(step.indicator_id, query.area, periods.year_before(row.period))
            was = _count(previous, step) if previous else None
            counted = indicator if indicator.is_count else as_count(indicator)
            if count is not None and was is not None:
                change = f"{words.change(count, was, counted)} on the year"
        else:
            stated = _stated(step.measure, query, year, figures) if step.measure else None
            if stated is not None and stated.number is not None:
                count, source = stated.number, catalogue.sources[stated.source_id].citation
        share = ""
        if step.share_of_step_before and count is not None:
            stated = _stated(step.share_measure, query, period, figures) if step.share_measure else None
            if stated is not None and stated.number is not None:
                share = _as_stated(stated, row, came_from)
            elif not step.share_measure and before and before[1] == period and before[0]:
                share = _of_before(count, before[0], came_from)
        printed = (
            words.number(count, 0)
            if count is not None
            else row.status.short.capitalize()
            if row is not None
            else "No count held"
        )
        stages.append(Stage(step, printed, period, change, share, source))
        before = (count, period) if count is not None else None
        came_from = step.title.lower()
    return tuple(stages)


def _as_stated(stated: Statement, row: Observation | None, came_from: str) -> str:
    """A share that a report states; said to be so where the count beside it comes from elsewhere."""
    text = f"{words.number(stated.number or 0.0, 0)}% of {came_from}"
    if row is not None and row.source_id != stated.source_id:
        text += ", by the report’s own counts"
    return text


def _of_before(count: float, before: float, came_from: str) -> str:
    """The share of the step before; a reason in its place where there are more than there."""
    if count > before:
        return f"more than the {came_from}: not the same children, or not counted alike"
    return f"{words.number(100 * count / before, 0)}% of {came_from}"


def _latest(step: Step, query: Query, figures: Figures) -> Observation | None:
    if not step.indicator_id:
        return None
    limit = query.judged_on
    held = figures.series(step.indicator_id, query.area)
    own = of_one_kind([o for o in held if limit is None or o.period_end <= limit])
    return own[-1] if own else None


def _count(row: Observation, step: Step) -> float | None:
    return None if row.value is None else row.value if step.field == "value" else row.numerator


def _stated(measure: str, query: Query, period: str, figures: Figures) -> Statement | None:
    """What a report states of a measure for the area and the period, where it does."""
    found = (
        s
        for s in figures.catalogue.statements
        if s.measure == measure and s.area == query.area and s.period == period
    )
    return next(found, None)
