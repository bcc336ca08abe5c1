"""The words that all layers share: polarity, status of a figure, the verdicts, who a line stands for."""

from enum import StrEnum


def listed(cell: str) -> tuple[str, ...]:
    """What a cell of a table names: several are parted by semicolons, `a; b`."""
    return tuple(filter(None, (part.strip() for part in cell.split(";"))))


class Polarity(StrEnum):
    """Which direction is better. A neutral indicator is never called better or worse."""

    HIGHER_BETTER = "higher_better"
    LOWER_BETTER = "lower_better"
    NEUTRAL = "neutral"


class Unit(StrEnum):
    """What a value is measured in."""

    PERCENT = "percent"
    PER_10000 = "rate_per_10000"
    PER_100000 = "rate_per_100000"
    COUNT = "count"
    SCORE = "score"
    CASES = "cases_per_fte"
    POINTS = "points"  # a difference of two shares; no indicator is published in it

    @property
    def multiplier(self) -> float | None:
        """What numerator over denominator is multiplied by; None where a value is no such ratio."""
        return _MULTIPLIERS.get(self)

    @property
    def words(self) -> str:
        """The unit as an axis or a table heading prints it."""
        return {
            Unit.PERCENT: "per cent",
            Unit.PER_10000: "per 10,000 children",
            Unit.PER_100000: "per 100,000 children",
            Unit.COUNT: "number",
            Unit.SCORE: "score, 0 to 40",
            Unit.CASES: "cases per worker",
            Unit.POINTS: "percentage points",
        }[self]


_MULTIPLIERS = {Unit.PERCENT: 100.0, Unit.PER_10000: 10_000.0, Unit.PER_100000: 100_000.0}


class YearType(StrEnum):
    """What a period such as 2018-19 stands for."""

    FINANCIAL_YEAR = "financial_year"
    SNAPSHOT_31_MAR = "snapshot_31_mar"
    ACADEMIC_YEAR = "academic_year"
    YEAR_TO_30_SEP = "year_to_30_sep"
    SNAPSHOT_30_SEP = "snapshot_30_sep"
    CENSUS_JANUARY = "census_january"
    MID_YEAR = "mid_year"


class Status(StrEnum):
    """Why a figure has a value (ok) or has none. A true zero is ok."""

    OK = "ok"
    C = "c"
    C_PRIMARY = "c_primary"
    C_SECONDARY = "c_secondary"
    C_LOCAL = "c_local"
    Z = "z"
    X = "x"
    K = "k"
    LOW = "low"
    U = "u"
    LATE = "late"
    UNSTATED = "unstated"

    @property
    def hidden(self) -> bool:
        """Is the figure hidden to protect identity (as opposed to missing)?"""
        return self in (Status.C, Status.C_PRIMARY, Status.C_SECONDARY, Status.C_LOCAL)

    @property
    def withheld(self) -> bool:
        """Is there a figure that is not shown, for whatever reason (as opposed to none at all, or one that is
        shown)?
        """
        return self not in (Status.OK, Status.X, Status.Z)

    @property
    def words(self) -> str:
        """The reason for an absent figure, in words a reader understands."""
        return {
            Status.OK: "",
            Status.C: "hidden by the source to protect identity",
            Status.C_PRIMARY: "hidden to protect identity",
            Status.C_SECONDARY: "hidden so that another hidden figure cannot be worked out",
            # by us, and which of the two is not told: it would narrow what a hidden figure can be
            Status.C_LOCAL: "hidden to protect identity",
            Status.Z: "not applicable",
            Status.X: "not available",
            Status.K: "not zero, but rounds to zero",
            Status.LOW: "not zero, but rounds to zero",
            Status.U: "too unreliable to publish",
            Status.LATE: "not yet supplied",
            Status.UNSTATED: "not shown by the source, which gives no reason",
        }[self]

    @property
    def short(self) -> str:
        """The same in one or two words, for a table cell."""
        if self.hidden:
            return "hidden"
        return {Status.Z: "n/a", Status.X: "not available", Status.UNSTATED: "not shown"}.get(
            self, self.words
        )


class Tolerance(StrEnum):
    """Is the figure where the partnership agreed it should be?"""

    WITHIN = "within"
    NEAR = "near"
    OUTSIDE = "outside"
    NOT_SET = "not-set"
    NO_VALUE = "no-value"
    RANGE = "range"


class Comparison(StrEnum):
    """Is the figure different from a benchmark, allowing for chance?"""

    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    NOT_COMPARED = "not-compared"
    DEPENDS_ON_HIDDEN = "depends-on-hidden"


class Movement(StrEnum):
    """Has anything changed, beyond chance?"""

    IMPROVING = "improving"
    WORSENING = "worsening"
    INCREASING = "increasing"
    DECREASING = "decreasing"
    NO_CHANGE = "no-change"
    UNSTEADY = "unsteady"  # goes up and down more than it trends
    NOT_TESTED = "not-tested"


class Change(StrEnum):
    """Has the figure changed on the year, by more than chance and by more than is usual?"""

    UNUSUAL_RISE = "unusual-rise"
    UNUSUAL_FALL = "unusual-fall"
    MORE_THAN_CHANCE = "more-than-chance"
    UNUSUAL_UNTESTED = "unusual-untested"
    USUAL = "usual"
    NOT_TESTED = "not-tested"


class Role(StrEnum):
    """What a line, a bar or a dot stands for beside the area in focus."""

    FOCUS = "focus"
    ENGLAND = "england"
    REGION = "region"
    NEIGHBOURS = "neighbours"
    GROUP = "group"
    OTHER = "other"


class CheckResult(StrEnum):
    """What a check of a report found, gravest first."""

    CONFLICT = "conflict"
    DIFFERS = "differs"
    AMBIGUOUS = "ambiguous"
    PLACEHOLDER = "placeholder"
    NOT_CHECKABLE = "not checkable"
    OK = "ok"
