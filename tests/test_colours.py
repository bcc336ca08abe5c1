"""Colours: every colour of words and lines in the sheets and charts, against every ground it stands on.

The ratio is WCAG 2.2's; axe looks at the words that a page happens to show, this at every rule.
"""

import re

import pytest

from safeguarding.charts import theme
from safeguarding.settings import ROOT
from safeguarding.vocabulary import Role

SHEETS = sorted((ROOT / "assets").glob("*.css"))
TEXT, LINE = 4.5, 3.0  # WCAG 1.4.3 and 1.4.11


def contrast(colour: str, ground: str = "#FFFFFF") -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def luminance(text: str) -> float:
        parts = [int(text[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rules() -> list[tuple[str, dict[str, str]]]:
    """Every rule of every sheet: where it stands, and its colours as #rrggbb by property."""
    found = []
    for path in SHEETS:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        named = dict(re.findall(r"--([a-z]+): (#[0-9a-f]+)", text))
        base = (ROOT / "assets" / "dashboard.css").read_text(encoding="utf-8")
        named = {**dict(re.findall(r"--([a-z]+): (#[0-9a-f]+)", base)), **named}
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
            said = dict(re.findall(r"(?<![\w-])(color|background|background-color): ([^;]+)", body))
            held = {k.partition("-")[0]: colour(v, named) for k, v in said.items()}
            found.append((f"{path.name}: {selector.strip()}", {k: v for k, v in held.items() if v}))
    return found


def colour(value: str, named: dict[str, str]) -> str:
    """A colour as #rrggbb; empty for what is none, such as `inherit` or a picture."""
    value = re.sub(r"var\(--([a-z]+)\)", lambda m: named.get(m[1], ""), value.strip())
    match = re.match(r"#([0-9a-f]{3}|[0-9a-f]{6})\b", value)
    if not match:
        return ""
    return "#" + (match[1] if len(match[1]) == 6 else "".join(2 * c for c in match[1]))


def test_the_ratio_is_that_of_wcag():
    # black on white is 21 to 1 in WCAG's definition of the ratio, #777777 on white 4.48 in its technique G18
    assert contrast("#000000") == pytest.approx(21) and contrast("#777777") == pytest.approx(4.48, abs=0.005)


def test_words_that_have_a_ground_of_their_own_can_be_read_on_it():
    both = [(where, r["color"], r["background"]) for where, r in rules() if len(r) == 2]
    assert len(both) > 15
    assert [(*pair, contrast(*pair[1:])) for pair in both if contrast(*pair[1:]) < TEXT] == []


def test_words_without_one_can_be_read_on_every_pale_ground():
    pale = {r["background"] for _, r in rules() if contrast(r.get("background", "#000000"), "#0b0c0c") > 14}
    assert {"#ffffff", "#f3f2f1"} <= pale
    alone = {(where, r["color"]) for where, r in rules() if "color" in r and "background" not in r}
    dark = {where for where, c in alone if contrast(c, "#0b0c0c") > 14}  # for dark grounds: the next test
    assert len(alone) > 30
    poor = [(w, c, g) for w, c in alone for g in pale if w not in dark and contrast(c, g) < TEXT]
    assert poor == []


def test_white_words_stand_on_dark_grounds_alone():
    white = [where for where, r in rules() if r.get("color") == "#ffffff" and "background" not in r]
    grounds = [r["background"] for _, r in rules() if contrast(r.get("background", "#ffffff")) > 3]
    assert grounds and all(contrast("#ffffff", g) >= TEXT for g in grounds)
    assert len(white) < 6, "most have their ground beside them"


@pytest.mark.parametrize("role", theme.STYLES)
def test_every_line_and_its_label_hold_their_contrast(role):
    assert contrast(theme.STYLES[role].colour) >= TEXT


def test_bars_and_words_of_charts_hold_their_contrast():
    assert contrast(theme.BAR) >= LINE
    grounds = (theme.PAPER, theme.BAND, theme.STYLES[Role.FOCUS].colour)
    assert all(contrast(theme.INTERVAL, ground) >= LINE for ground in grounds)
    assert contrast(theme.MUTED) >= TEXT


def test_lines_of_areas_that_are_added_and_their_names_can_be_read():
    assert all(contrast(style.colour) >= TEXT for style in theme.OTHERS)
