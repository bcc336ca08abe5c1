"""Themes: the pages that indicators live on, in their order.

datapackage.json names them too, as what a row may say; tests/test_store.py holds both equal.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """A page of indicators. `parts` are the finer themes that rows name, where a page gathers several."""

    theme_id: str
    name: str
    parts: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"/{self.theme_id}"

    @property
    def in_rows(self) -> tuple[str, ...]:
        """The themes that a row of data may name to stand on this page."""
        return self.parts or (self.theme_id,)


CONTEXT = Theme(
    "context",
    "Context",
    ("context-early-years", "context-health", "context-workforce", "context-population"),
)
THEMES = {
    theme.theme_id: theme
    for theme in (
        Theme("front-door", "Front door"),
        Theme("children-in-need", "Children in need"),
        Theme("child-protection", "Child protection"),
        Theme("complex-safeguarding", "Complex safeguarding"),
        Theme("looked-after-children", "Looked-after children"),
        CONTEXT,
    )
}


def page_of(theme: str) -> Theme:
    """The page that a row's theme stands on; Context for one that no page names."""
    return THEMES.get(theme, CONTEXT)
