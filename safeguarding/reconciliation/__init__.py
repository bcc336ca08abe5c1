"""Reconciliation: a report held against itself and against the official figures.

Each row of checks.csv names statements and a method; the method computes the answer, so that a changed figure
changes it. Judgements of wording that no rule can make are rows with an author.
Rules: docs/methods.md#reconciliation.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from safeguarding.reconciliation.against_official import AGAINST_OFFICIAL
from safeguarding.reconciliation.among_statements import AMONG_STATEMENTS
from safeguarding.reconciliation.asked import Asked, Official
from safeguarding.store.catalogue import Catalogue
from safeguarding.store.report import Check, Statement
from safeguarding.vocabulary import CheckResult

OK, CONFLICT, NOT_CHECKABLE = CheckResult.OK, CheckResult.CONFLICT, CheckResult.NOT_CHECKABLE
RESULTS = tuple(CheckResult)
METHODS = {**AGAINST_OFFICIAL, **AMONG_STATEMENTS}
RULES = {
    "R1": "one measure, one period, two values",
    "R2": "rows against their total",
    "R3": "a percentage against its counts",
    "R4": "a local figure against the official one",
    "R5": "a word against the figures",
    "R6": "a missing value",
    "R7": "a wrong period, or a snapshot taken for a flow",
    "R8": "a wrong place or body",
    "R9": "text against table",
    "R10": "a footnote",
    "R11": "shares that do not reach 100",
    "R12": "a label or definition",
}


@dataclass(frozen=True)
class Finding:
    """What one check found: its result, the numbers, and the reason in a sentence."""

    check: Check
    result: CheckResult
    numbers: str
    reason: str

    @property
    def computed(self) -> bool:
        """Did a rule find this, rather than a person?"""
        return self.check.method != "judgement"


def reconcile(catalogue: Catalogue, official: Official) -> list[Finding]:
    """Every check of the catalogue, in its order. A check whose figures are not all held is not checkable."""
    held = {s.statement_id: s for s in catalogue.statements}
    areas = Counter(s.area for s in catalogue.statements)
    subject = areas.most_common(1)[0][0] if areas else ""
    return [_find(check, held, official, subject) for check in catalogue.checks]


def worst(findings: Sequence[Finding]) -> dict[str, CheckResult]:
    """The gravest result of each check, by its name: several rows may share one."""
    found: dict[str, CheckResult] = {}
    for f in findings:
        now = found.get(f.check.check_id, CheckResult.OK)
        found[f.check.check_id] = min(now, f.result, key=RESULTS.index)
    return found


def _find(check: Check, held: Mapping[str, Statement], official: Official, subject: str) -> Finding:
    if check.method == "judgement":
        return Finding(check, CheckResult(check.result), "", check.reason)
    statements = [held[i] for i in check.statements if i in held]
    if len(statements) < len(check.statements):
        return Finding(check, NOT_CHECKABLE, "", "A statement it needs is not held.")
    found = METHODS[check.method](Asked(check, statements, official, subject))
    if found is None:
        return Finding(check, NOT_CHECKABLE, "", "A figure it needs is not held, or is hidden.")
    result, numbers, reason = found
    if result is CONFLICT:
        result = CheckResult(check.otherwise or CONFLICT)
    return Finding(check, result, numbers, reason)
