"""Settled: what is hidden of a release, once no small count of ours can be worked out over all sums at once.

Sums that cross may give away together what none of them does alone; then one more figure goes along them.
"""

from safeguarding.disclosure.audit import Exposed, View, audit
from safeguarding.disclosure.cells import Cell
from safeguarding.disclosure.hidden import Ledger, cascade, hidden_figures
from safeguarding.store.tables import Key
from safeguarding.vocabulary import Status


def settled(ledger: Ledger) -> dict[Key, Status]:
    """The figures of a release that may not be shown, each with why.

    Where nothing is left that is ours to hide, the audit names what is given away, and nobody may publish it.
    """
    hidden = hidden_figures(ledger)
    more = True
    while hidden and more:
        more = False
        for exposed in audit(View(ledger, hidden), ours_alone=True).exposed:
            cell = _next(exposed, ledger, hidden)
            if cell is not None:
                cascade(cell, ledger, hidden, Status.C_SECONDARY)
                more = True
    return hidden


def _next(exposed: Exposed, ledger: Ledger, hidden: dict[Key, Status]) -> Cell | None:
    """The smallest count that is shown, no nought and ours to hide along the sums that give one away."""
    free = []
    for cell in exposed.along:
        shown = [o for o in ledger.of_cell(cell) if o.value is not None and o.key not in hidden]
        known = ledger.known(cell)
        if shown and known.ours and (known.value or 0) > 0:
            free.append((known.value or 0, cell))
    return min(free)[1] if free else None
