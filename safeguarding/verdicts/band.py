"""Band: does the figure lie where such figures usually do? Neither side is better; outside means "ask why"
(T5).
"""

from safeguarding import periods, words
from safeguarding.measures import bands, expected
from safeguarding.measures.bands import Band
from safeguarding.measures.intervals import Interval
from safeguarding.store.tables import ToleranceRule
from safeguarding.verdicts.applied import Applied, Ruled
from safeguarding.verdicts.case import ANYWHERE, Case
from safeguarding.vocabulary import Tolerance

UNCOUNTED = "The counts behind it are not published, so that chance cannot be ruled out."
CANNOT_TELL = "Its 95% interval reaches back over the edge, so that chance alone could explain it."


def two_sided(case: Case, rule: ToleranceRule) -> Applied:
    """The band of a rule: its own four edges, or those frozen from English authorities' past years
    (`band=england`).
    """
    if "band" in rule.limits:
        return _frozen(case)
    edges = Band(*(rule.number(name) for name in ("low_red", "low_amber", "high_amber", "high_red")))
    return _applied(case, edges, "")


def _frozen(case: Case) -> Applied:
    """The 5th, 15th, 85th and 95th centile of all English authorities over the three years before."""
    if case.area.type != "authority":
        return (
            f"Not judged: the band is one of authorities, and {words.the(case.area.name)} is not one.",
            None,
        )
    latest = case.latest
    edges = case.nation.band(latest.period) if latest and "Q" not in latest.period else None
    if edges is None or latest is None:
        return "Not judged: the figures of English authorities for the three years before are not held.", None
    last, *_, first = periods.years_before(latest.period, expected.YEARS)
    return _applied(
        case, edges, f", where seven in ten figures of English authorities lay from {first} to {last}"
    )


def _applied(case: Case, edges: Band, origin: str) -> Applied:
    decimals = max(1, case.indicator.decimals)
    low_red, low_amber, high_amber, high_red = (
        words.shown(e, case.indicator, decimals)
        for e in (edges.low_red, edges.low_amber, edges.high_amber, edges.high_red)
    )
    nine = ", where nine in ten lay" if origin else ""
    interval = case.certainty
    certain = " with the whole 95% interval" if interval else ""
    text = (
        f"Usual range: {low_amber} to {high_amber}{origin}. "
        f"At the edge: from {low_red} to {high_red}{nine}. Outside: beyond that{certain}."
    )

    def judge(value: float) -> Ruled:
        verdict = bands.in_band(value, interval, edges)
        beyond = verdict is Tolerance.NEAR and not edges.low_red <= value <= edges.high_red
        why = UNCOUNTED if interval == ANYWHERE else CANNOT_TELL
        within = Interval(edges.low_amber, edges.high_amber)
        return Ruled(verdict, _strength(value, edges), why if beyond else "", within)

    return text, judge


def _strength(value: float, edges: Band) -> float:
    """How far out a value lies from the middle of the usual range, in distances to the outer edge."""
    middle = _middle(edges)
    edge = edges.high_red if value > middle else edges.low_red
    return (value - middle) / (edge - middle) if edge != middle else 0.0


def _middle(edges: Band) -> float:
    return (edges.low_amber + edges.high_amber) / 2
