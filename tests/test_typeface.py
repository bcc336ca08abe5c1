"""One typeface for page, chart and picture: the fonts of a machine, and when they came, change no picture."""

import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest
from fontTools.ttLib import TTFont

from addresses.index import INDEX, missing
from safeguarding.charts.theme import FONT
from safeguarding.charts.typeface import ARIMO, DEJAVU, FAMILIES

ROOT = Path(__file__).resolve().parents[1]
DRAW = """
import hashlib
from matplotlib.font_manager import findSystemFonts
from safeguarding.charts.chart import Chart, Datum, End, Kind, Mark, Series
from safeguarding.charts.picture import FORMATS, Plate, picture
from safeguarding.vocabulary import Polarity, Role, Unit

line = Series("Synthetic", Role.FOCUS, Mark.POINTED, (Datum(3.0), Datum(12.0)))
chart = Chart(
    Kind.TREND, Unit.COUNT, Polarity.NEUTRAL, 0, ("a", "b"), (line,), (0.0, 10.0, 20.0),
    ends=(End(12.0, "A synthetic name", Role.FOCUS, "12"),), events=((1, "\u2460"),),
)
words = Plate("A headline", "A synthetic chart", ("A note of many words. " * 40,), "Source: none", "OFFICIAL")
for kind in ("svg", "png"):
    print(kind, hashlib.sha256(picture(chart, words, FORMATS["half-page"], kind)).hexdigest())
print("impostors", sum("impostor" in path for path in findSystemFonts()))
"""


def drawn(home: Path) -> list[str]:
    """What a fresh process draws for a user with that home: a line an image, one for impostors in sight."""
    folders = {"MPLCONFIGDIR": home / "matplotlib", "XDG_CACHE_HOME": home / "cache", "HOME": home}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        cwd=ROOT,
        env={**os.environ, **{name: str(folder) for name, folder in folders.items()}},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def impostors(folder: Path) -> None:
    """Fonts of other shapes that bear the names of those we ask for."""
    folder.mkdir(parents=True)
    for family in (*FAMILIES, "Arial", "Liberation Sans"):
        font = TTFont(DEJAVU[0].with_name("STIXGeneral.ttf"))
        for record in font["name"].names:
            if record.nameID in (1, 4, 6, 16):
                record.string = family
        font.save(folder / f"impostor-{family.replace(' ', '')}.ttf")


@pytest.mark.skipif(sys.platform != "linux", reason="puts fonts where Linux looks for them")
@pytest.mark.slow
def test_a_picture_is_the_same_whatever_fonts_the_machine_has_and_whenever_they_came(tmp_path):
    *bare, none = drawn(tmp_path / "bare")
    impostors(tmp_path / "bare" / ".fonts")
    *later, seen_later = drawn(tmp_path / "bare")
    impostors(tmp_path / "rich" / ".fonts")
    (tmp_path / "rich" / "matplotlib").mkdir()
    (tmp_path / "rich" / "matplotlib" / "matplotlibrc").write_text("text.hinting: none\nfont.weight: bold\n")
    *rich, seen = drawn(tmp_path / "rich")
    assert none == "impostors 0" and seen == seen_later == "impostors 4"
    assert bare == later == rich


def test_matplotlib_keeps_nothing_in_the_checkout():
    assert not Path(matplotlib.get_cachedir()).is_relative_to(ROOT)


def test_set_up_has_brought_both_weights_for_page_and_picture():
    assert not missing() and all(path.exists() for path in ARIMO)
    assert FAMILIES[0] == "Arimo"


@pytest.mark.parametrize("path", ARIMO, ids=lambda p: p.stem)
def test_page_and_picture_have_the_same_outlines(path):
    page, image = TTFont(path.with_suffix(".woff2")), TTFont(path)
    assert page.getBestCmap() == image.getBestCmap()
    assert page["hmtx"].metrics == image["hmtx"].metrics
    for name in image.getGlyphOrder():
        assert page["glyf"][name] == image["glyf"][name], name


def test_the_page_asks_for_each_face_once_and_early():
    """A preload whose address differs from the face's would fetch it twice."""
    preloaded = re.findall(
        r'<link rel="preload" href="([^"]+)" as="font" type="font/woff2" crossorigin>', INDEX
    )
    faces = re.findall(r'@font-face .*?font-display: swap; src: url\("([^"]+)"\)', INDEX)
    assert preloaded == faces and len(faces) == 2
    assert INDEX.index("preload") < INDEX.index('rel="stylesheet"')


def test_page_and_chart_name_the_same_family():
    assert f"--font: {FONT};" in INDEX
    sheets = "".join(p.read_text() for p in (ROOT / "assets").glob("*.css"))
    assert "font-family: var(--font)" in sheets
    # the shapes before a verdict are signs, not letters
    assert set(re.findall(r"font-family: ([^;]+);", sheets)) == {
        "var(--font)",
        '"DejaVu Sans", "Segoe UI Symbol", sans-serif',
    }


def test_the_sheets_use_the_weights_that_are_brought():
    sheets = "".join(p.read_text() for p in (ROOT / "assets").glob("*.css"))
    assert set(re.findall(r"font-weight: ?([^;]+);", sheets)) == {"400", "700"}
