"""Typeface: what charts are lettered with and measured by. The machine's own fonts play no part.

Set-up brings Arimo and makes TrueType of it (tools/setup.py). Arial and Liberation Sans have the same widths.
"""

from base64 import b64encode
from functools import cache, lru_cache

from fontTools.ttLib import TTFont

from safeguarding.settings import ROOT

FACE = "Arimo"
WEIGHTS = (400, 700)
ARIMO = {weight: ROOT / "assets" / "vendor" / f"arimo-latin-{weight}-normal.ttf" for weight in WEIGHTS}
EM = 2048  # units of the typeface in the size of its text
UNKNOWN = 1139  # the width of a figure: of most letters too
# the widths of plain letters where set-up could not bring the typeface; bold ones are some 15 % wider
WIDTHS = {
    455: "'ijl|",
    569: " !,./:;I[\\]ft",
    682: "()-`r{}",
    1024: "Jcksvxyz",
    1251: "FTZ+<=>~",
    1366: "&ABEKPSVXY",
    1479: "CDHNRUw",
    1706: "GOQMm",
    1933: "%W@",
}
BOLDER = 1.15


def brought() -> bool:
    """Has set-up brought the typeface?"""
    return all(path.exists() for path in ARIMO.values())


@cache
def advances(bold: bool = False) -> dict[str, float]:
    """The width of each letter in sizes of its text."""
    path = ARIMO[WEIGHTS[bold]]
    if not path.exists():
        more = BOLDER if bold else 1.0
        return {letter: more * units / EM for units, letters in WIDTHS.items() for letter in letters}
    with TTFont(path, lazy=True) as font:
        widths = font["hmtx"].metrics
        return {chr(code): widths[name][0] / EM for code, name in font.getBestCmap().items()}


@lru_cache(4096)  # names, years and figures come again and again
def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is, in the unit of its size. Kerning, which only draws letters nearer, is left out."""
    known = advances(bold)
    return size * sum(known.get(letter, UNKNOWN / EM) for letter in text)


@cache
def faces() -> str:
    """Rules of a style sheet that hold the letters themselves, 31 KB, for a machine that has none as wide.

    Nothing where the typeface could not be brought.
    """
    if not brought():
        return ""
    return "".join(
        f"@font-face{{font-family:{FACE};font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{b64encode(path.with_suffix('.woff2').read_bytes()).decode()})}}"
        for weight, path in ARIMO.items()
    )
