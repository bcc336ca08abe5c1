"""One typeface for page, chart and picture: the fonts of a machine, and when they came, change no picture."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from addresses.index import INDEX, missing
from safeguarding.charts import typeface
from safeguarding.charts.theme import FONT
from safeguarding.charts.typeface import ARIMO, width

ROOT = Path(__file__).resolve().parents[1]
DRAW = """
import hashlib
from resvg_py import svg_to_bytes
from safeguarding.charts.chart import Chart, Datum, End, Kind, Mark, Series
from safeguarding.charts.picture import FORMATS, Plate, picture
from safeguarding.vocabulary import Polarity, Role, Unit

line = Series("Synthetic", Role.FOCUS, Mark.POINTED, (Datum(3.0), Datum(12.0)))
chart = Chart(
    Kind.TREND, Unit.COUNT, Polarity.NEUTRAL, 0, ("a", "b"), (line,), (0.0, 10.0, 20.0),
    ends=(End(12.0, "A synthetic name", Role.FOCUS, "12"),), events=((1, "Event"),),
)
notes = ("A note of many words. " * 40,)
words = Plate("A headline", "A synthetic chart", notes, "Source: none", "OFFICIAL")
for kind in ("svg", "png"):
    print(kind, hashlib.sha256(picture(chart, words, FORMATS["half-page"], kind)).hexdigest())
text = "<text font-family='Impostor' y='9'>a</text>"
seen = f"<svg xmlns='http://www.w3.org/2000/svg' width='99' height='9'>{text}</svg>"
print("seen", hashlib.sha256(svg_to_bytes(svg_string=seen)).hexdigest())
"""


def drawn(home: Path) -> list[str]:
    """What a fresh process draws for a user with that home; last, a letter of an impostor, if it is seen."""
    (home / "cache").mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(home / "cache"), "HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def impostors(folder: Path) -> None:
    """Fonts whose every letter is a W: under the names that we ask for, and one under a name of its own."""
    folder.mkdir(parents=True)
    for family in (*FONT.replace("'", "").split(", "), "Impostor"):
        font = TTFont(ARIMO[400])
        for table in font["cmap"].tables:
            table.cmap = dict.fromkeys(table.cmap, "W")
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
    *rich, seen = drawn(tmp_path / "rich")
    assert none != seen == seen_later, "the impostors could have been taken"
    assert bare == later == rich and len(bare) == 2


@pytest.mark.parametrize(
    "text", ["Stockport", "(189.3) 1,234.5%", "Cheshire West & Chester: Number of", "−5"]
)
@pytest.mark.parametrize("bold", [False, True])
def test_a_text_is_as_wide_as_its_letters(text, bold):
    """Against the tables of the typeface, read plainly: advances of the letters, in units of the em."""
    font = TTFont(ARIMO[700 if bold else 400])
    units = sum(font["hmtx"][font.getBestCmap()[ord(letter)]][0] for letter in text)
    assert width(text, 15, bold) == pytest.approx(15 * units / font["head"].unitsPerEm)


def test_without_the_typeface_no_letter_is_measured_narrower_than_arial_has_it(monkeypatch):
    letters = "".join(map(chr, range(32, 127)))
    real = {bold: {c: width(c, 100, bold) for c in letters} for bold in (False, True)}
    typeface.advances.cache_clear()
    monkeypatch.setattr(typeface, "ARIMO", dict.fromkeys(ARIMO, ROOT / "none.ttf"))
    for bold, widths in real.items():
        for text in ("Stockport", "Cheshire West and Chester", "Number of: all referrals", "99.8%", "12,345"):
            whole = sum(widths[c] for c in text)
            assert whole * 0.98 <= width(text, 100, bold) <= whole * 1.2, text
    typeface.advances.cache_clear()


def written(path: Path) -> str:
    """The texts in a file: of a table all of it, of a module what is neither comment nor docstring."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    nodes = list(ast.walk(ast.parse(text)))
    said = {id(n.value) for n in nodes if isinstance(n, ast.Expr)}
    return "".join(
        n.value
        for n in nodes
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in said
    )


def test_the_typeface_has_every_sign_that_our_words_use_but_those_that_are_drawn():
    ours = ROOT.glob("safeguarding/**/*.py")
    # the loader names signs that others write
    files = [*ROOT.glob("data/*.csv"), *(f for f in ours if "loader" not in f.parts)]
    signs = set("".join(map(written, files)))
    assert {"−", "…", "£"} <= signs
    assert not {s for s in signs if s > "~"} - set(typeface.advances())


def test_set_up_has_brought_both_weights_for_page_and_picture():
    assert not missing() and typeface.brought()


@pytest.mark.parametrize("path", ARIMO.values(), ids=lambda p: p.stem)
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
    faces = re.findall(r'@font-face .*?font-display: optional; src: url\("([^"]+)"\)', INDEX)
    assert preloaded == faces and len(faces) == 2
    assert INDEX.index("preload") < INDEX.index('rel="stylesheet"')


def test_page_and_chart_name_the_same_family():
    assert f"--font: {FONT};" in INDEX
    sheets = "".join(p.read_text() for p in (ROOT / "assets").glob("*.css"))
    assert "font-family: var(--font)" in sheets
    # the shapes before a verdict are signs, not letters; what stands outside the pages brings the face itself
    assert set(re.findall(r"font-family: ([^;]+);", sheets)) == {
        "Arimo",
        "var(--font)",
        '"DejaVu Sans", "Segoe UI Symbol", sans-serif',
    }


def test_the_sheets_use_the_weights_that_are_brought():
    sheets = "".join(p.read_text() for p in (ROOT / "assets").glob("*.css"))
    assert set(re.findall(r"font-weight: ?([^;]+);", sheets)) == {"400", "700"}
