"""Tolerance: is the figure where the partnership agreed it should be?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from safeguarding import words
from safeguarding.disclosure import bounds
from safeguarding.figures import Figures
from safeguarding.measures import control, rank, tolerance
from safeguarding.query import NEIGHBOURS
from safeguarding.store.tables import Area, Indicator, Observation, ToleranceRule
from safeguarding.verdicts.comparison import UNBOUNDED, neighbour_mean
from safeguarding.verdicts.movement import unbroken
from safeguarding.verdicts.rank import place_nationally
from safeguarding.vocabulary import Polarity, Status, Tolerance

FEWEST_FOR_A_BAND = 5  # Fingertips' own minimum for quantile methods: docs/methods.md#two-sided-band


@dataclass(frozen=True)
class Judgement:
    """The tolerance verdict: the rule in words, the numbers it was applied to, and whether anyone has agreed it."""

    verdict: Tolerance
    rule: str
    detail: str = ""
    state: str = ""
    rationale: str = ""
    amber_means: str = ""
    two_sided: bool = False

    @property
    def words(self) -> str:
        """The verdict as the page prints it."""
        return (words.BAND_WORDS if self.two_sided else words.TOLERANCE_WORDS)[self.verdict]


# a rule in words, and the function that judges a value by it; None where it cannot be applied here
Applied = tuple[str, Callable[[float], Tolerance] | None]


def judge_tolerance(
    indicator: Indicator, own: Sequence[Observation], area: Area, figures: Figures, barred: str
) -> Judgement:
    """Apply the rule in force at the end of the latest period of `own` (oldest first); `barred` says why not, if so."""
    if barred:
        return Judgement(Tolerance.NO_VALUE, f"Not judged: {barred}.")
    latest = own[-1]
    rule = figures.catalogue.rule_in_force(indicator.indicator_id, latest.period_end)
    if rule is None or rule.type == "T0":
        why = rule.rationale if rule else "No rule was in force for this period"
        return Judgement(Tolerance.NOT_SET, f"For information only. {why}.", state=rule.state if rule else "")
    apply = {"T1": _absolute, "T2": _off_target, "T3": _near, "T4": _quartile, "T5": _band, "T6": _assured}[
        rule.type
    ]
    text, judge = apply(indicator, rule, own, area, figures)
    value = latest.judged(indicator)
    detail = ""
    if judge is None:
        verdict = Tolerance.NOT_SET
    elif value is None:
        verdict, detail = Tolerance.NO_VALUE, f"Not judged: the figure is {latest.status.words}."
    else:
        verdict, detail = (
            judge(value),
            f"{words.shown(value, indicator, max(1, indicator.decimals))} was judged.",
        )
        if verdict is Tolerance.RANGE:
            detail += " Hidden figures of others could move the limits to either side of it."
    return Judgement(verdict, text, detail, rule.state, rule.rationale, rule.amber_means, rule.type == "T5")


def _absolute(
    indicator: Indicator, rule: ToleranceRule, own: Sequence[Observation], area: Area, figures: Figures
) -> Applied:
    green, red = rule.number("green_at"), rule.number("red_at")
    side = "or more" if indicator.polarity is Polarity.HIGHER_BETTER else "or less"
    text = f"Within: {words.shown(green, indicator)} {side}. Near: up to {words.shown(red, indicator)}. Outside: beyond that."
    return text, lambda value: tolerance.absolute(value, green, red, indicator.polarity)


def _off_target(
    indicator: Indicator, rule: ToleranceRule, own: Sequence[Observation], area: Area, figures: Figures
) -> Applied:
    target, margin, size = rule.number("target"), _margin(rule), _size(rule, indicator, "of the target")
    text = f"Within: at the target of {words.shown(target, indicator)} or better. Near: short of it by no more than {size}. Outside: beyond that."
    return text, lambda value: tolerance.off_target(value, target, indicator.polarity, **margin)


def _near(
    indicator: Indicator, rule: ToleranceRule, own: Sequence[Observation], area: Area, figures: Figures
) -> Applied:
    catalogue, code, latest = figures.catalogue, rule.limits["benchmark"], own[-1]
    if code.startswith(NEIGHBOURS):
        mean = neighbour_mean(indicator, latest, area, figures, code)
        if mean is None:
            return f"Not judged: no list of statistical neighbours is held for {area.name}.", None
        benchmark, printed, name, between = (
            mean.benchmark,
            mean.printed,
            f"the {figures.average} of the statistical neighbours",
            mean.between,
        )
    else:
        other = catalogue.region_of(area.area_code) if code == "region" else catalogue.areas.get(code)
        if other is None or other.area_code == area.area_code:
            return f"Not judged: {area.name} is the benchmark itself.", None
        row = figures.at(indicator.indicator_id, other.area_code, latest.period)
        benchmark, between = row.judged(indicator) if row else None, None
        printed, name = (
            words.shown(row.value, indicator) if row and row.value is not None else "",
            words.the(other.name),
        )
    if benchmark is None:
        return f"Not judged: there is no figure for {name} for this period.", None
    margin, size, twice = _margin(rule), _size(rule, indicator, "of it"), _size(rule, indicator, "of it", 2)
    text = f"Within: better than {name} ({printed}), or worse by no more than {size}. Near: worse by no more than {twice}. Outside: beyond that."

    def judge(value: float) -> Tolerance:
        ends = between or bounds.known(benchmark)
        if UNBOUNDED.lower in ends or UNBOUNDED.upper in ends:
            return Tolerance.RANGE
        low, high = (tolerance.near_benchmark(value, end, indicator.polarity, **margin) for end in ends)
        return low if low is high else Tolerance.RANGE

    return text, judge


def _quartile(
    indicator: Indicator, rule: ToleranceRule, own: Sequence[Observation], area: Area, figures: Figures
) -> Applied:
    placed = place_nationally(indicator, own[-1], area, figures)
    text = (
        "Within: the best quarter of English authorities. Near: the middle half. Outside: the last quarter."
    )
    if placed is None or (placed.band is None and own[-1].value is not None):
        return (
            f"{text} Not judged: {placed.reason if placed else 'there is no national spread for it'}.",
            None,
        )
    # the national cuts are of published values, so the published value is placed among them
    return text, lambda _: tolerance.quartile(placed.band)


def _band(
    indicator: Indicator, rule: ToleranceRule, own: Sequence[Observation], area: Area, figures: Figures
) -> Applied:
    decimals = max(1, indicator.decimals)
    if "band" not in rule.limits:
        edges = (
            rule.number("low_red"),
            rule.number("low_amber"),
            rule.number("high_amber"),
            rule.number("high_red"),
        )
        low_red, low_amber, high_amber, high_red = (words.shown(e, indicator, decimals) for e in edges)
        text = f"Usual range: {low_amber} to {high_amber}. At the edge: from {low_red} to {high_red}. Outside: beyond that."
        return text, lambda value: tolerance.band(value, *edges)
    latest, region = own[-1], figures.catalogue.region_of(area.area_code)
    others = figures.catalogue.authorities_of(region.area_code, latest.period_end) if region else []
    rows = [
        figures.at(indicator.indicator_id, a.area_code, latest.period)
        for a in others
        if a.area_code != area.area_code
    ]
    shown = [v for v in (r.judged(indicator) for r in rows if r) if v is not None]
    if region is None or len(shown) < FEWEST_FOR_A_BAND:
        return (
            f"Not judged: figures of at least {FEWEST_FOR_A_BAND} other authorities of its region are needed, and are not held.",
            None,
        )
    hidden = [
        figures.limits(r) for r in rows if r is not None and r.value is None and r.status is not Status.X
    ]
    low_red, low_amber, high_amber, high_red = (words.shown(e, indicator, decimals) for e in _edges(shown))
    origin = f"the {len(shown)} other authorities of {words.the(region.name)} with a figure for this period"
    text = f"Usual range: {low_amber} to {high_amber}, the middle half of {origin}. At the edge: from {low_red} to {high_red}. Outside: beyond that."
    if hidden:
        text += f" {len(hidden)} more {'has a figure' if len(hidden) == 1 else 'have figures'} that {'is' if len(hidden) == 1 else 'are'} not shown."

    def judge(value: float) -> Tolerance:
        if any(h is None for h in hidden):
            return Tolerance.RANGE
        ends = [
            _edges([*shown, *end]) for end in ([h.lower for h in hidden if h], [h.upper for h in hidden if h])
        ]
        low, high = (tolerance.band(value, *edges) for edges in ends)
        # the edges rise with the hidden figures: above the band at one end and below it at the other, a value crosses it
        sides = {(value > edges[2]) - (value < edges[1]) for edges in ends}
        return low if low is high and len(sides) == 1 else Tolerance.RANGE

    return text, judge


def _edges(values: Sequence[float]) -> tuple[float, float, float, float]:
    cuts = rank.quartiles(values)
    return min(values), cuts.q1, cuts.q3, max(values)


def _assured(
    indicator: Indicator, rule: ToleranceRule, own: Sequence[Observation], area: Area, figures: Figures
) -> Applied:
    target = rule.number("target")
    segment = unbroken(indicator, own, area, figures)
    values = [v for v in (o.judged(indicator) for o in segment) if v is not None]
    around = control.limits(values) if len(values) == len(segment) else None
    if around is None or indicator.polarity is Polarity.NEUTRAL:
        return (
            "Not judged: a control chart of at least six unbroken points and a better direction are needed.",
            None,
        )
    limits = f"{words.shown(around.lower, indicator, 1)} to {words.shown(around.upper, indicator, 1)}"
    text = (
        f"Target {words.shown(target, indicator)}, process limits {limits}{' (trial)' if around.trial else ''}. "
        "Within: met whatever chance does. Near: chance decides. Outside: missed whatever chance does."
    )
    verdict = {"meets": Tolerance.WITHIN, "hit-and-miss": Tolerance.NEAR, "misses": Tolerance.OUTSIDE}
    return text, lambda _: verdict[control.assurance(target, around, indicator.polarity) or "hit-and-miss"]


def _margin(rule: ToleranceRule) -> dict[str, float]:
    return {k: rule.number(k) for k in ("points", "percent") if k in rule.limits}


def _size(rule: ToleranceRule, indicator: Indicator, of: str, times: int = 1) -> str:
    """The margin of a rule in words: "2 points", "10% of it"."""
    if "points" in rule.limits:
        size = times * rule.number("points")
        return words.difference(size, indicator, 0 if size.is_integer() else 1)
    size = times * rule.number("percent")
    return f"{words.number(size, 0 if size.is_integer() else 1)}% {of}"
