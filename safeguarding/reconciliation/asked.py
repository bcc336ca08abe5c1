"""Asked: what a rule of the reconciliation is given, what it answers, and what every rule needs for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from safeguarding import words
from safeguarding.store.report import Check, Statement
from safeguarding.vocabulary import CheckResult

# an indicator, an area, a period and a field ("value" or "numerator") give the official figure;
# None where it is not held or hidden
Official = Callable[[str, str, str, str], float | None]
# result, numbers and reason; None where a figure is missing
Answer = tuple[CheckResult, str, str] | None
# what a word says about a figure over the one it is compared with
WORDS: dict[str, tuple[float, float]] = {
    "mirrors": (0.95, 1.05),
    "in line with": (0.95, 1.05),
    "consistent with": (0.95, 1.05),
    "nearly identical to": (0.99, 1.01),
    "followed closely by": (0.8, 1.0),
    "slightly below": (0.85, 0.9999),
    "slightly lower than": (0.85, 0.9999),
    "slightly higher than": (1.0001, 1.15),
    "benchmarks poorly": (1.0001, float("inf")),
}
FALLING = ("decrease", "reduction", "reductions", "decline", "fall")


@dataclass(frozen=True)
class Asked:
    """One check with the statements it names, in its order. `subject` is the area the report is about."""

    check: Check
    statements: Sequence[Statement]
    official: Official
    subject: str

    @property
    def first(self) -> Statement:
        """The statement that is held against something."""
        return self.statements[0]

    @property
    def numbers(self) -> list[float] | None:
        """The numbers of all statements; None where one of them has none."""
        return numbers(self.statements)

    def figure(self, area: str, period: str) -> float | None:
        """The official figure of the check's own indicator and field; None where not held or hidden."""
        return self.official(self.check.indicator_id, area, period, self.check.field)


def numbers(statements: Sequence[Statement]) -> list[float] | None:
    """The numbers of some statements; None where one of them has none."""
    found = [s.number for s in statements]
    return None if any(n is None for n in found) else [n for n in found if n is not None]


def printed(value: float) -> str:
    """A number as a finding prints it: whole, or to one decimal."""
    return words.number(value, 0 if float(value).is_integer() else 1)


def decimals(statement: Statement) -> int:
    """To how many decimals a statement gives its value."""
    return len(statement.value.partition(".")[2].rstrip("0"))


def answer(holds: bool, figures: str, yes: str, no: str) -> Answer:
    """What a check answers whose figures are all held: OK or a conflict, with its numbers and the reason."""
    return (CheckResult.OK, figures, yes) if holds else (CheckResult.CONFLICT, figures, no)


def changed(stated: Statement, before: float | None, now: float | None) -> Answer:
    """A stated change in per cent against the two figures it is about; a hedged one may be two points off."""
    if stated.number is None or not before or now is None:
        return None
    change = 100 * (now - before) / before
    wanted = -stated.number if stated.breakdown in FALLING else stated.number
    hedged = stated.qualifier in words.HEDGES and abs(change - wanted) <= 2
    return answer(
        round(change, decimals(stated)) == wanted or hedged,
        f"{printed(before)} to {printed(now)}: {'+' if change > 0 else ''}{words.number(change, 1)}%",
        "The change is as stated.",
        f"The report states {'a fall' if wanted < 0 else 'a rise'} of {printed(stated.number)}%.",
    )
