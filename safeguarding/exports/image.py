"""Image: a drawing with its words as a picture that stands alone, and the name of its file."""

from safeguarding.charts.picture import FORMATS, Plate, picture
from safeguarding.drawing import Drawing
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
