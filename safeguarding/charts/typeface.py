"""Typeface: what pictures are lettered with, and what measures their words. The machine's own fonts play no
part.

Set-up brings Arimo and makes TrueType of it (tools/setup.py). Where it could not, and for signs that Arimo
lacks, such as circled digits, comes the DejaVu Sans that is a part of Matplotlib. So the same figure gives
the same bytes on every machine, whatever fonts or settings of Matplotlib it has.
"""

from base64 import b64encode
from pathlib import Path

import matplotlib
from matplotlib.font_manager import fontManager

from safeguarding.charts.theme import FONT
from safeguarding.settings import ROOT

FACE, SIGNS = "Arimo", "DejaVu Sans"
WEIGHTS = (400, 700)
ARIMO = [ROOT / "assets" / "vendor" / f"arimo-latin-{weight}-normal.ttf" for weight in WEIGHTS]
DEJAVU = [Path(matplotlib.get_data_path(), "fonts", "ttf", f"DejaVuSans{bold}.ttf") for bold in ("", "-Bold")]


def choose() -> list[str]:
    """The families that Matplotlib may use, best first; it forgets every other font it has found."""
    brought = ARIMO if all(path.exists() for path in ARIMO) else []
    fontManager.ttflist.clear()
    for path in (*brought, *DEJAVU):
        fontManager.addfont(path)
    return [FACE, SIGNS] if brought else [SIGNS]


# a matplotlibrc on the machine does not decide how a chart looks
matplotlib.rcdefaults()
FAMILIES = choose()
matplotlib.rcParams["font.family"] = FAMILIES


def carried(svg: bytes) -> bytes:
    """The SVG with its letters in it, 31 KB, for a reader whose machine has none as wide; as it is without
    Arimo.
    """
    if FACE not in FAMILIES:
        return svg
    faces = (
        f"@font-face {{font-family: {FACE}; font-weight: {weight}; "
        f"src: url(data:font/woff2;base64,{b64encode(path.with_suffix('.woff2').read_bytes()).decode()})}}"
        for weight, path in zip(WEIGHTS, ARIMO, strict=True)
    )
    sheet = b'<style type="text/css">'
    return svg.replace(sheet, sheet + "\n".join(faces).encode(), 1)


def anywhere(svg: bytes) -> bytes:
    """The SVG with families that a reader's machine may have in place of those it was measured with: Arial is
    as wide.
    """
    named = ", ".join(repr(family) for family in FAMILIES)
    elsewhere = FONT if FACE in FAMILIES else f"{named}, sans-serif"
    return svg.replace(named.encode(), elsewhere.encode())
