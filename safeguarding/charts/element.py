"""Element: SVG as text, every value escaped."""

import re
from html import escape

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f]")  # by XML, and carriage returns


def number(value: float, decimals: int = 2) -> str:
    """A length as short as its decimals allow."""
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def tag(name: str, inside: str = "", /, **attributes: object) -> str:
    """An element; None leaves an attribute out, an underscore in a name is a hyphen."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{worded(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"


def worded(value: object) -> str:
    """A value as an attribute or a text holds it: escaped, without what XML forbids."""
    if isinstance(value, (int, float)):
        return number(value)
    return escape(FORBIDDEN.sub("", str(value)))
