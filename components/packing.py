"""Packing: the form that makes a pack of what a page shows."""

from components.markup import render
from safeguarding.query import KEYS, LONGEST_TITLE, SHORT, Query
from safeguarding.themes import THEMES, page_of

OFFERED = {
    "pptx": "PowerPoint",
    "xlsx": "Excel workbook",
    "docx": "Word report",
    "png": "Images (PNG)",
    "csv": "Tables (CSV)",
}


def form(view: Query, path: str) -> str:
    """The form that makes a pack of the page at `path` in a view, as HTML."""
    theme = path.strip("/") if path.strip("/") in THEMES else ""
    fields = {
        "theme": theme,
        **{key.name: key.write(view) for key in KEYS if key.option and not key.own},
        "flagged": "yes" if view.flagged_only and theme else "",
    }
    if theme:
        what = page_of(theme).name
    elif view.indicators:
        what = "this view"
    else:
        what = "the meeting: what is to be discussed today"
    return render(
        "pack", fields=fields, what=what, formats=OFFERED, view=view, longest=LONGEST_TITLE, short=SHORT
    )
