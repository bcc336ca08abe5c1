"""Stamp: an archive with one moment in it, so that the same request gives the same bytes.

Office files are archives: the libraries that write them put the time of day into each entry and into what
the file says of itself. Here both become the moment that the release was loaded.
"""

import io
import re
import zipfile
from datetime import UTC, datetime

CORE = "docProps/core.xml"  # what an Office file says of itself
DATED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # what an archive can hold


def stamped(body: bytes, moment: datetime) -> bytes:
    """An Office file as it would be, had it been made at `moment`; the workbooks within it too."""
    when = max(moment.astimezone(UTC), EARLIEST)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as made, zipfile.ZipFile(out, "w") as kept:
        for entry in made.infolist():
            held = made.read(entry)
            if entry.filename == CORE:
                held = DATED.sub(rf"\g<1>{when:%Y-%m-%dT%H:%M:%SZ}\g<3>".encode(), held)
            elif entry.filename.endswith(".xlsx"):
                held = stamped(held, moment)
            kept.writestr(dated(entry.filename, moment), held, entry.compress_type)
    return out.getvalue()


def dated(name: str, moment: datetime) -> zipfile.ZipInfo:
    """An entry of an archive that was put there at `moment`."""
    entry = zipfile.ZipInfo(name, max(moment.astimezone(UTC), EARLIEST).timetuple()[:6])
    entry.external_attr = 0o644 << 16
    return entry
