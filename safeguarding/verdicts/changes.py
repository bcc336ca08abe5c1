"""Changes: how far is the figure from that of the year before; is that beyond chance, and is it unusual?"""

from dataclasses import dataclass
from typing import NamedTuple

from safeguarding import periods, words
from safeguarding.measures import change, expected
from safeguarding.measures.change import Usual
from safeguarding.store.tables import Observation
from safeguarding.verdicts.case import Case
from safeguarding.vocabulary import Change, Polarity, Unit

UNUSUAL = (Change.UNUSUAL_RISE, Change.UNUSUAL_FALL, Change.UNUSUAL_UNTESTED)


class Said(NamedTuple):
    """A change as a sentence says it, "up 0.6 points on the year", and as a cell does, "up 0.6 points"."""

    words: str = ""
    short: str = ""


@dataclass(frozen=True)
class Changed:
    """The change of the latest figure on the year before, its verdict and what that rests on.

    `words` and `short` are without judgement (for a quarter, on the quarter before as well). `difference` is
    in the figure's unit, as published; `p` how likely chance alone brings it about (None without counts);
    `usual` what was usual among authorities. `strength` is its distance from the middle of those in
    distances to the limit: above 1 it is unusual. `adverse` where it is for the worse, `favourable` where it
    is for the better: neither where neither end is better.
    """

    verdict: Change
    words: str = ""
    short: str = ""
    method: str = ""
    difference: float | None = None
    p: float | None = None
    usual: Usual | None = None
    strength: float = 0.0
    adverse: bool = False
    favourable: bool = False
    reason: str = ""

    @property
    def centile(self) -> float | None:
        """Where it stands among the changes of authorities, 0 to 100; None where those are not known."""
        if self.usual is None or self.difference is None:
            return None
        return self.usual.centile(self.difference)

    @property
    def unusual(self) -> bool:
        """Does the verdict say that it is unusual?"""
        return self.verdict in UNUSUAL

    @property
    def told(self) -> str:
        """The change and what it is worth: "up 9.0 points on the year: a rise that 7 in 100 authorities saw
        in a year, in the three years before".
        """
        found = self._worth()
        return f"{self.words}: {found}" if found else self.words

    def _worth(self) -> str:
        if self.verdict is Change.MORE_THAN_CHANCE:
            return "more than chance, usual for authorities"
        if self.usual is None or self.difference is None or not self.usual.unusual(self.difference):
            return ""
        if self.verdict is Change.USUAL:
            return "a large change, but chance alone could do it"
        few = round(self.usual.as_far(self.difference))
        often = f"{few} in 100 authorities saw" if few else "fewer than 1 in 100 authorities saw"
        course = "rise" if self.difference > 0 else "fall"
        untested = f"; not tested, because {self.reason}" if self.verdict is Change.UNUSUAL_UNTESTED else ""
        return f"a {course} that {often} in a year, in the three years before{untested}"


def judge_change(case: Case) -> Changed:
    """Is the change on the year beyond chance, and is it unusual among English authorities?

    Both questions are asked of annual figures alone. Method: docs/methods.md#change-on-the-year.
    """
    latest = case.judged
    if latest is None:
        return _untold(case.barred)
    if latest.value is None:
        return _untold(f"the figure is {latest.status.words}")
    if latest.period == periods.UNDATED:
        return _untold("it is not said which year the figure is of")
    said = _said(case, latest)
    before, reason = case.year_before, ""
    if before is None:
        reason = "there is no figure of the year before to hold it against"
    elif "Q" in latest.period:
        reason = "what is usual is known of years, not of quarters"
    elif case.indicator.is_count:
        reason = "a count depends on the size of the place"
    elif case.area.type != "authority":
        reason = f"what is usual is known of authorities, and {words.the(case.area.name)} is not one"
    if reason or before is None or before.value is None:
        return Changed(Change.NOT_TESTED, *said, f"Not tested, because {reason}.")
    around = case.nation.usual(latest.period)
    difference = latest.value - before.value
    p, test, untested = _chance(case, latest, before)
    verdict = change.judge(difference, p, around)
    if around is None:
        why = "what is usual is not known: the changes of the three years before are not held"
        return Changed(verdict, *said, f"Not tested, because {why}.", difference, p)
    middle = around.upper - around.median if difference > around.median else around.median - around.lower
    return Changed(
        verdict,
        *said,
        _method(case, latest, around, difference, test or f"not tested for chance, because {untested}"),
        difference,
        p,
        around,
        abs(difference - around.median) / middle if middle else float(around.unusual(difference)),
        _for_the(difference, case.indicator.polarity, better=False),
        _for_the(difference, case.indicator.polarity, better=True),
        untested,
    )


