"""PNG: a picture as pixels, by resvg, with its words in it as data.

The letters come from the typeface that set-up brings, and so the same picture has the same bytes on every
machine. Signs that it lacks come from the machine, as all letters do where it could not be brought.
"""

import zlib
from collections.abc import Mapping

from resvg_py import svg_to_bytes

from safeguarding.charts.typeface import ARIMO, advances, brought

METRE = 39.3701  # inches
HEAD = 33  # bytes before what may be said of a PNG: its signature and its size


def png(svg: str, dpi: int, words: Mapping[str, str]) -> bytes:
    """An SVG as a PNG of its size, `dpi` pixels of it an inch. `words` are held in it under their names."""
    ours = brought() and set(svg) <= {"\n", *advances()}
    drawn = svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=ours,
        font_files=[str(path) for path in ARIMO.values()] if brought() else None,
    )
    density = round(dpi * METRE).to_bytes(4, "big")
    chunks = [_chunk(b"pHYs", density * 2 + b"\1")]
    chunks += [_words(name, said) for name, said in words.items() if said]
    return drawn[:HEAD] + b"".join(chunks) + drawn[HEAD:]


def _words(name: str, said: str) -> bytes:
    try:
        return _chunk(b"tEXt", f"{name}\0{said}".encode("latin-1"))
    except UnicodeEncodeError:
        return _chunk(b"iTXt", f"{name}\0\0\0\0\0{said}".encode())


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
