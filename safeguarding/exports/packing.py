"""Packing: the documents, images and tables of a pack, made in one go, all or nothing."""

import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from safeguarding.drawing import Drawing
from safeguarding.drawings import parts_drawing
from safeguarding.exports.files import KINDS, named
from safeguarding.exports.pack import Pack
from safeguarding.exports.stamp import dated, stamped
from safeguarding.refused import Refused

DOCUMENTS = {"pptx": "PowerPoint", "xlsx": "Excel", "docx": "Word"}
IMAGES = {"png": "PNG", "svg": "SVG", "csv": "CSV"}
KNOWN = {**DOCUMENTS, **IMAGES}


class Cancelled(Exception):
    """Somebody has asked for the making to end; nothing was left behind."""


def write(
    pack: Pack,
    formats: Sequence[str],
    out: Path,
    *,
    bundle: bool = False,
    overwrite: bool = False,
    tell: Callable[[int, int, str], None] = lambda *_: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Path]:
    """Make the files of `formats` in the folder `out`; answer their paths. With `bundle` the images go into
    one archive.

    `tell` is given how many steps are done, how many there are and what comes next, by its format and place.
    Everything is made aside and moved into `out` at the end, so that a pack that fails or is cancelled leaves
    nothing half-written. Raises Cancelled once `cancelled` answers True, Refused for a format that is not
    known, a folder that cannot be made, or files that are there already unless `overwrite` is said.
    """
    check_formats(formats)
    drawn = _drawn(pack)
    names = _names(pack, formats, drawn, bundle)
    if not overwrite:
        _free(out, names)
    counts = {f: pack.steps(f) if f in DOCUMENTS else len(drawn) for f in KNOWN if f in formats}
    total, done = sum(counts.values()), 0

    def step(kind: str, place: int, what: str) -> None:
        nonlocal done
        if cancelled():
            raise Cancelled
        tell(done, total, f"{KNOWN[kind]} {place} of {counts[kind]}, {what}")
        done += 1

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused([f"The folder {out} cannot be made: {error.strerror}."]) from error
    with tempfile.TemporaryDirectory(dir=out, prefix=".making-") as aside:
        made = list(_files(pack, list(counts), drawn, Path(aside), step))
        images = [p for p in made if p.suffix[1:] in IMAGES]
        if bundle and images:
            made = [p for p in made if p not in images] + [_bundled(images, pack, Path(aside))]
        if cancelled():
            raise Cancelled
        if not overwrite:
            _free(out, [path.name for path in made])  # somebody may have been quicker
        for path in made:
            path.replace(out / path.name)
    tell(total, total, "")
    return [out / path.name for path in made]


def check_formats(formats: Sequence[str]) -> None:
    """Raises Refused where one of them is not known, or there is none."""
    unknown = [f for f in formats if f not in KNOWN]
    if unknown or not formats:
        names = ", ".join(KNOWN)
        raise Refused([f"No format is known as {', '.join(unknown) or 'nothing'}. They are: {names}."])


def _drawn(pack: Pack) -> list[Drawing]:
    """What the images and tables of a pack are of."""
    every = [pack.spine, *(one.drawing for one in pack.items), *map(parts_drawing, pack.wholes)]
    return [drawing for drawing in every if drawing is not None]


def _names(pack: Pack, formats: Sequence[str], drawn: Sequence[Drawing], bundle: bool) -> list[str]:
    """What the files will be called."""
    images = [f for f in IMAGES if f in formats]
    names = [pack.name(f) for f in DOCUMENTS if f in formats]
    if bundle and images:
        return [*names, pack.name("zip")]
    return names + [named(drawing, pack.origin, f) for f in images for drawing in drawn]


def _free(out: Path, names: Sequence[str]) -> None:
    """Raises Refused where a file would be written over."""
    there = [name for name in names if (out / name).exists()]
    if there:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        said = f"{out} holds {there[0]}{more} already, and nothing was made."
        raise Refused([f"{said} Say --overwrite to replace what is there, or name another folder in --out."])


def _files(
    pack: Pack,
    formats: Sequence[str],
    drawn: Sequence[Drawing],
    aside: Path,
    step: Callable[[str, int, str], None],
) -> Iterator[Path]:
    # these are slow to import, and an image needs none of them
    from safeguarding.exports.powerpoint import presentation
    from safeguarding.exports.report import report
    from safeguarding.exports.workbook import workbook

    makers = {"pptx": presentation, "xlsx": workbook, "docx": report}
    for kind in formats:
        counted = _counted(partial(step, kind))
        if kind in makers:
            path = aside / pack.name(kind)
            path.write_bytes(stamped(makers[kind](pack, counted), pack.origin.loaded))
            yield path
            continue
        for drawing in drawn:
            counted(drawing.title)
            path = aside / named(drawing, pack.origin, kind)
            path.write_bytes(KINDS[kind].made(drawing, pack.origin, "screen"))
            yield path


def _counted(step: Callable[[int, str], None]) -> Callable[[str], None]:
    """Tell `step` what comes next and which it is, from 1 on."""
    place = 0

    def next_one(what: str) -> None:
        nonlocal place
        place += 1
        step(place, what)

    return next_one


def _bundled(paths: Sequence[Path], pack: Pack, aside: Path) -> Path:
    target = aside / pack.name("zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in paths:
            archive.writestr(dated(path.name, pack.origin.loaded), path.read_bytes())
    return target