def _untold(why: str) -> Changed:
    """No change can be given, and why."""
    return Changed(Change.NOT_TESTED, method=f"Not tested, because {why}.")


def _chance(case: Case, latest: Observation, before: Observation) -> tuple[float | None, str, str]:
    """How likely chance alone brings the change about, with the test in words; None, and why not."""
    now, then = case.counts(latest), case.counts(before)
    barred = now.barred or then.barred
    if barred:
        return None, "", barred
    counts = (now.numerator, now.denominator, then.numerator, then.denominator)
    share = case.indicator.unit is Unit.PERCENT
    p = change.share_probability(*counts) if share else change.rate_probability(*counts)
    x, n, x0, n0 = (words.number(count, 0) for count in counts)
    found = f"{x0} of {n0}, then {x} of {n}{now.note}"
    verdict = "beyond chance" if p < change.LEVEL else "within what chance does"
    return p, f"{found}: {words.probability(p)}, {verdict} (5%)", ""


def _method(case: Case, latest: Observation, around: Usual, difference: float, test: str) -> str:
    """Both questions with their numbers."""
    decimals = max(1, case.indicator.decimals)
    lower, upper = (words.signed(end, decimals) for end in (around.lower, around.upper))
    last, *_, first = periods.years_before(latest.period, expected.YEARS)
    seen = "outside" if around.unusual(difference) else "inside"
    return (
        f"{words.capital(test)}. Of {len(around.changes)} changes on the year of English authorities from "
        f"{first} to {last}, eight in ten lay from {lower} to {upper}; this one of "
        f"{words.signed(difference, decimals)} lies {seen}, at centile "
        f"{words.number(around.centile(difference), 0)}."
    )


def _for_the(difference: float, polarity: Polarity, better: bool) -> bool:
    """Is it for the better, or for the worse?"""
    if polarity is Polarity.NEUTRAL or difference == 0:
        return False
    return (difference > 0) == ((polarity is Polarity.HIGHER_BETTER) == better)


def _said(case: Case, latest: Observation) -> Said:
    """The change in words; for a quarter, on the quarter before as well.

    None is given across a break in the recording: both periods must lie in the unbroken stretch.
    """
    year = _on(case, latest, periods.year_before(latest.period), "year")
    if "Q" not in latest.period:
        return year
    quarter = _on(case, latest, periods.quarter_before(latest.period), "quarter")
    # of two changes each has to be named, in a cell as well
    both = f"{quarter.words}, {year.words}"
    return Said(both, both)


def _on(case: Case, latest: Observation, period: str, name: str) -> Said:
    before = case.figures.at(case.indicator.indicator_id, case.area.area_code, period)
    if before is None:
        return Said(*[f"no figure for the {name} before"] * 2)
    if before.value is None:
        absent = before.status.words
        return Said(
            f"no change can be given: the figure for the {name} before is {absent}",
            f"{name} before: {absent}",
        )
    if before not in case.unbroken:
        return Said(
            f"no change can be given: the recording changed after the {name} before", "recording changed"
        )
    size = words.change(latest.value or 0.0, before.value, case.indicator)
    return Said(f"{size} on the {name}", size)
