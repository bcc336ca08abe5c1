"""Changes: what turns one page into another, property by property, so that all else stays as it is."""

from typing import Any

from dash.development.base_component import Component

Change = tuple[str, dict[str, Any]]
"""The id of a component, and the properties to set."""


def changes(before: Component, after: Component) -> list[Change] | None:
    """What to set, where, to turn `before` into `after`; None where the component itself has to be replaced.

    Where two children cannot be brought together, the nearest component with an id takes new ones.
    """
    if type(before) is not type(after) or _id(before) != _id(after):
        return None
    old, new = _properties(before), _properties(after)
    # a property that is no longer given is set to nothing
    own = {
        name: new.get(name)
        for name in {**old, **new}
        if name != "children" and old.get(name) != new.get(name)
    }
    found = _below(old.get("children"), new.get("children"))
    if found is None:
        own["children"] = new.get("children")
        found = []
    if not own:
        return found
    return [(_id(after), own), *found] if _id(after) else None


def _below(before: object, after: object) -> list[Change] | None:
    """The same for what stands among the children of a component."""
    if isinstance(before, Component) and isinstance(after, Component):
        return changes(before, after)
    if isinstance(before, list | tuple) and isinstance(after, list | tuple):
        if len(before) != len(after):
            return None
        parts = [_below(one, other) for one, other in zip(before, after, strict=True)]
        return None if None in parts else [change for part in parts for change in part or []]
    return [] if before == after and not isinstance(after, Component) else None


def _id(part: Component) -> str:
    return getattr(part, "id", "")


def _properties(part: Component) -> dict[str, Any]:
    """What is set on a component, by name."""
    return part.to_plotly_json()["props"]
