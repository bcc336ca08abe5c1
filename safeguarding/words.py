"""Words: how values, changes and verdicts are written, the same on a card, in a table and in an export."""

from safeguarding import periods
from safeguarding.store.tables import Indicator, Revised
from safeguarding.vocabulary import Change, CheckResult, Comparison, Movement, Polarity, Tolerance, Unit

# hedges of a report that belong in front of its figure
HEDGES = ("around", "nearly", "approximately", "almost", "over", "well over", "on average", "within")
TOLERANCE_WORDS = {
    Tolerance.WITHIN: "Within",
    Tolerance.NEAR: "Borderline",
    Tolerance.OUTSIDE: "Outside",
    Tolerance.NOT_SET: "Not set",
    Tolerance.NO_VALUE: "No value",
    Tolerance.RANGE: "Cannot tell",
}
# a two-sided band is called a range, usual or proposed; "unusual" is said of changes and of gaps alone
BAND_WORDS = {
    **TOLERANCE_WORDS,
    Tolerance.WITHIN: "In {range}",
    Tolerance.NEAR: "Edge of {range}",
    Tolerance.OUTSIDE: "Outside {range}: ask why",
}
# what a check of a report found: one of them, and several
RESULT_WORDS = {
    CheckResult.CONFLICT: ("Conflict", "conflicts"),
    CheckResult.DIFFERS: ("Difference", "differences"),
    CheckResult.AMBIGUOUS: ("Unclear", "unclear"),
    CheckResult.PLACEHOLDER: ("Placeholder", "placeholders"),
    CheckResult.NOT_CHECKABLE: ("Cannot be checked", "cannot be checked"),
    CheckResult.OK: ("Agrees", "agree"),
}
COMPARISON_WORDS = {
    Comparison.BETTER: "Better",
    Comparison.SIMILAR: "Similar",
    Comparison.WORSE: "Worse",
    Comparison.HIGHER: "Higher",
    Comparison.LOWER: "Lower",
    Comparison.NOT_COMPARED: "Not compared",
    Comparison.DEPENDS_ON_HIDDEN: "Depends on hidden figures",
}
COMPARISON_PHRASES = {
    Comparison.BETTER: "better than",
    Comparison.SIMILAR: "similar to",
    Comparison.WORSE: "worse than",
    Comparison.HIGHER: "higher than",
    Comparison.LOWER: "lower than",
}
MOVEMENT_WORDS = {
    Movement.IMPROVING: "Improving",
    Movement.WORSENING: "Worsening",
    Movement.INCREASING: "Increasing",
    Movement.DECREASING: "Decreasing",
    Movement.NO_CHANGE: "No clear change",
    Movement.UNSTEADY: "No steady trend",
    Movement.NOT_TESTED: "Not tested",
}
CHANGE_WORDS = {
    Change.UNUSUAL_RISE: "Unusual rise",
    Change.UNUSUAL_FALL: "Unusual fall",
    Change.MORE_THAN_CHANCE: "More than chance",
    Change.UNUSUAL_UNTESTED: "Unusual, not tested",
    Change.USUAL: "Usual",
    Change.NOT_TESTED: "Not tested",
}

POLARITY_WORDS = {
    Polarity.HIGHER_BETTER: "Higher is better",
    Polarity.LOWER_BETTER: "Lower is better",
    Polarity.NEUTRAL: "Neither: it is never called better or worse",
}


def number(value: float, decimals: int) -> str:
    """A number with thousands commas and a true minus sign; -0 is 0."""
    text = f"{value:,.{decimals}f}"
    if not text.startswith("-"):
        return text
    size = text.removeprefix("-")
    return f"−{size}" if float(size.replace(",", "")) else size


def probability(p: float) -> str:
    """A p value as a sentence has it: "p = 0.049"; never nought."""
    return f"p = {p:.3f}" if p >= 0.0005 else "p < 0.001"


def signed(value: float, decimals: int) -> str:
    """A number with its sign, a plus as well; none where it is printed as nought."""
    text = number(value, decimals)
    return text if text.startswith("−") or not float(text.replace(",", "")) else f"+{text}"


def shown(value: float, indicator: Indicator, decimals: int | None = None) -> str:
    """A value as it is printed: 21.5%, 566.3, 3,676. `decimals` None prints the published precision."""
    text = number(value, indicator.decimals if decimals is None else decimals)
    return text + {Unit.PERCENT: "%", Unit.POINTS: " points"}.get(indicator.unit, "")


def shown_mean(value: float, indicator: Indicator) -> str:
    """A mean of several areas, to one decimal at least: whole-number shares have no such mean."""
    return shown(value, indicator, max(1, indicator.decimals))


def revised(found: Revised, indicator: Indicator) -> str:
    """That a figure has changed since the release before: "changed on 26 November 2026: was 99"."""
    was = "" if found.was is None else f": was {shown(found.was, indicator)}"
    return f"changed on {periods.in_words(found.on)}{was}"


def measured(indicator: Indicator, place: str) -> str:
    """What a picture or a table shows: title, unit where the title does not already say it, place."""
    unit = (
        ""
        if indicator.unit.words.partition(" children")[0] in indicator.title
        else f", {indicator.unit.words}"
    )
    return f"{indicator.title}{unit}, {place}"


def difference(value: float, indicator: Indicator, decimals: int | None = None) -> str:
    """The size of a difference, without its sign: 9.0 points, 12.4, 35."""
    text = number(abs(value), indicator.decimals if decimals is None else decimals)
    if indicator.unit is not Unit.PERCENT:
        return text
    return f"{text} point" if text == "1" else f"{text} points"


def change(value: float, earlier: float, indicator: Indicator) -> str:
    """The change from an earlier value in words: "up 9.0 points", "down 35 (1.7%)", "unchanged". No
    judgement.
    """
    gap = round(value - earlier, indicator.decimals)
    if gap == 0:
        return "unchanged"
    size = difference(gap, indicator)
    if indicator.is_count and earlier:
        size += f" ({number(100 * abs(gap) / earlier, 1)}%)"
    return f"{'up' if gap > 0 else 'down'} {size}"


def counted(n: int, thing: str) -> str:
    """So many of a thing: "1 figure", "3,676 figures"."""
    return f"{n:,} {thing}" if n == 1 else f"{n:,} {thing}s"


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """The text as it stands within a sentence: a small first letter, unless it is an abbreviation."""
    return text[:1].lower() + text[1:] if text[:2].istitle() else text


def ordinal(n: int) -> str:
    """A place as it is said: 1st, 2nd, 3rd, 4th, 11th, 112th."""
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def listed(parts: list[str]) -> str:
    """Parts as a list in a sentence: "a", "a and b", "a, b and c"; "a, b; c and d" where one has a comma."""
    if len(parts) < 2:
        return "".join(parts)
    between = "; " if any("," in part for part in parts) else ", "
    return f"{between.join(parts[:-1])} and {parts[-1]}"


def the(name: str) -> str:
    """A region takes an article in a sentence: the North West; England and Stockport do not."""
    articled = {
        "North East",
        "North West",
        "East Midlands",
        "West Midlands",
        "East of England",
        "South East",
        "South West",
        "statistical neighbours",
    }
    return f"the {name}" if name in articled else name


def in_order(name: str) -> str:
    """The name of an area as it is said: "Bristol, City of" is the City of Bristol."""
    place, _, title = name.rpartition(", ")
    return f"{title} {place}" if place and title.endswith(" of") else name
