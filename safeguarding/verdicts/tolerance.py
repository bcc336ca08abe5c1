"""Tolerance: is the figure where the partnership agreed it should be?"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from safeguarding import words
from safeguarding.measures import control, tolerance
from safeguarding.measures.intervals import Interval
from safeguarding.store.tables import Indicator, ToleranceRule
from safeguarding.verdicts.applied import Applied, Ruled
from safeguarding.verdicts.band import two_sided
from safeguarding.verdicts.case import Case
from safeguarding.verdicts.control import printed
from safeguarding.verdicts.near import near_benchmark
from safeguarding.verdicts.place import place
from safeguarding.vocabulary import Polarity, Tolerance


@dataclass(frozen=True)
class Judgement:
    """The tolerance verdict: the rule in words, the numbers it was applied to, and whether anyone has agreed
    it.

    `strength` is how far out the figure lies, in distances to the limit: above 1 it is beyond it. `applies`
    is False where there is a rule that cannot be applied here. `calibration` says what the rule does to all
    authorities. `within` is between which values what is within lies, in the figure's unit, an infinite end
    where it has none; `limit` is the end that is nearer to the figure. Both are None where nothing was judged
    and where they are not known.
    """

    verdict: Tolerance
    rule: str
    detail: str = ""
    state: str = ""
    rationale: str = ""
    amber_means: str = ""
    two_sided: bool = False
    strength: float = 0.0
    applies: bool = True
    calibration: str = ""
    within: Interval | None = None
    limit: float | None = None

    @property
    def words(self) -> str:
        """The verdict as the page prints it."""
        return self._printed(self.verdict) if self.applies else "Not judged"

    @property
    def middle(self) -> str:
        """What the verdict between within and outside is printed as: what `amber_means` explains."""
        return self._printed(Tolerance.NEAR)

    def _printed(self, verdict: Tolerance) -> str:
        if self.two_sided:
            return words.BAND_WORDS[verdict].format(range=self.range)
        return words.TOLERANCE_WORDS[verdict]

    @property
    def name(self) -> str:
        """What the tolerance is called: proposed until it is agreed."""
        return "proposed tolerance" if self.state == "proposed" else "tolerance"

    @property
    def near(self) -> str:
        """What a figure is called that is past the limit and not clearly outside."""
        return f"borderline on {self.name}"

    @property
    def range(self) -> str:
        """What a two-sided band is called: proposed until it is agreed."""
        return "proposed range" if self.state == "proposed" else "usual range"

    @property
    def phrase(self) -> str:
        """The verdict within a sentence, "outside proposed tolerance"; empty for one that says nothing."""
        one, two = {
            Tolerance.WITHIN: (f"within {self.name}", f"in the {self.range}"),
            Tolerance.NEAR: (self.near, f"at the edge of the {self.range}"),
            Tolerance.OUTSIDE: (f"outside {self.name}", f"outside the {self.range}"),
        }.get(self.verdict, ("", ""))
        return two if self.two_sided else one

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
    barred = f"Not judged: {case.incomplete}."
    text, judge = (barred, None) if case.incomplete else RULES[rule.type](case, rule)
    value = latest.judged(case.indicator)
    judged = Judgement(
        Tolerance.NOT_SET,
        text,
        "",
        rule.state,
        rule.rationale,
        rule.amber_means,
        rule.type == "T5",
        applies=judge is not None,
        calibration=_calibration(case, rule),
    )
    if judge is None:
        return judged
    if value is None:
        why = f"Not judged: the figure is {latest.status.words}."
        return replace(judged, verdict=Tolerance.NO_VALUE, detail=why)
    ruled = judge(value)
    # the national cuts of T4 are of published values, so the published value is the one that was placed
    what = latest.value if rule.type == "T4" and latest.value is not None else value
    decimals = case.indicator.decimals if rule.type == "T4" else max(1, case.indicator.decimals)
    # assurance asks of the process what all quarters say together, not of the latest
    shown = (
        "The quarters together were"
        if rule.type == "T6"
        else f"{words.shown(what, case.indicator, decimals)} was"
    )
    detail = f"{shown} judged."
    if ruled.verdict is Tolerance.RANGE:
        detail += " Hidden figures of others could move the limits to either side of it."
    detail = f"{detail} {ruled.note}".strip()
    return replace(
        judged,
        verdict=ruled.verdict,
        detail=detail,
        strength=ruled.strength,
        within=ruled.within,
        limit=tolerance.nearest(ruled.within, value),
    )


def _calibration(case: Case, rule: ToleranceRule) -> str:
    """What the rule does to all authorities, from calibration.csv; empty where it has not been counted."""
    found = case.catalogue.calibration_of(rule)
    return found.words if found else ""


def _absolute(case: Case, rule: ToleranceRule) -> Applied:
    indicator, green, red = case.indicator, rule.number("green_at"), rule.number("red_at")
    side = "or more" if indicator.polarity is Polarity.HIGHER_BETTER else "or less"
    text = (
        f"Within: {words.shown(green, indicator)} {side}. "
        f"Borderline: up to {words.shown(red, indicator)}. "
        "Outside: beyond that."
    )
    return text, lambda value: Ruled(
        tolerance.absolute(value, green, red, indicator.polarity),
        within=tolerance.better_side(green, indicator.polarity),
    )


def _off_target(case: Case, rule: ToleranceRule) -> Applied:
    indicator, target = case.indicator, rule.number("target")
    margin = {k: rule.number(k) for k in ("points", "percent") if k in rule.limits}
    text = (
        f"Within: at the target of {words.shown(target, indicator)} or better. "
        f"Borderline: short of it by no more than {_size(rule, indicator)}. Outside: beyond that."
    )
    return text, lambda value: Ruled(
        tolerance.off_target(value, target, indicator.polarity, **margin),
        within=tolerance.better_side(target, indicator.polarity),
    )


def _size(rule: ToleranceRule, indicator: Indicator) -> str:
    """The margin of a target in words: "2 points", "10% of the target"."""
    if "points" in rule.limits:
        size = rule.number("points")
        return words.difference(size, indicator, 0 if size.is_integer() else 1)
    size = rule.number("percent")
    return f"{words.number(size, 0 if size.is_integer() else 1)}% of the target"


def _quartile(case: Case, _: ToleranceRule) -> Applied:
    placed = place(case)
    text = (
        "Within: the best quarter of English authorities. "
        "Borderline: the middle half. Outside: the last quarter."
    )
    if placed is None:
        return f"{text} Not judged: there is no national spread for it.", None
    if placed.band is None and case.latest and case.latest.value is not None:
        return f"{text} Not judged: {placed.reason}.", None
    # the national cuts are of published values, so the published value is placed among them
    best = placed.spread.q3 if case.indicator.polarity is Polarity.HIGHER_BETTER else placed.spread.q1
    within = tolerance.better_side(best, case.indicator.polarity) if placed.band else None
    return text, lambda _: Ruled(tolerance.quartile(placed.band), within=within)


def _assured(case: Case, rule: ToleranceRule) -> Applied:
    """By the control chart of quarters; one of years sets no verdict."""
    indicator, target = case.indicator, rule.number("target")
    if case.latest is None or "Q" not in case.latest.period:
        return "Not judged: a control chart of years sets no verdict, only one of quarters does.", None
    values = [v for o in case.unbroken if (v := o.judged(indicator)) is not None]
    around = control.limits(values) if len(values) == len(case.unbroken) else None
    if around is None or indicator.polarity is Polarity.NEUTRAL:
        return (
            "Not judged: a control chart of at least six unbroken points and a better direction are needed.",
            None,
        )
    _, lower, upper = printed(indicator, around)
    trial = " (trial)" if around.trial else ""
    text = (
        f"Target {words.shown(target, indicator)}, process limits {lower} to {upper}{trial}. "
        "Within: met whatever chance does. "
        "Borderline: chance decides. Outside: missed whatever chance does."
    )
    verdict = {"meets": Tolerance.WITHIN, "hit-and-miss": Tolerance.NEAR, "misses": Tolerance.OUTSIDE}
    found = verdict[control.assurance(target, around, indicator.polarity) or "hit-and-miss"]
    return text, lambda _: Ruled(found)


RULES: dict[str, Callable[[Case, ToleranceRule], Applied]] = {
    "T1": _absolute,
    "T2": _off_target,
    "T3": near_benchmark,
    "T4": _quartile,
    "T5": two_sided,
    "T6": _assured,
}
