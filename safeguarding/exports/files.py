"""Files: a drawing as a file of every kind that stands alone, with its words, and the name of the file."""

from collections.abc import Callable
from typing import NamedTuple

from safeguarding.charts.picture import FORMATS, Plate, picture
from safeguarding.drawing import Drawing
from safeguarding.exports.tables import csv_file, xlsx_file
from safeguarding.origin import Origin, file_name


def plate(drawing: Drawing, origin: Origin) -> Plate:
    """The words of an image of a drawing."""
    source = (
        f"{drawing.source} {drawing.licence}. Release {origin.held}. {origin.filters} View: {origin.link}"
    )
    return Plate(drawing.headline, drawing.subtitle, drawing.notes, source, origin.marking, drawing.text)


def image(drawing: Drawing, origin: Origin, size: str, kind: str) -> bytes:
    """The picture in one of FORMATS, as `kind` (svg or png)."""
    return picture(drawing.chart, plate(drawing, origin), FORMATS[size], kind)


def named(drawing: Drawing, origin: Origin, kind: str) -> str:
    """A file name that says marking, measure, chart, place, period and release."""
    said = (
        origin.marking,
        drawing.subject,
        drawing.name,
        drawing.place,
        drawing.period,
        f"r{origin.release}",
    )
    return file_name(*said, kind=kind)


def alternative(drawing: Drawing) -> str:
    """The text alternative in full and short, with what is measured and where it comes from."""
    short = f"In at most 240 characters:\n{drawing.short_text}"
    return f"{drawing.text}\n\n{short}\n\n{drawing.subtitle}. {drawing.source}\n"


class FileKind(NamedTuple):
    """A kind of file: what a browser is told that it is, and what makes it (in a size of FORMATS)."""

    mime: str
    made: Callable[[Drawing, Origin, str], bytes]


KINDS = {
    "png": FileKind("image/png", lambda drawing, origin, size: image(drawing, origin, size, "png")),
    "svg": FileKind("image/svg+xml", lambda drawing, origin, size: image(drawing, origin, size, "svg")),
    "csv": FileKind("text/csv", lambda drawing, origin, _: csv_file(drawing, origin)),
    "xlsx": FileKind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda drawing, origin, _: xlsx_file(drawing, origin),
    ),
    "txt": FileKind("text/plain", lambda drawing, *_: alternative(drawing).encode()),
}
