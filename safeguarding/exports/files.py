"""Files: a drawing as a file of every kind that stands alone, with its words, and the name of the file."""

from collections.abc import Callable
from typing import NamedTuple

from safeguarding.charts.picture import Plate, form, picture
from safeguarding.drawing import Drawing
from safeguarding.exports.tables import csv_file, xlsx_file
from safeguarding.origin import Origin, file_name
from safeguarding.store.tables import Source, cited
from safeguarding.wishes import Wishes

INITIALS = {
    "Department for Education": "DfE",
    "Office for National Statistics": "ONS",
    "Office for Health Improvement and Disparities": "OHID",
}
PLAIN, IMAGES = Wishes(), ("png", "svg")


def plate(drawing: Drawing, origin: Origin, wishes: Wishes = PLAIN) -> Plate:
    """The words of an image of a drawing: its source, and as many notes as are wished for.

    In short: a line of what its marks need, and a line of source, as far as each has room. In full:
    everything, with the filters and, where it has a public address, the link.
    """
    full = wishes.notes == "full"
    link = f" {origin.link}" if origin.link.startswith("http") else ""
    longest, *shorter = credits(drawing, origin)
    return Plate(
        wishes.title or drawing.headline,
        wishes.subtitle or drawing.subtitle,
        (*drawing.notes, f"{origin.filters}{link}") if full else (),
        longest,
        origin.marking,
        drawing.text,
        drawing.brief if wishes.notes == "short" else (),
        () if full else tuple(shorter),
    )


def credits(drawing: Drawing, origin: Origin) -> list[str]:
    """The ways to name where a drawing comes from, with licence and release, long to short: in full, a
    publisher once, a publisher by its initials, the first publication alone, the publishers alone.
    """
    licence = drawing.licence.replace("Open Government Licence", "OGL").replace(
        "not stated", "Licence not stated"
    )
    release = f"{licence}. Release {origin.release}."
    by: dict[str, list[Source]] = {}
    for source in drawing.sources:
        by.setdefault(source.publisher, []).append(source)
    once = "; ".join(cited(held).replace(f"; {name}, ", "; ") for name, held in by.items())
    first, *others = cited(drawing.sources).split("; ")
    ways = [
        f"{drawing.source} {licence}. Release {origin.held}.",
        f"{drawing.source} {release}",
        f"Source: {once}. {release}",
        f"Source: {_initials(once)}. {release}",
        f"Source: {_initials(first)}{f', and {len(others)} more' if others else ''}. {release}",
        f"Source: {_initials('; '.join(by))}. {release}",
    ]
    return list(dict.fromkeys(ways))


def _initials(text: str) -> str:
    for name, initials in INITIALS.items():
        text = text.replace(name, initials)
    return text


def image(drawing: Drawing, origin: Origin, size: str, kind: str, wishes: Wishes = PLAIN) -> bytes:
    """The picture in one of FORMATS, or in millimetres such as 120x90, as `kind` (svg or png).

    Raises KeyError for a size that there is not.
    """
    made = form(size)
    if made is None:
        raise KeyError(size)
    return picture(drawing.panels or drawing.chart, plate(drawing, origin, wishes), made, kind)


def named(drawing: Drawing, origin: Origin, kind: str, size: str = PLAIN.size) -> str:
    """A file name that says marking, measure, chart, place, period, whom it is compared with where that was
    chosen, the size of an image that is not the usual one, and release.
    """
    said = (
        origin.marking,
        drawing.subject,
        drawing.name,
        drawing.place,
        origin.of(drawing.period),
        *origin.chosen,
        size if kind in IMAGES and size != PLAIN.size else "",
        f"r{origin.release}",
    )
    return file_name(*said, kind=kind)


def alternative(drawing: Drawing) -> str:
    """The text alternative in full and short, with what is measured and where it comes from."""
    short = f"In at most 240 characters:\n{drawing.short_text}"
    return f"{drawing.text}\n\n{short}\n\n{drawing.subtitle}. {drawing.source}\n"


class FileKind(NamedTuple):
    """A kind of file: what a browser is told that it is, and what makes it, of a drawing, an origin, a
    size and, if wanted, wishes."""

    mime: str
    made: Callable[..., bytes]


KINDS = {
    "png": FileKind(
        "image/png", lambda drawing, origin, size, w=PLAIN: image(drawing, origin, size, "png", w)
    ),
    "svg": FileKind(
        "image/svg+xml", lambda drawing, origin, size, w=PLAIN: image(drawing, origin, size, "svg", w)
    ),
    "csv": FileKind("text/csv", lambda drawing, origin, *_: csv_file(drawing, origin)),
    "xlsx": FileKind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda drawing, origin, *_: xlsx_file(drawing, origin),
    ),
    "txt": FileKind("text/plain", lambda drawing, *_: alternative(drawing).encode()),
}
