"""Notes: the form that writes what was said of a figure, and the lists that show it."""

from datetime import date

from components.markup import render
from components.site import desk, may_write
from safeguarding.query import Query
from safeguarding.store.drafts import LONGEST
from safeguarding.store.notes import Note
from safeguarding.summaries import IndicatorSummary

NONE = "<p>Nothing has been written about this figure.</p>"  # to a reader who may not write either


def listed(notes: list[Note], view: Query | None = None) -> str:
    """Notes as HTML in their order, with buttons for whoever may write; with a view each links to its
    indicator.
    """
    here = desk()
    links = {n.indicator_id: here.link(f"/indicator/{n.indicator_id}", view) for n in notes} if view else {}
    known = here.catalogue.indicators
    return render("notes", notes=notes, today=date.today(), indicators=known, links=links, writes=may_write())


def form(summary: IndicatorSummary) -> str:
    """The form for a note about the latest figure of a summary; nothing where no figure is held, or for a
    reader who may not write.
    """
    if summary.latest is None or not may_write():
        return ""
    return render("note_form", s=summary, longest=LONGEST)
