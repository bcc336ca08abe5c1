"""Typeface: WOFF2 files as TrueType beside them, the same outlines and always the same bytes.

    .venv/bin/python tools/typeface.py assets/vendor/arimo-latin-400-normal.woff2 ...

Set-up calls it with the environment's own Python, which has fontTools.
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

for woff2 in map(Path, sys.argv[1:]):
    # the date of change within the file stays the maker's, or every set-up would give other bytes
    font = TTFont(woff2, recalcTimestamp=False)
    font.flavor = None
    font.save(woff2.with_suffix(".ttf"))
