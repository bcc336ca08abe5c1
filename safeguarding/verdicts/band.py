"""Band: does the figure lie where such figures usually do? Neither side is better; outside means "ask why"
(T5).
"""

from collections.abc import Callable, Sequence

from safeguarding import words
from safeguarding.measures import rank, tolerance
from safeguarding.store.tables import ToleranceRule
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.neighbours import withheld
from safeguarding.vocabulary import Tolerance

FEWEST_FOR_A_BAND = 5  # Fingertips' own minimum for quantile methods: docs/methods.md#two-sided-band
# the lower red, the lower amber, the upper amber and the upper red edge
Edges = tuple[float, float, float, float]
# a rule in words, and the function that judges a value by it; None where it cannot be applied here
Applied = tuple[str, Callable[[float], Tolerance] | None]


def two_sided(case: Case, rule: ToleranceRule) -> Applied:
    """The band of a rule: its own four edges, or the spread of the other authorities of the region
    (`band=region`).
    """
    if "band" in rule.limits:
        return _regional(case)
    low_red, low_amber, high_amber, high_red = (
        rule.number(name) for name in ("low_red", "low_amber", "high_amber", "high_red")
    )
    edges = (low_red, low_amber, high_amber, high_red)
    return _range(case, edges, ""), lambda value: tolerance.band(value, *edges)


def _regional(case: Case) -> Applied:
    """The quartiles and extremes of the others of the region in the period of the latest figure."""
    region = case.catalogue.region_of(case.area.area_code)
    others = (
        case.catalogue.authorities_of(region.area_code, case.latest.period_end)
        if region and case.latest
        else []
    )
    rows = [case.at(a.area_code) for a in others if a.area_code != case.area.area_code]
    shown = [v for r in rows if r and (v := r.judged(case.indicator)) is not None]
    if region is None or len(shown) < FEWEST_FOR_A_BAND:
        needed = f"figures of at least {FEWEST_FOR_A_BAND} other authorities of its region are needed"
        return f"Not judged: {needed}, and are not held.", None
    limits = [case.figures.limits(r) for r in withheld(rows)]
    origin = f"the {len(shown)} other authorities of {words.the(region.name)} with a figure for this period"
    text = _range(case, edges_of(shown), f", the middle half of {origin}")
    if len(limits) == 1:
        text += " 1 more has a figure that is not shown."
    elif limits:
        text += f" {len(limits)} more have figures that are not shown."

    def judge(value: float) -> Tolerance:
        bounded = [limit for limit in limits if limit is not None]
        if len(bounded) < len(limits):
            return Tolerance.RANGE
        ends = (
            edges_of([*shown, *(b.lower for b in bounded)]),
            edges_of([*shown, *(b.upper for b in bounded)]),
        )
        low, high = (tolerance.band(value, *edges) for edges in ends)
        # the edges rise with the hidden figures: a value above the band at one end and below it at the other
        # crosses it
        crosses = {(value > high_amber) - (value < low_amber) for _, low_amber, high_amber, _ in ends}
        return low if low is high and len(crosses) == 1 else Tolerance.RANGE

    return text, judge


def _range(case: Case, edges: Edges, origin: str) -> str:
    decimals = max(1, case.indicator.decimals)
    low_red, low_amber, high_amber, high_red = (words.shown(e, case.indicator, decimals) for e in edges)
    return (
        f"Usual range: {low_amber} to {high_amber}{origin}. "
        f"At the edge: from {low_red} to {high_red}. Outside: beyond that."
    )


def edges_of(values: Sequence[float]) -> Edges:
    """The extremes of some values as red edges, their quartiles as amber ones."""
    cuts = rank.quartiles(values)
    return min(values), cuts.q1, cuts.q3, max(values)
