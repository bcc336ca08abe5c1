"""So what: the few facts about a figure that a meeting asks for, beside its chart."""

from dataclasses import replace

from safeguarding import periods, words
from safeguarding.disclosure.bounds import ANY_SHARE
from safeguarding.query import NEIGHBOURS, Query
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.tables import ENGLAND, GREATER_MANCHESTER, Area
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.comparison import Compared, compare
from safeguarding.verdicts.rank import Ranking, english
from safeguarding.verdicts.signals import record_of
from safeguarding.vocabulary import Comparison, Tolerance

BANDS = {
    "A": "A, the best quarter",
    "B": "B, better than most",
    "C": "C, worse than most",
    "D": "D, the worst quarter",
}


def so_what(summary: IndicatorSummary) -> list[tuple[str, str]]:
    """What a figure's place, record, limit and base are, and how far it lies from chosen areas: a name and a
    text each, those that it has.
    """
    found = (
        ("Place", _places(summary)),
        ("Hidden", hidden(summary)),
        ("Quarter of England", quarter(summary)),
        ("Record", _record(summary)),
        ("Limit", limit(summary)),
        ("Children", base(summary)),
        ("Expected next", _expected(summary)),
        *((area.name, _beside(summary, area)) for area in chosen(summary.view, summary.catalogue)),
    )
    return [(name, text) for name, text in found if text]


def limit(summary: IndicatorSummary) -> str:
    """How far the figure is from the limit of its tolerance: "28.1% (limit, proposed): 0.1 points inside";
    empty where there is no single one.
    """
    seen, value = summary.tolerance, summary.value
    if seen.limit is None or value is None:
        return ""
    indicator, decimals = summary.indicator, max(1, summary.indicator.decimals)
    shown = words.shown(seen.limit, indicator, decimals)
    gap = round(abs(value - seen.limit), decimals)
    side = "inside" if seen.verdict is Tolerance.WITHIN else "beyond it"
    size = f"{words.difference(gap, indicator, decimals)} {side}" if gap else "on it"
    state = f", {seen.state}" if seen.state == "proposed" else ""
    name = f"edge of the {seen.range}" if seen.two_sided else f"limit{state}"
    return f"{shown} ({name}): {size}"


def base(summary: IndicatorSummary) -> str:
    """The count behind the figure and its base: "99 of 353 (child protection plans that began ...)"; empty
    where they are not held or may not be used.
    """
    latest = summary.judged
    if latest is None or latest.value is None:
        return ""
    counts = summary.counts(latest)
    if counts.barred:
        return ""
    above, below = (words.number(n, 0) for n in (counts.numerator, counts.denominator))
    among = summary.indicator.denominator
    joined = "of" if summary.indicator.unit.multiplier == 100 else "among"
    return f"{above} {joined} {below}{f' ({words.uncapital(among)})' if among else ''}"


def hidden(summary: IndicatorSummary) -> str:
    """Where a share lies that is hidden, by what is left for it: "somewhere from 0.4% to 11.7%"; empty where
    nothing bounds it. Method: docs/methods.md#hidden-figures.
    """
    latest = summary.judged
    if latest is None or not latest.status.hidden:
        return ""
    between = summary.figures.limits(latest)
    if between is None or between == ANY_SHARE:
        return ""
    lower, upper = (
        words.shown(end, summary.indicator, max(1, summary.indicator.decimals)) for end in between
    )
    return f"somewhere from {lower} to {upper}, by what the other parts leave for it"


def chosen(view: Query, catalogue: Catalogue) -> list[Area]:
    """The areas one compares with beside England, the region and the neighbours, which are always told."""
    region = catalogue.region_of(view.area)
    told = {ENGLAND, GREATER_MANCHESTER, region.area_code if region else ""}
    codes = (c for c in view.compare if c not in told and not c.startswith(NEIGHBOURS))
    return [catalogue.areas[code] for code in codes]


def gap(summary: IndicatorSummary, compared: Compared) -> str:
    """How far the area lies from another, as published: "10.4 points lower"; empty without both figures."""
    if summary.value is None or compared.seen is None:
        return ""
    size = round(summary.value - compared.seen, summary.indicator.decimals)
    if not size:
        return "the same"
    return f"{words.difference(size, summary.indicator)} {'higher' if size > 0 else 'lower'}"


def _beside(summary: IndicatorSummary, area: Area) -> str:
    """Another area's figure and how far this one lies from it, with the verdict or why there is none."""
    compared = compare(summary, area)
    if compared.seen is None:
        return words.capital(compared.reason)
    here = f"{summary.area.name} is {apart}" if (apart := gap(summary, compared)) else ""
    once = compared.verdict in (Comparison.HIGHER, Comparison.LOWER)  # the gap says which
    verdict = "not tested" if compared.reason else "beyond chance" if once else compared.words.lower()
    place = f". {area.name} is {its}" if (its := _place_of(summary, area)) else ""
    return f"{words.shown(compared.seen, summary.indicator)}; {here} ({verdict}){place}"


def _place_of(summary: IndicatorSummary, area: Area) -> str:
    """Another area's place among English authorities in the same period; empty where it has none."""
    other = Case(summary.indicator, replace(summary.view, area=area.area_code), summary.figures)
    if other.latest is None or summary.latest is None or other.latest.period != summary.latest.period:
        return ""
    ranked = english(other, chance=False)
    return _place(ranked) if ranked else ""


def _places(summary: IndicatorSummary) -> str:
    return "; ".join(filter(None, (_place(r) for r in reversed(summary.rankings))))


def _place(ranked: Ranking) -> str:
    """ "121st of 153 English authorities (by chance 70th to 143rd)"; empty where the area has no place."""
    if not ranked.places:
        return ""
    among = ranked.title if ranked.title.startswith("English") else words.uncapital(ranked.title)
    chance = ranked.chance
    if chance is None or chance.best == chance.worst:
        return f"{ranked.places} of {ranked.n} {among}"
    ends = f"{words.ordinal(chance.best)} to {words.ordinal(chance.worst)}"
    of = "" if ranked.with_interval == ranked.n else f" of {ranked.with_interval} with an interval"
    return f"{ranked.places} of {ranked.n} {among} (by chance {ends}{of})"


def quarter(summary: IndicatorSummary) -> str:
    """The national quarter: "D, the worst quarter"; why there is none, or empty for what has no place."""
    placed = summary.placed
    if placed is None:
        return ""
    return BANDS[placed.band] if placed.band else f"none: {placed.reason}"


def _record(summary: IndicatorSummary) -> str:
    found = record_of(summary)
    return words.capital(found.words) if found else ""


def _expected(summary: IndicatorSummary) -> str:
    seen = summary.outlook
    if seen is None:
        return ""
    decimals = max(1, summary.indicator.decimals)
    lower, upper = (words.shown(end, summary.indicator, decimals) for end in seen.range)
    return f"{lower} to {upper} ({periods.label(seen.period, summary.indicator.year_type)})"
