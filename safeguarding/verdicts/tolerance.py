"""Tolerance: is the figure where the partnership agreed it should be?"""

from collections.abc import Callable
from dataclasses import dataclass

from safeguarding import words
from safeguarding.disclosure import bounds
from safeguarding.measures import control, tolerance
from safeguarding.query import NEIGHBOURS
from safeguarding.store.tables import Indicator, ToleranceRule
from safeguarding.verdicts.band import Applied, two_sided
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.neighbours import UNBOUNDED, neighbours, printed
from safeguarding.verdicts.place import place
from safeguarding.vocabulary import Polarity, Tolerance


@dataclass(frozen=True)
class Judgement:
    """The tolerance verdict: the rule in words, the numbers it was applied to, and whether anyone has agreed
    it.
    """

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

    @property
    def applied(self) -> str:
        """The rule and the numbers it was applied to."""
        return f"{self.rule} {self.detail}".strip()

    @property
    def told(self) -> str:
        """The same, and whether anyone has agreed the rule."""
        return f"{self.applied} Proposed, not yet agreed." if self.state == "proposed" else self.applied


def judge_tolerance(case: Case) -> Judgement:
    """Apply the rule in force at the end of the latest period. Rules: docs/methods.md#tolerance."""
    latest = case.judged
    if latest is None:
        return Judgement(Tolerance.NO_VALUE, f"Not judged: {case.barred}.")
    rule = case.catalogue.rule_in_force(case.indicator.indicator_id, latest.period_end)
    if rule is None or rule.type == "T0":
        why = rule.rationale if rule else "No rule was in force for this period"
        return Judgement(Tolerance.NOT_SET, f"For information only. {why}.", state=rule.state if rule else "")
    text, judge = RULES[rule.type](case, rule)
    value = latest.judged(case.indicator)
    verdict, detail = Tolerance.NOT_SET, ""
    if judge is not None and value is None:
        verdict, detail = Tolerance.NO_VALUE, f"Not judged: the figure is {latest.status.words}."
    elif judge is not None and value is not None:
        verdict = judge(value)
        detail = f"{words.shown(value, case.indicator, max(1, case.indicator.decimals))} was judged."
        if verdict is Tolerance.RANGE:
            detail += " Hidden figures of others could move the limits to either side of it."
    return Judgement(verdict, text, detail, rule.state, rule.rationale, rule.amber_means, rule.type == "T5")


def _absolute(case: Case, rule: ToleranceRule) -> Applied:
    indicator, green, red = case.indicator, rule.number("green_at"), rule.number("red_at")
    side = "or more" if indicator.polarity is Polarity.HIGHER_BETTER else "or less"
    text = (
        f"Within: {words.shown(green, indicator)} {side}. Near: up to {words.shown(red, indicator)}. "
        "Outside: beyond that."
    )
    return text, lambda value: tolerance.absolute(value, green, red, indicator.polarity)


def _off_target(case: Case, rule: ToleranceRule) -> Applied:
    indicator, target, margin = case.indicator, rule.number("target"), _margin(rule)
    text = (
        f"Within: at the target of {words.shown(target, indicator)} or better. "
        f"Near: short of it by no more than {_size(rule, indicator, 'of the target')}. Outside: beyond that."
    )
    return text, lambda value: tolerance.off_target(value, target, indicator.polarity, **margin)


def _near(case: Case, rule: ToleranceRule) -> Applied:
    indicator, code = case.indicator, rule.limits["benchmark"]
    between = None
    if code.startswith(NEIGHBOURS):
        found = neighbours(case, code)
        if found is None:
            return f"Not judged: no list of statistical neighbours is held for {case.area.name}.", None
        name = f"the {case.figures.average} of the statistical neighbours"
        benchmark, shown = found.average.value, printed(found.average, case)
        between = found.average.between(case.figures)
    else:
        catalogue = case.catalogue
        other = catalogue.region_of(case.area.area_code) if code == "region" else catalogue.areas.get(code)
        if other is None or other.area_code == case.area.area_code:
            return f"Not judged: {case.area.name} is the benchmark itself.", None
        row, name = case.at(other.area_code), words.the(other.name)
        benchmark = row.judged(indicator) if row else None
        shown = words.shown(row.value, indicator) if row and row.value is not None else ""
    if benchmark is None:
        return f"Not judged: there is no figure for {name} for this period.", None
    ends = between or bounds.known(benchmark)
    once, twice = (_size(rule, indicator, "of it", times) for times in (1, 2))
    text = (
        f"Within: better than {name} ({shown}), or worse by no more than {once}. "
        f"Near: worse by no more than {twice}. Outside: beyond that."
    )

    def judge(value: float) -> Tolerance:
        if ends == UNBOUNDED:
            return Tolerance.RANGE
        low, high = (
            tolerance.near_benchmark(value, end, indicator.polarity, **_margin(rule)) for end in ends
        )
        return low if low is high else Tolerance.RANGE

    return text, judge


def _quartile(case: Case, _: ToleranceRule) -> Applied:
    placed = place(case)
    text = (
        "Within: the best quarter of English authorities. Near: the middle half. Outside: the last quarter."
    )
    if placed is None:
        return f"{text} Not judged: there is no national spread for it.", None
    if placed.band is None and case.latest and case.latest.value is not None:
        return f"{text} Not judged: {placed.reason}.", None
    # the national cuts are of published values, so the published value is placed among them
    return text, lambda _: tolerance.quartile(placed.band)


def _assured(case: Case, rule: ToleranceRule) -> Applied:
    indicator, target = case.indicator, rule.number("target")
    values = [v for o in case.unbroken if (v := o.judged(indicator)) is not None]
    around = control.limits(values) if len(values) == len(case.unbroken) else None
    if around is None or indicator.polarity is Polarity.NEUTRAL:
        return (
            "Not judged: a control chart of at least six unbroken points and a better direction are needed.",
            None,
        )
    limits = f"{words.shown(around.lower, indicator, 1)} to {words.shown(around.upper, indicator, 1)}"
    trial = " (trial)" if around.trial else ""
    text = (
        f"Target {words.shown(target, indicator)}, process limits {limits}{trial}. "
        "Within: met whatever chance does. Near: chance decides. Outside: missed whatever chance does."
    )
    verdict = {"meets": Tolerance.WITHIN, "hit-and-miss": Tolerance.NEAR, "misses": Tolerance.OUTSIDE}
    return text, lambda _: verdict[control.assurance(target, around, indicator.polarity) or "hit-and-miss"]


RULES: dict[str, Callable[[Case, ToleranceRule], Applied]] = {
    "T1": _absolute,
    "T2": _off_target,
    "T3": _near,
    "T4": _quartile,
    "T5": two_sided,
    "T6": _assured,
}


def _margin(rule: ToleranceRule) -> dict[str, float]:
    return {k: rule.number(k) for k in ("points", "percent") if k in rule.limits}


def _size(rule: ToleranceRule, indicator: Indicator, of: str, times: int = 1) -> str:
    """The margin of a rule in words: "2 points", "10% of it"."""
    if "points" in rule.limits:
        size = times * rule.number("points")
        return words.difference(size, indicator, 0 if size.is_integer() else 1)
    size = times * rule.number("percent")
    return f"{words.number(size, 0 if size.is_integer() else 1)}% {of}"
